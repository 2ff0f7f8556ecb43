package engines

import (
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Environments are passed in this order.
var Environments = []string{"dev", "test", "stage", "prod"}

// Kind is how a criterion judges its signal.
type Kind string

// The kinds, in the words of the peers: tidegate has a test of its own for each.
const (
	AtMost  Kind = "at-most"
	AtLeast Kind = "at-least"
	Within  Kind = "within"
	Nought  Kind = "nought"  // zero; out of a population that is something, if there is one
	Granted Kind = "granted" // approvals, all of them given
	OneOf   Kind = "one-of"
	Fresh   Kind = "fresh" // observed at most High seconds ago
)

// Criterion is one line of the catalogue. Signal and Population are what the
// peers call its facts.
type Criterion struct {
	ID         string
	Signal     string
	Kind       Kind
	Low, High  float64
	Usual      float64 // what is measured where all is well
	Set        []string
	Population string
	query      fact.Query
}

// Criteria are the same in every environment.
var Criteria = []Criterion{
	{ID: "error-ratio", Signal: "http_5xx_ratio", Kind: AtMost, High: 0.005, Usual: 0.0012,
		query: metric("sum:checkout.http.5xx{*}/sum:checkout.http.all{*}", value.Ratio)},
	{ID: "latency", Signal: "p99_latency_ms", Kind: AtMost, High: 800, Usual: 412,
		query: metric("p99:checkout.latency{*}", value.Milliseconds)},
	{ID: "error-budget", Signal: "error_budget_percent", Kind: AtLeast, Low: 20, Usual: 64.5,
		query: metric("slo:checkout.availability.budget{*}", value.Percent)},
	{ID: "tests", Signal: "test_pass_ratio", Kind: AtLeast, Low: 0.99, Usual: 0.9975,
		query: fact.NewQuery("buildkite", "pass-ratio", fact.Number(value.Ratio)).With("pipeline", "checkout")},
	{ID: "sev1", Signal: "open_sev1", Population: "all_sev1", Kind: Nought,
		query: issues("severity = 1 AND statusCategory != Done").OutOf(issues("severity = 1"))},
	{ID: "change", Signal: "change_approved", Kind: Granted,
		query: fact.NewQuery("servicenow", "change-approvals", fact.Approvals()).With("change", "CHG0031447")},
	{ID: "vulns", Signal: "vuln_critical", Kind: Nought,
		query: fact.NewQuery("scanner", "vulnerabilities", fact.WorkItems()).With("image", "checkout")},
	{ID: "canary", Signal: "canary_verdict", Kind: OneOf, Set: []string{"pass", "pass-with-notes"},
		query: fact.NewQuery("argo", "rollout", fact.Deployments()).With("component", "checkout")},
	{ID: "freshness", Signal: "signal_age_s", Kind: Fresh, High: 300,
		query: metric("sum:checkout.heartbeats{*}", value.Count)},
	{ID: "rollback", Signal: "rollback_minutes", Kind: Within, Low: 1, High: 10, Usual: 6,
		query: fact.NewQuery("drills", "rollback", fact.Number(value.Minutes)).With("service", "checkout")},
}

// maxAge is how old an observation may be where the criterion does not say.
const maxAge = 15 * time.Minute

// Now is the moment of every decision.
var Now = time.Date(2026, time.December, 1, 20, 0, 0, 0, time.UTC)

func metric(query string, unit value.Unit) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Number(unit)).With("query", query)
}

func issues(jql string) fact.Query {
	return fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "project = CHK AND "+jql)
}

// at returns the query of a criterion in one environment; copies of the
// catalogue, which only growth makes, ask about other services.
func at(q fact.Query, env, service string) fact.Query {
	q = q.With("env", env).With("service", service)
	if population, ok := q.Counted(); ok {
		q = q.OutOf(population.With("env", env).With("service", service))
	}
	return q
}
