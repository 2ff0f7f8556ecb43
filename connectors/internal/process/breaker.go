package process

import (
	"sync"
	"time"
)

// A connector that fails is started again after firstDelay, and each time after
// twice as long; after maxFailures in a row only once every openDelay.
const (
	firstDelay  = 100 * time.Millisecond
	maxFailures = 5
	openDelay   = 30 * time.Second
)

// Breaker says when a connector may be started again. Its zero value allows a
// start now and reads the system's clock.
type Breaker struct {
	Now func() time.Time // nil: time.Now

	mu       sync.Mutex
	failures int
	next     time.Time
}

// Failed notes that the connector died or did not start.
func (b *Breaker) Failed() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failures++
	delay := openDelay
	if b.failures < maxFailures {
		delay = firstDelay << (b.failures - 1)
	}
	b.next = b.now().Add(delay)
}

// Worked notes that the connector answered.
func (b *Breaker) Worked() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failures = 0
	b.next = time.Time{}
}

// Wait is how long not to start it, and whether that is because the breaker is
// open: it failed so often that a start is only tried now and then.
func (b *Breaker) Wait() (wait time.Duration, open bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return max(b.next.Sub(b.now()), 0), b.failures >= maxFailures
}

func (b *Breaker) now() time.Time {
	if b.Now == nil {
		return time.Now()
	}
	return b.Now()
}
