package main

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
)

// The roles that gates name whatever the timeline says.
const (
	leadRole   = "release-team-lead"
	signalRole = "release-signal"
	olderRole  = "ci-signal" // its name in earlier releases
)

// masterBranch is where changes go in again after Thaw; the freezes that Thaw
// ends hold there and nowhere else.
const masterBranch = "master"

// buildPlan makes the plan that the files describe. What they do not say stays
// empty for the rules to report and for the register to ask.
func buildPlan(f *folder) release.Plan {
	s := &f.schedule
	o := release.Overview{Name: f.readme.name, Version: f.version(), Links: f.readme.links, CodeFreeze: s.code.moment()}
	if at := s.release.moment(); !at.IsZero() {
		o.Window = release.Window{Start: at, End: s.release.end()}
	}
	timeline := release.Timeline{Milestones: f.milestones()}
	if !o.Window.IsZero() {
		timeline.Windows = []release.Deployment{{ID: publication + "-window", Environment: publication, Window: o.Window, Owner: f.owner(s.release)}}
	}
	if f.hasRole(leadRole) {
		o.Manager, o.Deputy = leadRole, leadRole+shadowSuffix
	}
	plan := release.Plan{}.WithOverview(o).WithPeople(f.team.people...).WithRoles(f.team.roles...).WithRoles(f.jointRoles()...).
		WithTimeline(timeline).WithTooling(release.Tooling{Artifacts: f.readme.tracking, Dashboards: f.readme.signals()})
	for _, freeze := range s.freezes {
		if freeze.until == nil {
			continue
		}
		plan = plan.WithFreezes(release.Freeze{
			ID: slug(freeze.name), Reason: freeze.from.what + ", until " + freeze.until.what,
			Window:       release.Window{Start: freeze.from.moment(), End: freeze.until.moment()},
			Environments: freeze.environments(),
		})
	}
	return plan
}

// environments says where a freeze holds: those that Thaw ends keep changes
// out of the master branch. Of others nobody says where, and that is everywhere.
func (f freezeRows) environments() []string {
	if f.name == codeFreeze || f.name == testFreeze {
		return []string{masterBranch}
	}
	return nil
}

func (f *folder) hasRole(id string) bool {
	return slices.ContainsFunc(f.team.roles, func(r release.Role) bool { return r.ID == id })
}

// signal returns the role that watches the tests.
func (f *folder) signal() string {
	if !f.hasRole(signalRole) && f.hasRole(olderRole) {
		return olderRole
	}
	return signalRole
}

// version returns the version that a row says is released, else the one in the
// title. Both are as the file has them.
func (f *folder) version() string {
	title := f.readme.title
	if f.schedule.release == nil {
		return title
	}
	version := f.schedule.release.version()
	if title != "" && version != title && !strings.HasPrefix(version, title+".") {
		f.readme.add(contradicts, f.schedule.release.line, "releases %s, and the title says %s", version, title)
	}
	return version
}

// signers returns the roles that the Who of a row names, and the Release Team
// Lead if it names nobody.
func (f *folder) signers(r *row) []string {
	if r == nil || nobody(r.who) {
		return []string{leadRole}
	}
	return f.rolesOf(r.who)
}

// rolesOf returns the roles that a text names, each once: "Docs Lead" is the role
// docs. One that the team does not have is named all the same, so that a rule
// reports it.
func (f *folder) rolesOf(who string) []string {
	var ids []string
	for _, name := range namesApart.Split(who, -1) {
		if id := f.role(name); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (f *folder) role(who string) string {
	id := slug(who)
	if id == "lead" {
		return leadRole
	}
	if f.hasRole(id) {
		return id
	}
	short := strings.TrimSuffix(id, "-lead")
	if f.hasRole(short) {
		return short
	}
	for _, r := range f.team.roles {
		if stem := strings.TrimSuffix(short, "s"); len(stem) >= 3 && strings.HasPrefix(r.ID, stem) && !strings.HasSuffix(r.ID, shadowSuffix) {
			return r.ID // Comms is Communications
		}
	}
	return short
}
