package gates_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// fault is one thing that is wrong with a catalog, and all that is found.
type fault struct {
	name string
	edit func(*gates.Catalog)
	want []string // rule@path
}

func findAll(t *testing.T, rows []fault) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			c := whole()
			row.edit(&c)
			got := found(t, c)
			slices.Sort(got)
			slices.Sort(row.want)
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCatalogFindings(t *testing.T) {
	findAll(t, []fault{
		{"nothing", func(c *gates.Catalog) { *c = gates.Catalog{} }, []string{"GATE-002@gates", "GATE-001@gates", "GATE-001@gates", "GATE-001@gates", "GATE-001@gates"}},
		{"a negative age", func(c *gates.Catalog) { c.MaxAge = -1 }, []string{"GATE-028@maxAge"}},
		{"an age of 32 days", func(c *gates.Catalog) { c.MaxAge = value.Duration(32 * day) }, []string{"GATE-028@maxAge"}},
		{"clocks of tomorrow", func(c *gates.Catalog) { c.ClockSkew = value.Duration(day) }, []string{"GATE-028@clockSkew"}},
		{"a negative skew", func(c *gates.Catalog) { c.ClockSkew = -1 }, []string{"GATE-028@clockSkew"}},
		{"approvals that are work items", func(c *gates.Catalog) { c.Approvals[0] = issues }, []string{"GATE-024@approvals[0].yields.shape"}},
		{"approvals asked twice", func(c *gates.Catalog) { c.Approvals = append(c.Approvals, c.Approvals[0]) }, []string{"GATE-024@approvals[1]"}},
		{"an empty query for approvals", func(c *gates.Catalog) { c.Approvals[0] = fact.Query{} }, []string{"GATE-024@approvals[0].yields.shape"}},
		{"parameters that are no object", func(c *gates.Catalog) { c.Approvals[0].Params = "[1]" }, []string{"GATE-032@approvals[0].params"}},
		{"a negative window", func(c *gates.Catalog) { c.Approvals[0].Window = -1 }, []string{"GATE-032@approvals[0].window"}},
		{"an unknown shape", func(c *gates.Catalog) { c.Approvals[0].Yields.Shape = 99 },
			[]string{"GATE-024@approvals[0].yields.shape", "GATE-032@approvals[0].yields.shape"}},
		{"approvals in percent", func(c *gates.Catalog) { c.Approvals[0].Yields.Unit = value.Percent }, []string{"GATE-032@approvals[0].yields.unit"}},
		{"a gate twice", func(c *gates.Catalog) { c.Gates = append(c.Gates, c.Gates[7]) }, []string{"GATE-021@gates[8]"}},
		{"no gate of QA", func(c *gates.Catalog) { c.Gates = slices.Delete(c.Gates, 2, 4) },
			[]string{"GATE-002@gates", "GATE-002@gates"}},
	})
}

func TestEnvironmentFindings(t *testing.T) {
	findAll(t, []fault{
		{"an environment twice", func(c *gates.Catalog) { c.Environments = append(c.Environments, c.Environments[3]) }, []string{"GATE-021@environments[4].name"}},
		{"a name with a slash", func(c *gates.Catalog) {
			c.Environments = append(c.Environments, gates.Environment{Name: "eu/west", Stage: gates.ProductionStage})
		}, []string{"GATE-021@environments[4].name", "GATE-002@gates", "GATE-002@gates"}},
		{"no QA", func(c *gates.Catalog) {
			c.Environments, c.Gates = slices.Delete(c.Environments, 1, 2), slices.Delete(c.Gates, 2, 4)
		},
			[]string{"GATE-001@environments", "GATE-021@gates[5].criteria[16].deployed.environment"}},
		{"an unknown stage", func(c *gates.Catalog) { c.Environments[1].Stage = 9 },
			[]string{"GATE-001@environments[1].stage", "GATE-001@environments"}},
		{"production called staging", func(c *gates.Catalog) { c.Environments[3].Stage = gates.StagingStage },
			[]string{"GATE-001@environments", "GATE-001@environments[3].stage"}},
		{"QA after staging", func(c *gates.Catalog) { c.Environments[1], c.Environments[2] = c.Environments[2], c.Environments[1] }, []string{"GATE-001@environments[2]"}},
		{"production graded down", func(c *gates.Catalog) { c.Environments[3].Tier = gates.PreProduction }, []string{"GATE-001@environments[3].tier"}},
		{"an unknown tier", func(c *gates.Catalog) { c.Environments[0].Tier = 7 }, []string{"GATE-001@environments[0].tier"}},
		{"65 sign-offs", func(c *gates.Catalog) { c.Environments[0].SignOffs = many(65) }, []string{"GATE-005@environments[0].signOffs"}},
		{"64 sign-offs", func(c *gates.Catalog) { c.Environments[0].SignOffs = many(64) }, nil},
	})
	names := map[string]gates.Stage{"dev": gates.DevelopmentStage, "Development": gates.DevelopmentStage, " QA ": gates.QAStage, "testing": gates.QAStage,
		"pre-production": gates.StagingStage, "PROD": gates.ProductionStage, "live": gates.ProductionStage, "uat": gates.NoStage, "": gates.NoStage, "production-eu": gates.NoStage}
	for name, want := range names {
		if got := (gates.Environment{Name: name}).Means(); got != want {
			t.Errorf("%q means %s, want %s", name, got, want)
		}
	}
}

// many are sign-offs of as many roles.
func many(n int) []gates.SignOff {
	all := make([]gates.SignOff, n)
	for i := range all {
		all[i] = gates.SignOff{Role: string(rune('A' + i)), Delegate: "deputy"}
	}
	return all
}

// Environments may be called anything, and stand for a stage more than once.
func TestMappedNames(t *testing.T) {
	findAll(t, []fault{
		{"mapped", func(c *gates.Catalog) { rename(c, 2, "perf-lab") }, nil},
		{"not mapped", func(c *gates.Catalog) { rename(c, 2, "perf-lab"); c.Environments[2].Stage = gates.NoStage }, []string{"GATE-001@environments"}},
		{"none listed, usual names", func(c *gates.Catalog) {
			for i := range c.Gates {
				c.Gates[i].SignOffs = c.SignOffs(c.Gates[i])
			}
			c.Environments = nil
		}, nil},
	})
}

func rename(c *gates.Catalog, i int, name string) {
	for j := range c.Gates {
		if c.Gates[j].Environment == c.Environments[i].Name {
			c.Gates[j].Environment = name
		}
	}
	c.Environments[i].Name = name
}

func TestGateFindings(t *testing.T) {
	first := func(edit func(*gates.Gate)) func(*gates.Catalog) { return func(c *gates.Catalog) { edit(&c.Gates[0]) } }
	findAll(t, []fault{
		{"an unknown environment", first(func(g *gates.Gate) { g.Environment = "moon" }),
			[]string{"GATE-002@gates", "GATE-002@gates", "GATE-005@gates[0].signOffs", "GATE-021@gates[0].environment"}},
		{"an unknown kind", first(func(g *gates.Gate) { g.Kind = 9 }), []string{"GATE-002@gates", "GATE-021@gates[0].kind"}},
		{"only what is optional", first(func(g *gates.Gate) {
			for i := range g.Criteria {
				g.Criteria[i].Optional = true
			}
		}), []string{"GATE-002@gates[0].criteria", "GATE-008@gates[0].criteria", "GATE-009@gates[0].criteria"}},
		{"only what one may choose", first(func(g *gates.Gate) { g.Criteria = []gates.Criterion{gates.Any("any", g.Criteria...)} }),
			[]string{"GATE-008@gates[0].criteria", "GATE-009@gates[0].criteria"}},
		{"all of a group", first(func(g *gates.Gate) { g.Criteria = []gates.Criterion{gates.All("all", g.Criteria...)} }), nil},
		{"enough of a group", first(func(g *gates.Gate) {
			g.Criteria = []gates.Criterion{gates.AtLeastOf("two", 2, g.Criteria[0], g.Criteria[1], gates.All("both", gates.Healthy("a", monitors), gates.Done("b", issues)))}
		}), nil},
		{"not enough of a group", first(func(g *gates.Gate) {
			g.Criteria = []gates.Criterion{gates.AtLeastOf("two", 2, g.Criteria[0], g.Criteria[1], gates.Any("one", gates.Healthy("a", monitors), gates.Done("b", issues)))}
		}), []string{"GATE-008@gates[0].criteria", "GATE-009@gates[0].criteria"}},
		{"as many of a group as there are", first(func(g *gates.Gate) { g.Criteria = []gates.Criterion{gates.AtLeastOf("two", 2, g.Criteria...)} }), nil},
		{"signed by nobody and somebody", first(func(g *gates.Gate) {
			g.NoSignOffs, g.SignOffs = "the pipeline enters", []gates.SignOff{{Role: "sre-lead", Delegate: "release-manager"}}
		}), []string{"GATE-005@gates[0].noSignOffs"}},
		{"65 sign-offs", first(func(g *gates.Gate) { g.SignOffs = many(65) }), []string{"GATE-005@gates[0].signOffs"}},
		{"a reason of white space", first(func(g *gates.Gate) { g.NoSignOffs = " " }), []string{"GATE-034@gates[0].noSignOffs"}},
		{"a manual step and none", first(func(g *gates.Gate) { *g = g.WithoutManualSteps("sre-lead", "it is all automatic") }),
			[]string{"GATE-009@gates[0].noManual"}},
		{"evidence that is no link", first(func(g *gates.Gate) { g.Evidence = "somewhere safe" }), []string{"GATE-004@gates[0].evidence"}},
		{"evidence in the clear", first(func(g *gates.Gate) { g.Evidence = "ftp://evidence.example.com" }), []string{"GATE-004@gates[0].evidence"}},
		{"a tool twice", first(func(g *gates.Gate) { g.Tooling = []string{"Jira", "Jira"} }), []string{"GATE-007@gates[0].tooling[1]"}},
		{"dashboards instead of tools", first(func(g *gates.Gate) { g.Tooling, g.Dashboards = nil, []value.Link{"https://datadog.example.com/d/1"} }), nil},
		{"a dashboard that is no link", first(func(g *gates.Gate) { g.Dashboards = []value.Link{"on the wall"} }), []string{"GATE-017@gates[0].dashboards[0]"}},
		{"a dashboard twice", func(c *gates.Catalog) { c.Gates[7].Dashboards[1] = c.Gates[7].Dashboards[0] }, []string{"GATE-017@gates[7].dashboards[1]"}},
	})
}

func TestSignOffFindings(t *testing.T) {
	signed := func(all ...gates.SignOff) func(*gates.Catalog) {
		return func(c *gates.Catalog) { c.Gates[0].SignOffs = all }
	}
	findAll(t, []fault{
		{"white space", signed(gates.SignOff{Role: " ", Delegate: "\t"}), []string{"GATE-006@gates[0].signOffs[0].role", "GATE-006@gates[0].signOffs[0].delegate",
			"GATE-034@gates[0].signOffs[0].role", "GATE-034@gates[0].signOffs[0].delegate"}},
		{"a delegate who is the role", signed(gates.SignOff{Role: "sre-lead", Delegate: "sre-lead"}), []string{"GATE-006@gates[0].signOffs[0].delegate"}},
		{"a role twice", signed(gates.SignOff{Role: "sre-lead", Delegate: "a"}, gates.SignOff{Role: "sre-lead", Delegate: "b"}), []string{"GATE-006@gates[0].signOffs[1].role"}},
		{"less than nobody", signed(gates.SignOff{Role: "sre-lead", Delegate: "a", Quorum: -1}), []string{"GATE-006@gates[0].signOffs[0].quorum"}},
		{"two of a role", signed(gates.SignOff{Role: "sre-lead", Delegate: "a", Quorum: 2}), nil},
	})
}

func TestCaptureFindings(t *testing.T) {
	report := gates.Capture{What: "report", Format: "JSON", By: "qa-lead", When: "before the decision"}
	kept := func(all ...gates.Capture) func(*gates.Catalog) {
		return func(c *gates.Catalog) { c.Gates[0].Captures = all }
	}
	elsewhere, log := report, report
	elsewhere.Where, log.What = "the shelf", "log"
	findAll(t, []fault{
		{"nothing of it", kept(gates.Capture{}), []string{"GATE-030@gates[0].captures[0].what", "GATE-030@gates[0].captures[0].format",
			"GATE-030@gates[0].captures[0].by", "GATE-030@gates[0].captures[0].when"}},
		{"a piece twice", kept(report, log, report), []string{"GATE-030@gates[0].captures[2].what"}},
		{"at no link", kept(elsewhere), []string{"GATE-030@gates[0].captures[0].where"}},
	})
}

func TestCriterionFindings(t *testing.T) {
	is := func(c gates.Criterion) func(*gates.Catalog) {
		return func(all *gates.Catalog) { all.Gates[0].Criteria[1] = c }
	}
	healthy := gates.Healthy("monitors", monitors)
	const at = "gates[0].criteria[1]"
	both := healthy
	both.Done = &probe.Completion{Query: issues}
	missing := healthy.WhenMissing(9, "it is a riddle")
	findAll(t, []fault{
		{"sound", is(healthy), nil},
		{"two tests", is(both), []string{"GATE-003@" + at, "GATE-008@gates[0].criteria"}}, // done is somebody's word
		{"an id twice", is(gates.Healthy("designs", monitors)), []string{"GATE-022@" + at + ".id"}},
		{"an id twice in a group", is(gates.All("all", healthy, healthy)), []string{"GATE-022@" + at + ".all.of[1].id"}},
		{"an id of white space", is(gates.Healthy(" ", monitors)), []string{"GATE-022@" + at + ".id", "GATE-034@" + at + ".id"}},
		{"a title of white space", is(healthy.Titled("\t")), []string{"GATE-034@" + at + ".title"}},
		{"a negative age", is(healthy.FreshWithin(-1)), []string{"GATE-028@" + at + ".maxAge"}},
		{"an age of 32 days", is(healthy.FreshWithin(32 * day)), []string{"GATE-028@" + at + ".maxAge"}},
		{"any age, within an hour", is(healthy.FreshWithin(time.Hour).OfAnyAge("it never changes")), []string{"GATE-033@" + at + ".maxAge"}},
		{"an unknown outcome", is(missing), []string{"GATE-025@" + at + ".missing.outcome"}},
		{"a pass without a reason", is(healthy.WhenMissing(gates.Pass, " ")), []string{"GATE-025@" + at + ".missing.reason", "GATE-034@" + at + ".missing.reason"}},
		{"a reason for what holds anyway", is(healthy.WhenMissing(gates.Unknown, "nobody knows")), []string{"GATE-033@" + at + ".missing.reason"}},
		{"optional and closed to waivers", func(c *gates.Catalog) { c.Gates[0] = c.Gates[0].WithCriteria(healthy.AsOptional().WithoutWaivers()) },
			[]string{"GATE-033@gates[0].criteria[2].notWaivable"}},
		{"optional in a group", is(gates.All("all", healthy.AsOptional())), []string{"GATE-033@" + at + ".all.of[0].optional"}},
		{"the age of the calendar", func(c *gates.Catalog) { c.Gates[6].Criteria[1].MaxAge = 1 }, []string{"GATE-033@gates[6].criteria[1].maxAge"}},
		{"any age of the calendar", func(c *gates.Catalog) { c.Gates[6].Criteria[1].AnyAge = "it is a plan" }, []string{"GATE-033@gates[6].criteria[1].anyAge"}},
		{"no answer of the calendar", func(c *gates.Catalog) {
			c.Gates[6].Criteria[1] = c.Gates[6].Criteria[1].WhenMissing(gates.Fail, "it has to answer")
		}, []string{"GATE-033@gates[6].criteria[1].missing"}},
		{"a group of nothing", is(gates.All("all")), []string{"GATE-003@" + at + ".all.of", "GATE-008@gates[0].criteria"}},
		{"one of nothing", is(gates.Any("any")), []string{"GATE-003@" + at + ".any.of", "GATE-008@gates[0].criteria"}},
		{"more than there are", is(gates.AtLeastOf("two", 2, healthy)), []string{"GATE-003@" + at + ".atLeastOf.need"}},
		{"none of them", is(gates.AtLeastOf("zero", 0, healthy)), []string{"GATE-003@" + at + ".atLeastOf.need", "GATE-008@gates[0].criteria"}},
		{"a group with an age", is(gates.All("all", healthy).FreshWithin(time.Hour)), []string{"GATE-003@" + at + ".maxAge"}},
		{"a group of any age", is(gates.All("all", healthy).OfAnyAge("why not")), []string{"GATE-003@" + at + ".anyAge"}},
		{"a group that may be missing", is(gates.All("all", healthy).WhenMissing(gates.Fail, "")), []string{"GATE-003@" + at + ".missing"}},
		{"a check without a name", is(gates.Checked("check", gates.Custom{})), []string{"GATE-003@" + at + ".custom.name"}},
		{"a check with odd parameters", is(gates.Checked("check", gates.Custom{Name: "x", Params: "{"})), []string{"GATE-032@" + at + ".custom.params"}},
		{"a check that asks nobody", is(gates.Checked("check", gates.Custom{Name: "x", Queries: []fact.Query{fact.NewQuery("", "", fact.Incidents())}})),
			[]string{"GATE-032@" + at + ".custom.queries[0].connector", "GATE-032@" + at + ".custom.queries[0].kind"}},
	})
}

func TestMeasureFindings(t *testing.T) {
	is := func(c gates.Criterion) func(*gates.Catalog) {
		return func(all *gates.Catalog) { all.Gates[0].Criteria[1] = c }
	}
	const at = "gates[0].criteria[1]."
	atMost := func(edit func(*gates.Threshold)) func(*gates.Catalog) {
		c := gates.AtMost("c", hourly, 450)
		edit(c.AtMost)
		return is(c)
	}
	ratio := func(edit func(*gates.Threshold)) func(*gates.Catalog) {
		c := gates.AtMost("c", latency, 450).DividedBy(latency.With("of", "all"), 10, value.Ratio)
		edit(c.AtMost)
		return is(c)
	}
	against := func(edit func(*gates.Threshold)) func(*gates.Catalog) {
		c := gates.AtMost("c", hourly, 1.1).ComparedWith(baseline, 5)
		edit(c.AtMost)
		return is(c)
	}
	silent := func(edit func(*gates.Threshold)) func(*gates.Catalog) {
		c := gates.AtMost("c", hourly, 1.1).AbsentMeans(0, requests, 5)
		edit(c.AtMost)
		return is(c)
	}
	findAll(t, []fault{
		{"sound", atMost(func(*gates.Threshold) {}), nil},
		{"nothing asked", atMost(func(t *gates.Threshold) { t.Query = fact.Query{} }), []string{"GATE-003@" + at + "atMost.query.yields.shape"}},
		{"work items", atMost(func(t *gates.Threshold) { t.Query = issues }), []string{"GATE-003@" + at + "atMost.query.yields.shape"}},
		{"an unknown unit", atMost(func(t *gates.Threshold) { t.Query.Yields.Unit = "furlongs" }), []string{"GATE-018@" + at + "atMost.query.yields.unit"}},
		{"a population in an unknown unit", atMost(func(t *gates.Threshold) {
			t.Query = t.Query.OutOf(fact.NewQuery("x", "y", fact.Number("furlongs")))
		}), []string{"GATE-018@" + at + "atMost.query.outOf.yields.unit"}},
		{"an unknown aggregate", atMost(func(t *gates.Threshold) { t.Aggregate = "median" }), []string{"GATE-003@" + at + "atMost.aggregate"}},
		{"an aggregate of one number", is(gates.AtMost("c", latency, 1).Aggregated(probe.P95)), []string{"GATE-003@" + at + "atMost.aggregate"}},
		{"no window", atMost(func(t *gates.Threshold) { t.Query.Window = 0 }), []string{"GATE-003@" + at + "atMost.query.window"}},
		{"a negative window", atMost(func(t *gates.Threshold) { t.Query.Window = -1 }), []string{"GATE-003@" + at + "atMost.query.window", "GATE-032@" + at + "atMost.query.window"}},
		{"a gap that fills the window", atMost(func(t *gates.Threshold) { t.MaxGap = t.Query.Window }), []string{"GATE-003@" + at + "atMost.maxGap"}},
		{"a negative gap", atMost(func(t *gates.Threshold) { t.MaxGap = -1 }), []string{"GATE-003@" + at + "atMost.maxGap"}},
		{"the gaps of one number", is(gates.AtMost("c", latency, 1).WithMaxGap(1)), []string{"GATE-033@" + at + "atMost.maxGap"}},
		{"a limit in another dimension", atMost(func(t *gates.Threshold) { t.Limit.Unit = value.Percent }), []string{"GATE-003@" + at + "atMost.limit.unit"}},
		{"a limit in an unknown unit", atMost(func(t *gates.Threshold) { t.Limit.Unit = "furlongs" }), []string{"GATE-018@" + at + "atMost.limit.unit"}},
		{"a limit that is no number", atMost(func(t *gates.Threshold) { t.Limit.Value = value.Number(math.NaN()) }), []string{"GATE-003@" + at + "atMost.limit.value"}},
		{"a limit in another unit", atMost(func(t *gates.Threshold) { t.Limit = value.Quantity{Value: 1, Unit: value.Seconds} }), nil},
		{"a warning beyond the limit", atMost(func(t *gates.Threshold) { t.Warn = value.Quantity{Value: 1, Unit: value.Seconds} }), []string{"GATE-003@" + at + "atMost.warn.value"}},
		{"a warning below the limit", is(gates.AtLeast("c", latency, 5).WarnAt(4)), []string{"GATE-003@" + at + "atLeast.warn.value"}},
		{"a warning in another dimension", atMost(func(t *gates.Threshold) { t.Warn = value.Quantity{Value: 1, Unit: value.Bytes} }), []string{"GATE-003@" + at + "atMost.warn.unit"}},
		{"a warning that is infinite", is(gates.AtLeast("c", latency, 5).WarnAt(math.Inf(1))), []string{"GATE-003@" + at + "atLeast.warn.value"}},
		{"nothing between", is(gates.Between("c", latency, 5, 4)), []string{"GATE-003@" + at + "between.high"}},
		{"an infinite end", is(gates.Between("c", latency, 5, math.Inf(1))), []string{"GATE-003@" + at + "between.high.value"}},
		{"a low end that is no number", is(gates.Between("c", latency, math.NaN(), 1)), []string{"GATE-003@" + at + "between.low.value"}},
		{"a count out of nothing", is(gates.AtMost("c", errorsQ, 5)), []string{"GATE-023@" + at + "atMost.query.outOf"}},
		{"a count between 0 and 5", is(gates.Between("c", errorsQ, 0, 5)), []string{"GATE-023@" + at + "between.query.outOf"}},
		{"a count between 1 and 5", is(gates.Between("c", errorsQ, 1, 5)), nil},
		{"a ratio of other units", ratio(func(t *gates.Threshold) { t.Per.Query = requests }), []string{"GATE-003@" + at + "atMost.per.query.yields"}},
		{"a ratio of other windows", ratio(func(t *gates.Threshold) { t.Per.Query.Window = 1 }), []string{"GATE-003@" + at + "atMost.per.query.window"}},
		{"a ratio of anything", ratio(func(t *gates.Threshold) { t.Per.Min = 0 }), []string{"GATE-003@" + at + "atMost.per.min"}},
		{"a ratio of NaN", ratio(func(t *gates.Threshold) { t.Per.Min = value.Number(math.NaN()) }), []string{"GATE-003@" + at + "atMost.per.min"}},
		{"a ratio of series", ratio(func(t *gates.Threshold) { t.Query, t.Per.Query = hourly, baseline }), []string{"GATE-003@" + at + "atMost.query.yields.shape"}},
		{"a ratio with a baseline", ratio(func(t *gates.Threshold) { t.Baseline.MinSamples = 1 }), []string{"GATE-003@" + at + "atMost.baseline"}},
		{"a ratio that may be absent", ratio(func(t *gates.Threshold) { t.Absent.Min = 1 }), []string{"GATE-003@" + at + "atMost.absent"}},
		{"a baseline in other units", against(func(t *gates.Threshold) { t.Baseline.Query.Yields.Unit = value.Bytes }), []string{"GATE-003@" + at + "atMost.baseline.query.yields"}},
		{"a baseline of another window", against(func(t *gates.Threshold) { t.Baseline.Query.Window = 1 }), []string{"GATE-003@" + at + "atMost.baseline.query.window"}},
		{"a baseline without samples", against(func(t *gates.Threshold) { t.Baseline.MinSamples = -1 }), []string{"GATE-003@" + at + "atMost.baseline.minSamples"}},
		{"an unknown comparison", against(func(t *gates.Threshold) { t.Baseline.As = 9 }), []string{"GATE-003@" + at + "atMost.baseline.as"}},
		{"a baseline that may be absent", against(func(t *gates.Threshold) { t.Absent.Min = 1 }), []string{"GATE-003@" + at + "atMost.absent"}},
		{"silence of one number", silent(func(t *gates.Threshold) { t.Query = latency }), []string{"GATE-003@" + at + "atMost.query.yields.shape"}},
		{"silence proven by a list", silent(func(t *gates.Threshold) { t.Absent.Proof = issues }), []string{"GATE-003@" + at + "atMost.absent.proof.yields.shape"}},
		{"silence that is infinite", silent(func(t *gates.Threshold) { t.Absent.Value = value.Number(math.Inf(-1)) }), []string{"GATE-003@" + at + "atMost.absent.value"}},
		{"silence proven by nothing", silent(func(t *gates.Threshold) { t.Absent.Min = 0 }), []string{"GATE-003@" + at + "atMost.absent.min"}},
	})
}
