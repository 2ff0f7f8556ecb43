package gates_test

import (
	"slices"
	"testing"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// without takes the criteria of the given ids out of the sample, wherever they are.
func without(ids ...string) func(*gates.Catalog) {
	return func(c *gates.Catalog) {
		*c = sample.Catalog()
		for i := range c.Gates {
			c.Gates[i].Criteria = slices.DeleteFunc(c.Gates[i].Criteria, func(c gates.Criterion) bool { return slices.Contains(ids, c.ID) })
		}
	}
}

// with adds a criterion to a gate from which others are taken out.
func with(gate int, c gates.Criterion, ids ...string) func(*gates.Catalog) {
	return func(all *gates.Catalog) {
		without(ids...)(all)
		all.Gates[gate] = all.Gates[gate].WithCriteria(c)
	}
}

func TestStageFindings(t *testing.T) {
	percent := fact.NewQuery("github", "coverage", fact.Number(value.Percent))
	open := fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "issuetype = Bug AND status = Open").OutOf(services)
	throughput := fact.NewQuery("datadog", "metric", fact.Series(value.PerSecond)).Over(day)
	share := fact.NewQuery("datadog", "metric", fact.Series(value.Percent)).Over(day)
	findAll(t, []fault{
		{"no machine in QA", without("deployed", "smoke"), []string{"GATE-002@gates[2].criteria", "GATE-008@gates[2].criteria"}},
		{"the calendar alone is no machine", with(2, gates.Inside("window", probe.Inside{}), "deployed", "smoke"), []string{"GATE-008@gates[2].criteria"}},
		{"a count is one", with(2, gates.None("bugs", open), "deployed", "smoke"), nil},
		{"nobody looks at the unit tests", without("security-review"), []string{"GATE-009@gates[1].criteria"}},

		{"no baseline", without("p95-baseline", "canary"), []string{"GATE-010@gates[5].criteria", "GATE-010@gates[7].criteria", "GATE-014@gates[7].criteria"}},
		{"the canary is the baseline of production", without("p95-baseline"), []string{"GATE-010@gates[5].criteria"}},
		{"a baseline of throughput", with(5, gates.AtLeast("rate", throughput, 0.9).ComparedWith(throughput.With("release", "before"), 20), "p95-baseline"), nil},
		{"a baseline of errors", with(5, gates.AtMost("rate", share, 0.9).ComparedWith(share.With("release", "before"), 20), "p95-baseline"), []string{"GATE-010@gates[5].criteria"}},
		{"a baseline that is optional", with(5, gates.AtLeast("rate", throughput, 0.9).ComparedWith(throughput.With("release", "before"), 20).AsOptional(), "p95-baseline"),
			[]string{"GATE-010@gates[5].criteria"}},
		{"a baseline at the entry", with(4, gates.AtLeast("rate", throughput, 0.9).ComparedWith(throughput.With("release", "before"), 20), "p95-baseline"), nil},

		{"no rehearsal", without("rollback"), []string{"GATE-011@gates[5].criteria"}},
		{"a rehearsal too late", with(7, gates.Rehearsed("late", took, day), "rollback"), []string{"GATE-011@gates[5].criteria"}},
		{"a rehearsal at the entry", with(4, gates.Rehearsed("early", took, day), "rollback"), []string{"GATE-011@gates[5].criteria"}},
		{"a rehearsal or not", with(5, gates.Any("any", gates.Rehearsed("perhaps", took, day), gates.Healthy("well", monitors)), "rollback"), []string{"GATE-011@gates[5].criteria"}},

		{"no coverage", without("unit-tests"), []string{"GATE-012@gates[1].criteria"}},
		{"coverage in staging", with(5, gates.AtLeast("coverage", percent, 80), "unit-tests"), []string{"GATE-012@gates[1].criteria"}},
		{"coverage in QA", with(3, gates.AtLeast("lines", percent, 80), "unit-tests"), nil},
		{"coverage of lines by its title", with(3, gates.AtLeast("lines", percent.With("kind", "x"), 80).Titled("Covered lines"), "unit-tests"), nil},
		{"most coverage", with(3, gates.AtMost("coverage", percent, 80), "unit-tests"), []string{"GATE-012@gates[1].criteria"}},
		{"coverage of 120 %", with(3, gates.AtLeast("coverage", percent, 120)), []string{"GATE-012@gates[3].criteria[5].atLeast.limit"}},
		{"coverage of 0 %", with(3, gates.AtLeast("coverage", percent, 0)), []string{"GATE-012@gates[3].criteria[5].atLeast.limit"}},

		{"no end of defects", without("burn-down", "severity-1-2", "severity-3"), []string{"GATE-013@gates[3].criteria"}},
		{"at most 12 defects", with(3, gates.AtMost("defects", open, 12), "burn-down", "severity-1-2", "severity-3"), nil},
		{"at least 12 defects", with(3, gates.AtLeast("defects", open, 12), "burn-down", "severity-1-2", "severity-3"), []string{"GATE-013@gates[3].criteria"}},
		{"at least 12 items", with(3, gates.Count("items", issues, gates.Match{}, 12, gates.NoLimit), "burn-down", "severity-1-2", "severity-3"), []string{"GATE-013@gates[3].criteria"}},
		{"no work item", with(3, gates.None("items", issues.OutOf(services)), "burn-down", "severity-1-2", "severity-3"), nil},
		{"no page", with(3, gates.None("pages", fact.NewQuery("pagerduty", "pages", fact.Number(value.Count)).OutOf(services)), "burn-down", "severity-1-2", "severity-3"),
			[]string{"GATE-013@gates[3].criteria"}},
		{"defects of staging", with(5, gates.None("bugs", open), "burn-down", "severity-1-2", "severity-3"), []string{"GATE-013@gates[3].criteria"}},

		{"no canary", without("canary"), []string{"GATE-014@gates[7].criteria"}},
		{"no dashboard of staging", func(c *gates.Catalog) { c.Gates[4].Dashboards = nil }, []string{"GATE-017@gates[4].dashboards"}},
	})
}

func TestWeakerFindings(t *testing.T) {
	share := fact.NewQuery("datadog", "metric", fact.Number(value.Percent)).With("query", "errors")
	list := fact.NewQuery("jira", "items", fact.WorkItems())
	other := share.With("query", "hits")
	number := fact.NewQuery("jira", "count", fact.Number(value.Count)).OutOf(services)
	// both adds a criterion to the exit of staging and one to the entry of production.
	both := func(exit, entry gates.Criterion) func(*gates.Catalog) {
		return func(c *gates.Catalog) {
			*c = sample.Catalog()
			c.Gates[5], c.Gates[6] = c.Gates[5].WithCriteria(exit), c.Gates[6].WithCriteria(entry)
		}
	}
	at := func(field string) []string { return []string{"GATE-015@gates[5].criteria[6]." + field} }
	ratio := gates.AtMost("share", share, 1)
	ratio.AtMost.Limit = value.Quantity{Value: 0.005, Unit: value.Ratio}
	suite, strict := *sample.Catalog().Gates[1].Criteria[0].Suite, *sample.Catalog().Gates[1].Criteria[0].Suite
	strict.LeastCoverage.Value = 85
	findAll(t, []fault{
		{"more errors leave than enter", both(gates.AtMost("share", share, 1), gates.AtMost("share", share, 0.5)), at("atMost.limit")},
		{"the same, in another unit", both(gates.AtMost("share", share, 1), ratio), at("atMost.limit")},
		{"as many, in another unit", both(gates.AtMost("share", share, 0.5), ratio), nil},
		{"fewer leave than enter", both(gates.AtMost("share", share, 0.4), ratio), nil},
		{"of something else", both(gates.AtMost("share", share, 1), gates.AtMost("share", other, 0.5)), nil},
		{"aggregated otherwise", both(gates.AtMost("share", hourly, 1), gates.AtMost("share", hourly, 0.5).Aggregated(probe.Mean)), nil},
		{"gaps do not matter", both(gates.AtMost("share", hourly, 1).WithMaxGap(1e9), gates.AtMost("share", hourly, 0.5)), at("atMost.limit")},
		{"less leaves than enters", both(gates.AtLeast("share", share, 80), gates.AtLeast("share", share, 85)), at("atLeast.limit")},
		{"most and least do not compare", both(gates.AtLeast("share", share, 80), gates.AtMost("share", share, 70)), nil},
		{"a range that is wider below", both(gates.Between("share", share, 1, 5), gates.Between("share", share, 2, 5)), at("between.low")},
		{"a range that is wider above", both(gates.Between("share", share, 2, 6), gates.Between("share", share, 2, 5)), at("between.high")},
		{"a range and a limit", both(gates.Between("share", share, 2, 6), gates.AtMost("share", share, 5)), at("between.high")},
		{"some leave, none enters", both(gates.AtMost("open", number, 3), gates.None("open", number)), at("atMost.limit")},
		{"none leaves, some enter", both(gates.None("open", number), gates.AtMost("open", number, 3)), nil},
		{"items leave, none enters", both(gates.Count("open", list, gates.Match{}, 0, 3), gates.None("open", list.OutOf(services))), at("count.most")},
		{"more items leave than enter", both(gates.Count("open", list, gates.Match{}, 0, 3), gates.Count("open", list, gates.Match{}, 0, 2)), at("count.most")},
		{"fewer items leave than enter", both(gates.Count("open", list, gates.Match{}, 1, gates.NoLimit), gates.Count("open", list, gates.Match{}, 2, gates.NoLimit)), at("count.least")},
		{"other items", both(gates.Count("open", list, gates.Match{Label: "x"}, 0, 3), gates.Count("open", list, gates.Match{}, 0, 2)), nil},
		{"less coverage", both(gates.Suite("unit", suite), gates.Suite("unit", strict)), at("suite.leastCoverage")},
		{"less of a budget", both(gates.Budget("left", errorsOver(day), 99.9, 10), gates.Budget("left", errorsOver(day), 99.9, 25)), at("budget.least")},
		{"of another objective", both(gates.Budget("left", errorsOver(day), 99.9, 10), gates.Budget("left", errorsOver(day), 99, 25)), nil},
	})
}

// What cannot be judged is not passed.
func TestStagesNotEvaluated(t *testing.T) {
	only := func(names ...string) gates.Catalog {
		c := sample.Catalog()
		c.Environments = slices.DeleteFunc(c.Environments, func(e gates.Environment) bool { return !slices.Contains(names, e.Name) })
		c.Gates = slices.DeleteFunc(c.Gates, func(g gates.Gate) bool { return !slices.Contains(names, g.Environment) })
		return c
	}
	entries := sample.Catalog()
	entries.Gates = slices.DeleteFunc(entries.Gates, func(g gates.Gate) bool { return g.Kind == gates.ExitKind })
	tests := map[string]struct {
		catalog gates.Catalog
		open    []string
	}{
		"everything":         {sample.Catalog(), nil},
		"nothing":            {gates.Catalog{}, []string{"GATE-008", "GATE-010", "GATE-011", "GATE-012", "GATE-013", "GATE-014", "GATE-015", "GATE-017"}},
		"development":        {only("dev"), []string{"GATE-010", "GATE-011", "GATE-013", "GATE-014", "GATE-015", "GATE-017"}},
		"QA":                 {only("qa"), []string{"GATE-010", "GATE-011", "GATE-014", "GATE-015", "GATE-017"}},
		"staging":            {only("staging"), []string{"GATE-010", "GATE-012", "GATE-013", "GATE-014", "GATE-015", "GATE-017"}},
		"production":         {only("production"), []string{"GATE-010", "GATE-011", "GATE-012", "GATE-013", "GATE-015", "GATE-017"}},
		"all but production": {only("dev", "qa", "staging"), []string{"GATE-010", "GATE-014", "GATE-017"}},
		"entries":            {entries, []string{"GATE-011", "GATE-015"}},
	}
	for name, tt := range tests {
		for _, r := range check.Run(&tt.catalog, gates.Rules(), nil).Rules {
			open := slices.Contains(tt.open, r.Rule)
			if open && r.State != check.NotEvaluated && (r.State != check.Failed || r.Reason == "") {
				t.Errorf("%s: %s is %s", name, r.Rule, r.State)
			}
			if !open && r.State == check.NotEvaluated {
				t.Errorf("%s: %s is not evaluated: %s", name, r.Rule, r.Reason)
			}
		}
	}
}
