package main

import (
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// catalog is the policy: what has to hold at every step to production.
func catalog() gates.Catalog {
	return gates.NewCatalog(
		developmentEntry(), developmentExit(), qaEntry(), qaExit(),
		stagingEntry(), stagingExit(), productionEntry(), productionExit(),
	).WithEnvironments(
		gates.Environment{Name: "development", Tier: gates.PreProduction},
		gates.Environment{Name: "qa", Tier: gates.PreProduction},
		gates.Environment{Name: "staging", Tier: gates.PreProduction},
		gates.Environment{Name: "production", Tier: gates.Production},
	).WithApprovals(signOffs)
}

func developmentEntry() gates.Gate {
	return evidenced(gates.Entry("development", gates.Done("designs", jiraItems("issuetype = Design"))).
		WithoutSignOffs("work starts when its design is done")).
		WithTooling("Jira MER")
}

func developmentExit() gates.Gate {
	return evidenced(gates.Exit("development",
		gates.AtLeast("coverage", metric("min:ci.coverage{release:2026.12.0}", value.Percent), 80).
			OfAnyAge("coverage belongs to the commit, which does not change"),
		gates.None("critical-findings", jiraCount("labels = security AND priority = Critical AND statusCategory != Done")),
	).WithSignOffs(gates.SignOff{Role: "booking-lead", Delegate: "payments-lead"})).
		WithTooling("GitHub Actions", "CodeQL")
}

func qaEntry() gates.Gate {
	return evidenced(gates.Entry("qa",
		gates.Count("deployed", deployments("qa"), gates.Match{Status: "succeeded"}, 7, gates.NoLimit).Titled("all 7 components are deployed"),
	).WithoutSignOffs("the pipeline deploys to QA by itself")).
		WithTooling("Argo CD")
}

func qaExit() gates.Gate {
	return evidenced(gates.Exit("qa",
		gates.AtLeast("regression", metric("ci.suite.passed{suite:regression}", value.Percent), 98),
		gates.None("severity-1-2", jiraCount("issuetype = Bug AND severity in (1, 2) AND statusCategory != Done")),
		gates.AtMost("open-defects", jiraCount("issuetype = Bug AND statusCategory != Done"), 12).WarnAt(8),
		gates.Done("manual-payment-script", jiraItems("labels = manual-qa")).Titled("manual payment script on 4 devices"),
	).WithSignOffs(gates.SignOff{Role: "qa-director", Delegate: "qa-manager"})).
		WithTooling("Xray").WithDashboards("https://grafana.example.com/d/qa-burndown")
}

func stagingEntry() gates.Gate {
	return evidenced(gates.Entry("staging",
		gates.Checked("artifacts", gates.Custom{Name: "artifacts-match", Queries: []fact.Query{deployments("staging")}}).
			Titled("deployed artifacts are those of the plan"),
		gates.AtMost("migration", metric("max:migration.duration{id:0142}", value.Minutes), 20).
			OfAnyAge("the migration was timed once, on a copy of production"),
	).WithoutSignOffs("staging is entered by the pipeline")).
		WithTooling("Argo CD", "Flyway").WithDashboards("https://grafana.example.com/d/staging-release")
}

func stagingExit() gates.Gate {
	return evidenced(gates.Exit("staging",
		gates.AtMost("p95", metric("p95:booking.latency{env:staging}", value.Milliseconds), 450).
			SustainedFor(time.Hour).FreshWithin(5*time.Minute),
		gates.AtMost("errors", metric("sum:booking.errors{env:staging}", value.Count), 0.2).
			DividedBy(metric("sum:booking.requests{env:staging}", value.Count), 10_000, value.Percent),
		gates.AtMost("rollback-rehearsal", metric("max:rehearsal.rollback{release:2026.12.0}", value.Minutes), 15).
			OfAnyAge("the rehearsal happened once, on 2026-12-03"),
	).WithSignOffs(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"})).
		WithTooling("Datadog", "Argo Rollouts").WithDashboards("https://grafana.example.com/d/staging-release")
}

func productionEntry() gates.Gate {
	return evidenced(gates.Entry("production",
		gates.Approved("change", approvalsOf("CHG-2071")).Titled("change CHG-2071 is approved"),
		gates.AtLeast("error-budget", metric("slo.error_budget{service:booking-api}", value.Percent), 40),
		gates.None("incidents", openIncidents).Titled("no open incident of the booking services"),
		gates.All("apps",
			gates.Approved("app-store", approvalsOf("MER-IOS")), gates.Approved("play-store", approvalsOf("MER-AND")),
		).Titled("both stores approve"),
	).WithSignOffs(
		gates.SignOff{Role: "release-manager", Delegate: "release-deputy"},
		gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"},
	)).WithTooling("Jira Service Management", "PagerDuty").WithDashboards("https://grafana.example.com/d/error-budget")
}

func productionExit() gates.Gate {
	return evidenced(gates.Exit("production",
		gates.AtMost("canary-p95", metric("p95:booking.latency{env:production,track:canary}", value.Milliseconds), 1.1).
			SustainedFor(30*time.Minute).
			ComparedWith(metric("p95:booking.latency{env:production,track:stable}", value.Milliseconds), 30),
		gates.Any("quiet", gates.None("pages", pages), gates.Approved("incident-review", approvalsOf("MER-IR"))),
	).WithSignOffs(gates.SignOff{Role: "release-manager", Delegate: "release-deputy"})).
		WithTooling("Argo Rollouts").WithDashboards("https://grafana.example.com/d/canary")
}

// evidenced gives a gate the place where its evidence is kept.
func evidenced(g gates.Gate) gates.Gate {
	return g.WithEvidence(value.Link("https://evidence.example.com/" + version + "/" + g.Environment))
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
