package release_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// now lies between the code freeze and the deployment window of the good plan.
var now = time.Date(2026, time.December, 7, 12, 0, 0, 0, time.UTC)

// when reads a moment of a fixture, which is right.
func when(text string) value.When {
	w, err := value.ParseWhen(text)
	if err != nil {
		panic(err)
	}
	return w
}

func artifact(name string) value.Digest { return value.Sum([]byte(name)) }

func service(name, version string) release.Component {
	return release.Component{Name: name, Kind: release.Service, Version: version, Commit: "9fceb02d0ae598e95dc970b74767f19372d61af8",
		Artifact: artifact(name + ":" + version), Repository: value.Link("https://git.example.com/shop/" + name), Owner: "dev-lead"}
}

func app(name, version string) release.Component {
	return release.Component{Name: name, Kind: release.Mobile, Version: version, Artifact: artifact(name + version), Owner: "mobile-lead"}
}

func person(id, name string) release.Person {
	return release.Person{ID: id, Name: name, Accounts: []fact.Account{
		{System: "jira", ID: id + "@example.com"}, {System: "github", ID: id}, {System: "pagerduty", ID: "P" + id},
	}}
}

// goodPlan is a plan in which no rule finds anything: five services, two apps,
// four pieces of work, six people with three accounts each, one dated
// delegation and a freeze over the holidays. Every call makes it anew.
func goodPlan() release.Plan {
	return release.NewPlan("Holiday checkout", "2026.12.0").
		WithOverview(release.Overview{
			Name: "Holiday checkout", Version: "2026.12.0", Zone: "America/New_York",
			Objectives: []string{"Gift cards can be paid with at the checkout.", "Orders are confirmed within two seconds."},
			OutOfScope: []string{"Refunds to gift cards."},
			CodeFreeze: when("2026-12-01T18:00:00-05:00[America/New_York]"),
			Window: release.Window{
				Start: when("2026-12-08T22:00:00-05:00[America/New_York]"),
				End:   when("2026-12-09T02:00:00-05:00[America/New_York]"),
			},
			Components: []release.Component{
				service("orders-api", "4.12.0"), service("payments-api", "7.3.1"), service("gift-cards", "1.0.0"),
				service("catalog", "3.8.2"), service("notifications", "2.5.0"),
				app("shop-ios", "12.4.0"), app("shop-android", "12.4.0"),
			},
			Manager: "release-manager", Deputy: "release-deputy", RollbackSLA: value.Duration(15 * time.Minute),
			Links: []value.Link{"https://wiki.example.com/releases/2026.12"},
		}).
		WithScope(
			release.ScopeItem{ID: "REL-101", Title: "Pay with a gift card", Class: release.MustShip, Status: "In Review",
				Components: []string{"gift-cards", "payments-api"}, Authors: []string{"ada", "grace"}, Link: "https://jira.example.com/browse/REL-101"},
			release.ScopeItem{ID: "REL-102", Title: "Confirm orders faster", Class: release.MustShip, Status: "Done",
				Components: []string{"orders-api"}, Authors: []string{"grace"}},
			release.ScopeItem{ID: "REL-103", Title: "Gift card balance in the apps", Class: release.Deferrable, Status: "In Progress",
				Components: []string{"shop-ios", "shop-android"}, Authors: []string{"ken"}},
			release.ScopeItem{ID: "REL-104", Title: "Shorter mails", Class: release.Deferrable, Components: []string{"notifications"}},
		).
		WithFreezes(release.Freeze{ID: "holidays", Reason: "nobody is there to mend it",
			Window: release.Window{Start: when("2026-12-18[America/New_York]"), End: when("2027-01-04[America/New_York]")}, Environments: []string{"production"}},
			release.Freeze{ID: "year-end", Reason: "the books are closed",
				Window: release.Window{Start: when("2026-12-30T00:00:00-05:00"), End: when("2027-01-02T00:00:00-05:00")}}).
		WithPeople(person("ada", "Ada"), person("grace", "Grace"), person("ken", "Ken"),
			person("barbara", "Barbara"), person("edsger", "Edsger"), person("margaret", "Margaret")).
		WithRoles(
			release.Role{ID: "release-manager", Title: "Release manager", Holders: []string{"barbara"}},
			release.Role{ID: "release-deputy", Title: "Deputy release manager", Holders: []string{"margaret"}},
			release.Role{ID: "sre-lead", Title: "SRE lead", Holders: []string{"edsger"}, Delegations: []release.Delegation{
				{To: "margaret", From: when("2026-12-05[America/New_York]"), Until: when("2026-12-12[America/New_York]"), Reason: "vacation"},
			}},
			release.Role{ID: "dev-lead", Title: "Lead developer", Holders: []string{"ada"}},
			release.Role{ID: "mobile-lead", Holders: []string{"ken"}},
		).
		WithPolicy(release.Policy{Name: "Release policy", Link: "https://wiki.example.com/policy",
			VersionPattern: `20\d\d\.(0[1-9]|1[0-2])\.\d+`, MaxRollback: value.Duration(30 * time.Minute)})
}

// found runs the rules with a clock and lists what they find as rule@path.
func found(t *testing.T, p release.Plan) []string {
	t.Helper()
	var list []string
	for _, f := range check.Run(&p, release.Rules(), &check.Options{Now: now}).Findings {
		list = append(list, f.Rule+"@"+string(f.Path))
	}
	return list
}

// state is what became of one rule.
func state(t *testing.T, p release.Plan, rule string) check.State {
	t.Helper()
	for _, r := range check.Run(&p, release.Rules(), &check.Options{Now: now}).Rules {
		if r.Rule == rule {
			return r.State
		}
	}
	t.Fatalf("there is no rule %s", rule)
	return check.NotEvaluated
}
