// Package policytest shows a release policy and its test. It links no network
// and no plugin: a policy is data that Go code builds.
package policytest

import (
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// StagingExit is what has to hold before a version leaves staging: latency for
// an hour, no open blocker, and the SRE lead's word.
func StagingExit(version string) gates.Gate {
	blockers := count("fixVersion = " + version + " AND priority = Blocker AND statusCategory != Done").
		OutOf(count("fixVersion = " + version))
	return gates.Exit("staging",
		gates.AtMost("p95", metric("p95:checkout.latency{env:staging}", value.Milliseconds), 450).
			SustainedFor(time.Hour).FreshWithin(5*time.Minute),
		gates.None("blockers", blockers),
	).WithSignOffs(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"}).
		WithEvidence(value.Link("https://evidence.example.com/" + version + "/staging"))
}

func count(jql string) fact.Query {
	return fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", jql)
}

func metric(query string, unit value.Unit) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Number(unit)).With("query", query)
}
