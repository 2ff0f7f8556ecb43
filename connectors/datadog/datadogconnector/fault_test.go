package datadogconnector_test

import (
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogconnector"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// What goes wrong between the connector and Datadog, in Datadog's own form: 429
// has the seconds to wait in X-RateLimit-Reset.
func TestFaults(t *testing.T) {
	style := faulttest.Style{
		Refuse: datadogtest.Status,
		Limited: func(wait time.Duration) standin.Fault {
			return datadogtest.Limited(strconv.Itoa(int(wait / time.Second)))
		},
		Rows: []faulttest.Row{
			{Name: "an error with 200", Fault: func(string) standin.Fault { return standin.JSON(`{"errors":["Query failed"]}`) },
				Code: connectors.CodeBadAnswer, Says: "it has errors", Status: 200},
			{Name: "an error of v2 with 200", Fault: func(string) standin.Fault { return standin.JSON(`{"errors":"Query failed","data":{}}`) },
				Code: connectors.CodeBadAnswer, Says: "it has errors", Status: 200},
			{Name: "an error of the query with 200", Fault: func(string) standin.Fault {
				return standin.JSON(`{"status":"error","error":"Query failed","series":[]}`)
			},
				Code: connectors.CodeBadAnswer, Says: "it has error", Status: 200},
			{Name: "errors as objects", Fault: func(secret string) standin.Fault {
				return standin.Answer(400, "application/json", `{"errors":[{"status":"400","title":"Bad","detail":"no such metric `+secret+`"}]}`)
			}, Code: connectors.CodeInvalidQuery, Says: "no such metric [redacted]", Status: 400},
		},
	}
	for i := range style.Rows { // a list of monitors is no object, whatever is in it
		style.Rows[i].Says = map[bool]string{true: "", false: style.Rows[i].Says}[style.Rows[i].Status == 200]
	}
	faulttest.Run(t, style, func(t *testing.T, opts upstream.Options) faulttest.Site {
		s := open(t, nil, opts)
		furnish(s.Server)
		s.Fail(1, standin.WithHeader("Connection", "close"))                                    // a reset is one of a new connection
		if _, err := s.Measure(t.Context(), datadog.MonitorCount("nothing:here")); err != nil { // from now on the clock is known
			t.Fatal(err)
		}
		return faulttest.Site{Server: s.Server.Server, Instance: s.Instance, Secret: datadogtest.ApplicationKey,
			Queries: slices.Concat(everyNumber, everyList),
			Answers: map[string][]fact.Query{"empty array": {datadog.MonitorCount(booking...), datadog.Monitors(booking...)}},
			Own: map[string]func(*testing.T){
				"revoked mid-way": testRevoked, "clock skew": testClockSkew,
				"duplicated between pages": TestOddMonitors, "page token repeats": TestOddMonitors, "vanishing between pages": testVanishing,
				"null fields": TestOddAnswers, "huge numbers": TestOddHistory, "unknown enum values": TestMonitors, "empty results": TestUnmatchedTag,
			}}
	})
}

// A key that is revoked between two pages fails the list.
func testRevoked(t *testing.T) {
	s := open(t, func(c *datadogconnector.Config) { c.PageSize = 10 }, upstream.Options{})
	s.SetMonitors(manyMonitors(30)...)
	s.Fail(4, standin.Pass()) // the clock, the first page, the downtimes, the second page
	s.Fail(-1, datadogtest.Status(http.StatusForbidden, "Forbidden"))
	states, _, listed, err := s.list(t, datadog.Monitors(booking...), "")
	if d := diagnostic(t, err); d.Code != connectors.CodeForbidden || listed.Complete || len(states) != 20 || s.Requests() != 5 {
		t.Errorf("%d states, %+v, %+v after %d requests", len(states), listed, d, s.Requests())
	}
}

// A monitor that is deleted between two pages takes none of the others along.
func testVanishing(t *testing.T) {
	s := open(t, func(c *datadogconnector.Config) { c.PageSize = 10 }, upstream.Options{})
	all := manyMonitors(30)
	s.SetMonitors(all...)
	s.Fail(3, standin.Pass())
	s.Fail(1, func(http.ResponseWriter, *http.Request) bool {
		s.SetMonitors(datadogtest.Monitor{ID: 3}, datadogtest.Monitor{ID: 12}) // of other tags from now on
		return true
	})
	states, _, listed, err := s.list(t, datadog.Monitors(booking...), "")
	if err != nil || !listed.Complete || len(states) != 29 {
		t.Errorf("%d states, %+v, %v", len(states), listed, err)
	}
}

// Whatever our clock says, windows end by Datadog's; without its own, by ours.
func testClockSkew(t *testing.T) {
	for _, skew := range []time.Duration{-48 * time.Hour, -10 * time.Minute, 10 * time.Minute, 48 * time.Hour} {
		s := open(t, nil, upstream.Options{})
		theirs := time.Now().Add(skew).Truncate(time.Second)
		s.SetNow(func() time.Time { return theirs })
		s.SetMetric(latency, datadogtest.Series{Points: datadogtest.Every(time.Minute, theirs.Add(-time.Hour), theirs, func(time.Time) float64 { return 400 })})
		r := s.number(t, p95)
		if age := theirs.Sub(r.ObservedAt); age < time.Minute || age > 2*time.Minute {
			t.Errorf("skew %v: %v old", skew, age)
		}
		r = s.number2(t, series(p95, 30*time.Minute))
		if len(r.Samples) != 30 {
			t.Errorf("skew %v: %d samples", skew, len(r.Samples))
		}
	}
	s := open(t, nil, upstream.Options{})
	s.SetMetric(latency, datadogtest.Series{Points: datadogtest.Every(time.Minute, time.Now().Add(-time.Hour), time.Now(), func(time.Time) float64 { return 400 })})
	s.Fail(-1, func(w http.ResponseWriter, _ *http.Request) bool { w.Header()["Date"] = nil; return true })
	if r := s.number(t, p95); time.Since(r.ObservedAt) > 3*time.Minute {
		t.Errorf("as of %v", r.ObservedAt)
	}
}

// The server's own rate limit is kept to: everything is answered, some of it later.
func TestRateLimit(t *testing.T) {
	s := open(t, func(c *datadogconnector.Config) { c.PageSize = 3 }, upstream.Options{})
	s.SetMonitors(manyMonitors(30)...)
	base := time.Now()
	s.SetNow(func() time.Time { return at.Add(s.clock.Now().Sub(base)) })
	s.Limit(3, 1)
	states, _, listed, err := s.list(t, datadog.Monitors(booking...), "")
	if err != nil || !listed.Complete || len(states) != 30 || s.clock.Waited() < 6*time.Second {
		t.Errorf("%d states, %+v, %v, waited %v", len(states), listed, err, s.clock.Waited())
	}
}

func TestExplain(t *testing.T) {
	for body, want := range map[string]string{
		`{"errors":["no","never"]}`: "no; never", `{"errors":"no"}`: "no", `{"errors":[{"title":"Bad","detail":"too old"},{"title":"Worse"}]}`: "too old; Worse",
		`{"error":"no"}`: "no", `{"errors":[]}`: "", `{"errors":[7]}`: "", `<html>`: "", ``: "", `{}`: "", `null`: "",
	} {
		if got := datadogconnector.Explain([]byte(body)); got != want {
			t.Errorf("%s: %q", body, got)
		}
	}
}

func FuzzExplain(f *testing.F) {
	f.Add([]byte(`{"errors":["no",{"title":"Bad"}],"error":"x"}`))
	f.Add([]byte(`{"errors":{"a":1}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if got := datadogconnector.Explain(body); got != datadogconnector.Explain(body) {
			t.Errorf("%q", got)
		}
	})
}

func FuzzCursor(f *testing.F) {
	for _, s := range []string{"", "7/7", "1/", "/1", "-1/1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		after, read, err := datadogconnector.ParseCursor(text)
		if err == nil && text != "" && (after <= 0 || read <= 0) {
			t.Errorf("%q is read as %d, %d", text, after, read)
		}
	})
}
