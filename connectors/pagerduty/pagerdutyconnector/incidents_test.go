package pagerdutyconnector_test

import (
	"fmt"
	"net/http"
	"strings"
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
)

const day = 24 * time.Hour

// ago is a moment before now.
func ago(d time.Duration) time.Time { return at.Add(-d) }

// An incident that is open for three months is open, of whichever urgency.
func TestOpenIncidents(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetIncidents(
		pagerdutytest.Incident{ID: "I1", Title: "Card is charged twice", Service: "PPAY", Opened: ago(90 * day)},
		pagerdutytest.Incident{ID: "I2", Title: "Slow", Service: "PBOOK", Urgency: "low", Opened: ago(time.Hour), Acknowledged: ago(50 * time.Minute)},
		pagerdutytest.Incident{ID: "I3", Title: "Gone", Service: "PBOOK", Opened: ago(2 * time.Hour), Resolved: ago(time.Hour)},
		pagerdutytest.Incident{ID: "I4", Title: "Elsewhere", Service: "POTHER", Opened: ago(time.Hour)},
	)
	want := []fact.Incident{
		{ID: "I1", Title: "Card is charged twice", Service: "Payments", Urgency: "high", Status: "triggered", Opened: ago(90 * day), Link: "https://acme.pagerduty.com/incidents/I1"},
		{ID: "I2", Title: "Slow", Service: "Booking API", Urgency: "low", Status: "acknowledged", Opened: ago(time.Hour), Acknowledged: ago(50 * time.Minute), Link: "https://acme.pagerduty.com/incidents/I2"},
	}
	if diff := cmp.Diff(want, s.whole(t, pagerduty.OpenIncidents(team)).Incidents); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for want, scope := range map[string]pagerduty.Scope{
		"I2": {Team: "PTEAM", Urgency: pagerduty.Low}, "I1": {Services: []string{"Payments"}}, "I4": {Services: []string{"Search"}},
		"": {Services: []string{"Booking API v2"}}, "I1 I2": {Services: []string{"Payments", "Booking API", "Payments"}},
	} {
		if got := ids(s.whole(t, pagerduty.OpenIncidents(scope)).Incidents); got != want {
			t.Errorf("%+v: %s, want %s", scope, got, want)
		}
	}
}

// A name that no service has, a team without services and no name at all are no
// absence of incidents.
func TestUnknownScope(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	for _, tt := range []struct {
		scope      pagerduty.Scope
		code, says string
	}{
		{pagerduty.Scope{Services: []string{"Booking"}}, connectors.CodeNotFound, `no service is called "Booking"`},
		{pagerduty.Scope{Services: []string{"booking api"}}, connectors.CodeNotFound, "no service is called"},
		{pagerduty.Scope{Services: []string{"Payments", "Gone"}}, connectors.CodeNotFound, `"Gone"`},
		{pagerduty.Scope{Team: "PNONE"}, connectors.CodeNotFound, "has no service"},
		{pagerduty.Scope{Team: "PTEAM", Services: []string{"Search"}}, connectors.CodeNotFound, `no service is called "Search"`},
		{pagerduty.Scope{}, connectors.CodeInvalidQuery, "every service of the account"},
		{pagerduty.Scope{Services: []string{" "}}, connectors.CodeInvalidQuery, "empty"},
		{pagerduty.Scope{Services: strings.Split(strings.Repeat("x,", 101), ",")}, connectors.CodeInvalidQuery, "at most 100"},
	} {
		for _, q := range []fact.Query{pagerduty.OpenIncidents(tt.scope), pagerduty.Watched(tt.scope), pagerduty.Services(tt.scope), pagerduty.Unwatched(tt.scope),
			pagerduty.Incidents(tt.scope, ago(day), at), pagerduty.Maintenance(tt.scope, ago(day), at), pagerduty.MaintenanceCount(tt.scope, ago(day), at), pagerduty.Changes(tt.scope, ago(day), at)} {
			s.refused(t, q, tt.code, tt.says)
		}
	}
	s = open(t, nil, upstream.Options{})
	many := make([]pagerdutytest.Service, 101)
	for i := range many {
		many[i] = pagerdutytest.Service{ID: fmt.Sprintf("P%d", i), Name: fmt.Sprintf("Service %d", i), Team: "PTEAM"}
	}
	s.SetServices(many...)
	s.refused(t, pagerduty.OpenIncidents(team), connectors.CodeTooLarge, "101 services")
}

// Incidents of a window are those that were open in it; how long one that is
// resolved took to be acknowledged is not told any more.
func TestIncidentsOfAWindow(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetIncidents(
		pagerdutytest.Incident{ID: "old-and-open", Service: "PPAY", Opened: ago(100 * day)},
		pagerdutytest.Incident{ID: "before", Service: "PPAY", Opened: ago(5 * time.Hour), Resolved: ago(4 * time.Hour)},
		pagerdutytest.Incident{ID: "into", Service: "PPAY", Opened: ago(5 * time.Hour), Acknowledged: ago(4 * time.Hour), Resolved: ago(150 * time.Minute)},
		pagerdutytest.Incident{ID: "within", Service: "PPAY", Opened: ago(2 * time.Hour), Acknowledged: ago(119 * time.Minute), Resolved: ago(110 * time.Minute)},
		pagerdutytest.Incident{ID: "still", Service: "PPAY", Opened: ago(100 * time.Minute), Acknowledged: ago(95 * time.Minute)},
		pagerdutytest.Incident{ID: "after", Service: "PPAY", Opened: ago(30 * time.Minute)},
	)
	got := s.whole(t, pagerduty.Incidents(team, ago(3*time.Hour), ago(time.Hour))).Incidents
	if ids(got) != "into within still old-and-open" {
		t.Errorf("%s", ids(got))
	}
	for _, i := range got {
		d, known := i.TimeToAcknowledge()
		if known != (i.ID == "still") || known && d.Std() != 5*time.Minute {
			t.Errorf("%s was acknowledged after %v, known is %v", i.ID, d, known)
		}
	}
	if got := s.whole(t, pagerduty.RecentIncidents(team, time.Hour)).Incidents; ids(got) != "after still old-and-open" && ids(got) != "still after old-and-open" {
		t.Errorf("%s", ids(got))
	}
}

func TestIncidentsRefuse(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	q := pagerduty.OpenIncidents(team)
	window := pagerduty.Incidents(team, ago(day), at)
	for _, q := range []fact.Query{q.With("urgency", "urgent"), q.With("status", "closed"), q.With("since", "2026-12-01T00:00:00Z"), q.Over(time.Hour), q.With("x", "y"),
		window.Over(time.Hour), window.With("since", "yesterday"), window.With("until", window.String()), pagerduty.Incidents(team, at, ago(day)), pagerduty.Incidents(team, ago(200*day), at),
		window.Over(-time.Hour)} {
		s.refused(t, q, connectors.CodeInvalidQuery, "")
	}
	if _, err := s.Measure(t.Context(), fact.NewQuery("pagerduty", "analytics", fact.Number("1"))); diagnostic(t, err).Code != connectors.CodeUnknownKind {
		t.Error(err)
	}
}

func many(n int) []pagerdutytest.Incident {
	all := make([]pagerdutytest.Incident, n)
	for i := range all {
		all[i] = pagerdutytest.Incident{ID: fmt.Sprintf("I%05d", i), Service: "PPAY", Opened: ago(time.Duration(n-i) * time.Minute)}
	}
	return all
}

// From the start and from each cursor, no incident is lost and none comes twice.
func TestPages(t *testing.T) {
	s := open(t, func(c *pagerdutyconnector.Config) { c.PageSize = 10 }, upstream.Options{})
	s.SetIncidents(many(50)...)
	q := pagerduty.OpenIncidents(team)
	all, cursors, listed, err := s.list(t, q, "")
	if err != nil || !listed.Complete || len(all.Incidents) != 50 || len(cursors) != 6 {
		t.Fatalf("%d incidents, %d cursors, %+v, %v", len(all.Incidents), len(cursors), listed, err)
	}
	for i, c := range cursors[:5] {
		rest, _, listed, err := s.list(t, q, c)
		if want := all.Incidents[10+9*i:]; err != nil || !listed.Complete || !cmp.Equal(rest.Incidents, want) {
			t.Errorf("from %s: %d incidents, want %d; %+v %v", c, len(rest.Incidents), len(want), listed, err)
		}
	}
	for _, c := range []string{"x", "{}", `{"offset":1}`, `{"offset":-1,"last":"x"}`, ` {"offset":1,"last":"x"}`} {
		if _, err := pagerdutyconnector.ParsePlace(c); c != "{}" && diagnostic(t, err).Code != connectors.CodeInvalidQuery {
			t.Errorf("%s: %v", c, err)
		}
	}
}

// What comes and goes while the pages are read leaves the answer incomplete.
func TestShiftingPages(t *testing.T) {
	for name, change := range map[string]func([]pagerdutytest.Incident) []pagerdutytest.Incident{
		"an earlier one is resolved": func(all []pagerdutytest.Incident) []pagerdutytest.Incident { return all[1:] },
		"an earlier one comes": func(all []pagerdutytest.Incident) []pagerdutytest.Incident {
			return append([]pagerdutytest.Incident{{ID: "early", Service: "PPAY", Opened: ago(90 * day)}}, all...)
		},
		"one goes and one comes": func(all []pagerdutytest.Incident) []pagerdutytest.Incident {
			return append(append([]pagerdutytest.Incident{}, all[1:]...), pagerdutytest.Incident{ID: "late", Service: "PPAY", Opened: ago(0)})
		},
		"a later one goes": func(all []pagerdutytest.Incident) []pagerdutytest.Incident { return all[:len(all)-1] },
	} {
		s := open(t, func(c *pagerdutyconnector.Config) { c.PageSize = 10 }, upstream.Options{})
		s.SetIncidents(many(25)...)
		s.Fail(2, standin.Pass()) // the services and the first page
		s.Fail(1, func(http.ResponseWriter, *http.Request) bool { s.SetIncidents(change(many(25))...); return true })
		if all, _, listed, err := s.list(t, pagerduty.OpenIncidents(team), ""); err != nil || listed.Complete {
			t.Errorf("%s: %d incidents, %+v, %v", name, len(all.Incidents), listed, err)
		}
	}
}

// PagerDuty shows 10,000 items; of more the answer says that it is incomplete,
// and it is not asked for what it refuses.
func TestTenThousand(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetIncidents(many(10_050)...)
	all, _, listed, err := s.list(t, pagerduty.OpenIncidents(team), "")
	if err != nil || listed.Complete || len(all.Incidents) < 9_900 || len(all.Incidents) > 10_000 {
		t.Errorf("%d incidents, %+v, %v", len(all.Incidents), listed, err)
	}
}

// Pages of PagerDuty's as they should not be.
func TestOddPages(t *testing.T) {
	one := func(id string) string {
		return `{"id":"` + id + `","status":"triggered","service":{"id":"PPAY","summary":"Payments"},"created_at":"2026-12-09T06:00:00Z"}`
	}
	page := func(items, more string) string {
		return `{"incidents":[` + items + `],"offset":0,"limit":100,"more":` + more + `,"total":null}`
	}
	for _, tt := range []struct {
		name, body string
		incidents  int
		complete   bool
		code, says string
	}{
		{"no total", page(one("I1"), "false"), 1, true, "", ""},
		{"nulls", `{"incidents":[{"id":"I1","title":null,"urgency":null,"status":null,"service":null,"created_at":null,"resolved_at":null,"acknowledgements":null,"html_url":null}],"more":false}`, 1, true, "", ""},
		{"a new state", page(strings.Replace(one("I1"), "triggered", "snoozed", 1), "false"), 1, true, "", ""},
		{"resolved after all", page(strings.Replace(one("I1"), "triggered", "resolved", 1), "false"), 0, true, "", ""},
		{"twice", page(one("I1")+","+one("I1"), "false"), 1, false, "", ""},
		{"empty", page("", "false"), 0, true, "", ""},
		{"fewer than the total", `{"incidents":[` + one("I1") + `],"more":false,"total":2}`, 1, false, "", ""},
		{"no incidents", `{"more":false}`, 0, false, connectors.CodeBadAnswer, "no array"},
		{"null incidents", `{"incidents":null,"more":false}`, 0, false, connectors.CodeBadAnswer, "no array"},
		{"nothing said of more", `{"incidents":[]}`, 0, false, connectors.CodeBadAnswer, "whether there are more"},
		{"another page", `{"incidents":[],"more":false,"offset":25}`, 0, false, connectors.CodeBadAnswer, "the page at 25, want that at 0"},
		{"more of nothing", page("", "true"), 0, false, connectors.CodeCursorLoop, "nothing new"},
		{"no id", page(`{"status":"triggered"}`, "false"), 0, false, connectors.CodeBadAnswer, "without an id"},
		{"an error with 200", `{"error":{"message":"no"},"incidents":[],"more":false}`, 0, false, connectors.CodeBadAnswer, "it has error"},
		{"a huge total", `{"incidents":[],"more":false,"total":1e999}`, 0, false, connectors.CodeBadAnswer, "cannot be read"},
		{"a key in other letters", `{"Incidents":[],"more":false}`, 0, false, connectors.CodeBadAnswer, "in place of"},
	} {
		s := open(t, nil, upstream.Options{})
		s.Fail(1, standin.Pass())
		s.Fail(1, standin.JSON(tt.body))
		all, _, listed, err := s.list(t, pagerduty.OpenIncidents(team), "")
		if tt.code != "" {
			if d := diagnostic(t, err); d.Code != tt.code || !strings.Contains(d.Summary, tt.says) || listed.Complete {
				t.Errorf("%s: %+v", tt.name, d)
			}
		} else if err != nil || listed.Complete != tt.complete || len(all.Incidents) != tt.incidents {
			t.Errorf("%s: %+v, %+v, %v", tt.name, all.Incidents, listed, err)
		}
	}
	// The same page for ever.
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.Pass())
	s.Fail(-1, standin.JSON(`{"incidents":[`+one("I1")+`],"more":true}`))
	if _, _, _, err := s.list(t, pagerduty.OpenIncidents(team), ""); diagnostic(t, err).Code != connectors.CodeCursorLoop {
		t.Error(err)
	}
}

// That a window had no incident, or no change, is not known before it is over.
func TestWindowThatIsNotOver(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	for until, want := range map[time.Time]bool{at.Add(time.Hour): false, at.Add(time.Second): false, at: true, ago(time.Minute): true} {
		for _, q := range []fact.Query{pagerduty.Incidents(team, ago(3*time.Hour), until), pagerduty.Changes(team, ago(3*time.Hour), until)} {
			if _, _, listed, err := s.list(t, q, ""); err != nil || listed.Complete != want {
				t.Errorf("%v: complete is %v, %v", q, listed.Complete, err)
			}
		}
	}
}

// An open incident that does not say when it was opened is none of a later time.
func TestOpenWithoutBeginning(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.Pass()) // the services
	s.Fail(1, standin.JSON(`{"incidents":[],"more":false}`))
	s.Fail(1, standin.JSON(`{"incidents":[{"id":"Q1","status":"triggered","created_at":null}],"more":false}`))
	if all := s.whole(t, pagerduty.Incidents(team, ago(time.Hour), at)); ids(all.Incidents) != "Q1" {
		t.Errorf("%+v", all.Incidents)
	}
}
