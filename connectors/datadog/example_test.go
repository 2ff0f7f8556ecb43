package datadog_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/release/value"
)

// The 95th percentile in staging, in the unit in which Datadog has it.
func ExampleMetric() {
	fmt.Println(datadog.Metric("p95:checkout.latency{env:staging}", value.Milliseconds))
	// Output: datadog metric {"query":"p95:checkout.latency{env:staging}"}
}

func ExampleFormula() {
	fmt.Println(datadog.Formula("100 * a / b", value.Percent, "sum:errors{*}.as_count()", "sum:requests{*}.as_count()"))
	// Output: datadog formula {"a":"sum:errors{*}.as_count()","b":"sum:requests{*}.as_count()","formula":"100 * a / b"}
}

func ExampleScalar() {
	fmt.Println(datadog.Scalar(datadog.Sum, "a", value.Count, "sum:requests{env:staging}.as_count()").Over(time.Hour))
	// Output: datadog scalar {"a":"sum:requests{env:staging}.as_count()","aggregate":"sum","formula":"a"} over PT1H
}

// Five queries that one request answers; the requests prove the traffic.
func ExampleCompare() {
	c := datadog.Compare("p95:latency{track:canary}", "p95:latency{track:stable}", value.Milliseconds,
		"sum:requests{track:canary}.as_count()", "default_zero(sum:requests{track:stable}.as_count())", 3*time.Hour)
	population, ok := c.Canary.Counted()
	fmt.Println(c.Canary.Yields.Shape, c.Share.Yields.Unit, population == c.CanaryRequests, ok)
	// Output: series % true true
}

func ExampleMonitors() {
	fmt.Println(datadog.Monitors("service:booking", "env:production"))
	// Output: datadog monitors {"tags":["service:booking","env:production"]}
}

func ExampleMonitorCount() {
	fmt.Println(datadog.MonitorCount("service:booking").Yields.Shape)
	// Output: number
}

func ExampleSLI() {
	fmt.Println(datadog.SLI("70e82706f4ae56ff8bdd7f02e767f97c").Over(24 * time.Hour))
	// Output: datadog slo {"id":"70e82706f4ae56ff8bdd7f02e767f97c","of":"sli"} over PT24H
}

func ExampleErrorBudget() {
	fmt.Println(datadog.ErrorBudget("70e82706", datadog.Month))
	// Output: datadog slo {"id":"70e82706","of":"error-budget","timeframe":"30d"} over PT720H
}

func ExampleBurnRate() {
	fmt.Println(datadog.BurnRate("70e82706", datadog.Month).Over(time.Hour))
	// Output: datadog slo {"id":"70e82706","of":"burn-rate","timeframe":"30d"} over PT1H
}

func ExampleBadEvents() {
	bad := datadog.BadEvents("70e82706", time.Hour)
	all, ok := bad.Counted()
	fmt.Println(bad)
	fmt.Println(all == datadog.AllEvents("70e82706", time.Hour), ok)
	// Output:
	// datadog slo {"id":"70e82706","of":"bad"} over PT1H
	// true true
}

func ExampleSLO() {
	fmt.Println(datadog.SLO("70e82706", datadog.Week))
	// Output: datadog slo {"id":"70e82706","of":"state","timeframe":"7d"}
}

func ExampleTests() {
	suite := datadog.Tests("test_level:test @test.service:booking @git.commit.sha:1f7e702", 24*time.Hour)
	fmt.Println(suite.Failed)
	fmt.Println(suite.Failed.Counted())
	// Output:
	// datadog tests {"of":"failed","query":"test_level:test @test.service:booking @git.commit.sha:1f7e702"} over PT24H
	// datadog tests {"of":"all","query":"test_level:test @test.service:booking @git.commit.sha:1f7e702"} over PT24H true
}
