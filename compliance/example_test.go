package compliance_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// A log is its own builder; an approval keeps its evidence where the log does,
// unless it says otherwise.
func ExampleNewLog() {
	log := compliance.NewLog("https://evidence.example.com/2026.12.0", value.Period{Years: 3}).
		WithPeople("ken", "margaret").
		WithApprovals(
			compliance.NewApproval("A1", "Scope", "release-manager", "release-deputy").WithControls("CC8.1").WithClauses("4.1"),
			compliance.NewApproval("A2", "CAB decision", "steering", "sre-lead").
				WithEvidence(compliance.Evidence{Retention: value.Period{Years: 7}}))
	for _, a := range log.Approvals {
		e := log.EvidenceOf(a)
		fmt.Println(a.ID, a.Status, e.Location, e.Retention)
	}
	// Output:
	// A1 pending https://evidence.example.com/2026.12.0 P3Y
	// A2 pending https://evidence.example.com/2026.12.0 P7Y
}

func ExampleNewApproval() {
	a := compliance.NewApproval("A2", "Security review", "dev-lead", "sre-lead").
		WithControls("CC7.1", "CC6.8").WithClauses("4.3").
		Approve("edsger", value.At(time.Date(2026, 12, 3, 16, 0, 0, 0, time.UTC)), value.Sum([]byte("SEC-310"))).
		Delegated("The lead developer wrote part of the change")
	fmt.Println(a.Status, a.By, a.At, a.ByDelegate, a.Subject.Short())
	// Output: approved edsger 2026-12-03T16:00:00Z true 2748b45eed4b
}

func ExampleLog_Validate() {
	log := compliance.NewLog("https://evidence.example.com/2026.12.0", value.Period{Years: 3}).
		WithApprovals(compliance.NewApproval("A1", "Scope", "release-manager", "release-deputy").WithControls("CC8.4").WithClauses("4.1"))
	f := log.Validate()[0]
	fmt.Println(f)
	fmt.Println(f.Hint)
	// Output:
	// error CMP-002 approvals[0].controls[0]: "CC8.4" is not a control of SOC 2 or NIST 800-53
	// did you mean CC8.1?
}

func ExampleLog_ForGate() {
	log := compliance.Log{}.WithApprovals(
		compliance.NewApproval("A1", "Scope", "release-manager", "release-deputy"),
		compliance.NewApproval("A2", "Go", "release-manager", "release-deputy").ForGate("production/entry"))
	for _, a := range log.ForGate("production/entry") {
		fmt.Println(a.ID, a.Title)
	}
	// Output: A2 Go
}

func ExampleFindControl() {
	c, ok := compliance.FindControl("CC8.1")
	fmt.Println(c.Framework, c.ID, ok)
	fmt.Println(c.Topic)
	// Output:
	// SOC 2 CC8.1 true
	// changes are authorised, documented, tested and approved before they go live
}

func ExampleControls() {
	n := map[compliance.Framework]int{}
	for _, c := range compliance.Controls() {
		n[c.Framework]++
	}
	fmt.Println(n[compliance.SOC2], n[compliance.NIST80053])
	// Output: 61 35
}

// The rules are values: a suite is a list, and one's own rules are added to it.
func ExampleRules() {
	rules := append(compliance.Rules(), check.Rule[compliance.Log]{
		ID: "SHOP-001", Doc: "The log has no emergency.",
		Check: func(p *check.Pass[compliance.Log]) {
			if !p.Subject.Emergency.IsZero() {
				p.Report(check.Invalid("emergency", p.Subject.Emergency.Reason, "we have none"))
			}
		},
	})
	log := compliance.Log{}.WithEmergency(compliance.Emergency{Reason: "checkout is down"})
	report := check.Run(&log, rules, nil)
	fmt.Println(report.Findings[len(report.Findings)-1])
	// Output: error SHOP-001 emergency: "checkout is down": we have none
}

// Who wrote part of the change does not approve it.
func ExamplePlanRules() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").
		WithScope(release.ScopeItem{ID: "REL-101", Authors: []string{"ada"}})
	log := compliance.Log{}.WithPeople("ken", "margaret").
		WithApprovals(compliance.NewApproval("A1", "Scope", "release-manager", "release-deputy").
			Approve("ada", value.Date(2026, 12, 1), value.Sum([]byte("scope"))))
	report := check.Run(&compliance.Context{Log: &log, Release: &plan}, compliance.PlanRules(), nil)
	fmt.Println(report.Findings[0])
	// Output: error CMP-006 compliance.approvals[0].by: "ada": wrote part of the change
}

// The matrix says which criterion has which evidence, and which has none.
func ExampleNewClaim() {
	l := compliance.NewLog("https://evidence.example.com", value.Period{Years: 3}).WithApprovals(
		compliance.NewApproval("A1", "Scope", "release-manager", "release-deputy").WithControls("CC8.1"))
	claims := []compliance.Claim{compliance.NewClaim("CC7.1", "Every change is scanned.").WithGates("qa/exit").WithKinds("facts")}
	seen := compliance.Seen{Gates: []compliance.SeenGate{{ID: "qa/exit", Verdict: "go"}}, Kinds: []compliance.SeenKind{{Kind: "facts", Records: 1}}}
	for _, row := range compliance.Cover(l, claims, seen) {
		if row.Claimed {
			fmt.Println(row.Control, row.Covered(), row.Evidence, row.Missing)
		}
	}
	// Output:
	// CC7.1 true [gate qa/exit was decided: go records of kind facts: 1] []
	// CC8.1 false [] [approval A1 (Scope) is pending]
}
