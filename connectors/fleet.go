package connectors

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/rate"
)

// Codes that a fleet itself adds to those of connectors.
const (
	CodeUnknownConnector = "unknown-connector" // the fleet has no connector of this name
	CodeIncomplete       = "incomplete"        // a list ended and something is missing
)

// Fleet is a set of running connectors. Its methods may be called at the same time.
type Fleet struct {
	config    Config
	instances []*instance
	programs  []*program

	life  context.Context // ends with Close; no call's
	end   context.CancelFunc
	tasks sync.WaitGroup // starts, and the watching of processes

	mu       sync.Mutex
	limiters map[string]*rate.Limiter // by outside system
	opened   bool                     // the names of all that came up until then are told apart
	closed   bool
}

// Open starts the connectors of the config, all at once, and returns when each
// of them is ready or known to be down. What is down is no error: its queries
// fail with the code "connector-down" and the cause, and it is tried again when
// it is asked.
//
// An error is what only a change of the configuration mends: it joins a
// [*Diagnostic] with the path in the config for each fault of the config, for
// each program that is not the pinned one, and for each connector that refuses
// its settings. Nothing runs then. Nor does anything run when ctx ended before
// all was known; that is an error, too.
func Open(ctx context.Context, config Config) (*Fleet, error) {
	instances, err := config.prepare()
	if err != nil {
		return nil, err
	}
	f := &Fleet{config: config.withDefaults(), instances: instances, limiters: map[string]*rate.Limiter{}}
	f.programs = group(instances, f.config.Logger)
	for _, p := range f.programs {
		p.fleet = f
	}
	f.life, f.end = context.WithCancel(context.WithoutCancel(ctx))
	faults := make([]error, len(instances))
	var group sync.WaitGroup
	for i, in := range instances {
		in.fleet = f
		group.Go(func() { faults[i] = in.first(ctx) })
	}
	group.Wait()
	faults = append(faults, f.collisions()...)
	if err := ctx.Err(); err != nil {
		faults = append(faults, fmt.Errorf("connectors: open: %w%s", err, f.unready()))
	}
	if err := errors.Join(faults...); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// unready names who is not open, for an error.
func (f *Fleet) unready() string {
	var names []string
	for _, in := range f.instances {
		if in.status().State != Ready {
			names = append(names, in.Name())
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; not ready: " + strings.Join(names, ", ")
}

// first starts the instance and returns an error only if the configuration is at fault.
func (in *instance) first(ctx context.Context) error {
	_, err := in.ready(ctx)
	var d *Diagnostic
	if !errors.As(err, &d) || d.Origin != FromConfig {
		return nil
	}
	at := *d
	at.Path = strings.TrimSuffix(in.at+"."+d.Path, ".")
	at.Summary = at.Path + ": " + d.Summary
	return &at
}

// collisions are connectors that turned out to have the same name. From here
// on, who comes up later is refused a name that is taken.
func (f *Fleet) collisions() []error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.opened = true
	var faults []error
	seen := map[string]string{}
	for _, in := range f.instances {
		name := in.Name()
		if other, ok := seen[name]; ok {
			faults = append(faults, faultAt(CodeInvalidConfig, in.at+".name", fmt.Sprintf("%q is also the name of %s", name, other)))
		}
		seen[name] = in.at
	}
	return faults
}

// admit settles the name of an instance that is being started.
func (f *Fleet) admit(in *instance, own string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return in.rename(own, func(name string) *instance {
		for _, other := range f.instances {
			if f.opened && other != in && other.Name() == name {
				return other
			}
		}
		return nil
	})
}

// find returns the instance of the name.
func (f *Fleet) find(name string) (*instance, error) {
	for _, in := range f.instances {
		if in.Name() == name {
			return in, nil
		}
	}
	return nil, &Diagnostic{Code: CodeUnknownConnector, Summary: fmt.Sprintf("the fleet has no connector %q", clip(name))}
}

// meet starts the connectors that never came up, for one of them may have a
// name that nobody else has, and returns when each is ready or known to be down.
func (f *Fleet) meet(ctx context.Context) {
	ctx, cancel := f.bound(ctx, f.config.QueryTimeout)
	defer cancel()
	var group sync.WaitGroup
	defer group.Wait()
	for _, in := range f.instances {
		if in.unmet() {
			group.Go(func() { _, _ = in.ready(ctx) }) // the status says why not
		}
	}
}

// limiter returns the limiter of an outside system with the given limits.
func (f *Fleet) limiter(upstream string, limits []rate.Limit) *rate.Limiter {
	f.mu.Lock()
	defer f.mu.Unlock()
	l := f.limiters[upstream]
	if l == nil {
		l = rate.New(limits, nil)
		f.limiters[upstream] = l
	}
	l.Set(limits)
	return l
}

// run runs a task that Close waits for; it reports false when it is too late.
func (f *Fleet) run(task func()) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return false
	}
	f.tasks.Go(task)
	return true
}

// bound returns ctx ending also with the fleet, and at the latest after limit.
func (f *Fleet) bound(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	stop := context.AfterFunc(f.life, cancel)
	return ctx, func() { stop(); cancel() }
}

// Readiness is whether one instance can answer.
type Readiness struct {
	Name string
	Err  error // a [*Diagnostic]; nil: ready
}

// Check asks every instance whether it can answer: credentials, permissions,
// reachability. It takes at most [Config.QueryTimeout].
func (f *Fleet) Check(ctx context.Context) []Readiness {
	ctx, cancel := f.bound(ctx, f.config.QueryTimeout)
	defer cancel()
	all := make([]Readiness, len(f.instances))
	var group sync.WaitGroup
	for i, in := range f.instances {
		group.Go(func() { all[i] = Readiness{in.Name(), in.check(ctx)} })
	}
	group.Wait()
	return all
}

// Redact returns a text without the secrets of any instance, in whatever form
// they usually take: for what a host itself writes about its connectors.
func (f *Fleet) Redact(text string) string {
	if len(f.programs) == 0 {
		return text
	}
	return f.programs[0].redact.String(text) // of all programs
}

// Close ends every connector and returns when nothing of them is left: no
// process, no socket, no goroutine. What is being asked fails with the code
// "canceled". It may be called again.
func (f *Fleet) Close() {
	f.mu.Lock()
	f.closed = true
	f.mu.Unlock()
	f.end()
	f.tasks.Wait()
	for _, in := range f.instances {
		in.end()
	}
}
