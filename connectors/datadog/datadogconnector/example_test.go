package datadogconnector_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogconnector"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
	"github.com/tidegate-go/tidegate/release/value"
)

// The connector in the program's own process, asking a stand-in. A host that
// isolates it hands the same Config to connectors.Open.
func ExampleNew() {
	server, err := datadogtest.Start()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = server.Close() }()
	now := time.Now()
	server.SetMetric("p95:checkout.latency{env:staging}", datadogtest.Series{Unit: datadogtest.Millisecond,
		Points: datadogtest.Every(time.Minute, now.Add(-time.Hour), now, func(time.Time) float64 { return 412 })})
	settings, err := connectors.SettingsOf(datadogconnector.Config{
		BaseURL: server.URL, // a real one has Site: "datadoghq.eu" instead
		APIKey:  connectors.NewSecret(datadogtest.APIKey), ApplicationKey: connectors.NewSecret(datadogtest.ApplicationKey),
		Kinds: []string{"metric"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	instance, err := datadogconnector.New().Open(ctx, settings)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = instance.Close() }()
	fmt.Println(instance.Check(ctx))
	p95, err := instance.Measure(ctx, datadog.Metric("p95:checkout.latency{env:staging}", value.Milliseconds))
	fmt.Println(p95.Value, p95.Complete, err)
	_, err = instance.Measure(ctx, datadog.Metric("p95:checkout.latency{env:staging}", value.Seconds))
	fmt.Println(err)
	// Output:
	// <nil>
	// 412 ms true <nil>
	// invalid-query: the query declares the unit "s", and Datadog has it in millisecond, which is "ms"
}

func ExampleSites() {
	fmt.Println(len(datadogconnector.Sites()), datadogconnector.Sites()[0])
	// Output: 9 datadoghq.com
}
