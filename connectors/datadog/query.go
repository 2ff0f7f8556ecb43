package datadog

import (
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Connector is the name of the connector that answers the queries.
const Connector = "datadog"

// Metric asks for the latest value of a metric query:
//
//	datadog.Metric("p95:checkout.latency{env:staging}", value.Milliseconds)
//
// It is looked for in the last hour, or with [fact.Query.Over] in that window,
// and is as old as it is. In the shape of a series, which criteria set by
// themselves, the buckets of the window are asked for.
//
// The unit is what the query yields. If Datadog tells another, the query fails.
// A count metric without .as_count() is a rate, and Datadog tells so.
func Metric(query string, unit value.Unit) fact.Query {
	return fact.NewQuery(Connector, "metric", fact.Number(unit)).With("query", query)
}

// Formula asks for the latest value, or the buckets, of an expression in which
// the queries are named a, b, c and d in their order:
//
//	datadog.Formula("100 * a / b", value.Percent, "sum:errors{*}.as_count()", "sum:requests{*}.as_count()")
//
// More than four queries are refused by the connector.
func Formula(formula string, unit value.Unit, queries ...string) fact.Query {
	return named(fact.NewQuery(Connector, "formula", fact.Number(unit)).With("formula", formula), queries)
}

// Aggregate is how buckets become one number, as Datadog names it.
type Aggregate string

// The aggregates of [Scalar].
const (
	Average Aggregate = "avg"
	Minimum Aggregate = "min"
	Maximum Aggregate = "max"
	Sum     Aggregate = "sum"
	Last    Aggregate = "last"
)

// Scalar asks for one number over a window: each query is aggregated, and the
// formula is what is made of them, "a" for the first one alone. Without a
// window it is refused.
//
//	datadog.Scalar(datadog.Sum, "a", value.Count, "sum:requests{env:staging}.as_count()").Over(time.Hour)
//
// No data are a failure and no zero; default_zero() in a query says otherwise.
func Scalar(aggregate Aggregate, formula string, unit value.Unit, queries ...string) fact.Query {
	q := fact.NewQuery(Connector, "scalar", fact.Number(unit)).With("aggregate", string(aggregate)).With("formula", formula)
	return named(q, queries)
}

// names are what a formula calls its queries.
var names = []string{"a", "b", "c", "d"}

func named(q fact.Query, queries []string) fact.Query {
	for i, text := range queries {
		if i >= len(names) {
			return q.With("e", text) // which no connector knows, so that it is refused
		}
		q = q.With(names[i], text)
	}
	return q
}

// Comparison is what a canary is judged by: series that are read in one request,
// so that all have the same timestamps, and how much traffic stands behind them.
type Comparison struct {
	Canary, Baseline fact.Query // series; only buckets in which there were requests
	Share            fact.Query // series in percent: the canary's part of the requests that were served

	// CanaryRequests and BaselineRequests are numbers over the window. They are
	// the populations of Canary and Baseline.
	CanaryRequests, BaselineRequests fact.Query
}

// Compare asks for a canary and the baseline beside it over a window that ends
// now. The last two queries count their requests; a bucket without them says
// nothing of either. Where nothing is counted because there is nothing beside
// the canary, at 100 %, write default_zero() around the query.
func Compare(canary, baseline string, unit value.Unit, canaryRequests, baselineRequests string, window time.Duration) Comparison {
	of := func(part string, yields fact.Yields) fact.Query {
		return fact.NewQuery(Connector, "comparison", yields).Over(window).With("canary", canary).With("baseline", baseline).
			With("canaryRequests", canaryRequests).With("baselineRequests", baselineRequests).With("of", part)
	}
	c := Comparison{
		Share:            of("share", fact.Series(value.Percent)),
		CanaryRequests:   of("canary-requests", fact.Number(value.Count)),
		BaselineRequests: of("baseline-requests", fact.Number(value.Count)),
	}
	c.Canary = of("canary", fact.Series(unit)).OutOf(c.CanaryRequests)
	c.Baseline = of("baseline", fact.Series(unit)).OutOf(c.BaselineRequests)
	return c
}
