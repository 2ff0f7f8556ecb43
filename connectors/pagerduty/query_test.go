package pagerduty_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Every query says whom to ask and what it yields, and its parameters are canonical.
func TestQueries(t *testing.T) {
	s := pagerduty.Scope{Team: "P1", Urgency: pagerduty.Low}
	count := fact.Number(value.Count)
	for _, tt := range []struct {
		q      fact.Query
		kind   string
		yields fact.Yields
		outOf  bool
	}{
		{pagerduty.OpenIncidents(s), "incidents", fact.Incidents(), true},
		{pagerduty.Incidents(s, since, until), "incidents", fact.Incidents(), true},
		{pagerduty.RecentIncidents(s, time.Hour), "incidents", fact.Incidents(), true},
		{pagerduty.Watched(s), "services", count, false},
		{pagerduty.Unwatched(s), "services", count, true},
		{pagerduty.Services(s), "services", fact.States(), false},
		{pagerduty.OnCall("Booking"), "on-call", fact.Duties(), false},
		{pagerduty.OnCallBetween("Booking", since, until), "on-call", fact.Duties(), false},
		{pagerduty.OnCallGaps("Booking", 0, since, until), "on-call", count, true},
		{pagerduty.Maintenance(s, since, until), "maintenance", fact.States(), false},
		{pagerduty.MaintenanceCount(s, since, until), "maintenance", count, true},
		{pagerduty.Changes(s, since, until), "changes", fact.WorkItems(), false},
	} {
		population, outOf := tt.q.Counted()
		if tt.q.Connector != pagerduty.Connector || tt.q.Kind != tt.kind || tt.q.Yields != tt.yields || outOf != tt.outOf {
			t.Errorf("%v yields %v out of %v", tt.q, tt.q.Yields, population)
		}
		if err := tt.q.Params.Fault(); err != nil {
			t.Errorf("%v: %v", tt.q, err)
		}
		if outOf && population.Yields != count {
			t.Errorf("%v is out of %v", tt.q, population)
		}
		if urgency, ok := tt.q.Params.Get("urgency"); ok != (tt.kind == "incidents") {
			t.Errorf("%v has the urgency %q", tt.q, urgency)
		}
	}
	// What is not UTF-8 is not asked as something else.
	for _, s := range []pagerduty.Scope{{Team: "a\xff"}, {Services: []string{"a", "\xff"}}} {
		if q := pagerduty.OpenIncidents(s); q.Params.Fault() == nil {
			t.Errorf("%v is canonical", q)
		}
	}
}
