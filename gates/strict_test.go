package gates_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The tests of this file are ways to a wrong Go that were tried and closed.

func TestNotWaivableIsClosedInAndOut(t *testing.T) {
	fails := gates.AtMost("p95", latency, 300)
	waive := func(c gates.Criterion, id string) scene {
		return alone(c).with(num(latency, 400)).waived(gates.Waiver{Gate: "production/entry", Criterion: id, Grant: grant()})
	}
	wantVerdict(t, waive(gates.All("all", fails), "all"), gates.Go)
	wantVerdict(t, waive(gates.All("all", fails), "p95"), gates.Go)
	wantVerdict(t, waive(gates.All("all", fails.WithoutWaivers()), "all"), gates.NoGo)
	wantVerdict(t, waive(gates.All("all", fails).WithoutWaivers(), "p95"), gates.NoGo)
	wantVerdict(t, waive(gates.All("all", gates.Any("any", fails)).WithoutWaivers(), "p95"), gates.NoGo)
}

func TestStructuralUnknownIsNotWaived(t *testing.T) {
	for name, c := range map[string]gates.Criterion{
		"no test": {ID: "c"}, "no check": gates.Checked("c", gates.Custom{Name: "gone"}),
	} {
		t.Run(name, func(t *testing.T) {
			w := gates.Waiver{Gate: "production/entry", Criterion: "c", CoversUnknown: true, Grant: grant()}
			wantVerdict(t, alone(c).waived(w), gates.Hold)
			w.Criterion = "all" // nor with a group around it, whatever else is wrong there
			for _, other := range []gates.Criterion{gates.AtMost("p95", latency, 300), gates.None("blockers", blockers)} {
				s := alone(gates.All("all", other, c)).with(num(latency, 400)).waived(w)
				if d := s.first(t); d.Verdict == gates.Go || s.decide().Waivers[0].Code != gates.CodeNotWaivable {
					t.Errorf("the group is waived\n%s", d.Explain())
				}
			}
			s := alone(gates.Any("all", gates.AtMost("p95", latency, 450), c)).with(num(latency, 400)).waived(w)
			if wantVerdict(t, s, gates.Go); s.decide().Waivers[0].State != gates.WaiverUnused {
				t.Errorf("%+v", s.decide().Waivers)
			}
		})
	}
}

func TestWaiverOfWhatDoesNotDecide(t *testing.T) {
	s := alone(gates.AtMost("p95", latency, 450), gates.AtMost("low", latency, 1).AsOptional()).with(num(latency, 400)).
		waived(gates.Waiver{Gate: "production/entry", Criterion: "low", Grant: grant()})
	d := wantVerdict(t, s, gates.Go)
	if use := s.decide().Waivers[0]; use.State != gates.WaiverUnused || len(d.Waived) > 0 {
		t.Errorf("the waiver is %s", use.State)
	}
	if d.Outcomes[1].Effective != gates.Fail {
		t.Errorf("an optional criterion was waived: %s", d.Outcomes[1].Effective)
	}
}

func TestBaselineHasToCoverItsWindow(t *testing.T) {
	c := gates.AtMost("regression", hourly, 1.1).ComparedWith(baseline, 1)
	current, base := minutely(hourly, now, 60, 420), minutely(baseline, now, 60, 400)
	wantVerdict(t, alone(c).with(current, base), gates.Go)
	tests := map[string]struct {
		edit func(*fact.Result)
		code gates.Code
	}{
		"one sample":      {func(r *fact.Result) { r.Samples = r.Samples[:1] }, gates.CodeGap},
		"last year":       {func(r *fact.Result) { r.Samples = []fact.Sample{{At: now.AddDate(-1, 0, 0), Value: 400}} }, gates.CodeGap},
		"next year":       {func(r *fact.Result) { r.Samples = []fact.Sample{{At: now.AddDate(1, 0, 0), Value: 400}} }, gates.CodeFuture},
		"another unit":    {func(r *fact.Result) { r.Unit = value.Seconds }, gates.CodeUnit},
		"infinite":        {func(r *fact.Result) { r.Samples[9].Value = value.Number(math.Inf(1)) }, gates.CodeNotANumber},
		"not a number":    {func(r *fact.Result) { r.Samples[9].Value = value.Number(math.NaN()) }, gates.CodeNotANumber},
		"two of a moment": {func(r *fact.Result) { r.Samples[9].At = r.Samples[8].At }, gates.CodeDuplicate},
		"too huge to add": {func(r *fact.Result) { r.Samples[9].Value, r.Samples[8].Value = math.MaxFloat64, math.MaxFloat64 }, gates.CodeNotANumber},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for i, q := range []fact.Query{hourly, baseline} {
				pair := []fact.Result{minutely(hourly, now, 60, 420), minutely(baseline, now, 60, 400)}
				tt.edit(&pair[i])
				d := alone(c).with(pair...).first(t)
				if a := d.Outcomes[0]; a.Effective == gates.Pass || a.Code != tt.code {
					t.Errorf("%s: %s %s, want %s", q, a.Effective, a.Code, tt.code)
				}
			}
		})
	}
	other := c
	other = other.Titled("")
	other.AtMost.Baseline.Query.Window = value.Duration(24 * time.Hour)
	day := minutely(other.AtMost.Baseline.Query, now, 1440, 400)
	wantOutcome(t, alone(other).with(current, day), gates.Unknown, gates.CodeBadTest)
	zero := c.Titled("")
	zero.AtMost.Baseline.MinSamples = 0
	wantOutcome(t, alone(zero).with(current, base), gates.Unknown, gates.CodeBadTest)
}

func TestBaselineOfCounts(t *testing.T) {
	count := fact.NewQuery("datadog", "metric", fact.Series(value.Count)).With("query", "errors").Over(time.Hour)
	before := count.With("query", "errors@before")
	c := gates.AtMost("errors", count, 1).ComparedWith(before, 30)
	base := minutely(before, now, 60, 5)
	orders := gates.AtLeast("orders", count, -5).ComparedBy(probe.Difference, before, 30)
	some := minutely(count, now, 60, 1)
	wantOutcome(t, alone(orders).with(some, base), gates.Pass, gates.CodeMet)
	wantOutcome(t, alone(orders).with(some, minutely(before, now, 60, 0)), gates.Unknown, gates.CodeNoBaseline)
	wantOutcome(t, alone(gates.AtMost("orders", count, 1).ComparedBy(probe.Difference, before, 30)).with(minutely(count, now, 60, 2), minutely(before, now, 60, 0)), gates.Fail, gates.CodeNotMet)
	orders.AtLeast.Baseline.Query = before.OutOf(requests)
	wantOutcome(t, alone(orders).with(some, minutely(before, now, 60, 0), num(requests, 5000)), gates.Pass, gates.CodeMet)
	wantOutcome(t, alone(orders).with(some, minutely(before, now, 60, 0), num(requests, 0)), gates.Unknown, gates.CodeNoBaseline)
	wantOutcome(t, alone(c).with(minutely(count, now, 60, 0), base), gates.Unknown, gates.CodeVacuous)
	wantOutcome(t, alone(c).with(minutely(count, now, 60, -5), base), gates.Unknown, gates.CodeNotANumber)
	wantOutcome(t, alone(c).with(minutely(count, now, 60, 5), base), gates.Pass, gates.CodeMet)
	absent := gates.AtMost("errors", count, 3).AbsentMeans(0, requests, 1000)
	wantOutcome(t, alone(absent).with(minutely(count, now, 0, 0), num(requests, 1000)), gates.Pass, gates.CodeMet)
}

// Half of an answer is an answer: what is missing of it is not declared away.
func TestHalfAnAnswerIsNotDeclaredAway(t *testing.T) {
	declared := gates.AtMost("errors", errorsQ, 0.5).DividedBy(requests, 1000, value.Percent).WhenMissing(gates.Pass, "not deployed there")
	wantOutcome(t, alone(declared), gates.Pass, gates.CodeDeclared)
	wantOutcome(t, alone(declared).with(num(errorsQ, 900)), gates.Unknown, gates.CodeMissing)
	wantOutcome(t, alone(declared).with(num(requests, 900)), gates.Unknown, gates.CodeMissing)
	timeout := fact.AnswerFailure(errorsQ, now, "timeout", "")
	wantOutcome(t, alone(declared).with(timeout, num(requests, 900)), gates.Unknown, gates.CodeFailed)
	compared := gates.AtMost("regression", hourly, 1.1).ComparedWith(baseline, 30).WhenMissing(gates.Pass, "not deployed there")
	wantOutcome(t, alone(compared).with(minutely(baseline, now, 60, 400)), gates.Unknown, gates.CodeMissing)
	silent := gates.AtMost("p95", hourly, 450).AbsentMeans(0, requests, 1000).WhenMissing(gates.Pass, "not deployed there")
	wantOutcome(t, alone(silent).with(num(requests, 5000)), gates.Unknown, gates.CodeMissing)
	for _, queries := range [][]fact.Query{{errorsQ, requests}, {requests, errorsQ}} { // in whatever order
		s := alone(gates.Checked("check", gates.Custom{Name: "yes", Queries: queries}).WhenMissing(gates.Pass, "not deployed there"))
		s.custom = map[string]gates.CheckFunc{"yes": func(gates.CheckInput) gates.Judgement { return gates.Judgement{Outcome: gates.Pass} }}
		wantOutcome(t, s, gates.Pass, gates.CodeDeclared)
		wantOutcome(t, s.with(num(requests, 900)), gates.Unknown, gates.CodeMissing)
	}
}

func TestRatioOfOneWindowAndSense(t *testing.T) {
	sound := []fact.Result{num(errorsQ, 4), num(requests, 1000)}
	c := gates.AtMost("errors", errorsQ, 0.5).DividedBy(requests, 1000, value.Percent)
	wantVerdict(t, alone(c).with(sound...), gates.Go)
	wantOutcome(t, alone(gates.AtMost("errors", errorsQ.Over(time.Minute), 0.5).DividedBy(requests.Over(time.Hour), 1000, value.Percent)).
		with(num(errorsQ.Over(time.Minute), 4), num(requests.Over(time.Hour), 1000)), gates.Unknown, gates.CodeBadTest)
	wantOutcome(t, alone(gates.AtMost("errors", errorsQ, 0.5).DividedBy(requests, 0, value.Percent)).with(sound...), gates.Unknown, gates.CodeBadTest)
	wantOutcome(t, alone(gates.AtMost("errors", errorsQ, 0.5).DividedBy(latency, 1, value.Percent)).with(num(errorsQ, 4), num(latency, 400)), gates.Unknown, gates.CodeBadTest)
	huge := gates.AtLeast("errors", errorsQ, 1).DividedBy(requests, 1e-20, value.Percent)
	wantOutcome(t, alone(huge).with(num(errorsQ, math.MaxFloat64), num(requests, 1e-10)), gates.Unknown, gates.CodeNotANumber)
	warned := gates.AtMost("errors", errorsQ, 0.5).WarnAt(0.3).DividedBy(requests, 1000, value.Percent)
	wantOutcome(t, alone(warned).with(sound...), gates.Warn, gates.CodeNearing)
	furlongs := fact.NewQuery("x", "y", fact.Number("furlong"))
	wantOutcome(t, alone(gates.AtMost("far", furlongs, 1).DividedBy(furlongs.With("of", "all"), 1, value.Ratio)).
		with(num(furlongs, 1), num(furlongs.With("of", "all"), 2)), gates.Unknown, gates.CodeBadTest)
	wantOutcome(t, alone(gates.AtMost("p95", hourly, 450).AbsentMeans(0, requests, 0)).with(minutely(hourly, now, 0, 0), num(requests, 0)), gates.Unknown, gates.CodeBadTest)
}

func TestWarningLevels(t *testing.T) {
	facts := []fact.Result{num(latency, 400)}
	wantOutcome(t, alone(gates.Between("p95", latency, 0, 450).WarnAt(300)).with(facts...), gates.Unknown, gates.CodeBadTest)
	wantOutcome(t, alone(gates.AtMost("p95", latency, 450).WarnAt(900)).with(facts...), gates.Unknown, gates.CodeBadTest)
	wantOutcome(t, alone(gates.AtLeast("p95", latency, 300).WarnAt(100)).with(facts...), gates.Unknown, gates.CodeBadTest)
	wantOutcome(t, alone(gates.AtLeast("p95", latency, 300).WarnAt(500)).with(facts...), gates.Warn, gates.CodeNearing)
}

// OfAnyAge, with its reason, is the only way to do without an age limit.
func TestAgesHaveBounds(t *testing.T) {
	c := gates.AtMost("p95", latency, 450)
	old := fact.AnswerNumber(latency, time.Time{}.Add(time.Hour), 400)
	wantOutcome(t, alone(c.FreshWithin(math.MaxInt64)).with(old), gates.Unknown, gates.CodeBadTest)
	wantOutcome(t, alone(c.OfAnyAge(" ")).with(old), gates.Unknown, gates.CodeStale)
	wantOutcome(t, alone(gates.All("all", c).FreshWithin(time.Second)).with(num(latency, 400)), gates.Unknown, gates.CodeBadTest)
	wantOutcome(t, alone(gates.All("all", c).WhenMissing(gates.Fail, "")).with(num(latency, 400)), gates.Unknown, gates.CodeBadTest)
	for name, edit := range map[string]func(*gates.Catalog){
		"age too long":  func(c *gates.Catalog) { c.MaxAge = math.MaxInt64 },
		"age negative":  func(c *gates.Catalog) { c.MaxAge = -1 },
		"skew too long": func(c *gates.Catalog) { c.ClockSkew = math.MaxInt64 },
		"skew negative": func(c *gates.Catalog) { c.ClockSkew = -1 },
	} {
		t.Run(name, func(t *testing.T) {
			s := alone(c).with(num(latency, 400))
			wantVerdict(t, s, gates.Go)
			edit(&s.catalog)
			wantVerdict(t, s, gates.Hold, gates.CodeAges)
			if len(s.catalog.Validate()) == 0 {
				t.Error("no rule says so")
			}
		})
	}
	wantVerdict(t, alone(c.WhenMissing(gates.Pass, " ")), gates.Hold)
	blank := alone(c).with(num(latency, 400))
	blank.catalog.Gates[0].NoSignOffs = "\t"
	wantVerdict(t, blank, gates.Hold, gates.CodeNoSignOffs)
	wantOutcome(t, alone(c.SustainedFor(time.Hour).WithMaxGap(time.Hour)).with(minutely(hourly, now, 60, 400)), gates.Unknown, gates.CodeBadTest)
	exactly := alone(c).with(fact.AnswerNumber(latency, now.Add(-15*time.Minute), 400))
	wantVerdict(t, exactly, gates.Hold, gates.CodeRunOut)
}

// A source whose clock is ahead does not make its facts younger, and one that
// observes long after it was asked is not believed.
func TestClockOfTheSource(t *testing.T) {
	c := gates.AtMost("p95", latency, 450)
	at := func(observed, collected time.Duration) scene {
		r := fact.AnswerNumber(latency, now.Add(observed), 400)
		r.CollectedAt = now.Add(collected)
		return alone(c).with(r)
	}
	wantOutcome(t, at(-time.Minute, -time.Minute), gates.Pass, gates.CodeMet)
	wantOutcome(t, at(-10*time.Minute, -20*time.Minute), gates.Unknown, gates.CodeFuture)
	wantOutcome(t, at(-14*time.Minute, -15*time.Minute-time.Second), gates.Unknown, gates.CodeStale)
	wantOutcome(t, at(-20*time.Minute, -time.Minute), gates.Unknown, gates.CodeStale)
	if d := wantVerdict(t, at(-13*time.Minute, -14*time.Minute), gates.Go); !d.ValidUntil.Equal(now.Add(time.Minute)) {
		t.Errorf("valid until %v, want an age counted from when it was collected", d.ValidUntil)
	}
}

func TestCountOfWhatIsNotSaid(t *testing.T) {
	none := gates.Count("open", issues, gates.Match{Category: fact.ToDo}, 0, 0)
	wantOutcome(t, alone(none).with(items(issues, fact.Done)), gates.Pass, gates.CodeMet)
	wantOutcome(t, alone(none).with(items(issues, fact.Done, fact.UnknownCategory)), gates.Unknown, gates.CodeUnclassified)
	wantOutcome(t, alone(none).with(items(issues, fact.ToDo, fact.UnknownCategory)), gates.Fail, gates.CodeNotMet)
	two := gates.Count("done", issues, gates.Match{Category: fact.Done}, 2, gates.NoLimit)
	wantOutcome(t, alone(two).with(items(issues, fact.Done, fact.UnknownCategory)), gates.Unknown, gates.CodeUnclassified)
	wantOutcome(t, alone(two).with(items(issues, fact.Done, fact.Done, fact.UnknownCategory)), gates.Pass, gates.CodeMet)
	wantOutcome(t, alone(gates.Done("scope", issues)).with(items(issues, fact.Done, fact.UnknownCategory)), gates.Unknown, gates.CodeUnclassified)
	wantOutcome(t, alone(gates.Done("scope", issues)).with(items(issues, fact.ToDo, fact.UnknownCategory)), gates.Fail, gates.CodeNotMet)
	wantOutcome(t, alone(gates.Count("odd", issues, gates.Match{Category: 9}, 0, 0)).with(items(issues, fact.Done)), gates.Unknown, gates.CodeBadTest)

	incidents := fact.NewQuery("pagerduty", "incidents", fact.Incidents())
	r := fact.Answer(incidents, now)
	r.Incidents = []fact.Incident{{ID: "P1"}}
	wantOutcome(t, alone(gates.Count("triggered", incidents, gates.Match{Status: "triggered"}, 0, 0)).with(r), gates.Unknown, gates.CodeUnclassified)
}

// What a source lists twice does not make two, and is no contradiction where
// there are only too many.
func TestCountOfWhatIsListedTwice(t *testing.T) {
	ada, ben := fact.Approval{ID: "CHG-1", Account: fact.Account{System: "jira", ID: "ada"}}, fact.Approval{ID: "CHG-1", Account: fact.Account{System: "jira", ID: "ben"}}
	eu, us := fact.State{ID: "1", Group: "eu"}, fact.State{ID: "1", Group: "us"}
	pages := incidents
	pages.Population = fact.Ask{}
	tests := map[string]struct {
		q           fact.Query
		twice, both func(*fact.Result)
	}{
		"work items": {issues, func(r *fact.Result) { r.WorkItems = []fact.WorkItem{{ID: "1"}, {ID: "1"}} },
			func(r *fact.Result) { r.WorkItems = []fact.WorkItem{{ID: "1"}, {ID: "2"}} }},
		"incidents": {pages, func(r *fact.Result) { r.Incidents = []fact.Incident{{ID: "1"}, {ID: "1"}} },
			func(r *fact.Result) { r.Incidents = []fact.Incident{{ID: "1"}, {ID: "2"}} }},
		"deployments": {deploys, func(r *fact.Result) { r.Deployments = []fact.Deployment{{ID: "1"}, {ID: "1"}} },
			func(r *fact.Result) { r.Deployments = []fact.Deployment{{ID: "1"}, {ID: "2"}} }},
		"approvals": {change, func(r *fact.Result) { r.Approvals = []fact.Approval{ada, ada} }, func(r *fact.Result) { r.Approvals = []fact.Approval{ada, ben} }},
		"states":    {monitors, func(r *fact.Result) { r.States = []fact.State{eu, eu} }, func(r *fact.Result) { r.States = []fact.State{eu, us} }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			two := gates.Count("two", tt.q, gates.Match{}, 2, gates.NoLimit)
			wantOutcome(t, alone(two).with(list(tt.q, tt.twice)), gates.Unknown, gates.CodeDuplicate)
			wantOutcome(t, alone(two).with(list(tt.q, tt.both)), gates.Pass, gates.CodeMet)
			wantOutcome(t, alone(gates.Count("one", tt.q, gates.Match{}, 0, 1)).with(list(tt.q, tt.twice)), gates.Fail, gates.CodeNotMet)
		})
	}
}

func TestApprovedIsInForce(t *testing.T) {
	approved := fact.Approval{ID: "CHG-1", Answer: fact.Approved, At: now.Add(-time.Hour)}
	c := gates.Approved("change", change)
	wantOutcome(t, alone(c).with(approvalsOf(change, approved)), gates.Pass, gates.CodeMet)
	for code, edit := range map[gates.Code]func(*fact.Approval){
		gates.CodeNoTime:  func(a *fact.Approval) { a.At = time.Time{} },
		gates.CodeFuture:  func(a *fact.Approval) { a.At = now.Add(time.Hour) },
		gates.CodeExpired: func(a *fact.Approval) { a.Expires = now },
		gates.CodePending: func(a *fact.Approval) { a.Answer = fact.Pending },
	} {
		a := approved
		edit(&a)
		wantOutcome(t, alone(c).with(approvalsOf(change, approved, a)), gates.Unknown, code)
	}
	rejected := approved
	rejected.Answer = fact.Rejected
	wantOutcome(t, alone(c).with(approvalsOf(change, approved, rejected)), gates.Fail, gates.CodeRejected)
	brief := approved
	brief.Expires = now.Add(time.Minute)
	if d := wantVerdict(t, alone(c).with(approvalsOf(change, approved, brief)), gates.Go); !d.ValidUntil.Equal(brief.Expires) {
		t.Errorf("valid until %v, want the end of the approval", d.ValidUntil)
	}
	wantOutcome(t, alone(gates.Count("two", change, gates.Match{Answer: "approved"}, 1, gates.NoLimit)).with(approvalsOf(change, approved)), gates.Unknown, gates.CodeBadTest)
	settled := gates.Count("settled", change, gates.Match{Answer: "pending"}, 0, 0)
	wantOutcome(t, alone(settled).with(approvalsOf(change, approved)), gates.Pass, gates.CodeMet)
	later := approved
	later.At = now.Add(time.Hour)
	wantOutcome(t, alone(settled).with(approvalsOf(change, later)), gates.Fail, gates.CodeNotMet)
}

// A rejection of one gate's subject is one of that gate, whatever gate it names.
func TestRejectionOfTheSubject(t *testing.T) {
	s := twoGates()
	no := yes("ben")
	no.ID, no.Answer, no.Subject = "no", fact.Rejected, gates.SubjectsOf(s.plan, s.catalog)[1].Digest
	for _, gate := range []string{"production/entry", "staging/exit", "Production/Entry", ""} {
		no.Gate = gate
		if d, _ := s.answered(no).decide().Find("production/entry"); d.Verdict != gates.NoGo {
			t.Errorf("a rejection that names %q\n%s", gate, d.Explain())
		}
		if d, _ := s.answered(no).decide().Find("staging/exit"); d.Verdict != gates.Go {
			t.Errorf("a rejection of another gate that names %q\n%s", gate, d.Explain())
		}
	}
}

// What would make an approval not count does not make a rejection disappear.
func TestRejectionThatIsUnclear(t *testing.T) {
	sound := signed(gates.SignOff{Role: "sre-lead", Quorum: 1}).answered(yes("ada"))
	wantVerdict(t, sound, gates.Go)
	no := func(edit func(*fact.Approval)) scene {
		a := yes("dee")
		a.ID, a.Answer = "no-dee", fact.Rejected
		edit(&a)
		return sound.answered(a)
	}
	wantVerdict(t, no(func(a *fact.Approval) { a.At = time.Time{} }), gates.NoGo, gates.CodeRejected)
	wantVerdict(t, no(func(a *fact.Approval) { a.At = now.Add(time.Hour) }), gates.NoGo, gates.CodeRejected)
	wantVerdict(t, no(func(a *fact.Approval) { a.Role = "SRE lead" }), gates.NoGo, gates.CodeRejected)
	wantVerdict(t, no(func(a *fact.Approval) { a.Subject = "" }), gates.Hold, gates.CodeRejectionUnclear)
	wantVerdict(t, no(func(a *fact.Approval) { a.Account.ID = "stranger" }), gates.Hold, gates.CodeRejectionUnclear)
	claimed := no(func(*fact.Approval) {})
	claimed.plan = claimed.plan.Clone()
	claimed.plan.Directory.People[4].Accounts = append(claimed.plan.Directory.People[4].Accounts, fact.Account{System: "jira", ID: "dee"})
	wantVerdict(t, claimed, gates.Hold, gates.CodeRejectionUnclear)
	untimed := no(func(a *fact.Approval) { a.Account.ID, a.At = "ben", time.Time{} })
	wantVerdict(t, untimed, gates.Hold, gates.CodeRejectionUnclear)

	// a gate that is spelled otherwise is known by the subject
	digest := gates.SubjectsOf(sound.plan, sound.catalog)[0].Digest
	for _, gate := range []string{"Production/entry", ""} {
		wantVerdict(t, no(func(a *fact.Approval) { a.Gate, a.Subject = gate, digest }), gates.NoGo, gates.CodeRejected)
	}
	stray := no(func(a *fact.Approval) { a.Gate = "perf/exit" })
	wantVerdict(t, stray, gates.Go)
	if d := stray.decide(); len(d.Strays) != 1 || d.Strays[0].Code != gates.CodeUnknownGate || len(d.Findings()) != 1 {
		t.Errorf("an answer to a gate that does not exist is not reported: %+v", d.Strays)
	}
}

func TestWhoIsWho(t *testing.T) {
	slow := alone(gates.AtMost("p95", latency, 450)).with(num(latency, 470))
	waiver := gates.Waiver{Gate: "production/entry", Criterion: "p95", Grant: grant()}
	refused := func(name string, s scene, code gates.Code) {
		t.Helper()
		wantVerdict(t, s, gates.NoGo)
		if use := s.decide().Waivers[0]; use.Code != code {
			t.Errorf("%s: the waiver is %s %s, want %s", name, use.State, use.Code, code)
		}
	}
	wantVerdict(t, slow.waived(waiver), gates.Go)
	shared := slow.waived(waiver)
	shared.plan.Directory.People[2].Accounts = append(shared.plan.Directory.People[2].Accounts, fact.Account{System: "jira", ID: "ada"})
	refused("one account, two people", shared, gates.Code(check.SelfApproved))
	padded := waiver
	padded.Requester, padded.Approver = "ada", "ada "
	refused("white space", slow.waived(padded), gates.Code(check.SelfApproved))
	authored := waiver
	authored.Approver = "dee"
	refused("an author", slow.waived(authored), gates.CodeAuthor)
	padding := slow.waived(authored)
	padding.plan.Scope[0].Authors = []string{"dee "}
	refused("an author with white space", padding, gates.CodeAuthor)
	padding.plan.Scope[0].Authors = []string{"dee"}

	twice := signed(gates.SignOff{Role: "sre-lead", Quorum: 2}).answered(yes("ada"), yes("ada-2"))
	twice.plan.Directory.People = append(twice.plan.Directory.People, release.Person{ID: "ada ", Accounts: []fact.Account{{System: "jira", ID: "ada-2"}}})
	twice.plan.Directory.Roles[0].Holders = append(twice.plan.Directory.Roles[0].Holders, "ada ")
	wantVerdict(t, twice, gates.Hold, gates.CodeQuorum)

	hidden := signed(lead).answered(yes("dee"))
	hidden.plan.Scope[0].Authors = []string{"dee "}
	wantVerdict(t, hidden, gates.Hold, gates.CodeQuorum)
	hidden.plan.Scope[0].Authors = []string{"jira:dee"}
	wantVerdict(t, hidden, gates.Hold, gates.CodeAuthorUnknown)

	doubled := signed(lead).answered(yes("eve"))
	wantVerdict(t, doubled, gates.Hold, gates.CodeQuorum)
	doubled.plan.Directory.Roles = append([]release.Role{{ID: "sre-lead", Holders: []string{"eve"}}}, doubled.plan.Directory.Roles...)
	wantVerdict(t, doubled, gates.Hold, gates.CodeQuorum)

	nobody := signed(lead).answered(fact.Approval{ID: "x", Gate: "production/entry", Subject: current, Answer: fact.Approved, At: now})
	nobody.plan.Directory.People[0].Accounts = append(nobody.plan.Directory.People[0].Accounts, fact.Account{})
	wantVerdict(t, nobody, gates.Hold, gates.CodeQuorum)
}

func TestTwoSubjectsOfOneGate(t *testing.T) {
	s := signed(lead).answered(yes("ada"))
	in := s.input()
	in.Subjects = append(in.Subjects, gates.Subject{Gate: "production/entry", Digest: value.Sum([]byte("another"))})
	if d := gates.Evaluate(s.catalog, in).Gates[0]; d.Verdict != gates.Hold || d.Subject != "" {
		t.Errorf("%s\n%s", d.Subject, d.Explain())
	}
}

// A delegation holds on its days and neither before nor after.
func TestDelegationEnds(t *testing.T) {
	at := func(moment time.Time) scene {
		a := yes("ben")
		a.At = moment
		s := signed(lead).answered(a)
		s.now = moment.Add(time.Minute)
		s.facts = []fact.Result{fact.AnswerNumber(latency, moment, 400)}
		in := s.input()
		for i := range in.Facts.Results {
			in.Facts.Results[i].ObservedAt, in.Facts.Results[i].CollectedAt = moment, moment
		}
		s.facts, s.answers = in.Facts.Results, nil
		return s
	}
	day := time.Date(2026, 12, 8, 0, 0, 0, 0, time.UTC)
	wantVerdict(t, at(day), gates.Go)
	wantVerdict(t, at(day.Add(24*time.Hour-time.Second)), gates.Go)
	wantVerdict(t, at(day.Add(-time.Second)), gates.Hold, gates.CodeQuorum)
	wantVerdict(t, at(day.Add(24*time.Hour)), gates.Hold, gates.CodeQuorum)
}

func TestValidityOfWhatWasSigned(t *testing.T) {
	early, late := yes("ada"), yes("ada")
	early.Expires, late.ID, late.Expires = now.Add(2*time.Minute), "again", now.Add(10*time.Minute)
	for _, order := range [][]fact.Approval{{early, late}, {late, early}} {
		if d := wantVerdict(t, signed(lead).answered(order...), gates.Go); !d.ValidUntil.Equal(early.Expires) {
			t.Errorf("valid until %v, want the earlier end", d.ValidUntil)
		}
	}
	s := signed(lead).answered(yes("ada"))
	in := s.input()
	for i := range in.Facts.Results {
		if in.Facts.Results[i].Query.Ask == signOffs.Ask {
			in.Facts.Results[i].ObservedAt = now.Add(-14 * time.Minute)
		}
	}
	if d := gates.Evaluate(s.catalog, in).Gates[0]; !d.ValidUntil.Equal(now.Add(time.Minute)) {
		t.Errorf("valid until %v, want when the approvals have to be asked again", d.ValidUntil)
	}
	wrong := s
	wrong.answers, wrong.catalog.Approvals = nil, []fact.Query{issues}
	wantVerdict(t, wrong.with(items(issues, fact.Done)), gates.Hold, gates.CodeApprovalsUnknown)
}

func TestExitBoundsWhatComesAfter(t *testing.T) {
	slowly := fact.NewQuery("datadog", "metric", fact.Number(value.Milliseconds)).With("query", "older")
	s := scene{plan: people(), now: now, facts: []fact.Result{num(latency, 400), fact.AnswerNumber(slowly, now.Add(-14*time.Minute), 400)},
		catalog: gates.NewCatalog(gates.Exit("staging", gates.AtMost("p95", slowly, 450)).WithoutSignOffs("a test"),
			gates.Entry("production", gates.AtMost("p95", latency, 450)).WithoutSignOffs("a test"))}
	for _, d := range s.decide().Gates {
		if !d.ValidUntil.Equal(now.Add(time.Minute)) {
			t.Errorf("%s is valid until %v, want when the exit runs out", d.Gate, d.ValidUntil)
		}
	}
}

func TestEnvironmentListedTwice(t *testing.T) {
	s := alone(gates.AtMost("p95", latency, 450).WarnAt(300)).with(num(latency, 400))
	s.catalog.Environments = []gates.Environment{{Name: "production", Tier: gates.PreProduction}, {Name: "production"}}
	wantVerdict(t, s, gates.Hold, gates.CodeEnvironment, gates.CodeCriterionWarned)
}

func TestNestedIDsAreUnique(t *testing.T) {
	s := alone(gates.All("all", gates.AtMost("p95", latency, 300)), gates.AtMost("p95", latency, 450)).with(num(latency, 400)).
		waived(gates.Waiver{Gate: "production/entry", Criterion: "p95", Grant: grant()})
	wantVerdict(t, s, gates.NoGo, gates.CodeDuplicateID)
	within := alone(gates.All("all", gates.All("a", gates.AtMost("p95", latency, 450), gates.AtMost("p95", latency, 500)), gates.AtMost("b", latency, 450)))
	wantVerdict(t, within.with(num(latency, 400)), gates.Hold, gates.CodeDuplicateID)
}

func TestFreezeNamesAreReadKindly(t *testing.T) {
	s := alone(gates.AtMost("p95", latency, 450)).with(num(latency, 400))
	s.plan = s.plan.WithFreezes(freeze(now.Add(-time.Hour), now.Add(time.Hour), " Production"))
	wantVerdict(t, s, gates.NoGo, gates.CodeFrozen)
	unreadable := alone(gates.AtMost("p95", latency, 450)).with(num(latency, 400)).
		waived(gates.Waiver{Gate: "production/entry", Freeze: "holiday", Grant: grant()})
	unreadable.plan = unreadable.plan.WithFreezes(release.Freeze{ID: "holiday"})
	if use := unreadable.decide().Waivers[0]; use.State != gates.WaiverRefused || use.Code != gates.CodeFreezeUnknown {
		t.Errorf("the waiver of an unreadable freeze is %s %s", use.State, use.Code)
	}
}

// Code of the host cannot change what other criteria see, nor forge a line.
func TestCustomCheckIsKeptApart(t *testing.T) {
	s := alone(gates.Checked("meddles", gates.Custom{Name: "meddles", Queries: []fact.Query{issues}}), gates.Done("scope", issues)).with(items(issues, fact.ToDo))
	s.custom = map[string]gates.CheckFunc{"meddles": func(in gates.CheckInput) gates.Judgement {
		in.Results[0].WorkItems[0].Category = fact.Done
		return gates.Judgement{Outcome: gates.Pass, Detail: "fine\nproduction/entry: go until 2027\xff"}
	}}
	in := s.input()
	d := gates.Evaluate(s.catalog, in)
	if d.Gates[0].Verdict != gates.NoGo || in.Facts.Results[0].WorkItems[0].Category != fact.ToDo {
		t.Errorf("the facts were changed\n%s", d.Gates[0].Explain())
	}
	if _, err := strictjson.Encode(d); err != nil {
		t.Error(err)
	}
	failed := alone(gates.AtMost("p95", latency, 450)).with(fact.AnswerFailure(latency, now, "timeout", "x\nproduction/entry: go until 2027"))
	for _, text := range []string{d.Gates[0].Explain(), failed.first(t).Explain()} {
		if strings.Contains(text, "\nproduction/entry: go") {
			t.Errorf("a line is forged:\n%s", text)
		}
	}
}

// A record that was changed after it was made does not authorize.
func TestUnsoundDecision(t *testing.T) {
	d := wantVerdict(t, signed(lead).answered(yes("ada")), gates.Go)
	until := d.ValidUntil
	for name, s := range map[string]scene{
		"failed":   signed(lead).answered(yes("ada")).with(), // replaced below
		"unsigned": signed(lead).answered(),
	} {
		if name == "failed" {
			s.facts = []fact.Result{num(latency, 470)}
		}
		forged := s.first(t)
		forged.Verdict, forged.ValidUntil = gates.Go, until
		if forged.Authorizes(now, forged.Subject) {
			t.Errorf("%s: a forged go authorizes", name)
		}
		forged.Reasons = nil
		if forged.Authorizes(now, forged.Subject) {
			t.Errorf("%s: a forged go without reasons authorizes", name)
		}
	}
	unneeded := d
	unneeded.SignOffs = []gates.Signature{{Role: "sre-lead"}}
	if unneeded.Authorizes(now, d.Subject) {
		t.Error("a sign-off that needs nobody authorizes")
	}
	if bare := (gates.Decision{Verdict: gates.Go, Subject: d.Subject, DecidedAt: now, ValidUntil: until}); bare.Authorizes(now, d.Subject) {
		t.Error("a go of nothing authorizes")
	}
}
