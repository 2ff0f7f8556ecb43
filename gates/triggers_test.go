package gates_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var failing = fact.NewQuery("datadog", "metric", fact.Number(value.Percent)).With("query", "checkout.errors")

// tenMinutely is the query that a row of ten minutes asks.
func tenMinutely() fact.Query {
	q := failing.Over(10 * time.Minute)
	q.Yields.Shape = fact.SeriesShape
	return q
}

// wayBack is a plan with one row that fires beyond 2 % for ten minutes.
func wayBack(edits ...func(*release.Trigger)) release.Plan {
	row := release.Trigger{ID: "T1", Action: "Roll back every service", Owner: "sre-lead", Delegate: "sre-on-call", Within: value.Duration(5 * time.Minute),
		When: release.Condition{Metric: "Checkout errors", Query: failing, Beyond: release.Above,
			Limit: value.Quantity{Value: 2, Unit: value.Percent}, For: value.Duration(10 * time.Minute)}}
	for _, edit := range edits {
		edit(&row)
	}
	p := named(people())
	p.Overview.RollbackSLA = value.Duration(15 * time.Minute)
	p.Rollback.Matrix = []release.Trigger{row}
	return p
}

// errorsOf is a series of samples a minute apart, the last one a minute ago.
func errorsOf(percent ...float64) fact.Result {
	r := fact.Answer(tenMinutely(), now.Add(-time.Minute))
	r.Unit = value.Percent
	for i, p := range percent {
		r.Samples = append(r.Samples, fact.Sample{At: r.ObservedAt.Add(-time.Duration(len(percent)-1-i) * time.Minute), Value: value.Number(p)})
	}
	return r
}

func TestTriggerFires(t *testing.T) {
	p := wayBack()
	if diff := cmp.Diff([]fact.Query{tenMinutely()}, gates.TriggerQueries(p)); diff != "" {
		t.Errorf("queries (-want +got):\n%s", diff)
	}
	got := gates.Triggers(p, fact.NewSet(errorsOf(1, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5)), now)
	want := []gates.Trigger{{
		ID: "T1", Path: "plan.rollback.matrix[0]", State: gates.TriggerFired, Code: gates.CodeMet, Metric: "Checkout errors",
		Observed: value.Quantity{Value: 3, Unit: value.Percent}, Limit: value.Quantity{Value: 2, Unit: value.Percent}, Action: "Roll back every service",
		Deciders: []gates.Owner{{Role: "sre-lead", Title: "SRE lead", People: []string{"Ada", "Dee", "Ben"}}, {Role: "sre-on-call", Title: "SRE on call", People: []string{"Ben", "Cam"}}},
		Since:    now.Add(-11 * time.Minute), FiredAt: now.Add(-time.Minute), DecideBy: now.Add(4 * time.Minute), ServeBy: now.Add(14 * time.Minute),
		Left: value.Duration(14 * time.Minute),
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	const line = "T1 is fired: Checkout errors 3% against 2% since 2026-12-08T21:49:00Z; Roll back every service; " +
		"owned by SRE lead (Ada, Dee, Ben) and SRE on call (Ben, Cam); 14 minutes left to serve users again"
	if got[0].String() != line {
		t.Errorf("got  %s\nwant %s", got[0], line)
	}
}

// Beyond is beyond the limit, not at it, and all of the time counts.
func TestTriggerStates(t *testing.T) {
	for2 := func(f func(*release.Condition)) release.Plan {
		return wayBack(func(t *release.Trigger) { f(&t.When) })
	}
	once := func(beyond release.Comparison) release.Plan {
		return for2(func(c *release.Condition) { c.For, c.Beyond = 0, beyond })
	}
	below := for2(func(c *release.Condition) { c.Beyond = release.Below })
	ratio := for2(func(c *release.Condition) { c.Limit = value.Quantity{Value: 0.02, Unit: value.Ratio} })
	series := for2(func(c *release.Condition) { c.For, c.Query = 0, tenMinutely() })
	pages := fact.NewQuery("pagerduty", "incidents", fact.Incidents()).OutOf(allIssues)
	paged := func(beyond release.Comparison, limit float64) release.Plan {
		return for2(func(c *release.Condition) {
			c.For, c.Query, c.Beyond, c.Limit = 0, pages, beyond, value.Quantity{Value: value.Number(limit), Unit: value.Count}
		})
	}
	open := func(n int) fact.Result {
		r := fact.Answer(pages, now)
		r.Incidents = make([]fact.Incident, n)
		return r
	}
	eleven := func(v float64) fact.Result { return errorsOf(v, v, v, v, v, v, v, v, v, v, v) }
	dip := errorsOf(3, 3, 3, 3, 3, 2, 3, 3, 3, 3, 3)
	tests := []struct {
		name string
		plan release.Plan
		fact fact.Result
		want gates.TriggerState
	}{
		{"all beyond", wayBack(), eleven(2.1), gates.TriggerFired},
		{"the next number", wayBack(), eleven(math.Nextafter(2, 3)), gates.TriggerFired},
		{"at the limit", wayBack(), eleven(2), gates.TriggerQuiet},
		{"one at the limit", wayBack(), dip, gates.TriggerQuiet},
		{"well", wayBack(), eleven(0), gates.TriggerQuiet},
		{"a limit in another unit", ratio, eleven(2.1), gates.TriggerFired},
		{"a limit in another unit, kept", ratio, eleven(2), gates.TriggerQuiet},
		{"below", below, eleven(1.9), gates.TriggerFired},
		{"below, at the limit", below, eleven(2), gates.TriggerQuiet},
		{"once above", once(release.Above), num(failing, 2.1), gates.TriggerFired},
		{"once at the limit", once(release.Above), num(failing, 2), gates.TriggerQuiet},
		{"once below", once(release.Below), num(failing, 1.9), gates.TriggerFired},
		{"once below, at the limit", once(release.Below), num(failing, 2), gates.TriggerQuiet},
		{"one of a series is enough", series, errorsOf(1, 1, 1, 1, 1, 3, 1, 1, 1, 1, 1), gates.TriggerFired},
		{"none of a series", series, eleven(2), gates.TriggerQuiet},
		{"more pages than allowed", paged(release.Above, 2), open(3), gates.TriggerFired},
		{"as many pages as allowed", paged(release.Above, 2.5), open(2), gates.TriggerQuiet},
		{"too few", paged(release.Below, 2), open(1), gates.TriggerFired},
		{"enough", paged(release.Below, 1.5), open(2), gates.TriggerQuiet},
	}
	for _, tt := range tests {
		got := gates.Triggers(tt.plan, fact.NewSet(tt.fact, num(allIssues, 7)), now)[0]
		if got.State != tt.want {
			t.Errorf("%s: %s, want %s: %s", tt.name, got.State, tt.want, got)
		}
		if fired := got.State == gates.TriggerFired; fired == got.Since.IsZero() || fired == got.ServeBy.IsZero() {
			t.Errorf("%s: since %v, served by %v", tt.name, got.Since, got.ServeBy)
		}
	}
}

// A trigger that cannot see is an alarm of its own, for each way not to see.
func TestTriggerIsBlind(t *testing.T) {
	good := errorsOf(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	with := func(edit func(*fact.Result)) []fact.Result {
		r := good.Clone()
		edit(&r)
		return []fact.Result{r}
	}
	condition := func(edit func(*release.Condition)) release.Plan {
		return wayBack(func(t *release.Trigger) { edit(&t.When) })
	}
	requestsRow := condition(func(c *release.Condition) {
		c.For, c.Query, c.Limit = 0, requests, value.Quantity{Value: 5, Unit: value.Count}
	})
	tests := []struct {
		name  string
		plan  release.Plan
		facts []fact.Result
		now   time.Time
		want  gates.Code
	}{
		{"missing", wayBack(), nil, now, gates.CodeMissing},
		{"failed", wayBack(), []fact.Result{fact.AnswerFailure(tenMinutely(), now, "timeout", "")}, now, gates.CodeFailed},
		{"incomplete", wayBack(), with(func(r *fact.Result) { r.Complete = false }), now, gates.CodeIncomplete},
		{"stale", wayBack(), []fact.Result{good}, now.Add(5 * time.Minute), gates.CodeStale},
		{"future", wayBack(), []fact.Result{good}, now.Add(-4 * time.Minute), gates.CodeFuture},
		{"unobserved", wayBack(), with(func(r *fact.Result) { r.ObservedAt = time.Time{} }), now, gates.CodeUnobserved},
		{"NaN", wayBack(), with(func(r *fact.Result) { r.Samples[3].Value = value.Number(math.NaN()) }), now, gates.CodeNotANumber},
		{"infinite", wayBack(), with(func(r *fact.Result) { r.Samples[10].Value = value.Number(math.Inf(1)) }), now, gates.CodeNotANumber},
		{"another unit", wayBack(), with(func(r *fact.Result) { r.Unit = value.Ratio }), now, gates.CodeUnit},
		{"no samples", wayBack(), with(func(r *fact.Result) { r.Samples = nil }), now, gates.CodeGap},
		{"a gap", wayBack(), with(func(r *fact.Result) { r.Samples = append(r.Samples[:4], r.Samples[6:]...) }), now, gates.CodeGap},
		{"half of the window", wayBack(), with(func(r *fact.Result) { r.Samples = r.Samples[5:] }), now, gates.CodeGap},
		{"two results", wayBack(), []fact.Result{good, good}, now, gates.CodeDuplicate},
		{"no clock", wayBack(), []fact.Result{good}, time.Time{}, gates.CodeNoClock},
		{"a zero out of nothing", requestsRow, []fact.Result{num(requests, 0)}, now, gates.CodeVacuous},
		{"a single number instead of the time", wayBack(), []fact.Result{num(failing, 0)}, now, gates.CodeMissing},
		{"a row without a query", condition(func(c *release.Condition) { c.Query = fact.Query{} }), []fact.Result{good}, now, gates.CodeBadTest},
		{"a row without a side", condition(func(c *release.Condition) { c.Beyond = release.NoComparison }), []fact.Result{good}, now, gates.CodeBadTest},
		{"a row without a limit", condition(func(c *release.Condition) { c.Limit = value.Quantity{} }), []fact.Result{good}, now, gates.CodeBadTest},
		{"a limit that is no number", condition(func(c *release.Condition) { c.Limit.Value = value.Number(math.NaN()) }), []fact.Result{good}, now, gates.CodeBadTest},
		{"a limit in another dimension", condition(func(c *release.Condition) { c.Limit.Unit = value.Seconds }), []fact.Result{good}, now, gates.CodeBadTest},
		{"a time below zero", condition(func(c *release.Condition) { c.For = -1 }), []fact.Result{good}, now, gates.CodeBadTest},
		{"items that last", condition(func(c *release.Condition) { c.Query, c.Limit = issues, value.Quantity{Unit: value.Count} }), []fact.Result{good}, now, gates.CodeBadTest},
		{"fewer items than none", condition(func(c *release.Condition) {
			c.For, c.Query, c.Limit = 0, issues, value.Quantity{Value: -1, Unit: value.Count}
		}), []fact.Result{good}, now, gates.CodeBadTest},
		{"items in percent", condition(func(c *release.Condition) { c.For, c.Query = 0, issues }), []fact.Result{good}, now, gates.CodeBadTest},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := gates.Triggers(tt.plan, fact.NewSet(tt.facts...), tt.now)[0]
			if got.State != gates.TriggerBlind || got.Code != tt.want {
				t.Errorf("%s %s, want blind %s", got.State, got.Code, tt.want)
			}
			if line := got.String(); !strings.Contains(line, "T1 is blind: Checkout errors cannot be seen, ") || !strings.Contains(line, "SRE lead") {
				t.Errorf("%s", line)
			}
			if !got.ServeBy.IsZero() || got.Left != 0 {
				t.Errorf("a clock runs: %+v", got)
			}
		})
	}
	if got := gates.Triggers(condition(func(c *release.Condition) { c.Query = fact.Query{} }), fact.Set{}, now)[0].String(); !strings.Contains(got, "(a person has to look)") {
		t.Errorf("%s", got)
	}
}

// Matrix and impact are judged alike; who decides on impact are those who run
// the release.
func TestTriggersOfImpact(t *testing.T) {
	p := wayBack()
	p.Overview.Manager, p.Overview.Deputy = "qa-director", "sre-lead"
	p.Overview.Impact = []release.Impact{{ID: "I1", Condition: p.Rollback.Matrix[0].When}, {ID: "I2"}}
	p.Rollback.Matrix = append(p.Rollback.Matrix, p.Rollback.Matrix[0])
	p.Rollback.Matrix[1].When.Limit.Value, p.Rollback.Matrix[1].Owner, p.Rollback.Matrix[1].Delegate = 50, "", ""
	got := gates.Triggers(p, fact.NewSet(errorsOf(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3)), now)
	type row struct {
		ID       string
		Path     check.Path
		State    gates.TriggerState
		Deciders int
	}
	var rows []row
	for _, r := range got {
		rows = append(rows, row{r.ID, r.Path, r.State, len(r.Deciders)})
	}
	want := []row{{"T1", "plan.rollback.matrix[0]", gates.TriggerFired, 2}, {"T1", "plan.rollback.matrix[1]", gates.TriggerQuiet, 0},
		{"I1", "plan.overview.impact[0]", gates.TriggerFired, 2}, {"I2", "plan.overview.impact[1]", gates.TriggerBlind, 2}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if line := got[1].String(); line != "T1 is quiet: Checkout errors 3% against 50%" {
		t.Errorf("%s", line)
	}
	if none := gates.Triggers(release.Plan{}, fact.Set{}, now); len(none) != 0 {
		t.Errorf("%+v", none)
	}
}

// The time to serve users again runs from the moment of the breach, and is
// told when it is over.
func TestTriggerRunsOver(t *testing.T) {
	p := wayBack(func(t *release.Trigger) { t.When.For, t.When.Query, t.Within = 0, tenMinutely(), 0 })
	p.Overview.RollbackSLA = value.Duration(5 * time.Minute)
	got := gates.Triggers(p, fact.NewSet(errorsOf(1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3)), now)[0]
	if want := value.Duration(-4 * time.Minute); got.Left != want || !got.DecideBy.IsZero() || !got.Since.Equal(now.Add(-9*time.Minute)) {
		t.Errorf("left %v since %v, want %v", got.Left, got.Since, want)
	}
	if line := got.String(); !strings.HasSuffix(line, "-4 minutes left to serve users again") {
		t.Errorf("%s", line)
	}
	healed := gates.Triggers(p, fact.NewSet(errorsOf(1, 1, 3, 3, 1, 3, 3, 1, 1, 1, 1)), now)[0]
	if healed.State != gates.TriggerFired || !healed.Since.Equal(now.Add(-6*time.Minute)) {
		t.Errorf("since %v", healed.Since)
	}
	p.Overview.RollbackSLA = 0
	if got := gates.Triggers(p, fact.NewSet(errorsOf(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3)), now)[0]; !got.ServeBy.IsZero() || got.FiredAt.IsZero() {
		t.Errorf("without an SLA: %+v", got)
	}
}

func TestTriggerState(t *testing.T) {
	if (gates.Trigger{}).State != gates.TriggerBlind {
		t.Error("the zero trigger is not blind")
	}
	for s, name := range map[gates.TriggerState]string{gates.TriggerBlind: `"blind"`, gates.TriggerQuiet: `"quiet"`, gates.TriggerFired: `"fired"`} {
		text, err := json.Marshal(s)
		var back gates.TriggerState
		if err != nil || string(text) != name || json.Unmarshal(text, &back) != nil || back != s {
			t.Errorf("%s: %s, %v, %v", s, text, back, err)
		}
	}
	var s gates.TriggerState
	if err := s.UnmarshalText([]byte("calm")); err == nil {
		t.Error("calm is a state")
	}
}
