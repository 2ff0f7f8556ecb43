package pagerdutyconnector

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// plannedParams are those of pagerduty.Maintenance and pagerduty.Changes.
type plannedParams struct {
	scopeParams
	windowParams
}

// maintenance is one maintenance window (MaintenanceWindow).
type maintenance struct {
	ID       string      `json:"id"`
	Start    string      `json:"start_time"`
	End      string      `json:"end_time"`
	Link     string      `json:"html_url"`
	Services []reference `json:"services"`
}

func (m maintenance) identity() string { return m.ID }

type maintenancePage struct {
	paging

	Windows []maintenance `json:"maintenance_windows"`
}

func (p maintenancePage) page() ([]maintenance, paging) { return p.Windows, p.paging }

// planned is the maintenance of services in a window.
type planned struct {
	states   []fact.State // one for each service in each
	services int          // that are in any
	resolved resolved
	complete bool
	at       time.Time
}

func (in *instance) planned(ctx context.Context, p plannedParams, asked string) (planned, error) {
	since, until, err := p.moments()
	if err != nil {
		return planned{}, err
	}
	all, err := in.resolve(ctx, p.scopeParams, asked)
	if err != nil {
		return planned{}, err
	}
	filter := "all"
	if now, known := in.client.SystemNow(); known && since.After(now) {
		filter = "open" // under way or to come: none that is over
	}
	got, err := joint.Ask(ctx, in.answers, fmt.Sprintf("maintenance %s %q", filter, all.ids()), asked, func(ctx context.Context) (read[maintenance], error) {
		return readAll[maintenancePage](ctx, in, all.of(upstream.Get("/maintenance_windows")).With("filter", filter))
	})
	if err != nil {
		return planned{}, err
	}
	found := planned{resolved: all, complete: all.complete && got.complete, at: got.at}
	touched := map[string]bool{}
	for _, m := range got.items {
		start, end := stamp(m.Start), stamp(m.End)
		if start.IsZero() || end.IsZero() {
			return found, upstream.BadAnswer(got.answer, "GET /maintenance_windows: answer has one without a beginning and an end")
		}
		if !start.Before(until) || !end.After(since) {
			continue
		}
		for _, one := range m.Services {
			if s, ok := all.byID(one.ID); ok {
				touched[s.ID] = true
				found.states = append(found.states, fact.State{ID: m.ID, Title: s.Name, Group: s.ID, Status: fact.Muted, Since: start, Link: linkTo(m.Link)})
			}
		}
	}
	found.services = len(touched)
	slices.SortStableFunc(found.states, func(a, b fact.State) int { return strings.Compare(a.Title+a.ID, b.Title+b.ID) })
	return found, nil
}

// listMaintenance lists the services that are in maintenance, and when.
func (in *instance) listMaintenance(ctx context.Context, p plannedParams, cursor string) (page connectors.Page, l connectors.Listed, err error) {
	if cursor != "" {
		return page, l, upstream.Invalid("cursor", "cursor %.40q is none of this query", cursor)
	}
	found, err := in.planned(ctx, p, fmt.Sprintf("maintenance list %+v", p))
	if err != nil {
		return page, l, err
	}
	page.States = found.states
	return page, connectors.Listed{Complete: found.complete, ObservedAt: found.at, Source: source, Link: found.resolved.link()}, nil
}

// countMaintenance answers how many of the services are in maintenance.
func (in *instance) countMaintenance(ctx context.Context, p plannedParams, q fact.Query) (fact.Result, error) {
	if q.Yields.Unit != value.Count {
		return fact.Result{}, upstream.Invalid("yields", "services are counted in {count}, not in %q", q.Yields.Unit)
	}
	found, err := in.planned(ctx, p, q.String())
	if err != nil {
		return fact.Result{}, err
	}
	return counted(q, found.services, found.at, found.complete, found.resolved.link()), nil
}
