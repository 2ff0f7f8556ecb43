package joint_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/joint"
)

type counter struct {
	n    atomic.Int64
	fail error
}

func (c *counter) ask(ctx context.Context) (int64, error) {
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	return c.n.Add(1), c.fail
}

func TestAsk(t *testing.T) {
	now := time.Now()
	a, c := joint.New(func() time.Time { return now }), &counter{}
	ask := func(request, question string, want int64) {
		t.Helper()
		if got, err := joint.Ask(t.Context(), a, request, question, c.ask); err != nil || got != want {
			t.Errorf("%s for %s: %d %v, want %d", request, question, got, err, want)
		}
	}
	ask("services", "count", 1)
	ask("services", "incidents", 1) // shared
	ask("services", "count", 2)     // the same question again
	ask("services", "incidents", 2)
	ask("policies", "count", 3)
	now = now.Add(15 * time.Second)
	ask("services", "maintenance", 4) // too old
	now = now.Add(-time.Hour)
	ask("services", "on-call", 5) // a clock that was set back
}

func TestFailuresAreForgotten(t *testing.T) {
	a, c := joint.New(time.Now), &counter{fail: errors.New("no")}
	if _, err := joint.Ask(t.Context(), a, "r", "a", c.ask); err == nil {
		t.Error("no failure")
	}
	c.fail = nil
	if got, err := joint.Ask(t.Context(), a, "r", "b", c.ask); err != nil || got != 2 {
		t.Errorf("%d %v", got, err)
	}
}

// Who gives up takes nobody along, and a panic leaves nobody waiting.
func TestLeaderGone(t *testing.T) {
	for name, gone := range map[string]func(cancel func()){
		"canceled": func(cancel func()) { cancel() },
		"panic":    func(func()) { panic("gone") },
	} {
		a, c := joint.New(time.Now), &counter{}
		asked := make(chan struct{})
		leave := make(chan struct{})
		ctx, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		group.Go(func() {
			defer func() { _ = recover() }()
			_, err := joint.Ask(ctx, a, "r", "leader", func(ctx context.Context) (int64, error) {
				close(asked)
				<-leave
				gone(cancel)
				return 0, ctx.Err()
			})
			if err == nil {
				t.Error("the leader has an answer")
			}
		})
		<-asked
		for i := range 3 {
			group.Go(func() {
				if got, err := joint.Ask(t.Context(), a, "r", fmt.Sprint(i), c.ask); err != nil || got != 1 {
					t.Errorf("%s: %d %v", name, got, err)
				}
			})
		}
		close(leave)
		group.Wait()
		if c.n.Load() != 1 {
			t.Errorf("%s: asked %d times", name, c.n.Load())
		}
		cancel()
	}
}

// Who waits for another's answer can give up.
func TestFollowerGivesUp(t *testing.T) {
	a, c := joint.New(time.Now), &counter{}
	asked, leave := make(chan struct{}), make(chan struct{})
	var group sync.WaitGroup
	defer group.Wait()
	defer close(leave)
	group.Go(func() {
		_, _ = joint.Ask(t.Context(), a, "r", "leader", func(context.Context) (int64, error) {
			close(asked)
			<-leave
			return 0, nil
		})
	})
	<-asked
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := joint.Ask(ctx, a, "r", "follower", c.ask); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// No more is held than fits.
func TestMany(t *testing.T) {
	a, c := joint.New(time.Now), &counter{}
	for i := range 1000 {
		if _, err := joint.Ask(t.Context(), a, fmt.Sprint(i), "q", c.ask); err != nil {
			t.Fatal(err)
		}
	}
	if c.n.Load() != 1000 {
		t.Error(c.n.Load())
	}
}
