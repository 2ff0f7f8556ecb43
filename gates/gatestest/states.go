package gatestest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
)

// health sees as many states as there have to be, and then one that is not well.
func health(s stage, h *probe.Health) ([]situation, error) {
	least := max(h.Least, 1)
	of := func(well int, others ...fact.Health) fact.Result {
		r := fact.Answer(h.Query, s.now)
		for i, status := range append(slices.Repeat([]fact.Health{fact.Healthy}, well), others...) {
			r.States = append(r.States, fact.State{ID: strconv.Itoa(i + 1), Title: "state", Status: status})
		}
		return r
	}
	all := []situation{sight("inside", fmt.Sprintf("%d ok", least+1), of(least+1)), sight("at least", fmt.Sprintf("%d ok", least), of(least))}
	if least > 1 {
		all = append(all, sight("outside", fmt.Sprintf("%d ok", least-1), of(least-1)))
	}
	for _, one := range []fact.Health{fact.Warned, fact.Alerting, fact.NoData, fact.Muted, fact.UnknownHealth} {
		all = append(all, sight("and one", one.String(), of(least, one)))
	}
	all = append(all, s.spoils(all[0].shown, []string{"states"}, of(least+1))...)
	return append(all, sight("vacuous", "0 states", of(0))), nil
}

// quiet sees one incident that ended around the time that has to be quiet.
func quiet(s stage, q *probe.Quiet) ([]situation, error) {
	of := func(watched int, incidents ...fact.Incident) []fact.Result {
		r := fact.Answer(q.Query, s.now)
		r.Incidents = incidents
		return s.people(q.Query, watched, r)
	}
	one := func(ended time.Duration) fact.Incident { // so long ago
		at := s.now.Add(-ended)
		return fact.Incident{ID: "1", Opened: at.Add(-time.Minute), Resolved: at}
	}
	ago := func(label string, d time.Duration) situation {
		return sight(label, "ended "+lasting(d), of(1, one(d))...)
	}
	d := q.For.Std()
	open, timeless := one(0), one(d)
	open.Resolved, timeless.Opened = time.Time{}, time.Time{}
	all := []situation{sight("inside", "none", of(1)...), ago("at", d), ago("outside", d-time.Second),
		sight("outside", "open", of(1, open)...), sight("no time", "ended "+lasting(d), of(1, timeless)...)}
	all = append(all, s.spoils("none", []string{"incidents"}, of(1)...)...)
	return append(all, sight("vacuous", "0 watched", of(0)...)), nil
}

// deployed sees components of which all but one run what was approved. They
// stand in for the plan's, under whose names they go.
func deployed(s stage, d *probe.Deployed) ([]situation, error) {
	plan, components := withComponents(s.plan, d.Components)
	environment := d.Environment
	if environment == "" {
		environment = s.environment
	}
	of := func(edit func(all []fact.Deployment) []fact.Deployment) fact.Result {
		r := fact.Answer(d.Query, s.now)
		for i, c := range components {
			r.Deployments = append(r.Deployments, fact.Deployment{ID: strconv.Itoa(i + 1), Component: c.Name, Environment: environment,
				Artifact: c.Artifact, Status: d.Succeeded[0], Finished: s.now.Add(-time.Hour)})
		}
		r.Deployments = edit(r.Deployments)
		return r
	}
	same := func(all []fact.Deployment) []fact.Deployment { return all }
	first := func(edit func(*fact.Deployment)) fact.Result {
		return of(func(all []fact.Deployment) []fact.Deployment {
			edit(&all[0])
			return all
		})
	}
	later := func(status string) fact.Result { // another build, after the approved one
		return of(func(all []fact.Deployment) []fact.Deployment {
			next := all[0]
			next.ID, next.Status, next.Artifact, next.Finished = "later", status, digest("another"), s.now
			return append(all, next)
		})
	}
	all := []situation{sight("inside", "equal digests", of(same)),
		sight("outside", "another digest", first(func(d *fact.Deployment) { d.Artifact = digest("another") })),
		sight("outside", "another later", later(d.Succeeded[0])),
		sight("no digest", "-", first(func(d *fact.Deployment) { d.Artifact = "" })),
		sight("not deployed", "-", of(func(all []fact.Deployment) []fact.Deployment { return all[1:] })),
		sight("elsewhere", "not "+environment, first(func(d *fact.Deployment) { d.Environment += "-another" })),
		sight("no time", "-", first(func(d *fact.Deployment) { d.Finished = time.Time{} })),
		sight("not classified", "another status", later(strings.Join(slices.Concat(d.Succeeded, d.Failed), "-")+"-or-another"))}
	for _, status := range d.Failed {
		all = append(all, sight("inside", status+" later", later(status)))
	}
	all = append(all, s.spoils(all[0].shown, []string{"deployments"}, of(same))...)
	empty := plan.Clone()
	empty.Overview.Components = nil
	all = append(all, sight("vacuous", "no components", of(same)).under(empty))
	for i := range all {
		if all[i].plan == nil {
			all[i].plan = &plan
		}
	}
	return all, nil
}
