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
var jiraErrors = []contract.Known{
	{"GET /rest/servicedeskapi/request/CHG-1/approval", "no such operation",
		"the file has the platform's and the Agile API; this one is of Jira Service Management's (Request, Get approvals), which is a description of its own"},
	{"POST /rest/api/3/search/jql", "response code '403' does not exist", "any operation refuses an account without the permission to use Jira so"},
	{"POST /rest/api/3/search/jql", "response code '410' does not exist", "removed operations answer so (CHANGE-2046); the file has none that is removed"},
	{"GET /rest/api/3/project/{projectIdOrKey}/version", "response code '401' does not exist", "a refused credential is refused by every operation; the file says it of some"},
}

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
	server.AddFields(jiratest.Field{ID: "customfield_10010", Name: "Note"})
	server.AddIssues(jiratest.Issue{Key: "SHOP-3", BlockedBy: []string{"SHOP-1"}, Custom: map[string]any{"customfield_10010": "New: seats"}},
		jiratest.Issue{Key: "CHG-1", Type: "Change", Approvals: []jiratest.Approval{{Name: "CAB", Approvers: []jiratest.Approver{{Account: jiratest.AccountID, Answer: "pending"}}}}})
	server.AddBoard(7, jiratest.Sprint{ID: 31, State: "active", Name: "Sprint 31"})
	w := contract.Between(t, contract.Load(t, "jira"), server.URL, jiraErrors...)
	ask(t, jiraconnector.New(), jiraconnector.Config{BaseURL: w.URL, Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token),
		Projects: []string{"SHOP"}, Boards: []int64{7}, PageSize: 1},
		jira.Reconcile(jira.Count("project = SHOP"), 10001), jira.ItemsWith("project = SHOP", jira.Fields{Note: "Note"}),
		jira.Approvals("project = CHG"), jira.Unresolved("SHOP", "1.0"), jira.Version("SHOP", "1.0"), jira.Burndown(7))
	refused(t, jiraconnector.New(), jiraconnector.Config{BaseURL: w.URL, Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token)},
		jira.Count("project = SHOP"), func(status int) { server.Fail(1, jiratest.Status(status, "no")) }, 400, 401, 403, 410)
	refused(t, jiraconnector.New(), jiraconnector.Config{BaseURL: w.URL, Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token)},
		jira.Unresolved("SHOP", "1.0"), func(status int) { server.Fail(1, jiratest.Status(status, "no")) }, 401, 404)
	want := []string{
		"GET /rest/agile/1.0/board/{boardId}/sprint", "GET /rest/api/3/field", "GET /rest/api/3/myself", "GET /rest/api/3/project/{projectIdOrKey}/version",
		"GET /rest/api/3/version/{id}/unresolvedIssueCount", "GET /rest/servicedeskapi/request/CHG-1/approval", "POST /rest/api/3/search/jql",
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
		jira.Count("project = SHOP"), jira.Items("project = SHOP"), jira.ItemsWith("project = SHOP", jira.Fields{Labels: []string{"Summary"}}),
		jira.Approvals("project = SHOP"), jira.Unresolved("SHOP", "New Version 1"), jira.Version("SHOP", "New Version 1"), jira.Burndown(7),
	},
	Gaps: []contract.Gap{
		{"GET /rest/servicedeskapi/request/{issueIdOrKey}/approval", "not-found",
			"the file has the platform's and the Agile API; this operation is of Jira Service Management's, which is a description of its own",
			[]fact.Query{jira.Approvals("project = SHOP")}},
		{"GET /rest/agile/1.0/board/{boardId}/sprint", "does not say that its first 50 active sprints are all",
			"the example is the middle of three pages with no active sprint in it, and a mock without memory never comes to the last",
			[]fact.Query{jira.Burndown(7)}},
	},
}
