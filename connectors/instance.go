package connectors

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/connectors/internal/rate"
	"github.com/tidegate-go/tidegate/connectors/internal/turn"
)

// instance is one [Launch], and where it is open.
type instance struct {
	fleet    *Fleet
	program  *program
	launch   Launch
	at       string // where it is in the config, for messages
	id       string // in Configure and what follows
	path     string // of the program
	pin      []byte
	files    []process.File
	locked   *LockedProgram // nil: not by a lock
	settings Settings
	log      *slog.Logger

	breaker process.Breaker
	turn    *turn.Turn[*session] // held by who looks whether it is open, or opens it

	mu       sync.Mutex
	name     string
	closed   bool
	starting int      // calls that wait until it is open
	session  *session // in which it is open; nil: down
	about    Description
	limits   *rate.Limiter // nil until it was open once
	starts   int
	calls    int
	inside   int // calls that have not ended
	failures int // calls
	last     string
	since    time.Time // when it came up, or went down
	checked  time.Time
	lacks    string // what its last check found
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

// worked notes that the connector answered.
func (in *instance) worked() {
	in.breaker.Worked()
	in.program.breaker.Worked()
}

// ready returns the session in which the instance is open, of a program that
// is well, starting and opening what has to be. The error is a [*Diagnostic].
// A start goes on when ctx ends before it.
func (in *instance) ready(ctx context.Context) (*session, error) {
	in.wait(1)
	defer in.wait(-1)
	for {
		s, err := in.program.ready(ctx)
		if err != nil {
			return nil, err
		}
		_, err = in.turn.Take(ctx, in.fleet.run, opening{in, s})
		if !errors.Is(err, errRetired) {
			return s, startable(ctx, err)
		}
	}
}

func (in *instance) wait(more int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.starting += more
}

// opening is what it takes to open an instance in a session.
type opening struct {
	*instance

	in *session
}

// There looks whether it is open there.
func (o opening) There(context.Context) (*session, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.session, o.session == o.in
}

// Patience waits until it may be opened again.
func (o opening) Patience(ctx context.Context) error {
	o.mu.Lock()
	last := o.last
	o.mu.Unlock()
	return patience(ctx, &o.breaker, last)
}

// Start opens the instance. The caller has the turn.
func (o opening) Start() (*session, error) {
	in, life := o.instance, o.fleet.life
	leave, ok := in.program.enter(o.in)
	if !ok {
		return nil, errRetired
	}
	err := in.open(life, o.in)
	if life.Err() != nil {
		return nil, errClosed
	}
	if err != nil {
		leave()
		in.breaker.Failed()
		in.note(err.Error())
		in.log.Error("connector is down", "state", "not open", "error", err)
		return nil, err
	}
	in.mu.Lock()
	in.session, in.about, in.since = o.in, o.in.about, in.fleet.config.Now()
	in.starts++
	in.mu.Unlock()
	in.changed(Ready, "")
	select {
	case <-o.in.over: // since before this instance was in it
		in.lost(o.in, firstOf(o.in.cause(life)))
	default:
	}
	return o.in, nil
}

// open configures the instance in a session. Secrets travel here only.
func (in *instance) open(ctx context.Context, s *session) error {
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	if err := in.fleet.admit(in, s.about.Name); err != nil {
		return err
	}
	if in.locked != nil {
		if err := in.locked.same(s.about); err != nil {
			return err
		}
	}
	in.limit(s.about)
	secrets := map[string]string{}
	for name, secret := range maps.All(in.settings.Secrets) {
		secrets[name] = secret.Reveal()
	}
	ctx, end := in.observe(ctx, Call{Method: "Configure"})
	answer, err := s.client.Configure(ctx, &connectorv1.ConfigureRequest{
		Instance: in.id, Config: string(in.settings.JSON), Secrets: secrets})
	if err != nil {
		err = in.program.startFault(ctx, s, "configure", err)
		in.forget(s)
	} else {
		err = in.worst(answer.GetDiagnostics())
	}
	end(CallEnd{Err: err})
	return err
}

// forget releases what may be open, so that it can be opened again: the
// process may go on with other instances in it.
func (in *instance) forget(s *session) {
	ctx, cancel := context.WithTimeout(in.fleet.life, process.HealthTimeout)
	defer cancel()
	_, _ = s.client.Release(ctx, &connectorv1.ReleaseRequest{Instance: in.id}) // what fails here fails again when it is opened
}

// limit finds the limiter of the outside system: what the connector declares
// and the config overrides. It outlives the process.
func (in *instance) limit(about Description) {
	limits := rate.Override(limitsOf(about.RateLimits), limitsOf(in.launch.RateLimits))
	limiter := in.fleet.limiter(about.Name+" "+in.upstream(), limits)
	in.mu.Lock()
	defer in.mu.Unlock()
	in.limits = limiter
}

func limitsOf(list []RateLimit) []rate.Limit {
	var limits []rate.Limit
	for _, l := range list {
		limits = append(limits, rate.Limit{Name: l.Name, Kinds: l.Kinds, PerSecond: l.PerSecond, Burst: l.Burst})
	}
	return limits
}

// upstream is equal for instances that ask one outside system as one account:
// those that say so, or have the same settings.
func (in *instance) upstream() string {
	if in.launch.Upstream != "" {
		return "as " + in.launch.Upstream
	}
	hash := sha256.New()
	_, _ = hash.Write(in.settings.JSON) // never fails
	for _, name := range slices.Sorted(maps.Keys(in.settings.Secrets)) {
		_, _ = fmt.Fprintf(hash, "%q %q", name, in.settings.Secrets[name].Reveal())
	}
	return fmt.Sprintf("%x", hash.Sum(nil))
}

// limiter returns that of the outside system.
func (in *instance) limiter() *rate.Limiter {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.limits == nil {
		return rate.New(nil, nil)
	}
	return in.limits
}

// note keeps why the instance did not come up.
func (in *instance) note(why string) {
	in.mu.Lock()
	if in.last = why; in.since.IsZero() {
		in.since = in.fleet.config.Now()
	}
	in.mu.Unlock()
	in.changed(Down, why)
}

// lost takes a session out of use.
func (in *instance) lost(s *session, cause string) {
	in.mu.Lock()
	ours := in.session == s
	if ours {
		in.session, in.last, in.since = nil, cause, in.fleet.config.Now()
	}
	in.mu.Unlock()
	if ours {
		in.changed(Down, cause)
	}
}

// end says that the fleet is closed.
func (in *instance) end() {
	in.mu.Lock()
	was := in.closed
	in.session, in.closed = nil, true
	in.mu.Unlock()
	if !was {
		in.changed(Closed, "")
	}
}
