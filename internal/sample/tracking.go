package sample

import (
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// tracking answers what the plan is refreshed from with what the plan says.
func (a *answers) tracking() {
	t := a.plan.Tracking
	for _, q := range t.Scope {
		a.list(q, func(r *fact.Result) {
			for _, s := range a.plan.Scope {
				r.WorkItems = append(r.WorkItems, fact.WorkItem{ID: s.ID, Title: s.Title, Status: s.Status, Category: categories[s.Status], Link: s.Link})
			}
		})
	}
	for _, q := range t.Dependencies {
		a.list(q, func(r *fact.Result) {
			for _, d := range a.plan.Dependencies.Items {
				if d.Tracker != "" {
					r.WorkItems = append(r.WorkItems, fact.WorkItem{ID: d.Tracker, Title: d.Title, Status: d.Status.String(), Category: readiness[d.Status], Link: d.Link})
				}
			}
		})
	}
	for _, q := range t.OnCall {
		a.list(q, func(r *fact.Result) {
			for _, role := range a.plan.Directory.Roles {
				if !role.OnCall.IsZero() {
					r.Duties = append(r.Duties, fact.Duty{Policy: role.OnCall.Policy, Level: role.OnCall.Level,
						Account: a.account(role.ID), From: a.now.Add(-4 * day), Until: a.now.Add(3 * day)})
				}
			}
		})
	}
}

// categories are those of the tracker's statuses.
var categories = map[string]fact.Category{"To Do": fact.ToDo, "In Progress": fact.InProgress, "In Review": fact.InProgress, "Done": fact.Done}

var readiness = map[release.Readiness]fact.Category{release.NotStarted: fact.ToDo, release.InProgress: fact.InProgress,
	release.Blocked: fact.InProgress, release.Ready: fact.Done}
