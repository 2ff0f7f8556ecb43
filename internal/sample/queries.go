package sample

import (
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// What gates ask, beside metrics and work items. A population makes nothing
// mean something.
var (
	signOffs     = fact.NewQuery("jira", "approvals", fact.Approvals()).With("jql", "type = Sign-off")
	everything   = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 2026.12.0")
	repositories = fact.NewQuery("github", "repositories", fact.Number(value.Count)).With("team", "shop")
	watched      = fact.NewQuery("pagerduty", "services", fact.Number(value.Count)).With("team", "shop")
	incidents    = fact.NewQuery("pagerduty", "incidents", fact.Incidents()).With("team", "shop").OutOf(watched)
	defects      = fact.NewQuery("jira", "history", fact.Series(value.Count)).With("jql", "fixVersion = 2026.12.0 AND issuetype = Bug").
			Over(14 * day).OutOf(everything)
)

// jiraCount counts the work items of the release that match, out of all of them.
func jiraCount(jql string) fact.Query {
	return everything.With("jql", "fixVersion = 2026.12.0 AND "+jql).OutOf(everything)
}

// alerts counts what a scan found, out of the repositories that it looked at.
func alerts(scan string) fact.Query {
	return fact.NewQuery("github", "alerts", fact.Number(value.Count)).With("scan", scan).With("severity", "critical").OutOf(repositories)
}

// ciNumber is one number of a suite's newest run.
func ciNumber(kind, suite string, unit value.Unit) fact.Query {
	return fact.NewQuery("github", kind, fact.Number(unit)).With("suite", suite)
}

// suite is the test of a suite of tests, without coverage.
func suite(name string, least, skipped int) probe.Suite {
	return probe.Suite{Passed: ciNumber("passed", name, value.Count), Failed: ciNumber("failed", name, value.Count),
		Skipped: ciNumber("skipped", name, value.Count), Least: least, MostSkipped: skipped}
}

// deployments lists what was deployed to an environment.
func deployments(environment string) fact.Query {
	return fact.NewQuery("argocd", "deployments", fact.Deployments()).With("environment", environment)
}

// monitors lists how the monitors of an environment are.
func monitors(environment string) fact.Query {
	return fact.NewQuery("datadog", "monitors", fact.States()).With("environment", environment)
}

// approvalsOf lists the answers to one request.
func approvalsOf(request string) fact.Query {
	return fact.NewQuery("jira", "approvals", fact.Approvals()).With("issue", request)
}

// attestations lists who said that a manual step was done.
func attestations(step string) fact.Query {
	return fact.NewQuery("jira", "approvals", fact.Approvals()).With("step", step)
}

// pagerDuty is a number of the rotation that stands by, out of what it watches.
func pagerDuty(what string) fact.Query {
	return fact.NewQuery("pagerduty", what, fact.Number(value.Count)).With("team", "shop").OutOf(watched)
}
