package contract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardsconnector"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
	"github.com/tidegate-go/tidegate/internal/contract"
	"github.com/tidegate-go/tidegate/release/fact"
)

// azureErrors are where the description of Azure Boards is wrong.
var azureErrors = []contract.Known{
	{"POST /{organization}/{project}/_apis/wit/wiql", "has not been defined",
		"the file describes no refusal of any operation; their form is WrappedError in Microsoft's own client (azure-devops-go-api v7, models.go)"},
}

var azureQueries = []fact.Query{
	azureboards.Count("[System.Id] > 0"), azureboards.Items("[System.Id] > 0"), azureboards.LinkedTo("[System.Id] > 0", "jira.example.com"),
	azureboards.Iterations("Checkout"), azureboards.Burndown("Checkout"), azureboards.RemainingWork("Checkout"),
}

// Everything that the connector asks Azure Boards, and everything that it is
// answered in tests, is as Microsoft describes it.
func TestAzureBoards(t *testing.T) {
	server, err := azureboardstest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	sprint := azureboardstest.Iteration{ID: "a589a806-bf11-4d4f-a031-c19813331553", Name: "Sprint 1", Path: `Shop\Sprint 1`, TimeFrame: "current"}
	server.AddTeam("Checkout", sprint)
	server.AddItems(azureboardstest.Item{ID: 1, Title: "One", Iteration: sprint.Path, Tags: []string{"a", "b"}, Assigned: "ada@example.com",
		Links: []string{"https://jira.example.com/browse/SHOP-1"}}, azureboardstest.Item{ID: 2, Title: "Two", Iteration: sprint.Path, Parent: 1, Remaining: 2.5})
	w := contract.Between(t, contract.Load(t, "azure"), server.URL, azureErrors...)
	config := azureConfig(w.URL)
	config.BatchSize, config.Teams = 1, []string{"Checkout"}
	ask(t, azureboardsconnector.New(), config, azureQueries...)
	refused(t, azureboardsconnector.New(), config, azureQueries[0], func(status int) { server.Fail(1, azureboardstest.Status(status, "no")) }, 400, 401, 403, 404)
	want := []string{
		"GET /{organization}/{project}/{team}/_apis/work/teamsettings/iterations",
		"GET /{organization}/{project}/{team}/_apis/work/teamsettings/iterations/{iterationId}/workitems",
		"POST /{organization}/{project}/_apis/wit/wiql", "POST /{organization}/{project}/_apis/wit/workitemsbatch",
	}
	if diff := cmp.Diff(want, operations(w)); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
}

func azureConfig(url string) azureboardsconnector.Config {
	return azureboardsconnector.Config{Organization: azureboardstest.Organization, Project: azureboardstest.Project, BaseURL: url,
		Token: connectors.NewSecret(azureboardstest.Token)}
}

var azureMock = contract.Mock{
	Vendor:   "azure",
	Program:  "./connectors/azureboards/azureboardsconnector/cmd/tidegate-connector-azureboards",
	Settings: func(url string) any { return azureConfig(url) },
	Mend:     mendExamples,
	Queries:  azureQueries,
}

// mendExamples says what the file, which has no examples, leaves to the mock: a
// work item has an id above 0, and an iteration is the current one.
func mendExamples(description map[string]any) {
	schemas := description["components"].(map[string]any)["schemas"].(map[string]any)
	property := func(schema, name string) map[string]any {
		return schemas[schema].(map[string]any)["properties"].(map[string]any)[name].(map[string]any)
	}
	for _, schema := range []string{"WitWorkItemReference", "WitWorkItem", "WorkWorkItemReference"} {
		property(schema, "id")["example"] = 1
	}
	property("WorkTeamIterationAttributes", "timeFrame")["enum"] = []any{"current", "past", "future"} // the mock takes the first
}
