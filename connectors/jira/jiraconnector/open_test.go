package jiraconnector_test

import (
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// What the constructors ask is what the description promises.
func TestDescribe(t *testing.T) {
	d := jiraconnector.New().Describe()
	if d.Name != jira.Connector || d.Version != jiraconnector.Version || d.Summary == "" || len(d.RateLimits) == 0 {
		t.Errorf("%+v", d)
	}
	if _, err := connectors.ConfigSchema(d.Config); err != nil {
		t.Error(err)
	}
	kinds := map[string]connectors.Kind{}
	for _, k := range d.Kinds {
		kinds[k.Name] = k
		if _, err := connectors.ConfigSchema(k.Params); err != nil || k.Summary == "" {
			t.Errorf("%s: %v", k.Name, err)
		}
	}
	all := fact.MergeQueries([]fact.Query{jira.Count("a = b"), jira.Items("a = b"), jira.Unresolved("A", "1"), jira.Version("A", "1"), jira.Burndown(1)})
	for _, q := range all {
		k, ok := kinds[q.Kind]
		if !ok || !strings.Contains(strings.Trim(strings.Join(shapes(k), " "), " "), q.Yields.Shape.String()) {
			t.Errorf("%v: not described", q)
		}
	}
}

func shapes(k connectors.Kind) []string {
	var all []string
	for _, s := range k.Shapes {
		all = append(all, s.String())
	}
	return all
}

func TestOpenRefuses(t *testing.T) {
	faulttest.Refuses(t, jiraconnector.New(), []string{"token"}, []faulttest.Refusal{
		{Name: "nothing", JSON: `{}`, Paths: []string{"baseURL", "token"}},
		{Name: "unknown field", JSON: `{"baseURL": "https://a.atlassian.net", "user": "me"}`, Secret: "t", Paths: []string{"user"}},
		{Name: "http", JSON: `{"baseURL": "http://a.atlassian.net"}`, Secret: "t", Paths: []string{"baseURL"}},
		{Name: "pasted token", JSON: `{"baseURL": "https://a.atlassian.net"}`, Secret: "secret-token\n", Paths: []string{"token"}},
		{Name: "all at once", JSON: `{"baseURL": "https://a.atlassian.net", "email": "a:b", "site": "x", "maxIssues": -1, "pageSize": 101, "timeout": "-PT1S",
			"projects": [""], "boards": [0]}`, Secret: "secret-token", Paths: []string{"email", "site", "maxIssues", "pageSize", "timeout", "projects[0]", "boards[0]"}},
		{Name: "no such CA file", JSON: `{"baseURL": "https://a.atlassian.net", "caFile": "/no/such/file"}`, Secret: "t", Paths: []string{"caFile"}},
		{Name: "proxy with a password", JSON: `{"baseURL": "https://a.atlassian.net", "proxy": "http://me:pw@proxy"}`, Secret: "t", Paths: []string{"proxy"}},
	})
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name       string
		change     func(*jiraconnector.Config)
		code, says string
	}{
		{"ready", func(c *jiraconnector.Config) { c.Projects, c.Boards = []string{"SHOP"}, []int64{7} }, "", ""},
		{"wrong token", func(c *jiraconnector.Config) { c.Token = connectors.NewSecret("an-old-one") }, connectors.CodeUnauthorized, "Client must be authenticated"},
		{"bearer", func(c *jiraconnector.Config) { c.Email = "" }, connectors.CodeUnauthorized, "Client must be authenticated"},
		{"no such project", func(c *jiraconnector.Config) { c.Projects = []string{"SHOP", "HID"} }, connectors.CodeNotFound, "HID"},
		{"no such board", func(c *jiraconnector.Config) { c.Boards = []int64{7, 9} }, connectors.CodeNotFound, "board"},
	} {
		s := open(t, tt.change, upstream.Options{})
		s.AddIssues(jiratest.Issue{Key: "SHOP-1"}, jiratest.Issue{Key: "HID-1"})
		s.AddBoard(7)
		s.Hide("HID")
		err := s.Check(t.Context())
		if tt.code == "" {
			if err != nil || s.Requests() != 4 {
				t.Errorf("%s: %v after %d requests", tt.name, err, s.Requests())
			}
			continue
		}
		if d := diagnostic(t, err); d.Code != tt.code || !strings.Contains(d.Summary, tt.says) {
			t.Errorf("%s: %+v", tt.name, d)
		}
	}
	// Each of the calls has to be allowed.
	for n := range 4 {
		s := open(t, func(c *jiraconnector.Config) { c.Projects, c.Boards = []string{"SHOP"}, []int64{7} }, upstream.Options{})
		s.AddIssues(jiratest.Issue{Key: "SHOP-1"})
		s.AddBoard(7)
		s.Fail(n, standin.Pass())
		s.Fail(1, jiratest.Status(403, "no"))
		if d := diagnostic(t, s.Check(t.Context())); d.Code != connectors.CodeForbidden {
			t.Errorf("call %d: %+v", n, d)
		}
	}
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.Body("application/json", `{}`))
	if d := diagnostic(t, s.Check(t.Context())); d.Code != connectors.CodeBadAnswer {
		t.Errorf("nobody: %+v", d)
	}
}
