package main

import (
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// What is asked, and of whom. A population makes a zero mean something.
var (
	release20261200 = jiraCount("")
	signOffs        = fact.NewQuery("jira", "approvals", fact.Approvals()).With("jql", "issuetype = Sign-off AND fixVersion = 2026.12.0")
	services        = fact.NewQuery("pagerduty", "services", fact.Number(value.Count)).With("team", "booking")
	openIncidents   = fact.NewQuery("pagerduty", "incidents", fact.Incidents()).With("team", "booking").With("status", "open").OutOf(services)
	pages           = fact.NewQuery("pagerduty", "incidents", fact.Incidents()).With("team", "booking").With("since", "deployment").OutOf(services)
)

// jiraCount counts the issues of the release that match.
func jiraCount(jql string) fact.Query {
	return fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", ofRelease(jql))
}

// jiraItems lists the issues of the release that match.
func jiraItems(jql string) fact.Query {
	return fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", ofRelease(jql))
}

func ofRelease(jql string) string {
	if jql == "" {
		return "fixVersion = 2026.12.0"
	}
	return "fixVersion = 2026.12.0 AND " + jql
}

// jiraApprovals lists the approvals of one issue.
func jiraApprovals(issue string) fact.Query {
	return fact.NewQuery("jira", "approvals", fact.Approvals()).With("issue", issue)
}

// metric is the latest value of a metric.
func metric(query string, unit value.Unit) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Number(unit)).With("query", query)
}

// deployments lists what was deployed to an environment for this release.
func deployments(environment string) fact.Query {
	return fact.NewQuery("github", "deployments", fact.Deployments()).With("environment", environment).With("release", version)
}
