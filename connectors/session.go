package connectors

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/plain"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/connectors/internal/rate"
	"github.com/tidegate-go/tidegate/connectors/internal/redact"
)

// openTimeout bounds each of the calls that ask who a connector is and open an
// instance; neither goes to the outside system.
const openTimeout = 10 * time.Second

// session is one program from its start to its end, in a process of its own or
// in this one, with any number of instances open.
type session struct {
	client  connectorv1.ConnectorClient
	process *process.Process // nil: in this process
	server  *server          // nil: in a process
	about   Description      // what the host needs of it
	wellAt  time.Time        // when the process last said that it serves; touched with the program's turn only
	users   int              // instances that are open or being opened; guarded, as the next one, by the program's lock
	retired bool             // ended because nobody was in it
	over    chan struct{}    // closed when it is out of use, lost or retired
}

// patience waits until something may be started again. It does not wait for a
// breaker that is open, nor past the end of ctx.
func patience(ctx context.Context, breaker *process.Breaker, last string) error {
	wait, open := breaker.Wait()
	if wait == 0 {
		return nil
	}
	end, bound := ctx.Deadline()
	if open || bound && time.Until(end) < wait || !rate.Sleep(ctx, wait) {
		return &Diagnostic{Code: CodeDown, Summary: fmt.Sprintf("not started again for %v: %s", wait.Round(time.Millisecond), firstOf(last))}
	}
	return nil
}

// close ends the session, in a process after at most grace and then by force.
func (s *session) close(grace time.Duration) {
	if s.process != nil {
		s.process.Kill(grace)
		return
	}
	s.server.closeAll()
}

// exited is closed when the process is gone; nil in this process: never.
func (s *session) exited() <-chan struct{} {
	if s.process == nil {
		return nil
	}
	return s.process.Exited()
}

// ended reports whether the process is gone.
func (s *session) ended() bool {
	if s.process == nil {
		return false
	}
	select {
	case <-s.process.Exited():
		return true
	default:
		return false
	}
}

// cause is why the process ended, if it did. The end of the connection is
// noticed a little before the end of the process.
func (s *session) cause(ctx context.Context) string {
	if s.process == nil {
		return ""
	}
	select {
	case <-s.process.Exited():
	case <-ctx.Done():
	case <-time.After(time.Second):
	}
	return s.process.Cause()
}

// printed logs what a connector in this process logs, without the secrets of
// others; its server strikes out its own.
type printed struct {
	log    *slog.Logger
	redact *redact.Redactor
}

func (p printed) Write(line []byte) (int, error) {
	text := p.redact.String(strings.TrimSpace(string(line)))
	p.log.Log(context.Background(), process.LevelOf(text), "connector printed", "line", text)
	return len(line), nil
}

// worst folds the errors among diagnostics into one, nil if there are none.
// Warnings are logged. Of neither more than a few.
func (in *instance) worst(list []*connectorv1.Diagnostic) error {
	var faults []*connectorv1.Diagnostic
	remarks := 0
	for _, m := range list {
		if m.GetSeverity() == connectorv1.Severity_SEVERITY_UNSPECIFIED {
			faults = append(faults, m)
		} else if remarks++; remarks <= maxRemarks {
			in.remark(m)
		}
	}
	in.unsaid(remarks)
	switch len(faults) {
	case 0:
		return nil
	case 1:
		return in.diagnostic(faults[0])
	}
	worst := in.diagnostic(faults[0])
	for i, m := range faults[1:] {
		if i == maxRemarks {
			worst.Summary += fmt.Sprintf("; and %d more", len(faults)-1-i)
			break
		}
		more := in.diagnostic(m)
		worst.Summary += "; " + more.Summary
		worst.Retryable = worst.Retryable && more.Retryable
	}
	return worst
}

// remark logs what a connector says that is no error.
func (in *instance) remark(m *connectorv1.Diagnostic) {
	d := in.diagnostic(m)
	in.log.Info("connector remarks", "code", d.Code, "summary", d.Summary)
}

// unsaid logs how many remarks were not logged.
func (in *instance) unsaid(remarks int) {
	if more := remarks - maxRemarks; more > 0 {
		in.log.Warn("connector remarked more than is logged", "remarks", more)
	}
}

// diagnostic reads m and trusts nothing of it: a code is a word, and no text has a secret.
func (in *instance) diagnostic(m *connectorv1.Diagnostic) *Diagnostic {
	d := fromWire(m)
	d.Summary, d.Detail = in.text(d.Summary), in.program.redact.String(d.Detail)
	d.Path, d.RequestID = in.text(d.Path), in.text(d.RequestID)
	if code := d.Code; !namePattern.MatchString(code) {
		d.Code, d.Summary = CodeInternal, in.text(strconv.Quote(clip(in.program.redact.String(code)))+": "+d.Summary)
	}
	return d
}

// text is s as one printable line without secrets, also without those that
// were hidden by what is not printed.
func (in *instance) text(s string) string { return plainText(in.program.redact, s) }

func plainText(r *redact.Redactor, s string) string {
	return oneLine(r.String(plain.Printable(r.String(s))))
}

// fault is what the error of a call means. A process that died or lost its
// connection is of no use any more.
func (in *instance) fault(ctx context.Context, s *session, err error) *Diagnostic {
	var d *Diagnostic
	message := in.text(status.Convert(err).Message())
	switch code := status.Code(err); {
	case errors.As(err, &d):
		return d
	case ctx.Err() != nil:
		return expired(ctx)
	case errors.Is(err, io.EOF):
		return &Diagnostic{Code: CodeBadAnswer, Summary: "the answer ends early"}
	case code == codes.Unavailable, code == codes.Canceled, s.ended(): // canceled by us when the process was cleared away
		cause := firstOf(s.cause(ctx), message)
		in.program.lost(s, cause)
		in.fleet.run(func() { s.close(0) }) // if only the connection is gone
		return &Diagnostic{Code: CodeDown, Retryable: true, Summary: "its process is gone: " + cause}
	case code == codes.ResourceExhausted:
		return &Diagnostic{Code: CodeTooLarge, Summary: message}
	case code == codes.DeadlineExceeded:
		return late()
	case code == codes.Unimplemented:
		return &Diagnostic{Code: CodeInternal, Summary: "it does not have this call: " + message}
	default:
		return &Diagnostic{Code: CodeBadAnswer, Summary: fmt.Sprintf("%v: %s", code, message)}
	}
}

// expired says why a call was given up.
func expired(ctx context.Context) *Diagnostic {
	var d *Diagnostic
	switch cause := context.Cause(ctx); {
	case errors.As(cause, &d):
		return d
	case errors.Is(cause, context.DeadlineExceeded):
		return late()
	default:
		return &Diagnostic{Code: CodeCanceled, Summary: "the host gave up"}
	}
}

func late() *Diagnostic {
	return &Diagnostic{Code: CodeTimeout, Summary: "no answer in time"}
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return "unknown"
}
