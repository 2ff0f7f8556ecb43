package jiratest_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
)

func start(t *testing.T) *jiratest.Server {
	t.Helper()
	s, err := jiratest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func call(t *testing.T, s *jiratest.Server, method, path, body string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(jiratest.Email, jiratest.Token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text), resp.Header
}

func find(t *testing.T, s *jiratest.Server, jql string) (int, string) {
	t.Helper()
	status, text, _ := call(t, s, "POST", "/rest/api/3/search/jql", fmt.Sprintf(`{"jql":%q,"fields":["summary"]}`, jql))
	return status, text
}

func TestJQL(t *testing.T) {
	now := time.Date(2026, time.December, 7, 12, 0, 0, 0, time.UTC)
	s := start(t)
	s.SetNow(func() time.Time { return now })
	s.AddIssues(
		jiratest.Issue{Key: "SHOP-10", FixVersions: []string{"1.0", "and more"}, Labels: []string{"ui", "api"}, Severity: "S1", Updated: now},
		jiratest.Issue{Key: "SHOP-2", Type: "Bug", Priority: "Blocker", Category: "done", Resolution: "Fixed", Sprint: 3, Created: now.AddDate(0, 0, -9)},
		jiratest.Issue{Key: "PAY-1", Type: "Bug", Category: "indeterminate", Components: []string{"cart"}, Assignee: "a", Created: now.AddDate(0, 0, -2)},
	)
	for jql, want := range map[string][]string{
		`project = SHOP`:                           {"SHOP-10", "SHOP-2"},
		`project = SHOP ORDER BY key`:              {"SHOP-2", "SHOP-10"},
		`project in (SHOP, PAY) order by key desc`: {"SHOP-10", "SHOP-2", "PAY-1"},
		`issuetype = Bug AND priority != Blocker`:  {"PAY-1"},
		`fixVersion = 1.0`:                         {"SHOP-10"},
		`fixVersion = "and more"`:                  {"SHOP-10"},
		`fixVersion != 1.0`:                        {},
		`labels in ("ui", 'x')`:                    {"SHOP-10"},
		`labels not in (ui)`:                       {},
		`statusCategory = "In Progress"`:           {"PAY-1"},
		`statusCategory not in (Done, "To Do")`:    {"PAY-1"},
		`severity=S1`:                              {"SHOP-10"},
		`resolution = Unresolved and type = bug`:   {"PAY-1"},
		`component = cart`:                         {"PAY-1"},
		`sprint in (3)`:                            {"SHOP-2"},
		`updated >= -3d`:                           {"SHOP-10", "PAY-1"},
		`created <= 2026-12-01`:                    {"SHOP-2"},
		`assignee = a AND key = PAY-1`:             {"PAY-1"},
		`labels = nothing`:                         {},
	} {
		status, text := find(t, s, jql)
		var got []string
		for _, part := range strings.Split(text, `"key":"`)[1:] {
			got = append(got, part[:strings.IndexByte(part, '"')])
		}
		if status != 200 || !slices.Equal(got, want) && len(got)+len(want) > 0 {
			t.Errorf("%s: %d %v, want %v", jql, status, got, want)
		}
	}
	for _, jql := range []string{"", "order by key", "project", "project =", "project = SHOP AND", "project = SHOP OR project = PAY", "(project = SHOP)",
		"project = SHOP ORDER BY rank", "project = SHOP ORDER key", "project in SHOP", "project in (SHOP", "project in (SHOP PAY)", "project not SHOP",
		"colour = red", "project = NONE", "fixVersion = 9", `fixVersion = "1.0`, "labels ~ ui", "updated = -1d", "project >= SHOP", "updated >= soon",
		"assignee = currentUser()", "project = SHOP project = PAY", "= SHOP", "project != (", "labels is EMPTY"} {
		if status, text := find(t, s, jql); status != 400 || !strings.Contains(text, "errorMessages") {
			t.Errorf("%s: %d %s", jql, status, text)
		}
	}
}

func TestRefusals(t *testing.T) {
	s := start(t)
	s.AddIssues(jiratest.Issue{Key: "SHOP-1"})
	for _, tt := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/rest/api/3/search?jql=project=SHOP", "", 410},
		{"POST", "/rest/api/3/search", "{}", 410},
		{"POST", "/rest/api/3/search/jql", `{"jql":"project = SHOP","startAt":0}`, 400},
		{"POST", "/rest/api/3/search/jql", `{"jql":"project = SHOP","nextPageToken":"x"}`, 400},
		{"POST", "/rest/api/3/search/jql", `{`, 400},
		{"GET", "/rest/api/3/project/NONE/version", "", 404},
		{"GET", "/rest/api/3/project/SHOP/version?startAt=x", "", 400},
		{"GET", "/rest/api/3/version/1/unresolvedIssueCount", "", 404},
		{"GET", "/rest/agile/1.0/board/1/sprint", "", 404},
		{"GET", "/rest/api/3/nothing", "", 404},
	} {
		status, text, _ := call(t, s, tt.method, tt.path, tt.body)
		if status != tt.status || !strings.Contains(text, `"errorMessages":["`) || !strings.Contains(text, `"errors":{}`) {
			t.Errorf("%s %s %s: %d %s", tt.method, tt.path, tt.body, status, text)
		}
	}
	resp, err := http.Get(s.URL + "/rest/api/3/myself")
	if err != nil || resp.StatusCode != 401 {
		t.Errorf("%v %v", resp, err)
	}
	_ = resp.Body.Close()
}

func TestLimit(t *testing.T) {
	s := start(t)
	now := time.Date(2026, time.December, 7, 12, 0, 0, 0, time.UTC)
	s.SetNow(func() time.Time { return now })
	s.Limit(2, 0.5)
	for i, want := range []int{200, 200, 429} {
		status, _, h := call(t, s, "GET", "/rest/api/3/myself", "")
		if status != want || h.Get("X-RateLimit-Limit") != "2" {
			t.Errorf("call %d: %d %v", i, status, h)
		}
		if status == 429 && (h.Get("Retry-After") != "2" || h.Get("X-RateLimit-Reset") != "2026-12-07T12:00:02Z" || h.Get("X-RateLimit-Remaining") != "0") {
			t.Errorf("%v", h)
		}
	}
	now = now.Add(2 * time.Second)
	if status, _, _ := call(t, s, "GET", "/rest/api/3/myself", ""); status != 200 {
		t.Errorf("%d", status)
	}
	s.Limit(0, 0)
	if status, _, _ := call(t, s, "GET", "/rest/api/3/myself", ""); status != 200 {
		t.Errorf("%d", status)
	}
}

func TestFail(t *testing.T) {
	s := start(t)
	seen := 0
	s.Observe(func(*http.Request) { seen++ })
	s.Fail(0, jiratest.Status(500, ""))
	s.Fail(1, standin.Pass())
	s.Fail(2, jiratest.Status(500, "a"))
	s.Fail(-1, jiratest.Limited(""))
	for i, want := range []int{200, 500, 500, 429, 429} {
		if status, _, _ := call(t, s, "GET", "/rest/api/3/myself", ""); status != want {
			t.Errorf("call %d: %d, want %d", i, status, want)
		}
	}
	s.Heal()
	if status, _, _ := call(t, s, "GET", "/rest/api/3/myself", ""); status != 200 || seen != 6 || s.Requests() != 6 || s.Log()[5].Header.Get("Authorization") != "" {
		t.Errorf("%d, %d seen, %+v", status, seen, s.Log())
	}
}

func FuzzJQL(f *testing.F) {
	s, err := jiratest.Start()
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = s.Close() })
	s.AddIssues(jiratest.Issue{Key: "SHOP-1"})
	for _, jql := range []string{`project = SHOP`, `labels in ("a\"b", 'c') ORDER BY key`, `updated >= -1d AND`, `"`, `\`, "!"} {
		f.Add(jql)
	}
	f.Fuzz(func(t *testing.T, jql string) {
		if found, err := s.Find(jql); err == nil && found > 1 {
			t.Errorf("%q finds %d of 1", jql, found)
		}
	})
}
