package sample

import (
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// day is 24 hours, in which ages are given.
const day = 24 * time.Hour

// Catalog is the gates that the release of [Plan] passes, with every kind of
// test: four environments, entry and exit, each with somebody who signs and a
// delegate who wrote nothing of the release.
func Catalog() gates.Catalog {
	lead := gates.SignOff{Role: "sre-lead", Delegate: "release-manager"}
	return gates.NewCatalog(
		devEntry(), devExit(), qaEntry(), qaExit(), stagingEntry(), stagingExit(), productionEntry(), productionExit(),
	).WithEnvironments(
		gates.Environment{Name: "dev", Tier: gates.PreProduction}.WithSignOffs(lead),
		gates.Environment{Name: "qa", Tier: gates.PreProduction}.WithSignOffs(gates.SignOff{Role: "release-manager", Delegate: "release-deputy"}),
		gates.Environment{Name: "staging", Tier: gates.PreProduction}.WithSignOffs(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"}),
		gates.Environment{Name: "production", Tier: gates.Production}.WithSignOffs(gates.SignOff{Role: "release-manager", Delegate: "release-deputy"}),
	).WithApprovals(signOffs)
}

func devEntry() gates.Gate {
	return kept(gates.Entry("dev",
		gates.Done("designs", workItems("fixVersion = 2026.12.0 AND issuetype = Design")).Titled("Every design is accepted"),
		gates.None("secrets", alerts("secret-scanning")).Titled("No secret in a repository"),
	), gates.Capture{What: "accepted designs", Format: "Confluence page", By: "dev-lead", When: "before the decision"}).
		WithTooling("Jira", "GitHub")
}

func devExit() gates.Gate {
	unit := suite("unit", 1200, 10)
	unit.Coverage, unit.LeastCoverage = ciNumber("coverage", "unit", value.Percent), quantity(80, value.Percent)
	return kept(gates.Exit("dev",
		gates.Suite("unit-tests", unit).Titled("Unit tests of the seven components"),
		gates.None("critical-alerts", alerts("code-scanning")).Titled("Code scanning finds nothing critical"),
		gates.Approved("security-review", approvalsOf("SEC-310")).Titled("Security review SEC-310"),
	), gates.Capture{What: "unit test report with coverage", Format: "JUnit XML", By: "dev-lead", When: "before the decision"}).
		WithTooling("GitHub Actions")
}

func qaEntry() gates.Gate {
	return kept(gates.Entry("qa",
		gates.Deployed("deployed", probe.NewDeployed(deployments("qa"), "Synced")).Titled("QA runs the approved artifacts"),
		gates.Checked("smoke", gates.Custom{Name: "smoke", Params: `{"suite":"checkout"}`, Queries: []fact.Query{ciNumber("passed", "smoke", value.Count)}}),
	), gates.Capture{What: "list of deployed digests", Format: "JSON", By: "release-manager", When: "after the deployment"}).
		WithTooling("Argo CD", "GitHub Actions").
		WithoutManualSteps("release-manager", "Argo CD deploys to QA by itself")
}

func qaExit() gates.Gate {
	open := workItems("fixVersion = 2026.12.0 AND issuetype = Bug AND severity = 3")
	return kept(gates.Exit("qa",
		gates.Suite("regression", suite("regression", 400, 4)),
		gates.BurnDown("burn-down", defects, at("2026-12-09T02:00:00")).Titled("Defects burn down to none"),
		gates.None("severity-1-2", jiraCount("issuetype = Bug AND severity in (1, 2) AND statusCategory != Done")),
		gates.Count("severity-3", open, gates.Match{Category: fact.ToDo}, 0, 12),
		gates.Attested("exploratory-tests", attestations("exploratory-tests"), "qa-lead", 7*day).Titled("Exploratory tests of the checkout on 4 devices"),
	).WithSignOffs(gates.SignOff{Role: "qa-lead", Delegate: "support-lead"}),
		gates.Capture{What: "regression report", Format: "JUnit XML", By: "qa-lead", When: "before the decision"},
		gates.Capture{What: "notes of the exploratory tests", Format: "Confluence page", By: "qa-lead", When: "within 1 day",
			Where: "https://wiki.example.com/qa/2026.12.0"}).
		WithTooling("GitHub Actions", "Jira").WithDashboards("https://datadog.example.com/dashboard/qa-burn-down")
}

func stagingEntry() gates.Gate {
	return kept(gates.Entry("staging",
		gates.Deployed("deployed", probe.NewDeployed(deployments("staging"), "Synced")).Titled("Staging runs the approved artifacts"),
		gates.AtMost("migration", metric("max:migration.duration{id:0142}", value.Minutes), 20).WarnAt(18).
			OfAnyAge("migration 0142 is timed once, on a copy of production"),
		gates.Healthy("monitors", monitors("staging")),
	), gates.Capture{What: "log of migration 0142", Format: "text", By: "sre-lead", When: "after the migration"}).
		WithTooling("Argo CD", "Datadog").WithDashboards("https://datadog.example.com/dashboard/staging").
		WithoutManualSteps("sre-lead", "Argo CD deploys to staging by itself")
}

func stagingExit() gates.Gate {
	p95 := metric("p95:checkout.latency{env:staging}", value.Milliseconds)
	return kept(gates.Exit("staging",
		gates.AtMost("p95", p95, 450).SustainedFor(time.Hour).WarnAt(430).FreshWithin(5*time.Minute).Titled("Checkout p95 in staging"),
		gates.AtMost("p95-baseline", p95, 1.1).SustainedFor(time.Hour).
			ComparedWith(metric("p95:checkout.latency{env:staging,release:2026.11.0}", value.Milliseconds), 30),
		gates.AtMost("error-rate", metric("sum:checkout.errors{env:staging}", value.Count), 0.2).
			DividedBy(metric("sum:checkout.requests{env:staging}", value.Count), 10_000, value.Percent),
		gates.Between("replicas", metric("avg:kubernetes.replicas{env:staging}", value.Count), 3, 10),
		gates.Rehearsed("rollback", metric("max:rehearsal.rollback{release:2026.12.0}", value.Minutes), 14*day),
		gates.Attested("failover", attestations("failover"), "sre-lead", 14*day).Titled("Failover of the orders database"),
	), gates.Capture{What: "telemetry of the load test", Format: "CSV", By: "sre-lead", When: "before the decision"},
		gates.Capture{What: "log of the rollback rehearsal", Format: "text", By: "sre-lead", When: "on the day of the rehearsal"}).
		WithTooling("Datadog", "Argo CD").WithDashboards("https://datadog.example.com/dashboard/staging")
}

func productionEntry() gates.Gate {
	errors := func(window time.Duration) probe.Errors {
		return probe.Errors{Bad: metric("sum:checkout.errors{env:production}", value.Count).Over(window),
			Total: metric("sum:checkout.requests{env:production}", value.Count).Over(window), Min: 1000}
	}
	return kept(gates.Entry("production",
		gates.Approved("change", approvalsOf("CHG-4471")).Titled("CAB approves CHG-4471").WithoutWaivers(),
		gates.Inside("window", probe.Inside{}),
		gates.Budget("error-budget", errors(30*day), 99.9, 25),
		gates.BurnRate("burn-rate", 99.9, 14.4, errors(time.Hour), errors(5*time.Minute)),
		gates.Healthy("monitors", monitors("production")),
		gates.All("stores", gates.Approved("app-store", approvalsOf("REL-120")), gates.Approved("play-store", approvalsOf("REL-121"))).
			Titled("Both stores approve version 12.4.0"),
		gates.AtLeastOf("on-call", 2,
			gates.AtLeast("responders", pagerDuty("responders"), 3),
			gates.AtMost("open-pages", pagerDuty("open-pages"), 2),
			gates.AtMost("pages-per-shift", pagerDuty("pages-per-shift"), 4)).Titled("The rotation has room for a release"),
		gates.Checklist("readiness", probe.PreRelease),
	), gates.Capture{What: "decision of the CAB", Format: "Jira issue", By: "release-manager", When: "before the window opens",
		Where: "https://jira.example.com/browse/CHG-4471"}).
		WithTooling("Jira", "PagerDuty", "Datadog").WithDashboards("https://datadog.example.com/dashboard/checkout")
}

func productionExit() gates.Gate {
	return kept(gates.Exit("production",
		gates.Canary("canary", canary()).Titled("The canary is no slower than the stable version"),
		gates.AtMost("p95-baseline", metric("p95:checkout.latency{env:production}", value.Milliseconds), 1.1).SustainedFor(30*time.Minute).
			ComparedWith(metric("p95:checkout.latency{env:production,release:2026.11.0}", value.Milliseconds), 30),
		gates.AtMost("errors", metric("checkout.errors", value.Percent), 0.5).Titled("At most 0.5% of checkouts fail"),
		gates.AtMost("p95", metric("checkout.p95", value.Milliseconds), 700).Titled("p95 of the checkout is at most 700 ms"),
		gates.Deployed("deployed", probe.NewDeployed(deployments("production"), "Synced")).Titled("Production runs the approved artifacts"),
		gates.Any("calm", gates.Quiet("quiet", incidents, time.Hour), gates.Approved("incident-review", approvalsOf("REL-130"))),
		gates.AtMost("queue", metric("max:notifications.queue{env:production}", value.Count).OutOf(watched), 500).AsOptional(),
		gates.Checklist("deployment-tasks", probe.Deployment),
	).WithSignOffs(gates.SignOff{Role: "sre-lead", Delegate: "release-manager"}),
		gates.Capture{What: "telemetry of every canary step", Format: "CSV", By: "sre-lead", When: "after each step"}).
		WithTooling("Argo CD", "Datadog").WithDashboards("https://datadog.example.com/dashboard/checkout", "https://datadog.example.com/dashboard/canary")
}

// canary takes 5, 25, 50 and 100 % of the traffic, 15 minutes each. At 100 %
// it is compared with the version before, a week ago.
func canary() probe.Canary {
	series := func(query string, unit value.Unit) fact.Query {
		q := metric(query, unit).Over(2 * time.Hour)
		q.Yields.Shape = fact.SeriesShape
		return q
	}
	quarter := value.Duration(15 * time.Minute)
	c := probe.NewCanary(series("p95:checkout.latency{env:production,track:canary}", value.Milliseconds),
		series("p95:checkout.latency{env:production,track:stable}", value.Milliseconds),
		series("canary.share{env:production}", value.Percent),
		probe.Step{Share: 5, Soak: quarter}, probe.Step{Share: 25, Soak: quarter}, probe.Step{Share: 50, Soak: quarter}, probe.Step{Share: 100, Soak: quarter})
	c.Full = series("p95:checkout.latency{env:production,week:before}", value.Milliseconds)
	c.Bad = probe.Higher
	return c
}

// kept is the gate with the place of its evidence and what is put there.
func kept(g gates.Gate, captures ...gates.Capture) gates.Gate {
	return g.WithEvidence(value.Link("https://evidence.example.com/2026.12.0/" + g.ID())).WithCaptures(captures...)
}
