package azureboardsconnector

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// String returns the place as a cursor: "2026-12-01T10:00:00.123Z/4711".
func (p place) String() string { return p.asOf + "/" + strconv.FormatInt(p.after, 10) }

// parsePlace reads a cursor; "" is the beginning.
func parsePlace(cursor string) (place, error) {
	if cursor == "" {
		return place{}, nil
	}
	asOf, text, _ := strings.Cut(cursor, "/")
	after, err := strconv.ParseInt(text, 10, 64)
	_, notTime := time.Parse(time.RFC3339, asOf)
	if p := (place{after, asOf}); err == nil && after > 0 && (asOf == "" || notTime == nil) && p.String() == cursor {
		return p, nil
	}
	return place{}, upstream.Invalid("cursor", "cursor %.80q is none of this connector", cursor)
}

// items lists the items that fulfil a condition.
func (in *instance) items(ctx context.Context, p itemsParams, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	if p.Linked != "" && (value.Link("https://"+p.Linked).Fault() != nil || strings.ContainsAny(p.Linked, "/?#@")) {
		return connectors.Listed{}, upstream.Invalid("linked", "linked %.80q is no host", p.Linked)
	}
	l := &listing{in: in, params: p, onWait: func(d time.Duration) error { return yield(connectors.Page{Waiting: d}) }}
	return connectors.ListPages(ctx, cursor, yield, l.page)
}

// listing is one list under way: the ids are asked for once.
type listing struct {
	in      *instance
	params  itemsParams
	onWait  func(time.Duration) error
	started bool
	found   found
}

// page reads the items behind a cursor.
func (l *listing) page(ctx context.Context, cursor string) (connectors.Page, connectors.Listed, error) {
	from, err := parsePlace(cursor)
	if err != nil {
		return connectors.Page{}, connectors.Listed{}, err
	}
	if !l.started {
		if l.found, err = l.in.find(ctx, l.params.Where, from, l.onWait); err != nil {
			return connectors.Page{}, connectors.Listed{}, err
		}
		l.started = true
	}
	listed := connectors.Listed{Complete: l.found.complete, ObservedAt: l.found.at, Source: source, Link: l.found.link}
	rest := l.found.ids
	if i, there := slices.BinarySearch(rest, from.after); there {
		rest = rest[i+1:]
	} else {
		rest = rest[i:]
	}
	var page connectors.Page
	if len(rest) == 0 {
		return page, listed, nil
	}
	ids := rest[:min(l.in.batch, len(rest))]
	body := batchBody{Fields: itemFields, AsOf: l.found.asOf}
	if l.params.Linked != "" {
		body.Fields, body.Expand = nil, "relations"
	}
	items, whole, _, err := l.in.load(ctx, ids, body, l.onWait)
	if err != nil {
		return page, listed, err
	}
	listed.Complete = listed.Complete && whole
	for _, item := range items {
		page.WorkItems = append(page.WorkItems, l.in.item(item, l.params.Linked))
	}
	if len(rest) > len(ids) {
		page.Cursor = place{ids[len(ids)-1], l.found.asOf}.String()
	}
	return page, listed, nil
}

// item is a work item as a fact.
func (in *instance) item(w *workItem, linked string) fact.WorkItem {
	f := w.Fields
	item := fact.WorkItem{
		ID: strconv.FormatInt(w.ID, 10), Title: f.Title, Type: f.Type, Status: f.State, Category: in.category(f.State),
		Priority: number(f.Priority), Assignee: account(f.Assigned), Author: account(f.Created), Updated: moment(f.Changed),
		Link: value.Link(in.site + "/_workitems/edit/" + strconv.FormatInt(w.ID, 10)),
	}
	for tag := range strings.SplitSeq(f.Tags, ";") {
		if tag = strings.TrimSpace(tag); tag != "" {
			item.Labels = append(item.Labels, tag)
		}
	}
	if i := strings.LastIndexByte(f.Area, '\\'); i >= 0 { // the area of the project itself is no component
		item.Components = []string{f.Area[i+1:]}
	}
	if other := w.linkTo(linked); other != "" {
		item.Link = other
	}
	return item
}

// linkTo is the hyperlink of an item to a page of the host, "" if there is none
// or it is unclear which.
func (w *workItem) linkTo(host string) value.Link {
	var link value.Link
	for _, r := range w.Relations {
		u, err := url.Parse(r.URL)
		if host == "" || r.Rel != "Hyperlink" || err != nil || !strings.EqualFold(u.Host, host) || value.Link(r.URL).Fault() != nil {
			continue
		}
		if link != "" && link != value.Link(r.URL) {
			return ""
		}
		link = value.Link(r.URL)
	}
	return link
}

// number is a number as its text; what is none, is left out.
func number(v any) string {
	if f, ok := v.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return ""
}

// moment reads a time; one that is not understood is left out.
func moment(v any) time.Time {
	text, _ := v.(string)
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
