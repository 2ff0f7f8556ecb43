package release_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// A plan is its own builder, and a fork of it is another plan.
func ExampleNewPlan() {
	base := release.NewPlan("Holiday checkout", "2026.12.0").
		WithScope(release.ScopeItem{ID: "REL-101", Title: "Pay with a gift card", Class: release.MustShip, Authors: []string{"ada"}}).
		WithPeople(release.Person{ID: "ada", Name: "Ada", Accounts: []fact.Account{{System: "github", ID: "ada"}}}).
		WithRoles(release.Role{ID: "sre-lead", Holders: []string{"ada"}})
	fork := base.WithScope(release.ScopeItem{ID: "REL-102", Authors: []string{"grace"}})
	fmt.Println(len(base.Scope), base.Authors())
	fmt.Println(len(fork.Scope), fork.Authors())
	// Output:
	// 1 [ada]
	// 2 [ada grace]
}

func ExamplePlan_WithOverview() {
	start := value.At(time.Date(2026, 12, 9, 3, 0, 0, 0, time.UTC))
	plan := release.NewPlan("", "").WithOverview(release.Overview{
		Name: "Holiday checkout", Version: "2026.12.0", Zone: "America/New_York",
		Window:     release.Window{Start: start, End: value.At(time.Date(2026, 12, 9, 7, 0, 0, 0, time.UTC))},
		CodeFreeze: value.AoE(2026, 11, 30),
	}.WithComponents(release.Component{Name: "orders-api", Kind: release.Service, Version: "4.12.0"}))
	fmt.Println(plan.Overview.Name, plan.Overview.Window.Start, plan.Overview.Components[0].Kind)
	// Output: Holiday checkout 2026-12-09T03:00:00Z service
}

// A freeze holds in the environments that it names, or in all of them.
func ExamplePlan_WithFreezes() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithFreezes(release.Freeze{ID: "holidays",
		Window:       release.Window{Start: value.Date(2026, 12, 18), End: value.Date(2027, 1, 4)},
		Environments: []string{"production"}})
	fmt.Println(plan.Timeline.Freezes[0].Covers("production"), plan.Timeline.Freezes[0].Covers("staging"))
	// Output: true false
}

func ExamplePlan_Validate() {
	plan := release.NewPlan("Holiday checkout", "2026 12")
	for _, f := range plan.Validate()[:2] {
		fmt.Println(f)
	}
	// Output:
	// error OVR-001 overview.version: "2026 12": contains white space
	// error OVR-002 overview.window.start: the start of the deployment window is missing
}

// The rules are values: a suite is a list, and one's own rules are added to it.
func ExampleRules() {
	rules := append(release.Rules(), check.Rule[release.Plan]{
		ID: "SHOP-001", Doc: "The plan links our policy.",
		Check: func(p *check.Pass[release.Plan]) {
			if p.Subject.Policy.Link == "" {
				p.Report(check.Missing("policy.link", "the policy", ""))
			}
		},
	})
	plan := release.NewPlan("Holiday checkout", "2026.12.0")
	report := check.Run(&plan, rules, nil)
	fmt.Println(report.Findings[len(report.Findings)-1])
	// Output: error SHOP-001 policy.link: the policy is missing
}

// What a sign-off approves does not change when a tracker moves an item.
func ExamplePlan_Content() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithScope(release.ScopeItem{ID: "REL-101", Status: "In Review"})
	fmt.Printf("%q %q\n", plan.Scope[0].Status, plan.Content().Scope[0].Status)
	// Output: "In Review" ""
}
