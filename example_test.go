package tidegate_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// A plan, one gate and two facts become a decision. Take a fact away and the
// gate holds.
func Example() {
	p95 := fact.NewQuery("datadog", "metric", fact.Number(value.Milliseconds)).With("query", "p95:checkout.latency{env:staging}")
	all := fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 2026.12.0")
	blockers := fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 2026.12.0 AND priority = Blocker").OutOf(all)

	plan := release.NewPlan("Atlas", "2026.12.0")
	catalog := gates.NewCatalog(
		gates.Exit("staging", gates.AtMost("p95", p95, 450), gates.None("blockers", blockers)).
			WithoutSignOffs("nobody signs in an example"),
	)
	now := time.Date(2026, 12, 8, 21, 0, 0, 0, time.UTC)
	decide := func(results ...fact.Result) gates.Decisions {
		return gates.Evaluate(catalog, gates.Input{
			Plan: plan, Facts: fact.NewSet(results...), Now: now, Subjects: gates.SubjectsOf(plan, catalog),
		})
	}

	d := decide(fact.AnswerNumber(p95, now, 412), fact.AnswerNumber(blockers, now, 0), fact.AnswerNumber(all, now, 31))
	fmt.Println(d.Verdict())
	d = decide(fact.AnswerNumber(p95, now, 412), fact.AnswerNumber(blockers, now, 0))
	fmt.Println(d.Verdict(), "because", d.Gates[0].Because()[0])

	p := packet.New(plan, catalog).WithDecisions(d)
	report := packet.Verify(p, &packet.VerifyOptions{Now: now})
	fmt.Println(packet.Verdict(p, report), "with", report.Counts().Errors > 0)
	// Output:
	// go
	// hold because blockers: 0 against 0, zero out of nothing proves nothing
	// hold with true
}
