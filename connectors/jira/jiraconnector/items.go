package jiraconnector

import (
	"context"
	"encoding/json"
	"slices"
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
func (in *instance) items(ctx context.Context, p itemsParams, after string, yield func(connectors.Page) error) (connectors.Listed, error) {
	var custom itemFieldIDs
	if err := in.resolve(ctx, map[string]*string{"note": &custom.note, "link": &custom.link}, map[string]string{"note": p.Note, "link": p.Link}, p.Labels, &custom.labels); err != nil {
		return connectors.Listed{Source: source}, err
	}
	return in.list(ctx, searched{p.JQL, p.Reconcile, append(slices.Clip(itemFields), custom.all()...), in.pageSize}, after, yield,
		func(_ context.Context, issues []issue) (connectors.Page, error) {
			page := connectors.Page{WorkItems: make([]fact.WorkItem, 0, len(issues))}
			for _, one := range issues {
				item, err := one.withFields(in.site, custom)
				if err != nil {
					return page, err
				}
				page.WorkItems = append(page.WorkItems, item)
			}
			return page, nil
		})
}

// searched is what a list searches for.
type searched struct {
	jql, reconcile string
	fields         []string
	size           int
}

// list reads the issues that match, page by page; convert makes facts of them.
func (in *instance) list(ctx context.Context, s searched, after string, yield func(connectors.Page) error,
	convert func(context.Context, []issue) (connectors.Page, error)) (connectors.Listed, error) {
	listed := connectors.Listed{Source: source, Link: searchLink(in.site, s.jql)}
	from, err := parseCursor(after)
	if err != nil {
		return listed, err
	}
	if from.End {
		listed.Complete, listed.ObservedAt = !from.Incomplete, from.At
		return listed, nil
	}
	ids, err := reconciled(s.reconcile)
	if err != nil {
		return listed, err
	}
	r := in.search(searchBody{JQL: s.jql, Fields: s.fields, MaxResults: s.size, NextPageToken: from.Token, ReconcileIssues: ids})
	r.complete, r.at, r.border, r.keyed = !from.Incomplete, from.At, from.Seen, true
	for _, id := range from.Seen {
		r.ids.add(id)
	}
	r.onWait = func(d time.Duration) error { return yield(connectors.Page{Waiting: d}) }
	for !r.done {
		fresh, err := r.next(ctx)
		if err != nil {
			return listed, aboutJQL(err)
		}
		page, err := convert(ctx, fresh)
		if err != nil {
			return listed, err
		}
		page.Cursor = r.cursor()
		if err := yield(page); err != nil {
			return listed, err
		}
	}
	listed.Complete, listed.ObservedAt = r.complete, r.at
	return listed, nil
}

// cursor is where to go on after the page. A page without new issues does not
// get to the host: the SDK sends a cursor only with items.
func (r *reader) cursor() string {
	next := cursor{At: r.at, End: r.done, Incomplete: !r.complete}
	if !r.done {
		next.Token = r.body.NextPageToken
		next.remember(r.border)
	}
	return next.String()
}
