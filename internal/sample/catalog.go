package sample

import (
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// What the catalog asks.
var (
	released    = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 2026.12.0")
	severe      = released.With("jql", "fixVersion = 2026.12.0 AND severity in (1, 2) AND statusCategory != Done").OutOf(released)
	designs     = workItems("fixVersion = 2026.12.0 AND type = Design")
	openDefects = fact.NewQuery("jira", "burndown", fact.Series(value.Count)).With("jql", "fixVersion = 2026.12.0 AND type = Bug").
			Over(7 * 24 * time.Hour).OutOf(released)
	coverage  = fact.NewQuery("ci", "coverage", fact.Number(value.Percent)).With("scope", "changed lines")
	inQA      = deployments("qa")
	inStaging = deployments("staging")
	inLive    = deployments("production")
	explored  = approvalsOf("exploratory")
	restored  = approvalsOf("restore")
	change    = approvalsOf("CHG-4471")
	signOffs  = approvalsOf("sign-off")
	rehearsal = fact.NewQuery("datadog", "metric", fact.Number(value.Minutes)).With("query", "rehearsal.rollback")
	serving   = fact.NewQuery("pagerduty", "services", fact.Number(value.Count)).With("team", "shop")
	incidents = fact.NewQuery("pagerduty", "incidents", fact.Incidents()).With("team", "shop").OutOf(serving)
	monitors  = fact.NewQuery("datadog", "monitors", fact.States()).With("tag", "release:2026.12.0")
)

func deployments(environment string) fact.Query {
	return fact.NewQuery("argocd", "deployments", fact.Deployments()).With("environment", environment)
}

func approvalsOf(request string) fact.Query {
	return fact.NewQuery("jira", "approvals", fact.Approvals()).With("request", request)
}

func suite(name string) probe.Suite {
	count := func(state string) fact.Query {
		return fact.NewQuery("ci", "tests", fact.Number(value.Count)).With("suite", name).With("state", state)
	}
	return probe.Suite{Passed: count("passed"), Failed: count("failed"), Skipped: count("skipped"), Least: 400, MostSkipped: 4}
}

// soak is how long each step of the canary lasts.
const soak = 5 * time.Minute

func canary() probe.Canary {
	p95 := func(track string) fact.Query {
		return fact.NewQuery("datadog", "metric", fact.Series(value.Milliseconds)).With("query", "checkout.p95").With("track", track).Over(4 * soak)
	}
	share := fact.NewQuery("datadog", "metric", fact.Series(value.Percent)).With("query", "checkout.canary_share").Over(4 * soak)
	c := probe.NewCanary(p95("canary"), p95("stable"), share,
		probe.Step{Share: 5, Soak: value.Duration(soak - 30*time.Second)}, probe.Step{Share: 25, Soak: value.Duration(soak - 30*time.Second)},
		probe.Step{Share: 50, Soak: value.Duration(soak - 30*time.Second)}, probe.Step{Share: 100, Soak: value.Duration(soak - 30*time.Second)})
	c.Full, c.Bad = p95("2026.11"), probe.Higher
	return c
}

// Catalog guards the four environments of the release of [Plan], on both sides.
func Catalog() gates.Catalog {
	return gates.NewCatalog(devEntry(), devExit(), qaEntry(), qaExit(), stagingEntry(), stagingExit(), productionEntry(), productionExit()).
		WithEnvironments(
			gates.Environment{Name: "dev", Tier: gates.PreProduction}, gates.Environment{Name: "qa", Tier: gates.PreProduction},
			gates.Environment{Name: "staging", Tier: gates.PreProduction}, gates.Environment{Name: "production"}).
		WithApprovals(signOffs)
}

func devEntry() gates.Gate {
	return guarded(gates.Entry("dev", gates.Done("designs", designs).Titled("Every design is done")), "sre-lead", "release-manager").
		WithTooling("Jira")
}

func devExit() gates.Gate {
	return guarded(gates.Exit("dev",
		gates.AtLeast("coverage", coverage, 80).Titled("80% of the changed lines are covered"),
		gates.Suite("unit", suite("unit")).Titled("The unit tests pass"),
	), "sre-lead", "release-manager").WithTooling("GitHub Actions")
}

func qaEntry() gates.Gate {
	return guarded(gates.Entry("qa", gates.Deployed("artifacts", probe.NewDeployed(inQA, "succeeded")).Titled("The approved artifacts run in QA")),
		"release-manager", "release-deputy").WithTooling("Argo CD")
}

func qaExit() gates.Gate {
	return guarded(gates.Exit("qa",
		gates.Suite("regression", suite("regression")).Titled("The regression suite passes"),
		gates.BurnDown("burn-down", openDefects, at("2026-12-12T18:00:00")).Titled("Open defects come to 0 before 2026-12-12T18:00:00-05:00"),
		gates.None("severe-defects", severe).Titled("0 defects of severity 1 and 2 are open"),
		gates.Attested("exploratory", explored, "support-lead", 14*24*time.Hour).Titled("The exploratory session is done"),
	), "qa-lead", "support-lead").WithTooling("Jira", "GitHub Actions")
}

func stagingEntry() gates.Gate {
	return guarded(gates.Entry("staging", gates.Deployed("artifacts", probe.NewDeployed(inStaging, "succeeded")).Titled("The approved artifacts run in staging")),
		"sre-lead", "sre-on-call").WithTooling("Argo CD").WithDashboards(checkoutBoard)
}

func stagingExit() gates.Gate {
	p95 := metric("checkout.p95.staging", value.Milliseconds)
	return guarded(gates.Exit("staging",
		gates.Suite("end-to-end", suite("end-to-end")).Titled("The end-to-end suite passes"),
		gates.AtMost("p95", p95, 1.1).SustainedFor(30*time.Minute).ComparedWith(p95.With("release", "2026.11"), 20).
			Titled("p95 exceeds the baseline by at most 10%"),
		gates.Rehearsed("rollback-rehearsal", rehearsal, 14*24*time.Hour).Titled("A rollback rehearsal kept the rollback SLA"),
		gates.Attested("restore", restored, "sre-lead", 14*24*time.Hour).Titled("A restore of snapshot S-1207 succeeded"),
	), "sre-lead", "sre-on-call").WithTooling("Datadog", "Argo Rollouts").WithDashboards(checkoutBoard)
}

func productionEntry() gates.Gate {
	return guarded(gates.Entry("production",
		gates.Approved("change", change).Titled("CHG-4471 is approved").WithoutWaivers(),
		gates.Healthy("monitors", monitors).Titled("Every monitor of the release is well"),
		gates.Count("incidents", incidents, gates.Match{Status: "triggered"}, 0, 0).Titled("0 incidents are open"),
	), "release-manager", "release-deputy").WithTooling("Jira", "PagerDuty").WithDashboards(checkoutBoard)
}

func productionExit() gates.Gate {
	p95 := metric("checkout.p95", value.Milliseconds)
	return guarded(gates.Exit("production",
		gates.Canary("canary", canary()).Titled("The canary is no worse than the stable version"),
		gates.AtMost("errors", metric("checkout.errors", value.Percent), 0.5).Titled("At most 0.5% of checkouts fail"),
		gates.AtMost("p95", p95, 700).Titled("p95 is at most 700 ms"),
		gates.AtMost("p95-baseline", p95, 1.1).SustainedFor(30*time.Minute).ComparedWith(metric("checkout.p95.2026.11", value.Milliseconds), 20).
			Titled("p95 exceeds the baseline of production by at most 10%"),
	), "sre-lead", "release-manager").WithTooling("Datadog", "Argo Rollouts").WithDashboards(checkoutBoard)
}

// checkoutBoard is the dashboard that the tooling of the plan lists.
const checkoutBoard value.Link = "https://datadog.example.com/dashboard/checkout"

// guarded is a gate with who signs it and what is kept of it.
func guarded(g gates.Gate, role, delegate string) gates.Gate {
	return g.WithSignOffs(gates.SignOff{Role: role, Delegate: delegate}).
		WithEvidence(value.Link("https://evidence.example.com/2026.12.0/" + g.ID())).
		WithCaptures(gates.Capture{What: "Report of the criteria", Format: "JSON", By: "sre-lead", When: "before the decision"})
}
