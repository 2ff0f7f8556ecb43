package faulttest

import (
	"context"
	"sync"
	"time"
)

// Clock is a clock for a client that does not wait: to sleep moves it on. It
// starts at the present, and its zero value is ready.
type Clock struct {
	mu    sync.Mutex
	slept time.Duration
}

// Now is the present and what was slept.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.slept)
}

// Sleep moves the clock on and returns at once.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.slept += d
	return ctx.Err()
}

// Waited is how long was slept.
func (c *Clock) Waited() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.slept
}
