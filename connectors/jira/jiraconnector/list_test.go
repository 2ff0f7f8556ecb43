package jiraconnector_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestItems(t *testing.T) {
	s := open(t, func(c *jiraconnector.Config) { c.Site = "https://jira.example.com/" }, upstream.Options{})
	s.AddIssues(jiratest.Issue{Key: "SHOP-1", Summary: "Pay & go", Type: "Story", Status: "In Review", Category: "indeterminate", Priority: "High",
		Assignee: "a-1", Reporter: "a-2", Labels: []string{"ui"}, Components: []string{"cart", "api"}, Updated: at.Add(-time.Hour)},
		jiratest.Issue{Key: "SHOP-2", Category: "undefined", Status: "Odd", Reporter: "a-2", Updated: at})
	got, cursors, listed, err := s.list(t, jira.Items("project = SHOP ORDER BY key ASC"), "")
	if err != nil {
		t.Fatal(err)
	}
	want := []fact.WorkItem{
		{ID: "SHOP-1", Title: "Pay & go", Type: "Story", Status: "In Review", Category: fact.InProgress, Priority: "High",
			Assignee: fact.Account{System: "jira", ID: "a-1"}, Author: fact.Account{System: "jira", ID: "a-2"}, Labels: []string{"ui"},
			Components: []string{"cart", "api"}, Updated: at.Add(-time.Hour), Link: "https://jira.example.com/browse/SHOP-1"},
		{ID: "SHOP-2", Type: "Task", Status: "Odd", Priority: "Medium", Author: fact.Account{System: "jira", ID: "a-2"}, Labels: []string{},
			Updated: at, Link: "https://jira.example.com/browse/SHOP-2"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	end := connectors.Listed{Complete: true, ObservedAt: at, Source: "Jira", Link: "https://jira.example.com/issues/?jql=project+%3D+SHOP+ORDER+BY+key+ASC"}
	if diff := cmp.Diff(end, listed); diff != "" || !cmp.Equal(cursors, []string{endCursor(at)}) {
		t.Errorf("%v (-want +got):\n%s", cursors, diff)
	}
}

// endCursor is the cursor behind a complete list of that time.
func endCursor(at time.Time) string { return `{"at":"` + at.Format(time.RFC3339) + `","end":true}` }

// A thousand issues: none twice, none lost, from the start and from each cursor.
func TestPaging(t *testing.T) {
	s := open(t, func(c *jiraconnector.Config) { c.PageSize = 70 }, upstream.Options{})
	s.AddIssues(many(1000)...)
	q := jira.Items("project = SHOP")
	all, cursors, listed, err := s.list(t, q, "")
	if err != nil || !listed.Complete || len(all) != 1000 || len(cursors) != 15 {
		t.Fatalf("%d items, %d pages, %+v, %v", len(all), len(cursors), listed, err)
	}
	for i, item := range all {
		if item.ID != fmt.Sprintf("SHOP-%d", i+1) {
			t.Fatalf("item %d is %s", i, item.ID)
		}
	}
	for i, c := range cursors {
		rest, _, listed, err := s.list(t, q, c)
		if err != nil || !listed.Complete || !cmp.Equal(rest, all[min((i+1)*70, 1000):], cmp.Transformer("nil", slices.Clip[[]fact.WorkItem])) && len(rest) > 0 {
			t.Errorf("from cursor %d: %d items, %+v, %v", i, len(rest), listed, err)
		}
		if want := 1000 - min((i+1)*70, 1000); len(rest) != want {
			t.Errorf("from cursor %d: %d items, want %d", i, len(rest), want)
		}
	}
	if r, err := s.Measure(t.Context(), jira.Count("project = SHOP")); err != nil || r.Value.Value != 1000 {
		t.Errorf("%+v %v", r.Value, err)
	}
}

// A consumer that stops is not asked again.
func TestStop(t *testing.T) {
	s := open(t, func(c *jiraconnector.Config) { c.PageSize = 10 }, upstream.Options{})
	s.AddIssues(many(30)...)
	stop := errors.New("enough")
	_, err := s.List(t.Context(), jira.Items("project = SHOP"), "", func(connectors.Page) error { return stop })
	if !errors.Is(err, stop) || s.Requests() != 1 {
		t.Errorf("%v after %d requests", err, s.Requests())
	}
}

func TestCursors(t *testing.T) {
	s := open(t, func(c *jiraconnector.Config) { c.PageSize = 10 }, upstream.Options{})
	s.AddIssues(many(30)...)
	q := jira.Items("project = SHOP")
	_, cursors, _, err := s.list(t, q, "")
	if err != nil {
		t.Fatal(err)
	}
	s.ExpireTokens()
	for _, c := range []string{cursors[0], "page:made-up", "end:", "what", `{}`, `{"end":true}`, " " + endCursor(at), `{"at":"2026-12-07T12:00:00Z"}`,
		`{"at":"2026-12-07T12:00:00Z","end":true,"token":"x"}`, `{"at":"2026-12-07T12:00:00Z","token":"made-up"}`} {
		if _, _, _, err := s.list(t, q, c); diagnostic(t, err).Code != connectors.CodeInvalidQuery {
			t.Errorf("%s: %v", c, err)
		}
	}
	// What was missed before stays missed.
	end := `{"at":"2026-12-07T12:00:00Z","end":true,"incomplete":true}`
	for _, q := range []fact.Query{q, jira.Version("SHOP", "1.0")} {
		if _, _, listed, err := s.list(t, q, end); err != nil || listed.Complete || listed.ObservedAt.Format(time.RFC3339) != "2026-12-07T12:00:00Z" {
			t.Errorf("%+v %v", listed, err)
		}
	}
}

// Pages of Jira's as they should not be.
func TestOddPages(t *testing.T) {
	page := func(text string) standin.Fault { return standin.Body("application/json", text) }
	for _, tt := range []struct {
		name     string
		pages    []string
		items    int
		complete bool
		code     string
	}{
		{"neither isLast nor token", []string{`{"issues":[{"id":"1","key":"A-1"}]}`}, 0, false, connectors.CodeBadAnswer},
		{"last with a token", []string{`{"issues":[{"id":"1","key":"A-1"}],"isLast":true,"nextPageToken":"x"}`}, 0, false, connectors.CodeBadAnswer},
		{"last with a null token", []string{`{"issues":[{"id":"1","key":"A-1"}],"isLast":true,"nextPageToken":null,"new":{"a":[1e999]}}`}, 1, true, ""},
		{"more without isLast", []string{`{"issues":[{"id":"1","key":"A-1"}],"nextPageToken":"x"}`, `{"issues":[{"id":"2","key":"A-2"}],"isLast":true}`}, 2, true, ""},
		{"more without a token", []string{`{"issues":[{"id":"1","key":"A-1"}],"isLast":false}`}, 0, false, connectors.CodeBadAnswer},
		{"empty in between", []string{`{"issues":[],"nextPageToken":"x","isLast":false}`, `{"issues":[{"id":"2","key":"A-2"}],"isLast":true}`}, 1, true, ""},
		{"the same issue twice", []string{`{"issues":[{"id":"1","key":"A-1"},{"id":"2","key":"A-2"}],"nextPageToken":"x"}`,
			`{"issues":[{"id":"2","key":"A-2"},{"id":"3","key":"A-3"}],"isLast":true}`}, 3, false, ""},
		{"a warning", []string{`{"issues":[],"isLast":true,"warningMessages":["The value 'X' does not exist for the field 'project'."]}`}, 0, false, ""},
		{"no key", []string{`{"issues":[{"id":"1"}],"isLast":true}`}, 0, false, connectors.CodeBadAnswer},
		{"no id", []string{`{"issues":[{"key":"A-1"}],"isLast":true}`}, 0, false, connectors.CodeBadAnswer},
		{"the first token again", []string{`{"issues":[{"id":"1","key":"A-1"}],"nextPageToken":"x"}`, `{"issues":[{"id":"2","key":"A-2"}],"nextPageToken":"x"}`}, 1, false, connectors.CodeCursorLoop},
		{"null fields", []string{`{"issues":[{"id":"1","key":"A-1","fields":{"assignee":null,"priority":null,"updated":null,"labels":null}}],"isLast":true,"names":null}`}, 1, true, ""},
	} {
		s := open(t, nil, upstream.Options{})
		for _, text := range tt.pages {
			s.Fail(1, page(text))
		}
		items, _, listed, err := s.list(t, jira.Items("a = b"), "")
		if tt.code != "" {
			if d := diagnostic(t, err); d.Code != tt.code || d.RequestID == "" || listed.Complete {
				t.Errorf("%s: %+v", tt.name, d)
			}
		} else if err != nil || listed.Complete != tt.complete {
			t.Errorf("%s: %+v %v", tt.name, listed, err)
		}
		if len(items) != tt.items {
			t.Errorf("%s: %d items, want %d", tt.name, len(items), tt.items)
		}
	}
}

// Pages that never end and never bring anything are a circle too.
func TestBarrenPages(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	for i := range 30 {
		s.Fail(1, standin.Body("application/json", fmt.Sprintf(`{"issues":[],"isLast":false,"nextPageToken":"t%d"}`, i)))
	}
	_, err := s.Measure(t.Context(), jira.Count("a = b"))
	if d := diagnostic(t, err); d.Code != connectors.CodeCursorLoop || s.Requests() != 20 {
		t.Errorf("%+v after %d requests", d, s.Requests())
	}
}

func TestVersion(t *testing.T) {
	s := shop(t)
	for name, want := range map[string]fact.WorkItem{
		"1.0": {Status: "Unreleased", Category: fact.InProgress}, "0.9": {Status: "Released", Category: fact.Done},
		"0.8": {Status: "Archived", Category: fact.UnknownCategory}, "0.7": {Status: "Archived", Category: fact.Done},
	} {
		items, cursors, listed, err := s.list(t, jira.Version("SHOP", name), "")
		if err != nil || len(items) != 1 || !listed.Complete || !listed.ObservedAt.Equal(at) {
			t.Errorf("%s: %v %+v %v", name, items, listed, err)
			continue
		}
		want.ID, want.Title, want.Type, want.Link = items[0].ID, name, "Version", value.Link(s.URL+"/projects/SHOP/versions/"+items[0].ID)
		if diff := cmp.Diff(want, items[0]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if items, _, listed, err = s.list(t, jira.Version("SHOP", name), cursors[0]); err != nil || len(items) > 0 || !listed.Complete {
			t.Errorf("%s resumed: %v %+v %v", name, items, listed, err)
		}
	}
	for _, q := range []fact.Query{jira.Version("SHOP", "7"), jira.Version("SHOP", "1.0").With("count", "all"), jira.Count("a = b"),
		fact.NewQuery("jira", "burndown", fact.WorkItems())} {
		if _, _, _, err := s.list(t, q, ""); err == nil {
			t.Errorf("%v: listed", q)
		}
	}
	if _, _, _, err := s.list(t, jira.Version("SHOP", "1.0"), "page:x"); diagnostic(t, err).Path != "cursor" {
		t.Error(err)
	}
}

// A name is found among many that contain it.
func TestManyVersions(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	for i := range 250 {
		s.AddVersions(jiratest.Version{Project: "SHOP", Name: fmt.Sprintf("1.%d", i)})
	}
	s.AddVersions(jiratest.Version{Project: "SHOP", Name: "1."})
	if items, _, _, err := s.list(t, jira.Version("SHOP", "1."), ""); err != nil || len(items) != 1 || s.Requests() != 3 {
		t.Errorf("%v %v after %d requests", items, err, s.Requests())
	}
}
