package datadogconnector_test

import (
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogconnector"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The test binary is the connector's program with the faults of the exam.
func TestMain(m *testing.M) {
	if connectortest.ServeBroken(datadogconnector.New()) {
		return
	}
	os.Exit(m.Run())
}

// The exam of all connectors: in this process, across gRPC, and of the program.
func TestExamDatadog(t *testing.T) {
	program := connectortest.Build(t, "./cmd/tidegate-connector-datadog")
	connectortest.Run(t, func(t *testing.T) connectortest.Harness {
		h := harness(t)
		h.Program = []string{program}
		return h.Breaking(t, "panic")
	}, nil)
}

func harness(t *testing.T) connectortest.Harness {
	t.Helper()
	server, err := datadogtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.SetNow(func() time.Time { return at })
	furnish(server)
	server.SetMonitors(manyMonitors(40)...)
	server.Fail(-1, func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("monitor_tags") == "service:circle" {
			return datadogtest.SamePage()(w, r)
		}
		return true
	})
	keys := map[string]connectors.Secret{"apiKey": connectors.NewSecret(datadogtest.APIKey), "applicationKey": connectors.NewSecret(datadogtest.ApplicationKey)}
	settings, err := connectors.SettingsOf(datadogconnector.Config{BaseURL: server.URL, APIKey: keys["apiKey"], ApplicationKey: keys["applicationKey"], PageSize: 7})
	if err != nil {
		t.Fatal(err)
	}
	return connectortest.Harness{
		Connector: datadogconnector.New(),
		Settings:  settings,
		BadSettings: []connectors.Settings{
			{JSON: []byte(`{}`), Secrets: keys},
			{JSON: []byte(`{"site": "datadoghq.org"}`), Secrets: keys},
			{JSON: []byte(`{"baseURL": "http://datadog.example.com"}`), Secrets: keys},
			{JSON: []byte(`{"site": "datadoghq.eu", "kinds": ["logs"]}`), Secrets: keys},
			{JSON: []byte(`{"site": "datadoghq.eu"}`)},
		},
		Measured: everyNumber,
		Listed:   everyList,
		Upstream: "baseURL",
		Loop:     datadog.Monitors("service:circle"),
		Panic:    connectortest.PanicQuery(datadog.Connector),
	}
}

// everyNumber and everyList are queries of every kind and shape, which a server
// that is furnished answers.
var (
	beside      = datadog.Compare("p95:l{track:canary}", "p95:l{track:stable}", value.Milliseconds, "sum:r{track:canary}.as_count()", "sum:r{track:stable}.as_count()", time.Hour)
	everyNumber = []fact.Query{
		p95, series(p95, time.Hour),
		datadog.Formula("100 * a / b", value.Percent, "sum:r{track:canary}.as_count()", "sum:r{track:stable}.as_count()"),
		series(datadog.Formula("a", value.Count, "sum:r{track:canary}.as_count()"), time.Hour),
		datadog.Scalar(datadog.Sum, "a", value.Count, "sum:r{track:canary}.as_count()").Over(time.Hour),
		beside.Canary, beside.CanaryRequests,
		datadog.MonitorCount(booking...),
		datadog.ErrorBudget("slo-1", datadog.Month),
		datadog.Tests("test_level:test @test.service:booking", day).Passed,
	}
	everyList = []fact.Query{datadog.Monitors(booking...), datadog.SLO("slo-1", datadog.Month)}
)

// furnish gives a server something to say to each of them.
func furnish(s *datadogtest.Server) {
	s.SetMetric(latency, datadogtest.Series{Unit: datadogtest.Millisecond, Points: constant(410, 2)})
	s.SetMetric("p95:l{track:canary}", datadogtest.Series{Unit: datadogtest.Millisecond, Points: constant(410, 2)})
	s.SetMetric("p95:l{track:stable}", datadogtest.Series{Unit: datadogtest.Millisecond, Points: constant(400, 2)})
	s.SetMetric("sum:r{track:canary}.as_count()", datadogtest.Series{Unit: datadogtest.Request, Points: constant(25, 2)})
	s.SetMetric("sum:r{track:stable}.as_count()", datadogtest.Series{Unit: datadogtest.Request, Points: constant(75, 2)})
	s.SetMonitors(datadogtest.Monitor{ID: 7, Name: "Latency", Tags: booking, Groups: map[string]string{"region:eu": "OK", "region:us": "OK"}})
	s.SetSLOs(counted())
	s.SetTests("test_level:test @test.service:booking", datadogtest.Results{Passed: 240, Skipped: 2})
}
