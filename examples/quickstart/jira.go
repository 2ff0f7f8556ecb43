package main

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/release/fact"
)

// asked is what came of asking the connectors.
type asked struct {
	facts    fact.Set
	status   []connectors.Status
	requests int // that arrived at Jira
}

// ask starts the Jira connector in a process of its own and asks it the
// queries that are its own, each for at most the given time. Jira is a stand-in
// on this machine; the connector is the one that asks the real Jira.
func ask(ctx context.Context, server *jiratest.Server, timeout time.Duration, queries []fact.Query) (asked, error) {
	fleet, err := connectors.Open(ctx, configured(server, timeout))
	if err != nil {
		return asked{}, fmt.Errorf("connectors: %w", err)
	}
	defer fleet.Close()
	facts := fleet.Collect(ctx, of(jira.Connector, queries))
	return asked{facts, fleet.Status(), server.Requests()}, nil
}

// configured is how the connector is started, and what it is told.
func configured(server *jiratest.Server, timeout time.Duration) connectors.Config {
	return connectors.Config{
		Connectors: []connectors.Launch{{
			Self: jira.Connector,
			Settings: jiraconnector.Config{
				BaseURL: server.URL, Site: "https://jira.example.com", PageSize: 2,
				Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token),
			},
		}},
		QueryTimeout: timeout,
		Now:          func() time.Time { return seenAt },
	}
}

// of returns the queries to one connector.
func of(connector string, queries []fact.Query) []fact.Query {
	var own []fact.Query
	for _, q := range queries {
		if q.Connector == connector {
			own = append(own, q)
		}
	}
	return own
}

// standIn is Jira with the 46 issues of the release. It pages, wants a
// credential and refuses one request because of its rate limit. Its clock is
// the snapshot's, so that every run gives the same facts.
func standIn() (*jiratest.Server, error) {
	server, err := jiratest.Start()
	if err != nil {
		return nil, err
	}
	server.SetNow(func() time.Time { return seenAt })
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
