// Package turn lets callers share what has to be started first.
package turn

import (
	"context"
	"errors"
	"sync/atomic"
)

// ErrClosed says that nothing is started any more.
var ErrClosed = errors.New("turn: closed")

// Turn lets one caller at a time look whether something runs, or start it. Who
// waited while another tried shares what came of it, so that many callers of
// what does not start make it fail once, not once each. Use [New].
type Turn[T any] struct {
	held  chan struct{}
	tries atomic.Int64
	err   error // of the last try; read and written by who holds the turn
}

// New returns a turn that nobody has.
func New[T any]() *Turn[T] { return &Turn[T]{held: make(chan struct{}, 1)} }

// What is what a turn is about. Its methods are called by who has the turn.
type What[T any] interface {
	There(ctx context.Context) (T, bool) // looks
	Patience(ctx context.Context) error  // waits until a start is allowed
	Start() (T, error)                   // goes on when the caller's ctx ends
}

// Take returns what is there, or starts it. run runs a start elsewhere and
// reports false if it is too late for that. The error is that of ctx,
// [ErrClosed], or one of what's own.
func (t *Turn[T]) Take(ctx context.Context, run func(func()) bool, what What[T]) (T, error) {
	var none T
	before := t.tries.Load()
	select {
	case t.held <- struct{}{}:
	case <-ctx.Done():
		return none, ctx.Err()
	}
	if there, ok := what.There(ctx); ok {
		<-t.held
		return there, nil
	}
	err := ctx.Err()
	switch {
	case err != nil:
	case t.tries.Load() != before && t.err != nil:
		err = t.err
	default:
		err = what.Patience(ctx)
	}
	if err != nil {
		<-t.held
		return none, err
	}
	type outcome struct {
		started T
		err     error
	}
	result := make(chan outcome, 1)
	if !run(func() {
		started, err := what.Start()
		t.err = err
		t.tries.Add(1)
		<-t.held
		result <- outcome{started, err}
	}) {
		<-t.held
		return none, ErrClosed
	}
	select {
	case o := <-result:
		return o.started, o.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}
