package gates_test

import (
	"math"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// odd is one field of a kind of test set to nonsense, or to what contradicts
// another one: what is found, at which of its fields. Without rule it is
// GATE-003; without a place nothing is found.
type odd[T any] struct {
	name string
	edit func(*T)
	at   string
	rule string
}

// findOdd breaks the test of the given name at gates[g].criteria[i] of the whole
// catalog, which edit finds.
func findOdd[T any](t *testing.T, g, i int, name string, kind func(*gates.Criterion) *T, rows []odd[T]) {
	t.Helper()
	var all []fault
	for _, row := range rows {
		rule := row.rule
		if rule == "" {
			rule = "GATE-003"
		}
		var want []string
		if row.at != "" {
			want = []string{rule + "@gates[" + string(rune('0'+g)) + "].criteria[" + string(rune('0'+i)) + "]." + name + "." + row.at}
		}
		all = append(all, fault{row.name, func(c *gates.Catalog) { row.edit(kind(&c.Gates[g].Criteria[i])) }, want})
	}
	findAll(t, all)
}

func notANumber() value.Number { return value.Number(math.NaN()) }

func TestItemsFindings(t *testing.T) {
	findOdd(t, 0, 1, "none", func(c *gates.Criterion) *probe.Zero { return c.None }, []odd[probe.Zero]{
		{"milliseconds", func(k *probe.Zero) { k.Query.Yields.Unit = value.Milliseconds }, "query.yields.unit", ""},
		{"an unknown unit", func(k *probe.Zero) { k.Query.Yields.Unit = "furlongs" }, "query.yields.unit", "GATE-018"},
		{"a series", func(k *probe.Zero) { k.Query.Yields.Shape = fact.SeriesShape }, "query.yields.shape", ""},
		{"out of nothing", func(k *probe.Zero) { k.Query.Population = fact.Ask{} }, "query.outOf", "GATE-023"},
		{"out of nobody knows what", func(k *probe.Zero) { k.Query.Population.Yields = fact.Yields{} }, "query.outOf.yields.shape", "GATE-032"},
		{"items with a unit", func(k *probe.Zero) { k.Query.Yields = fact.Yields{Shape: fact.WorkItemShape, Unit: value.Count} }, "query.yields.unit", "GATE-032"},
		{"items", func(k *probe.Zero) { k.Query.Yields = fact.WorkItems() }, "", ""},
	})
	findOdd(t, 3, 3, "count", func(c *gates.Criterion) *probe.Tally { return c.Count }, []odd[probe.Tally]{
		{"a number", func(k *probe.Tally) { k.Query.Yields = fact.Number(value.Count) }, "query.yields.shape", ""},
		{"less than none", func(k *probe.Tally) { k.Least = -1 }, "least", ""},
		{"at most less than least", func(k *probe.Tally) { k.Least = 13 }, "most", ""},
		{"at most -2", func(k *probe.Tally) { k.Most = -2 }, "most", ""},
		{"without an end", func(k *probe.Tally) { k.Most = probe.NoLimit }, "", ""},
		{"an unknown category", func(k *probe.Tally) { k.Where.Category = 99 }, "where.category", ""},
		{"answers of work items", func(k *probe.Tally) { k.Where.Answer = "pending" }, "where.answer", ""},
		{"categories of incidents", func(k *probe.Tally) { k.Query.Yields = fact.Incidents() }, "where.category", ""},
		{"labels of incidents", func(k *probe.Tally) { k.Query.Yields, k.Where = fact.Incidents(), probe.Match{Label: "x"} }, "where.label", ""},
		{"the status of approvals", func(k *probe.Tally) { k.Query.Yields, k.Where = fact.Approvals(), probe.Match{Status: "x"} }, "where.status", ""},
		{"approved approvals", func(k *probe.Tally) { k.Query.Yields, k.Where = fact.Approvals(), probe.Match{Answer: "approved"} }, "where.answer", ""},
	})
	findOdd(t, 1, 2, "approved", func(c *gates.Criterion) *probe.Consent { return c.Approved }, []odd[probe.Consent]{
		{"work items", func(k *probe.Consent) { k.Query.Yields = fact.WorkItems() }, "query.yields.shape", ""},
		{"nothing asked", func(k *probe.Consent) { k.Query = fact.Query{} }, "query.yields.shape", ""},
	})
	findOdd(t, 0, 0, "done", func(c *gates.Criterion) *probe.Completion { return c.Done }, []odd[probe.Completion]{
		{"approvals", func(k *probe.Completion) { k.Query.Yields = fact.Approvals() }, "query.yields.shape", ""},
		{"in percent", func(k *probe.Completion) { k.Query.Yields.Unit = value.Percent }, "query.yields.unit", "GATE-032"},
	})
}

func TestCanaryFindings(t *testing.T) {
	findOdd(t, 7, 0, "canary", func(c *gates.Criterion) *probe.Canary { return c.Canary }, []odd[probe.Canary]{
		{"a number", func(k *probe.Canary) { k.Canary.Yields.Shape = fact.NumberShape }, "canary.yields.shape", ""},
		{"an unknown unit", func(k *probe.Canary) { k.Canary.Yields.Unit = "furlongs" }, "canary.yields.unit", "GATE-018"},
		{"no time", func(k *probe.Canary) { k.Canary.Window = 0 }, "canary.window", ""},
		{"shorter than it soaks", func(k *probe.Canary) {
			for _, q := range []*fact.Query{&k.Canary, &k.Baseline, &k.Share, &k.Full} {
				q.Window = value.Duration(59 * time.Minute)
			}
		}, "canary.window", ""},
		{"a baseline in seconds", func(k *probe.Canary) { k.Baseline.Yields.Unit = value.Seconds }, "baseline.yields", ""},
		{"a baseline of another window", func(k *probe.Canary) { k.Baseline.Window++ }, "baseline.window", ""},
		{"a full baseline in seconds", func(k *probe.Canary) { k.Full.Yields.Unit = value.Seconds }, "full.yields", ""},
		{"a full baseline of another window", func(k *probe.Canary) { k.Full.Window++ }, "full.window", ""},
		{"no full baseline", func(k *probe.Canary) { k.Full = fact.Query{} }, "full", ""},
		{"one number as share", func(k *probe.Canary) { k.Share.Yields.Shape = fact.NumberShape }, "share.yields.shape", ""},
		{"a share in seconds", func(k *probe.Canary) { k.Share.Yields.Unit = value.Seconds }, "share.yields.unit", ""},
		{"a share of another window", func(k *probe.Canary) { k.Share.Window++ }, "share.window", ""},
		{"a share of 0", func(k *probe.Canary) { k.Steps[0].Share = 0 }, "steps[0].share", ""},
		{"a share that is no number", func(k *probe.Canary) { k.Steps[0].Share = notANumber() }, "steps[0].share", ""},
		{"a share that falls", func(k *probe.Canary) { k.Steps[2].Share = 20 }, "steps[2].share", ""},
		{"a share twice", func(k *probe.Canary) { k.Steps[1].Share = k.Steps[0].Share }, "steps[1].share", ""},
		{"no soak", func(k *probe.Canary) { k.Steps[1].Soak = 0 }, "steps[1].soak", ""},
		{"a negative soak", func(k *probe.Canary) { k.Steps[1].Soak = -1 }, "steps[1].soak", ""},
		{"not all of the traffic", func(k *probe.Canary) { k.Steps = k.Steps[:3] }, "steps[2].share", "GATE-014"},
		{"all at once", func(k *probe.Canary) { k.Steps = k.Steps[3:] }, "steps", "GATE-014"},
		{"an unknown direction", func(k *probe.Canary) { k.Bad = 9 }, "bad", ""},
		{"a negative tolerance", func(k *probe.Canary) { k.Tolerance = -1 }, "tolerance", ""},
		{"a tolerance that is no number", func(k *probe.Canary) { k.Tolerance = notANumber() }, "tolerance", ""},
		{"an effect above 1", func(k *probe.Canary) { k.Effect = 1.1 }, "effect", ""},
		{"a chance of 0", func(k *probe.Canary) { k.Alpha = 0 }, "alpha", ""},
		{"a chance above a half", func(k *probe.Canary) { k.Alpha = 0.6 }, "alpha", ""},
		{"one sample", func(k *probe.Canary) { k.MinSamples = 1 }, "minSamples", ""},
		{"a negative gap", func(k *probe.Canary) { k.MaxGap = -1 }, "maxGap", ""},
		{"a gap that fills a step", func(k *probe.Canary) { k.MaxGap = value.Duration(time.Hour) }, "steps[0].soak", ""},
		{"an unknown policy of NaN", func(k *probe.Canary) { k.NaN = 9 }, "nan", ""},
		{"an unknown policy of outliers", func(k *probe.Canary) { k.Outliers = 9 }, "outliers", ""},
	})
}

func TestSeriesFindings(t *testing.T) {
	findOdd(t, 3, 1, "burnDown", func(c *gates.Criterion) *probe.BurnDown { return c.BurnDown }, []odd[probe.BurnDown]{
		{"a number", func(k *probe.BurnDown) { k.Query.Yields.Shape = fact.NumberShape }, "query.yields.shape", ""},
		{"an unknown unit", func(k *probe.BurnDown) { k.Query.Yields.Unit = "furlongs" }, "query.yields.unit", "GATE-018"},
		{"no window", func(k *probe.BurnDown) { k.Query.Window = 0 }, "query.window", ""},
		{"a gap that fills the window", func(k *probe.BurnDown) { k.MaxGap = k.Query.Window }, "maxGap", ""},
		{"a day that is none", func(k *probe.BurnDown) { k.Deadline = sample.When("2026-02-30") }, "deadline", ""},
		{"hours", func(k *probe.BurnDown) { k.Query.Yields.Unit = value.Hours }, "", ""},
	})
	findOdd(t, 6, 2, "budget", func(c *gates.Criterion) *probe.Budget { return c.Budget }, []odd[probe.Budget]{
		{"errors in percent", func(k *probe.Budget) { k.Bad.Yields.Unit = value.Percent }, "bad.yields.unit", ""},
		{"a series of errors", func(k *probe.Budget) { k.Bad.Yields.Shape = fact.SeriesShape }, "bad.yields.shape", ""},
		{"events in percent", func(k *probe.Budget) { k.Total.Yields.Unit = value.Percent }, "total.yields.unit", ""},
		{"events of another window", func(k *probe.Budget) { k.Total.Window++ }, "total.window", ""},
		{"no window", func(k *probe.Budget) { k.Bad.Window, k.Total.Window = 0, 0 }, "bad.window", ""},
		{"enough is none", func(k *probe.Budget) { k.Min = 0 }, "min", ""},
		{"enough is no number", func(k *probe.Budget) { k.Min = notANumber() }, "min", ""},
		{"all of it", func(k *probe.Budget) { k.Objective.Value = 100 }, "objective.value", ""},
		{"an objective in seconds", func(k *probe.Budget) { k.Objective.Unit = value.Seconds }, "objective.unit", ""},
		{"more than is there", func(k *probe.Budget) { k.Least.Value = 101 }, "least.value", ""},
		{"less than nothing", func(k *probe.Budget) { k.Least.Value = -1 }, "least.value", ""},
		{"a part in seconds", func(k *probe.Budget) { k.Least.Unit = value.Seconds }, "least.unit", ""},
		{"a part in furlongs", func(k *probe.Budget) { k.Least.Unit = "furlongs" }, "least.unit", "GATE-018"},
	})
	findOdd(t, 6, 3, "burnRate", func(c *gates.Criterion) *probe.BurnRate { return c.BurnRate }, []odd[probe.BurnRate]{
		{"none of it", func(k *probe.BurnRate) { k.Objective.Value = 0 }, "objective.value", ""},
		{"long errors in percent", func(k *probe.BurnRate) { k.Long.Bad.Yields.Unit = value.Percent }, "long.bad.yields.unit", ""},
		{"short events in percent", func(k *probe.BurnRate) { k.Short.Total.Yields.Unit = value.Percent }, "short.total.yields.unit", ""},
		{"no short window", func(k *probe.BurnRate) { k.Short.Bad.Window, k.Short.Total.Window = 0, 0 }, "short.bad.window", ""},
		{"a short window as long", func(k *probe.BurnRate) {
			k.Short.Bad.Window, k.Short.Total.Window = k.Long.Bad.Window, k.Long.Bad.Window
		}, "short.bad.window", ""},
		{"a rate of 0", func(k *probe.BurnRate) { k.Most = 0 }, "most", ""},
		{"an infinite rate", func(k *probe.BurnRate) { k.Most = value.Number(math.Inf(1)) }, "most", ""},
	})
	findOdd(t, 5, 4, "rehearsed", func(c *gates.Criterion) *probe.Rehearsal { return c.Rehearsed }, []odd[probe.Rehearsal]{
		{"percent", func(k *probe.Rehearsal) { k.Took.Yields.Unit = value.Percent }, "took.yields.unit", ""},
		{"a series", func(k *probe.Rehearsal) { k.Took.Yields.Shape = fact.SeriesShape }, "took.yields.shape", ""},
	})
}

func TestStateFindings(t *testing.T) {
	findOdd(t, 4, 2, "healthy", func(c *gates.Criterion) *probe.Health { return c.Healthy }, []odd[probe.Health]{
		{"incidents", func(k *probe.Health) { k.Query.Yields = fact.Incidents() }, "query.yields.shape", ""},
		{"less than none", func(k *probe.Health) { k.Least = -1 }, "least", ""},
		{"muted for white space", func(k *probe.Health) { k.Muted = " " }, "muted", "GATE-034"},
	})
	findOdd(t, 1, 0, "suite", func(c *gates.Criterion) *probe.Suite { return c.Suite }, []odd[probe.Suite]{
		{"passed in percent", func(k *probe.Suite) { k.Passed.Yields.Unit = value.Percent }, "passed.yields.unit", ""},
		{"a series of failed", func(k *probe.Suite) { k.Failed.Yields.Shape = fact.SeriesShape }, "failed.yields.shape", ""},
		{"nothing skipped is asked", func(k *probe.Suite) { k.Skipped = fact.Query{} }, "skipped.yields.shape", ""},
		{"no test is enough", func(k *probe.Suite) { k.Least = 0 }, "least", ""},
		{"less than none skipped", func(k *probe.Suite) { k.MostSkipped = -2 }, "mostSkipped", ""},
		{"any skipped", func(k *probe.Suite) { k.MostSkipped = probe.NoLimit }, "", ""},
		{"a list of coverage", func(k *probe.Suite) { k.Coverage.Yields = fact.WorkItems() }, "coverage.yields.shape", ""},
		{"coverage in seconds", func(k *probe.Suite) { k.Coverage.Yields.Unit = value.Seconds }, "coverage.yields.unit", ""},
		{"above all of the code", func(k *probe.Suite) { k.LeastCoverage.Value = 101 }, "leastCoverage.value", ""},
		{"none of the code", func(k *probe.Suite) { k.LeastCoverage.Value = 0 }, "leastCoverage.value", ""},
		{"a least coverage in seconds", func(k *probe.Suite) { k.LeastCoverage.Unit = value.Seconds }, "leastCoverage.unit", ""},
	})
	findOdd(t, 2, 0, "deployed", func(c *gates.Criterion) *probe.Deployed { return c.Deployed }, []odd[probe.Deployed]{
		{"incidents", func(k *probe.Deployed) { k.Query.Yields = fact.Incidents() }, "query.yields.shape", ""},
		{"an unknown environment", func(k *probe.Deployed) { k.Environment = "moon" }, "environment", "GATE-021"},
		{"another environment", func(k *probe.Deployed) { k.Environment = "dev" }, "", ""},
		{"a component without a name", func(k *probe.Deployed) { k.Components = []string{"catalog", ""} }, "components[1]", ""},
		{"a status without a name", func(k *probe.Deployed) { k.Succeeded = []string{"Synced", ""} }, "succeeded[1]", ""},
		{"a failure without a name", func(k *probe.Deployed) { k.Failed = []string{""} }, "failed[0]", ""},
		{"one status for both", func(k *probe.Deployed) { k.Failed = []string{"Degraded", "Synced"} }, "failed[1]", ""},
	})
	findOdd(t, 3, 4, "attested", func(c *gates.Criterion) *probe.Attestation { return c.Attested }, []odd[probe.Attestation]{
		{"work items", func(k *probe.Attestation) { k.Query.Yields = fact.WorkItems() }, "query.yields.shape", ""},
		{"in the future", func(k *probe.Attestation) { k.Within = -1 }, "within", ""},
		{"a role of white space", func(k *probe.Attestation) { k.Role = " " }, "role", "GATE-034"},
	})
}

func TestPlannedFindings(t *testing.T) {
	w := func(start, end string) []release.Window {
		return []release.Window{{Start: sample.When(start), End: sample.When(end)}}
	}
	const opens, closes = "2026-12-08T22:00:00-05:00", "2026-12-09T02:00:00-05:00"
	findOdd(t, 6, 1, "inside", func(c *gates.Criterion) *probe.Inside { return c.Inside }, []odd[probe.Inside]{
		{"a start that is none", func(k *probe.Inside) { k.Open = w("2026-02-30", closes) }, "open[0].start", ""},
		{"an end that is none", func(k *probe.Inside) { k.Open = w(opens, "2026-12-09T25:00:00Z") }, "open[0].end", ""},
		{"upside down", func(k *probe.Inside) { k.Open = w(closes, opens) }, "open[0].end", ""},
		{"of no length", func(k *probe.Inside) { k.Open = w(opens, opens) }, "open[0].end", ""},
		{"a blackout without a start", func(k *probe.Inside) { k.Closed = append(w(opens, closes), release.Window{End: sample.When(closes)}) }, "closed[1].start", ""},
		{"a blackout without an end", func(k *probe.Inside) { k.Closed = []release.Window{{Start: sample.When(opens)}} }, "closed[0].end", ""},
	})
	findOdd(t, 6, 7, "checklist", func(c *gates.Criterion) *probe.Checklist { return c.Checklist }, []odd[probe.Checklist]{
		{"an unknown phase", func(k *probe.Checklist) { k.Phase = 9 }, "phase", ""},
		{"every phase", func(k *probe.Checklist) { k.Phase = probe.EveryPhase }, "", ""},
	})
	findAll(t, []fault{
		{"quiet for no time", func(c *gates.Catalog) { c.Gates[7].Criteria[5].Any.Of[0].Quiet.For = 0 }, []string{"GATE-003@gates[7].criteria[5].any.of[0].quiet.for"}},
		{"quiet for longer than asked", func(c *gates.Catalog) { c.Gates[7].Criteria[5].Any.Of[0].Quiet.For += value.Duration(time.Hour) },
			[]string{"GATE-003@gates[7].criteria[5].any.of[0].quiet.query.window"}},
		{"quiet work items", func(c *gates.Catalog) { c.Gates[7].Criteria[5].Any.Of[0].Quiet.Query.Yields = fact.WorkItems() },
			[]string{"GATE-003@gates[7].criteria[5].any.of[0].quiet.query.yields.shape"}},
		{"quiet out of nothing", func(c *gates.Catalog) { c.Gates[7].Criteria[5].Any.Of[0].Quiet.Query.Population = fact.Ask{} },
			[]string{"GATE-023@gates[7].criteria[5].any.of[0].quiet.query.outOf"}},
	})
}
