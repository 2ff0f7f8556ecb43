package gates_test

import (
	"math"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The tests of this file are the fail-closed table, one a row. Each proves the
// sound situation first, so that it cannot pass for another reason.

func TestResultMissingOrQueryFailed(t *testing.T) {
	c := gates.AtMost("p95", latency, 450)
	wantVerdict(t, alone(c).with(num(latency, 400)), gates.Go)
	wantOutcome(t, alone(c), gates.Unknown, gates.CodeMissing)
	for _, code := range []string{"timeout", "connector-down", "unauthorized"} {
		wantOutcome(t, alone(c).with(fact.AnswerFailure(latency, now, code, "")), gates.Unknown, gates.CodeFailed)
	}
	wantOutcome(t, alone(c.WhenMissing(gates.Fail, "")), gates.Fail, gates.CodeDeclared)
	wantOutcome(t, alone(c.WhenMissing(gates.Pass, "")), gates.Unknown, gates.CodeMissing)
	wantOutcome(t, alone(c.WhenMissing(gates.Warn, "")), gates.Unknown, gates.CodeMissing)
	s := alone(c.WhenMissing(gates.Pass, "the probe is not deployed there"))
	wantOutcome(t, s, gates.Pass, gates.CodeDeclared)
	if got := s.first(t).Outcomes[0].Detail; got != "the probe is not deployed there" {
		t.Errorf("the reason is not written down: %q", got)
	}
	wantOutcome(t, alone(c.WhenMissing(gates.Pass, "no probe")).with(num(latency, 470)), gates.Fail, gates.CodeNotMet)
	incomplete := num(latency, 400)
	incomplete.Complete = false
	wantOutcome(t, alone(c.WhenMissing(gates.Pass, "no probe")).with(incomplete), gates.Unknown, gates.CodeIncomplete)
}

func TestResultIncomplete(t *testing.T) {
	r := items(issues, fact.Done, fact.Done)
	wantVerdict(t, alone(gates.Done("scope", issues)).with(r), gates.Go)
	r.Complete = false
	wantOutcome(t, alone(gates.Done("scope", issues)).with(r), gates.Unknown, gates.CodeIncomplete)
	n := num(latency, 400)
	n.Complete = false
	wantOutcome(t, alone(gates.AtMost("p95", latency, 450)).with(n), gates.Unknown, gates.CodeIncomplete)
}

func TestZeroOutOfNothing(t *testing.T) {
	none := gates.None("blockers", blockers)
	wantVerdict(t, alone(none).with(num(blockers, 0), num(allIssues, 31)), gates.Go)
	wantOutcome(t, alone(none).with(num(blockers, 0), num(allIssues, 0)), gates.Unknown, gates.CodeVacuous)
	wantOutcome(t, alone(none).with(num(blockers, 0)), gates.Unknown, gates.CodeVacuous)
	wantOutcome(t, alone(none).with(num(blockers, 0), fact.AnswerFailure(allIssues, now, "timeout", "")), gates.Unknown, gates.CodeVacuous)
	unasked := blockers
	unasked.Population = fact.Ask{}
	wantOutcome(t, alone(gates.None("blockers", unasked)).with(num(unasked, 0), num(allIssues, 31)), gates.Unknown, gates.CodeVacuous)
	wantOutcome(t, alone(gates.AtMost("blockers", unasked, 3)).with(num(unasked, 0)), gates.Unknown, gates.CodeVacuous)
	wantOutcome(t, alone(gates.AtMost("blockers", blockers, 3)).with(num(blockers, 0), num(allIssues, 31)), gates.Pass, gates.CodeMet)
	wantOutcome(t, alone(gates.Between("blockers", unasked, 0, 3)).with(num(unasked, 0)), gates.Unknown, gates.CodeVacuous)
	wantOutcome(t, alone(gates.Done("scope", issues)).with(items(issues)), gates.Unknown, gates.CodeVacuous)
	wantOutcome(t, alone(gates.Count("open", issues, gates.Match{Category: fact.ToDo}, 0, 0)).with(items(issues)), gates.Unknown, gates.CodeVacuous)
	wantOutcome(t, alone(gates.Count("open", issues, gates.Match{Category: fact.ToDo}, 0, 0)).with(items(issues, fact.Done)), gates.Pass, gates.CodeMet)
	wantOutcome(t, alone(gates.Approved("change", change)).with(approvalsOf(change)), gates.Unknown, gates.CodeVacuous)
}

func TestPopulationHasToBeSoundItself(t *testing.T) {
	none := gates.None("blockers", blockers)
	stale := num(allIssues, 31)
	stale.ObservedAt = now.Add(-time.Hour)
	incomplete := num(allIssues, 31)
	incomplete.Complete = false
	for name, population := range map[string]fact.Result{
		"stale": stale, "incomplete": incomplete,
		"not a number": num(allIssues, math.NaN()), "negative": num(allIssues, -1),
	} {
		t.Run(name, func(t *testing.T) {
			wantOutcome(t, alone(none).with(num(blockers, 0), population), gates.Unknown, gates.CodeVacuous)
		})
	}
}

func TestTooFewAndNoBaseline(t *testing.T) {
	ratio := gates.AtMost("errors", errorsQ, 0.5).DividedBy(requests, 1000, value.Percent)
	wantVerdict(t, alone(ratio).with(num(errorsQ, 4), num(requests, 1000)), gates.Go)
	wantVerdict(t, alone(ratio).with(num(errorsQ, 0), num(requests, 1000)), gates.Go)
	wantOutcome(t, alone(ratio).with(num(errorsQ, 6), num(requests, 1000)), gates.Fail, gates.CodeNotMet)
	wantOutcome(t, alone(ratio).with(num(errorsQ, 0), num(requests, 999)), gates.Unknown, gates.CodeTooFew)
	wantOutcome(t, alone(ratio).with(num(errorsQ, 0), num(requests, 0)), gates.Unknown, gates.CodeTooFew)
	wantOutcome(t, alone(ratio).with(num(errorsQ, 0)), gates.Unknown, gates.CodeMissing)

	compared := gates.AtMost("regression", hourly, 0).ComparedWith(baseline, 30)
	compared.AtMost.Limit.Value = 1.1
	sound := minutely(baseline, now, 60, 400)
	wantVerdict(t, alone(compared).with(minutely(hourly, now, 60, 420), sound), gates.Go)
	wantOutcome(t, alone(compared).with(minutely(hourly, now, 60, 450), sound), gates.Fail, gates.CodeNotMet)
	sparse := func(q fact.Query) fact.Result { // every 5 minutes: the window is covered by 12 samples
		r := minutely(q, now, 60, 400)
		var kept []fact.Sample
		for i := 4; i < 60; i += 5 {
			kept = append(kept, r.Samples[i])
		}
		r.Samples = kept
		return r
	}
	wantOutcome(t, alone(compared).with(sparse(hourly), sound), gates.Unknown, gates.CodeTooFew)
	wantOutcome(t, alone(compared).with(minutely(hourly, now, 60, 420), sparse(baseline)), gates.Unknown, gates.CodeTooFew)
	wantOutcome(t, alone(compared).with(minutely(hourly, now, 60, 420)), gates.Unknown, gates.CodeNoBaseline)
	wantOutcome(t, alone(compared).with(minutely(hourly, now, 60, 420), minutely(baseline, now, 60, 0)), gates.Unknown, gates.CodeNoBaseline)
}

func TestAbsentNeedsProofOfTraffic(t *testing.T) {
	empty := minutely(hourly, now, 0, 0)
	plain := gates.AtMost("p95", hourly, 450)
	wantOutcome(t, alone(plain).with(empty, num(requests, 5000)), gates.Unknown, gates.CodeGap)
	declared := plain.AbsentMeans(0, requests, 1000)
	wantVerdict(t, alone(declared).with(empty, num(requests, 1000)), gates.Go)
	wantOutcome(t, alone(declared).with(empty, num(requests, 999)), gates.Unknown, gates.CodeTooFew)
	wantOutcome(t, alone(declared).with(empty), gates.Unknown, gates.CodeVacuous)
	incomplete := empty
	incomplete.Complete = false
	wantOutcome(t, alone(declared).with(incomplete, num(requests, 5000)), gates.Unknown, gates.CodeIncomplete)
}

func TestNotANumberOrOtherUnit(t *testing.T) {
	most, least := gates.AtMost("p95", latency, 450), gates.AtLeast("p95", latency, 0)
	for _, c := range []gates.Criterion{most, least, gates.Between("p95", latency, 0, 450)} {
		wantVerdict(t, alone(c).with(num(latency, 400)), gates.Go)
		for _, n := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			wantOutcome(t, alone(c).with(num(latency, n)), gates.Unknown, gates.CodeNotANumber)
		}
		for _, unit := range []value.Unit{value.Seconds, value.Count, "", "furlong"} {
			r := num(latency, 0.4)
			r.Value.Unit = unit
			wantOutcome(t, alone(c).with(r), gates.Unknown, gates.CodeUnit)
		}
		absent := num(latency, 400)
		absent.Value = value.Quantity{}
		wantOutcome(t, alone(c).with(absent), gates.Unknown, gates.CodeUnit)
	}
	wantOutcome(t, alone(gates.AtMost("open", blockers, 3)).with(num(blockers, -1), num(allIssues, 31)), gates.Unknown, gates.CodeNotANumber)
	wantOutcome(t, alone(gates.None("open", blockers)).with(num(blockers, -1), num(allIssues, 31)), gates.Unknown, gates.CodeNotANumber)
	noisy := minutely(hourly, now, 61, 400)
	noisy.Samples[30].Value = value.Number(math.NaN())
	wantOutcome(t, alone(gates.AtMost("p95", hourly, 450)).with(noisy), gates.Unknown, gates.CodeNotANumber)
	other := minutely(hourly, now, 61, 400)
	other.Unit = value.Seconds
	wantOutcome(t, alone(gates.AtMost("p95", hourly, 450)).with(other), gates.Unknown, gates.CodeUnit)
}

func TestStaleOrFromTheFuture(t *testing.T) {
	seen := func(c gates.Criterion, age time.Duration) scene {
		return alone(c).with(fact.AnswerNumber(latency, now.Add(-age), 400))
	}
	c := gates.AtMost("p95", latency, 450)
	wantOutcome(t, seen(c, 15*time.Minute), gates.Pass, gates.CodeMet)
	wantOutcome(t, seen(c, 15*time.Minute+1), gates.Unknown, gates.CodeStale)
	wantOutcome(t, seen(c.FreshWithin(time.Minute), time.Minute+1), gates.Unknown, gates.CodeStale)
	wantOutcome(t, seen(c.FreshWithin(time.Hour), time.Hour), gates.Pass, gates.CodeMet)
	wantOutcome(t, seen(c, -2*time.Minute), gates.Pass, gates.CodeMet)
	wantOutcome(t, seen(c, -2*time.Minute-1), gates.Unknown, gates.CodeFuture)
	wantOutcome(t, seen(c.OfAnyAge(""), 365*24*time.Hour), gates.Unknown, gates.CodeStale)
	wantOutcome(t, seen(c.OfAnyAge("measured once, at the rehearsal"), 365*24*time.Hour), gates.Pass, gates.CodeMet)
	wantOutcome(t, seen(c.OfAnyAge("measured once"), -time.Hour), gates.Unknown, gates.CodeFuture)
	unobserved := num(latency, 400)
	unobserved.ObservedAt = time.Time{}
	wantOutcome(t, alone(c.OfAnyAge("measured once")).with(unobserved), gates.Unknown, gates.CodeUnobserved)
	negative := c
	negative.MaxAge = -1
	wantOutcome(t, seen(negative, 0), gates.Unknown, gates.CodeBadTest)
	s := seen(c, 10*time.Minute)
	s.catalog.MaxAge = value.Duration(5 * time.Minute)
	wantOutcome(t, s, gates.Unknown, gates.CodeStale)
	s = seen(c, -5*time.Minute)
	s.catalog.ClockSkew = value.Duration(10 * time.Minute)
	wantOutcome(t, s, gates.Pass, gates.CodeMet)
}

func TestTwoResultsForOneQuery(t *testing.T) {
	c := gates.AtMost("p95", latency, 450)
	wantOutcome(t, alone(c).with(num(latency, 400), num(latency, 400)), gates.Unknown, gates.CodeDuplicate)
	wantOutcome(t, alone(c).with(num(latency, 400), fact.AnswerFailure(latency, now, "timeout", "")), gates.Unknown, gates.CodeDuplicate)
	// also where the set is out of order and the two are apart
	s := alone(c)
	in := s.input()
	in.Facts = fact.Set{Results: []fact.Result{num(latency, 400), num(allIssues, 3), num(latency, 400)}}
	if a := gates.Evaluate(s.catalog, in).Gates[0].Outcomes[0]; a.Code != gates.CodeDuplicate {
		t.Errorf("code %s, want %s", a.Code, gates.CodeDuplicate)
	}
}

func TestWindowNotCoveredBySamples(t *testing.T) {
	c := gates.AtMost("p95", latency, 450).SustainedFor(time.Hour)
	if q := c.AtMost.Query; q != hourly {
		t.Fatalf("the window does not travel in the query: %v", q)
	}
	full := minutely(hourly, now, 60, 400)
	wantVerdict(t, alone(c).with(full), gates.Go)
	one := minutely(hourly, now, 60, 400)
	one.Samples[20].Value = 451
	wantOutcome(t, alone(c).with(one), gates.Fail, gates.CodeNotMet)
	early := minutely(hourly, now, 120, 400)
	early.Samples[30].Value = 451 // before the window begins
	wantOutcome(t, alone(c).with(early), gates.Pass, gates.CodeMet)
	wantOutcome(t, alone(c).with(minutely(hourly, now, 50, 400)), gates.Unknown, gates.CodeGap)
	wantOutcome(t, alone(c).with(minutely(hourly, now, 0, 400)), gates.Unknown, gates.CodeGap)
	hole := minutely(hourly, now, 60, 400)
	hole.Samples = append(hole.Samples[:20:20], hole.Samples[27:]...)
	wantOutcome(t, alone(c).with(hole), gates.Unknown, gates.CodeGap)
	wantOutcome(t, alone(c.WithMaxGap(10*time.Minute)).with(hole), gates.Pass, gates.CodeMet)
	wantOutcome(t, alone(c.WithMaxGap(30*time.Second)).with(full), gates.Unknown, gates.CodeGap)
	lapsed := minutely(hourly, now, 60, 400)
	lapsed.Samples = lapsed.Samples[:53]
	wantOutcome(t, alone(c).with(lapsed), gates.Unknown, gates.CodeGap)
	shuffled := minutely(hourly, now, 60, 400)
	shuffled.Samples[3], shuffled.Samples[4] = shuffled.Samples[4], shuffled.Samples[3]
	wantOutcome(t, alone(c).with(shuffled), gates.Unknown, gates.CodeGap)
	ahead := minutely(hourly, now, 60, 400)
	ahead.ObservedAt = now.Add(-time.Minute)
	wantOutcome(t, alone(c).with(ahead), gates.Unknown, gates.CodeFuture)
}

func TestNoOrSeveralOrUnknownTest(t *testing.T) {
	facts := []fact.Result{num(latency, 400), num(blockers, 0), num(allIssues, 31)}
	two := gates.AtMost("two", latency, 450)
	two.None = &gates.Zero{Query: blockers}
	misshapen := gates.AtMost("p95", issues, 3)
	otherUnit := gates.AtMost("p95", latency, 450)
	otherUnit.AtMost.Limit.Unit = value.Percent
	for name, c := range map[string]gates.Criterion{
		"no test":               {ID: "none"},
		"two tests":             two,
		"sustained count":       gates.None("blockers", blockers).SustainedFor(time.Hour),
		"threshold on a list":   misshapen,
		"limit in another unit": otherUnit,
		"limit not a number":    gates.AtMost("p95", latency, math.NaN()),
		"series without window": gates.AtMost("p95", fact.NewQuery("d", "m", fact.Series(value.Milliseconds)), 1),
		"no query":              gates.AtMost("p95", fact.Query{}, 1),
		"empty group":           gates.All("all"),
		"quorum of nothing":     gates.AtLeastOf("some", 0, gates.AtMost("p95", latency, 450)),
		"quorum too large":      gates.AtLeastOf("some", 2, gates.AtMost("p95", latency, 450)),
		"count below nothing":   gates.Count("open", issues, gates.Match{}, 2, 1),
		"match that cannot":     gates.Count("open", issues, gates.Match{Answer: "pending"}, 0, 0),
		"approvals of work":     gates.Approved("change", issues),
		"work of approvals":     gates.Done("scope", change),
	} {
		t.Run(name, func(t *testing.T) {
			wantOutcome(t, alone(c).with(facts...), gates.Unknown, gates.CodeBadTest)
		})
	}
}

func TestNothingToEvaluate(t *testing.T) {
	if v := gates.Evaluate(gates.Catalog{}, gates.Input{Now: now}).Verdict(); v != gates.Hold {
		t.Errorf("an empty catalog is %s", v)
	}
	wantVerdict(t, alone(), gates.Hold, gates.CodeNoCriteria)
	optional := gates.AtMost("p95", latency, 450).AsOptional()
	wantVerdict(t, alone(optional).with(num(latency, 400)), gates.Hold, gates.CodeNoCriteria)
	noClock := alone(gates.AtMost("p95", latency, 450)).with(num(latency, 400))
	noClock.now = time.Time{}
	wantVerdict(t, noClock, gates.Hold, gates.CodeNoClock)
	wantOutcome(t, noClock, gates.Unknown, gates.CodeNoClock)
}

func TestCustomCheckMissingOrPanicking(t *testing.T) {
	s := alone(gates.Checked("review", gates.Custom{Name: "reviewed", Queries: []fact.Query{issues}})).with(items(issues, fact.Done))
	checks := func(f gates.CheckFunc) map[string]gates.CheckFunc { return map[string]gates.CheckFunc{"reviewed": f} }
	says := func(o gates.Outcome) gates.CheckFunc {
		return func(gates.CheckInput) gates.Judgement { return gates.Judgement{Outcome: o} }
	}
	s.custom = checks(says(gates.Pass))
	wantVerdict(t, s, gates.Go)
	s.custom = nil
	wantOutcome(t, s, gates.Unknown, gates.CodeNoCheck)
	s.custom = checks(nil)
	wantOutcome(t, s, gates.Unknown, gates.CodeNoCheck)
	s.custom = checks(func(gates.CheckInput) gates.Judgement { panic("broken") })
	wantOutcome(t, s, gates.Unknown, gates.CodeCheckPanicked)
	s.custom = checks(says(gates.Unknown))
	wantOutcome(t, s, gates.Unknown, gates.CodeUndecided)
	s.custom = checks(says(99))
	wantOutcome(t, s, gates.Unknown, gates.CodeUndecided)
	s.facts = nil
	s.custom = checks(func(gates.CheckInput) gates.Judgement {
		t.Error("the check was called without its facts")
		return gates.Judgement{Outcome: gates.Pass}
	})
	wantOutcome(t, s, gates.Unknown, gates.CodeMissing)
}

func TestGateWithoutSignOffsOrSubject(t *testing.T) {
	s := alone(gates.AtMost("p95", latency, 450)).with(num(latency, 400))
	wantVerdict(t, s, gates.Go)
	s.catalog.Gates[0].NoSignOffs = ""
	wantVerdict(t, s, gates.Hold, gates.CodeNoSignOffs)

	s = signed(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"}).answered(yes("ada"))
	wantVerdict(t, s, gates.Go)
	s.bare = true
	d := wantVerdict(t, s, gates.Hold, gates.CodeNoSubject, gates.CodeQuorum)
	if len(d.Refused) != 1 || d.Refused[0].Code != gates.CodeOtherSubject {
		t.Errorf("the approval counts without a subject: %+v", d.Refused)
	}
}

func TestWaiverThatDoesNotHold(t *testing.T) {
	slow := alone(gates.AtMost("p95", latency, 450)).with(num(latency, 470))
	waiver := gates.Waiver{Gate: "production/entry", Criterion: "p95", Grant: grant()}
	d := wantVerdict(t, slow.waived(waiver), gates.Go)
	if a := d.Outcomes[0]; a.Raw != gates.Fail || a.Effective != gates.Pass {
		t.Errorf("raw %s, effective %s: both have to be kept", a.Raw, a.Effective)
	}
	tests := map[string]struct {
		edit  func(*gates.Waiver)
		state gates.WaiveState
		code  gates.Code
	}{
		"no reason":              {func(w *gates.Waiver) { w.Reason = " " }, gates.WaiverRefused, gates.Code(check.NoReason)},
		"no approver":            {func(w *gates.Waiver) { w.Approver = "" }, gates.WaiverRefused, gates.Code(check.NoApprover)},
		"no requester":           {func(w *gates.Waiver) { w.Requester = "" }, gates.WaiverRefused, gates.Code(check.NoRequester)},
		"no expiry":              {func(w *gates.Waiver) { w.Expires = value.When{} }, gates.WaiverRefused, gates.Code(check.NoExpiry)},
		"no gate":                {func(w *gates.Waiver) { w.Gate = "" }, gates.WaiverRefused, gates.CodeNoScope},
		"no criterion":           {func(w *gates.Waiver) { w.Criterion = "" }, gates.WaiverRefused, gates.CodeNoScope},
		"criterion and freeze":   {func(w *gates.Waiver) { w.Freeze = "holiday" }, gates.WaiverRefused, gates.CodeNoScope},
		"expired":                {func(w *gates.Waiver) { w.Expires = value.At(now) }, gates.WaiverRefused, gates.Code(check.Expired)},
		"approver is requester":  {func(w *gates.Waiver) { w.Requester = "ada" }, gates.WaiverRefused, gates.Code(check.SelfApproved)},
		"approver is nobody":     {func(w *gates.Waiver) { w.Approver = "ada-gh" }, gates.WaiverRefused, gates.CodeUnknownPerson},
		"matches nothing":        {func(w *gates.Waiver) { w.Criterion = "p99" }, gates.WaiverOrphan, gates.CodeOrphan},
		"of a gate that is gone": {func(w *gates.Waiver) { w.Gate = "staging/exit" }, gates.WaiverOrphan, gates.CodeOrphan},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := waiver
			tt.edit(&w)
			s := slow.waived(w)
			wantVerdict(t, s, gates.NoGo, gates.CodeCriterionFailed)
			d := s.decide()
			if use := d.Waivers[0]; use.State != tt.state || use.Code != tt.code {
				t.Errorf("the waiver is %s %s, want %s %s", use.State, use.Code, tt.state, tt.code)
			}
			if len(d.Findings()) == 0 {
				t.Error("it is not reported")
			}
		})
	}
}

func TestWaiverOfWhatCannotBeWaived(t *testing.T) {
	waiver := gates.Waiver{Gate: "production/entry", Criterion: "p95", Grant: grant()}
	closed := alone(gates.AtMost("p95", latency, 450).WithoutWaivers()).with(num(latency, 470)).waived(waiver)
	wantVerdict(t, closed, gates.NoGo)
	if use := closed.decide().Waivers[0]; use.Code != gates.CodeNotWaivable {
		t.Errorf("the waiver is %s %s", use.State, use.Code)
	}
	ignorant := alone(gates.AtMost("p95", latency, 450)).waived(waiver)
	wantVerdict(t, ignorant, gates.Hold)
	if use := ignorant.decide().Waivers[0]; use.State != gates.WaiverUnused {
		t.Errorf("a waiver that does not speak of Unknown is %s", use.State)
	}
	waiver.CoversUnknown = true
	wantVerdict(t, alone(gates.AtMost("p95", latency, 450)).waived(waiver), gates.Go)
	twice := alone(gates.AtMost("p95", latency, 450), gates.AtMost("p95", latency, 400)).with(num(latency, 470)).waived(waiver)
	wantVerdict(t, twice, gates.NoGo, gates.CodeDuplicateID)
}
