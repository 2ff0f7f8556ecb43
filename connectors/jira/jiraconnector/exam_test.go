package jiraconnector_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/release/fact"
)

// The test binary is the connector's program, and the one with the faults of the
// exam.
func TestMain(m *testing.M) {
	if connectortest.ServeBroken(jiraconnector.New()) || connectors.Main(jiraconnector.New()) {
		return
	}
	os.Exit(m.Run())
}

// The exam of all connectors: in this process, across gRPC, and of the program.
func TestExamJira(t *testing.T) {
	program := connectortest.Build(t, "./cmd/tidegate-connector-jira")
	connectortest.Run(t, func(t *testing.T) connectortest.Harness {
		h := harness(t)
		h.Program = []string{program}
		return h.Breaking(t, "panic")
	}, nil)
}

func harness(t *testing.T) connectortest.Harness {
	t.Helper()
	server, err := jiratest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.AddIssues(many(250)...)
	server.Fail(-1, circles)
	server.AddIssues(jiratest.Issue{Key: "SHOP-999", Sprint: 31})
	server.AddBoard(7, jiratest.Sprint{ID: 31, State: "active"})
	token := connectors.NewSecret(jiratest.Token)
	settings, err := connectors.SettingsOf(jiraconnector.Config{BaseURL: server.URL, Email: jiratest.Email, Token: token, PageSize: 50})
	if err != nil {
		t.Fatal(err)
	}
	secrets := map[string]connectors.Secret{"token": token}
	return connectortest.Harness{
		Connector: jiraconnector.New(),
		Settings:  settings,
		BadSettings: []connectors.Settings{
			{JSON: []byte(`{}`), Secrets: secrets},
			{JSON: []byte(`{"baseURL": "http://jira.example.com"}`), Secrets: secrets},
			{JSON: []byte(`{"baseURL": "https://jira.example.com", "pageSize": 1000}`), Secrets: secrets},
			{JSON: []byte(`{"baseURL": "https://jira.example.com"}`)},
		},
		Measured: []fact.Query{jira.Count("project = SHOP"), jira.Unresolved("SHOP", "1.0"), jira.Burndown(7)},
		Listed:   []fact.Query{jira.Items("project = SHOP ORDER BY key"), jira.Version("SHOP", "1.0")},
		Upstream: "baseURL",
		Loop:     jira.Items("project = CIRCLE"),
		Panic:    connectortest.PanicQuery(jira.Connector),
	}
}

// circles answers one search with the same page for ever.
func circles(w http.ResponseWriter, r *http.Request) bool {
	body, _ := io.ReadAll(r.Body) // of memory
	r.Body = io.NopCloser(bytes.NewReader(body))
	if bytes.Contains(body, []byte("CIRCLE")) || strings.Contains(r.URL.RawQuery, "CIRCLE") {
		return jiratest.SamePage()(w, r)
	}
	return true
}
