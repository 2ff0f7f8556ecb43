package gatestest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tidegate-go/tidegate/gates"
)

// Coverage is what criteria have come to in cases. The zero value has seen
// nothing. It may be used from several goroutines.
type Coverage struct {
	mu   sync.Mutex
	seen map[seen]bool
}

type seen struct {
	gate, criterion string
	outcome         gates.Outcome
}

// Gap is a criterion that some outcome was never seen of.
type Gap struct {
	Gate, Criterion string
	Unseen          []gates.Outcome
}

// String returns the gap in one line.
func (g Gap) String() string {
	names := make([]string, len(g.Unseen))
	for i, o := range g.Unseen {
		names[i] = o.String()
	}
	return g.Gate + " " + g.Criterion + ": no case has seen it " + strings.Join(names, ", ")
}

// Run is [Run], and remembers what the criteria come to.
func (c *Coverage) Run(t *testing.T, gate gates.Gate, cases []Case) {
	t.Helper()
	run(t, gate, cases, func(d gates.Decision) { c.Add(d) })
}

// Add remembers what the criteria of a decision come to, before waivers and
// nested ones as well.
func (c *Coverage) Add(d gates.Decision) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == nil {
		c.seen = map[seen]bool{}
	}
	var add func([]gates.Assessment)
	add = func(all []gates.Assessment) {
		for _, a := range all {
			c.seen[seen{d.Gate, a.Criterion, a.Raw}] = true
			add(a.Of)
		}
	}
	add(d.Outcomes)
}

// Gaps returns the criteria of the gates, nested ones as well, that no case has
// seen pass, fail and go unknown; one with a warning level has to warn as well.
func (c *Coverage) Gaps(all ...gates.Gate) []Gap {
	c.mu.Lock()
	defer c.mu.Unlock()
	var gaps []Gap
	for _, g := range all {
		var look func([]gates.Criterion)
		look = func(list []gates.Criterion) {
			for _, criterion := range list {
				want := []gates.Outcome{gates.Pass, gates.Fail, gates.Unknown}
				if warns(criterion) {
					want = slices.Insert(want, 1, gates.Warn)
				}
				want = slices.DeleteFunc(want, func(o gates.Outcome) bool { return c.seen[seen{g.ID(), criterion.ID, o}] })
				if len(want) > 0 {
					gaps = append(gaps, Gap{g.ID(), criterion.ID, want})
				}
				look(criterion.Children())
			}
		}
		look(g.Criteria)
	}
	return gaps
}

func warns(c gates.Criterion) bool {
	return c.AtMost != nil && !c.AtMost.Warn.IsZero() || c.AtLeast != nil && !c.AtLeast.Warn.IsZero()
}

// Report returns the gaps, one a line, and how many criteria were seen in full.
func (c *Coverage) Report(all ...gates.Gate) string {
	gaps := c.Gaps(all...)
	total := 0
	for _, g := range all {
		total += criteria(g.Criteria)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d criteria were seen to pass, fail and go unknown\n", total-len(gaps), total)
	for _, gap := range gaps {
		fmt.Fprintln(&b, "  "+gap.String())
	}
	return b.String()
}

// criteria counts criteria, nested ones as well.
func criteria(list []gates.Criterion) int {
	n := len(list)
	for _, c := range list {
		n += criteria(c.Children())
	}
	return n
}

// Demand reports an error for every gap.
func (c *Coverage) Demand(t testing.TB, all ...gates.Gate) {
	t.Helper()
	if len(all) == 0 {
		t.Error("coverage: there are no gates: nothing is demanded")
	}
	for _, gap := range c.Gaps(all...) {
		t.Errorf("coverage: %s", gap)
	}
}
