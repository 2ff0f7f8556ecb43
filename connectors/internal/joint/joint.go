// Package joint lets several questions share one request to an outside system.
package joint

import (
	"context"
	"sync"
	"time"
)

// keep is for how long an answer is shared: the questions of one collection
// come within seconds of each other.
const keep = 15 * time.Second

// most is how many answers are held at a time.
const most = 256

// Answers are those of one instance of a connector. They may be used at the
// same time.
//
// A question shares the answer to a request with other questions, never with
// itself: when it is asked again, so is the outside system. Whoever polls one
// question sees every change at once; a collection of many asks for nothing twice.
type Answers struct {
	now func() time.Time

	mu sync.Mutex
	by map[string]*entry
}

// New returns Answers that tell the time by now.
func New(now func() time.Time) *Answers { return &Answers{now: now, by: map[string]*entry{}} }

// entry is one request and who shares its answer.
type entry struct {
	shared map[string]bool // by questions
	begun  time.Time
	done   chan struct{}

	value     any
	err       error
	abandoned bool // by whoever asked, for reasons of its own
}

// Ask returns the answer to a request on behalf of a question. If another
// question asked for the same not long ago, or does so now, its answer is
// shared; a failure is shared only with who was waiting for it.
func Ask[T any](ctx context.Context, a *Answers, request, question string, ask func(context.Context) (T, error)) (T, error) {
	for {
		e, mine := a.join(request, question)
		if mine {
			return lead(ctx, a, e, request, ask)
		}
		select {
		case <-e.done:
		case <-ctx.Done():
			return ask(ctx) // which says why it cannot
		}
		if v, ok := e.value.(T); ok && e.err == nil {
			return v, nil
		}
		if !e.abandoned {
			var none T
			return none, e.err
		}
	}
}

// lead asks for all who share.
func lead[T any](ctx context.Context, a *Answers, e *entry, request string, ask func(context.Context) (T, error)) (v T, err error) {
	e.abandoned = true // until it is known otherwise: ask may panic
	defer func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if (err != nil || e.abandoned) && a.by[request] == e {
			delete(a.by, request)
		}
		close(e.done)
	}()
	v, err = ask(ctx)
	e.value, e.err, e.abandoned = v, err, err != nil && ctx.Err() != nil
	return v, err
}

// join returns the entry whose answer is to be waited for, or a new one that
// the caller has to fill.
func (a *Answers) join(request, question string) (e *entry, mine bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	if e := a.by[request]; e != nil && !e.shared[question] && now.Sub(e.begun).Abs() < keep {
		e.shared[question] = true
		return e, false
	}
	if len(a.by) >= most {
		clear(a.by) // who waits for one of them has it
	}
	e = &entry{shared: map[string]bool{question: true}, begun: now, done: make(chan struct{})}
	a.by[request] = e
	return e, true
}
