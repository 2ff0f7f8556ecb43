// Package rate keeps to the speed at which an outside system may be asked.
package rate

import (
	"context"
	"math"
	"slices"
	"sync"
	"time"
)

// Limit is a token bucket for some kinds of query, or for all if Kinds is empty.
type Limit struct {
	Name      string
	Kinds     []string
	PerSecond float64
	Burst     int
}

// Valid reports whether the limit lets anything through, now and then.
func (l Limit) Valid() bool {
	return l.PerSecond > 0 && !math.IsInf(l.PerSecond, 1) && l.Burst >= 1
}

// Override returns the declared limits with those of the same name replaced;
// a replacement without kinds keeps the declared ones. Others are added.
func Override(declared, by []Limit) []Limit {
	all := slices.Clone(declared)
	for _, o := range by {
		i := slices.IndexFunc(all, func(l Limit) bool { return l.Name == o.Name })
		if i < 0 {
			all = append(all, o)
			continue
		}
		if len(o.Kinds) == 0 {
			o.Kinds = all[i].Kinds
		}
		all[i] = o
	}
	return all
}

// Limiter holds the buckets of one outside system. It may be used at the same time.
type Limiter struct {
	now func() time.Time

	mu      sync.Mutex
	buckets []bucket
}

type bucket struct {
	Limit
	tokens float64
	filled time.Time
}

// New returns a Limiter with full buckets; now nil means [time.Now].
func New(limits []Limit, now func() time.Time) *Limiter {
	if now == nil {
		now = time.Now
	}
	l := &Limiter{now: now}
	l.Set(limits)
	return l
}

// Set replaces the limits. What was taken from a bucket stays taken if there is
// still one of its name: a connector that is started again brings no new burst.
// A limit that would let nothing through is left out: the outside system will
// say so itself.
func (l *Limiter) Set(limits []Limit) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fill()
	var buckets []bucket
	for _, limit := range limits {
		if !limit.Valid() {
			continue
		}
		tokens := float64(limit.Burst)
		if i := slices.IndexFunc(l.buckets, func(b bucket) bool { return b.Name == limit.Name }); i >= 0 {
			tokens = max(0, tokens-(float64(l.buckets[i].Burst)-l.buckets[i].tokens))
		}
		buckets = append(buckets, bucket{Limit: limit, tokens: tokens, filled: l.now()})
	}
	l.buckets = buckets
}

// fill adds what has come since. The caller holds the lock.
func (l *Limiter) fill() {
	now := l.now()
	for i := range l.buckets {
		b := &l.buckets[i]
		b.tokens = min(b.tokens+now.Sub(b.filled).Seconds()*b.PerSecond, float64(b.Burst))
		b.filled = now
	}
}

// Take takes a token for a query of the kind from each of its buckets, or says
// how long it will be until there are some.
func (l *Limiter) Take(kind string) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fill()
	for i := range l.buckets {
		b := &l.buckets[i]
		if b.of(kind) && b.tokens < 1 {
			seconds := (1 - b.tokens) / b.PerSecond
			wait = max(wait, time.Duration(min(seconds, 1e6)*float64(time.Second))+time.Microsecond)
		}
	}
	if wait > 0 {
		return wait
	}
	for i := range l.buckets {
		if b := &l.buckets[i]; b.of(kind) {
			b.tokens--
		}
	}
	return 0
}

// Wait takes a token and waits for it. It returns the time that would be left to
// wait when ctx ends before, at once if that is known beforehand.
func (l *Limiter) Wait(ctx context.Context, kind string) (left time.Duration) {
	for {
		wait := l.Take(kind)
		if wait == 0 {
			return 0
		}
		if end, ok := ctx.Deadline(); ok && time.Until(end) < wait {
			return wait
		}
		if !Sleep(ctx, wait) {
			return wait
		}
	}
}

func (b *bucket) of(kind string) bool { return len(b.Kinds) == 0 || slices.Contains(b.Kinds, kind) }

// Sleep waits for d and reports whether ctx lasted so long.
func Sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
