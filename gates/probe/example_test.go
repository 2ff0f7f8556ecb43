package probe_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The recommended tolerances are fields, to be changed.
func ExampleNewCanary() {
	latency := func(track string) fact.Query {
		return fact.NewQuery("datadog", "metric", fact.Series(value.Milliseconds)).With("track", track).Over(time.Hour)
	}
	share := fact.NewQuery("datadog", "metric", fact.Series(value.Ratio)).With("query", "canary.share").Over(time.Hour)
	c := probe.NewCanary(latency("canary"), latency("stable"), share, probe.Step{Share: 25, Soak: value.Duration(time.Hour)})
	c.Bad, c.Tolerance = probe.Higher, 0.1
	fmt.Println(c.Bad, c.Tolerance, c.Effect, c.Alpha, c.MinSamples, c.NaN, c.Outliers)
	// Output: higher 0.1 0.33 0.01 20 refuse keep
}

func ExamplePercentile() {
	fmt.Println(probe.Percentile(95) == probe.P95, probe.Percentile(99.9), probe.Percentile(100).Valid())
	// Output: true p99.9 false
}

func ExampleNewDeployed() {
	d := probe.NewDeployed(fact.NewQuery("ci", "deployments", fact.Deployments()), "success")
	fmt.Println(d.Succeeded)
	// Output: [success]
}
