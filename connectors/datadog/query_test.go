package datadog_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Every query says whom to ask and what it yields, and its parameters are canonical.
func TestQueries(t *testing.T) {
	c := datadog.Compare("a", "b", value.Milliseconds, "c", "d", time.Hour)
	suite := datadog.Tests("q", time.Hour)
	for _, tt := range []struct {
		q      fact.Query
		kind   string
		yields fact.Yields
		outOf  bool
	}{
		{datadog.Metric("m", value.Percent), "metric", fact.Number(value.Percent), false},
		{datadog.Formula("a", value.Percent, "m"), "formula", fact.Number(value.Percent), false},
		{datadog.Scalar(datadog.Sum, "a", value.Count, "m"), "scalar", fact.Number(value.Count), false},
		{c.Canary, "comparison", fact.Series(value.Milliseconds), true},
		{c.Baseline, "comparison", fact.Series(value.Milliseconds), true},
		{c.Share, "comparison", fact.Series(value.Percent), false},
		{c.CanaryRequests, "comparison", fact.Number(value.Count), false},
		{datadog.Monitors("a"), "monitors", fact.States(), false},
		{datadog.MonitorCount("a"), "monitors", fact.Number(value.Count), false},
		{datadog.SLI("x"), "slo", fact.Number(value.Percent), false},
		{datadog.ErrorBudget("x", datadog.Week), "slo", fact.Number(value.Percent), false},
		{datadog.BurnRate("x", datadog.Week), "slo", fact.Number(value.Ratio), false},
		{datadog.BadEvents("x", time.Hour), "slo", fact.Number(value.Count), true},
		{datadog.AllEvents("x", time.Hour), "slo", fact.Number(value.Count), false},
		{datadog.SLO("x", datadog.Week), "slo", fact.States(), false},
		{suite.Passed, "tests", fact.Number(value.Count), true},
		{suite.Failed, "tests", fact.Number(value.Count), true},
		{suite.Skipped, "tests", fact.Number(value.Count), true},
	} {
		population, outOf := tt.q.Counted()
		if tt.q.Connector != datadog.Connector || tt.q.Kind != tt.kind || tt.q.Yields != tt.yields || outOf != tt.outOf {
			t.Errorf("%v yields %v out of %v", tt.q, tt.q.Yields, population)
		}
		if err := tt.q.Params.Fault(); err != nil {
			t.Errorf("%v: %v", tt.q, err)
		}
		if outOf && population.Yields != fact.Number(value.Count) {
			t.Errorf("%v is out of %v", tt.q, population)
		}
	}
	// What is not UTF-8 is not asked as something else, and no tags are no list.
	for _, q := range []fact.Query{datadog.Monitors("a\xff"), datadog.Monitors(), datadog.Metric("a\xff", value.Count)} {
		if q.Params.Fault() == nil {
			t.Errorf("%v is canonical", q)
		}
	}
	for frame, want := range map[datadog.Timeframe]time.Duration{datadog.Week: 168 * time.Hour, datadog.Month: 720 * time.Hour, datadog.Quarter: 2160 * time.Hour, "1y": 0} {
		if frame.Length() != want {
			t.Errorf("%s is %v long", frame, frame.Length())
		}
	}
}
