package gatestest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/gatestest"
	"github.com/tidegate-go/tidegate/release/fact"
)

func covered() gates.Gate {
	return gates.Exit("staging", gates.AtMost("p95", latency, 450).WarnAt(400),
		gates.Any("settled", gates.Done("scope", stories), gates.Approved("change", change))).WithoutSignOffs("a test")
}

func TestCoverage(t *testing.T) {
	var c gatestest.Coverage
	p95 := func(ms float64) gatestest.Fact { return gatestest.Value("p95", ms) }
	done := gatestest.WorkItems("scope", fact.WorkItem{ID: "REL-1", Category: fact.Done})
	open := gatestest.WorkItems("scope", fact.WorkItem{ID: "REL-1", Category: fact.ToDo})
	cases := []gatestest.Case{
		{Name: "well", Facts: gatestest.Facts(p95(300), done), Want: gates.Go},
		{Name: "slow", Facts: gatestest.Facts(p95(500), open), Want: gates.NoGo},
		{Name: "blind", Want: gates.Hold},
	}
	c.Run(t, covered(), cases)
	want := []gatestest.Gap{
		{Gate: "staging/exit", Criterion: "p95", Unseen: []gates.Outcome{gates.Warn}},
		{Gate: "staging/exit", Criterion: "settled", Unseen: []gates.Outcome{gates.Fail}},
		{Gate: "staging/exit", Criterion: "change", Unseen: []gates.Outcome{gates.Pass, gates.Fail}},
	}
	if diff := cmp.Diff(want, c.Gaps(covered())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	const report = `1 of 4 criteria were seen to pass, fail and go unknown
  staging/exit p95: no case has seen it warn
  staging/exit settled: no case has seen it fail
  staging/exit change: no case has seen it pass, fail
`
	if diff := cmp.Diff(report, c.Report(covered())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	r := &recorder{TB: t}
	c.Demand(r, covered())
	c.Demand(r)
	if len(r.errors) != 4 || r.errors[0] != "coverage: staging/exit p95: no case has seen it warn" {
		t.Errorf("%q", r.errors)
	}
	c.Run(t, covered(), []gatestest.Case{
		{Name: "nearing", Facts: gatestest.Facts(p95(420), open, gatestest.Approvals("change", fact.Approval{ID: "C", Answer: fact.Rejected})), Want: gates.NoGo},
		{Name: "approved", Facts: gatestest.Facts(p95(420), gatestest.Approvals("change", fact.Approval{ID: "C", Answer: fact.Approved, At: gatestest.Now})), Want: gates.Hold},
	})
	c.Demand(t, covered())
	if gaps := c.Gaps(gates.Exit("qa", covered().Criteria...)); len(gaps) != 4 {
		t.Errorf("what one gate has seen counts for another: %v", gaps)
	}
	var none gatestest.Coverage
	if gaps := none.Gaps(covered()); len(gaps) != 4 || len(gaps[0].Unseen) != 4 {
		t.Errorf("%v", gaps)
	}
}
