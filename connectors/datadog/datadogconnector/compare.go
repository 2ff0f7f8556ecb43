package datadogconnector

import (
	"context"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// comparisonParams are those of the queries of a datadog.Comparison.
type comparisonParams struct {
	Canary           string `json:"canary" jsonschema_description:"a metric query of the canary"`
	Baseline         string `json:"baseline" jsonschema_description:"the same of what is beside it"`
	CanaryRequests   string `json:"canaryRequests" jsonschema_description:"a metric query that counts the canary's requests"`
	BaselineRequests string `json:"baselineRequests" jsonschema_description:"the same of what is beside it"`
	Of               string `json:"of" jsonschema_description:"canary, baseline, share, canary-requests or baseline-requests"`
}

// The columns of a comparison.
const (
	theCanary = iota
	theBaseline
	canaryRequests
	baselineRequests
)

// comparison answers each of the queries of a comparison from one request.
func (in *instance) comparison(ctx context.Context, p comparisonParams, q fact.Query) (fact.Result, error) {
	var terms []v2Query
	for i, one := range []struct{ path, text string }{
		{"canary", p.Canary}, {"baseline", p.Baseline}, {"canaryRequests", p.CanaryRequests}, {"baselineRequests", p.BaselineRequests},
	} {
		if strings.TrimSpace(one.text) == "" {
			return fact.Result{}, upstream.Invalid(one.path, "%s is empty, want a metric query", one.path)
		}
		terms = append(terms, v2Query{DataSource: "metrics", Name: string(rune('a' + i)), Query: one.text})
	}
	if w := q.Window.Std(); w < time.Minute || w > maxWindow {
		return fact.Result{}, upstream.Invalid("window", "a window of %s is not between a minute and 15 months", q.Window)
	}
	if err := p.shape(q); err != nil {
		return fact.Result{}, err
	}
	c, err := in.timeseries(ctx, q, q.Window.Std(), terms, "a", "b", "c", "d")
	if err != nil {
		return fact.Result{}, err
	}
	for _, requests := range []int{canaryRequests, baselineRequests} {
		if err := checkUnit(value.Count, c.units[requests]); err != nil {
			return fact.Result{}, err
		}
	}
	link := in.metricLink(c.from, c.over)
	switch p.Of {
	case "share":
		b, err := c.share()
		if err != nil {
			return fact.Result{}, err
		}
		return b.series(q, link), nil
	case "canary-requests":
		return c.total(canaryRequests, q, link)
	case "baseline-requests":
		return c.total(baselineRequests, q, link)
	}
	column, requests := theCanary, canaryRequests
	if p.Of == "baseline" {
		column, requests = theBaseline, baselineRequests
	}
	b, err := c.filtered(column, func(at int) bool { return c.served(requests, at) > 0 })
	if err != nil {
		return fact.Result{}, err
	}
	return b.answer(q, link)
}

// shape refuses what the part of the comparison does not yield.
func (p comparisonParams) shape(q fact.Query) error {
	want := fact.Series(q.Yields.Unit)
	switch p.Of {
	case "canary", "baseline":
	case "share":
		want = fact.Series(value.Percent)
	case "canary-requests", "baseline-requests":
		want = fact.Number(value.Count)
	default:
		return upstream.Invalid("of", "of %.40q is not known, want canary, baseline, share, canary-requests or baseline-requests", p.Of)
	}
	if q.Yields != want {
		return upstream.Invalid("yields", "%s yields %v %q, not %v %q", p.Of, want.Shape, want.Unit, q.Yields.Shape, q.Yields.Unit)
	}
	return nil
}

// served is how many requests a bucket has, 0 where nothing is known.
func (c columns) served(column, at int) float64 {
	if c.values[column] == nil || c.values[column][at] == nil {
		return 0
	}
	return *c.values[column][at]
}

// share is the canary's part of all requests, in percent, where both are known.
func (c columns) share() (buckets, error) {
	shares := columns{times: c.times, values: [][]*float64{make([]*float64, len(c.times))}, units: [][]*unit{nil}, length: c.length, sure: c.sure, over: c.over}
	if c.values[canaryRequests] == nil || c.values[baselineRequests] == nil {
		return shares.buckets(0)
	}
	for at := range c.times {
		canary, baseline := c.values[canaryRequests][at], c.values[baselineRequests][at]
		if canary == nil || baseline == nil || !(*canary >= 0 && *baseline >= 0 && *canary+*baseline > 0) {
			continue
		}
		part := 100 * *canary / (*canary + *baseline)
		shares.values[0][at] = &part
	}
	return shares.buckets(0)
}

// total is the sum over the window.
func (c columns) total(column int, q fact.Query, link value.Link) (fact.Result, error) {
	b, err := c.buckets(column)
	if err != nil {
		return fact.Result{}, err
	}
	if len(b.samples) == 0 {
		return fact.Result{}, nothing("Datadog has no requests for it over the window: no such metric, or no such tags, or nothing reported")
	}
	sum := 0.0
	for _, s := range b.samples {
		sum += float64(s.Value)
	}
	return number(q, sum, c.over, link), nil
}
