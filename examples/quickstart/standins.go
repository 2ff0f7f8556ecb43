package main

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
)

// jiraStandIn is Jira with the 46 issues of the release, a question that is
// discussed there, and the change request.
func jiraStandIn() (*jiratest.Server, error) {
	server, err := jiratest.Start()
	if err != nil {
		return nil, err
	}
	server.SetNow(func() time.Time { return seenAt })
	server.AddIssues(issues()...)
	server.AddIssues(
		jiratest.Issue{Key: "MER-512", Summary: "Support lacks 2 agents for the window", Type: "Question", Labels: []string{"open-question"}},
		jiratest.Issue{Key: "CHG-2071", Summary: "Meridian 2026.12.0", Type: "Change", Approvals: []jiratest.Approval{{
			Name: "CAB", Final: "approved", Created: decidedAt.Add(-6 * 24 * time.Hour), Completed: decidedAt.Add(-26 * time.Hour),
			Approvers: []jiratest.Approver{{Account: "mei@example.com", Answer: "approved"}},
		}}},
	)
	server.Fail(1, jiratest.Limited("0"))
	return server, nil
}

// azureStandIn is Azure Boards, where the mobile team works: one story of the
// release, which stands in Jira too, and the tasks of their sprint.
func azureStandIn() (*azureboardstest.Server, error) {
	server, err := azureboardstest.Start()
	if err != nil {
		return nil, err
	}
	server.SetNow(func() time.Time { return seenAt })
	sprint := azureboardstest.Iteration{ID: "a589a806-bf11-4d4f-a031-c19813331553", Name: "Sprint 24", Path: `Shop\Sprint 24`, TimeFrame: "current"}
	server.AddTeam("Mobile", sprint)
	server.AddItems(
		azureboardstest.Item{ID: 8123, Title: "Seat map on small screens", Type: "User Story", State: "Closed", Iteration: sprint.Path, Remaining: -1,
			Tags: []string{version}, Links: []string{"https://jira.example.com/browse/MER-430"}},
		azureboardstest.Item{ID: 8124, Title: "Layout of the seat map", State: "Closed", Iteration: sprint.Path, Parent: 8123},
		azureboardstest.Item{ID: 8125, Title: "Screens for the stores", State: "Active", Iteration: sprint.Path, Remaining: 3},
		azureboardstest.Item{ID: 8126, Title: "Accessibility of the seat map", State: "New", Iteration: sprint.Path, Remaining: 2.5},
	)
	server.Fail(1, azureboardstest.Limited(0))
	return server, nil
}

// issues are those of the release: 5 stories, 2 designs, 4 manual scripts, 15
// bugs of which 9 are open, 2 closed findings and 18 tasks, one of which tracks
// a dependency and is still open.
func issues() []jiratest.Issue {
	number := 441
	var all []jiratest.Issue
	for _, item := range scope() {
		all = append(all, jiratest.Issue{Key: item.ID, Summary: item.Title, Type: "Story", Category: "done", FixVersions: []string{version}})
	}
	add := func(n int, like jiratest.Issue) {
		for range n {
			like.Key = fmt.Sprintf("MER-%d", number)
			like.Summary = fmt.Sprintf("%s %d of %s", like.Type, number, version)
			like.FixVersions = []string{version}
			all = append(all, like)
			number++
		}
	}
	add(2, jiratest.Issue{Type: "Design", Category: "done"})
	add(4, jiratest.Issue{Type: "Test", Category: "done", Labels: []string{"manual-qa"}})
	add(9, jiratest.Issue{Type: "Bug", Category: "new", Severity: "3"})
	add(6, jiratest.Issue{Type: "Bug", Category: "done", Severity: "2"})
	add(2, jiratest.Issue{Type: "Finding", Category: "done", Priority: "Critical", Labels: []string{"security"}})
	all = append(all, jiratest.Issue{Key: "MER-436", Summary: "Migration 0142", Type: "Task", Category: "indeterminate",
		Labels: []string{"dependency"}, FixVersions: []string{version}})
	add(17, jiratest.Issue{Type: "Task", Category: "done", Severity: "1"})
	return all
}
