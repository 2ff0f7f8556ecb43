package connectors

import (
	"context"
	"log/slog"
	"sync"
)

// instances are the open instances of one server by their ids. The zero value
// is ready.
type instances struct {
	mu     sync.Mutex
	places map[string]*place
}

// place is where an instance is, from before it opens until it is closed.
type place struct {
	instance Instance // nil while it opens, and if it could not
	log      *slog.Logger
	forget   func() // its secrets
	calls    map[*context.CancelCauseFunc]bool
	released bool
	closed   chan struct{}
}

// reserve makes a place for an instance that is going to be opened.
func (n *instances) reserve(id string, log *slog.Logger, forget func()) (*place, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if id == "" {
		return nil, &Diagnostic{Code: CodeInvalidConfig, Path: "instance", Summary: "the instance has no name"}
	}
	if n.places[id] != nil {
		return nil, &Diagnostic{Code: CodeInvalidConfig, Path: "instance", Summary: "the instance is open already"}
	}
	if n.places == nil {
		n.places = map[string]*place{}
	}
	p := &place{log: log, forget: forget, calls: map[*context.CancelCauseFunc]bool{}, closed: make(chan struct{})}
	n.places[id] = p
	return p, nil
}

// fill puts the instance into its place.
func (n *instances) fill(p *place, instance Instance) {
	n.mu.Lock()
	defer n.mu.Unlock()
	p.instance = instance
}

// enter returns the instance for one call, which is cancelled when the instance
// is released. It stays open until leave is called.
func (n *instances) enter(id string, cancel context.CancelCauseFunc) (p *place, instance Instance, leave func(), err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	p = n.places[id]
	if p == nil || p.instance == nil {
		return nil, nil, nil, &Diagnostic{Code: CodeNotFound, Path: "instance", Summary: "the instance is not open"}
	}
	return p, p.instance, n.join(p, cancel), nil
}

// join notes a call. The caller holds the lock.
func (n *instances) join(p *place, cancel context.CancelCauseFunc) (leave func()) {
	call := &cancel
	p.calls[call] = true
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(p.calls, call)
		p.closeIfLast()
	}
}

// opening notes the call that opens the instance.
func (n *instances) opening(p *place, cancel context.CancelCauseFunc) (leave func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.join(p, cancel)
}

// release cancels the calls of an instance and closes it when the last one has
// returned. It waits for that, but no longer than ctx.
func (n *instances) release(ctx context.Context, id string) {
	n.mu.Lock()
	p := n.places[id]
	if p == nil {
		n.mu.Unlock()
		return
	}
	delete(n.places, id)
	p.released = true
	for call := range p.calls {
		(*call)(errReleased)
	}
	p.closeIfLast()
	n.mu.Unlock()
	select {
	case <-p.closed:
	case <-ctx.Done():
	}
}

// releaseAll releases every instance.
func (n *instances) releaseAll(ctx context.Context) {
	n.mu.Lock()
	var ids []string
	for id := range n.places {
		ids = append(ids, id)
	}
	n.mu.Unlock()
	for _, id := range ids {
		n.release(ctx, id)
	}
}

// closeIfLast closes a released instance without calls. The caller holds the
// lock, so the connector's code runs elsewhere.
func (p *place) closeIfLast() {
	if !p.released || len(p.calls) > 0 {
		return
	}
	go func() {
		defer close(p.closed)
		defer p.forget()
		if p.instance == nil {
			return
		}
		ctx := withLogger(context.Background(), p.log)
		if err := protect(ctx, func() error { return p.instance.Close() }); err != nil {
			p.log.Warn("the instance did not close well", "error", sprint(err))
		}
	}()
}
