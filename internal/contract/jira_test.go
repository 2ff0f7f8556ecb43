package contract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/internal/contract"
	"github.com/tidegate-go/tidegate/release/fact"
)

// jiraErrors are where the description of Jira is wrong.
var jiraErrors = []contract.Known{}

// Everything that the connector asks Jira, and everything that it is answered
// in tests, is as Atlassian describes it.
func TestJira(t *testing.T) {
	server, err := jiratest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.AddIssues(jiratest.Issue{Key: "SHOP-1", FixVersions: []string{"1.0"}, Sprint: 31, Labels: []string{"a"}, Components: []string{"api"}},
		jiratest.Issue{Key: "SHOP-2", FixVersions: []string{"1.0"}, Category: "done", Resolution: "Done"})
	server.AddBoard(7, jiratest.Sprint{ID: 31, State: "active", Name: "Sprint 31"})
	w := contract.Between(t, contract.Load(t, "jira"), server.URL, jiraErrors...)
	ask(t, jiraconnector.New(), jiraconnector.Config{BaseURL: w.URL, Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token),
		Projects: []string{"SHOP"}, Boards: []int64{7}, PageSize: 1},
		jira.Count("project = SHOP"), jira.Items("project = SHOP"), jira.Unresolved("SHOP", "1.0"), jira.Version("SHOP", "1.0"), jira.Burndown(7))
	want := []string{
		"GET /rest/agile/1.0/board/{boardId}/sprint", "GET /rest/api/3/myself", "GET /rest/api/3/project/{projectIdOrKey}/version",
		"GET /rest/api/3/version/{id}/unresolvedIssueCount", "POST /rest/api/3/search/jql",
	}
	if diff := cmp.Diff(want, operations(w)); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
}

// jiraMock asks for what the examples of the description have.
var jiraMock = contract.Mock{
	Vendor:  "jira",
	Program: "./connectors/jira/jiraconnector/cmd/tidegate-connector-jira",
	Settings: func(url string) any {
		return jiraconnector.Config{BaseURL: url, Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token)}
	},
	Queries: []fact.Query{
		jira.Count("project = SHOP"), jira.Items("project = SHOP"),
		jira.Unresolved("SHOP", "New Version 1"), jira.Version("SHOP", "New Version 1"), jira.Burndown(7),
	},
	Gaps: []contract.Gap{
		{jira.Burndown(7), "GET /rest/agile/1.0/board/{boardId}/sprint", "does not say that its first 50 active sprints are all",
			"the example is the middle of three pages with no active sprint in it, and a mock without memory never comes to the last"},
	},
}
