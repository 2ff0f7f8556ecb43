package pagerdutyconnector_test

import (
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutyconnector"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutytest"
	"github.com/tidegate-go/tidegate/release/fact"
)

// The test binary is the connector's program with the faults of the exam.
func TestMain(m *testing.M) {
	if connectortest.ServeBroken(pagerdutyconnector.New()) {
		return
	}
	os.Exit(m.Run())
}

// The exam of all connectors: in this process, across gRPC, and of the program.
func TestExamPagerDuty(t *testing.T) {
	program := connectortest.Build(t, "./cmd/tidegate-connector-pagerduty")
	connectortest.Run(t, func(t *testing.T) connectortest.Harness {
		h := harness(t)
		h.Program = []string{program}
		return h.Breaking(t, "panic")
	}, nil)
}

func harness(t *testing.T) connectortest.Harness {
	t.Helper()
	server, err := pagerdutytest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.SetNow(func() time.Time { return at })
	furnish(server)
	server.SetIncidents(many(60)...)
	server.Fail(-1, func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/incidents" && r.URL.Query().Get("urgencies[]") == "low" {
			return standin.JSON(`{"incidents":[{"id":"I1","status":"triggered"}],"more":true}`)(w, r)
		}
		return true
	})
	key := connectors.NewSecret(pagerdutytest.Key)
	settings, err := connectors.SettingsOf(pagerdutyconnector.Config{BaseURL: server.URL, Key: key, PageSize: 10})
	if err != nil {
		t.Fatal(err)
	}
	secrets := map[string]connectors.Secret{"key": key}
	return connectortest.Harness{
		Connector: pagerdutyconnector.New(),
		Settings:  settings,
		BadSettings: []connectors.Settings{
			{JSON: []byte(`{"region": "mars"}`), Secrets: secrets},
			{JSON: []byte(`{"baseURL": "http://pagerduty.example.com"}`), Secrets: secrets},
			{JSON: []byte(`{"pageSize": 1}`), Secrets: secrets},
			{JSON: []byte(`{"kinds": ["users"]}`), Secrets: secrets},
			{JSON: []byte(`{}`)},
		},
		Measured: everyNumber,
		Listed:   everyList,
		Upstream: "baseURL",
		Loop:     pagerduty.OpenIncidents(pagerduty.Scope{Team: "PTEAM", Urgency: pagerduty.Low}),
		Panic:    connectortest.PanicQuery(pagerduty.Connector),
	}
}

// everyNumber and everyList are queries of every kind and shape, which a server
// that is furnished answers.
var (
	everyNumber = []fact.Query{
		pagerduty.Watched(team), pagerduty.Unwatched(pagerduty.Scope{Services: []string{"Payments"}}),
		pagerduty.OnCallGaps("Booking", 0, clockTime(9), clockTime(13)), pagerduty.MaintenanceCount(team, at, at.Add(time.Hour)),
	}
	everyList = []fact.Query{
		pagerduty.OpenIncidents(team), pagerduty.Incidents(team, ago(3*time.Hour), ago(time.Minute)), pagerduty.Services(team), pagerduty.OnCall("Booking"),
		pagerduty.OnCallBetween("Booking", clockTime(5), clockTime(9)), pagerduty.Maintenance(team, at, at.Add(time.Hour)), pagerduty.Changes(team, ago(day), at),
	}
)

// furnish gives a server something to say to each of them.
func furnish(s *pagerdutytest.Server) {
	s.SetServices(pagerdutytest.Service{ID: "PBOOK", Name: "Booking API", Team: "PTEAM"}, pagerdutytest.Service{ID: "PPAY", Name: "Payments", Team: "PTEAM"})
	s.SetOnCall([]pagerdutytest.Policy{{ID: "PEP", Name: "Booking", Levels: 2}},
		pagerdutytest.Shift{Policy: "PEP", Level: 1, User: "PFATOU", From: clockTime(0), Until: clockTime(10)}, pagerdutytest.Shift{Policy: "PEP", Level: 2, User: "PLEAD"})
	s.SetIncidents(pagerdutytest.Incident{ID: "I1", Title: "Slow", Service: "PPAY", Opened: ago(time.Hour)})
	s.SetMaintenance(pagerdutytest.Maintenance{ID: "M1", From: ago(time.Hour), Until: at.Add(time.Hour), Services: []string{"PBOOK"}})
	s.SetChanges(pagerdutytest.Change{ID: "C1", Summary: "Deploy 8.1.0", At: ago(time.Hour), Services: []string{"PBOOK"}})
}
