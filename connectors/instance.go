package connectors

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/connectors/internal/rate"
	"github.com/tidegate-go/tidegate/connectors/internal/redact"
)

// instance is one [Launch] and whatever runs of it.
type instance struct {
	fleet    *Fleet
	launch   Launch
	at       string // where it is in the config, for messages
	id       string // in Configure and what follows
	path     string // of the program
	pin      []byte
	settings Settings
	redact   *redact.Redactor
	log      *slog.Logger

	breaker process.Breaker
	turn    chan struct{} // held by who looks whether it runs, or starts it

	mu      sync.Mutex
	name    string
	state   State
	session *session // nil: down
	about   Description
	starts  int
	calls   int
	last    string
}

// Name is by which queries address the instance.
func (in *instance) Name() string {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.name
}

// rename gives an instance without a name in the config the connector's own,
// before it gets any secret. What it was up under once is its name for good:
// queries, and what they may see, were addressed to that. The caller holds the
// fleet's lock.
func (in *instance) rename(own string, taken func(string) *instance) error {
	if in.launch.Name != "" {
		return nil
	}
	in.mu.Lock()
	was, fixed := in.about.Name, in.starts > 0
	in.mu.Unlock()
	switch {
	case fixed && own != was:
		return &Diagnostic{Code: CodeDown, Summary: fmt.Sprintf("it was the connector %q and says now that it is %q", clip(was), clip(own))}
	case fixed || !namePattern.MatchString(own):
		return nil
	}
	if other := taken(own); other != nil {
		return &Diagnostic{Code: CodeInvalidConfig, Path: "name", Origin: FromConfig, Summary: fmt.Sprintf("%q is also the name of %s", own, other.at)}
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.name = own
	return nil
}

// unmet reports whether the instance may turn out to have another name.
func (in *instance) unmet() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.launch.Name == "" && in.starts == 0
}

func (in *instance) count() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.calls++
}

// ready returns the session of a connector that is well, starting it if need
// be. The error is a [*Diagnostic]. A start goes on when ctx ends before it.
func (in *instance) ready(ctx context.Context) (*session, error) {
	select {
	case in.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, expired(ctx)
	}
	if s, ok := in.well(ctx); ok {
		<-in.turn
		return s, nil
	}
	if ctx.Err() != nil {
		<-in.turn
		return nil, expired(ctx)
	}
	if err := in.patience(ctx); err != nil {
		<-in.turn
		return nil, err
	}
	type outcome struct {
		session *session
		err     error
	}
	result := make(chan outcome, 1)
	if !in.fleet.run(func() {
		defer func() { <-in.turn }()
		s, err := in.start()
		result <- outcome{s, err}
	}) {
		<-in.turn
		return nil, errClosed
	}
	select {
	case o := <-result:
		return o.session, o.err
	case <-ctx.Done():
		return nil, expired(ctx)
	}
}

// healthLasts is how long a process that said that it serves is taken at its
// word: one Collect asks several times. Every call has a deadline of its own,
// and the death of a process is noticed at once.
const healthLasts = time.Second

// well returns the session, to who has the turn, if its process is there and says that it serves.
// One that does not say so within [process.HealthTimeout] is frozen and ended,
// also when the caller has no time to see it.
func (in *instance) well(ctx context.Context) (*session, bool) {
	in.mu.Lock()
	s := in.session
	in.mu.Unlock()
	if s == nil || s.process == nil {
		return s, s != nil
	}
	if !s.ended() && time.Since(s.wellAt) < healthLasts {
		return s, true
	}
	err := s.process.Health(ctx)
	switch {
	case err == nil:
		s.wellAt = time.Now()
		return s, true
	case ctx.Err() == nil:
		in.drop(s, err)
	default:
		in.fleet.run(func() {
			if err := s.process.Health(in.fleet.life); err != nil {
				in.drop(s, err)
			}
		})
	}
	return nil, false
}

// drop ends a session that is of no use any more. Closing waits for the process, which is being killed.
func (in *instance) drop(s *session, err error) {
	in.lost(s, firstOf(s.process.Cause(), in.text(err.Error())))
	s.close(0)
}

// patience waits until the connector may be started again. It does not wait
// for a breaker that is open, nor past the end of ctx.
func (in *instance) patience(ctx context.Context) error {
	wait, open := in.breaker.Wait()
	if wait == 0 {
		return nil
	}
	in.mu.Lock()
	last := in.last
	in.mu.Unlock()
	end, bound := ctx.Deadline()
	if open || bound && time.Until(end) < wait || !rate.Sleep(ctx, wait) {
		return &Diagnostic{Code: CodeDown, Summary: fmt.Sprintf("not started again for %v: %s", wait.Round(time.Millisecond), firstOf(last))}
	}
	return nil
}

// start starts the connector. The caller has the turn.
func (in *instance) start() (*session, error) {
	in.set(Starting, "")
	s, err := in.connect(in.fleet.life)
	if in.fleet.life.Err() != nil {
		if s != nil {
			s.close(process.KillGrace)
		}
		in.set(Closed, "")
		return nil, errClosed
	}
	if err != nil {
		in.breaker.Failed()
		in.set(Down, err.Error())
		in.log.Error("connector is down", "state", "not started", "error", err)
		return nil, err
	}
	in.mu.Lock()
	in.session, in.state, in.about = s, Ready, s.about
	in.starts++
	in.mu.Unlock()
	in.fleet.tasks.Go(func() { in.watch(s) }) // this is a task, so it is not too late
	return s, nil
}

var errClosed = &Diagnostic{Code: CodeCanceled, Summary: "the fleet is closed"}

// watch notices the end of the session and clears up after it.
func (in *instance) watch(s *session) {
	var exited <-chan struct{} // nil in this process: never
	if s.process != nil {
		exited = s.process.Exited()
	}
	select {
	case <-exited:
		in.lost(s, s.process.Cause())
		s.close(0)
	case <-in.fleet.life.Done():
		s.close(process.KillGrace)
		in.set(Closed, "")
	}
}

// lost takes a session out of use, once, and counts the failure.
func (in *instance) lost(s *session, cause string) {
	in.mu.Lock()
	ours := in.session == s && in.fleet.life.Err() == nil
	if ours {
		in.session, in.state, in.last = nil, Down, cause
		in.breaker.Failed()
	}
	in.mu.Unlock()
	if !ours {
		return
	}
	in.log.Error("connector is down", "state", "died", "error", cause)
}

func (in *instance) set(state State, last string) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.state = state
	if last != "" {
		in.last = last
	}
	if state == Closed {
		in.session = nil
	}
}

func (in *instance) status() Status {
	in.mu.Lock()
	defer in.mu.Unlock()
	s := Status{Name: in.name, Connector: in.about.Name, Version: in.about.Version, From: in.path, State: in.state,
		Starts: in.starts, Restarts: max(in.starts-1, 0), Calls: in.calls, LastError: in.last}
	switch {
	case in.launch.InProcess != nil:
		s.From, s.Pin = "in-process", "in-process"
	case in.launch.Self != "":
		s.From, s.Pin = "self", "self:"+ownChecksum()
	case in.launch.Unpinned:
		s.Pin = "unpinned"
	default:
		s.Pin = in.launch.Pin
	}
	if in.session != nil && in.session.process != nil {
		s.Pid = in.session.process.Pid()
	}
	return s
}
func (in *instance) check(ctx context.Context) error {
	s, err := in.ready(ctx)
	if err != nil {
		return err
	}
	in.count()
	answer, err := s.client.Check(ctx, &connectorv1.CheckRequest{Instance: in.id})
	if err != nil {
		return in.fault(ctx, s, err)
	}
	return in.worst(answer.GetDiagnostics())
}
