package rate_test

import (
	"context"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors/internal/rate"
)

// clock stands still until it is told to move.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func TestTake(t *testing.T) {
	c := &clock{time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	l := rate.New([]rate.Limit{{Name: "all", PerSecond: 1, Burst: 3}, {Name: "slow", Kinds: []string{"slow"}, PerSecond: 0.1, Burst: 1}}, c.now)
	near := func(got, want time.Duration) {
		t.Helper()
		if (got - want).Abs() > time.Millisecond {
			t.Errorf("wait %v, want %v", got, want)
		}
	}
	near(l.Take("slow"), 0)
	near(l.Take("slow"), 10*time.Second) // and takes nothing from the other bucket
	near(l.Take("fast"), 0)
	near(l.Take("fast"), 0)
	near(l.Take("fast"), time.Second)
	c.Time = c.Add(time.Second)
	near(l.Take("fast"), 0)
	c.Time = c.Add(time.Hour) // a bucket holds no more than its burst
	for range 3 {
		near(l.Take("fast"), 0)
	}
	near(l.Take("fast"), time.Second)
}

// What was taken stays taken when the limits are set again.
func TestSetKeepsWhatWasTaken(t *testing.T) {
	c := &clock{time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	limit := rate.Limit{Name: "a", PerSecond: 0.001, Burst: 2}
	l := rate.New([]rate.Limit{limit}, c.now)
	l.Take("x")
	l.Take("x")
	l.Set([]rate.Limit{limit})
	if l.Take("x") == 0 {
		t.Error("a new burst")
	}
	limit.Burst = 3
	l.Set([]rate.Limit{limit})
	if l.Take("x") != 0 || l.Take("x") == 0 {
		t.Error("a larger bucket has the difference")
	}
	limit.Name = "b"
	l.Set([]rate.Limit{limit})
	if l.Take("x") != 0 {
		t.Error("another bucket is full")
	}
	l.Set(nil)
	for range 100 {
		if l.Take("x") != 0 {
			t.Fatal("no limit limits")
		}
	}
}

// Limits that let nothing through do not count.
func TestInvalid(t *testing.T) {
	for _, l := range []rate.Limit{{PerSecond: 0, Burst: 1}, {PerSecond: -1, Burst: 1}, {PerSecond: math.NaN(), Burst: 1}, {PerSecond: math.Inf(1), Burst: 1}, {PerSecond: 1}} {
		if l.Valid() || rate.New([]rate.Limit{l}, nil).Take("x") != 0 {
			t.Errorf("%+v", l)
		}
	}
}

func TestOverride(t *testing.T) {
	declared := []rate.Limit{{Name: "a", Kinds: []string{"x"}, PerSecond: 1, Burst: 1}, {Name: "b", PerSecond: 2, Burst: 2}}
	got := rate.Override(declared, []rate.Limit{{Name: "a", PerSecond: 9, Burst: 9}, {Name: "b", Kinds: []string{"y"}, PerSecond: 8, Burst: 8}, {Name: "c", PerSecond: 7, Burst: 7}})
	want := []rate.Limit{{Name: "a", Kinds: []string{"x"}, PerSecond: 9, Burst: 9}, {Name: "b", Kinds: []string{"y"}, PerSecond: 8, Burst: 8}, {Name: "c", PerSecond: 7, Burst: 7}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if declared[0].PerSecond != 1 {
		t.Error("the declared limits were changed")
	}
}

// Wait does not wait for what comes too late.
func TestWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := rate.New([]rate.Limit{{PerSecond: 1, Burst: 1}}, nil)
		begun := time.Now()
		for range 3 {
			if left := l.Wait(t.Context(), "x"); left != 0 {
				t.Error(left)
			}
		}
		if took := time.Since(begun).Round(10 * time.Millisecond); took != 2*time.Second {
			t.Error(took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		before := time.Now()
		if left := l.Wait(ctx, "x"); left < 900*time.Millisecond || !time.Now().Equal(before) {
			t.Error(left, time.Since(before))
		}
	})
}
