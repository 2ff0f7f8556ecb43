package gates_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
)

// releases is a history: the same catalog, and a p95 for each release.
func releases(p95 ...float64) []gates.Past {
	var all []gates.Past
	for i, ms := range p95 {
		s := twoGates()
		s.facts = nil
		s = s.with(num(latency, ms), num(requests, 2000))
		all = append(all, gates.Past{Release: fmt.Sprintf("2026.%d", i+1), Catalog: s.catalog, Input: s.input()})
	}
	return all
}

func TestBacktest(t *testing.T) {
	history := releases(400, 430, 460)
	fork := func(edit func(*gates.Catalog)) gates.Catalog {
		c := twoGates().catalog.Clone()
		edit(&c)
		return c
	}
	tests := []struct {
		name    string
		catalog gates.Catalog
		want    []string
	}{
		{"nothing", fork(func(*gates.Catalog) {}), nil},
		{"a stricter limit", fork(func(c *gates.Catalog) { c.Gates[0].Criteria[0].AtMost.Limit.Value = 420 }), []string{
			"2026.2 staging/exit go > no-go: p95: was pass (430 ms against 450 ms, met), is fail (430 ms against 420 ms, not met)",
			"2026.2 production/entry go > hold: staging/exit: the exit before is not go, it is no-go",
		}},
		{"a wider limit", fork(func(c *gates.Catalog) {
			c.Gates[0].Criteria[0].AtMost.Limit.Value = 500
			c.Gates[1].Criteria[0].AtMost.Limit.Value = 500
		}), []string{
			"2026.3 staging/exit no-go > go: p95: was fail (460 ms against 450 ms, not met), is pass (460 ms against 500 ms, met)",
			"2026.3 production/entry no-go > go: p95: was fail (460 ms against 450 ms, not met), is pass (460 ms against 500 ms, met); " +
				"no longer staging/exit: the exit before is not go, it is no-go",
		}},
		{"what nobody asked", fork(func(c *gates.Catalog) { c.Gates[1] = c.Gates[1].WithCriteria(gates.None("blockers", blockers)) }), []string{
			"2026.1 production/entry go > hold: blockers: was not there, is unknown (there is no result)",
			"2026.2 production/entry go > hold: blockers: was not there, is unknown (there is no result)",
		}},
		{"one criterion for another", fork(func(c *gates.Catalog) { c.Gates[1].Criteria[0] = gates.AtLeast("requests", requests, 1000) }), []string{
			"2026.3 production/entry no-go > hold: p95: was fail (460 ms against 450 ms, not met), is not there",
		}},
		{"optional", fork(func(c *gates.Catalog) { c.Gates[0].Criteria[0].Optional = true }), []string{
			"2026.1 staging/exit go > hold: the gate has no criterion that decides",
			"2026.1 production/entry go > hold: staging/exit: the exit before is not go, it holds",
			"2026.2 staging/exit go > hold: the gate has no criterion that decides",
			"2026.2 production/entry go > hold: staging/exit: the exit before is not go, it holds",
			"2026.3 staging/exit no-go > hold: p95: was fail (460 ms against 450 ms, not met), is fail (460 ms against 450 ms, not met); the gate has no criterion that decides",
		}},
		{"a gate less", fork(func(c *gates.Catalog) { c.Gates = c.Gates[1:] }), []string{
			"2026.3 staging/exit no-go > removed: p95: was fail (460 ms against 450 ms, not met), is not there",
		}},
		{"a gate more", fork(func(c *gates.Catalog) {
			c.Gates = append([]gates.Gate{gates.Exit("qa", gates.AtMost("p95", latency, 420)).WithoutSignOffs("new")}, c.Gates...)
		}), []string{
			"2026.2 qa/exit added > no-go: p95: was not there, is fail (430 ms against 420 ms, not met)",
			"2026.2 staging/exit go > hold: qa/exit: the exit before is not go, it is no-go",
			"2026.2 production/entry go > hold: staging/exit: the exit before is not go, it holds",
			"2026.3 qa/exit added > no-go: p95: was not there, is fail (460 ms against 420 ms, not met)",
		}},
		{"more people", fork(func(c *gates.Catalog) { c.Gates[1].SignOffs[0].Quorum = 3 }), []string{
			"2026.1 production/entry go > hold: sre-lead: sign-offs are missing", "2026.2 production/entry go > hold: sre-lead: sign-offs are missing",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range gates.Backtest(tt.catalog, history) {
				was, is, because := f.Was.String(), f.Is.String(), ""
				if f.Added && f.Was == gates.Go {
					was = "added"
				}
				if f.Removed && f.Is == gates.Go {
					is = "removed"
				}
				for i, c := range f.Because {
					if i > 0 {
						because += "; "
					}
					because += c.String()
				}
				got = append(got, fmt.Sprintf("%s %s %s > %s: %s", f.Release, f.Gate, was, is, because))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A grade of an environment flips a verdict though every criterion says the same.
func TestBacktestOfTheTier(t *testing.T) {
	s := alone(gates.AtMost("p95", latency, 450).WarnAt(350)).with(num(latency, 400))
	changed := s.catalog.WithEnvironments(gates.Environment{Name: "production", Tier: gates.PreProduction})
	flips := gates.Backtest(changed, []gates.Past{{Release: "1", Catalog: s.catalog, Input: s.input()}})
	if len(flips) != 1 || flips[0].Is != gates.Go || len(flips[0].Because) != 1 || flips[0].Because[0].About != "p95" {
		t.Errorf("%+v", flips)
	}
}

func TestHistory(t *testing.T) {
	at := func(minutes int, s scene) gates.Decisions {
		s.now = now.Add(time.Duration(minutes) * time.Minute)
		return s.decide()
	}
	fast, slow := alone(gates.AtMost("p95", latency, 450)).with(num(latency, 400)), alone(gates.AtMost("p95", latency, 300)).with(num(latency, 400))
	blind := alone(gates.AtMost("p95", latency, 450))
	all := []gates.Decisions{at(5, blind), at(0, fast), at(1, fast), at(6, slow), at(8, blind), at(9, fast), at(30, blind), at(31, blind), at(2, fast)}
	var got []string
	for _, turn := range gates.History("production/entry", all) {
		got = append(got, turn.String())
	}
	want := []string{
		"go at 2026-12-08T22:00:00Z",
		"hold at 2026-12-08T22:05:00Z, because p95: there is no result",
		"no-go at 2026-12-08T22:06:00Z, because p95: 400 ms against 300 ms, not met",
		"hold at 2026-12-08T22:08:00Z, because p95: there is no result",
		"go at 2026-12-08T22:09:00Z",
		"hold at 2026-12-08T22:14:00Z, because the go ran out",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	last := gates.History("production/entry", all[1:3])
	if len(last) != 2 || !last[1].Lapsed || !last[1].At.Equal(now.Add(14*time.Minute)) || last[0].Lapsed {
		t.Errorf("%+v", last)
	}
	if none := gates.History("staging/exit", all); none != nil {
		t.Errorf("%+v", none)
	}
}
