package gatestest_test

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/gatestest"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// limits are the limits of a gate with a criterion of every kind of package probe.
type limits struct {
	left, rate, least, skipped, coverage, samples, effect, tolerance, states float64
	quiet, attested, within, soak, sla                                       time.Duration
	deadline, opens                                                          value.When
	succeeded                                                                string
	phase                                                                    probe.Phase
	aggregate                                                                probe.Aggregate
	events, share                                                            float64
}

func usual() limits {
	return limits{left: 25, rate: 14.4, least: 40, skipped: 2, coverage: 80, samples: 30, effect: 0.33, tolerance: 0.05, states: 3,
		quiet: 24 * time.Hour, attested: 12 * time.Hour, within: 30 * 24 * time.Hour, soak: 30 * time.Minute, sla: 15 * time.Minute,
		deadline: value.At(gatestest.Now.Add(5 * 24 * time.Hour)), opens: value.At(gatestest.Now.Add(-time.Hour)), succeeded: "success",
		aggregate: probe.P95, events: 1000, share: 25}
}

func events(name string, window time.Duration) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Number(value.Count)).With("events", name).Over(window)
}

func track(name string, u value.Unit) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Series(u)).With("track", name).Over(time.Hour)
}

func errorsOver(window time.Duration, least float64) probe.Errors {
	return probe.Errors{Bad: events("bad", window), Total: events("all", window), Min: value.Number(least)}
}

// kinds is the gate, and the plan that has the limits which no criterion has.
func (l limits) kinds() (gates.Gate, release.Plan) {
	canary := probe.NewCanary(track("canary", value.Milliseconds), track("stable", value.Milliseconds), track("share", value.Percent),
		probe.Step{Share: 5, Soak: value.Duration(10 * time.Minute)}, probe.Step{Share: value.Number(l.share), Soak: value.Duration(l.soak)})
	canary.Bad, canary.MinSamples, canary.Effect, canary.Tolerance = probe.Higher, int(l.samples), value.Number(l.effect), value.Number(l.tolerance)
	tests := func(name string) fact.Query {
		return fact.NewQuery("ci", "tests", fact.Number(value.Count)).With("outcome", name)
	}
	plan := release.NewPlan("Atlas", "1")
	plan.Overview.RollbackSLA = value.Duration(l.sla)
	return gates.Exit("production",
		gates.Budget("budget", errorsOver(28*24*time.Hour, l.events), 99.9, l.left),
		gates.BurnRate("burn rate", 99.9, l.rate, errorsOver(time.Hour, l.events), errorsOver(5*time.Minute, 100)),
		gates.Suite("tests", probe.Suite{Passed: tests("passed"), Failed: tests("failed"), Skipped: tests("skipped"),
			Least: int(l.least), MostSkipped: int(l.skipped), Coverage: fact.NewQuery("ci", "coverage", fact.Number(value.Percent)),
			LeastCoverage: value.Quantity{Value: value.Number(l.coverage), Unit: value.Percent}}),
		gates.Rehearsed("rehearsal", fact.NewQuery("datadog", "metric", fact.Number(value.Minutes)), l.within),
		gates.BurnDown("open", fact.NewQuery("jira", "history", fact.Series(value.Count)).Over(10*24*time.Hour).OutOf(traffic), l.deadline),
		gates.Quiet("soak", fact.NewQuery("pagerduty", "incidents", fact.Incidents()).OutOf(traffic), l.quiet),
		gates.Criterion{ID: "monitors", Kinds: probe.Kinds{Healthy: &probe.Health{Query: fact.NewQuery("datadog", "monitors", fact.States()), Least: int(l.states)}}},
		gates.Deployed("digests", probe.NewDeployed(fact.NewQuery("ci", "deployments", fact.Deployments()), l.succeeded)),
		gates.Canary("canary", canary),
		gates.AtMost("p95 of an hour", track("stable", value.Milliseconds), 450).Aggregated(l.aggregate),
		gates.Attested("step by hand", change, "sre", l.attested),
		gates.Inside("window", probe.Inside{Open: []release.Window{{Start: l.opens, End: value.At(gatestest.Now.Add(time.Hour))}}}),
		gates.Checklist("checklist", l.phase),
	).WithSignOffs(gates.SignOff{Role: "sre"}), plan
}

func (l limits) table(t *testing.T) string {
	t.Helper()
	gate, plan := l.kinds()
	text, err := gatestest.BoundaryTable{Plan: plan}.Text(gate)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestBoundariesOfKinds(t *testing.T) {
	gate, plan := usual().kinds()
	gatestest.BoundaryTable{Plan: plan, File: filepath.Join("testdata", "kinds.golden")}.Check(t, gate)
}

// rows are the lines of each criterion, without the one that says what it demands.
func rows(text string) map[string]string {
	all, id := map[string]string{}, ""
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "  ") {
			all[id] += line
			continue
		}
		_, after, _ := strings.Cut(line, " ")
		id, _, _ = strings.Cut(after, ":")
	}
	return all
}

// A limit that moves by one step changes the lines of its criterion and of no
// other.
func TestEveryLimitOfAKindMovesItsTable(t *testing.T) {
	before := rows(usual().table(t))
	for _, move := range []struct {
		limit, criterion string
		by               func(*limits)
	}{
		{"left of a budget", "budget", func(l *limits) { l.left++ }},
		{"events of a budget and a rate", "budget, burn rate", func(l *limits) { l.events++ }},
		{"rate", "burn rate", func(l *limits) { l.rate += 0.1 }},
		{"tests that run", "tests", func(l *limits) { l.least++ }},
		{"tests that are skipped", "tests", func(l *limits) { l.skipped++ }},
		{"coverage", "tests", func(l *limits) { l.coverage++ }},
		{"SLA of the plan", "rehearsal", func(l *limits) { l.sla += time.Minute }},
		{"age of a rehearsal", "rehearsal", func(l *limits) { l.within += time.Hour }},
		{"deadline", "open", func(l *limits) { l.deadline = value.At(gatestest.Now.Add(5*24*time.Hour + time.Minute)) }},
		{"quiet time", "soak", func(l *limits) { l.quiet += time.Minute }},
		{"states", "monitors", func(l *limits) { l.states++ }},
		{"tolerance", "canary", func(l *limits) { l.tolerance += 0.01 }},
		{"effect", "canary", func(l *limits) { l.effect += 0.01 }},
		{"samples", "canary", func(l *limits) { l.samples++ }},
		{"soak", "canary", func(l *limits) { l.soak += time.Minute }},
		{"share", "canary", func(l *limits) { l.share++ }},
		{"percentile", "p95 of an hour", func(l *limits) { l.aggregate = probe.Percentile(96) }},
		{"age of an attestation", "step by hand", func(l *limits) { l.attested += time.Minute }},
		{"window", "window", func(l *limits) { l.opens = value.At(gatestest.Now.Add(-61 * time.Minute)) }},
	} {
		l := usual()
		move.by(&l)
		var changed []string
		after := rows(l.table(t))
		for id := range after {
			if after[id] != before[id] {
				changed = append(changed, id)
			}
		}
		slices.Sort(changed)
		if got := strings.Join(changed, ", "); got != move.criterion {
			t.Errorf("%s: the lines of %q change, want those of %s", move.limit, got, move.criterion)
		}
	}
	for name, by := range map[string]func(*limits){ // which are words, and stand in what is demanded
		"status": func(l *limits) { l.succeeded = "done" }, "phase": func(l *limits) { l.phase = probe.Rollback },
	} {
		l := usual()
		if by(&l); l.table(t) == usual().table(t) {
			t.Errorf("%s: the table is the same", name)
		}
	}
}

func TestEveryLimitOfAMeasureMovesItsTable(t *testing.T) {
	p50 := track("stable", value.Milliseconds)
	for name, of := range map[string]func(by float64) gates.Criterion{
		"at most":  func(by float64) gates.Criterion { return gates.AtMost("c", latency, 450+by) },
		"warning":  func(by float64) gates.Criterion { return gates.AtMost("c", latency, 450).WarnAt(400 + by) },
		"at least": func(by float64) gates.Criterion { return gates.AtLeast("c", latency, 450+by) },
		"low":      func(by float64) gates.Criterion { return gates.Between("c", latency, 10+by, 20) },
		"high":     func(by float64) gates.Criterion { return gates.Between("c", latency, 10, 20+by) },
		"age": func(by float64) gates.Criterion {
			return gates.AtMost("c", latency, 1).FreshWithin(time.Minute + time.Duration(by)*time.Second)
		},
		"ratio": func(by float64) gates.Criterion {
			return gates.AtMost("c", failures, 3+by).DividedBy(traffic, 1000, value.Percent)
		},
		"least denominator": func(by float64) gates.Criterion {
			return gates.AtMost("c", failures, 3).DividedBy(traffic, 1000+by, value.Percent)
		},
		"quotient":      func(by float64) gates.Criterion { return gates.AtMost("c", p50, 1.1+by/10).ComparedWith(before, 30) },
		"least samples": func(by float64) gates.Criterion { return gates.AtMost("c", p50, 1.1).ComparedWith(before, 30+int(by)) },
		"difference": func(by float64) gates.Criterion {
			return gates.AtLeast("c", p50, -0.1-by/10).ComparedBy(probe.Difference, before, 30)
		},
		"change": func(by float64) gates.Criterion {
			return gates.AtMost("c", p50, 0.7+by).ComparedBy(probe.PercentChange, before, 30)
		},
		"mean":            func(by float64) gates.Criterion { return gates.AtMost("c", p50, 0.7+by/10).Aggregated(probe.Mean) },
		"silence":         func(by float64) gates.Criterion { return gates.AtMost("c", p50, 450).AbsentMeans(0, traffic, 100+by) },
		"least of a list": func(by float64) gates.Criterion { return gates.Count("c", stories, gates.Match{}, 2+int(by), 5) },
		"most of a list":  func(by float64) gates.Criterion { return gates.Count("c", stories, gates.Match{}, 2, 5+int(by)) },
	} {
		table := func(by float64) string {
			text, err := gatestest.BoundaryTable{}.Text(gates.Exit("staging", of(by)).WithoutSignOffs("a test"))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			strict(t, text)
			return rows(text)["c"]
		}
		if cmp.Equal(table(0), table(1)) {
			t.Errorf("%s: its lines do not change:\n%s", name, table(0))
		}
	}
}

// The limits that stand in the plan are seen as well.
func TestBoundariesOfPlan(t *testing.T) {
	at := func(h time.Duration) value.When { return value.At(gatestest.Now.Add(h * time.Hour)) }
	plan := release.NewPlan("Atlas", "1")
	plan.Timeline.Windows = []release.Deployment{{Environment: "staging", Window: release.Window{Start: at(-2), End: at(2)}},
		{Environment: "production", Window: release.Window{Start: at(-9), End: at(9)}}}
	plan.Timeline.Freezes = []release.Freeze{{ID: "F1", Window: release.Window{Start: at(1), End: at(3)}},
		{ID: "F2", Window: release.Window{Start: at(-1), End: at(3)}, Environments: []string{"qa"}}}
	text, err := gatestest.BoundaryTable{Plan: plan}.Text(gates.Exit("staging", gates.Inside("window", probe.Inside{})).WithoutSignOffs("a test"))
	const want = `staging/exit window: inside the plan's window, outside freezes
  before            2026-01-15T09:59:59Z  fail     window-not-open   no-go
  at start          2026-01-15T10:00:00Z  pass     met               go
  at the last       2026-01-15T13:59:59Z  fail     frozen            no-go
  on end            2026-01-15T14:00:00Z  fail     frozen            no-go
  before closing    2026-01-15T12:59:59Z  pass     met               go
  on closing        2026-01-15T13:00:00Z  fail     frozen            no-go
  last closed       2026-01-15T14:59:59Z  fail     frozen            no-go
  opened again      2026-01-15T15:00:00Z  fail     window-over       no-go
  no window         -                     unknown  window-unknown    hold
`
	if diff := cmp.Diff(want, text); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// What no situation can be made of is an error that names the criterion.
func TestBoundariesRefuse(t *testing.T) {
	gate, _ := usual().kinds()
	pick := func(id string, edit func(*gates.Criterion)) gates.Criterion {
		c := gate.Criteria[slices.IndexFunc(gate.Criteria, func(c gates.Criterion) bool { return c.ID == id })].Clone()
		edit(&c)
		return c
	}
	same := func(*gates.Criterion) {}
	minute := value.Duration(time.Minute)
	for _, c := range []struct {
		of   gates.Criterion
		want string
	}{
		{pick("rehearsal", same), "rehearsal: the plan has no rollback SLA"},
		{gates.Inside("window", probe.Inside{}), "window: the plan has no window"},
		{pick("budget", func(c *gates.Criterion) { c.Budget.Objective.Value = 100 }), "budget: it has an objective that is not between"},
		{pick("budget", func(c *gates.Criterion) { c.Budget.Objective.Value = 99.9999999999999 }), "budget: 25.25%: no whole number"},
		{pick("burn rate", func(c *gates.Criterion) { c.BurnRate.Most = 1000 }), "burn rate: 1010×: more events would have gone wrong than there are"},
		{pick("tests", func(c *gates.Criterion) { c.Suite.Least = 0 }), "tests: it lets no test be enough"},
		{pick("open", func(c *gates.Criterion) { c.BurnDown.Query = c.BurnDown.Query.Over(time.Second) }), "open: its window is too short"},
		{pick("open", func(c *gates.Criterion) { c.BurnDown.MaxGap = 2 * minute / 60 }), "open: it takes more than 100000 samples"},
		{pick("canary", func(c *gates.Criterion) { c.Canary.MaxGap = 1 }), "canary: it takes "},
		{pick("canary", func(c *gates.Criterion) {
			c.Canary.Canary.Yields.Unit, c.Canary.Baseline.Yields.Unit = value.Count, value.Count
			c.Canary.Bad, c.Canary.Tolerance = probe.Lower, 2
		}), "canary: it cannot look that much worse"},
		{pick("digests", func(c *gates.Criterion) { c.Deployed.Succeeded = nil }), "digests: it does not say which status"},
		{gates.AtMost("p95", hourly, 450).WithMaxGap(time.Millisecond), "p95: it takes 4194304 samples"},
		{gates.AtMost("p95", stories, 450), `p95: 445.5: it is no number of ""`},
		{gates.AtMost("p95", latency, 450).SustainedFor(0), "p95, inside 445.5 ms: the criterion cannot be judged"},
		{gates.AtLeast("requests", traffic, -5), "requests: its limit is below zero"},
		{gates.None("two", blockers).WarnAt(1), "two: it has 2 tests"},
		{gates.All("all", gates.Any("any", pick("rehearsal", same))), "all/any/rehearsal: the plan has no rollback SLA"},
	} {
		text, err := gatestest.BoundaryTable{}.Text(gates.Exit("staging", c.of).WithoutSignOffs("a test"))
		if err == nil || !strings.HasPrefix(err.Error(), "staging/exit "+c.want) {
			t.Errorf("want %q, got %v\n%s", c.want, err, text)
		}
	}
}

// A kind of test has its situations: a new one fails here until it does.
func TestEveryKindHasSituations(t *testing.T) {
	listed := []string{"Custom", "All", "Any", "AtLeastOf"}
	var fields []string
	of := reflect.TypeFor[gates.Criterion]()
	for _, f := range slices.Concat(reflect.VisibleFields(of)) {
		if f.Type.Kind() == reflect.Pointer && !slices.Contains(listed, f.Name) {
			fields = append(fields, f.Name)
		}
	}
	names := gatestest.KindNames()
	slices.Sort(fields)
	slices.Sort(names)
	if diff := cmp.Diff(fields, names); diff != "" || len(fields) < 19 {
		t.Errorf("kinds of tests, and those with situations (-want +got):\n%s", diff)
	}
	for _, name := range fields {
		c := gates.Criterion{ID: "c"}
		f := reflect.ValueOf(&c).Elem().FieldByName(name)
		f.Set(reflect.New(f.Type().Elem()))
		restore := gatestest.Forget(name)
		_, err := gatestest.BoundaryTable{}.Text(gates.Exit("staging", c))
		if restore(); err == nil || err.Error() != "staging/exit c: no situations of its kind are known" {
			t.Errorf("%s without situations: %v", name, err)
		}
	}
}
