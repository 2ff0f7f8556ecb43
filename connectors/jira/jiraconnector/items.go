package jiraconnector

import (
	"context"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// A cursor is tokenCursor and Jira's token of the next page, which lives for
// 7 days (search/jql), or endCursor after the last page.
const (
	tokenCursor = "t:"
	endCursor   = "end"
)

// items lists the issues that match, as work items.
func (in *instance) items(ctx context.Context, jql, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	listed := connectors.Listed{Source: source, Link: searchLink(in.site, jql)}
	token, resumed := strings.CutPrefix(cursor, tokenCursor)
	switch {
	case cursor == endCursor:
		listed.Complete, listed.ObservedAt = true, in.client.Now().UTC()
		return listed, nil
	case cursor != "" && !resumed || resumed && token == "":
		return listed, invalid("cursor", "cursor %q is none of this connector", cursor)
	}
	r := in.search(jql, itemFields, in.pageSize, token)
	r.onWait = func(d time.Duration) error { return yield(connectors.Page{Waiting: d}) }
	for !r.done {
		fresh, err := r.next(ctx)
		if err != nil {
			return listed, err
		}
		if err := yield(in.page(fresh, r)); err != nil {
			return listed, err
		}
	}
	listed.Complete, listed.ObservedAt = r.complete, r.at
	return listed, nil
}

// page is the issues of a page and where to go on after it. An empty page is
// handed on too: its cursor counts.
func (in *instance) page(issues []issue, r *reader) connectors.Page {
	p := connectors.Page{Cursor: tokenCursor + r.body.NextPageToken}
	if r.done {
		p.Cursor = endCursor
	}
	p.WorkItems = make([]fact.WorkItem, 0, len(issues))
	for _, one := range issues {
		p.WorkItems = append(p.WorkItems, one.workItem(in.site))
	}
	return p
}
