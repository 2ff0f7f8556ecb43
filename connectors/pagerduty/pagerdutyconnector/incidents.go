package pagerdutyconnector

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// incidentParams are those of the queries for incidents.
type incidentParams struct {
	scopeParams

	Urgency string `json:"urgency,omitzero" jsonschema_description:"high or low; both by default"`
	Status  string `json:"status" jsonschema_description:"open, or any"`
	windowParams
}

// incident is what of an incident is read (Incident).
type incident struct {
	ID           string    `json:"id"`
	Title        string    `json:"title"`
	Summary      string    `json:"summary"`
	Urgency      string    `json:"urgency"`
	Status       string    `json:"status"`
	Link         string    `json:"html_url"`
	Created      string    `json:"created_at"`
	Resolved     string    `json:"resolved_at"`
	Changed      string    `json:"last_status_change_at"`
	Service      reference `json:"service"`
	Acknowledged []struct {
		At string `json:"at"`
	} `json:"acknowledgements"`
}

func (i incident) identity() string { return i.ID }

type incidentPage struct {
	paging

	Incidents []incident `json:"incidents"`
}

func (p incidentPage) page() ([]incident, paging) { return p.Incidents, p.paging }

// open reports whether nobody resolved it, which only one state says.
func (i incident) open() bool { return i.Status != "resolved" }

// fact is the incident as a fact. The acknowledgements of one that is resolved
// are gone: when it was acknowledged is then not known.
func (i incident) fact() fact.Incident {
	f := fact.Incident{ID: i.ID, Title: i.Title, Service: i.Service.Summary, Urgency: i.Urgency, Status: i.Status, Opened: stamp(i.Created), Link: linkTo(i.Link)}
	if f.Title == "" {
		f.Title = i.Summary
	}
	for _, a := range i.Acknowledged {
		if at := stamp(a.At); !at.IsZero() && (f.Acknowledged.IsZero() || at.Before(f.Acknowledged)) {
			f.Acknowledged = at
		}
	}
	if !i.open() {
		if f.Resolved = stamp(i.Resolved); f.Resolved.IsZero() {
			f.Resolved = stamp(i.Changed)
		}
	}
	return f
}

// lookBack is how long before a window an incident may have been opened to be
// found among those that are resolved. Open ones are found whenever they were.
const lookBack = 30 * 24 * time.Hour

// maxRange bounds what is asked for at once: "the maximum range is 6 months"
// (listIncidents).
const maxRange = 180 * 24 * time.Hour

// listIncidents lists open incidents, or those of a window: first the ones that
// were opened since not long before, then older ones that are still open.
func (in *instance) listIncidents(ctx context.Context, p incidentParams, q fact.Query, cursor string) (page connectors.Page, l connectors.Listed, err error) {
	from, err := parsePlace(cursor)
	if err == nil {
		err = p.fault(q)
	}
	if err != nil {
		return page, l, err
	}
	asked := fmt.Sprintf("incidents %+v %s %s", p, q.Window, cursor)
	all, err := in.resolve(ctx, p.scopeParams, asked)
	if err != nil {
		return page, l, err
	}
	l = connectors.Listed{Source: source, Link: all.link(), Complete: all.complete}
	r := all.of(upstream.Get("/incidents")).With("sort_by", "created_at:asc")
	if p.Urgency != "" {
		r = r.With("urgencies[]", p.Urgency)
	}
	if p.Status == "open" {
		return in.incidentPage(ctx, open(r), from, asked, l, func(i incident) bool { return i.open() })
	}
	since, until, err := in.window(p, q)
	if err != nil {
		return page, l, err
	}
	opened := since.Add(-lookBack)
	defer func() { l.Complete = l.Complete && !until.After(l.ObservedAt) }() // what is still to come is not known
	if from.Phase == 1 {
		// One that does not say when it was opened is listed, at worst twice.
		older := func(i incident) bool { return i.open() && stamp(i.Created).Before(opened) }
		return in.incidentPage(ctx, open(r), from, asked, l, older)
	}
	within := func(i incident) bool {
		f := i.fact()
		return (f.Opened.IsZero() || f.Opened.Before(until)) && (f.Resolved.IsZero() || !f.Resolved.Before(since))
	}
	page, l, err = in.incidentPage(ctx, r.With("since", rfc(opened)).With("until", rfc(until)), from, asked, l, within)
	if err == nil && page.Cursor == "" {
		page.Cursor = place{Phase: 1}.String()
	}
	return page, l, err
}

// open asks for what is not resolved, whenever it was opened.
func open(r upstream.Request) upstream.Request {
	return r.With("date_range", "all").With("statuses[]", "triggered").With("statuses[]", "acknowledged")
}

// incidentPage is one page of incidents, of those that are kept. Questions about
// the same services share it: what is open is a part of what was in a window.
func (in *instance) incidentPage(ctx context.Context, r upstream.Request, from place, asked string, l connectors.Listed, keep func(incident) bool) (page connectors.Page, _ connectors.Listed, err error) {
	phase := from.Phase
	from.Phase = 0
	got, err := joint.Ask(ctx, in.answers, r.Key()+from.String(), asked, func(ctx context.Context) (read[incident], error) {
		return readPage[incidentPage](ctx, in, r, from)
	})
	if err != nil {
		return page, l, err
	}
	for _, one := range got.items {
		if keep(one) {
			page.Incidents = append(page.Incidents, one.fact())
		}
	}
	l.Complete, l.ObservedAt = l.Complete && got.complete, got.at
	if got.more {
		got.next.Phase = phase
		page.Cursor = got.next.String()
	}
	return page, l, nil
}

// window is what is asked about: from since until until, or back from now.
func (in *instance) window(p incidentParams, q fact.Query) (since, until time.Time, err error) {
	if q.Window > 0 {
		until, _ = in.client.SystemNow() // the services were just asked for
		since = until.Add(-q.Window.Std())
	} else if since, until, err = p.moments(); err != nil {
		return since, until, err
	}
	return since, until, within(since, until, maxRange-lookBack, "5 months")
}

func (p incidentParams) fault(q fact.Query) error {
	given := p.Since != "" || p.Until != ""
	switch {
	case p.Urgency != "" && p.Urgency != "high" && p.Urgency != "low":
		return upstream.Invalid("urgency", "urgency %.40q is neither high nor low", p.Urgency)
	case p.Status != "open" && p.Status != "any":
		return upstream.Invalid("status", "status %.40q is neither open nor any", p.Status)
	case p.Status == "open" && (given || q.Window != 0):
		return upstream.Invalid("since", "open incidents are those of all times")
	case q.Window < 0 || q.Window > 0 && given:
		return upstream.Invalid("window", "the window is both from %q until %q and %s", p.Since, p.Until, q.Window)
	}
	return nil
}
