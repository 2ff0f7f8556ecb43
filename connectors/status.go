package connectors

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// State is the state of an instance.
type State uint8

// The states.
const (
	Down     State = iota // not started, died, or refused; it is tried again when it is asked
	Starting              // it is being started
	Ready                 // it answers
	Closed                // the fleet is closed
)

var stateNames = []string{"down", "starting", "ready", "closed"}

// String returns the state's name.
func (s State) String() string { return enum.String("state", stateNames, s) }

// MarshalText implements [encoding.TextMarshaler].
func (s State) MarshalText() ([]byte, error) { return enum.Marshal("state", stateNames, s) }

// Status is what is known of one instance at one moment, for people and their logs.
type Status struct {
	Name      string `json:"name"`      // by which queries address it
	Connector string `json:"connector"` // its own name; empty until it was started once
	Version   string `json:"version"`
	From      string `json:"from"` // "in-process", "self" or the path of the program
	Pin       string `json:"pin"`  // SHA-256 in hexadecimal, "unpinned", "self:" and the checksum, or "in-process"
	Pid       int    `json:"pid"`  // 0: no process; equal for those that share one
	State     State  `json:"state"`
	Starts    int    `json:"starts"`             // how often it came up
	Restarts  int    `json:"restarts"`           // of these, after the first
	Calls     int    `json:"calls"`              // after it came up
	LastError string `json:"lastError,omitzero"` // one line; it may be over by now

	// Trust is why its program may answer; unpinned is the override for
	// development, which every result says, too.
	Trust fact.Trust `json:"trust"`

	InFlight int       `json:"inFlight"` // calls that have not ended
	Failures int       `json:"failures"` // calls that failed, or in which a query did
	Since    time.Time `json:"since,omitzero"`

	// NotBefore is when a start is tried again at the earliest: what fails is
	// let rest, ever longer.
	NotBefore time.Time `json:"notBefore,omitzero"`

	// CheckedAt is when [Fleet.Check] asked last, and CheckError what it found:
	// readiness, which a process that is up may lack. Empty after a check: ready.
	CheckedAt  time.Time `json:"checkedAt,omitzero"`
	CheckError string    `json:"checkError,omitzero"`
}

// Status returns the state of every instance, in the order of the config. It asks nobody.
func (f *Fleet) Status() []Status {
	all := make([]Status, len(f.instances))
	for i, in := range f.instances {
		all[i] = in.status()
	}
	return all
}

func (in *instance) status() Status {
	wait, _ := in.breaker.Wait()
	program, _ := in.program.breaker.Wait()
	by := in.answeredBy()
	in.mu.Lock()
	defer in.mu.Unlock()
	s := Status{Name: in.name, Connector: in.about.Name, Version: in.about.Version, From: in.path, Trust: by.Trust,
		Starts: in.starts, Restarts: max(in.starts-1, 0), Calls: in.calls, InFlight: in.inside, Failures: in.failures,
		Since: in.since, LastError: in.last, CheckedAt: in.checked, CheckError: in.lacks}
	switch {
	case in.closed:
		s.State = Closed
	case in.session != nil:
		s.State = Ready
	case in.starting > 0:
		s.State = Starting
	}
	if wait = max(wait, program); wait > 0 && s.State == Down {
		s.NotBefore = in.fleet.config.Now().Add(wait)
	}
	if in.session != nil && in.session.process != nil {
		s.Pid = in.session.process.Pid()
	}
	return in.source(s)
}

// source says where the program comes from.
func (in *instance) source(s Status) Status {
	switch l := in.launch; {
	case l.InProcess != nil:
		s.From, s.Pin = "in-process", "in-process"
	case l.Self != "":
		s.From, s.Pin = "self", "self:"+ownChecksum()
	case l.Unpinned:
		s.Pin = "unpinned"
	default:
		s.Pin = fmt.Sprintf("%x", in.pin)
	}
	return s
}

// answeredBy is which program the instance is, as far as the host knows.
func (in *instance) answeredBy() fact.Program {
	in.mu.Lock()
	defer in.mu.Unlock()
	p := fact.Program{Name: in.about.Name, Version: in.about.Version}
	switch l := in.launch; {
	case l.InProcess != nil, l.Self != "":
		p.Trust = fact.Own
	case l.Unpinned:
		p.Trust = fact.Unpinned
	default:
		p.Trust, p.Digest = fact.Pinned, value.Digest(fmt.Sprintf("sha256:%x", in.pin))
	}
	return p
}

// Observer is told what a fleet does, for metrics and traces: a counter of
// calls by method and code, a span for each call, a gauge of who is up. It needs
// no library here; one for Prometheus or OpenTelemetry is a few lines of its
// user's.
//
// Its methods are called at the same time, outside of the fleet's locks, and
// waited for, so they return soon. They may ask [Fleet.Status], and nothing
// else of the fleet. What panics in them is logged and has no other effect.
type Observer interface {
	// Call begins a call to a connector. The context that it returns is the
	// call's; nil stands for ctx. The function that it returns, if any, is
	// called once, when the call has ended.
	Call(ctx context.Context, call Call) (context.Context, func(CallEnd))

	// Change says that an instance came up, went down, or is closed.
	Change(change Change)
}

// Call is one call to a connector, as the contract has them. What is asked
// again, after a failure or a death, is another call.
type Call struct {
	Instance  string // by which queries address it
	Connector string // its own name; empty before it said it
	Method    string // "Describe", "Configure", "Check", "Measure" or "List"
	Kind      string // of the queries, if all are of one
	Queries   int    // 0 for calls that ask none
	Resumed   bool   // a list that goes on from a cursor
}

// CallEnd is what came of a call.
type CallEnd struct {
	Err    error // a [*Diagnostic]; nil if the connector answered
	Failed int   // queries that it answered with a failure
	Items  int   // that a list brought
}

// Change is a change of an instance's state.
type Change struct {
	Instance string
	State    State  // Ready, Down or Closed
	Cause    string // one line, without secrets; of Down only
}

// observe begins a call.
func (in *instance) observe(ctx context.Context, call Call) (context.Context, func(CallEnd)) {
	in.mu.Lock()
	if call.Method != "Configure" { // which is a part of its start
		in.calls++
	}
	in.inside++
	call.Instance, call.Connector = in.name, in.about.Name
	in.mu.Unlock()
	ctx, told := in.fleet.observe(ctx, call)
	return ctx, func(end CallEnd) {
		in.mu.Lock()
		in.inside--
		if end.Err != nil || end.Failed > 0 {
			in.failures++
		}
		in.mu.Unlock()
		told(end)
	}
}

// observe tells the observer of a call, if there is one.
func (f *Fleet) observe(ctx context.Context, call Call) (context.Context, func(CallEnd)) {
	observer := f.config.Observer
	if observer == nil {
		return ctx, func(CallEnd) {}
	}
	with, end := ctx, func(CallEnd) {}
	f.survive(func() {
		c, e := observer.Call(ctx, call)
		if c != nil {
			with = c
		}
		if e != nil {
			end = e
		}
	})
	return with, func(what CallEnd) { f.survive(func() { end(what) }) }
}

// changed tells the observer of a change, if there is one.
func (in *instance) changed(state State, cause string) {
	if observer := in.fleet.config.Observer; observer != nil {
		change := Change{Instance: in.Name(), State: state, Cause: cause}
		in.fleet.survive(func() { observer.Change(change) })
	}
}

// survive runs code of the observer's.
func (f *Fleet) survive(told func()) {
	defer func() {
		if p := recover(); p != nil {
			f.config.Logger.Error("the observer panicked", "panic", sprint(p))
		}
	}()
	told()
}
