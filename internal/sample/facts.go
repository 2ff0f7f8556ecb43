package sample

import (
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Facts answers everything that the catalog asks, and what the plan is refreshed
// from, a minute before now, so that every gate is passed by a plan that is as
// far as [Ready] and a refresh changes nothing. A kind of test that it does not
// know panics.
func Facts(plan release.Plan, catalog gates.Catalog, now time.Time) fact.Set {
	a := answers{plan: plan, now: now, seen: now.Add(-time.Minute)}
	for _, g := range catalog.Gates {
		a.environment = g.Environment
		for _, c := range g.Criteria {
			a.criterion(c)
		}
	}
	a.signOffs(catalog)
	a.tracking()
	return fact.NewSet(a.results...)
}

// Checks is the code that the catalog names: what is asked is more than nothing.
func Checks() map[string]gates.CheckFunc {
	return map[string]gates.CheckFunc{"smoke": func(in gates.CheckInput) gates.Judgement {
		if in.Results[0].Value.Value <= 0 {
			return gates.Judgement{Outcome: gates.Fail, Detail: "no smoke test passed"}
		}
		return gates.Judgement{Outcome: gates.Pass}
	}}
}

// answers are those given so far, each query's first.
type answers struct {
	plan        release.Plan
	now, seen   time.Time
	environment string
	results     []fact.Result
}

// add keeps a result, and answers its population with 31 things.
func (a *answers) add(r fact.Result) {
	if population, ok := r.Query.Counted(); ok {
		a.add(fact.AnswerNumber(population, a.seen, 31))
	}
	if !slices.ContainsFunc(a.results, func(o fact.Result) bool { return o.Query.Ask == r.Query.Ask }) {
		a.results = append(a.results, r)
	}
}

// number answers with a number, or with a sample of about it each half minute.
func (a *answers) number(q fact.Query, n float64) {
	if q.Yields.Shape == fact.NumberShape {
		a.add(fact.AnswerNumber(q, a.seen, n))
		return
	}
	a.series(q, 30*time.Second, func(i int, _ time.Duration) float64 { return n * (1 + float64(i*7%11-5)/1000) })
}

// series answers with samples that cover the window, the newest one last; ago
// is how long before it each one is.
func (a *answers) series(q fact.Query, every time.Duration, at func(i int, ago time.Duration) float64) {
	r := fact.Answer(q, a.seen)
	r.Unit = q.Yields.Unit
	n := int(q.Window.Std() / every)
	for i := range n + 1 {
		ago := time.Duration(n-i) * every
		r.Samples = append(r.Samples, fact.Sample{At: a.seen.Add(-ago), Value: value.Number(at(i, ago))})
	}
	a.add(r)
}

// list answers with items.
func (a *answers) list(q fact.Query, fill func(*fact.Result)) {
	r := fact.Answer(q, a.seen)
	fill(&r)
	a.add(r)
}

func (a *answers) criterion(c gates.Criterion) {
	for _, child := range c.Children() {
		a.criterion(child)
	}
	switch {
	case c.AtMost != nil:
		limit := c.AtMost.Limit
		if !c.AtMost.Warn.IsZero() {
			limit = c.AtMost.Warn
		}
		a.measure(c.AtMost.Measure, limit, 0.9)
	case c.AtLeast != nil:
		a.measure(c.AtLeast.Measure, c.AtLeast.Limit, 1.1)
	case c.Between != nil:
		a.measure(c.Between.Measure, value.Quantity{Value: (c.Between.Low.Value + c.Between.High.Value) / 2, Unit: c.Between.Low.Unit}, 1)
	case c.Custom != nil:
		for _, q := range c.Custom.Queries {
			a.number(q, 12)
		}
	case len(c.Kinds.Tests()) == 1:
		a.kind(c.Kinds)
	case len(c.Children()) == 0:
		panic(fmt.Sprintf("sample: criterion %s has no test", c.ID))
	}
}

// measure answers so that the measure comes out at part of the limit.
func (a *answers) measure(m gates.Measure, limit value.Quantity, part float64) {
	at := float64(limit.Value) * part
	switch {
	case !m.Per.Query.IsZero():
		ratio, _ := limit.In(value.Ratio)
		a.number(m.Per.Query, 4*float64(m.Per.Min))
		at = float64(ratio) * part * 4 * float64(m.Per.Min)
	case !m.Baseline.Query.IsZero():
		at = 400
		a.number(m.Baseline.Query, at)
	}
	if !m.Absent.Proof.IsZero() {
		a.number(m.Absent.Proof, 2*float64(m.Absent.Min))
	}
	a.number(m.Query, at)
}

func (a *answers) kind(k probe.Kinds) {
	switch {
	case k.None != nil:
		a.number(k.None.Query, 0)
	case k.Count != nil:
		a.workItems(k.Count.Query)
	case k.Done != nil:
		a.workItems(k.Done.Query)
	case k.Approved != nil:
		a.approval(k.Approved.Query, fact.Approval{ID: "consent", Answer: fact.Approved, At: a.now.Add(-36 * time.Hour)})
	case k.Attested != nil:
		a.approval(k.Attested.Query, fact.Approval{ID: "step", Answer: fact.Approved, At: a.now.Add(-4 * day), Account: a.account(k.Attested.Role),
			Link: "https://evidence.example.com/2026.12.0/steps"})
	case k.Canary != nil:
		a.canary(k.Canary)
	case k.BurnDown != nil:
		a.series(k.BurnDown.Query, day, func(i int, ago time.Duration) float64 { return float64(ago/day) * 2 })
	case k.Budget != nil:
		a.errors(k.Budget.Errors)
	case k.BurnRate != nil:
		a.errors(k.BurnRate.Long)
		a.errors(k.BurnRate.Short)
	case k.Suite != nil:
		a.suite(k.Suite)
	case k.Rehearsed != nil:
		r := fact.AnswerNumber(k.Rehearsed.Took, a.seen, 11)
		r.ObservedAt = time.Date(2026, time.December, 3, 20, 40, 0, 0, time.UTC)
		a.add(r)
	default:
		a.state(k)
	}
}

// state answers what asks how things are now, or nothing at all.
func (a *answers) state(k probe.Kinds) {
	switch {
	case k.Healthy != nil:
		a.list(k.Healthy.Query, func(r *fact.Result) {
			for _, c := range a.plan.Overview.Components {
				r.States = append(r.States, fact.State{ID: c.Name, Title: c.Name + " is up", Status: fact.Healthy})
			}
		})
	case k.Quiet != nil:
		a.list(k.Quiet.Query, func(*fact.Result) {})
	case k.Deployed != nil:
		a.deployed(k.Deployed)
	case k.Inside != nil, k.Checklist != nil: // the plan says it
	default:
		panic("sample: a kind of test that has no answer")
	}
}

func (a *answers) workItems(q fact.Query) {
	a.list(q, func(r *fact.Result) {
		r.WorkItems = []fact.WorkItem{{ID: "REL-131", Title: "Gift card field", Category: fact.Done}, {ID: "REL-132", Title: "Gift card mail", Category: fact.Done}}
	})
}

func (a *answers) approval(q fact.Query, given fact.Approval) {
	a.list(q, func(r *fact.Result) { r.Approvals = []fact.Approval{given} })
}

// errors are a tenth of a thousandth of all events.
func (a *answers) errors(e probe.Errors) {
	a.number(e.Total, 100*float64(e.Min))
	a.number(e.Bad, float64(e.Min)/100)
}

func (a *answers) suite(s *probe.Suite) {
	a.number(s.Passed, float64(s.Least+12))
	a.number(s.Failed, 0)
	a.number(s.Skipped, 0)
	if !s.Coverage.IsZero() {
		a.number(s.Coverage, float64(s.LeastCoverage.Value)+4.2)
	}
}

// canary is as fast as what is beside it, and took the steps one after the
// other: the last one has lasted twice its time.
func (a *answers) canary(c *probe.Canary) {
	for _, q := range []fact.Query{c.Canary, c.Baseline, c.Full} {
		if !q.IsZero() {
			a.number(q, 400)
		}
	}
	a.series(c.Share, 30*time.Second, func(_ int, ago time.Duration) float64 {
		left := c.Steps[len(c.Steps)-1].Soak.Std()
		for _, step := range slices.Backward(c.Steps) {
			if left += step.Soak.Std(); ago <= left {
				return float64(step.Share)
			}
		}
		return 0
	})
}

func (a *answers) deployed(d *probe.Deployed) {
	a.list(d.Query, func(r *fact.Result) {
		for _, c := range a.plan.Overview.Components {
			r.Deployments = append(r.Deployments, fact.Deployment{ID: a.environment + "/" + c.Name, Component: c.Name, Version: c.Version,
				Artifact: c.Artifact, Environment: a.environment, Status: d.Succeeded[0], Finished: a.now.Add(-20 * time.Minute)})
		}
	})
}

// account is one of whoever holds the role.
func (a *answers) account(role string) fact.Account {
	r, _ := a.plan.Directory.Role(role)
	p, _ := a.plan.Directory.Person(r.Holders[0])
	return p.Accounts[0]
}

// signedAt are the moments at which gates are signed, those that are not named
// a day before now.
var signedAt = map[string]value.When{
	"dev/entry": at("2026-11-24T10:00:00"), "dev/exit": at("2026-12-01T17:00:00"), "qa/entry": at("2026-12-02T09:00:00"),
	"qa/exit": at("2026-12-04T17:00:00"), "staging/entry": at("2026-12-04T08:30:00"), "staging/exit": at("2026-12-04T17:30:00"),
	"production/entry": at("2026-12-08T21:30:00"), "production/exit": at("2026-12-09T00:20:00"),
}

// signOffs answers for every sign-off of every gate: whoever holds the role, or
// the delegate's if that one is an author.
func (a *answers) signOffs(catalog gates.Catalog) {
	if len(catalog.Approvals) == 0 {
		return
	}
	a.list(catalog.Approvals[0], func(r *fact.Result) {
		authors := a.plan.Authors()
		for i, subject := range gates.SubjectsOf(a.plan, catalog) {
			for _, s := range catalog.SignOffs(catalog.Gates[i]) {
				role, _ := a.plan.Directory.Role(s.Role)
				if slices.ContainsFunc(role.Holders, func(id string) bool { return slices.Contains(authors, id) }) {
					s.Role = s.Delegate
				}
				at, err := signedAt[subject.Gate].Instant()
				if err != nil {
					at = a.now.Add(-day)
				}
				r.Approvals = append(r.Approvals, fact.Approval{ID: subject.Gate + " by " + s.Role, Gate: subject.Gate, Subject: subject.Digest,
					Account: a.account(s.Role), Answer: fact.Approved, At: at, Link: "https://jira.example.com/browse/REL-140"})
			}
		}
	})
}
