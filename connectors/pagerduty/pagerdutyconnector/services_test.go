package pagerdutyconnector_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutyconnector"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutytest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// A service that is disabled or in maintenance opens no incidents: that it has
// none proves nothing.
func TestServices(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetServices(
		pagerdutytest.Service{ID: "P1", Name: "A", Team: "PTEAM"}, pagerdutytest.Service{ID: "P2", Name: "B", Team: "PTEAM", Status: "warning"},
		pagerdutytest.Service{ID: "P3", Name: "C", Team: "PTEAM", Status: "critical"}, pagerdutytest.Service{ID: "P4", Name: "D", Team: "PTEAM", Status: "maintenance"},
		pagerdutytest.Service{ID: "P5", Name: "E", Team: "PTEAM", Status: "disabled"}, pagerdutytest.Service{ID: "P6", Name: "F", Team: "PTEAM", Status: "brand-new"},
	)
	all, _ := pagerduty.Unwatched(team).Counted()
	if w, u, n := s.number(t, pagerduty.Watched(team)), s.number(t, pagerduty.Unwatched(team)), s.number(t, all); w != 3 || u != 3 || n != 6 {
		t.Errorf("%v watched, %v not, %v in all", w, u, n)
	}
	var got []fact.Health
	for _, one := range s.whole(t, pagerduty.Services(team)).States {
		got = append(got, one.Status)
		if one.Link.Fault() != nil || one.ID == "" || one.Title == "" {
			t.Errorf("%+v", one)
		}
	}
	want := []fact.Health{fact.Healthy, fact.Warned, fact.Alerting, fact.Muted, fact.Muted, fact.UnknownHealth}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := s.Requests(); n != 1 {
		t.Errorf("%d requests for four questions about one team", n)
	}
	q := pagerduty.Watched(team)
	q.Yields.Unit = value.Percent
	s.refused(t, q, connectors.CodeInvalidQuery, "{count}")
	s.refused(t, pagerduty.Watched(team).With("of", "some"), connectors.CodeInvalidQuery, "not known")
	s.refused(t, pagerduty.Services(team).With("of", "watched"), connectors.CodeInvalidQuery, "no states")
	bad := pagerduty.Watched(pagerduty.Scope{Services: []string{"a\xff"}})
	if bad.Params.Fault() == nil {
		t.Errorf("%s is canonical", bad.Params)
	}
}

func TestMaintenance(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetMaintenance(
		pagerdutytest.Maintenance{ID: "M1", From: ago(time.Hour), Until: at.Add(time.Hour), Services: []string{"PBOOK", "POTHER"}},
		pagerdutytest.Maintenance{ID: "M2", From: at.Add(2 * time.Hour), Until: at.Add(3 * time.Hour), Services: []string{"PBOOK", "PPAY"}},
		pagerdutytest.Maintenance{ID: "M3", From: ago(9 * time.Hour), Until: ago(8 * time.Hour), Services: []string{"PPAY"}},
		pagerdutytest.Maintenance{ID: "M4", From: ago(time.Hour), Until: at.Add(time.Hour), Services: []string{"POTHER"}},
	)
	for _, tt := range []struct {
		since, until time.Time
		want         string
		services     float64
	}{
		{at, at.Add(30 * time.Minute), "Booking API/M1", 1},
		{at, at.Add(4 * time.Hour), "Booking API/M1 Booking API/M2 Payments/M2", 2},
		{at.Add(4 * time.Hour), at.Add(5 * time.Hour), "", 0},
		{at.Add(time.Hour), at.Add(2 * time.Hour), "", 0}, // from the end of one to the beginning of the other
		{ago(9 * time.Hour), ago(8 * time.Hour), "Payments/M3", 1},
	} {
		got := ""
		for _, one := range s.whole(t, pagerduty.Maintenance(team, tt.since, tt.until)).States {
			if got != "" {
				got += " "
			}
			got += one.Title + "/" + one.ID
			if one.Status != fact.Muted || one.Since.IsZero() {
				t.Errorf("%+v", one)
			}
		}
		if n := s.number(t, pagerduty.MaintenanceCount(team, tt.since, tt.until)); got != tt.want || n != tt.services {
			t.Errorf("from %v: %s, %v services; want %s, %v", tt.since, got, n, tt.want, tt.services)
		}
	}
	s.refused(t, pagerduty.Maintenance(team, at, at), connectors.CodeInvalidQuery, "is not after")
	s = open(t, nil, upstream.Options{})
	s.Fail(1, standin.Pass())
	s.Fail(1, standin.JSON(`{"maintenance_windows":[{"id":"M1","start_time":null,"end_time":null,"services":[]}],"more":false}`))
	s.refused(t, pagerduty.MaintenanceCount(team, at, at.Add(time.Hour)), connectors.CodeBadAnswer, "without a beginning")
}

func TestChanges(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetChanges(
		pagerdutytest.Change{ID: "C1", Summary: "Deploy 8.1.0", At: ago(time.Hour), Services: []string{"PBOOK", "POTHER"}},
		pagerdutytest.Change{ID: "C2", Summary: "Deploy search", At: ago(time.Hour), Services: []string{"POTHER"}},
		pagerdutytest.Change{ID: "C3", Summary: "Deploy 8.0.0", At: ago(10 * day), Services: []string{"PBOOK"}},
	)
	want := []fact.WorkItem{{ID: "C1", Title: "Deploy 8.1.0", Type: "Change", Components: []string{"Booking API"}, Updated: ago(time.Hour), Link: "https://ci.example.com/C1"}}
	if diff := cmp.Diff(want, s.whole(t, pagerduty.Changes(team, ago(day), at)).WorkItems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	s.refused(t, pagerduty.Changes(team, ago(200*day), at), connectors.CodeInvalidQuery, "6 months")
}

// One that comes again on a later page stands in the place of another.
func TestServiceInPlaceOfAnother(t *testing.T) {
	s := open(t, func(c *pagerdutyconnector.Config) { c.PageSize = 3 }, upstream.Options{})
	const a, b, c, d = `{"id":"PA","name":"A","status":"active"}`, `{"id":"PB","name":"B","status":"active"}`, `{"id":"PC","name":"C","status":"active"}`, `{"id":"PD","name":"D","status":"active"}`
	s.Fail(1, standin.JSON(`{"services":[`+a+`,`+b+`,`+c+`],"offset":0,"more":true,"total":5}`))
	s.Fail(1, standin.JSON(`{"services":[`+c+`,`+d+`,`+a+`],"offset":2,"more":false,"total":5}`)) // and a fifth was never seen
	if r, err := s.Measure(t.Context(), pagerduty.Watched(team)); err != nil || r.Complete || r.Value.Value != 4 {
		t.Errorf("%v, complete %v, %v; want 4 of an incomplete answer", r.Value, r.Complete, err)
	}
}
