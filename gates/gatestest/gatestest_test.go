package gatestest_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/gatestest"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var (
	latency  = fact.NewQuery("datadog", "metric", fact.Number(value.Milliseconds)).With("query", "p95:checkout.latency{env:staging}")
	all      = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 1")
	blockers = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 1 AND priority = Blocker").OutOf(all)
	stories  = fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", "fixVersion = 1")
	change   = fact.NewQuery("jira", "approvals", fact.Approvals()).With("issue", "CHG-1")
)

// stagingExit is the policy under test.
func stagingExit() gates.Gate {
	return gates.Exit("staging",
		gates.AtMost("p95", latency, 450).SustainedFor(time.Hour).FreshWithin(5*time.Minute),
		gates.None("blockers", blockers),
		gates.Any("settled", gates.Done("scope", stories), gates.Approved("change", change)),
	).WithSignOffs(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"}, gates.SignOff{Role: "qa-director", Quorum: 2})
}

func TestRun(t *testing.T) {
	p95 := func(ms float64) gatestest.Fact { return gatestest.Value("p95", ms) }
	blocking := func(n, outOf float64) gatestest.Fact { return gatestest.CountOf("blockers", n, outOf) }
	done := gatestest.WorkItems("scope", fact.WorkItem{ID: "REL-1", Category: fact.Done})
	open := gatestest.WorkItems("scope", fact.WorkItem{ID: "REL-1", Category: fact.ToDo})
	approved := gatestest.Approvals("change", fact.Approval{ID: "CHG-1", Answer: fact.Approved, At: gatestest.Now.Add(-time.Hour)})
	pending := gatestest.Approvals("change", fact.Approval{ID: "CHG-1"})
	gatestest.Run(t, stagingExit(), []gatestest.Case{
		{Name: "healthy", Facts: gatestest.Facts(p95(400), blocking(0, 31), done, pending), SignedOff: gatestest.Everyone, Want: gates.Go, Because: []string{}},
		{Name: "slow", Facts: gatestest.Facts(p95(470), blocking(0, 31), done, pending), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"p95"}},
		{Name: "wrong JQL matches nothing", Facts: gatestest.Facts(p95(400), blocking(0, 0), done, pending), SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"blockers"}},
		{Name: "Datadog is down", Facts: gatestest.Facts(gatestest.Failed("p95", "timeout"), blocking(0, 31), done, pending), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "nobody asked Datadog", Facts: gatestest.Facts(blocking(0, 31), done, pending), SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"p95"}},
		{Name: "old facts", Facts: gatestest.Facts(gatestest.Old(p95(400), 6*time.Minute), blocking(0, 31), done, pending), SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"p95"}},
		{Name: "half the list", Facts: gatestest.Facts(p95(400), blocking(0, 31), gatestest.Incomplete(done), pending), SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"settled"}},
		{Name: "either settles", Facts: gatestest.Facts(p95(400), blocking(0, 31), open, approved), SignedOff: gatestest.Everyone, Want: gates.Go},
		{Name: "nobody signed", Facts: gatestest.Facts(p95(400), blocking(0, 31), done, pending), Want: gates.Hold, Because: []string{"sre-lead", "qa-director"}},
		{Name: "one of two signed", Facts: gatestest.Facts(p95(400), blocking(0, 31), done, pending), SignedOff: gatestest.Roles("sre-lead", "qa-director"), Want: gates.Hold, Because: []string{"qa-director"}},
		{Name: "a result as it stands", Facts: gatestest.Facts(gatestest.Result(fact.AnswerFailure(all, gatestest.Now, "timeout", "")),
			gatestest.Result(fact.AnswerNumber(blockers, gatestest.Now, 0)), p95(400), done, pending), SignedOff: gatestest.Everyone, Want: gates.Hold, Because: []string{"blockers"}},
	})
}

// A case that is wrong itself is an error, not a decision.
func TestDecideRefusesCase(t *testing.T) {
	for name, f := range map[string]gatestest.Fact{
		"no such criterion":     gatestest.Value("p99", 1),
		"a group asks many":     gatestest.CountOf("settled", 0, 1),
		"no population to give": gatestest.CountOf("p95", 0, 1),
	} {
		if d, err := gatestest.Decide(stagingExit(), gatestest.Case{Facts: gatestest.Facts(f)}); err == nil {
			t.Errorf("%s: decided %s", name, d.Verdict)
		}
	}
}
