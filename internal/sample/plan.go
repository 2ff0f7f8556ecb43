package sample

import (
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Now lies between the code freeze and the deployment window.
var Now = time.Date(2026, time.December, 7, 17, 0, 0, 0, time.UTC)

// When reads a moment that is written in a test, where a slip of the pen is a bug.
func When(text string) value.When {
	w, err := value.ParseWhen(text)
	if err != nil {
		panic(err)
	}
	return w
}

// at is a moment in the operating zone, in winter.
func at(local string) value.When { return When(local + "-05:00[America/New_York]") }

// Plan is the release of a shop: five services and two apps, four pieces of
// work, six people with three accounts each, one dated delegation, and every
// deliverable of the plan with at least one element in each list.
func Plan() release.Plan {
	return release.NewPlan("Holiday checkout", "2026.12.0").
		WithOverview(overview()).
		WithScope(scope()...).
		WithDependencies(dependencies()...).
		WithoutDependencies("dev-lead", "the checkout calls no system outside the shop", release.Upstream).
		WithTimeline(timeline()).
		WithRollback(rollback()).
		WithChecklists(checklists()).
		WithRisks(risks()...).
		WithQuestions(questions()...).
		WithTooling(tooling()).
		WithTerms(release.Term{Term: "CAB", Meaning: "change advisory board"}, release.Term{Term: "PIA", Meaning: "privacy impact assessment"}).
		WithPeople(person("ada", "Ada"), person("grace", "Grace"), person("ken", "Ken"),
			person("barbara", "Barbara"), person("edsger", "Edsger"), person("margaret", "Margaret")).
		WithRoles(roles()...).
		WithPolicy(policy()).
		WithTracking(release.Tracking{
			Scope:        []fact.Query{workItems("fixVersion = 2026.12.0")},
			Dependencies: []fact.Query{workItems("labels = needed-by-2026-12")},
			OnCall:       []fact.Query{fact.NewQuery("pagerduty", "on-call", fact.Duties())},
		})
}

func overview() release.Overview {
	return release.Overview{
		Name: "Holiday checkout", Version: "2026.12.0", Zone: "America/New_York",
		Objectives:    []string{"Gift cards pay for orders at the checkout", "Orders are confirmed within 2 seconds"},
		OutOfScope:    []string{"Refunds to gift cards"},
		FeatureFreeze: at("2026-11-24T18:00:00"),
		CodeFreeze:    at("2026-12-01T18:00:00"),
		Window:        release.Window{Start: at("2026-12-08T22:00:00"), End: at("2026-12-09T02:00:00")},
		Components: []release.Component{
			service("orders-api", "4.12.0"), service("payments-api", "7.3.1"), service("gift-cards", "1.0.0"),
			service("catalog", "3.8.2"), service("notifications", "2.5.0"),
			app("shop-ios", "12.4.0"), app("shop-android", "12.4.0"),
		},
		Manager: "release-manager", Deputy: "release-deputy", RollbackSLA: value.Duration(15 * time.Minute),
		Flags: []release.Flag{{Name: "checkout.gift_cards", System: "LaunchDarkly", Toggle: "off to 5%, 25%, 50%, 100%, 30 minutes each",
			Default: "off", Kill: "turn checkout.gift_cards off for all segments", Owner: "dev-lead",
			Components: []string{"gift-cards", "payments-api"}, Link: "https://flags.example.com/checkout.gift_cards"}},
		Impact: []release.Impact{
			{ID: "I1", Condition: errorsFor(5 * time.Minute)},
			{ID: "I2", Condition: slowFor(10 * time.Minute)},
		},
		Success: []release.SuccessMetric{{Name: "Orders paid with a gift card", Wanted: release.Above,
			Target: quantity(2, value.Percent), Source: "Datadog", Query: metric("gift_card_orders", value.Percent),
			Link: "https://datadog.example.com/dashboard/gift-cards"}},
		Links: []value.Link{"https://wiki.example.com/releases/2026.12"},
	}
}

func service(name, version string) release.Component {
	return release.Component{Name: name, Kind: release.Service, Version: version, Commit: "9fceb02d0ae598e95dc970b74767f19372d61af8",
		Artifact: value.Sum([]byte(name + ":" + version)), Repository: value.Link("https://git.example.com/shop/" + name), Owner: "dev-lead"}
}

func app(name, version string) release.Component {
	return release.Component{Name: name, Kind: release.Mobile, Version: version, Artifact: value.Sum([]byte(name + version)), Owner: "mobile-lead"}
}

func quantity(n float64, unit value.Unit) value.Quantity {
	return value.Quantity{Value: value.Number(n), Unit: unit}
}

func metric(name string, unit value.Unit) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Number(unit)).With("query", name)
}

func workItems(jql string) fact.Query {
	return fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", jql)
}

func errorsFor(d time.Duration) release.Condition {
	return release.Condition{Metric: "Checkout errors", Query: metric("checkout.errors", value.Percent),
		Beyond: release.Above, Limit: quantity(1, value.Percent), For: value.Duration(d)}
}

func slowFor(d time.Duration) release.Condition {
	return release.Condition{Metric: "Checkout p95", Query: metric("checkout.p95", value.Milliseconds),
		Beyond: release.Above, Limit: quantity(800, value.Milliseconds), For: value.Duration(d)}
}

func scope() []release.ScopeItem {
	return []release.ScopeItem{
		{ID: "REL-101", Title: "Pay with a gift card", Class: release.MustShip, Status: "In Review",
			Components: []string{"gift-cards", "payments-api"}, Authors: []string{"ada", "grace"}, Link: "https://jira.example.com/browse/REL-101"},
		{ID: "REL-102", Title: "Confirm orders faster", Class: release.MustShip, Status: "Done",
			Components: []string{"orders-api"}, Authors: []string{"grace"}},
		{ID: "REL-103", Title: "Gift card balance in the apps", Class: release.Deferrable, Status: "In Progress",
			Components: []string{"shop-ios", "shop-android"}, Authors: []string{"ken"}},
		{ID: "REL-104", Title: "Shorter mails", Class: release.Deferrable, Components: []string{"notifications"}},
	}
}

func policy() release.Policy {
	return release.Policy{Name: "Release policy", Link: "https://wiki.example.com/policy",
		VersionPattern: `20\d\d\.(0[1-9]|1[0-2])\.\d+`, MaxRollback: value.Duration(30 * time.Minute),
		CustomerNotice: value.Duration(72 * time.Hour), CABLeadDays: 3, MinRetention: value.Period{Years: 1},
		ReviewWithin: value.Duration(48 * time.Hour),
		LinkHosts:    []string{"example.com"},
		Calendar: value.Calendar{Days: []value.Weekday{value.Monday, value.Tuesday, value.Wednesday, value.Thursday, value.Friday},
			Holidays: []value.When{value.Date(2026, time.November, 26), value.Date(2026, time.December, 25)}},
		WorkFrom: "09:00", WorkUntil: "18:00"}
}

func person(id, name string) release.Person {
	return release.Person{ID: id, Name: name, Accounts: []fact.Account{
		{System: "jira", ID: id + "@example.com"}, {System: "github", ID: id}, {System: "pagerduty", ID: "P" + id},
	}}
}

func roles() []release.Role {
	return []release.Role{
		{ID: "release-manager", Title: "Release manager", Holders: []string{"barbara"}},
		{ID: "release-deputy", Title: "Deputy release manager", Holders: []string{"margaret"}},
		{ID: "sre-lead", Title: "SRE lead", Holders: []string{"edsger"}, Delegations: []release.Delegation{
			{To: "margaret", From: When("2026-12-05[America/New_York]"), Until: When("2026-12-12[America/New_York]"), Reason: "vacation"},
		}},
		{ID: "sre-on-call", Title: "SRE on call", Holders: []string{"margaret"}, OnCall: release.OnCall{Policy: "Checkout", Level: 1}},
		{ID: "dev-lead", Title: "Lead developer", Holders: []string{"ada"}},
		{ID: "mobile-lead", Title: "Mobile lead", Holders: []string{"ken"}},
		{ID: "qa-lead", Title: "QA lead", Holders: []string{"grace"}, Delegations: []release.Delegation{
			{To: "barbara", From: When("2026-12-01[America/New_York]"), Until: When("2026-12-12[America/New_York]"), Reason: "wrote part of the change"},
		}},
		{ID: "support-lead", Title: "Support lead", Holders: []string{"barbara"}},
		{ID: "steering", Title: "Release steering committee", Holders: []string{"barbara", "margaret"}},
	}
}

func risks() []release.Risk {
	return []release.Risk{
		{ID: "R1", Title: "The store reviews the app after the window", Probability: release.High, Impact: release.Medium,
			Mitigation: "Ask for an expedited review", Contingency: "Launch on the web first", Owner: "mobile-lead", Theme: "store review"},
		{ID: "R2", Title: "The backfill exceeds its 20 minutes", Probability: release.Medium, Impact: release.High,
			Mitigation: "Backfill in batches of 10000 rows", Contingency: "Restore snapshot S-1207", Owner: "dev-lead", Theme: "migration"},
	}
}

func questions() []release.Question {
	return []release.Question{
		{Number: 1, Text: "The date of the store review is not confirmed", Owner: "mobile-lead", Due: When("2026-12-07[America/New_York]"),
			Addressee: release.Product, Prompt: "Which slot does the store give us?", About: []check.Path{"plan.dependencies.items[0].due"},
			Link: "https://jira.example.com/browse/REL-120"},
		{Number: 2, Text: "The backfill is approved in batches", Owner: "dev-lead", Due: When("2026-12-03[America/New_York]"), Blocking: true,
			Addressee: release.Engineering, Prompt: "Is a batch of 10000 rows acceptable at peak?",
			Answer: release.Answer{Text: "Yes, measured on the replica", By: "edsger", At: at("2026-12-02T10:00:00")}},
	}
}

func tooling() release.Tooling {
	return release.Tooling{
		Artifacts: []release.Tool{
			{Name: "Release packet", System: "Confluence", Link: "https://wiki.example.com/releases/2026.12/packet"},
			{Name: "Work items", System: "Jira", Link: "https://jira.example.com/projects/REL"},
			{Name: "Source", System: "GitHub", Link: "https://git.example.com/shop"},
		},
		Automation: []release.Tool{
			{Name: "Deployment", System: "Argo CD", Trigger: "tag of the release", Link: "https://argocd.example.com/applications/shop"},
			{Name: "Tests", System: "GitHub Actions", Trigger: "push to the release branch", Link: "https://git.example.com/shop/actions"},
			{Name: "Pages", System: "PagerDuty", Trigger: "alert of a monitor", Link: "https://pagerduty.example.com/services/shop"},
		},
		Dashboards: []release.Tool{
			{Name: "Checkout", System: "Datadog", Link: "https://datadog.example.com/dashboard/checkout"},
			{Name: "Canary", System: "Datadog", Link: "https://datadog.example.com/dashboard/canary"},
			{Name: "Staging", System: "Datadog", Link: "https://datadog.example.com/dashboard/staging"},
			{Name: "QA burn-down", System: "Datadog", Link: "https://datadog.example.com/dashboard/qa-burn-down"},
		},
	}
}
