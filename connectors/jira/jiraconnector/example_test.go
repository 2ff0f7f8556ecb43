package jiraconnector_test

import (
	"context"
	"fmt"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
)

// The connector in the program's own process, asking a stand-in. A host that
// isolates it hands the same Config to connectors.Open.
func ExampleNew() {
	server, err := jiratest.Start()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = server.Close() }()
	server.AddIssues(
		jiratest.Issue{Key: "SHOP-1", Priority: "Blocker", FixVersions: []string{"2026.12.0"}, Category: "done"},
		jiratest.Issue{Key: "SHOP-2", Priority: "Blocker", FixVersions: []string{"2026.12.0"}},
	)
	settings, err := connectors.SettingsOf(jiraconnector.Config{
		BaseURL: server.URL, Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token), Projects: []string{"SHOP"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	instance, err := jiraconnector.New().Open(ctx, settings)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = instance.Close() }()
	fmt.Println(instance.Check(ctx))
	open, err := instance.Measure(ctx, jira.Count(`fixVersion = "2026.12.0" AND priority = Blocker AND statusCategory != Done`))
	fmt.Println(open.Value, open.Complete, err)
	// Output:
	// <nil>
	// 1 true <nil>
}
