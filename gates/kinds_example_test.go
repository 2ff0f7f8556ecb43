package gates_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func metricSeries(query string, u value.Unit, over time.Duration) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Series(u)).With("query", query).Over(over)
}

func counting(query string, over time.Duration) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Number(value.Count)).With("query", query).Over(over)
}

// One number can stand for a window, instead of every sample in it.
func ExampleCriterion_Aggregated() {
	c := gates.AtMost("p95", p95, 450).SustainedFor(time.Hour).Aggregated(probe.P95)
	fmt.Println(c.AtMost.Aggregate, c.AtMost.Query.Window)
	// Output: p95 PT1H
}

// The previous release is a baseline like any other.
func ExampleCriterion_ComparedBy() {
	before := p95.With("query", "p95:checkout.latency{env:staging,version:2026.11.0}")
	c := gates.AtMost("regression", p95, 10).SustainedFor(time.Hour).ComparedBy(probe.PercentChange, before, 30)
	fmt.Println(c.AtMost.Limit, c.AtMost.Baseline.Query.Window)
	// Output: 10% PT1H
}

func ExampleCanary() {
	canary := metricSeries("p95:checkout.latency{track:canary}", value.Milliseconds, 2*time.Hour)
	stable := metricSeries("p95:checkout.latency{track:stable}", value.Milliseconds, 2*time.Hour)
	share := metricSeries("avg:canary.share", value.Percent, 2*time.Hour)
	test := probe.NewCanary(canary, stable, share,
		probe.Step{Share: 5, Soak: value.Duration(30 * time.Minute)}, probe.Step{Share: 25, Soak: value.Duration(time.Hour)})
	test.Bad = probe.Higher
	c := gates.Canary("canary", test)
	fmt.Println(c.Canary.Condition())
	// Output: no worse than the baseline by over 5% and an effect of 0.33 at 5% for 30 minutes, 25% for 1 hour
}

func ExampleBurnDown() {
	open := fact.NewQuery("jira", "history", fact.Series(value.Count)).With("jql", "fixVersion = 2026.12.0 AND statusCategory != Done").Over(14 * 24 * time.Hour)
	c := gates.BurnDown("burn-down", open, value.Date(2026, 12, 4).In("Europe/Berlin"))
	fmt.Println(c.BurnDown.Condition())
	// Output: projected to be nothing by 2026-12-04[Europe/Berlin], from 336 hours
}

func ExampleBudget() {
	month := 30 * 24 * time.Hour
	c := gates.Budget("budget", probe.Errors{Bad: counting("errors", month), Total: counting("requests", month), Min: 10000}, 99.9, 25)
	fmt.Println(c.Budget.Condition())
	// Output: ≥ 25% of the error budget of 99.9% left over 720 hours
}

// 14.4 spends two percent of a 30-day budget in an hour.
func ExampleBurnRate() {
	errors := func(over time.Duration) probe.Errors {
		return probe.Errors{Bad: counting("errors", over), Total: counting("requests", over), Min: 1000}
	}
	c := gates.BurnRate("burn", 99.9, 14.4, errors(time.Hour), errors(5*time.Minute))
	fmt.Println(c.BurnRate.Condition())
	// Output: burns the error budget of 99.9% at ≤ 14.4× over 1 hour and 5 minutes
}

func ExampleHealthy() {
	monitors := fact.NewQuery("datadog", "monitors", fact.States()).With("tag", "service:checkout")
	c := gates.Healthy("monitors", monitors)
	catalog := gates.NewCatalog(gates.Entry("production", c).WithoutSignOffs("an example"))
	now := time.Date(2026, 12, 8, 21, 0, 0, 0, time.UTC)
	r := fact.Answer(monitors, now)
	r.States = []fact.State{{ID: "1", Title: "p95", Status: fact.Healthy}, {ID: "2", Title: "errors", Status: fact.Muted}}
	d := gates.Evaluate(catalog, gates.Input{Facts: fact.NewSet(r), Now: now, Subjects: gates.SubjectsOf(release.Plan{}, catalog)})
	fmt.Println(d.Verdict(), d.Gates[0].Outcomes[0].Sentence())
	// Output: hold 1 against 0, a monitor is muted (errors)
}

func ExampleQuiet() {
	services := fact.NewQuery("pagerduty", "services", fact.Number(value.Count))
	incidents := fact.NewQuery("pagerduty", "incidents", fact.Incidents()).OutOf(services)
	c := gates.Quiet("soak", incidents, 24*time.Hour)
	fmt.Println(c.Quiet.Condition(), c.Quiet.Query.Window)
	// Output: no incident for 24 hours PT24H
}

func ExampleSuite() {
	tests := func(outcome string) fact.Query {
		return fact.NewQuery("ci", "tests", fact.Number(value.Count)).With("outcome", outcome)
	}
	c := gates.Suite("regression", probe.Suite{Passed: tests("passed"), Failed: tests("failed"), Skipped: tests("skipped"), Least: 900, MostSkipped: 5})
	fmt.Println(c.Suite.Condition())
	// Output: at least 900 tests run and none failed, ≤ 5 skipped
}

func ExampleRehearsed() {
	took := fact.NewQuery("datadog", "metric", fact.Number(value.Minutes)).With("query", "max:rehearsal.rollback{release:2026.12.0}")
	c := gates.Rehearsed("rehearsal", took, 14*24*time.Hour)
	fmt.Println(c.Rehearsed.Condition(), c.MaxAge)
	// Output: rehearsed within the rollback SLA PT336H
}

func ExampleDeployed() {
	deployments := fact.NewQuery("azureboards", "deployments", fact.Deployments())
	test := probe.NewDeployed(deployments, "succeeded")
	test.Failed = []string{"failed", "canceled"}
	fmt.Println(gates.Deployed("digests", test).Deployed.Condition())
	// Output: every component deployed to the approved digest, counting succeeded and ignoring failed, canceled
}

func ExampleAttested() {
	records := fact.NewQuery("jira", "approvals", fact.Approvals()).With("issue", "REL-90")
	c := gates.Attested("failover", records, "sre-lead", 7*24*time.Hour)
	fmt.Println(c.Attested.Condition())
	// Output: done by sre-lead with evidence in the last 168 hours
}

func ExampleInside() {
	fmt.Println(gates.Inside("time", probe.Inside{}).Inside.Condition())
	// Output: inside the plan's window, outside freezes
}

func ExampleChecklist() {
	fmt.Println(gates.Checklist("ready", probe.PreRelease).Checklist.Condition())
	// Output: pre-release tasks all done
}

func ExampleEnvironment_Means() {
	for _, e := range []gates.Environment{{Name: "dev"}, {Name: "perf-lab"}, {Name: "perf-lab", Stage: gates.StagingStage}} {
		fmt.Println(e.Means())
	}
	// Output:
	// development
	// none
	// staging
}

func ExampleGate_WithoutManualSteps() {
	g := gates.Entry("qa").WithoutManualSteps("release-manager", "the pipeline deploys to QA by itself")
	fmt.Println(g.NoManual.By, "says that nobody is needed, since", g.NoManual.Reason)
	// Output: release-manager says that nobody is needed, since the pipeline deploys to QA by itself
}
