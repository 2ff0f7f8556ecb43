// Package policytest shows a release policy as a platform team writes it, and
// its tests. It links no network and no plugin: a policy is data that Go code
// builds.
//
// The policy is the same for every service and every version, so its gates are
// functions of the version. Limits stand once, with a name. The tests are
// three: tables of what the gates decide, the golden table of what they decide
// around every limit, and the demand that no criterion is left untested.
package policytest

import (
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The limits that service owners ask for most. Whoever changes one changes
// testdata/boundaries.golden with it, and has it reviewed there.
const (
	testsLeast    = 500              // tests of a service that run
	testsSkipped  = 10               // of them that do not, at most
	p95Limit      = 450              // ms, for an hour
	p95Growth     = 1.1              // times that of the release before
	p95Samples    = 30               // of either, to compare them
	objective     = 99.9             // % of requests that succeed in 28 days
	budgetLeft    = 25               // % of the error budget, which is the rest
	errorLimit    = 0.2              // % of the canary's requests
	errorWarning  = 0.1              // %; beyond it somebody has to look
	leastRequests = 10_000           // below it a rate of errors says nothing
	canaryShare   = 25               // % of the traffic, before it is all of it
	canarySoak    = 30 * time.Minute // with each share
	rehearsalAge  = 30 * 24 * time.Hour
)

// Catalog is the policy for one version: what it has to pass on its way.
func Catalog(version string) gates.Catalog {
	return gates.NewCatalog(
		StagingEntry(version), StagingExit(version), ProductionEntry(version), ProductionExit(version),
	).WithEnvironments(
		gates.Environment{Name: "staging", Tier: gates.PreProduction}, gates.Environment{Name: "production", Tier: gates.Production},
	).WithApprovals(
		fact.NewQuery("jira", "approvals", fact.Approvals()).With("jql", "type = Sign-off AND fixVersion = "+version),
	)
}

// Profile is how the catalog's rules are applied to it: the platform team's
// policy begins where a service hands over to it.
func Profile() check.Profile {
	return check.Profile{Name: "platform", Changes: []check.Adjustment{
		{Rule: "GATE-001", Off: true, Reason: "development and QA are gated by each service's own policy, with its coverage and its defects"},
	}}
}

// StagingEntry is what has to hold before a version is deployed to staging: the
// work is done, its tests pass, and the pipeline needs nobody's word for it.
func StagingEntry(version string) gates.Gate {
	tests := func(kind string) fact.Query {
		return fact.NewQuery("github", kind, fact.Number(value.Count)).With("suite", "release").With("version", version)
	}
	return evidenced(version, gates.Entry("staging",
		gates.Done("scope", fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", "fixVersion = "+version)),
		gates.Suite("tests", probe.Suite{Passed: tests("passed"), Failed: tests("failed"), Skipped: tests("skipped"), Least: testsLeast, MostSkipped: testsSkipped}),
	).WithoutSignOffs("the pipeline deploys to staging by itself"))
}

// StagingExit is what has to hold before a version leaves staging: latency for
// an hour, by itself and beside the release before, no open blocker, and the SRE
// lead's word. How long the way back may take is the plan's rollback SLA, and
// that it was rehearsed is no matter for a waiver.
func StagingExit(version string) gates.Gate {
	blockers := count("fixVersion = " + version + " AND priority = Blocker AND statusCategory != Done").
		OutOf(count("fixVersion = " + version))
	p95 := metric("p95:checkout.latency{env:staging}", value.Milliseconds)
	return evidenced(version, gates.Exit("staging",
		gates.AtMost("p95", p95, p95Limit).SustainedFor(time.Hour).FreshWithin(5*time.Minute),
		gates.AtMost("p95-baseline", p95, p95Growth).SustainedFor(time.Hour).
			ComparedWith(metric("p95:checkout.latency{env:staging,release:before}", value.Milliseconds), p95Samples),
		gates.None("blockers", blockers),
		gates.Rehearsed("rehearsal", metric("max:rehearsal.rollback{release:"+version+"}", value.Minutes), rehearsalAge).WithoutWaivers(),
	).WithSignOffs(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"}).
		WithoutManualSteps("sre-lead", "load and the way back are driven by the pipeline, and whoever signs looks at what came of it"))
}

// ProductionEntry is what has to hold before a version is deployed to
// production: the change is approved, and production can bear one.
func ProductionEntry(version string) gates.Gate {
	services := fact.NewQuery("pagerduty", "services", fact.Number(value.Count)).With("team", "checkout")
	incidents := fact.NewQuery("pagerduty", "incidents", fact.Incidents()).With("team", "checkout").With("status", "open")
	requests := probe.Errors{
		Bad:   metric("sum:checkout.errors{env:production}", value.Count).Over(28 * 24 * time.Hour),
		Total: metric("sum:checkout.requests{env:production}", value.Count).Over(28 * 24 * time.Hour),
		Min:   leastRequests,
	}
	return evidenced(version, gates.Entry("production",
		gates.Approved("change", fact.NewQuery("jira", "approvals", fact.Approvals()).With("jql", "type = Change AND fixVersion = "+version)),
		gates.Budget("error-budget", requests, objective, budgetLeft),
		gates.None("incidents", incidents.OutOf(services)),
	).WithSignOffs(
		gates.SignOff{Role: "release-manager", Delegate: "release-deputy"},
		gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"},
	))
}

// ProductionExit is what has to hold before a version counts as released: the
// canary is no slower than what runs beside it, with all of the traffic than
// what ran a week before, and its requests do not fail.
func ProductionExit(version string) gates.Gate {
	latency := func(track string) fact.Query {
		return series("p95:checkout.latency{env:production,track:"+track+"}", value.Milliseconds)
	}
	canary := probe.NewCanary(latency("canary"), latency("stable"), series("avg:checkout.traffic{track:canary}", value.Percent),
		probe.Step{Share: canaryShare, Soak: value.Duration(canarySoak)}, probe.Step{Share: 100, Soak: value.Duration(canarySoak)})
	canary.Bad, canary.Full = probe.Higher, latency("stable,week:before")
	return evidenced(version, gates.Exit("production",
		gates.Canary("canary", canary),
		gates.AtMost("canary-errors", metric("sum:checkout.errors{track:canary}", value.Count), errorLimit).
			DividedBy(metric("sum:checkout.requests{track:canary}", value.Count), leastRequests, value.Percent).WarnAt(errorWarning),
	).WithSignOffs(gates.SignOff{Role: "release-manager", Delegate: "release-deputy"}).
		WithoutManualSteps("release-manager", "the pipeline shifts the traffic step by step"))
}

// evidenced gives a gate the place where its evidence is kept, what is kept
// there, and where a person looks.
func evidenced(version string, g gates.Gate) gates.Gate {
	return g.WithEvidence(value.Link("https://evidence.example.com/"+version+"/"+g.Environment)).
		WithCaptures(gates.Capture{What: "facts and decision of " + g.ID(), Format: "JSON", By: "release-manager", When: "with the decision"}).
		WithTooling("Datadog", "Jira").WithDashboards(value.Link("https://datadog.example.com/dashboard/checkout-" + g.Environment))
}

func count(jql string) fact.Query {
	return fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", jql)
}

func metric(query string, unit value.Unit) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Number(unit)).With("query", query)
}

func series(query string, unit value.Unit) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Series(unit)).With("query", query).Over(2 * time.Hour)
}
