package jiraconnector_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// shop is a small site.
func shop(t *testing.T) setup {
	t.Helper()
	s := open(t, nil, upstream.Options{})
	s.AddVersions(jiratest.Version{Project: "SHOP", Name: "1.0.1"}, jiratest.Version{ID: "77", Project: "SHOP", Name: "1.0"},
		jiratest.Version{Project: "SHOP", Name: "0.9", Released: true}, jiratest.Version{Project: "SHOP", Name: "0.8", Archived: true},
		jiratest.Version{Project: "SHOP", Name: "0.7", Archived: true, Released: true})
	s.AddBoard(7, jiratest.Sprint{ID: 30, State: "closed"}, jiratest.Sprint{ID: 31, State: "active"}, jiratest.Sprint{ID: 32, State: "active"},
		jiratest.Sprint{ID: 33, State: "future"})
	s.AddBoard(8, jiratest.Sprint{ID: 40, State: "future"})
	s.AddIssues(
		jiratest.Issue{Key: "SHOP-1", Priority: "Blocker", FixVersions: []string{"1.0"}, Sprint: 31},
		jiratest.Issue{Key: "SHOP-2", Priority: "Blocker", FixVersions: []string{"1.0"}, Sprint: 31, Category: "done", Resolution: "Done"},
		jiratest.Issue{Key: "SHOP-3", FixVersions: []string{"1.0"}, Sprint: 32, Category: "indeterminate"},
		jiratest.Issue{Key: "SHOP-4", FixVersions: []string{"1.0.1"}, Sprint: 30},
		jiratest.Issue{Key: "SHOP-5", FixVersions: []string{"1.0"}, Sprint: 33, Category: "done"},
	)
	return s
}

func TestMeasure(t *testing.T) {
	s := shop(t)
	all, _ := jira.Unresolved("SHOP", "1.0").Counted()
	sprint, _ := jira.Burndown(7).Counted()
	for _, tt := range []struct {
		q    fact.Query
		want value.Number
		link string
	}{
		{jira.Count(`fixVersion = "1.0"`), 4, "/issues/?jql=fixVersion+%3D+%221.0%22"},
		{jira.Count(`fixVersion = "1.0" AND priority = Blocker AND statusCategory != Done`), 1, ""},
		{jira.Count(`fixVersion = "1.0" AND priority = Trivial`), 0, ""},
		{jira.Unresolved("SHOP", "1.0"), 3, "/projects/SHOP/versions/77"},
		{all, 4, ""},
		{jira.Burndown(7), 2, "/secure/RapidBoard.jspa?rapidView=7"},
		{sprint, 3, ""},
	} {
		got, err := s.Measure(t.Context(), tt.q)
		if err != nil {
			t.Errorf("%v: %v", tt.q, err)
			continue
		}
		want := fact.Result{Query: tt.q, Complete: true, ObservedAt: at, Source: "Jira", Link: got.Link,
			Value: value.Quantity{Value: tt.want, Unit: value.Count}}
		if diff := cmp.Diff(want, got); diff != "" || got.Link.Fault() != nil || !strings.HasSuffix(string(got.Link), tt.link) {
			t.Errorf("%v: link %s (-want +got):\n%s", tt.q, got.Link, diff)
		}
	}
}

// What cannot be answered is a failure with a reason, never a zero.
func TestMeasureRefuses(t *testing.T) {
	s := shop(t)
	s.AddIssues(jiratest.Issue{Key: "HID-1", FixVersions: []string{"1.0"}})
	s.Hide("HID")
	count := fact.NewQuery("jira", "count", fact.Number(value.Count))
	version, board := fact.NewQuery("jira", "version", fact.Number(value.Count)), fact.NewQuery("jira", "burndown", fact.Number(value.Count))
	for _, tt := range []struct {
		name       string
		q          fact.Query
		code, says string
	}{
		{"unbounded", jira.Count("ORDER BY key"), connectors.CodeInvalidQuery, "Unbounded JQL queries are not allowed here"},
		{"syntax", jira.Count("fixVersion ="), connectors.CodeInvalidQuery, "JQL Query"},
		{"no such field", jira.Count("fixVersoin = 1.0"), connectors.CodeInvalidQuery, "does not exist or you do not have permission"},
		{"no such version", jira.Count("fixVersion = 9.9"), connectors.CodeInvalidQuery, "The value '9.9' does not exist"},
		{"hidden project", jira.Count("project = HID"), connectors.CodeInvalidQuery, "The value 'HID' does not exist"},
		{"empty", jira.Count(" "), connectors.CodeInvalidQuery, "jql is empty"},
		{"no parameters", count, connectors.CodeInvalidQuery, "jql"},
		{"odd parameter", jira.Count("a = b").With("startAt", "7"), connectors.CodeInvalidQuery, "startAt"},
		{"unknown kind", fact.NewQuery("jira", "approvals", fact.Number(value.Count)), connectors.CodeUnknownKind, "approvals"},
		{"other unit", fact.NewQuery("jira", "count", fact.Number(value.Percent)).With("jql", "a = b"), connectors.CodeInvalidQuery, "want a number"},
		{"a list", jira.Items("a = b"), connectors.CodeUnknownKind, "work-items"},
		{"a version as a number", jira.Version("SHOP", "1.0"), connectors.CodeInvalidQuery, "cannot be measured"},
		{"no such project", jira.Unresolved("NONE", "1.0"), connectors.CodeNotFound, "No project could be found with key 'NONE'."},
		{"hidden project's version", jira.Unresolved("HID", "1.0"), connectors.CodeNotFound, "HID"},
		{"part of a version's name", jira.Unresolved("SHOP", "1"), connectors.CodeNotFound, `project "SHOP" has no version "1"`},
		{"project as a path", jira.Unresolved("..", "1.0"), connectors.CodeInvalidQuery, "cannot be part of a path"},
		{"no project", version.With("version", "1").With("project", "").With("count", "all"), connectors.CodeInvalidQuery, "project is missing"},
		{"no version", version.With("version", "").With("project", "A").With("count", "all"), connectors.CodeInvalidQuery, "version is missing"},
		{"what to count", version.With("version", "1").With("project", "A"), connectors.CodeInvalidQuery, "count"},
		{"no such board", jira.Burndown(9), connectors.CodeNotFound, "board"},
		{"no active sprint", jira.Burndown(8), connectors.CodeNotFound, "board 8 has no active sprint"},
		{"no board", jira.Burndown(0), connectors.CodeInvalidQuery, "is no id"},
		{"what of the sprint", board.With("board", "7").With("count", "points"), connectors.CodeInvalidQuery, "points"},
	} {
		r, err := s.Measure(t.Context(), tt.q)
		d := diagnostic(t, err)
		if d.Code != tt.code || !strings.Contains(d.Summary, tt.says) || d.Retryable || r.Complete {
			t.Errorf("%s: %+v", tt.name, d)
		}
		if strings.HasPrefix(d.Summary, "POST /rest/api/3/search/jql") && d.Path != "jql" {
			t.Errorf("%s: path %q", tt.name, d.Path)
		}
	}
}

// A count that reads no further is incomplete.
func TestCountCap(t *testing.T) {
	s := open(t, func(c *jiraconnector.Config) { c.MaxIssues = 40 }, upstream.Options{})
	s.AddIssues(many(41)...)
	r, err := s.Measure(t.Context(), jira.Count("project = SHOP"))
	if err != nil || r.Complete || r.Value.Value != 40 {
		t.Errorf("%+v %v", r, err)
	}
	r, err = s.Measure(t.Context(), jira.Count("project = SHOP AND key != SHOP-41"))
	if err != nil || !r.Complete || r.Value.Value != 40 {
		t.Errorf("%+v %v", r, err)
	}
}

// Jira hides without a word, so the population shows it: zero out of zero.
func TestHiddenProject(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.AddIssues(jiratest.Issue{Key: "HID-1", Priority: "Blocker"})
	s.Hide("HID")
	for _, jql := range []string{"priority = Blocker", "labels = a"} {
		if r, err := s.Measure(t.Context(), jira.Count(jql)); err != nil || r.Value.Value != 0 {
			t.Errorf("%+v %v", r, err)
		}
	}
}

// Without a Date of the server's, an answer is of when it arrived.
func TestObservedWithoutDate(t *testing.T) {
	s := shop(t)
	s.Fail(1, func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header()["Date"] = nil
		return true
	})
	r, err := s.Measure(t.Context(), jira.Count("project = SHOP"))
	if err != nil || !r.ObservedAt.Equal(s.clock.Now()) || r.ObservedAt.Location() != time.UTC {
		t.Errorf("observed at %v, %v", r.ObservedAt, err)
	}
}
