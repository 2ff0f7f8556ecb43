package jiraconnector_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// asked are all requests that the connector can make, in order.
func asked(t *testing.T) []standin.Call {
	t.Helper()
	s := open(t, func(c *jiraconnector.Config) { c.Projects, c.Boards, c.PageSize = []string{"SHOP"}, []int64{7}, 1 }, upstream.Options{})
	s.AddIssues(many(2)...)
	s.AddBoard(7, jiratest.Sprint{ID: 31, State: "active"})
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
	for _, q := range []func() error{
		func() error { _, err := s.Measure(t.Context(), jira.Count("project = SHOP")); return err },
		func() error { _, err := s.Measure(t.Context(), jira.Unresolved("SHOP", "1.0")); return err },
		func() error { _, err := s.Measure(t.Context(), jira.Burndown(7)); return err },
		func() error { _, _, _, err := s.list(t, jira.Items("project = SHOP"), ""); return err },
	} {
		if err := q(); err != nil {
			t.Error(err)
		}
	}
	return s.Log()
}

var pageToken = regexp.MustCompile(`"nextPageToken":"[A-Z0-9]+"`)

func TestRequests(t *testing.T) {
	const item = `"fields":["summary","issuetype","status","priority","assignee","reporter","labels","components","updated","issuelinks"],"maxResults":1`
	want := []string{
		"GET /rest/api/3/myself",
		`POST /rest/api/3/search/jql {"jql":"updated \u003e= -1d","fields":["id"],"maxResults":1}`,
		"GET /rest/api/3/project/SHOP/version?maxResults=1",
		"GET /rest/agile/1.0/board/7/sprint?maxResults=1&state=active",
		`POST /rest/api/3/search/jql {"jql":"project = SHOP","fields":["id"],"maxResults":5000}`,
		"GET /rest/api/3/project/SHOP/version?maxResults=100&query=1.0&startAt=0",
		"GET /rest/api/3/version/10000/unresolvedIssueCount",
		"GET /rest/agile/1.0/board/7/sprint?maxResults=50&startAt=0&state=active",
		`POST /rest/api/3/search/jql {"jql":"sprint in (31) AND statusCategory != Done","fields":["id"],"maxResults":5000}`,
		`POST /rest/api/3/search/jql {"jql":"project = SHOP",` + item + `}`,
		`POST /rest/api/3/search/jql {"jql":"project = SHOP",` + item + `,"nextPageToken":"…"}`,
	}
	var got []string
	for _, c := range asked(t) {
		line := c.Method + " " + c.Path
		if len(c.Query) > 0 {
			line += "?" + c.Query.Encode()
		}
		if c.Body != "" {
			line += " " + pageToken.ReplaceAllString(c.Body, `"nextPageToken":"…"`)
		}
		got = append(got, line)
		if c.Header.Get("Accept") != "application/json" || !strings.HasPrefix(c.Header.Get("User-Agent"), "tidegate-connector-jira/") {
			t.Errorf("%s: %v", line, c.Header)
		}
		if (c.Header.Get("Content-Type") == "application/json") != (c.Method == "POST") {
			t.Errorf("%s: content type %q", line, c.Header.Get("Content-Type"))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// spec is the part of an OpenAPI description that is looked at.
type spec struct {
	Paths map[string]map[string]struct {
		Deprecated bool
		Parameters []struct{ Name, In string }
	}
	Components struct {
		Schemas map[string]struct{ Properties map[string]any }
	}
}

func shared(t *testing.T, parts ...string) []byte {
	t.Helper()
	root := os.Getenv("TIDEGATE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	text, err := os.ReadFile(filepath.Join(append([]string{root}, parts...)...))
	if err != nil {
		t.Skipf("the vendor's material is not here: %v", err)
	}
	return text
}

// What is sent is in the vendor's description of the API, and not deprecated.
func TestContract(t *testing.T) {
	var api spec
	// Only the parts that are looked at; additionalProperties and others vary in type.
	if err := json.Unmarshal(shared(t, "contracts", "jira.trimmed.json"), &api); err != nil {
		t.Fatal(err)
	}
	body := api.Components.Schemas["SearchAndReconcileRequestBean"].Properties
	for _, c := range asked(t) {
		path := ""
		for p := range api.Paths {
			if regexp.MustCompile("^" + regexp.MustCompile(`\\\{[^}]*\\\}`).ReplaceAllString(regexp.QuoteMeta(p), "[^/]+") + "$").MatchString(c.Path) {
				path = p
			}
		}
		op, ok := api.Paths[path][strings.ToLower(c.Method)]
		if !ok || op.Deprecated {
			t.Errorf("%s %s: described %v, deprecated %v", c.Method, c.Path, ok, op.Deprecated)
		}
		for name := range c.Query {
			if !slices.ContainsFunc(op.Parameters, func(p struct{ Name, In string }) bool { return p.Name == name && p.In == "query" }) {
				t.Errorf("%s %s has no parameter %s", c.Method, path, name)
			}
		}
		var sent map[string]any
		if c.Body != "" {
			if err := json.Unmarshal([]byte(c.Body), &sent); err != nil {
				t.Error(err)
			}
		}
		for name := range sent {
			if body[name] == nil {
				t.Errorf("%s %s has no field %s", c.Method, path, name)
			}
		}
	}
}

// The stand-in answers in the forms of the vendor's description.
func TestStandInContract(t *testing.T) {
	var api spec
	if err := json.Unmarshal(shared(t, "contracts", "jira.trimmed.json"), &api); err != nil {
		t.Fatal(err)
	}
	s := shopWith(t, upstream.Options{})
	client, err := upstream.New(s.URL, &upstream.Options{Auth: upstream.Basic(jiratest.Email, connectors.NewSecret(jiratest.Token))})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for schema, request := range map[string]upstream.Request{
		"User": upstream.Get("/rest/api/3/myself"), "PageBeanVersion": upstream.Get("/rest/api/3/project/SHOP/version"),
		"VersionUnresolvedIssuesCount": upstream.Get("/rest/api/3/version/10000/unresolvedIssueCount"),
		"SearchAndReconcileResults":    upstream.Post("/rest/api/3/search/jql", map[string]any{"jql": "project = SHOP", "fields": []string{"summary"}}),
	} {
		var answer map[string]any
		if _, err := client.Do(t.Context(), request, &answer); err != nil {
			t.Error(err)
		}
		for name := range answer {
			if api.Components.Schemas[schema].Properties[name] == nil {
				t.Errorf("%s has no field %s", schema, name)
			}
		}
	}
}
