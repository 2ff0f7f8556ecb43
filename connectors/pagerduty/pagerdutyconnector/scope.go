package pagerdutyconnector

import (
	"context"
	"errors"
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

// scopeParams are those of a pagerduty.Scope.
type scopeParams struct {
	Services []string `json:"services,omitzero" jsonschema_description:"names of services, exactly"`
	Team     string   `json:"team,omitzero" jsonschema_description:"id of a team, whose services are meant"`
}

// service is what of a service is read (Service).
type service struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Status string `json:"status"`
	Link   string `json:"html_url"`
}

func (s service) identity() string { return s.ID }

// watched reports whether the service opens incidents. A state that is not known
// is not taken for one in which it does.
func (s service) watched() bool {
	return s.Status == "active" || s.Status == "warning" || s.Status == "critical"
}

// health is what the state of the service says.
func (s service) health() fact.Health {
	switch s.Status {
	case "active":
		return fact.Healthy
	case "warning":
		return fact.Warned
	case "critical":
		return fact.Alerting
	case "maintenance", "disabled":
		return fact.Muted
	}
	return fact.UnknownHealth
}

type servicePage struct {
	paging

	Services []service `json:"services"`
}

func (p servicePage) page() ([]service, paging) { return p.Services, p.paging }

// resolved are the services of a scope.
type resolved struct {
	services []service
	complete bool
	at       time.Time
}

// maxServices bounds a scope, whose ids travel in the address of a request.
const maxServices = 100

// resolve finds the services of a scope, at least one. Team and names together
// are the services of the team with those names.
func (in *instance) resolve(ctx context.Context, p scopeParams, asked string) (resolved, error) {
	switch {
	case len(p.Services) == 0 && p.Team == "":
		return resolved{}, upstream.Invalid("services", "neither services nor a team are named: it would be every service of the account")
	case len(p.Services) > maxServices:
		return resolved{}, upstream.Invalid("services", "%d services are named, want at most %d", len(p.Services), maxServices)
	case p.Team != "":
		return in.ofTeam(ctx, p, asked)
	}
	all := resolved{complete: true}
	for i, name := range p.Services {
		if strings.TrimSpace(name) == "" {
			return all, upstream.Invalid(fmt.Sprintf("services[%d]", i), "the name is empty")
		}
		found, err := in.find(ctx, upstream.Get("/services").With("query", name), "services "+name, asked)
		if err != nil {
			return all, err
		}
		if err := all.pick(found, name, i); err != nil {
			return all, err
		}
	}
	return all, nil
}

// ofTeam finds the services of a team.
func (in *instance) ofTeam(ctx context.Context, p scopeParams, asked string) (resolved, error) {
	found, err := in.find(ctx, upstream.Get("/services").With("team_ids[]", p.Team), "team "+p.Team, asked)
	if err != nil {
		return resolved{}, err
	}
	all := resolved{services: found.items, complete: found.complete, at: found.at}
	if len(p.Services) > 0 {
		all.services = nil
		for i, name := range p.Services {
			if err := all.pick(found, name, i); err != nil {
				return all, err
			}
		}
	}
	switch n := len(all.services); {
	case n == 0:
		return all, missing("team", "team %.80q has no service: there is none of this id, or it is hidden, or has none", p.Team)
	case n > maxServices:
		return all, &connectors.Diagnostic{Code: connectors.CodeTooLarge, Origin: connectors.FromUpstream, Path: "team",
			Summary: fmt.Sprintf("team %.80q has %d services, more than %d: name those that the release touches", p.Team, n, maxServices)}
	}
	return all, nil
}

// find reads a list of services, once for all questions of a moment.
func (in *instance) find(ctx context.Context, r upstream.Request, request, asked string) (read[service], error) {
	return joint.Ask(ctx, in.answers, request, asked, func(ctx context.Context) (read[service], error) {
		return readAll[servicePage](ctx, in, r.With("sort_by", "name"))
	})
}

// pick takes the service with exactly that name.
func (all *resolved) pick(found read[service], name string, i int) error {
	at := slices.IndexFunc(found.items, func(s service) bool { return s.Name == name })
	path := fmt.Sprintf("services[%d]", i)
	if at < 0 {
		return missing(path, "no service is called %.80q", name)
	}
	if all.at.IsZero() || found.at.Before(all.at) {
		all.at = found.at
	}
	if !slices.Contains(all.services, found.items[at]) {
		all.services = append(all.services, found.items[at])
	}
	return nil
}

func missing(path, format string, args ...any) error {
	d := upstream.Invalid(path, format, args...)
	d.Code, d.Origin = connectors.CodeNotFound, connectors.FromUpstream
	return d
}

// ids are the ids of the services, in order.
func (r resolved) ids() []string {
	all := make([]string, len(r.services))
	for i, s := range r.services {
		all[i] = s.ID
	}
	slices.Sort(all)
	return all
}

// byID returns the service with the id.
func (r resolved) byID(id string) (service, bool) {
	i := slices.IndexFunc(r.services, func(s service) bool { return s.ID == id })
	if i < 0 {
		return service{}, false
	}
	return r.services[i], true
}

// of asks only about the services.
func (r resolved) of(request upstream.Request) upstream.Request {
	for _, id := range r.ids() {
		request = request.With("service_ids[]", id)
	}
	return request
}

// serviceParams are those of pagerduty.Watched, Unwatched and Services.
type serviceParams struct {
	scopeParams

	Of string `json:"of" jsonschema_description:"watched, unwatched or all"`
}

// countServices answers how many services are watched, or not.
func (in *instance) countServices(ctx context.Context, p serviceParams, q fact.Query) (fact.Result, error) {
	if q.Yields.Unit != value.Count {
		return fact.Result{}, upstream.Invalid("yields", "services are counted in {count}, not in %q", q.Yields.Unit)
	}
	if !slices.Contains([]string{"watched", "unwatched", "all"}, p.Of) {
		return fact.Result{}, upstream.Invalid("of", "of %.40q is not known, want watched, unwatched or all", p.Of)
	}
	all, err := in.resolve(ctx, p.scopeParams, q.String())
	if err != nil {
		return fact.Result{}, err
	}
	n := 0
	for _, s := range all.services {
		if p.Of == "all" || s.watched() == (p.Of == "watched") {
			n++
		}
	}
	return counted(q, n, all.at, all.complete, all.link()), nil
}

// counted is the answer of a count.
func counted(q fact.Query, n int, at time.Time, complete bool, link value.Link) fact.Result {
	r := fact.AnswerNumber(q, at, float64(n))
	r.Complete, r.Source, r.Link = complete, source, link
	return r
}

// link is where a person sees the first of the services, and from there the rest.
func (r resolved) link() value.Link {
	if len(r.services) == 0 {
		return ""
	}
	return linkTo(r.services[0].Link)
}

// linkTo is a link that people can follow, or none.
func linkTo(text string) value.Link {
	if l := value.Link(text); l.Fault() == nil {
		return l
	}
	return ""
}

// listServices lists the states of the services.
func (in *instance) listServices(ctx context.Context, p serviceParams, cursor string) (page connectors.Page, l connectors.Listed, err error) {
	if p.Of != "all" || cursor != "" {
		return page, l, errors.Join(upstream.Invalid("of", "of %.40q has no states, or cursor %.40q is none of it", p.Of, cursor))
	}
	all, err := in.resolve(ctx, p.scopeParams, fmt.Sprintf("services %+v", p))
	if err != nil {
		return page, l, err
	}
	for _, s := range all.services {
		page.States = append(page.States, fact.State{ID: s.ID, Title: s.Name, Status: s.health(), Link: linkTo(s.Link)})
	}
	return page, connectors.Listed{Complete: all.complete, ObservedAt: all.at, Source: source, Link: all.link()}, nil
}
