package policytest

import (
	"bytes"
	"os"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/gatestest"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

const version = "2026.12.0"

// plan is a plan with the limit that is its own: how long the way back may take.
func plan() release.Plan {
	p := release.NewPlan("Checkout", version)
	p.Overview.RollbackSLA = value.Duration(15 * time.Minute)
	return p
}

func facts(fs ...gatestest.Fact) []gatestest.Fact { return fs }

func p95(ms float64) gatestest.Fact { return gatestest.Value("p95", ms) }

func blockers(n, outOf float64) gatestest.Fact { return gatestest.CountOf("blockers", n, outOf) }

func TestStagingEntry(t *testing.T) {
	item := func(c fact.Category) gatestest.Fact {
		return gatestest.WorkItems("scope", fact.WorkItem{ID: "REL-1", Category: c})
	}
	var seen gatestest.Coverage
	gate := StagingEntry(version)
	seen.Run(t, gate, []gatestest.Case{
		{Name: "done", Facts: facts(item(fact.Done)), Want: gates.Go},
		{Name: "in progress", Facts: facts(item(fact.InProgress)), Want: gates.NoGo, Because: []string{"scope"}},
		{Name: "nothing is in the version", Facts: facts(gatestest.WorkItems("scope")), Want: gates.Hold},
		{Name: "half of the list", Facts: facts(gatestest.Incomplete(item(fact.Done))), Want: gates.Hold},
	})
	seen.Demand(t, gate)
}

func TestStagingExit(t *testing.T) {
	var seen gatestest.Coverage
	gate := StagingExit("2026.12.0")
	seen.Run(t, gate, []gatestest.Case{
		{Name: "healthy", Facts: facts(p95(400), blockers(0, 31)), SignedOff: gatestest.Everyone, Want: gates.Go},
		{Name: "slow", Facts: facts(p95(470), blockers(0, 31)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"p95"}},
		{Name: "blocked", Facts: facts(p95(400), blockers(2, 31)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"blockers"}},
		{Name: "wrong JQL matches nothing", Facts: facts(p95(400), blockers(0, 0)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "Datadog is down", Facts: facts(blockers(0, 31)), SignedOff: gatestest.Everyone, Want: gates.Hold},
	})
	seen.Demand(t, gate) // every criterion was seen to pass, to fail and not to know
}

func TestProductionEntry(t *testing.T) {
	change := func(a fact.Answered) gatestest.Fact {
		return gatestest.Approvals("change", fact.Approval{ID: "CHG-1", Answer: a, At: gatestest.Now})
	}
	budget := func(bad float64) gatestest.Fact { return gatestest.Numbers("error-budget", bad, 1_000_000) } // of which 1000 may fail
	rehearsal := func(minutes float64) gatestest.Fact { return gatestest.Value("rehearsal", minutes) }
	quiet, paged := gatestest.Incidents("incidents"), gatestest.Incidents("incidents", fact.Incident{ID: "P1"})
	good := func() []gatestest.Fact { return facts(change(fact.Approved), budget(400), quiet, rehearsal(11)) }
	only := func(n int, f gatestest.Fact) []gatestest.Fact { // good, but for one fact
		all := good()
		all[n] = f
		return all
	}
	cases := []gatestest.Case{
		{Name: "ready", Facts: good(), SignedOff: gatestest.Everyone, Want: gates.Go},
		{Name: "the SRE lead has not signed", Facts: good(), SignedOff: gatestest.Roles("release-manager"), Want: gates.Hold, Because: []string{"sre-lead"}},
		{Name: "the change is not decided", Facts: only(0, change(fact.Pending)), SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"change"}},
		{Name: "the change is rejected", Facts: only(0, change(fact.Rejected)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"change"}},
		{Name: "too little budget is left", Facts: only(1, budget(760)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"error-budget"}},
		{Name: "the budget is of yesterday", Facts: only(1, gatestest.Old(budget(400), 24*time.Hour)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "hardly any requests", Facts: only(1, gatestest.Numbers("error-budget", 0, 50)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "an incident is open", Facts: only(2, paged), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"incidents"}},
		{Name: "PagerDuty is down", Facts: only(2, gatestest.Failed("incidents", "timeout")), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "the way back takes too long", Facts: only(3, rehearsal(22)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"rehearsal"}},
		{Name: "the way back was rehearsed long ago", Facts: only(3, gatestest.Old(rehearsal(11), rehearsalAge+time.Hour)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "the way back was not rehearsed", Facts: good()[:3], SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"rehearsal"}},
	}
	for i := range cases {
		cases[i].Plan = plan()
	}
	cases = append(cases, gatestest.Case{Name: "the plan has no SLA", Facts: good(), SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"rehearsal"}})
	var seen gatestest.Coverage
	gate := ProductionEntry(version)
	seen.Run(t, gate, cases)
	seen.Demand(t, gate)
}

func TestProductionExit(t *testing.T) {
	canary := func(ms float64) gatestest.Fact { return gatestest.Numbers("canary", ms, 400, canaryShare) }
	failed := func(n, outOf float64) gatestest.Fact { return gatestest.Numbers("canary-errors", n, outOf) }
	var seen gatestest.Coverage
	gate := ProductionExit(version)
	seen.Run(t, gate, []gatestest.Case{
		{Name: "as fast as before", Facts: facts(canary(400), failed(10, 20_000)), SignedOff: gatestest.Everyone, Want: gates.Go},
		{Name: "slower", Facts: facts(canary(450), failed(10, 20_000)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"canary"}},
		{Name: "failing", Facts: facts(canary(400), failed(50, 20_000)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"canary-errors"}},
		{Name: "failing more than usual", Facts: facts(canary(400), failed(30, 20_000)), SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"canary-errors"}},
		{Name: "hardly any traffic", Facts: facts(canary(400), failed(0, 50)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "nothing to compare with", Facts: facts(gatestest.Value("canary", 400), failed(10, 20_000)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "too small a share", Facts: facts(gatestest.Numbers("canary", 400, 400, 10), failed(10, 20_000)), SignedOff: gatestest.Everyone, Want: gates.Hold},
	})
	seen.Demand(t, gate)
}

// What the policy decides around every limit is in testdata/boundaries.golden. A
// limit that changes fails here until somebody has read what that means.
func TestBoundaries(t *testing.T) {
	catalog := Catalog(version)
	gatestest.BoundaryTable{Environments: catalog.Environments, Plan: plan()}.Check(t, catalog.Gates...)
}

// The catalog keeps the rules that hold for catalogs. Those of what this policy
// leaves to others are off, each with the reason.
func TestCatalogIsSound(t *testing.T) {
	off := func(rule, reason string) check.Adjustment {
		return check.Adjustment{Rule: rule, Off: true, Reason: reason}
	}
	profile := check.Profile{Name: "checkout", Changes: []check.Adjustment{
		off("GATE-001", "development and QA are the build's"),
		off("GATE-008", "staging is entered when the work is done"),
		off("GATE-010", "the load of staging says nothing of production, which has the canary"),
		off("GATE-011", "the way back is rehearsed before production is entered, not before staging is left"),
		off("GATE-012", "coverage is the build's"),
		off("GATE-013", "defects are QA's"),
		off("GATE-014", "beyond the canary the pipeline goes on by itself"),
	}}
	catalog := Catalog(version)
	report := check.Run(&catalog, gates.Rules(), &check.Options{Profile: profile})
	if len(report.Findings) != 0 {
		t.Error(report.Findings)
	}
}

// The README shows the test above as it stands.
func TestReadmeShowsThis(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("policy_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := bytes.Cut(source, []byte("\nfunc TestStagingExit"))
	body, _, ok := bytes.Cut(after, []byte("\n}\n"))
	if !ok || !bytes.Contains(readme, append([]byte("```go\nfunc TestStagingExit"), body...)) {
		t.Error("README.md shows another TestStagingExit")
	}
}
