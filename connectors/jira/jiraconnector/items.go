package jiraconnector

import (
	"context"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// cursor is where a list goes on: at a page token of Jira's, which lives for 7
// days (search/jql), or at the end. It remembers that something was missed, so
// that a list which is resumed does not forget it.
type cursor struct {
	token      string
	end        bool
	incomplete bool
}

func (c cursor) String() string {
	where := "end:"
	if !c.end {
		where = "page:" + c.token
	}
	if c.incomplete {
		return "incomplete-" + where
	}
	return where
}

// parseCursor reads a cursor; the empty text is the beginning.
func parseCursor(text string) (cursor, error) {
	rest, incomplete := strings.CutPrefix(text, "incomplete-")
	token, paged := strings.CutPrefix(rest, "page:")
	switch {
	case text == "":
		return cursor{}, nil
	case rest == "end:":
		return cursor{end: true, incomplete: incomplete}, nil
	case !paged || token == "":
		return cursor{}, invalid("cursor", "cursor %q is none of this connector", text)
	}
	return cursor{token: token, incomplete: incomplete}, nil
}

// items lists the issues that match, as work items.
func (in *instance) items(ctx context.Context, jql, after string, yield func(connectors.Page) error) (connectors.Listed, error) {
	listed := connectors.Listed{Source: source, Link: searchLink(in.site, jql)}
	from, err := parseCursor(after)
	if err != nil {
		return listed, err
	}
	if from.end {
		listed.Complete, listed.ObservedAt = !from.incomplete, in.client.Now().UTC()
		return listed, nil
	}
	r := in.search(jql, itemFields, in.pageSize, from.token)
	r.complete = !from.incomplete
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
	next := cursor{token: r.body.NextPageToken, end: r.done, incomplete: !r.complete}
	p := connectors.Page{Cursor: next.String()}
	p.WorkItems = make([]fact.WorkItem, 0, len(issues))
	for _, one := range issues {
		p.WorkItems = append(p.WorkItems, one.workItem(in.site))
	}
	return p
}
