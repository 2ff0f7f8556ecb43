package gates_test

import (
	"slices"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// judged is what a kind comes to in some situation.
type judged struct {
	name      string
	criterion gates.Criterion
	facts     []fact.Result
	plan      func(*release.Plan)
	want      gates.Outcome
	code      gates.Code
	observed  string // in words; empty does not look
}

func judgeAll(t *testing.T, tests []judged) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := kind{tt.criterion, tt.facts}.scene()
			if tt.plan != nil {
				tt.plan(&s.plan)
			}
			wantOutcome(t, s, tt.want, tt.code)
			if a := s.first(t).Outcomes[0]; tt.observed != "" && a.Shown().Human()+" against "+a.Limit.Human() != tt.observed {
				t.Errorf("%s against %s, want %s", a.Shown().Human(), a.Limit.Human(), tt.observed)
			}
		})
	}
}

func results(rs ...fact.Result) []fact.Result { return rs }

func TestAggregates(t *testing.T) {
	window := spread(hourly, append(ramp(19, 1), 100)...) // 1 to 19, then 100
	at := func(a probe.Aggregate, limit float64) gates.Criterion {
		return gates.AtMost("k", hourly, limit).WithMaxGap(4 * time.Minute).Aggregated(a)
	}
	var tests []judged
	for a, want := range map[probe.Aggregate]float64{probe.Last: 100, probe.Mean: 14.5, probe.Min: 1, probe.Max: 100,
		probe.P50: 10, probe.P90: 18, probe.P95: 19, probe.P99: 100, probe.Percentile(0.1): 1} {
		tests = append(tests,
			judged{string(a) + " at the limit", at(a, want), results(window), nil, gates.Pass, gates.CodeMet, ""},
			judged{string(a) + " beyond", at(a, want-0.5), results(window), nil, gates.Fail, gates.CodeNotMet, ""})
	}
	slices.SortFunc(tests, func(a, b judged) int { return len(a.name) - len(b.name) })
	number := gates.AtMost("k", latency, 450).Aggregated(probe.Mean)
	judgeAll(t, append(tests,
		judged{"every sample", at(probe.Every, 99), results(window), nil, gates.Fail, gates.CodeNotMet, "100 ms against 99 ms"},
		judged{"a hole", at(probe.Mean, 99), results(spread(hourly, ramp(5, 1)...)), nil, gates.Unknown, gates.CodeGap, ""},
		judged{"of one number", number, results(num(latency, 400)), nil, gates.Unknown, gates.CodeBadTest, ""},
		judged{"unknown", at("p0", 99), results(window), nil, gates.Unknown, gates.CodeBadTest, ""},
		judged{"unknown name", at("median", 99), results(window), nil, gates.Unknown, gates.CodeBadTest, ""},
		judged{"a percentile against the same of before", at(probe.P95, 1).ComparedWith(baseline, 20), results(window, spread(baseline, ramp(20, 1)...)), nil, gates.Pass, gates.CodeMet, "1 against 1"},
	))
}

func TestComparisons(t *testing.T) {
	at := func(as probe.Comparison, limit float64) gates.Criterion {
		return gates.AtMost("k", hourly, limit).ComparedBy(as, baseline, 30)
	}
	pair := func(is, was float64) []fact.Result {
		return results(minutely(hourly, now, 60, is), minutely(baseline, now, 60, was))
	}
	judgeAll(t, []judged{
		{"difference kept", at(probe.Difference, 20), pair(420, 400), nil, gates.Pass, gates.CodeMet, "20 ms against 20 ms"},
		{"difference beyond", at(probe.Difference, 19), pair(420, 400), nil, gates.Fail, gates.CodeNotMet, "20 ms against 19 ms"},
		{"difference from nothing", at(probe.Difference, 20), pair(20, 0), nil, gates.Pass, gates.CodeMet, "20 ms against 20 ms"},
		{"change kept", at(probe.PercentChange, 5), pair(420, 400), nil, gates.Pass, gates.CodeMet, "5% against 5%"},
		{"change beyond", at(probe.PercentChange, 4), pair(420, 400), nil, gates.Fail, gates.CodeNotMet, "5% against 4%"},
		{"change of something negative", at(probe.PercentChange, 5), pair(-380, -400), nil, gates.Pass, gates.CodeMet, "5% against 5%"},
		{"change from nothing", at(probe.PercentChange, 5), pair(20, 0), nil, gates.Unknown, gates.CodeNoBaseline, ""},
		{"quotient as ever", at(probe.Quotient, 1.1), pair(420, 400), nil, gates.Pass, gates.CodeMet, "1.05 against 1.1"},
		{"unknown comparison", at(9, 5), pair(420, 400), nil, gates.Unknown, gates.CodeBadTest, ""},
	})
}

func TestBurnDown(t *testing.T) {
	due := func(days float64) gates.Criterion {
		return gates.BurnDown("k", burnQ, value.At(now.Add(time.Duration(days*24)*time.Hour)))
	}
	falling := results(spread(burnQ, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10)) // 10 a day, one day left
	judgeAll(t, []judged{
		{"in time", due(1.5), falling, nil, gates.Pass, gates.CodeMet, ""},
		{"too late", due(0.5), falling, nil, gates.Fail, gates.CodeNotMet, ""},
		{"not falling", due(9), results(spread(burnQ, slices.Repeat([]float64{5}, 10)...)), nil, gates.Fail, gates.CodeNotFalling, "5 against 0"},
		{"rising", due(9), results(spread(burnQ, ramp(10, 1)...)), nil, gates.Fail, gates.CodeNotFalling, ""},
		{"done", due(1), results(spread(burnQ, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)), nil, gates.Pass, gates.CodeMet, "0 against 0"},
		{"done, late", due(-1), results(spread(burnQ, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)), nil, gates.Pass, gates.CodeMet, ""},
		{"the deadline is over", due(-1), falling, nil, gates.Fail, gates.CodeNotMet, "10 against 0"},
		{"never any work", due(1), results(spread(burnQ, slices.Repeat([]float64{0}, 10)...)), nil, gates.Unknown, gates.CodeVacuous, ""},
		{"no deadline", gates.BurnDown("k", burnQ, value.When{}), falling, nil, gates.Unknown, gates.CodeBadTest, ""},
		{"no window", gates.BurnDown("k", burnQ.Over(0), value.At(now)), falling, nil, gates.Unknown, gates.CodeBadTest, ""},
		{"a hole", due(9), results(spread(burnQ, 100, 50, 10)), nil, gates.Unknown, gates.CodeGap, ""},
	})
	two := due(9)
	two.BurnDown.MaxGap = value.Duration(9 * 24 * time.Hour)
	judgeAll(t, []judged{{"two points are no trend", two, results(spread(burnQ, 100, 10)), nil, gates.Unknown, gates.CodeTooFew, ""}})
}

func TestErrorBudget(t *testing.T) {
	e := errorsOver(time.Hour)
	left := func(bad, total float64) []fact.Result { return results(num(e.Bad, bad), num(e.Total, total)) }
	c := gates.Budget("k", e, 99.9, 25)
	broad := c.Titled("")
	broad.Budget.Min = 0
	judgeAll(t, []judged{
		{"all left", c, left(0, 10000), nil, gates.Pass, gates.CodeMet, "100% against 25%"},
		{"just enough", c, left(3, 4000), nil, gates.Pass, gates.CodeMet, "25% against 25%"},
		{"just enough of 0.7", gates.Budget("k", e, 99.9, 30), left(7, 10000), nil, gates.Pass, gates.CodeMet, "30% against 30%"},
		{"not enough", c, left(8, 10000), nil, gates.Fail, gates.CodeNotMet, "20% against 25%"},
		{"overspent", c, left(20, 10000), nil, gates.Fail, gates.CodeNotMet, "-100% against 25%"},
		{"little traffic", c, left(0, 999), nil, gates.Unknown, gates.CodeTooFew, ""},
		{"more errors than events", c, left(2000, 1000), nil, gates.Unknown, gates.CodeDuplicate, ""},
		{"no budget at all", gates.Budget("k", e, 100, 25), left(0, 10000), nil, gates.Unknown, gates.CodeBadTest, ""},
		{"more than all", gates.Budget("k", e, 99, 101), left(0, 10000), nil, gates.Unknown, gates.CodeBadTest, ""},
		{"no minimum", broad, left(0, 10000), nil, gates.Unknown, gates.CodeBadTest, ""},
	})
}

func TestBurnRate(t *testing.T) {
	long, brief := errorsOver(time.Hour), errorsOver(5*time.Minute)
	rates := func(l, s float64) []fact.Result { // of a budget of 0.1 %: 10 errors in 10000 are 1
		return results(num(long.Bad, 10*l), num(long.Total, 10000), num(brief.Bad, 10*s), num(brief.Total, 10000))
	}
	c := gates.BurnRate("k", 99.9, 14.4, long, brief)
	judgeAll(t, []judged{
		{"slow", c, rates(1, 1), nil, gates.Pass, gates.CodeMet, "1 against 14.4"},
		{"at the rate", c, rates(14.4, 14.4), nil, gates.Pass, gates.CodeMet, "14.4 against 14.4"},
		{"both beyond", c, rates(20, 15), nil, gates.Fail, gates.CodeNotMet, "15 against 14.4"},
		{"begins", c, rates(2, 30), nil, gates.Warn, gates.CodeNearing, "30 against 14.4"},
		{"has ended", c, rates(30, 0), nil, gates.Warn, gates.CodeNearing, "30 against 14.4"},
		{"no error", c, rates(0, 0), nil, gates.Pass, gates.CodeMet, "0 against 14.4"},
		{"windows swapped", gates.BurnRate("k", 99.9, 14.4, brief, long), rates(1, 1), nil, gates.Unknown, gates.CodeBadTest, ""},
		{"one window", gates.BurnRate("k", 99.9, 14.4, long, long), rates(1, 1), nil, gates.Unknown, gates.CodeBadTest, ""},
		{"no rate", gates.BurnRate("k", 99.9, 0, long, brief), rates(1, 1), nil, gates.Unknown, gates.CodeBadTest, ""},
	})
}

func TestStates(t *testing.T) {
	seen := func(all ...fact.Health) []fact.Result {
		return results(list(monitors, func(r *fact.Result) {
			for i, h := range all {
				r.States = append(r.States, fact.State{ID: string(rune('a' + i)), Title: h.String(), Status: h})
			}
		}))
	}
	c := gates.Healthy("k", monitors)
	several, muted := c.Titled(""), c.Titled("")
	several.Healthy.Least = 2
	muted.Healthy.Muted = "the old cluster is being switched off"
	judgeAll(t, []judged{
		{"well", c, seen(fact.Healthy, fact.Healthy), nil, gates.Pass, gates.CodeMet, "0 against 0"},
		{"alerting", c, seen(fact.Muted, fact.Healthy, fact.Alerting), nil, gates.Fail, gates.CodeNotMet, "2 against 0"},
		{"warned", c, seen(fact.Healthy, fact.Warned), nil, gates.Warn, gates.CodeNearing, ""},
		{"no data", c, seen(fact.Warned, fact.NoData), nil, gates.Unknown, gates.CodeNoData, ""},
		{"muted is not well", c, seen(fact.Healthy, fact.Muted), nil, gates.Unknown, gates.CodeMuted, ""},
		{"muted with a reason", muted, seen(fact.Healthy, fact.Muted), nil, gates.Pass, gates.CodeMet, ""},
		{"all muted", muted, seen(fact.Muted), nil, gates.Unknown, gates.CodeTooFew, ""},
		{"not said", c, seen(fact.UnknownHealth), nil, gates.Unknown, gates.CodeUnclassified, ""},
		{"something new", c, seen(fact.Healthy, 99), nil, gates.Unknown, gates.CodeUnclassified, ""},
		{"none found", c, seen(), nil, gates.Unknown, gates.CodeVacuous, ""},
		{"fewer than there are", several, seen(fact.Healthy), nil, gates.Unknown, gates.CodeTooFew, "1 against 2"},
		{"one of them twice", several, results(list(monitors, func(r *fact.Result) {
			r.States = slices.Repeat([]fact.State{{ID: "a", Status: fact.Healthy}}, 2)
		})), nil, gates.Unknown, gates.CodeTooFew, "1 against 2"},
		{"two groups of one", several, results(list(monitors, func(r *fact.Result) {
			r.States = []fact.State{{ID: "a", Group: "eu", Status: fact.Healthy}, {ID: "a", Group: "us", Status: fact.Healthy}}
		})), nil, gates.Pass, gates.CodeMet, ""},
		{"of something else", gates.Healthy("k", issues), seen(), nil, gates.Unknown, gates.CodeBadTest, ""},
	})
}

func TestQuiet(t *testing.T) {
	had := func(all ...fact.Incident) []fact.Result {
		return results(num(services, 7), list(incidents, func(r *fact.Result) { r.Incidents = all }))
	}
	ago := func(opened, resolved time.Duration) fact.Incident {
		i := fact.Incident{ID: "P1", Opened: now.Add(-opened)}
		if resolved > 0 {
			i.Resolved = now.Add(-resolved)
		}
		return i
	}
	c := gates.Quiet("k", incidents, 24*time.Hour)
	day, hour := 24*time.Hour, time.Hour
	brief := c.Titled("")
	brief.Quiet.Query.Window = value.Duration(hour)
	judgeAll(t, []judged{
		{"over before", c, had(ago(3*day, 2*day)), nil, gates.Pass, gates.CodeMet, "0 against 0"},
		{"opened and over", c, had(ago(2*hour, hour)), nil, gates.Fail, gates.CodeNotMet, "1 against 0"},
		{"open from before", c, had(ago(3*day, 0)), nil, gates.Fail, gates.CodeNotMet, ""},
		{"reached into it", c, had(ago(3*day, hour)), nil, gates.Fail, gates.CodeNotMet, ""},
		{"resolved before it was opened", c, had(ago(hour, 2*day)), nil, gates.Unknown, gates.CodeNoTime, ""},
		{"opened nobody knows when", c, had(fact.Incident{ID: "P1", Resolved: now.Add(-2 * day)}), nil, gates.Unknown, gates.CodeNoTime, ""},
		{"nothing watched", c, results(num(services, 0), had()[1]), nil, gates.Unknown, gates.CodeVacuous, ""},
		{"asked for less", brief, had(), nil, gates.Unknown, gates.CodeBadTest, ""},
	})
}

func TestSuites(t *testing.T) {
	suite := kinds()["suite"].criterion
	ran := func(p, f, s, c float64) []fact.Result {
		return results(num(passed, p), num(broken, f), num(skipped, s), num(coverage, c))
	}
	any, none, blind := suite.Titled(""), suite.Titled(""), suite.Titled("")
	any.Suite.MostSkipped, none.Suite.Least = probe.NoLimit, 0
	blind.Suite.Coverage, blind.Suite.LeastCoverage = fact.Query{}, value.Quantity{}
	judgeAll(t, []judged{
		{"green", suite, ran(900, 0, 2, 80), nil, gates.Pass, gates.CodeMet, "0.8 against 0.8"},
		{"one failed", suite, ran(999, 1, 0, 90), nil, gates.Fail, gates.CodeNotMet, "1 against 0"},
		{"nothing ran", suite, ran(0, 0, 0, 90), nil, gates.Unknown, gates.CodeVacuous, ""},
		{"all skipped", suite, ran(0, 0, 999, 90), nil, gates.Unknown, gates.CodeVacuous, ""},
		{"half of it ran", suite, ran(450, 0, 0, 90), nil, gates.Unknown, gates.CodeTooFew, "450 against 900"},
		{"too many skipped", suite, ran(999, 0, 3, 90), nil, gates.Fail, gates.CodeTooManySkipped, "3 against 2"},
		{"skipped as many as wanted", any, ran(999, 0, 3, 90), nil, gates.Pass, gates.CodeMet, ""},
		{"little covered", suite, ran(999, 0, 0, 79), nil, gates.Fail, gates.CodeNotMet, "0.79 against 0.8"},
		{"more than all covered", suite, ran(999, 0, 0, 101), nil, gates.Unknown, gates.CodeNotANumber, ""},
		{"half a test", suite, ran(999.5, 0, 0, 90), nil, gates.Unknown, gates.CodeNotANumber, ""},
		{"coverage not asked for", blind, ran(999, 0, 0, 0), nil, gates.Pass, gates.CodeMet, "999 against 900"},
		{"none is enough", none, ran(999, 0, 0, 90), nil, gates.Unknown, gates.CodeBadTest, ""},
	})
}

// No answer is declared away only where there is none at all: what failed is
// not forgotten because what passed was not told.
func TestHalfAnAnswerIsNotDeclared(t *testing.T) {
	suite := kinds()["suite"].criterion.WhenMissing(gates.Pass, "the suite runs on Mondays")
	judgeAll(t, []judged{
		{"no answer", suite, nil, nil, gates.Pass, gates.CodeDeclared, ""},
		{"all failed to answer", suite, results(fact.AnswerFailure(passed, now, "timeout", ""), fact.AnswerFailure(broken, now, "timeout", "")), nil, gates.Pass, gates.CodeDeclared, ""},
		{"only what failed", suite, results(num(broken, 5)), nil, gates.Unknown, gates.CodeMissing, ""},
		{"two answers", suite, results(num(skipped, 5), num(skipped, 5)), nil, gates.Unknown, gates.CodeMissing, ""},
	})
}
