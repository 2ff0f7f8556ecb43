// Package places holds the open instances of a connector by their ids, and
// knows which calls are inside of each: an instance is closed when it was
// released and its last call has returned, never earlier.
package places

import (
	"context"
	"errors"
	"sync"
)

// What is wrong with an id, and why a call was cancelled.
var (
	ErrNoName   = errors.New("the instance has no name")
	ErrTaken    = errors.New("the instance is open already")
	ErrNotOpen  = errors.New("the instance is not open")
	ErrReleased = errors.New("the instance was released")
)

// Places are the open instances of one server. The zero value is ready; it may
// be used at the same time.
type Places[I any] struct {
	mu  sync.Mutex
	ids map[string]*Place[I]
}

// Place is where an instance is, from before it opens until it is closed.
type Place[I any] struct {
	instance I
	filled   bool // not while it opens, and not if it could not
	end      func(instance I, filled bool)
	calls    map[*context.CancelCauseFunc]bool
	released bool
	closed   chan struct{}
}

// Reserve makes a place for an instance that is going to be opened. When it has
// been released and nobody is inside, end is called once, in a goroutine of its
// own. The error is [ErrNoName] or [ErrTaken].
func (n *Places[I]) Reserve(id string, end func(instance I, filled bool)) (*Place[I], error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if id == "" {
		return nil, ErrNoName
	}
	if n.ids[id] != nil {
		return nil, ErrTaken
	}
	if n.ids == nil {
		n.ids = map[string]*Place[I]{}
	}
	p := &Place[I]{end: end, calls: map[*context.CancelCauseFunc]bool{}, closed: make(chan struct{})}
	n.ids[id] = p
	return p, nil
}

// Fill puts the instance into its place.
func (n *Places[I]) Fill(p *Place[I], instance I) {
	n.mu.Lock()
	defer n.mu.Unlock()
	p.instance, p.filled = instance, true
}

// Enter returns the instance for one call, which is cancelled with
// [ErrReleased] when the instance is released. It stays open until leave is
// called. The error is [ErrNotOpen].
func (n *Places[I]) Enter(id string, cancel context.CancelCauseFunc) (instance I, leave func(), err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	p := n.ids[id]
	if p == nil || !p.filled {
		return instance, nil, ErrNotOpen
	}
	return p.instance, n.join(p, cancel), nil
}

// Opening notes the call that opens the instance.
func (n *Places[I]) Opening(p *Place[I], cancel context.CancelCauseFunc) (leave func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.join(p, cancel)
}

// join notes a call. The caller holds the lock.
func (n *Places[I]) join(p *Place[I], cancel context.CancelCauseFunc) (leave func()) {
	call := &cancel
	p.calls[call] = true
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(p.calls, call)
		p.endIfLast()
	}
}

// Release cancels the calls of an instance and ends it when the last one has
// returned. It waits for that, but no longer than ctx. What is not there is
// released already.
func (n *Places[I]) Release(ctx context.Context, id string) {
	n.mu.Lock()
	p := n.ids[id]
	if p == nil {
		n.mu.Unlock()
		return
	}
	delete(n.ids, id)
	p.released = true
	for call := range p.calls {
		(*call)(ErrReleased)
	}
	p.endIfLast()
	n.mu.Unlock()
	select {
	case <-p.closed:
	case <-ctx.Done():
	}
}

// ReleaseAll releases every instance.
func (n *Places[I]) ReleaseAll(ctx context.Context) {
	n.mu.Lock()
	var ids []string
	for id := range n.ids {
		ids = append(ids, id)
	}
	n.mu.Unlock()
	for _, id := range ids {
		n.Release(ctx, id)
	}
}

// endIfLast ends a released instance without calls. The caller holds the lock,
// so the connector's code runs elsewhere.
func (p *Place[I]) endIfLast() {
	if !p.released || len(p.calls) > 0 {
		return
	}
	go func() {
		defer close(p.closed)
		p.end(p.instance, p.filled)
	}()
}
