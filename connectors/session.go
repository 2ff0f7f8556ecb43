package connectors

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/local"
	"github.com/tidegate-go/tidegate/connectors/internal/parent"
	"github.com/tidegate-go/tidegate/connectors/internal/plain"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/connectors/internal/rate"
)

// openTimeout bounds the two calls that open an instance; neither goes to the outside system.
const openTimeout = 10 * time.Second

// session is one connector from its start to its end, in a process of its own
// or in this one, with one instance open.
type session struct {
	client  connectorv1.ConnectorClient
	process *process.Process // nil: in this process
	server  *server          // nil: in a process
	about   Description      // what the host needs of it
	limits  *rate.Limiter
	wellAt  time.Time // when the process last said that it serves; touched with the instance's turn only
}

// connect starts the connector and opens the instance. The error is a
// [*Diagnostic]; its origin is the configuration if that has to be changed.
func (in *instance) connect(ctx context.Context) (*session, error) {
	s, err := in.launched(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	if err := in.open(ctx, s); err != nil {
		s.close(0)
		return nil, err
	}
	return s, nil
}

func (in *instance) launched(ctx context.Context) (*session, error) {
	if c := in.launch.InProcess; c != nil {
		server, err := newServer(c, printed{in.log})
		if err != nil {
			return nil, &Diagnostic{Code: CodeInvalidConfig, Origin: FromConfig, Summary: in.text(err.Error())}
		}
		return &session{client: local.New(server), server: server}, nil
	}
	p, err := process.Start(ctx, in.spec())
	switch {
	case errors.Is(err, process.ErrPin):
		return nil, &Diagnostic{Code: CodeInvalidConfig, Path: "pin", Origin: FromConfig, Summary: oneLine(err.Error())}
	case err != nil:
		return nil, &Diagnostic{Code: CodeDown, Summary: "it does not start: " + oneLine(err.Error()), Retryable: true}
	}
	return &session{client: p.Connector(), process: p}, nil
}

func (in *instance) spec() process.Spec {
	l := in.launch
	s := process.Spec{Name: in.Name(), Path: in.path, Env: l.Env, Logger: in.log, Redactor: in.redact,
		Set: []string{parent.Variable + "=" + strconv.Itoa(os.Getpid())}}
	switch {
	case l.Self != "":
		s.Trust = process.Self
		s.Set = append(s.Set, handshake.Variable+"="+l.Self)
	case l.Unpinned:
		s.Trust, s.Args = process.Unpinned, l.Command[1:]
	default:
		s.Pin, s.Args = in.pin, l.Command[1:]
	}
	return s
}

// self is the path of the program that runs. On Linux the link in /proc leads
// to it even if another file has taken its place since.
func self() (string, error) {
	if runtime.GOOS == "linux" {
		const link = "/proc/self/exe"
		if _, err := os.Stat(link); err == nil {
			return link, nil
		}
	}
	return os.Executable()
}

// open asks who the connector is and configures it. Secrets travel here only.
func (in *instance) open(ctx context.Context, s *session) error {
	about, err := s.client.Describe(ctx, &connectorv1.DescribeRequest{})
	if err != nil {
		return in.startFault(ctx, s, "describe", err)
	}
	s.about = Description{Name: in.text(about.GetName()), Version: in.text(about.GetVersion()), Summary: in.text(about.GetSummary())}
	if err := in.fleet.admit(in, s.about.Name); err != nil {
		return err
	}
	var limits []rate.Limit
	for _, l := range about.GetRateLimits() {
		limits = append(limits, rate.Limit{Kinds: l.GetKinds(), PerSecond: l.GetPerSecond(), Burst: int(l.GetBurst())})
	}
	s.limits = rate.New(limits, nil)
	secrets := map[string]string{}
	for name, secret := range maps.All(in.settings.Secrets) {
		secrets[name] = secret.Reveal()
	}
	answer, err := s.client.Configure(ctx, &connectorv1.ConfigureRequest{
		Instance: in.id, Config: string(in.settings.JSON), Secrets: secrets})
	if err != nil {
		return in.startFault(ctx, s, "configure", err)
	}
	if d := in.worst(answer.GetDiagnostics()); d != nil {
		return d
	}
	return nil
}

func (in *instance) startFault(ctx context.Context, s *session, call string, err error) *Diagnostic {
	why := in.text(status.Convert(err).Message())
	if cause := s.cause(ctx); cause != "" {
		why = cause
	}
	return &Diagnostic{Code: CodeDown, Summary: fmt.Sprintf("it does not %s: %s", call, why), Retryable: true}
}

// close ends the session, in a process after at most grace and then by force.
func (s *session) close(grace time.Duration) {
	if s.process != nil {
		s.process.Kill(grace)
		return
	}
	s.server.closeAll()
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

// printed logs what a connector in this process logs; its server redacts it.
type printed struct{ log *slog.Logger }

func (p printed) Write(line []byte) (int, error) {
	p.log.Info("connector printed", "line", strings.TrimSpace(string(line)))
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
	d.Summary, d.Detail = in.text(d.Summary), in.redact.String(d.Detail)
	d.Path, d.RequestID = in.text(d.Path), in.text(d.RequestID)
	if code := d.Code; !namePattern.MatchString(code) {
		d.Code, d.Summary = CodeInternal, in.text(strconv.Quote(clip(in.redact.String(code)))+": "+d.Summary)
	}
	return d
}

// text is s as one printable line without secrets, also without those that
// were hidden by what is not printed.
func (in *instance) text(s string) string {
	return oneLine(in.redact.String(plain.Printable(in.redact.String(s))))
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
		in.lost(s, cause)
		in.fleet.run(func() { s.close(0) }) // if only the connection is gone
		return &Diagnostic{Code: CodeDown, Retryable: true, Summary: "its process is gone: " + cause}
	case code == codes.ResourceExhausted:
		return &Diagnostic{Code: CodeTooLarge, Summary: message}
	case code == codes.DeadlineExceeded:
		return &Diagnostic{Code: CodeTimeout, Summary: "no answer in time"}
	case code == codes.Unimplemented:
		return &Diagnostic{Code: CodeInternal, Summary: "it does not have this call: " + message}
	default:
		return &Diagnostic{Code: CodeBadAnswer, Summary: fmt.Sprintf("%v: %s", code, message)}
	}
}

// expired says why a call was given up.
func expired(ctx context.Context) *Diagnostic {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &Diagnostic{Code: CodeTimeout, Summary: "no answer in time"}
	}
	return &Diagnostic{Code: CodeCanceled, Summary: "the host gave up"}
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return "unknown"
}
