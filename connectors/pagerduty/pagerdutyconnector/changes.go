package pagerdutyconnector

import (
	"context"
	"fmt"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// change is one change event (ChangeEvent).
type change struct {
	ID       string      `json:"id"`
	Summary  string      `json:"summary"`
	At       string      `json:"timestamp"`
	Link     string      `json:"html_url"`
	Services []reference `json:"services"`
	Links    []struct {
		To string `json:"href"`
	} `json:"links"`
}

func (c change) identity() string { return c.ID }

type changePage struct {
	paging

	Changes []change `json:"change_events"`
}

func (p changePage) page() ([]change, paging) { return p.Changes, p.paging }

// listChanges lists the change events that are about any of the services.
func (in *instance) listChanges(ctx context.Context, p plannedParams, cursor string) (page connectors.Page, l connectors.Listed, err error) {
	from, err := parsePlace(cursor)
	if err != nil {
		return page, l, err
	}
	since, until, err := p.moments()
	if err == nil {
		err = within(since, until, maxRange, "6 months")
	}
	if err != nil {
		return page, l, err
	}
	all, err := in.resolve(ctx, p.scopeParams, fmt.Sprintf("changes %+v %s", p, cursor))
	if err != nil {
		return page, l, err
	}
	l = connectors.Listed{Source: source, Link: all.link()}
	got, err := readPage[changePage](ctx, in, upstream.Get("/change_events").With("since", rfc(since)).With("until", rfc(until)), from)
	if err != nil {
		return page, l, err
	}
	for _, one := range got.items {
		if item, ok := one.workItem(all); ok {
			page.WorkItems = append(page.WorkItems, item)
		}
	}
	l.Complete, l.ObservedAt = all.complete && got.complete && !until.After(got.at), got.at // what is still to come is not known
	if got.more {
		page.Cursor = got.next.String()
	}
	return page, l, nil
}

// workItem is the change as a work item of the services that it is about.
func (c change) workItem(all resolved) (fact.WorkItem, bool) {
	item := fact.WorkItem{ID: c.ID, Title: c.Summary, Type: "Change", Updated: stamp(c.At), Link: linkTo(c.Link)}
	for _, s := range c.Services {
		if known, ok := all.byID(s.ID); ok {
			item.Components = append(item.Components, known.Name)
		}
	}
	for _, l := range c.Links {
		if item.Link == "" {
			item.Link = linkTo(l.To)
		}
	}
	return item, len(item.Components) > 0
}
