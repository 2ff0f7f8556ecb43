package main

import (
	"time"

	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// catalog is the policy: what has to hold at every step to production. Whoever
// answers for an environment signs its gates, unless a gate says otherwise.
func catalog() gates.Catalog {
	environment := func(name string, tier gates.Tier, role, delegate string) gates.Environment {
		return gates.Environment{Name: name, Tier: tier}.WithSignOffs(gates.SignOff{Role: role, Delegate: delegate})
	}
	return gates.NewCatalog(
		developmentEntry(), developmentExit(), qaEntry(), qaExit(),
		stagingEntry(), stagingExit(), productionEntry(), productionExit(),
	).WithEnvironments(
		environment("development", gates.PreProduction, "booking-lead", "payments-lead"),
		environment("qa", gates.PreProduction, "qa-director", "qa-manager"),
		environment("staging", gates.PreProduction, "sre-lead", "sre-on-call"),
		environment("production", gates.Production, "release-manager", "release-deputy"),
	).WithApprovals(signOffs)
}

func developmentEntry() gates.Gate {
	return evidenced(gates.Entry("development",
		gates.Done("designs", jiraItems("issuetype = Design")),
		gates.None("secrets", secrets).Titled("no secret in a repository"),
	).WithoutSignOffs("work starts when its design is done"),
		"accepted designs", "Confluence page", "booking-lead").
		WithTooling("Jira", "GitHub Actions")
}

func developmentExit() gates.Gate {
	return evidenced(gates.Exit("development",
		gates.AtLeast("coverage", metric("min:ci.coverage{release:2026.12.0}", value.Percent).Over(fortnight), 80).
			OfAnyAge("coverage belongs to the commit, which does not change"),
		gates.None("critical-findings", jiraCount("labels = security AND priority = Critical AND statusCategory != Done")),
		gates.Approved("security-review", approvalsOf("SEC-77")).Titled("security review SEC-77"),
	), "coverage report", "HTML", "booking-lead").
		WithTooling("GitHub Actions", "CodeQL")
}

func qaEntry() gates.Gate {
	return evidenced(gates.Entry("qa",
		gates.Deployed("deployed", probe.NewDeployed(deployments("qa"), "succeeded")).Titled("QA runs the approved artifacts"),
	).WithoutSignOffs("the pipeline deploys to QA by itself").WithoutManualSteps("release-manager", "the pipeline deploys to QA by itself"),
		"list of deployed digests", "JSON", "release-manager").
		WithTooling("Argo CD")
}

func qaExit() gates.Gate {
	return evidenced(gates.Exit("qa",
		gates.AtLeast("regression", metric("ci.suite.passed{suite:regression}", value.Percent), 98),
		gates.None("severity-1-2", jiraCount("issuetype = Bug AND severity in (1, 2) AND statusCategory != Done")),
		gates.AtMost("open-defects", jiraCount("issuetype = Bug AND statusCategory != Done"), 12).WarnAt(8),
		gates.BurnDown("burn-down", openBugs, berlin("2026-12-18T00:00:00")).FreshWithin(3*time.Hour).Titled("open defects come to 0 before the winter blackout"),
		gates.AtMost("mobile-work", mobileWork, 8).Titled("work left in the mobile sprint"),
		gates.Done("manual-payment-script", jiraItems("labels = manual-qa")).Titled("manual payment script on 4 devices"),
	), "regression report", "JUnit XML", "qa-director").
		WithTooling("Xray", "Jira").WithDashboards("https://grafana.example.com/d/qa-burndown")
}

func stagingEntry() gates.Gate {
	return evidenced(gates.Entry("staging",
		gates.Deployed("artifacts", probe.NewDeployed(deployments("staging"), "succeeded")).Titled("staging runs the approved artifacts"),
		gates.AtMost("migration", metric("max:migration.duration{id:0142}", value.Minutes).Over(fortnight), 20).
			OfAnyAge("the migration was timed once, on a copy of production"),
	).WithoutSignOffs("staging is entered by the pipeline").WithoutManualSteps("sre-lead", "staging is entered by the pipeline"),
		"log of migration 0142", "text", "sre-lead").
		WithTooling("Argo CD", "Flyway").WithDashboards("https://grafana.example.com/d/staging-release")
}

func stagingExit() gates.Gate {
	p95 := metric("p95:booking.latency{env:staging}", value.Milliseconds)
	return evidenced(gates.Exit("staging",
		gates.AtMost("p95", p95, 450).SustainedFor(time.Hour).FreshWithin(5*time.Minute),
		gates.AtMost("p95-baseline", p95, 1.1).SustainedFor(time.Hour).
			ComparedWith(metric("p95:booking.latency{env:staging,release:2026.11.0}", value.Milliseconds), 30),
		gates.AtMost("errors", total("sum:booking.errors{env:staging}"), 0.2).DividedBy(total("sum:booking.requests{env:staging}"), 10_000, value.Percent),
		gates.Rehearsed("rollback-rehearsal", metric("max:rehearsal.rollback{release:2026.12.0}", value.Minutes).Over(fortnight), fortnight),
		gates.Attested("failover", attested("failover"), "sre-lead", 14*24*time.Hour).Titled("failover of the booking database"),
	), "log of the rollback rehearsal", "text", "sre-lead").
		WithTooling("Datadog", "Argo CD").WithDashboards("https://grafana.example.com/d/staging-release")
}

func productionEntry() gates.Gate {
	return evidenced(gates.Entry("production",
		gates.Approved("change", cabDecision).Titled("change CHG-2071 is approved"),
		gates.AtLeast("error-budget", datadog.ErrorBudget(objective, datadog.Month), 40),
		gates.None("incidents", openIncidents).Titled("no open incident of the booking services"),
		gates.None("on-call", unguarded).Titled("somebody is on call for the whole window"),
		gates.All("apps",
			gates.Approved("app-store", approvalsOf("MER-IOS")), gates.Approved("play-store", approvalsOf("MER-AND")),
		).Titled("both stores approve"),
	).WithSignOffs(
		gates.SignOff{Role: "release-manager", Delegate: "release-deputy"},
		gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"},
	), "decision of the CAB", "Jira issue", "release-manager").
		WithTooling("Jira Service Management", "PagerDuty").WithDashboards("https://grafana.example.com/d/error-budget")
}

func productionExit() gates.Gate {
	return evidenced(gates.Exit("production",
		gates.Canary("canary-p95", canary()).Titled("the canary is no slower than the version beside it"),
		gates.Healthy("monitors", monitors).Titled("the monitors of production are well"),
		gates.Any("quiet", gates.None("pages", pages), gates.Approved("incident-review", approvalsOf("MER-IR"))),
	).WithoutManualSteps("release-manager", "the canary and the pager decide"),
		"telemetry of every canary step", "CSV", "sre-lead").
		WithTooling("Argo CD", "Datadog").WithDashboards("https://grafana.example.com/d/canary")
}

// canary takes 5, 25, 50 and 100 % of the traffic, half an hour each. With all
// of it there is nothing beside it: it is compared with the week before.
func canary() probe.Canary {
	beside := comparison()
	half := value.Duration(30 * time.Minute)
	c := probe.NewCanary(beside.Canary, beside.Baseline, beside.Share,
		probe.Step{Share: 5, Soak: half}, probe.Step{Share: 25, Soak: half}, probe.Step{Share: 50, Soak: half}, probe.Step{Share: 100, Soak: half})
	c.Full = weekBefore
	c.Bad = probe.Higher
	return c
}

// comparison is the canary, what is beside it, and the requests that each served.
func comparison() datadog.Comparison {
	return datadog.Compare("p95:booking.latency{env:production,track:canary}", "p95:booking.latency{env:production,track:stable}", value.Milliseconds,
		"sum:booking.requests{env:production,track:canary}.as_count()", "default_zero(sum:booking.requests{env:production,track:stable}.as_count())", 3*time.Hour)
}

// weekBefore is what the canary is compared with when nothing is beside it.
var weekBefore = func() fact.Query {
	q := metric("week_before(p95:booking.latency{env:production})", value.Milliseconds).Over(3 * time.Hour)
	q.Yields = fact.Series(value.Milliseconds)
	return q
}()

// total is the sum of a count over the last hour.
func total(query string) fact.Query {
	return datadog.Scalar(datadog.Sum, "a", value.Count, query+".as_count()").Over(time.Hour)
}

const (
	fortnight = 14 * 24 * time.Hour
	objective = "b2f1c7e04a5d4f6c8d3e9a1b7c5d2e4f" // of the booking API: 99.9 % of requests in 30 days
)

// evidenced gives a gate the place where its evidence is kept, and a piece that
// a role puts there before the decision.
func evidenced(g gates.Gate, what, format, by string) gates.Gate {
	return g.WithEvidence(value.Link("https://evidence.example.com/" + version + "/" + g.Environment)).
		WithCaptures(gates.Capture{What: what, Format: format, By: by, When: "before the decision"})
}

// waivers are the exceptions that were granted.
func waivers() []gates.Waiver {
	return []gates.Waiver{{
		Gate: "qa/exit", Criterion: "regression", Grant: check.Grant{
			Reason:    "11 tests of the retired price importer fail and are removed by MER-425",
			Requester: "dora", Approver: "anja", Expires: at("2026-12-10T18:00:00+01:00[Europe/Berlin]"),
		},
	}}
}
