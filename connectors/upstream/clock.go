package upstream

import (
	"context"
	"time"
)

// Clock is time as the client sees it; tests bring one that does not wait.
type Clock interface {
	Now() time.Time

	// Sleep returns after d, or earlier with the context's error.
	Sleep(ctx context.Context, d time.Duration) error
}

type systemClock struct{}

// Now is the time of the system.
func (systemClock) Now() time.Time { return time.Now() }

// Sleep waits by a timer.
func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

const (
	firstBackoff = 500 * time.Millisecond
	lastBackoff  = 30 * time.Second
)

// backoff is the wait before repeating for the n-th time, from 0: it doubles
// up to lastBackoff, and random in [0, 1) takes away up to half of it, so that
// clients that failed together do not return together ("equal jitter", AWS
// Architecture Blog, Exponential Backoff And Jitter).
func backoff(n int, random float64) time.Duration {
	d := lastBackoff
	if n < 6 { // 500 ms << 6 is above lastBackoff
		d = min(firstBackoff<<max(n, 0), lastBackoff)
	}
	return d/2 + time.Duration(random*float64(d/2))
}

// spread is a wait that the server asked for, and up to a tenth more.
func spread(d time.Duration, random float64) time.Duration {
	return d + time.Duration(random*float64(d/10))
}
