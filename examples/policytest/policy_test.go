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

// planned are the cases of a release with a plan.
func planned(cases []gatestest.Case) []gatestest.Case {
	for i := range cases {
		cases[i].Plan = plan()
	}
	return cases
}

// p95 is how slow the version is in staging, and how slow the one before was.
func p95(ms, before float64) gatestest.Fact { return gatestest.Numbers("p95-baseline", ms, before) }

func blockers(n, outOf float64) gatestest.Fact { return gatestest.CountOf("blockers", n, outOf) }

func rehearsal(minutes float64) gatestest.Fact { return gatestest.Value("rehearsal", minutes) }

// rollout is a canary for an hour: how slow it was with its first share of the
// traffic, and with the share that it has had since, beside 400 ms.
func rollout(first, then, share float64) gatestest.Fact {
	return func(g gates.Gate, now time.Time) ([]fact.Result, error) {
		canary := g.Criteria[0].Canary
		series := func(q fact.Query, none, first, then float64) fact.Result {
			r := fact.Answer(q, now)
			r.Unit = q.Yields.Unit
			for ago := q.Window.Std(); ago >= 0; ago -= time.Minute {
				n := none
				switch {
				case ago <= canarySoak:
					n = then
				case ago <= 2*canarySoak:
					n = first
				}
				r.Samples = append(r.Samples, fact.Sample{At: now.Add(-ago), Value: value.Number(n)})
			}
			return r
		}
		return []fact.Result{
			series(canary.Canary, 400, first, then), series(canary.Baseline, 400, 400, 400), series(canary.Full, 400, 400, 400),
			series(canary.Share, 0, canaryShare, share),
		}, nil
	}
}

func TestStagingEntry(t *testing.T) {
	item := func(c fact.Category) gatestest.Fact {
		return gatestest.WorkItems("scope", fact.WorkItem{ID: "REL-1", Category: c})
	}
	var seen gatestest.Coverage
	gate := StagingEntry(version)
	tests := func(passed, failed float64) gatestest.Fact { return gatestest.Numbers("tests", passed, failed, 0) }
	seen.Run(t, gate, []gatestest.Case{
		{Name: "done", Facts: facts(item(fact.Done), tests(812, 0)), Want: gates.Go},
		{Name: "in progress", Facts: facts(item(fact.InProgress), tests(812, 0)), Want: gates.NoGo, Because: []string{"scope"}},
		{Name: "nothing is in the version", Facts: facts(gatestest.WorkItems("scope"), tests(812, 0)), Want: gates.Hold},
		{Name: "half of the list", Facts: facts(gatestest.Incomplete(item(fact.Done)), tests(812, 0)), Want: gates.Hold},
		{Name: "a test fails", Facts: facts(item(fact.Done), tests(811, 1)), Want: gates.NoGo, Because: []string{"tests"}},
		{Name: "hardly any tests", Facts: facts(item(fact.Done), tests(12, 0)), Want: gates.Hold, Because: []string{"tests"}},
		{Name: "no test ran", Facts: facts(item(fact.Done), tests(0, 0)), Want: gates.Hold},
	})
	seen.Demand(t, gate)
}

func TestStagingExit(t *testing.T) {
	var seen gatestest.Coverage
	gate := StagingExit("2026.12.0")
	seen.Run(t, gate, planned([]gatestest.Case{
		{Name: "healthy", Facts: facts(p95(400, 390), blockers(0, 31), rehearsal(11)), SignedOff: gatestest.Everyone, Want: gates.Go},
		{Name: "slow", Facts: facts(p95(470, 460), blockers(0, 31), rehearsal(11)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"p95"}},
		{Name: "slower", Facts: facts(p95(440, 390), blockers(0, 31), rehearsal(11)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"p95-baseline"}},
		{Name: "blocked", Facts: facts(p95(400, 390), blockers(2, 31), rehearsal(11)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"blockers"}},
		{Name: "no quick way back", Facts: facts(p95(400, 390), blockers(0, 31), rehearsal(22)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"rehearsal"}},
		{Name: "wrong JQL matches nothing", Facts: facts(p95(400, 390), blockers(0, 0), rehearsal(11)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "Datadog is down", Facts: facts(blockers(0, 31)), SignedOff: gatestest.Everyone, Want: gates.Hold},
	}))
	seen.Demand(t, gate) // every criterion was seen to pass, to fail and not to know
}

// What is particular about the rehearsal and the release before.
func TestStagingExitBeside(t *testing.T) {
	with := func(f ...gatestest.Fact) []gatestest.Fact { return append(facts(blockers(0, 31)), f...) }
	cases := planned([]gatestest.Case{
		{Name: "rehearsed long ago", Facts: with(p95(400, 390), gatestest.Old(rehearsal(11), rehearsalAge+time.Hour)), Because: []string{"rehearsal"}},
		{Name: "not rehearsed", Facts: with(p95(400, 390)), Because: []string{"rehearsal"}},
		{Name: "the release before is not known", Facts: with(gatestest.Value("p95", 400), rehearsal(11)), Because: []string{"p95-baseline"}},
	})
	cases = append(cases, gatestest.Case{Name: "the plan has no SLA", Facts: with(p95(400, 390), rehearsal(11)), Because: []string{"rehearsal"}})
	for i := range cases {
		cases[i].SignedOff, cases[i].Want = gatestest.Everyone, gates.Hold
	}
	gatestest.Run(t, StagingExit(version), cases)
}

func TestProductionEntry(t *testing.T) {
	change := func(a fact.Answered) gatestest.Fact {
		return gatestest.Approvals("change", fact.Approval{ID: "CHG-1", Answer: a, At: gatestest.Now})
	}
	budget := func(bad float64) gatestest.Fact { return gatestest.Numbers("error-budget", bad, 1_000_000) } // of which 1000 may fail
	quiet, paged := gatestest.Incidents("incidents"), gatestest.Incidents("incidents", fact.Incident{ID: "P1"})
	good := func() []gatestest.Fact { return facts(change(fact.Approved), budget(400), quiet) }
	only := func(n int, f gatestest.Fact) []gatestest.Fact { // good, but for one fact
		all := good()
		all[n] = f
		return all
	}
	var seen gatestest.Coverage
	gate := ProductionEntry(version)
	seen.Run(t, gate, []gatestest.Case{
		{Name: "ready", Facts: good(), SignedOff: gatestest.Everyone, Want: gates.Go},
		{Name: "the SRE lead has not signed", Facts: good(), SignedOff: gatestest.Roles("release-manager"), Want: gates.Hold, Because: []string{"sre-lead"}},
		{Name: "the change is not decided", Facts: only(0, change(fact.Pending)), SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"change"}},
		{Name: "the change is rejected", Facts: only(0, change(fact.Rejected)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"change"}},
		{Name: "too little budget is left", Facts: only(1, budget(760)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"error-budget"}},
		{Name: "the budget is of yesterday", Facts: only(1, gatestest.Old(budget(400), 24*time.Hour)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "hardly any requests", Facts: only(1, gatestest.Numbers("error-budget", 0, 50)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "an incident is open", Facts: only(2, paged), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"incidents"}},
		{Name: "PagerDuty is down", Facts: only(2, gatestest.Failed("incidents", "timeout")), SignedOff: gatestest.Everyone, Want: gates.Hold},
	})
	seen.Demand(t, gate)
}

func TestProductionExit(t *testing.T) {
	failed := func(n, outOf float64) gatestest.Fact { return gatestest.Numbers("canary-errors", n, outOf) }
	var seen gatestest.Coverage
	gate := ProductionExit(version)
	seen.Run(t, gate, []gatestest.Case{
		{Name: "as fast as before", Facts: facts(rollout(400, 400, 100), failed(10, 20_000)), SignedOff: gatestest.Everyone, Want: gates.Go},
		{Name: "slower", Facts: facts(rollout(450, 400, 100), failed(10, 20_000)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"canary"}},
		{Name: "slower with all of the traffic", Facts: facts(rollout(400, 450, 100), failed(10, 20_000)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"canary"}},
		{Name: "failing", Facts: facts(rollout(400, 400, 100), failed(50, 20_000)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"canary-errors"}},
		{Name: "failing more than usual", Facts: facts(rollout(400, 400, 100), failed(30, 20_000)), SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"canary-errors"}},
		{Name: "hardly any traffic", Facts: facts(rollout(400, 400, 100), failed(0, 50)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "nothing to compare with", Facts: facts(gatestest.Value("canary", 400), failed(10, 20_000)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "part of the traffic", Facts: facts(rollout(400, 400, canaryShare), failed(10, 20_000)), SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"canary"}},
	})
	seen.Demand(t, gate)
}

// What the policy decides around every limit is in testdata/boundaries.golden. A
// limit that changes fails here until somebody has read what that means.
func TestBoundaries(t *testing.T) {
	catalog := Catalog(version)
	gatestest.BoundaryTable{Environments: catalog.Environments, Plan: plan()}.Check(t, catalog.Gates...)
}

// The catalog keeps the rules that hold for catalogs, but for what its profile
// leaves to others.
func TestCatalogIsSound(t *testing.T) {
	catalog := Catalog(version)
	if r := check.Run(&catalog, gates.Rules(), &check.Options{Profile: Profile()}); len(r.Findings) != 0 {
		t.Error(r.Findings)
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
