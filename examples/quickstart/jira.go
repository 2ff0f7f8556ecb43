package main

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
)

// standInJira is Jira with the 46 issues of the release. It pages, wants a
// credential and refuses one request because of its rate limit.
func standInJira() (*jiratest.Server, error) {
	server, err := jiratest.Start()
	if err != nil {
		return nil, err
	}
	server.SetNow(func() time.Time { return seenAt }) // when the issues were made
	server.AddIssues(issues()...)
	server.Fail(1, jiratest.Limited("0"))
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
