package sample

import (
	"time"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Decided is the moment of the packet: half an hour after the window opened.
var Decided = time.Date(2026, time.December, 9, 3, 30, 0, 0, time.UTC)

var seen = Decided.Add(-time.Minute)

// facts answers whatever plan and catalog ask, so that every gate is passed.
// The sign-offs are those of the subjects.
func facts(subjects gates.Subjects, components []component) fact.Set {
	set := fact.NewSet(numbers()...).WithResults(series()...).WithResults(lists()...).WithResults(
		answered(explored, approval("exploratory", "barbara", "support-lead", at("2026-12-04T15:00:00"))),
		answered(restored, approval("restore", "edsger", "sre-lead", at("2026-12-03T15:00:00"))),
		answered(change, approval("CHG-4471", "frances", "", at("2026-12-07T14:50:00"))),
		answered(signOffs, given(subjects)...))
	for _, q := range []struct {
		fact.Query
		environment string
	}{{inQA, "qa"}, {inStaging, "staging"}, {inLive, "production"}} {
		r := fact.Answer(q.Query, seen)
		for _, c := range components {
			r.Deployments = append(r.Deployments, fact.Deployment{ID: q.environment + "-" + c.name, Component: c.name, Version: c.version, Artifact: c.artifact,
				Environment: q.environment, Status: "succeeded", Finished: Decided.Add(-90 * time.Hour)})
		}
		set = set.WithResults(r)
	}
	return set
}

type component struct {
	name, version string
	artifact      value.Digest
}

func numbers() []fact.Result {
	all := []fact.Result{
		fact.AnswerNumber(released, seen, 31), fact.AnswerNumber(severe, seen, 0), fact.AnswerNumber(coverage, seen, 91.5),
		fact.AnswerNumber(rehearsal, at2("2026-12-03T15:40:00"), 11), fact.AnswerNumber(serving, seen, 5),
		fact.AnswerNumber(metric("checkout.errors", value.Percent), seen, 0.2),
		fact.AnswerNumber(metric("checkout.p95", value.Milliseconds), seen, 430),
		fact.AnswerNumber(metric("gift_card_orders", value.Percent), seen, 2.4),
	}
	for _, name := range []string{"unit", "regression", "end-to-end"} {
		s := suite(name)
		all = append(all, fact.AnswerNumber(s.Passed, seen, 912), fact.AnswerNumber(s.Failed, seen, 0), fact.AnswerNumber(s.Skipped, seen, 2))
	}
	return all
}

func series() []fact.Result {
	steady := func(q fact.Query, around float64) fact.Result {
		return samples(q, 10*time.Second, func(i int) float64 { return around + float64(i%7) - float64(i%2) })
	}
	half := func(q fact.Query) fact.Query {
		q = q.Over(30 * time.Minute)
		q.Yields.Shape = fact.SeriesShape
		return q
	}
	p95 := metric("checkout.p95.staging", value.Milliseconds)
	c := canary()
	steps := samples(c.Share, 10*time.Second, func(i int) float64 {
		return []float64{5, 25, 50, 100}[min(i*4/(int(4*soak/(10*time.Second))+1), 3)]
	})
	return []fact.Result{
		samples(openDefects, 6*time.Hour, func(i int) float64 { return float64(max(0, 30-i)) }),
		steady(half(p95), 400), steady(half(p95.With("release", "2026.11")), 402),
		steady(half(metric("checkout.p95", value.Milliseconds)), 400), steady(half(metric("checkout.p95.2026.11", value.Milliseconds)), 401),
		steady(c.Canary, 400), steady(c.Baseline, 401), steady(c.Full, 401), steps,
	}
}

// samples answers a series with a sample at every step of its window.
func samples(q fact.Query, every time.Duration, like func(i int) float64) fact.Result {
	r := fact.Answer(q, seen)
	r.Unit = q.Yields.Unit
	n := int(q.Window.Std() / every)
	for i := range n + 1 {
		r.Samples = append(r.Samples, fact.Sample{At: seen.Add(time.Duration(i-n) * every), Value: value.Number(like(i))})
	}
	return r
}

func lists() []fact.Result {
	list := func(q fact.Query, fill func(*fact.Result)) fact.Result {
		r := fact.Answer(q, seen)
		fill(&r)
		return r
	}
	t := Plan().Tracking
	done := func(id, title, status string, c fact.Category) fact.WorkItem {
		return fact.WorkItem{ID: id, Title: title, Type: "Story", Status: status, Category: c}
	}
	return []fact.Result{
		list(t.Scope[0], func(r *fact.Result) {
			r.WorkItems = []fact.WorkItem{done("REL-101", "Pay with a gift card", "Done", fact.Done), done("REL-102", "Confirm orders faster", "Done", fact.Done),
				done("REL-103", "Gift card balance in the apps", "In Progress", fact.InProgress), done("REL-104", "Shorter mails", "To Do", fact.ToDo)}
		}),
		list(t.Dependencies[0], func(r *fact.Result) {
			r.WorkItems = []fact.WorkItem{done("REL-120", "App store review", "Done", fact.Done)}
		}),
		list(t.OnCall[0], func(r *fact.Result) {
			r.Duties = []fact.Duty{{Policy: "Checkout", Level: 1, Account: fact.Account{System: "pagerduty", ID: "Pmargaret"},
				From: Decided.Add(-7 * 24 * time.Hour), Until: Decided.Add(7 * 24 * time.Hour)}}
		}),
		list(designs, func(r *fact.Result) {
			r.WorkItems = []fact.WorkItem{done("REL-90", "Gift cards at the checkout", "Done", fact.Done)}
		}),
		list(incidents, func(r *fact.Result) {
			r.Incidents = []fact.Incident{{ID: "P1", Title: "Slow mails", Status: "resolved"}}
		}),
		list(monitors, func(r *fact.Result) {
			r.States = []fact.State{{ID: "checkout", Title: "Checkout", Status: fact.Healthy}}
		}),
	}
}

func answered(q fact.Query, approvals ...fact.Approval) fact.Result {
	r := fact.Answer(q, seen)
	r.Approvals = approvals
	return r
}

func approval(id, person, role string, at value.When) fact.Approval {
	moment, err := at.Instant()
	if err != nil {
		panic(err)
	}
	return fact.Approval{ID: id, Role: role, Account: fact.Account{System: "jira", ID: person + "@example.com"}, Answer: fact.Approved, At: moment,
		Link: value.Link("https://jira.example.com/browse/" + id)}
}

// given are the sign-offs of the gates, as the compliance log has them.
func given(subjects gates.Subjects) []fact.Approval {
	log := logged()
	var all []fact.Approval
	for _, s := range subjects {
		for _, a := range log.ForGate(s.Gate) {
			if a.Status != compliance.Approved {
				continue
			}
			answer := approval(a.ID, a.By, "", a.At)
			answer.Gate, answer.Subject = s.Gate, s.Digest
			all = append(all, answer)
		}
	}
	return all
}

// at2 is a moment in the operating zone, in winter.
func at2(local string) time.Time {
	t, err := at(local).Instant()
	if err != nil {
		panic(err)
	}
	return t
}
