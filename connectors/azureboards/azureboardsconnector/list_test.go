package azureboardsconnector_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardsconnector"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func ids(items []fact.WorkItem) string {
	var all []string
	for _, item := range items {
		all = append(all, item.ID)
	}
	return strings.Join(all, " ")
}

func TestItems(t *testing.T) {
	s := shop(t, upstream.Options{})
	items, cursors, listed, err := s.list(t, azureboards.Items(azureboards.Tagged("1.0")), "")
	if err != nil || !listed.Complete || !listed.ObservedAt.Equal(at) || listed.Source != "Azure Boards" || listed.Link.Fault() != nil || len(cursors) != 2 {
		t.Fatalf("%+v %v %q", listed, err, cursors)
	}
	release := fact.Account{System: "azureboards", ID: "release@example.com"}
	link := func(id string) value.Link { return value.Link(s.URL + "/acme/Shop/_workitems/edit/" + id) }
	want := []fact.WorkItem{
		{ID: "1", Title: "Pay", Type: "User Story", Status: "Active", Category: fact.InProgress, Priority: "2", Author: release,
			Labels: []string{"1.0", "ui"}, Components: []string{"Web"}, Updated: at, Link: link("1")},
		{ID: "2", Title: "Pay: form", Type: "Task", Status: "In Progress", Category: fact.InProgress, Priority: "2", Author: release,
			Assignee: fact.Account{System: "azureboards", ID: "ada@example.com"}, Labels: []string{"1.0"}, Updated: at, Link: link("2")},
		{ID: "4", Title: "Leak", Type: "Bug", Status: "New", Category: fact.ToDo, Priority: "1", Author: release, Labels: []string{"1.0"}, Updated: at, Link: link("4")},
	}
	if diff := cmp.Diff(want, items); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if items, _, listed, err := s.list(t, azureboards.Items("[System.Title] = 'none'"), ""); err != nil || !listed.Complete || len(items) > 0 {
		t.Errorf("nothing: %+v %v", listed, err)
	}
}

// Hyperlinks to another tracker make one piece of work of two, if it is clear which.
func TestLinkedTo(t *testing.T) {
	s := shop(t, upstream.Options{})
	items, _, listed, err := s.list(t, azureboards.LinkedTo("[System.Id] > 6", "JIRA.example.com"), "")
	if err != nil || !listed.Complete || len(items) != 3 {
		t.Fatalf("%+v %v", listed, err)
	}
	for i, want := range []value.Link{"https://jira.example.com/browse/SHOP-7", value.Link(s.URL + "/acme/Shop/_workitems/edit/8"), value.Link(s.URL + "/acme/Shop/_workitems/edit/9")} {
		if items[i].Link != want {
			t.Errorf("item %s has the link %s, want %s", items[i].ID, items[i].Link, want)
		}
	}
	for _, host := range []string{"a b", "x/y", "user@host", "x?y"} {
		if _, _, _, err := s.list(t, azureboards.LinkedTo("[System.Id] > 6", host), ""); diagnostic(t, err).Path != "linked" {
			t.Errorf("%q: %v", host, err)
		}
	}
}

func TestIterations(t *testing.T) {
	s := shop(t, upstream.Options{})
	items, _, listed, err := s.list(t, azureboards.Iterations("Checkout"), "")
	link := value.Link(s.URL + "/acme/Shop/_sprints/taskboard/Checkout/Shop/Sprint%20")
	want := []fact.WorkItem{
		{ID: sprint1, Title: `Shop\Sprint 1`, Type: "Iteration", Status: "past", Category: fact.Done, Link: link + "1"},
		{ID: sprint2, Title: `Shop\Sprint 2`, Type: "Iteration", Status: "current", Category: fact.InProgress, Link: link + "2"},
	}
	if diff := cmp.Diff(want, items); diff != "" || err != nil || !listed.Complete || !listed.ObservedAt.Equal(at) {
		t.Errorf("%+v %v (-want +got):\n%s", listed, err, diff)
	}
}

// What changes while the pages are read does not move what is read: it is all
// as of the query, and so is what comes after a resume.
func TestOneMoment(t *testing.T) {
	s := shop(t, upstream.Options{})
	now := at
	s.SetNow(func() time.Time { return now })
	q := azureboards.Items("[System.State] <> 'Done'")
	var cursors []string
	var items []fact.WorkItem
	listed, err := s.List(t.Context(), q, "", func(p connectors.Page) error {
		if len(cursors) == 0 { // the world moves on behind the first page
			now = at.Add(time.Minute)
			s.AddItems(azureboardstest.Item{ID: 3, State: "Done"}, azureboardstest.Item{ID: 8, State: "Done"}, azureboardstest.Item{ID: 12})
		}
		cursors, items = append(cursors, p.Cursor), append(items, p.WorkItems...)
		return nil
	})
	if err != nil || !listed.Complete || !listed.ObservedAt.Equal(at) || ids(items) != "1 2 3 4 5 6 7 8" || items[7].Status != "Resolved" {
		t.Errorf("%+v %v: %s", listed, err, ids(items))
	}
	for i, want := range []string{"3 4 5 6 7 8", "5 6 7 8", "7 8"} {
		items, _, listed, err := s.list(t, q, cursors[i])
		if err != nil || !listed.Complete || !listed.ObservedAt.Equal(at) || ids(items) != want || items[len(items)-1].Status != "Resolved" {
			t.Errorf("from %q: %+v %v: %s", cursors[i], listed, err, ids(items))
		}
	}
	for _, cursor := range []string{"x", "1+x/7", "1+/0", "1+2026-12-01T10:00:00Z/-1", "1+' OR/7", strings.Replace(cursors[0], "/", "/0", 1)} {
		if _, _, _, err := s.list(t, q, cursor); diagnostic(t, err).Code != connectors.CodeInvalidQuery {
			t.Errorf("%q: %v", cursor, err)
		}
	}
}

// An item that the query found and nobody may read is not left out silently.
func TestHidden(t *testing.T) {
	s := shop(t, upstream.Options{})
	s.Lock(2, 9)
	q := azureboards.Items("[System.Id] > 0")
	items, cursors, listed, err := s.list(t, q, "")
	if err != nil || listed.Complete || ids(items) != "1 3 4 5 6 7 8" {
		t.Errorf("%+v %v: %s", listed, err, ids(items))
	}
	if _, _, listed, err := s.list(t, q, cursors[1]); err != nil || listed.Complete {
		t.Errorf("resumed behind the hidden one: %+v %v", listed, err)
	}
	for _, q := range []fact.Query{azureboards.Burndown("Checkout"), azureboards.RemainingWork("Checkout")} {
		if r, err := s.Measure(t.Context(), q); err != nil || r.Complete {
			t.Errorf("%v: complete is %v, %v", q, r.Complete, err)
		}
	}
	s.Lock()
	s.Hide(1, 2, 3, 4, 5, 6, 7, 8, 9) // without a word: only the population tells
	if r, err := s.Measure(t.Context(), azureboards.Count("[System.Id] > 0")); err != nil || r.Value.Value != 0 {
		t.Errorf("%v %v", r.Value, err)
	}
	if d := diagnostic(t, s.Check(t.Context())); d.Code != connectors.CodeForbidden || d.Path != "project" {
		t.Errorf("check: %+v", d)
	}
	s.Hide()
	s.Lock(1)
	if d := diagnostic(t, s.Check(t.Context())); d.Code != connectors.CodeForbidden {
		t.Errorf("check: %+v", d)
	}
}

// Check proves what is asked for, and that the teams are there.
func TestCheck(t *testing.T) {
	s := shop(t, upstream.Options{})
	if err := s.Check(t.Context()); err != nil || s.Requests() != 3 {
		t.Errorf("%v after %d requests", err, s.Requests())
	}
	s = open(t, func(c *azureboardsconnector.Config) { c.Teams = []string{"Nobody"} }, upstream.Options{})
	fill(s.Server)
	if d := diagnostic(t, s.Check(t.Context())); d.Code != connectors.CodeNotFound || !strings.Contains(d.Summary, "Nobody") {
		t.Errorf("%+v", d)
	}
	s = open(t, func(c *azureboardsconnector.Config) { c.Project = "Other" }, upstream.Options{})
	if d := diagnostic(t, s.Check(t.Context())); d.Code != connectors.CodeNotFound || !strings.Contains(d.Summary, "TF200016") {
		t.Errorf("%+v", d)
	}
	s = open(t, func(c *azureboardsconnector.Config) { c.Token = connectors.NewSecret("wrong-token-123") }, upstream.Options{})
	if d := diagnostic(t, s.Check(t.Context())); d.Code != connectors.CodeUnauthorized || d.Status != 203 || !strings.Contains(d.Summary, "did not accept the token") {
		t.Errorf("%+v", d)
	}
}

// Azure DevOps asks for a pause on an answer that is good: the next call waits,
// and the answer counts.
func TestRetryAfterOn200(t *testing.T) {
	s := shop(t, upstream.Options{})
	s.Fail(1, azureboardstest.Delayed(7*time.Second))
	var waits []time.Duration
	n := 0
	listed, err := s.List(t.Context(), azureboards.Items("[System.Id] > 0"), "", func(p connectors.Page) error {
		if p.Waiting > 0 {
			waits = append(waits, p.Waiting.Round(time.Second))
		}
		n += p.Len()
		return nil
	})
	if err != nil || !listed.Complete || n != 9 || s.clock.Waited().Round(time.Second) != 7*time.Second {
		t.Errorf("%d items, %+v, %v, waited %v", n, listed, err, s.clock.Waited())
	}
	if diff := cmp.Diff([]time.Duration{7 * time.Second}, waits); diff != "" || s.Requests() != 6 {
		t.Errorf("%d requests, told of %v", s.Requests(), waits)
	}
}

// The service's rate limit is kept to: everything is answered, some of it later.
func TestRateLimit(t *testing.T) {
	s := shop(t, upstream.Options{})
	s.SetNow(s.clock.Now)
	s.Limit(2, 1)
	items, _, listed, err := s.list(t, azureboards.Items("[System.Id] > 0"), "")
	if err != nil || !listed.Complete || len(items) != 9 || s.clock.Waited() < 3*time.Second {
		t.Errorf("%d items, %+v, %v, waited %v", len(items), listed, err, s.clock.Waited())
	}
}

// A query of another precision finds other days: resumed, it is not complete.
func TestDaysAfterResume(t *testing.T) {
	s := shop(t, upstream.Options{})
	for where, whole := range map[string]bool{
		"[System.Title] <> 'x'": true, "[System.Title] <> '2026-11-24'": false, "[System.Title] <> '24/11/2026'": false, "[System.Title] <> 'Release 2'": true,
	} {
		_, cursors, listed, err := s.list(t, azureboards.Items(where), "")
		if err != nil || !listed.Complete {
			t.Fatalf("%s: %+v %v", where, listed, err)
		}
		if _, _, listed, err := s.list(t, azureboards.Items(where), cursors[0]); err != nil || listed.Complete != whole {
			t.Errorf("%s resumed: %+v %v", where, listed, err)
		}
	}
}
