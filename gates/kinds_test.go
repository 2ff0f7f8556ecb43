package gates_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var (
	canaryQ   = hourly.With("track", "canary")
	stableQ   = hourly.With("track", "stable")
	fullQ     = hourly.With("track", "before")
	shareQ    = fact.NewQuery("datadog", "metric", fact.Series(value.Percent)).With("query", "share").Over(time.Hour)
	burnQ     = fact.NewQuery("jira", "history", fact.Series(value.Count)).With("jql", "open").Over(10 * 24 * time.Hour)
	services  = fact.NewQuery("pagerduty", "services", fact.Number(value.Count))
	incidents = fact.NewQuery("pagerduty", "incidents", fact.Incidents()).OutOf(services).Over(24 * time.Hour)
	monitors  = fact.NewQuery("datadog", "monitors", fact.States())
	passed    = fact.NewQuery("ci", "tests", fact.Number(value.Count)).With("outcome", "passed")
	broken    = fact.NewQuery("ci", "tests", fact.Number(value.Count)).With("outcome", "failed")
	skipped   = fact.NewQuery("ci", "tests", fact.Number(value.Count)).With("outcome", "skipped")
	coverage  = fact.NewQuery("ci", "coverage", fact.Number(value.Percent))
	took      = fact.NewQuery("datadog", "metric", fact.Number(value.Minutes)).With("query", "rehearsal")
	deploys   = fact.NewQuery("ci", "deployments", fact.Deployments())
	records   = fact.NewQuery("jira", "approvals", fact.Approvals()).With("issue", "REL-90")
)

func over(q fact.Query, d time.Duration) fact.Query { return q.Over(d) }

func errorsOver(d time.Duration) probe.Errors {
	return probe.Errors{Bad: over(errorsQ, d), Total: over(requests, d), Min: 1000}
}

// spread is a series of samples, evenly over the query's window up to a minute ago.
func spread(q fact.Query, samples ...float64) fact.Result {
	r := fact.Answer(q, now.Add(-time.Minute))
	r.Unit = q.Yields.Unit
	step := q.Window.Std() / time.Duration(len(samples))
	for i, n := range samples {
		r.Samples = append(r.Samples, fact.Sample{At: r.ObservedAt.Add(-time.Duration(len(samples)-1-i) * step), Value: value.Number(n)})
	}
	return r
}

// noise is 60 samples about a level, of which none depends on the one before.
func noise(level float64) []float64 {
	all, x := make([]float64, 60), uint32(60)
	for i := range all {
		x = x*1103515245 + 12345 // as rand of ISO C does it
		all[i] = level + float64(x>>16%19)
	}
	return all
}

func canaryTest() probe.Canary {
	c := probe.NewCanary(canaryQ, stableQ, shareQ, probe.Step{Share: 5, Soak: value.Duration(20 * time.Minute)}, probe.Step{Share: 25, Soak: value.Duration(25 * time.Minute)})
	c.Bad = probe.Higher
	return c
}

// shares is half an hour of 5 % and then 25 %, each minute.
func shares() []float64 {
	all := make([]float64, 60)
	for i := range all {
		if all[i] = 5; i >= 30 {
			all[i] = 25
		}
	}
	return all
}

func deployedTest() probe.Deployed {
	d := probe.NewDeployed(deploys, "succeeded")
	d.Failed = []string{"failed"}
	return d
}

var digest1, digest2 = value.Sum([]byte("1")), value.Sum([]byte("2"))

func deployment(component string, artifact value.Digest, status string, ago time.Duration) fact.Deployment {
	return fact.Deployment{ID: component + status, Component: component, Environment: "production", Artifact: artifact, Status: status, Finished: now.Add(-ago)}
}

// kindPlan is the plan of the tests with what the kinds read of it.
func kindPlan() release.Plan {
	p := people()
	p.Overview.RollbackSLA = value.Duration(15 * time.Minute)
	p.Overview = p.Overview.WithComponents(release.Component{Name: "api", Artifact: digest1}, release.Component{Name: "web", Artifact: digest2})
	p.Overview.Window = release.Window{Start: value.At(now.Add(-time.Hour)), End: value.At(now.Add(time.Hour))}
	done := release.TaskState{Done: true, By: "ada", At: value.At(now.Add(-time.Hour))}
	return p.WithChecklists(release.Checklists{PreRelease: []release.Task{{ID: "docs", Text: "Write", Role: "sre-lead", State: done}},
		Deployment: []release.Task{{ID: "run", Text: "Run", State: done}}})
}

func list(q fact.Query, fill func(*fact.Result)) fact.Result {
	r := fact.Answer(q, now.Add(-time.Minute))
	fill(&r)
	return r
}

func attested() fact.Approval {
	return fact.Approval{ID: "REL-90", Account: fact.Account{System: "jira", ID: "ada"}, Answer: fact.Approved, At: now.Add(-time.Hour), Link: "https://evidence.example.com/90"}
}

// kind is one kind of test in a situation in which it passes.
type kind struct {
	criterion gates.Criterion
	facts     []fact.Result
}

// kinds are all kinds of tests beside those of the fixture.
func kinds() map[string]kind {
	hour, brief := errorsOver(time.Hour), errorsOver(5*time.Minute)
	suite := probe.Suite{Passed: passed, Failed: broken, Skipped: skipped, Least: 900, MostSkipped: 2,
		Coverage: coverage, LeastCoverage: value.Quantity{Value: 0.8, Unit: value.Ratio}}
	return map[string]kind{
		"aggregate":  {gates.AtMost("k", hourly, 450).Aggregated(probe.P90), []fact.Result{spread(hourly, noise(400)...)}},
		"difference": {gates.AtMost("k", hourly, 20).ComparedBy(probe.Difference, baseline, 30), []fact.Result{spread(hourly, noise(410)...), spread(baseline, noise(400)...)}},
		"change":     {gates.AtMost("k", hourly, 5).ComparedBy(probe.PercentChange, baseline, 30), []fact.Result{spread(hourly, noise(410)...), spread(baseline, noise(400)...)}},
		"canary":     {gates.Canary("k", canaryTest()), []fact.Result{spread(canaryQ, noise(402)...), spread(stableQ, noise(400)...), spread(shareQ, shares()...)}},
		"burn-down":  {gates.BurnDown("k", burnQ, value.At(now.Add(10*24*time.Hour))), []fact.Result{spread(burnQ, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10)}},
		"budget":     {gates.Budget("k", hour, 99.9, 25), []fact.Result{num(hour.Bad, 1), num(hour.Total, 10000)}},
		"burn rate":  {gates.BurnRate("k", 99.9, 14.4, hour, brief), []fact.Result{num(hour.Bad, 100), num(hour.Total, 10000), num(brief.Bad, 10), num(brief.Total, 1000)}},
		"states":     {gates.Healthy("k", monitors), []fact.Result{list(monitors, func(r *fact.Result) { r.States = []fact.State{{ID: "1", Status: fact.Healthy}} })}},
		"quiet":      {gates.Quiet("k", incidents, 24*time.Hour), []fact.Result{list(incidents, func(*fact.Result) {}), num(services, 7)}},
		"suite":      {gates.Suite("k", suite), []fact.Result{num(passed, 1000), num(broken, 0), num(skipped, 2), num(coverage, 81)}},
		"rehearsal":  {gates.Rehearsed("k", took, 10*time.Minute), []fact.Result{num(took, 15)}},
		"deployed": {gates.Deployed("k", deployedTest()), []fact.Result{list(deploys, func(r *fact.Result) {
			r.Deployments = []fact.Deployment{deployment("api", digest2, "succeeded", 2*time.Hour), deployment("api", digest1, "succeeded", time.Hour),
				deployment("api", digest2, "failed", time.Minute), deployment("web", digest2, "succeeded", time.Hour)}
		})}},
		"attested":  {gates.Attested("k", records, "sre-lead", 24*time.Hour), []fact.Result{approvalsOf(records, attested())}},
		"inside":    {gates.Inside("k", probe.Inside{}), nil},
		"checklist": {gates.Checklist("k", probe.PreRelease), nil},
	}
}

func (k kind) scene() scene {
	s := alone(k.criterion).with(k.facts...)
	s.plan = kindPlan()
	return s
}

// Every result of every kind has to be sound: each row of the table, for each.
func TestKindsFailClosed(t *testing.T) {
	degradations := map[string]struct {
		degrade func(*fact.Result)
		codes   []gates.Code
	}{
		"failed":       {func(r *fact.Result) { *r = fact.AnswerFailure(r.Query, now, "timeout", "") }, []gates.Code{gates.CodeFailed}},
		"incomplete":   {func(r *fact.Result) { r.Complete = false }, []gates.Code{gates.CodeIncomplete}},
		"stale":        {func(r *fact.Result) { r.ObservedAt = r.ObservedAt.Add(-time.Hour) }, []gates.Code{gates.CodeStale}},
		"future":       {func(r *fact.Result) { r.ObservedAt = now.Add(time.Hour) }, []gates.Code{gates.CodeFuture}},
		"unobserved":   {func(r *fact.Result) { r.ObservedAt = time.Time{} }, []gates.Code{gates.CodeUnobserved}},
		"not a number": {func(r *fact.Result) { spoil(r, math.NaN()) }, []gates.Code{gates.CodeNotANumber}},
		"infinite":     {func(r *fact.Result) { spoil(r, math.Inf(1)) }, []gates.Code{gates.CodeNotANumber}},
		"other unit":   {func(r *fact.Result) { r.Unit, r.Value.Unit = value.Seconds, value.Seconds }, []gates.Code{gates.CodeUnit}},
		"empty": {func(r *fact.Result) { *r = fact.Answer(r.Query, r.ObservedAt) },
			[]gates.Code{gates.CodeGap, gates.CodeUnit, gates.CodeVacuous, gates.CodeNotDeployed}},
	}
	for name, k := range kinds() {
		t.Run(name, func(t *testing.T) {
			if d := wantVerdict(t, k.scene(), gates.Go); d.Outcomes[0].Code != gates.CodeMet {
				t.Fatal("the sound situation does not pass")
			}
			noClock := k.scene()
			noClock.now = time.Time{}
			wantOutcome(t, noClock, gates.Unknown, gates.CodeNoClock)
			for i, r := range k.facts {
				population := r.Query == services
				for how, d := range degradations {
					items := r.Query.Yields.Shape.Items()
					if items && slices.Contains([]string{"not a number", "infinite", "other unit"}, how) || name == "quiet" && how == "empty" && items {
						continue // a list has none of this; and no incident is what is wanted
					}
					s := k.scene()
					s.facts = slices.Clone(s.facts)
					d.degrade(&s.facts[i])
					codes := d.codes
					switch {
					case population:
						codes = []gates.Code{gates.CodeVacuous}
					case r.Query == baseline:
						codes = append(slices.Clone(codes), gates.CodeNoBaseline)
					}
					wantOneOf(t, how, s, codes...)
				}
				s := k.scene()
				s.facts = slices.Delete(slices.Clone(s.facts), i, i+1)
				wantOneOf(t, "missing", s, gates.CodeMissing, gates.CodeNoBaseline, gates.CodeVacuous)
				wantOneOf(t, "two results", k.scene().with(r), gates.CodeDuplicate, gates.CodeVacuous, gates.CodeNoBaseline)
			}
		})
	}
}

func wantOneOf(t *testing.T, what string, s scene, codes ...gates.Code) {
	t.Helper()
	d := s.first(t)
	if a := d.Outcomes[0]; a.Effective != gates.Unknown || !slices.Contains(codes, a.Code) || d.Verdict != gates.Hold {
		t.Errorf("%s: %s %s, want unknown and one of %v\n%s", what, a.Effective, a.Code, codes, d.Explain())
	}
}

// What an outcome rests on bounds how long a Go holds.
func TestKindsBoundTheGo(t *testing.T) {
	fresh := now.Add(14 * time.Minute) // observed a minute ago, good for 15
	for name, k := range kinds() {
		want := fresh
		switch name {
		case "rehearsal":
			want = now.Add(9 * time.Minute)
		case "inside", "checklist":
			want = now.Add(15 * time.Minute) // as facts would
		}
		if d := k.scene().first(t); !d.ValidUntil.Equal(want) {
			t.Errorf("%s: until %s, want %s", name, d.ValidUntil, want)
		}
	}
	short := attested()
	short.Expires = now.Add(time.Minute)
	k := kind{gates.Attested("k", records, "sre-lead", 24*time.Hour), []fact.Result{approvalsOf(records, short)}}
	if d := k.scene().first(t); !d.ValidUntil.Equal(short.Expires) {
		t.Errorf("until %s, want %s", d.ValidUntil, short.Expires)
	}
	closing := kind{criterion: gates.Inside("k", probe.Inside{Open: []release.Window{{Start: value.At(now.Add(-time.Hour)), End: value.At(now.Add(3 * time.Minute))}}})}
	if d := closing.scene().first(t); !d.ValidUntil.Equal(now.Add(3 * time.Minute)) {
		t.Errorf("until %s, want the window's end", d.ValidUntil)
	}
}

// Every kind that a criterion can have is in the tests above, or in the fixture.
func TestKindsAreAllTested(t *testing.T) {
	all := reflect.ValueOf(&probe.Kinds{None: &probe.Zero{}, Count: &probe.Tally{}, Approved: &probe.Consent{}, Done: &probe.Completion{}}).Elem()
	for _, k := range kinds() {
		set := reflect.ValueOf(k.criterion.Kinds)
		for i := range set.NumField() {
			if !set.Field(i).IsNil() {
				all.Field(i).Set(set.Field(i))
			}
		}
	}
	for i := range all.NumField() {
		if all.Field(i).IsNil() {
			t.Errorf("%s has no test", all.Type().Field(i).Name)
		}
	}
	every := all.Interface().(probe.Kinds)
	if got := len(every.Tests()); got != all.NumField() {
		t.Errorf("%d of %d kinds are judged", got, all.NumField())
	}
}

// A catalog of every kind is data: it decodes to what was encoded, and a kind
// or a word that is not known is refused.
func TestKindsRoundTrip(t *testing.T) {
	var c gates.Catalog
	for name, k := range kinds() {
		k.criterion.ID = name
		c = c.WithGates(gates.Entry(name, k.criterion))
	}
	text, err := strictjson.Encode(c)
	if err != nil {
		t.Fatal(err)
	}
	var back gates.Catalog
	if err := strictjson.Decode(text, &back, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, back, cmp.AllowUnexported(value.When{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again, err := strictjson.Encode(back)
	if err != nil || string(again) != string(text) {
		t.Errorf("%v: encodes to\n%s\nand then\n%s", err, text, again)
	}
	for _, edit := range [][2]string{
		{`"canary": {`, `"parrot": {`}, {`"aggregate": "p90"`, `"aggregate": "p101"`}, {`"as": "difference"`, `"as": "distance"`},
		{`"bad": "higher"`, `"bad": "up"`}, {`"nan": "refuse"`, `"nan": "zero"`}, {`"outliers": "keep"`, `"outliers": "hide"`},
		{`"phase": "pre-release"`, `"phase": "lunch"`},
	} {
		wrong := strings.Replace(string(text), edit[0], edit[1], 1)
		if err := strictjson.Decode([]byte(wrong), new(gates.Catalog), nil); err == nil || wrong == string(text) {
			t.Errorf("%s instead of %s is decoded", edit[1], edit[0])
		}
	}
}

// BenchmarkKinds decides one gate with one criterion of each kind.
func BenchmarkKinds(b *testing.B) {
	for _, name := range kindNames {
		s := kinds()[name].scene()
		in, prepared := s.input(), gates.Prepare(s.catalog)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				prepared.Evaluate(in)
			}
		})
	}
}
