package gates_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// found lists what the rules find, as rule@path, and wants every path to lead
// somewhere.
func found(t *testing.T, c gates.Catalog) []string {
	t.Helper()
	fs := c.Validate()
	for _, f := range fs {
		if strings.Contains(f.Message, "panicked") {
			t.Errorf("%s", f)
		}
	}
	for _, fault := range checktest.Unresolved(c, fs) {
		t.Error(fault)
	}
	return checktest.At(fs)
}

// whole is the sound catalog with something in every field that a criterion, a
// gate and an environment have.
func whole() gates.Catalog {
	c := sample.Catalog()
	c.MaxAge, c.ClockSkew = value.Duration(10*time.Minute), value.Duration(time.Minute)
	for i, stage := range []gates.Stage{gates.DevelopmentStage, gates.QAStage, gates.StagingStage, gates.ProductionStage} {
		c.Environments[i].Stage = stage
	}
	c.Environments[0].SignOffs[0].Quorum = 1
	c.Gates[1] = c.Gates[1].WithoutSignOffs("the pipeline builds by itself")
	asked := fact.NewQuery("datadog", "metric", fact.Number(value.Percent)).With("query", "share").Over(time.Hour)
	series := asked
	series.Yields.Shape = fact.SeriesShape
	traffic := fact.NewQuery("datadog", "metric", fact.Number(value.Count)).With("query", "requests")
	suite := *c.Gates[1].Criteria[0].Suite
	suite.MostSkipped = 3
	deployed := *c.Gates[2].Criteria[0].Deployed
	deployed.Environment, deployed.Components, deployed.Failed = "qa", []string{"catalog"}, []string{"Degraded"}
	count := *c.Gates[3].Criteria[3].Count
	count.Where, count.Least = probe.Match{Category: fact.ToDo, Label: "checkout", Status: "Open"}, 1
	canary := *c.Gates[7].Criteria[0].Canary
	canary.NaN, canary.Outliers, canary.MaxGap = probe.DropNaN, probe.DropOutliers, value.Duration(time.Minute)
	burnDown := *c.Gates[3].Criteria[1].BurnDown
	burnDown.MaxGap = value.Duration(time.Hour)
	window := release.Window{Start: sample.When("2026-12-08T22:00:00-05:00"), End: sample.When("2026-12-09T02:00:00-05:00")}
	c.Gates[7] = c.Gates[7].WithCriteria(
		gates.AtMost("silent", series, 1).WarnAt(0.5).WithMaxGap(time.Minute).AbsentMeans(0.1, traffic, 100).WhenMissing(gates.Fail, "silence is a fault").WithoutWaivers(),
		gates.AtLeast("cheap", series, 1).WarnAt(2).Aggregated(probe.P95).FreshWithin(time.Hour).ComparedBy(probe.PercentChange, series.With("release", "before"), 5),
		gates.AtLeast("share", asked, 1).DividedBy(asked.With("of", "all"), 10, value.Percent).OfAnyAge("it is counted once").Titled("Share of the share"),
		gates.Between("range", series, 1, 2).WithMaxGap(time.Minute).Aggregated(probe.Mean),
		gates.Criterion{ID: "skips", Kinds: probe.Kinds{Suite: &suite}}, gates.Criterion{ID: "count", Kinds: probe.Kinds{Count: &count}},
		gates.Criterion{ID: "odd-canary", Kinds: probe.Kinds{Canary: &canary}}, gates.Criterion{ID: "remains", Kinds: probe.Kinds{BurnDown: &burnDown}},
		gates.Criterion{ID: "partly-deployed", Kinds: probe.Kinds{Deployed: &deployed}},
		gates.Criterion{ID: "well", Kinds: probe.Kinds{Healthy: &probe.Health{Query: c.Gates[4].Criteria[2].Healthy.Query, Least: 2, Muted: "one is being replaced"}}},
		gates.Criterion{ID: "rejected", Kinds: probe.Kinds{Count: &probe.Tally{Query: change, Where: probe.Match{Answer: "rejected"}}}},
		gates.Inside("hours", probe.Inside{Open: []release.Window{window}, Closed: []release.Window{window}}),
	)
	return c
}

// What is left out is missed where it should be, or may be left out.
func TestAbsence(t *testing.T) {
	if fs := found(t, whole()); len(fs) > 0 {
		t.Fatalf("the good catalog has %v", fs)
	}
	table, used := checktest.Table(absent), map[string]bool{}
	c := whole()
	checktest.Everywhere(&c, func(at checktest.Place) {
		if at.V.IsZero() {
			return
		}
		name, want := row(table, pattern(at.Path))
		if want == nil {
			t.Errorf("%s has no row", name)
			return
		}
		used[name] = true
		at.V.SetZero()
		missed(t, found(t, c), at.Path, want)
	})
	for name := range table {
		if !used[name] {
			t.Errorf("row %s is of nothing in the good catalog", name)
		}
	}
}

// row is the row of the table for a pattern, and its name: what a query has is
// the same everywhere, and what a measure has.
func row(table map[string][]string, pattern string) (string, []string) {
	names := []string{pattern, inMeasure.ReplaceAllString(pattern, "*measure."), inGroup.ReplaceAllString(pattern, "*group."), inSignOff.ReplaceAllString(pattern, "*signOffs")}
	if i := inQuery.FindStringIndex(pattern); i != nil {
		names = append(names, "*query"+strings.TrimPrefix(pattern[i[0]:], ".outOf"))
	}
	if isTest.MatchString(pattern) {
		names = append(names, "*test")
	}
	for _, name := range names {
		if want, ok := table[name]; ok {
			return name, want
		}
	}
	return pattern, nil
}

// missed compares what is found with the row.
func missed(t *testing.T, got []string, path check.Path, want []string) {
	t.Helper()
	here := map[string]bool{}
	for _, f := range got {
		if rule, at, _ := strings.Cut(f, "@"); at == string(path) {
			here[rule] = true
		}
	}
	for _, w := range want {
		rule, depends := strings.CutSuffix(w, "?")
		rule, at, elsewhere := strings.Cut(rule, "@")
		switch {
		case w == "-" || depends:
		case elsewhere && !slices.ContainsFunc(got, func(f string) bool { r, p, _ := strings.Cut(f, "@"); return r == rule && pattern(check.Path(p)) == at }):
			t.Errorf("without %s there is no %s in %v", path, w, got)
		case !elsewhere && !here[rule]:
			t.Errorf("without %s there is no %s in %v", path, w, got)
		}
		if !elsewhere {
			delete(here, rule)
		}
	}
	if len(here) > 0 {
		t.Errorf("without %s there is %v beside", path, here)
	}
	if want[0] == "-" && len(got) > 0 {
		t.Errorf("without %s there is %v", path, got)
	}
}

var (
	inMeasure = regexp.MustCompile(`^gates\[\]\.criteria\[\]\.(atMost|atLeast|between)\.`)
	inSignOff = regexp.MustCompile(`^(gates|environments)\[\]\.signOffs`)
	inGroup   = regexp.MustCompile(`^gates\[\]\.criteria\[\]\.(all|any|atLeastOf)\.`)
	inQuery   = regexp.MustCompile(`(\.outOf)?\.(connector|kind|params|window|yields\.shape|yields\.unit)$`)
	isTest    = regexp.MustCompile(`^gates\[\]\.criteria\[\]\.(atMost|atLeast|between|none|count|approved|done|canary|burnDown|budget|burnRate|healthy|quiet|suite|rehearsed|deployed|attested|inside|checklist|custom|all|any|atLeastOf)$`)
	nested    = regexp.MustCompile(`(\.(all|any|atLeastOf)\.of\[\])+`)
)

// pattern is the path without the numbers in its indexes, of a nested criterion
// as if it stood in the gate.
func pattern(path check.Path) string {
	return nested.ReplaceAllString(checktest.Pattern(string(path)), "")
}
