package jiraconnector

import (
	"context"
	"encoding/json"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// cursor is where a list goes on: at a page token of Jira's, which lives for 7
// days (search/jql), or at the end. A list that is resumed remembers when it
// began, that something was missed, and the issues of the page before: one of
// those that comes again is recognised. One from further back is not, and is
// listed a second time, for the host to notice by its key.
type cursor struct {
	At         time.Time `json:"at"` // of the first page
	End        bool      `json:"end,omitempty"`
	Incomplete bool      `json:"incomplete,omitempty"`
	Seen       []string  `json:"seen,omitempty"` // ids of the page before
	Token      string    `json:"token,omitempty"`
}

// maxBorder bounds the ids that travel in a cursor, in bytes.
const maxBorder = 4 << 10

// remember takes in the ids of the page before. If they are too long to travel,
// a list that goes on without them cannot be known to be complete.
func (c *cursor) remember(ids []string) {
	n := 0
	for _, id := range ids {
		n += len(id)
	}
	if n > maxBorder {
		c.Incomplete = true
		return
	}
	c.Seen = ids
}

func (c cursor) String() string {
	text, err := json.Marshal(c)
	if err != nil {
		return "" // a year above 9999: not to be resumed
	}
	return string(text)
}

// parseCursor reads a cursor; the empty text is the beginning.
func parseCursor(text string) (cursor, error) {
	if text == "" {
		return cursor{}, nil
	}
	var c cursor
	if json.Unmarshal([]byte(text), &c) != nil || c.String() != text || c.At.IsZero() || c.End == (c.Token != "") {
		return cursor{}, upstream.Invalid("cursor", "cursor %.80q is none of this connector", text)
	}
	return c, nil
}

// items lists the issues that match, as work items.
func (in *instance) items(ctx context.Context, jql, after string, yield func(connectors.Page) error) (connectors.Listed, error) {
	listed := connectors.Listed{Source: source, Link: searchLink(in.site, jql)}
	from, err := parseCursor(after)
	if err != nil {
		return listed, err
	}
	if from.End {
		listed.Complete, listed.ObservedAt = !from.Incomplete, from.At
		return listed, nil
	}
	r := in.search(jql, itemFields, in.pageSize, from.Token)
	r.complete, r.at, r.border, r.keyed = !from.Incomplete, from.At, from.Seen, true
	for _, id := range from.Seen {
		r.ids[id] = struct{}{}
	}
	r.onWait = func(d time.Duration) error { return yield(connectors.Page{Waiting: d}) }
	for !r.done {
		fresh, err := r.next(ctx)
		if err != nil {
			return listed, aboutJQL(err)
		}
		if err := yield(in.page(fresh, r)); err != nil {
			return listed, err
		}
	}
	listed.Complete, listed.ObservedAt = r.complete, r.at
	return listed, nil
}

// page is the issues of a page and where to go on after it. A page without new
// issues does not get to the host: the SDK sends a cursor only with items.
func (in *instance) page(issues []issue, r *reader) connectors.Page {
	next := cursor{At: r.at, End: r.done, Incomplete: !r.complete}
	if !r.done {
		next.Token = r.body.NextPageToken
		next.remember(r.border)
	}
	p := connectors.Page{Cursor: next.String()}
	p.WorkItems = make([]fact.WorkItem, 0, len(issues))
	for _, one := range issues {
		p.WorkItems = append(p.WorkItems, one.workItem(in.site))
	}
	return p
}
