package upstream_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// clock does not wait: to sleep moves it on.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{now: time.Now()} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.slept = append(c.slept, d)
	c.now = c.now.Add(d)
	return ctx.Err()
}

func (c *clock) sleeps() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.slept
}

func TestBackoff(t *testing.T) {
	for _, tt := range []struct {
		n      int
		random float64
		want   time.Duration
	}{
		{0, 0, 250 * time.Millisecond}, {0, 0.5, 375 * time.Millisecond}, {1, 0, 500 * time.Millisecond}, {5, 0, 8 * time.Second},
		{6, 0, 15 * time.Second}, {1000, 0, 15 * time.Second}, {1 << 40, 0.999999, 30 * time.Second}, {-1, 0, 250 * time.Millisecond},
	} {
		if got := upstream.Backoff(tt.n, tt.random).Round(time.Millisecond); got != tt.want {
			t.Errorf("backoff(%d, %v) = %v, want %v", tt.n, tt.random, got, tt.want)
		}
	}
}
