package release_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func ExamplePlan_WithScope() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithScope(
		release.ScopeItem{ID: "REL-101", Title: "Pay with a gift card", Class: release.MustShip},
		release.ScopeItem{ID: "REL-104", Title: "Shorter mails", Class: release.Deferrable})
	for _, item := range plan.Scope {
		fmt.Println(item.ID, item.Class)
	}
	// Output:
	// REL-101 must-ship
	// REL-104 deferrable
}

func ExampleOverview_WithComponents() {
	overview := release.Overview{Name: "Holiday checkout"}.WithComponents(
		release.Component{Name: "orders-api", Kind: release.Service, Version: "4.12.0"},
		release.Component{Name: "shop-ios", Kind: release.Mobile, Version: "12.4.0"})
	fmt.Println(len(overview.Components), overview.Components[1].Kind)
	// Output: 2 mobile
}

// A dependency's readiness is unknown until somebody says it.
func ExamplePlan_WithDependencies() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithDependencies(
		release.Dependency{ID: "D1", Title: "App store review", Kind: release.ThirdPartyApproval, LeadDays: 2, Tracker: "REL-120"},
		release.Dependency{ID: "D2", Title: "Migration 0142", Kind: release.DataMigration, Needs: []string{"D1"},
			Migration: release.Migration{RestorePoint: "snapshot S-1207"}})
	for _, d := range plan.Dependencies.Items {
		fmt.Println(d.ID, d.Kind, d.Status, d.Needs)
	}
	// Output:
	// D1 approval unknown []
	// D2 migration unknown [D1]
}

// That there is none is said by somebody, with a reason.
func ExamplePlan_WithoutDependencies() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").
		WithoutDependencies("dev-lead", "the checkout calls no other system", release.Upstream, release.Downstream)
	for _, none := range plan.Dependencies.None {
		fmt.Println(none.Kind, none.By, none.Reason)
	}
	// Output:
	// upstream dev-lead the checkout calls no other system
	// downstream dev-lead the checkout calls no other system
}

// These are the kinds that a plan has to speak of.
func ExampleDependencyKinds() {
	for _, kind := range release.DependencyKinds() {
		fmt.Println(kind)
	}
	// Output:
	// upstream
	// downstream
	// migration
	// flag
	// infrastructure
	// approval
}

func ExamplePlan_WithTimeline() {
	open := value.At(time.Date(2026, 12, 9, 3, 0, 0, 0, time.UTC))
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithTimeline(release.Timeline{
		Windows: []release.Deployment{{ID: "W1", Environment: "production", Region: "us-east",
			Window: release.Window{Start: open, End: value.At(time.Date(2026, 12, 9, 7, 0, 0, 0, time.UTC))}}},
		NoFreezes: release.Negative{By: "release-manager", Reason: "the shop has no blackout in December"},
	})
	fmt.Println(plan.Timeline.Windows[0].Window.Start, plan.Timeline.NoFreezes.IsZero())
	// Output: 2026-12-09T03:00:00Z false
}

// A row that somebody else wrote keeps its source.
func ExamplePlan_WithMilestones() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithMilestones(
		release.Milestone{ID: "M1", Title: "QA sign-off", Kind: release.QASignOff, At: value.Date(2026, 12, 4), Owner: "qa-lead",
			Done:   "0 defects of severity 1 and 2",
			Source: release.Source{Document: "timeline.md", Line: 12, Text: "| QA sign-off | 4 December |"}})
	m := plan.Timeline.Milestones[0]
	fmt.Println(m.Kind, m.At, m.Source.Document, m.Source.Line)
	// Output: qa-signoff 2026-12-04 timeline.md 12
}

func ExamplePlan_WithRollback() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithRollback(release.Rollback{
		Matrix: []release.Trigger{{ID: "T1", Action: "Turn checkout.gift_cards off", Owner: "sre-on-call", Delegate: "sre-lead",
			When: release.Condition{Metric: "checkout errors", Beyond: release.Above,
				Limit: value.Quantity{Value: 1, Unit: value.Percent}, For: value.Duration(5 * time.Minute)}}},
		Escalation: []release.Escalation{{After: value.Duration(15 * time.Minute), Role: "sre-lead", Delegate: "release-deputy"}},
	})
	t := plan.Rollback.Matrix[0]
	fmt.Println(t.When.Metric, t.When.Beyond, t.When.Limit, t.When.For, t.Action)
	// Output: checkout errors above 1% PT5M Turn checkout.gift_cards off
}

// Checklists are added phase by phase: a template, and what it does not know.
func ExamplePlan_WithChecklists() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithChecklists(
		release.Checklists{PreRelease: []release.Task{{ID: "P1", Text: "Publish runbook RB-88", Role: "release-manager", Topic: release.Documentation}}},
		release.Checklists{
			PreRelease: []release.Task{{ID: "P2", Text: "Close security review SEC-310", Role: "dev-lead", Topic: release.SecurityReview}},
			Rollback:   []release.Task{{ID: "B1", Text: "Decide by the decision matrix", Role: "release-manager", Topic: release.DecisionTopic}}})
	for _, task := range plan.Checklists.PreRelease {
		fmt.Println(task.ID, task.Topic, task.State.Done)
	}
	fmt.Println(len(plan.Checklists.Rollback))
	// Output:
	// P1 documentation false
	// P2 security false
	// 1
}

func ExampleChecklists_With() {
	base := release.Checklists{Deployment: []release.Task{{ID: "E1", Text: "Follow runbook RB-88"}}}
	both := base.With(release.Checklists{Deployment: []release.Task{{ID: "E2", Text: "Post the start notice"}}})
	fmt.Println(len(base.Deployment), len(both.Deployment))
	// Output: 1 2
}

func ExamplePlan_WithRisks() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithRisks(release.Risk{ID: "R1",
		Title: "The store reviews the app after the window", Probability: release.High, Impact: release.Medium,
		Mitigation: "Ask for an expedited review", Contingency: "Launch on the web first", Owner: "mobile-lead", Theme: "store review"})
	fmt.Println(plan.Risks[0].ID, plan.Risks[0].Probability, plan.Risks[0].Impact)
	// Output: R1 high medium
}

// A question is open until it has an answer.
func ExamplePlan_WithQuestions() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithQuestions(release.Question{Number: 1,
		Text: "The date of the store review is not confirmed", Owner: "mobile-lead", Due: value.Date(2026, 12, 4), Blocking: true,
		Addressee: release.Product, Prompt: "Which slot does the store give us?", About: []check.Path{"plan.dependencies.items[0].due"}})
	fmt.Println(plan.Questions.Items[0].Open(), plan.Questions.Items[0].Addressee)
	// Output: true product
}

// What is not decided names the question that will decide it.
func ExampleTBD() {
	risk := release.Risk{ID: "R2", Title: "The backfill exceeds its 20 minutes", Mitigation: release.TBD(2)}
	fmt.Println(risk.Mitigation)
	// Output: TBD (question 2)
}

func ExamplePlan_WithTooling() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithTooling(release.Tooling{
		Artifacts:  []release.Tool{{Name: "Release packet", System: "Confluence", Link: "https://wiki.example.com/releases/2026.12"}},
		Automation: []release.Tool{{Name: "Deployment", System: "Argo CD", Trigger: "tag of the release"}},
		Dashboards: []release.Tool{{Name: "Checkout", System: "Datadog"}},
	})
	fmt.Println(plan.Tooling.Automation[0].System, "starts with the", plan.Tooling.Automation[0].Trigger)
	// Output: Argo CD starts with the tag of the release
}

func ExamplePlan_WithTerms() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithTerms(release.Term{Term: "CAB", Meaning: "change advisory board"})
	fmt.Println(plan.Terms[0].Term, "=", plan.Terms[0].Meaning)
	// Output: CAB = change advisory board
}

// Four accounts are one person.
func ExamplePlan_WithPeople() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithPeople(release.Person{ID: "ada", Name: "Ada", Accounts: []fact.Account{
		{System: "jira", ID: "ada@example.com"}, {System: "azureboards", ID: "ada@example.com"},
		{System: "pagerduty", ID: "PADA"}, {System: "slack", ID: "U0ADA"}}})
	ada, ok := plan.Directory.Person("ada")
	fmt.Println(ada.Name, len(ada.Accounts), ok)
	// Output: Ada 4 true
}

// A role is held by people, for a dated time by somebody else too, or by whoever is on call.
func ExamplePlan_WithRoles() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithRoles(
		release.Role{ID: "sre-lead", Title: "SRE lead", Holders: []string{"edsger"}, Delegations: []release.Delegation{
			{To: "margaret", From: value.Date(2026, 12, 5), Until: value.Date(2026, 12, 12), Reason: "vacation"}}},
		release.Role{ID: "sre-on-call", Title: "SRE on call", OnCall: release.OnCall{Policy: "Checkout", Level: 1}})
	fmt.Println(plan.Directory.Title("sre-lead"), plan.Directory.Roles[1].OnCall.Policy)
	// Output: SRE lead Checkout
}

func ExamplePlan_WithPolicy() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithPolicy(release.Policy{
		Name: "Release policy", MaxRollback: value.Duration(30 * time.Minute), CABLeadDays: 3, MinRetention: value.Period{Years: 1},
		LinkHosts: []string{"example.com"}, WorkFrom: "09:00", WorkUntil: "18:00",
		Calendar: value.Calendar{Holidays: []value.When{value.Date(2026, 12, 25)}}})
	fmt.Println(plan.Policy.MaxRollback.Human(), plan.Policy.Calendar.Works(time.Date(2026, 12, 25, 9, 0, 0, 0, time.UTC)))
	// Output: 30 minutes false
}

// The plan asks for what it is refreshed from, each question once.
func ExamplePlan_WithTracking() {
	items := fact.NewQuery("jira", "items", fact.WorkItems())
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithTracking(release.Tracking{
		Scope:  []fact.Query{items.With("jql", "fixVersion = 2026.12.0")},
		OnCall: []fact.Query{fact.NewQuery("pagerduty", "on-call", fact.Duties())},
	})
	for _, q := range plan.Queries() {
		fmt.Println(q)
	}
	// Output:
	// jira items {"jql":"fixVersion = 2026.12.0"}
	// pagerduty on-call
}

func ExamplePlan_Queries() {
	errors := fact.NewQuery("datadog", "metric", fact.Number(value.Percent)).With("query", "checkout.errors")
	limit := release.Condition{Metric: "checkout errors", Query: errors, Beyond: release.Above, Limit: value.Quantity{Value: 1, Unit: value.Percent}}
	plan := release.NewPlan("Holiday checkout", "2026.12.0").
		WithOverview(release.Overview{Impact: []release.Impact{{ID: "I1", Condition: limit}}}).
		WithRollback(release.Rollback{Matrix: []release.Trigger{{ID: "T1", When: limit}}})
	fmt.Println(len(plan.Queries()), plan.Queries()[0])
	// Output: 1 datadog metric {"query":"checkout.errors"}
}

// The tracker has moved an item and lists work that nobody planned; the answer
// about who is on call is missing.
func ExampleRefresh() {
	query := fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", "fixVersion = 2026.12.0")
	plan := release.NewPlan("Holiday checkout", "2026.12.0").
		WithScope(release.ScopeItem{ID: "REL-101", Title: "Pay with a gift card", Class: release.MustShip, Status: "In Review"}).
		WithDependencies(release.Dependency{ID: "D1", Title: "App store review", Kind: release.ThirdPartyApproval, Tracker: "REL-120"}).
		WithRoles(release.Role{ID: "sre-on-call", Holders: []string{"margaret"}, OnCall: release.OnCall{Policy: "Checkout", Level: 1}}).
		WithTracking(release.Tracking{Scope: []fact.Query{query}, OnCall: []fact.Query{fact.NewQuery("pagerduty", "on-call", fact.Duties())}})

	answer := fact.Answer(query, time.Date(2026, 12, 7, 17, 0, 0, 0, time.UTC))
	answer.WorkItems = []fact.WorkItem{
		{ID: "REL-101", Title: "Pay with a gift card", Status: "Done", Category: fact.Done},
		{ID: "REL-120", Title: "Review of shop-ios", Status: "In Review", Category: fact.InProgress},
		{ID: "REL-130", Title: "Late wish", Status: "To Do", Category: fact.ToDo},
	}
	plan, changes := release.Refresh(plan, fact.NewSet(answer))
	for _, c := range changes {
		fmt.Println(c)
	}
	fmt.Println(plan.Scope[1].ID, plan.Scope[1].Class, len(plan.Directory.Roles[0].Holders))
	// Output:
	// scope[0].status changes from "In Review" to "Done", says jira
	// dependencies.items[0].status changes from "unknown" to "in-progress", says jira
	// scope[1] changes from "" to "REL-130 Late wish", says jira
	// directory.roles[0].holders changes from "margaret" to "": sre-on-call: no complete answer has anybody on call for "Checkout" at level 1
	// tracking.onCall[0], says pagerduty: pagerduty on-call is not answered
	// REL-130 unclassified 0
}
