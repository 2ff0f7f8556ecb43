package turn_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/tidegate-go/tidegate/connectors/internal/turn"
)

// engine starts when go is closed, and then runs or fails.
type engine struct {
	mu      sync.Mutex
	starts  int
	runs    bool
	fails   error
	allowed error
	begin   chan struct{}
}

func (e *engine) There(context.Context) (int, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.starts, e.runs
}

func (e *engine) Patience(context.Context) error { return e.allowed }

func (e *engine) Start() (int, error) {
	<-e.begin
	e.mu.Lock()
	defer e.mu.Unlock()
	e.starts++
	e.runs = e.fails == nil
	return e.starts, e.fails
}

func elsewhere(f func()) bool { go f(); return true }

// Ten callers make one start, whatever comes of it; the next caller may try again.
func TestShared(t *testing.T) {
	for _, fails := range []error{nil, errors.New("no fuel")} {
		synctest.Test(t, func(t *testing.T) {
			e := &engine{fails: fails, begin: make(chan struct{})}
			u := turn.New[int]()
			var group sync.WaitGroup
			for range 10 {
				group.Go(func() {
					if _, err := u.Take(t.Context(), elsewhere, e); !errors.Is(err, fails) {
						t.Error(err)
					}
				})
			}
			synctest.Wait() // one starts, nine wait for their turn
			close(e.begin)
			group.Wait()
			if e.starts != 1 {
				t.Errorf("%d starts for ten callers", e.starts)
			}
			if _, err := u.Take(t.Context(), elsewhere, e); !errors.Is(err, fails) {
				t.Error(err)
			}
			if want := 1; fails != nil && e.starts != want+1 || fails == nil && e.starts != want {
				t.Errorf("%d starts after another caller; error %v", e.starts, fails)
			}
		})
	}
}

// A caller may go; the start goes on for the next.
func TestGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &engine{begin: make(chan struct{})}
		u := turn.New[int]()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := u.Take(ctx, elsewhere, e); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		ctx, cancel = context.WithCancel(t.Context())
		go func() { synctest.Wait(); cancel() }()
		if _, err := u.Take(ctx, elsewhere, e); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		close(e.begin)
		if n, err := u.Take(t.Context(), elsewhere, e); n != 1 || err != nil {
			t.Error(n, err)
		}
	})
}

func TestNotAllowed(t *testing.T) {
	later := errors.New("later")
	e := &engine{allowed: later}
	u := turn.New[int]()
	if _, err := u.Take(t.Context(), elsewhere, e); !errors.Is(err, later) {
		t.Error(err)
	}
	e.allowed = nil
	if _, err := u.Take(t.Context(), func(func()) bool { return false }, e); !errors.Is(err, turn.ErrClosed) {
		t.Error(err)
	}
	e.begin = make(chan struct{})
	close(e.begin)
	if n, err := u.Take(t.Context(), elsewhere, e); n != 1 || err != nil { // nobody holds it
		t.Error(n, err)
	}
}
