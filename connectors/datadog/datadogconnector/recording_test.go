package datadogconnector_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogconnector"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// recording is one exchange with the real Datadog.
type recording struct {
	Request  struct{ Method, URL string }
	Response struct {
		Status  int
		Headers map[string][]string
		Body    string
	}
}

func recordings(t *testing.T) string {
	t.Helper()
	root := os.Getenv("TIDEGATE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	dir := filepath.Join(root, "recordings", "datadog")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the vendor's material is not here: %v", err)
	}
	return dir
}

func readRecording(t *testing.T, name string) recording {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(recordings(t), name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var r recording
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// replay answers requests for a path with recorded answers, one after the
// other, the last of them for ever; others as usual.
func (s setup) replay(t *testing.T, path string, names ...string) {
	t.Helper()
	var all []recording
	for _, name := range names {
		all = append(all, readRecording(t, name))
	}
	s.replayed(path, all...)
}

func (s setup) replayed(path string, all ...recording) {
	s.Fail(-1, func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != path {
			return true
		}
		is := all[0].Response
		if len(all) > 1 {
			all = all[1:]
		}
		maps.Copy(w.Header(), is.Headers)
		w.WriteHeader(is.Status)
		_, _ = w.Write([]byte(is.Body)) // the client may be gone
		return false
	})
}

// empty is the page behind the last.
func empty(body string) recording {
	var r recording
	r.Response.Status, r.Response.Body, r.Response.Headers = 200, body, map[string][]string{"Content-Type": {"application/json"}}
	return r
}

const (
	validateOK    = "v1__Authentication__Validate_API_key_returns_OK_response.0"
	validate403   = "v1__Authentication__Validate_API_key_returns_Forbidden_response.0"
	metricOK      = "v1__Metrics__Query_timeseries_points_returns_OK_response.0"
	monitor404    = "v1__Monitors__Get_a_monitors_details_returns_Monitor_Not_Found_error_response.0"
	monitorOK     = "v1__Monitors__Get_a_monitors_details_returns_OK_response.1"
	monitors400   = "v1__Monitors__Get_all_monitors_returns_Bad_Request_response.0"
	monitorsOK0   = "v1__Monitors__Get_all_monitors_returns_OK_response_with_pagination.0"
	monitorsOK1   = "v1__Monitors__Get_all_monitors_returns_OK_response_with_pagination.1"
	slosOK        = "v1__Service_Level_Objectives__Get_all_SLOs_returns_OK_response.1"
	slosOK0       = "v1__Service_Level_Objectives__Get_all_SLOs_returns_OK_response_with_pagination.0"
	slosOK1       = "v1__Service_Level_Objectives__Get_all_SLOs_returns_OK_response_with_pagination.1"
	sloOK         = "v1__Service_Level_Objectives__Get_an_SLOs_details_returns_OK_response.1"
	aggregateOK   = "v2__CI_Visibility_Tests__Aggregate_tests_events_returns_OK_response.0"
	scalar400     = "v2__Metrics__Scalar_cross_product_query_returns_Bad_Request_response.0"
	anObjective   = "ebf2e048f49a5134b61a586438c66505"
	changesThings = "it creates or deletes something, which the connector never does"
)

// Every recording is replayed below, or is of a call that the connector does not make.
var unfit = map[string]string{
	"v1__Monitors__Get_a_monitors_details_returns_OK_response.0":              changesThings,
	"v1__Monitors__Get_a_monitors_details_returns_OK_response.2":              changesThings,
	"v1__Service_Level_Objectives__Get_all_SLOs_returns_OK_response.0":        changesThings,
	"v1__Service_Level_Objectives__Get_all_SLOs_returns_OK_response.2":        changesThings,
	"v1__Service_Level_Objectives__Get_an_SLOs_details_returns_OK_response.0": changesThings,
	"v1__Service_Level_Objectives__Get_an_SLOs_details_returns_OK_response.2": changesThings,
}

func TestRecordingsAreAllReplayed(t *testing.T) {
	fit := map[string]bool{}
	for _, name := range []string{validateOK, validate403, metricOK, monitor404, monitorOK, monitors400, monitorsOK0, monitorsOK1, slosOK, slosOK0, slosOK1, sloOK, aggregateOK, scalar400} {
		fit[name] = true
	}
	entries, err := os.ReadDir(recordings(t))
	if err != nil || len(entries) != len(fit)+len(unfit) {
		t.Errorf("%d recordings, %v; want %d", len(entries), err, len(fit)+len(unfit))
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".json")
		if !fit[name] && unfit[name] == "" {
			t.Errorf("%s is not replayed", name)
		}
		if r := readRecording(t, name); unfit[name] != "" && r.Request.Method == http.MethodGet {
			t.Errorf("%s asks something", name)
		}
	}
}

// The newest of 288 buckets was not over when it was recorded, and the one
// before for 52 seconds only.
func TestRecordedMetric(t *testing.T) {
	s := open(t, func(c *datadogconnector.Config) { c.Settle = value.Duration(50 * time.Second) }, upstream.Options{})
	to := time.Unix(1641430252, 0)
	s.SetNow(func() time.Time { return to })
	s.replay(t, "/api/v1/query", metricOK)
	idle := datadog.Metric("system.cpu.idle{*}", value.Percent)
	if r := s.number(t, idle); r.Value.Value != 92.05671568477855 || r.ObservedAt.Unix() != 1641430200 {
		t.Errorf("%v as of %v", r.Value, r.ObservedAt)
	}
	if r := s.number2(t, series(idle, 24*time.Hour)); len(r.Samples) != 287 || r.Samples[0].At.Unix() != 1641344100 {
		t.Errorf("%d samples", len(r.Samples))
	}
	s.refused(t, datadog.Metric("system.cpu.idle{*}", value.Count), connectors.CodeInvalidQuery, "percent")
}

func TestRecordedMonitors(t *testing.T) {
	s := open(t, func(c *datadogconnector.Config) { c.PageSize = 2 }, upstream.Options{})
	s.replayed("/api/v1/monitor", readRecording(t, monitorsOK0), readRecording(t, monitorsOK1), empty("[]"))
	states, _, listed, err := s.list(t, datadog.Monitors("generator:slops", "sli:latency"), "")
	if err != nil || !listed.Complete || len(states) != 3 {
		t.Fatalf("%+v %+v %v", states, listed, err)
	}
	for _, one := range states {
		if one.Status != fact.NoData || one.Since.Year() != 2021 || one.Title == "" {
			t.Errorf("%+v", one)
		}
	}
	// The details of one are the same object.
	s = open(t, nil, upstream.Options{})
	one := readRecording(t, monitorOK)
	one.Response.Body = "[" + one.Response.Body + "]"
	s.replayed("/api/v1/monitor", one, empty("[]"))
	if states, _, listed, err := s.list(t, datadog.Monitors("env:ci"), ""); err != nil || !listed.Complete || len(states) != 1 || states[0].ID != "155844758" || states[0].Status == fact.Healthy {
		t.Errorf("%+v %+v %v", states, listed, err)
	}
}

func TestRecordedObjectives(t *testing.T) {
	for _, name := range []string{slosOK, slosOK0, slosOK1} {
		s := open(t, nil, upstream.Options{})
		s.replay(t, "/api/v1/slo", name)
		if err := s.Check(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := open(t, nil, upstream.Options{})
	s.SetSLOs(datadogtest.SLO{ID: anObjective, SLI: 97, Targets: map[string]datadogtest.Target{"7d": {Target: 95, Warning: 98}}})
	s.replay(t, "/api/v1/slo/"+anObjective, sloOK)
	states, _, _, err := s.list(t, datadog.SLO(anObjective, datadog.Week), "")
	if err != nil || len(states) != 1 || states[0].Title != "Test-Get_an_SLO_s_details_returns_OK_response-1704322488" || states[0].Status != fact.Warned {
		t.Errorf("%+v %v", states, err)
	}
}

// The recorded tests are grouped by branch, whose names were changed so that one
// is there twice. Read as results, they are none that can be believed.
func TestRecordedTests(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.replay(t, "/api/v2/ci/tests/analytics/aggregate", aggregateOK)
	passed := datadog.Tests("test_level:test @language:(python OR go)", 15*time.Minute).Passed
	s.refused(t, passed, connectors.CodeBadAnswer, "no result with its count")
	r := readRecording(t, aggregateOK)
	r.Response.Body = strings.ReplaceAll(r.Response.Body, "@git.branch\":", "@test.status\":")
	s = open(t, nil, upstream.Options{})
	s.replayed("/api/v2/ci/tests/analytics/aggregate", r)
	s.refused(t, passed, connectors.CodeBadAnswer, `the result "branch2" twice`)
	// With names of their own there may be more of them than the ten that were asked for.
	for i := range 10 {
		r.Response.Body = strings.Replace(r.Response.Body, `"@test.status":"branch`, fmt.Sprintf(`"@test.status":"%d-`, i), 1)
	}
	s = open(t, nil, upstream.Options{})
	s.replayed("/api/v2/ci/tests/analytics/aggregate", r)
	all, _ := passed.Counted()
	if r, err := s.Measure(t.Context(), all); err != nil || r.Complete || r.Value.Value < 345+309 {
		t.Errorf("%+v %v", r, err)
	}
}

// What Datadog refused is refused with its own words.
func TestRecordedRefusals(t *testing.T) {
	check := func(s setup) error { return s.Check(t.Context()) }
	ask := func(q fact.Query) func(setup) error {
		return func(s setup) error {
			_, err := s.Measure(t.Context(), q)
			return err
		}
	}
	for _, tt := range []struct {
		name, path string
		ask        func(setup) error
		code, says string
		status     int
	}{
		{validate403, "/api/v1/validate", check, connectors.CodeForbidden, "API key required", 403},
		{monitor404, "/api/v1/monitor", ask(datadog.MonitorCount("a")), connectors.CodeNotFound, "Monitor not found", 404},
		{monitors400, "/api/v1/monitor", ask(datadog.MonitorCount("a")), connectors.CodeInvalidQuery, "Invalid group_state filters.", 400},
		{scalar400, "/api/v2/query/scalar", ask(datadog.Scalar(datadog.Average, "a+b", value.Percent, "avg:system.cpu.user{*}", "avg:x{*}").Over(time.Hour)),
			connectors.CodeInvalidQuery, "Queries ending outside the retention date are invalid", 400},
	} {
		s := open(t, nil, upstream.Options{})
		s.replay(t, tt.path, tt.name)
		if d := diagnostic(t, tt.ask(s)); d.Code != tt.code || !strings.Contains(d.Summary, tt.says) || d.Status != tt.status || d.Retryable {
			t.Errorf("%s: %+v", tt.name, d)
		}
	}
	s := open(t, nil, upstream.Options{})
	s.replay(t, "/api/v1/validate", validateOK)
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
