package jiraconnector_test

import (
	"encoding/json"
	"fmt"
	"strings"
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

// document is a text with a heading and a paragraph (Atlassian Document Format).
const document = `{"type":"doc","version":1,"content":[{"type":"heading","content":[{"type":"text","text":"New:"}]},` +
	`{"type":"paragraph","content":[{"type":"text","text":"seats"},{"type":"hardBreak"},{"type":"text","text":"for all"}]}]}`

// What people see of a field becomes its text, whatever its type.
func TestCustomFields(t *testing.T) {
	for _, tt := range []struct{ value, want, fault string }{
		{`"plain "`, "plain", ""}, {`null`, "", ""}, {`7.50`, "7.50", ""}, {`12345678901234567890`, "12345678901234567890", ""},
		{`{"value":"Gold","id":"1"}`, "Gold", ""}, {`{"value":"Gold","child":{"value":"Plus"}}`, "Gold - Plus", ""}, {`{"name":"1.0"}`, "1.0", ""},
		{`{"displayName":"Ada","accountId":"a"}`, "Ada", ""}, {`["a","b"]`, "a, b", ""}, {`[{"value":"a"},{"value":"b"}]`, "a, b", ""}, {`[]`, "", ""},
		{document, "New: seats for all", ""}, {`true`, "", "a form that is not read"}, {`{"x":1}`, "", "a form that is not read"}, {`[{"x":1}]`, "", "a form that is not read"},
	} {
		s := open(t, nil, upstream.Options{})
		s.AddFields(jiratest.Field{ID: "customfield_1", Name: "Release note"}, jiratest.Field{ID: "customfield_2", Name: "Azure item"},
			jiratest.Field{ID: "customfield_3", Name: "Severity"})
		s.AddIssues(jiratest.Issue{Key: "SHOP-1", Labels: []string{"ui"}, Custom: map[string]any{"customfield_1": json.RawMessage(tt.value),
			"customfield_2": "https://dev.azure.com/acme/Shop/_workitems/edit/7", "customfield_3": json.RawMessage(tt.value)}}, jiratest.Issue{Key: "SHOP-2"})
		items, _, listed, err := s.list(t, jira.ItemsWith("project = SHOP", jira.Fields{Note: "Release note", Link: "customfield_2", Labels: []string{"Severity"}}), "")
		if tt.fault != "" {
			if d := diagnostic(t, err); d.Code != connectors.CodeBadAnswer || !strings.Contains(d.Summary, tt.fault) || !strings.Contains(d.Summary, "SHOP-1") || listed.Complete {
				t.Errorf("%s: %+v", tt.value, d)
			}
			continue
		}
		if err != nil || !listed.Complete || len(items) != 2 {
			t.Errorf("%s: %+v %v", tt.value, listed, err)
			continue
		}
		labels := []string{"ui", "Severity: " + tt.want}
		if tt.want == "" {
			labels = labels[:1]
		}
		if diff := cmp.Diff(labels, items[0].Labels); diff != "" || items[0].Note != tt.want || items[0].Link != "https://dev.azure.com/acme/Shop/_workitems/edit/7" {
			t.Errorf("%s: %+v %s", tt.value, items[0], diff)
		}
		if items[1].Note != "" || items[1].Link != value.Link(s.URL+"/browse/SHOP-2") {
			t.Errorf("%+v", items[1])
		}
	}
}

// A field that is not there, or not only there, is a failure that names it.
func TestFieldNames(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.AddIssues(many(1)...)
	s.AddFields(jiratest.Field{ID: "customfield_1", Name: "Note"}, jiratest.Field{ID: "customfield_2", Name: "Twice"}, jiratest.Field{ID: "customfield_3", Name: "Twice"})
	for _, tt := range []struct {
		q                fact.Query
		code, path, says string
	}{
		{jira.ItemsWith("project = SHOP", jira.Fields{Note: "note"}), connectors.CodeNotFound, "note", `no field "note"`},
		{jira.ItemsWith("project = SHOP", jira.Fields{Link: "Twice"}), connectors.CodeInvalidQuery, "link", `2 fields are called "Twice"`},
		{jira.ItemsWith("project = SHOP", jira.Fields{Labels: []string{"Note", "Gone"}}), connectors.CodeNotFound, "labels", `no field "Gone"`},
		{jira.SignOffs("project = SHOP", jira.SignOff{Gate: "Gate"}), connectors.CodeNotFound, "gate", `no field "Gate"`},
	} {
		_, _, listed, err := s.list(t, tt.q, "")
		if d := diagnostic(t, err); d.Code != tt.code || d.Path != tt.path || !strings.Contains(d.Summary, tt.says) || listed.Complete {
			t.Errorf("%v: %+v", tt.q, d)
		}
	}
	for _, body := range []string{`[]`, `null`, `[{"name":"Note"}]`, `{}`} {
		s.Fail(1, standin.JSON(body))
		if _, _, _, err := s.list(t, jira.ItemsWith("project = SHOP", jira.Fields{Note: "Note"}), ""); diagnostic(t, err).Code != connectors.CodeBadAnswer {
			t.Errorf("%s: %v", body, err)
		}
	}
	s.AddIssues(jiratest.Issue{Key: "SHOP-1", Custom: map[string]any{"customfield_1": "javascript:alert(1)"}})
	if _, _, _, err := s.list(t, jira.ItemsWith("project = SHOP", jira.Fields{Link: "Note"}), ""); diagnostic(t, err).Code != connectors.CodeBadAnswer {
		t.Errorf("a link that is none: %v", err)
	}
}

// Known issues are looked up beside the index, on every page.
func TestReconcile(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.AddIssues(many(150)...)
	q := jira.Reconcile(jira.Items("project = SHOP"), 10001, 10007)
	if items, _, listed, err := s.list(t, q, ""); err != nil || !listed.Complete || len(items) != 150 {
		t.Errorf("%d items, %+v, %v", len(items), listed, err)
	}
	if r, err := s.Measure(t.Context(), jira.Reconcile(jira.Count("project = SHOP"), 10001)); err != nil || r.Value.Value != 150 {
		t.Errorf("%v %v", r.Value, err)
	}
	for _, call := range s.Log() {
		if !strings.Contains(call.Body, `"reconcileIssues":[10001`) {
			t.Errorf("%s without the ids: %s", call.Path, call.Body)
		}
	}
	many := make([]int64, 51)
	for i := range many {
		many[i] = int64(i + 1)
	}
	for _, q := range []fact.Query{jira.Reconcile(jira.Count("project = SHOP"), 0), jira.Reconcile(jira.Count("project = SHOP"), many...), jira.Count("project = SHOP").With("reconcile", "SHOP-1")} {
		if _, err := s.Measure(t.Context(), q); diagnostic(t, err).Path != "reconcile" || diagnostic(t, err).Code != connectors.CodeInvalidQuery {
			t.Errorf("%v: %v", q, err)
		}
	}
}

// A search is as old as the index may be behind, a version's counts are not.
func TestIndexLag(t *testing.T) {
	s := open(t, func(c *jiraconnector.Config) { c.IndexLag = value.Duration(30 * time.Second) }, upstream.Options{})
	s.AddIssues(many(3)...)
	for q, want := range map[fact.Query]time.Time{jira.Count("project = SHOP"): at.Add(-30 * time.Second), jira.Unresolved("SHOP", "1.0"): at} {
		if r, err := s.Measure(t.Context(), q); err != nil || !r.ObservedAt.Equal(want) {
			t.Errorf("%v: observed at %v, %v", q, r.ObservedAt, err)
		}
	}
	if _, _, listed, err := s.list(t, jira.Items("project = SHOP"), ""); err != nil || !listed.ObservedAt.Equal(at.Add(-30*time.Second)) {
		t.Errorf("%+v %v", listed, err)
	}
}

// Work that waits for other work says so, until the other is done.
func TestBlocked(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.AddIssues(jiratest.Issue{Key: "SHOP-1", Labels: []string{"ui"}, BlockedBy: []string{"SHOP-3", "SHOP-4"}},
		jiratest.Issue{Key: "SHOP-2", Category: "done", BlockedBy: []string{"SHOP-3"}}, jiratest.Issue{Key: "SHOP-3"}, jiratest.Issue{Key: "SHOP-4", Category: "done"})
	items, _, _, err := s.list(t, jira.Items("project = SHOP ORDER BY key"), "")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"[ui is blocked by SHOP-3]", "[]", "[]", "[]"} {
		if got := fmt.Sprint(items[i].Labels); got != want {
			t.Errorf("%s has the labels %s, want %s", items[i].ID, got, want)
		}
	}
}
