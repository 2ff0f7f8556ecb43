package gates_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var (
	p95      = fact.NewQuery("datadog", "metric", fact.Number(value.Milliseconds)).With("query", "p95:checkout.latency{env:staging}")
	failures = fact.NewQuery("datadog", "metric", fact.Number(value.Count)).With("query", "errors{env:staging}")
	traffic  = fact.NewQuery("datadog", "metric", fact.Number(value.Count)).With("query", "requests{env:staging}")
	release1 = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 2026.12.0")
	blocking = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 2026.12.0 AND priority = Blocker").OutOf(release1)
	stories  = fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", "fixVersion = 2026.12.0")
	chg      = fact.NewQuery("jira", "approvals", fact.Approvals()).With("issue", "CHG-4471")
)

// A gate is decided from facts. What nobody knows holds it.
func ExampleEvaluate() {
	catalog := gates.NewCatalog(
		gates.Exit("staging", gates.AtMost("p95", p95, 450), gates.None("blockers", blocking)).
			WithoutSignOffs("an example"),
	)
	now := time.Date(2026, 12, 8, 21, 0, 0, 0, time.UTC)
	in := gates.Input{Now: now, Subjects: gates.SubjectsOf(release.Plan{}, catalog)}

	in.Facts = fact.NewSet(fact.AnswerNumber(p95, now, 412), fact.AnswerNumber(blocking, now, 0), fact.AnswerNumber(release1, now, 31))
	fmt.Print(gates.Evaluate(catalog, in).Gates[0].Explain())

	in.Facts = fact.NewSet(fact.AnswerNumber(p95, now, 412), fact.AnswerNumber(blocking, now, 0))
	fmt.Print(gates.Evaluate(catalog, in).Gates[0].Explain())
	// Output:
	// staging/exit: go until 2026-12-08T21:15:00Z
	//   pass p95: 412 ms against 450 ms, met, seen 0s before
	//   pass blockers: 0 against 0, met, seen 0s before
	// staging/exit: hold
	//   hold because blockers: 0 against 0, zero out of nothing proves nothing
	//   pass p95: 412 ms against 450 ms, met, seen 0s before
	//   unknown blockers: 0 against 0, zero out of nothing proves nothing, seen 0s before
}

// A catalog that is decided again and again is prepared once.
func ExamplePrepare() {
	catalog := gates.NewCatalog(gates.Entry("production", gates.AtMost("p95", p95, 450)).WithoutSignOffs("an example"))
	prepared := gates.Prepare(catalog)
	subjects := gates.SubjectsOf(release.Plan{}, catalog)
	start := time.Date(2026, 12, 8, 21, 0, 0, 0, time.UTC)
	facts := fact.NewSet(fact.AnswerNumber(p95, start, 412))
	for _, minutes := range []time.Duration{0, 15, 30} {
		now := start.Add(minutes * time.Minute)
		d := prepared.Evaluate(gates.Input{Facts: facts, Now: now, Subjects: subjects}).Gates[0]
		fmt.Println(d.Verdict, d.Authorizes(now, subjects[0].Digest))
	}
	// Output:
	// go true
	// hold false
	// hold false
}

// Thresholds are in the unit of their query and are kept at the limit itself.
func ExampleAtMost() {
	c := gates.AtMost("p95", p95, 450).SustainedFor(time.Hour).FreshWithin(5 * time.Minute).WarnAt(400)
	fmt.Println(c.AtMost.Limit, c.AtMost.Warn, c.AtMost.Query.Window, c.MaxAge)
	// Output: 450 ms 400 ms PT1H PT5M
}

func ExampleAtLeast() {
	c := gates.AtLeast("requests", traffic, 1000)
	fmt.Println(c.ID, c.AtLeast.Limit)
	// Output: requests 1000
}

func ExampleBetween() {
	c := gates.Between("requests", traffic, 1000, 5000)
	fmt.Println(c.Between.Low, c.Between.High)
	// Output: 1000 5000
}

// A ratio says nothing below a minimum of traffic.
func ExampleCriterion_DividedBy() {
	c := gates.AtMost("errors", failures, 0.5).DividedBy(traffic, 1000, value.Percent)
	fmt.Println(c.AtMost.Limit, c.AtMost.Per.Min)
	// Output: 0.5% 1000
}

// None is out of a population: a search that could have found something.
func ExampleNone() {
	c := gates.None("blockers", blocking)
	population, ok := c.None.Query.Counted()
	fmt.Println(ok, population)
	// Output: true jira count {"jql":"fixVersion = 2026.12.0"}
}

func ExampleCount() {
	c := gates.Count("in progress", stories, gates.Match{Category: fact.InProgress}, 0, 2)
	fmt.Println(c.Count.Least, c.Count.Most, c.Count.Where.Category)
	// Output: 0 2 in-progress
}

func ExampleApproved() {
	fmt.Println(gates.Approved("change", chg).Approved.Query)
	// Output: jira approvals {"issue":"CHG-4471"}
}

func ExampleDone() {
	fmt.Println(gates.Done("scope", stories).Done.Query)
	// Output: jira items {"jql":"fixVersion = 2026.12.0"}
}

// Code enters by name, so that the catalog stays data.
func ExampleChecked() {
	c := gates.Checked("notes", gates.Custom{Name: "notes-reviewed", Queries: []fact.Query{stories}})
	checks := map[string]gates.CheckFunc{
		"notes-reviewed": func(in gates.CheckInput) gates.Judgement {
			for _, w := range in.Results[0].WorkItems {
				if w.Category != fact.Done {
					return gates.Judgement{Outcome: gates.Fail, Detail: w.ID + " is not reviewed"}
				}
			}
			return gates.Judgement{Outcome: gates.Pass}
		},
	}
	catalog := gates.NewCatalog(gates.Entry("production", c).WithoutSignOffs("an example"))
	now := time.Date(2026, 12, 8, 21, 0, 0, 0, time.UTC)
	r := fact.Answer(stories, now)
	r.WorkItems = []fact.WorkItem{{ID: "REL-101", Category: fact.InProgress}}
	d := gates.Evaluate(catalog, gates.Input{Facts: fact.NewSet(r), Now: now, Custom: checks, Subjects: gates.SubjectsOf(release.Plan{}, catalog)})
	fmt.Println(d.Verdict(), d.Gates[0].Outcomes[0].Sentence())
	// Output: no-go not met (REL-101 is not reviewed)
}

// Groups are three-valued: what is unknown counts only where it could matter.
func ExampleAtLeastOf() {
	fast, clean, done := gates.AtMost("p95", p95, 450), gates.None("blockers", blocking), gates.Done("scope", stories)
	for _, c := range []gates.Criterion{
		gates.All("all", fast, clean), gates.Any("any", fast, clean), gates.AtLeastOf("two of three", 2, fast, clean, done),
	} {
		fmt.Println(c.ID, len(c.Children()), len(c.Queries()))
	}
	// Output:
	// all 2 2
	// any 2 2
	// two of three 3 3
}

func ExampleEntry() {
	g := gates.Entry("production", gates.Approved("change", chg)).
		WithSignOffs(gates.SignOff{Role: "release-manager", Delegate: "deputy"}).
		WithEvidence("https://evidence.example.com/2026.12.0/production")
	fmt.Println(g.ID(), g.Evidence)
	// Output: production/entry https://evidence.example.com/2026.12.0/production
}

func ExampleExit() {
	fmt.Println(gates.Exit("staging").ID())
	// Output: staging/exit
}

// A catalog knows everything that has to be asked, each question once.
func ExampleNewCatalog() {
	c := gates.NewCatalog(
		gates.Exit("staging", gates.AtMost("p95", p95, 450), gates.None("blockers", blocking)),
		gates.Entry("production", gates.AtMost("p95", p95, 400)),
	)
	for _, q := range c.Queries() {
		fmt.Println(q)
	}
	// Output:
	// datadog metric {"query":"p95:checkout.latency{env:staging}"}
	// jira count {"jql":"fixVersion = 2026.12.0 AND priority = Blocker"}
	// jira count {"jql":"fixVersion = 2026.12.0"}
}

func ExampleSubjectsOf() {
	catalog := gates.NewCatalog(gates.Entry("production"))
	plan := release.NewPlan("atlas", "2026.12.0")
	before := gates.SubjectsOf(plan, catalog)[0]
	plan.Overview.Version = "2026.12.1"
	after := gates.SubjectsOf(plan, catalog)[0]
	fmt.Println(before.Gate, before.Digest.Valid(), before == after)
	// Output: production/entry true false
}

// A change of the plan voids what was approved before it.
func ExampleVoid() {
	catalog := gates.NewCatalog(gates.Entry("production", gates.AtMost("p95", p95, 450)).WithSignOffs(gates.SignOff{Role: "sre-lead"}))
	before := gates.State{Plan: release.NewPlan("atlas", "2026.12.0"), Catalog: catalog}
	after := gates.State{Plan: release.NewPlan("atlas", "2026.12.1"), Catalog: catalog}
	inForce := gates.Decisions{Gates: []gates.Decision{{Gate: "production/entry", Subject: gates.SubjectsOf(before.Plan, catalog)[0].Digest,
		SignOffs: []gates.Signature{{Role: "sre-lead", Need: 1, By: []gates.Signed{{Person: "ada", Approval: "REL-7"}}}}}}}
	for _, v := range gates.Void(before, after, inForce) {
		fmt.Println(v.Gate, v.Role, v.Person, v.Changes[0])
	}
	// Output: production/entry sre-lead ada plan.overview.version: "2026.12.0" is now "2026.12.1"
}

// What stands in the way, in the order in which the release passes it.
func ExampleDecisions_Next() {
	plan := release.NewPlan("atlas", "2026.12.0").
		WithPeople(release.Person{ID: "ada", Name: "Ada Abel"}).
		WithRoles(release.Role{ID: "sre-lead", Title: "SRE lead", Holders: []string{"ada"}})
	plan.Overview.Manager = "sre-lead"
	catalog := gates.NewCatalog(gates.Exit("staging", gates.AtMost("p95", p95, 450)).WithoutSignOffs("an example"))
	now := time.Date(2026, 12, 8, 21, 0, 0, 0, time.UTC)
	d := gates.Evaluate(catalog, gates.Input{Plan: plan, Now: now, Facts: fact.NewSet(fact.AnswerNumber(p95, now, 518)), Subjects: gates.SubjectsOf(plan, catalog)})
	for _, step := range d.Next(plan, catalog, now) {
		fmt.Print(step.Explain())
	}
	fmt.Println(d.HandOver(plan, catalog, now))
	// Output:
	// staging/exit: no-go, may change by itself at 2026-12-08T21:15:00Z
	//   no-go because p95: 518 ms against 450 ms, not met (68 ms above 450 ms)
	//     owned by SRE lead (Ada Abel); turned when the limit of 450 ms is kept, or a waiver is granted
	// atlas 2026.12.0 at 2026-12-08T21:00:00Z: 0 of 1 gates go; next is staging/exit, no-go: p95: 518 ms against 450 ms, not met; owned by SRE lead (Ada Abel); turned when the limit of 450 ms is kept, or a waiver is granted; look again at 2026-12-08T21:15:00Z
}

// A deferrable item does not ship without its component, and what remains is
// decided anew.
func ExampleWithout() {
	plan := release.NewPlan("atlas", "2026.12.0").
		WithOverview(release.Overview{Name: "atlas", Version: "2026.12.0"}.WithComponents(release.Component{Name: "api"}, release.Component{Name: "ios"})).
		WithScope(release.ScopeItem{ID: "REL-1", Class: release.MustShip, Components: []string{"api"}},
			release.ScopeItem{ID: "REL-2", Class: release.Deferrable, Components: []string{"ios"}})
	catalog := gates.NewCatalog(gates.Exit("staging", gates.AtMost("p95", p95, 450)).WithoutSignOffs("an example"))
	now := time.Date(2026, 12, 8, 21, 0, 0, 0, time.UTC)
	in := gates.Input{Plan: plan, Now: now, Facts: fact.NewSet(fact.AnswerNumber(p95, now, 412))}
	rest, err := gates.Without(catalog, in, gates.Part{Component: "ios"})
	fmt.Println(rest.Lost, rest.Dropped, rest.Shippable(), err)
	// Output: [] [REL-2] true <nil>
}

// A row that cannot be seen is an alarm, and not a quiet one.
func ExampleTriggers() {
	plan := release.NewPlan("atlas", "2026.12.0").WithRollback(release.Rollback{Matrix: []release.Trigger{{ID: "T1", Action: "roll back",
		When: release.Condition{Metric: "p95", Query: p95, Beyond: release.Above, Limit: value.Quantity{Value: 800, Unit: value.Milliseconds}}}}})
	now := time.Date(2026, 12, 8, 21, 0, 0, 0, time.UTC)
	for _, facts := range []fact.Set{fact.NewSet(fact.AnswerNumber(p95, now, 412)), fact.NewSet(fact.AnswerNumber(p95, now, 930)), {}} {
		fmt.Println(gates.Triggers(plan, facts, now)[0])
	}
	// Output:
	// T1 is quiet: p95 412 ms against 800 ms
	// T1 is fired: p95 930 ms against 800 ms since 2026-12-08T21:00:00Z; roll back; owned by nobody
	// T1 is blind: p95 cannot be seen, there is no result; roll back; owned by nobody
}

// A record that somebody changed does not hold together.
func ExampleReplay() {
	record := gates.Record{Plan: []byte("{}"), Catalog: []byte("{}"), Facts: []byte("{}"), Decisions: []byte("{}")}
	_, err := gates.Replay(record, nil)
	var broken *gates.ReplayError
	fmt.Println(errors.As(err, &broken), broken.Mismatches[0].File)
	// Output: true decisions.json
}

func ExampleBacktest() {
	catalog := func(limit float64) gates.Catalog {
		return gates.NewCatalog(gates.Exit("staging", gates.AtMost("p95", p95, limit)).WithoutSignOffs("an example"))
	}
	now := time.Date(2026, 12, 8, 21, 0, 0, 0, time.UTC)
	past := gates.Past{Release: "2026.11.0", Catalog: catalog(450), Input: gates.Input{Now: now,
		Facts: fact.NewSet(fact.AnswerNumber(p95, now, 430)), Subjects: gates.SubjectsOf(release.Plan{}, catalog(450))}}
	for _, flip := range gates.Backtest(catalog(420), []gates.Past{past}) {
		fmt.Println(flip.Release, flip.Gate, flip.Was, flip.Is, flip.Because[0])
	}
	// Output: 2026.11.0 staging/exit go no-go p95: was pass (430 ms against 450 ms, met), is fail (430 ms against 420 ms, not met)
}

func ExampleHistory() {
	catalog := gates.NewCatalog(gates.Exit("staging", gates.AtMost("p95", p95, 450)).WithoutSignOffs("an example"))
	at := time.Date(2026, 12, 8, 2, 0, 0, 0, time.UTC)
	var all []gates.Decisions
	for i, ms := range []float64{412, 518} {
		now := at.Add(time.Duration(i) * 5 * time.Minute)
		all = append(all, gates.Evaluate(catalog, gates.Input{Now: now, Facts: fact.NewSet(fact.AnswerNumber(p95, now, ms)), Subjects: gates.SubjectsOf(release.Plan{}, catalog)}))
	}
	for _, turn := range gates.History("staging/exit", all) {
		fmt.Println(turn)
	}
	// Output:
	// go at 2026-12-08T02:00:00Z
	// no-go at 2026-12-08T02:05:00Z, because p95: 518 ms against 450 ms, not met
}
