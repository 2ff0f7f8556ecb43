package datadogconnector_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogconnector"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var booking = []string{"service:booking", "env:production"}

func TestMonitors(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetMonitors(
		datadogtest.Monitor{ID: 11, Name: "Latency", Tags: booking, State: "Alert", Changed: at.Add(-time.Hour),
			Groups: map[string]string{"region:eu": "OK", "region:us": "Alert", "region:ap": "No Data", "region:sa": "Ignored"}},
		datadogtest.Monitor{ID: 12, Name: "Errors", Tags: append([]string{"team:x"}, booking...), State: "Warn", Changed: at.Add(-2 * time.Hour)},
		datadogtest.Monitor{ID: 13, Name: "Other", Tags: []string{"service:booking"}, State: "Alert"},
		datadogtest.Monitor{ID: 14, Name: "Odd", Tags: booking, State: "Brand New"},
	)
	states, _, listed, err := s.list(t, datadog.Monitors(booking...), "")
	if err != nil {
		t.Fatal(err)
	}
	link := func(id string) fact.State {
		return fact.State{ID: id, Link: value.Link("https://app.datadoghq.com/monitors/" + id)}
	}
	state := func(id, title string, health fact.Health, group string, since time.Time) fact.State {
		one := link(id)
		one.Title, one.Status, one.Group, one.Since = title, health, group, since
		return one
	}
	want := []fact.State{
		state("11", "Latency", fact.NoData, "region:ap", at.Add(-time.Hour)),
		state("11", "Latency", fact.Healthy, "region:eu", at.Add(-time.Hour)),
		state("11", "Latency", fact.UnknownHealth, "region:sa", time.Time{}),
		state("11", "Latency", fact.Alerting, "region:us", at.Add(-time.Hour)),
		state("12", "Errors", fact.Warned, "", at.Add(-2*time.Hour)),
		state("14", "Odd", fact.UnknownHealth, "", time.Time{}),
	}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	end := connectors.Listed{Complete: true, ObservedAt: at, Source: "Datadog",
		Link: "https://app.datadoghq.com/monitors/manage?q=tag%3A%22service%3Abooking%22+tag%3A%22env%3Aproduction%22"}
	if diff := cmp.Diff(end, listed); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if r := s.number(t, datadog.MonitorCount(booking...)); r.Value.Value != 3 || !r.Complete {
		t.Errorf("%+v", r)
	}
}

// Tags that no monitor has are no monitors, and say so; no tags are refused.
func TestUnmatchedTag(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetMonitors(datadogtest.Monitor{ID: 1, Tags: []string{"service:old-name"}})
	states, _, listed, err := s.list(t, datadog.Monitors("service:booking"), "")
	if err != nil || len(states) != 0 || !listed.Complete {
		t.Errorf("%v %+v %v", states, listed, err)
	}
	if r := s.number(t, datadog.MonitorCount("service:booking")); r.Value.Value != 0 || !r.Complete {
		t.Errorf("%+v", r)
	}
	for _, q := range []fact.Query{datadog.Monitors(), datadog.Monitors(""), datadog.Monitors("a,b"), datadog.MonitorCount(), datadog.Monitors("a").With("x", "y")} {
		s.refused(t, q, connectors.CodeInvalidQuery, "")
	}
}

// What is silenced, in a downtime of either version, or perhaps, is told apart.
func TestMuted(t *testing.T) {
	groups := map[string]string{"host:a": "OK", "host:b": "Alert", "host:c": "OK"}
	for _, tt := range []struct {
		name     string
		monitor  datadogtest.Monitor
		downtime []datadogtest.Downtime
		want     string // the states of a, b and c, or of the whole
	}{
		{"not at all", datadogtest.Monitor{Groups: groups}, nil, "ok alert ok"},
		{"silenced for ever", datadogtest.Monitor{Groups: groups, Silenced: map[string]time.Time{"*": {}}}, nil, "muted muted muted"},
		{"silenced until tomorrow", datadogtest.Monitor{Groups: groups, Silenced: map[string]time.Time{"*": at.Add(time.Hour)}}, nil, "muted muted muted"},
		{"silenced until yesterday", datadogtest.Monitor{Groups: groups, Silenced: map[string]time.Time{"*": at.Add(-time.Hour)}}, nil, "ok alert ok"},
		{"one group silenced", datadogtest.Monitor{Groups: groups, Silenced: map[string]time.Time{"host:b": {}}}, nil, "ok muted ok"},
		{"an unknown group silenced", datadogtest.Monitor{Groups: groups, Silenced: map[string]time.Time{"env:x": {}}}, nil, "unknown alert unknown"},
		{"in downtime by id", datadogtest.Monitor{Groups: groups}, []datadogtest.Downtime{{Monitor: 7}}, "muted muted muted"},
		{"in downtime by tags", datadogtest.Monitor{Groups: groups}, []datadogtest.Downtime{{Tags: []string{"service:booking"}}}, "muted muted muted"},
		{"in downtime with all", datadogtest.Monitor{Groups: groups}, []datadogtest.Downtime{{Tags: []string{"*"}}}, "muted muted muted"},
		{"in downtime for groups", datadogtest.Monitor{Groups: groups}, []datadogtest.Downtime{{Monitor: 7, Scope: "host:a OR host:b", Groups: []string{"host:a", "host:b"}}}, "muted muted ok"},
		{"a scope that cannot be told", datadogtest.Monitor{Groups: groups}, []datadogtest.Downtime{{Monitor: 7, Scope: "env:production AND NOT x"}}, "unknown alert unknown"},
		{"a downtime of another", datadogtest.Monitor{Groups: groups}, []datadogtest.Downtime{{Monitor: 8}, {Tags: []string{"service:other"}}}, "ok alert ok"},
		{"a downtime that is over", datadogtest.Monitor{Groups: groups}, []datadogtest.Downtime{{Monitor: 7, End: at.Add(-time.Minute)}}, "ok alert ok"},
		{"a downtime to come", datadogtest.Monitor{Groups: groups}, []datadogtest.Downtime{{Monitor: 7, Start: at.Add(time.Hour)}}, "ok alert ok"},
		{"the whole in downtime", datadogtest.Monitor{State: "Alert"}, []datadogtest.Downtime{{Monitor: 7}}, "muted"},
		{"the whole in part", datadogtest.Monitor{State: "OK"}, []datadogtest.Downtime{{Monitor: 7, Groups: []string{"host:a"}}}, "unknown"},
		{"no data and muted", datadogtest.Monitor{State: "No Data", Silenced: map[string]time.Time{"*": {}}}, nil, "muted"},
		{"a whole that is worse than its groups", datadogtest.Monitor{State: "Alert", Groups: map[string]string{"host:a": "OK"}}, nil, "ok alert"},
	} {
		s := open(t, nil, upstream.Options{})
		tt.monitor.ID, tt.monitor.Tags = 7, booking
		s.SetMonitors(tt.monitor)
		s.SetDowntimes(tt.downtime...)
		states, _, _, err := s.list(t, datadog.Monitors(booking...), "")
		got := ""
		for i, one := range states {
			if i > 0 {
				got += " "
			}
			got += one.Status.String()
		}
		if err != nil || got != tt.want {
			t.Errorf("%s: %s, %v; want %s", tt.name, got, err, tt.want)
		}
	}
}

func manyMonitors(n int) []datadogtest.Monitor {
	all := make([]datadogtest.Monitor, n)
	for i := range all {
		all[i] = datadogtest.Monitor{ID: int64(i + 1), Name: fmt.Sprintf("Monitor %d", i+1), Tags: booking}
	}
	return all
}

// From the start and from each cursor, no monitor is lost and none comes twice.
func TestMonitorPages(t *testing.T) {
	s := open(t, func(c *datadogconnector.Config) { c.PageSize = 7 }, upstream.Options{})
	s.SetMonitors(manyMonitors(30)...)
	q := datadog.Monitors(booking...)
	all, cursors, listed, err := s.list(t, q, "")
	if err != nil || !listed.Complete || len(all) != 30 || len(cursors) != 6 {
		t.Fatalf("%d states, cursors %q, %+v, %v", len(all), cursors, listed, err)
	}
	for i, c := range cursors[:5] {
		rest, _, listed, err := s.list(t, q, c)
		if err != nil || !listed.Complete || !cmp.Equal(rest, all[min(7*(i+1), 30):]) && len(rest) > 0 {
			t.Errorf("from %s: %d states, %+v, %v", c, len(rest), listed, err)
		}
	}
	if r := s.number(t, datadog.MonitorCount(booking...)); r.Value.Value != 30 {
		t.Errorf("%v", r.Value)
	}
	// Downtimes are read once for all pages.
	n := 0
	for _, call := range s.Log() {
		if call.Path == "/api/v2/downtime" {
			n++
		}
	}
	if n > 6 {
		t.Errorf("downtimes were read %d times for 6 lists", n)
	}
	for _, c := range []string{"x", "7", "-1/2", "7/0", "07/7", "7/7/7"} {
		if _, _, err := datadogconnector.ParseCursor(c); diagnostic(t, err).Code != connectors.CodeInvalidQuery {
			t.Errorf("%s: %v", c, err)
		}
	}
}

// More monitors than one query may read are not silently left out.
func TestMaxMonitors(t *testing.T) {
	s := open(t, func(c *datadogconnector.Config) { c.PageSize, c.MaxMonitors = 5, 10 }, upstream.Options{})
	s.SetMonitors(manyMonitors(11)...)
	if states, _, listed, err := s.list(t, datadog.Monitors(booking...), ""); err != nil || listed.Complete || len(states) != 10 {
		t.Errorf("%d states, %+v, %v", len(states), listed, err)
	}
	if r, err := s.Measure(t.Context(), datadog.MonitorCount(booking...)); err != nil || r.Complete {
		t.Errorf("%+v %v", r, err)
	}
}

// Pages of Datadog's as they should not be.
func TestOddMonitors(t *testing.T) {
	one := func(id int) string {
		return fmt.Sprintf(`{"id":%d,"name":"m","tags":["service:booking","env:production"],"overall_state":"OK","options":null,"state":null,"matching_downtimes":null}`, id)
	}
	for _, tt := range []struct {
		name     string
		pages    []string
		states   int
		complete bool
		code     string
	}{
		{"nulls", []string{"[" + one(1) + "]", "[]"}, 1, true, ""},
		{"again on the next page", []string{"[" + one(1) + "," + one(2) + "]", "[" + one(2) + "," + one(3) + "]", "[]"}, 3, false, ""},
		{"twice on a page", []string{"[" + one(1) + "," + one(1) + "]", "[]"}, 1, false, ""},
		{"the same page for ever", []string{"[" + one(1) + "]", "[" + one(1) + "]"}, 0, false, connectors.CodeCursorLoop},
		{"no id", []string{`[{"name":"m"}]`}, 0, false, connectors.CodeBadAnswer},
		{"an object", []string{`{"monitors":[]}`}, 0, false, connectors.CodeBadAnswer},
		{"a key in other letters", []string{`[{"id":1,"Overall_State":"OK"}]`}, 0, false, connectors.CodeBadAnswer},
		{"a huge id", []string{`[{"id":99999999999999999999}]`}, 0, false, connectors.CodeBadAnswer},
		{"a filter that is ignored", []string{`[{"id":1,"name":"m","tags":["service:booking"],"overall_state":"Alert"}]`, "[]"}, 0, true, ""},
	} {
		s := open(t, func(c *datadogconnector.Config) { c.PageSize = 2 }, upstream.Options{})
		pages := tt.pages
		s.Fail(-1, func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != "/api/v1/monitor" || len(pages) == 0 {
				return true
			}
			page := pages[0]
			pages = pages[1:]
			return standin.JSON(page)(w, r)
		})
		states, _, listed, err := s.list(t, datadog.Monitors(booking...), "")
		if tt.code != "" {
			if d := diagnostic(t, err); d.Code != tt.code || listed.Complete {
				t.Errorf("%s: %+v", tt.name, d)
			}
		} else if err != nil || listed.Complete != tt.complete || len(states) != tt.states {
			t.Errorf("%s: %d states, %+v, %v", tt.name, len(states), listed, err)
		}
	}
}

// Downtimes that cannot be read, or not all, leave no monitor well.
func TestDowntimesUnknown(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetMonitors(datadogtest.Monitor{ID: 7, Tags: booking})
	s.Grant("monitors_read")
	s.refused(t, datadog.Monitors(booking...), connectors.CodeForbidden, "lacks the scope monitors_downtime")
	s = open(t, nil, upstream.Options{})
	s.SetMonitors(datadogtest.Monitor{ID: 7, Tags: booking})
	s.Fail(2, standin.Pass())
	s.Fail(1, standin.JSON(`{"data":null}`))
	s.refused(t, datadog.Monitors(booking...), connectors.CodeBadAnswer, "no array of downtimes")
	// A list that ends before it should may have had one of this monitor.
	s = open(t, nil, upstream.Options{})
	s.SetMonitors(datadogtest.Monitor{ID: 7, Tags: booking})
	s.Fail(2, standin.Pass())
	s.Fail(1, standin.JSON(`{"data":[],"meta":{"page":{"total_filtered_count":5}}}`))
	s.Fail(1, standin.JSON(`{"data":null}`))
	s.refused(t, datadog.Monitors(booking...), connectors.CodeBadAnswer, "downtime_matches: answer has no array")
	if !slices.ContainsFunc(s.Log(), func(c standin.Call) bool { return c.Path == "/api/v2/monitor/7/downtime_matches" }) {
		t.Error("it was not asked")
	}
}
