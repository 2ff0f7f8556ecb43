package contract_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutyconnector"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutytest"
	"github.com/tidegate-go/tidegate/internal/contract"
	"github.com/tidegate-go/tidegate/release/fact"
)

// pagerdutyErrors are where the description of PagerDuty is wrong.
var pagerdutyErrors = []contract.Known{
	{"GET /incidents", "got null, want string at $.incidents", "resolved_at is \"null if the incident is not resolved\", says its own text"},
	{"GET /oncalls", "got null, want string at $.oncalls", "start and end are null for who is always on call, says their own text"},
	{"GET /change_events", "does not match pattern 'YYYY-MM-DDThh:mm:ssZ'", "the pattern is a form for people and no regular expression"},
}

// The names and moments in the examples of the description.
var (
	mail     = pagerduty.Scope{Services: []string{"My Application Service"}}
	dutyFrom = time.Date(2026, time.December, 9, 5, 0, 0, 0, time.UTC)
	dutyTill = dutyFrom.Add(4 * time.Hour)

	// A time that is over: of one that is not, nobody can tell all that will happen.
	pastFrom = time.Date(2026, time.November, 3, 5, 0, 0, 0, time.UTC)
	pastTill = pastFrom.Add(4 * time.Hour)

	pagerdutyQueries = []fact.Query{
		pagerduty.OpenIncidents(mail), pagerduty.Incidents(mail, pastFrom, pastTill), pagerduty.Watched(mail), pagerduty.Services(mail),
		pagerduty.OnCall("Engineering Escalation Policy"), pagerduty.OnCallBetween("Engineering Escalation Policy", dutyFrom, dutyTill),
		pagerduty.OnCallGaps("Engineering Escalation Policy", 0, dutyFrom, dutyTill),
		pagerduty.Maintenance(mail, dutyFrom, dutyTill), pagerduty.MaintenanceCount(mail, dutyFrom, dutyTill), pagerduty.Changes(mail, pastFrom, pastTill),
	}
)

// Everything that the connector asks PagerDuty, and everything that it is
// answered in tests, is as PagerDuty describes it.
func TestPagerDuty(t *testing.T) {
	server, err := pagerdutytest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.SetNow(func() time.Time { return dutyFrom.Add(time.Hour) })
	server.SetServices(pagerdutytest.Service{ID: "PIJ90N7", Name: "My Application Service", Team: "PTEAM"}, pagerdutytest.Service{ID: "POTHER", Name: "My Application Service 2", Status: "maintenance"})
	server.SetIncidents(
		pagerdutytest.Incident{ID: "I1", Title: "Slow", Service: "PIJ90N7", Opened: pastFrom, Acknowledged: pastFrom.Add(time.Minute)},
		pagerdutytest.Incident{ID: "I2", Title: "Down", Service: "PIJ90N7", Opened: pastFrom, Resolved: pastFrom.Add(time.Minute)},
		pagerdutytest.Incident{ID: "I3", Title: "Odd", Service: "PIJ90N7", Urgency: "low", Opened: pastFrom})
	server.SetOnCall([]pagerdutytest.Policy{{ID: "PT20YPA", Name: "Engineering Escalation Policy", Levels: 2}},
		pagerdutytest.Shift{Policy: "PT20YPA", Level: 1, User: "PT23IWX", From: dutyFrom, Until: dutyTill}, pagerdutytest.Shift{Policy: "PT20YPA", Level: 2, User: "PT23IWX"})
	server.SetMaintenance(pagerdutytest.Maintenance{ID: "PW98YIO", From: dutyFrom, Until: dutyTill, Services: []string{"PIJ90N7"}})
	server.SetChanges(pagerdutytest.Change{ID: "01BBYA6PEVW6A852BUO6QYUE7O", Summary: "Build", At: pastFrom, Services: []string{"PIJ90N7"}})
	w := contract.Between(t, contract.Load(t, "pagerduty"), server.URL, pagerdutyErrors...)
	ask(t, pagerdutyconnector.New(), pagerdutyConfig(w.URL), append([]fact.Query{pagerduty.Watched(pagerduty.Scope{Team: "PTEAM"})}, pagerdutyQueries...)...)
	want := []string{"GET /abilities", "GET /change_events", "GET /escalation_policies", "GET /incidents", "GET /maintenance_windows", "GET /oncalls", "GET /services"}
	if diff := cmp.Diff(want, operations(w)); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
}

func pagerdutyConfig(url string) pagerdutyconnector.Config {
	return pagerdutyconnector.Config{BaseURL: url, PageSize: 2, Key: connectors.NewSecret(pagerdutytest.Key)}
}

var pagerdutyMock = contract.Mock{
	Vendor:   "pagerduty",
	Program:  "./connectors/pagerduty/pagerdutyconnector/cmd/tidegate-connector-pagerduty",
	Settings: func(url string) any { return pagerdutyConfig(url) },
	Mend:     mendPages,
	Queries:  pagerdutyQueries,
}

// mendPages takes the pattern away that no moment matches (pagerdutyErrors), and
// makes the example of incidents the last page: it says that there are more, and
// a mock without memory never comes to them.
func mendPages(description map[string]any) {
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if v["pattern"] == "YYYY-MM-DDThh:mm:ssZ" {
				delete(v, "pattern")
			}
			if v["more"] == true {
				v["more"] = false
			}
			for _, below := range v {
				walk(below)
			}
		case []any:
			for _, below := range v {
				walk(below)
			}
		}
	}
	walk(description)
}
