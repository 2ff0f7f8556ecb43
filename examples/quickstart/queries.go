package main

import (
	"time"

	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// What is asked, and of whom: Jira, Azure Boards, Datadog and PagerDuty through
// their connectors, everything else in the snapshot. A population makes a zero
// mean something.
var (
	everything    = jira.Count(ofRelease(""))
	signOffs      = fact.NewQuery("servicedesk", "approvals", fact.Approvals()).With("type", "sign-off").With("release", version)
	stories       = jiraItems("issuetype = Story")
	trackers      = jiraItems("labels = dependency")
	mobileItems   = azureboards.LinkedTo(azureboards.Tagged(version), "jira.example.com")
	mobileWork    = azureboards.RemainingWork("Mobile")
	discussed     = jira.Items("labels = open-question")
	cabDecision   = jira.Approvals("key = CHG-2071")
	onCall        = pagerduty.OnCall("Booking")
	onDuty        = pagerduty.OnCallBetween("Booking", instant(window.Start), instant(window.End))
	unguarded     = pagerduty.OnCallGaps("Booking", 1, instant(window.Start), instant(window.End))
	repositories  = fact.NewQuery("github", "repositories", fact.Number(value.Count)).With("team", "booking")
	secrets       = fact.NewQuery("github", "alerts", fact.Number(value.Count)).With("scan", "secret-scanning").OutOf(repositories)
	openBugs      = bugsOver(fortnight)
	team          = pagerduty.Scope{Team: "PBOOKING"}
	openIncidents = pagerduty.OpenIncidents(team)
	pages         = pagerduty.Incidents(team, instant(window.Start), instant(window.End))
	monitors      = datadog.Monitors("service:booking", "env:production")
)

// jiraCount counts the issues of the release that match, out of all of them.
func jiraCount(jql string) fact.Query { return jira.Count(ofRelease(jql)).OutOf(everything) }

// jiraItems lists the issues of the release that match.
func jiraItems(jql string) fact.Query { return jira.Items(ofRelease(jql)) }

func ofRelease(jql string) string {
	all := "fixVersion = " + jira.Quote(version)
	if jql == "" {
		return all
	}
	return all + " AND " + jql
}

// approvalsOf lists the approvals of one request.
func approvalsOf(request string) fact.Query {
	return fact.NewQuery("servicedesk", "approvals", fact.Approvals()).With("request", request)
}

// attested lists who said that a step which no machine does was done.
func attested(step string) fact.Query {
	return fact.NewQuery("servicedesk", "approvals", fact.Approvals()).With("step", step)
}

// metric is the latest value of a metric.
func metric(query string, unit value.Unit) fact.Query { return datadog.Metric(query, unit) }

// bugsOver are the open bugs of the last days.
func bugsOver(d time.Duration) fact.Query {
	q := metric("max:jira.open_bugs{release:2026.12.0}", value.Count).Over(d)
	q.Yields = fact.Series(value.Count)
	return q
}

// instant is a moment that is written in these files.
func instant(w value.When) time.Time {
	t, err := w.Instant()
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// deployments lists what was deployed to an environment for this release.
func deployments(environment string) fact.Query {
	return fact.NewQuery("github", "deployments", fact.Deployments()).With("environment", environment).With("release", version)
}

// recentIncidents are those of the last hour, for the summary.
func recentIncidents() fact.Query { return pagerduty.RecentIncidents(team, time.Hour) }
