package connectors

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/local"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/connectors/internal/redact"
	"github.com/tidegate-go/tidegate/connectors/internal/turn"
)

// program is a program of the config and the process of it that runs.
// Instances with the same binary, pin, arguments and environment share it: each
// is opened in it on its own, and what ends the process takes all of them down.
type program struct {
	fleet     *Fleet
	spec      process.Spec // but for its name
	inside    Connector    // in this process; nil: of the spec
	instances []*instance
	redact    *redact.Redactor // of the secrets of all instances of the fleet: systems speak of each other
	log       *slog.Logger

	breaker process.Breaker
	turn    *turn.Turn[*session]

	mu      sync.Mutex
	session *session // nil: down
	last    string
}

// group finds out which instances share a process.
func group(instances []*instance, log *slog.Logger) []*program {
	var all []*program
	known := map[string]*program{}
	for _, in := range instances {
		key := in.shares()
		p := known[key]
		if p == nil || in.launch.InProcess != nil || in.launch.Alone {
			p = &program{spec: in.spec(), inside: in.launch.InProcess, turn: turn.New[*session]()}
			all = append(all, p)
		}
		if !in.launch.Alone {
			known[key] = p
		}
		in.program = p
		p.instances = append(p.instances, in)
	}
	var secrets []string
	for _, in := range instances {
		for _, name := range slices.Sorted(maps.Keys(in.settings.Secrets)) {
			secrets = append(secrets, in.settings.Secrets[name].Reveal())
		}
	}
	secret := redact.New(secrets...)
	for _, p := range all {
		var names []string
		for _, in := range p.instances {
			names = append(names, in.name)
		}
		p.redact = secret
		p.log = log.With("instance", strings.Join(names, ","))
		p.spec.Redactor, p.spec.Logger = p.redact, p.log
	}
	return all
}

// ready returns the session of a program that is well, starting it if need be.
func (p *program) ready(ctx context.Context) (*session, error) {
	s, err := p.turn.Take(ctx, p.fleet.run, p)
	return s, startable(ctx, err)
}

// startable is err as a [*Diagnostic], nil for nil.
func startable(ctx context.Context, err error) error {
	switch _, ok := errors.AsType[*Diagnostic](err); {
	case err == nil, ok:
		return err
	case errors.Is(err, turn.ErrClosed):
		return errClosed
	}
	return expired(ctx)
}

// healthLasts is how long a process that said that it serves is taken at its
// word: one Collect asks several times. Every call has a deadline of its own,
// and the death of a process is noticed at once.
const healthLasts = time.Second

// There returns the session if its process is there and says that it serves.
// One that does not say so within [process.HealthTimeout] is frozen and ended,
// also when the caller has no time to see it.
func (p *program) There(ctx context.Context) (*session, bool) {
	p.mu.Lock()
	s := p.session
	p.mu.Unlock()
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
		p.drop(s, err)
	default:
		p.fleet.run(func() {
			if err := s.process.Health(p.fleet.life); err != nil {
				p.drop(s, err)
			}
		})
	}
	return nil, false
}

// drop ends a session that is of no use any more. Closing waits for the process, which is being killed.
func (p *program) drop(s *session, err error) {
	p.lost(s, firstOf(s.process.Cause(), plainText(p.redact, err.Error())))
	s.close(0)
}

// Patience waits until the program may be started again.
func (p *program) Patience(ctx context.Context) error {
	p.mu.Lock()
	last := p.last
	p.mu.Unlock()
	return patience(ctx, &p.breaker, last)
}

// Start starts the program. The caller has the turn.
func (p *program) Start() (*session, error) {
	life := p.fleet.life
	s, err := p.launched(life)
	if err == nil {
		err = p.describe(life, s)
	}
	if err == nil && life.Err() == nil {
		p.mu.Lock()
		p.session = s
		p.mu.Unlock()
		p.fleet.tasks.Go(func() { p.watch(s) }) // this is a task, so it is not too late
		return s, nil
	}
	if s != nil {
		s.close(process.KillGrace)
	}
	if life.Err() != nil {
		return nil, errClosed
	}
	p.breaker.Failed()
	p.mu.Lock()
	p.last = err.Error()
	p.mu.Unlock()
	for _, in := range p.instances {
		in.note(err.Error())
	}
	p.log.Error("connector is down", "state", "not started", "error", err)
	return nil, err
}

var errClosed = &Diagnostic{Code: CodeCanceled, Summary: "the fleet is closed"}

func (p *program) launched(ctx context.Context) (*session, error) {
	if p.inside != nil {
		server, err := newServer(p.inside, printed{p.log, p.redact})
		if err != nil {
			return nil, &Diagnostic{Code: CodeInvalidConfig, Origin: FromConfig, Summary: plainText(p.redact, err.Error())}
		}
		return &session{client: local.New(server), server: server, over: make(chan struct{})}, nil
	}
	spec := p.spec
	spec.Name = p.names()
	run, err := process.Start(ctx, spec)
	switch {
	case errors.Is(err, process.ErrPin):
		return nil, &Diagnostic{Code: CodeInvalidConfig, Path: "pin", Origin: FromConfig, Summary: oneLine(err.Error())}
	case err != nil:
		return nil, &Diagnostic{Code: CodeDown, Summary: "it does not start: " + oneLine(err.Error()), Retryable: true}
	}
	return &session{client: run.Connector(), process: run, over: make(chan struct{})}, nil
}

// names are those that the instances have now.
func (p *program) names() string {
	var names []string
	for _, in := range p.instances {
		names = append(names, in.Name())
	}
	return strings.Join(names, ",")
}

// describe asks who the connector is.
func (p *program) describe(ctx context.Context, s *session) error {
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	ctx, end := p.fleet.observe(ctx, Call{Instance: p.names(), Method: "Describe"})
	about, err := s.client.Describe(ctx, &connectorv1.DescribeRequest{})
	if err != nil {
		err = p.startFault(ctx, s, "describe", err)
	}
	end(CallEnd{Err: err})
	if err != nil {
		return err
	}
	text := func(t string) string { return plainText(p.redact, t) }
	s.about = Description{Name: text(about.GetName()), Version: text(about.GetVersion()), Summary: text(about.GetSummary())}
	for _, l := range about.GetRateLimits() {
		s.about.RateLimits = append(s.about.RateLimits, RateLimit{Name: text(l.GetName()), Kinds: l.GetKinds(), PerSecond: l.GetPerSecond(), Burst: int(l.GetBurst())})
	}
	return nil
}

func (p *program) startFault(ctx context.Context, s *session, call string, err error) *Diagnostic {
	why := plainText(p.redact, status.Convert(err).Message())
	if code := status.Code(err); code == codes.Unavailable || code == codes.Canceled || s.ended() {
		why = firstOf(s.cause(ctx), why)
	}
	return &Diagnostic{Code: CodeDown, Summary: fmt.Sprintf("it does not %s: %s", call, why), Retryable: true}
}

// watch notices the end of the session and clears up after it.
func (p *program) watch(s *session) {
	over := s.over // in this process nothing ends by itself
	if s.process != nil {
		over = nil
	}
	select {
	case <-over:
	case <-s.exited():
		p.lost(s, s.process.Cause())
		s.close(0)
	case <-p.fleet.life.Done():
		s.close(process.KillGrace)
	}
}

// errRetired says that the session was ended because nobody was in it, a moment
// before somebody came.
var errRetired = errors.New("the process was ended because nothing was open in it")

// enter notes an instance that is being opened in the session, and is in it
// until leave. Who leaves an empty process ends it: what an instance refused,
// such as a name, may be otherwise in the next one.
func (p *program) enter(s *session) (leave func(), ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s.retired {
		return nil, false
	}
	s.users++
	return func() {
		p.mu.Lock()
		s.users--
		empty := s.users == 0 && p.session == s
		if empty {
			p.session, s.retired = nil, true
			close(s.over)
		}
		p.mu.Unlock()
		if empty {
			s.close(0)
		}
	}, true
}

// lost takes a session out of use, once, and counts the failure.
func (p *program) lost(s *session, cause string) {
	p.mu.Lock()
	ours := p.session == s && p.fleet.life.Err() == nil
	if ours {
		p.session, p.last = nil, cause
		close(s.over)
		p.breaker.Failed()
	}
	p.mu.Unlock()
	if !ours {
		return
	}
	for _, in := range p.instances {
		in.lost(s, cause)
	}
	p.log.Error("connector is down", "state", "died", "error", cause)
}
