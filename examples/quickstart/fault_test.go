package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/gates"
)

// Whatever Jira does, what hangs on it is unknown with the cause, no gate that
// needs it goes, the packet can be read, and nothing takes longer than it may.
func TestJiraInTrouble(t *testing.T) {
	released := make(chan struct{})
	t.Cleanup(func() { close(released) })
	tests := []struct {
		name  string
		fault standin.Fault
		cause string
	}{
		{"401", jiratest.Status(http.StatusUnauthorized, "no"), "unauthorized"},
		{"403", jiratest.Status(http.StatusForbidden, "no"), "forbidden"},
		{"410", jiratest.Status(http.StatusGone, "removed"), "gone"},
		{"429 for an hour", jiratest.Limited("3600"), "rate-limited"},
		{"500", jiratest.Status(http.StatusInternalServerError, "oops"), "unavailable"},
		{"garbage", standin.Body("application/json", `{"issues": 7`), "bad-answer"},
		{"a sign-in page", standin.SignIn(), "bad-answer"},
		{"a truncated body", standin.Truncated(), "bad-answer"},
		{"nothing", standin.Hang(released), "timeout"},
		{"the same page for ever", jiratest.SamePage(), "cursor-loop"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			outside, err := standIns()
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = outside.Close() }()
			outside.jira.Heal()
			outside.jira.Fail(1_000_000, tt.fault)
			began := time.Now()
			d, err := decide(t.Context(), outside, 2*time.Second, t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); took > time.Minute {
				t.Errorf("it took %v", took)
			}
			for _, id := range []string{"development/entry", "development/exit", "qa/exit"} {
				g, _ := d.packet.Decisions.Find(id)
				if g.Verdict == gates.Go || !strings.Contains(g.Explain(), "the query failed ("+tt.cause+":") {
					t.Errorf("want hold because of %s:\n%s", tt.cause, g.Explain())
				}
			}
			pages := string(d.pages.Body) + string(d.pages.Annex)
			if !strings.Contains(pages, tt.cause) {
				t.Errorf("the packet does not name the cause %s", tt.cause)
			}
			if strings.Contains(pages, jiratest.Token) {
				t.Error("the packet has the token")
			}
		})
	}
}

// Azure Boards in trouble holds the gate that its sprint is for, and no other.
func TestAzureBoardsInTrouble(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault standin.Fault
		cause string
	}{
		{"a token that it does not know", azureboardstest.SignIn(), "unauthorized"},
		{"503", azureboardstest.Status(http.StatusServiceUnavailable, "oops"), "unavailable"},
		{"429 for an hour", azureboardstest.Limited(time.Hour), "rate-limited"},
		{"a reset", standin.Reset(), "unreachable"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			outside, err := standIns()
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = outside.Close() }()
			outside.azure.Heal()
			outside.azure.Fail(-1, tt.fault)
			d, err := decide(t.Context(), outside, 2*time.Second, t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			g, _ := d.packet.Decisions.Find("qa/exit")
			if g.Verdict != gates.Hold || !strings.Contains(g.Explain(), "the query failed ("+tt.cause+":") {
				t.Errorf("want hold because of %s:\n%s", tt.cause, g.Explain())
			}
			if g, _ := d.packet.Decisions.Find("development/exit"); g.Verdict != gates.Go {
				t.Errorf("want go, as Jira is well:\n%s", g.Explain())
			}
			if pages := string(d.pages.Body) + string(d.pages.Annex); strings.Contains(pages, azureboardstest.Token) {
				t.Error("the packet has the token")
			}
		})
	}
}
