package contract_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogconnector"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
	"github.com/tidegate-go/tidegate/internal/contract"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// datadogErrors are where the description of Datadog is wrong.
var datadogErrors = []contract.Known{}

// datadogSLO is the id of an objective in the examples of the description.
const datadogSLO = "12345678910"

var (
	datadogBeside = datadog.Compare("p95:l{track:canary}", "p95:l{track:stable}", value.Milliseconds, "sum:r{track:canary}.as_count()", "sum:r{track:stable}.as_count()", time.Hour)
	datadogSuite  = datadog.Tests("test_level:test @test.service:booking", 24*time.Hour)

	datadogQueries = []fact.Query{
		datadog.Metric("p95:l{track:canary}", value.Milliseconds), overAnHour(datadog.Metric("p95:l{track:canary}", value.Milliseconds)),
		datadog.Formula("a", value.Milliseconds, "p95:l{track:canary}"), overAnHour(datadog.Formula("a", value.Milliseconds, "p95:l{track:canary}")),
		datadog.Scalar(datadog.Average, "a", value.Milliseconds, "p95:l{track:canary}").Over(time.Hour),
		datadogBeside.Canary, datadogBeside.CanaryRequests,
		datadog.MonitorCount("service:booking"), datadog.Monitors("service:booking"),
		datadog.SLI(datadogSLO).Over(time.Hour), datadog.SLO(datadogSLO, datadog.Week),
		datadogSuite.Passed,
	}
)

func overAnHour(q fact.Query) fact.Query {
	q = q.Over(time.Hour)
	q.Yields.Shape = fact.SeriesShape
	return q
}

// Everything that the connector asks Datadog, and everything that it is answered
// in tests, is as Datadog describes it.
func TestDatadog(t *testing.T) {
	server, err := datadogtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	now := time.Now()
	points := datadogtest.Every(time.Minute, now.Add(-2*time.Hour), now, func(time.Time) float64 { return 25 })
	for _, query := range []string{"p95:l{track:canary}", "p95:l{track:stable}"} {
		server.SetMetric(query, datadogtest.Series{Unit: datadogtest.Millisecond, Points: points})
	}
	for _, query := range []string{"sum:r{track:canary}.as_count()", "sum:r{track:stable}.as_count()"} {
		server.SetMetric(query, datadogtest.Series{Unit: datadogtest.Request, Points: points})
	}
	tags := []string{"service:booking"}
	server.SetMonitors(
		datadogtest.Monitor{ID: 7, Name: "Latency", Tags: tags, Groups: map[string]string{"region:eu": "OK", "region:us": "Alert"}, Changed: now, Silenced: map[string]time.Time{"region:us": {}}},
		datadogtest.Monitor{ID: 8, Name: "Errors", Tags: tags, Changed: now})
	server.SetDowntimes(datadogtest.Downtime{Monitor: 7, Groups: []string{"region:us"}, End: now.Add(time.Hour)}, datadogtest.Downtime{Tags: []string{"service:other"}})
	events := make([]datadogtest.Events, 60)
	for i := range events {
		events[i] = datadogtest.Events{At: now.Truncate(time.Minute).Add(-time.Duration(i+1) * time.Minute), Good: 999, All: 1000}
	}
	server.SetSLOs(datadogtest.SLO{ID: datadogSLO, Name: "Bookings", Targets: map[string]datadogtest.Target{"7d": {Target: 99, Warning: 99.5}}, Events: events})
	server.SetTests("test_level:test @test.service:booking", datadogtest.Results{Passed: 240, Failed: 1, Skipped: 2})
	w := contract.Between(t, contract.Load(t, "datadog"), server.URL, datadogErrors...)
	config := datadogConfig(w.URL)
	config.PageSize = 1
	ask(t, datadogconnector.New(), config, append([]fact.Query{datadog.ErrorBudget(datadogSLO, datadog.Week)}, datadogQueries...)...)
	want := []string{
		"GET /api/v1/monitor", "GET /api/v1/query", "GET /api/v1/slo", "GET /api/v1/slo/{slo_id}", "GET /api/v1/slo/{slo_id}/history", "GET /api/v1/validate",
		"GET /api/v2/downtime", "GET /api/v2/monitor/{monitor_id}/downtime_matches",
		"POST /api/v2/ci/tests/analytics/aggregate", "POST /api/v2/query/scalar", "POST /api/v2/query/timeseries",
	}
	if diff := cmp.Diff(want, operations(w)); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
}

func datadogConfig(url string) datadogconnector.Config {
	return datadogconnector.Config{BaseURL: url,
		APIKey: connectors.NewSecret(datadogtest.APIKey), ApplicationKey: connectors.NewSecret(datadogtest.ApplicationKey)}
}

var datadogMock = contract.Mock{
	Vendor:   "datadog",
	Program:  "./connectors/datadog/datadogconnector/cmd/tidegate-connector-datadog",
	Settings: func(url string) any { return datadogConfig(url) },
	Queries:  datadogQueries,
	Gaps: []contract.Gap{
		{"POST /api/v2/query/timeseries", `it has errors: \"example_value\"`, withErrors, ofKind("formula", "comparison")},
		{"POST /api/v2/query/scalar", `it has errors: \"example_value\"`, withErrors, ofKind("scalar")},
		{"POST /api/v2/ci/tests/analytics/aggregate", "no result with its count",
			"the file has no example, and of the schema the mock makes counts that are texts under names that nobody asked for", ofKind("tests")},
	},
}

const withErrors = "the file has no example, and of the schema the mock makes a text for what went wrong beside the data: an error, though its status is 200"

// ofKind are the queries of some kinds.
func ofKind(kinds ...string) []fact.Query {
	var all []fact.Query
	for _, q := range datadogQueries {
		if slices.Contains(kinds, q.Kind) {
			all = append(all, q)
		}
	}
	return all
}
