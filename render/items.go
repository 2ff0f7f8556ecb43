package render

import (
	"strconv"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// Titles of sections, as pages have them.
const (
	decisionTitle     = "Decision"
	overviewTitle     = "Release Overview"
	dependenciesTitle = "Dependency Matrix"
	timelineTitle     = "Milestone Timeline"
	catalogTitle      = "Risk Gate Catalog"
	checklistsTitle   = "Checklist Suite"
	notesTitle        = "Release Notes Packet"
	commsTitle        = "Communication Plan"
	complianceTitle   = "Compliance Evidence Log"
	registerTitle     = "Open Issues Register"
	peopleTitle       = "People and roles"
)

// item is one thing of a packet that pages have to have.
type item struct {
	path    check.Path
	section string // where it stands
	id      string // by which it stands there
	title   string // what stands beside the id in a full table; empty: nothing is demanded
	table   string // the header of the column of ids in its full table; empty: it has none
	below   string // the heading of level three above that table; empty: none
	must    bool   // it never leaves the body
}

// items lists what a packet has, in its order.
func items(p *packet.Packet) []item {
	var all []item
	add := func(i item) { all = append(all, i) }
	for i, g := range p.Catalog.Gates {
		add(item{path: at("catalog.gates", i), section: decisionTitle, id: g.ID(), table: "Gate", must: true})
		for j, c := range g.Criteria {
			add(item{path: at("catalog.gates", i).Field("criteria").Index(j), section: catalogTitle, id: c.ID})
		}
	}
	planItems(&p.Plan, add)
	for i, m := range p.Comms.Messages {
		add(item{path: at("comms.messages", i), section: commsTitle, id: m.ID, table: "ID"})
	}
	for i, t := range p.Comms.Templates {
		add(item{path: at("comms.templates", i), section: commsTitle, id: t.ID, title: t.Subject, table: "ID", below: "Templates"})
	}
	for i, a := range p.Compliance.Approvals {
		add(item{path: at("compliance.approvals", i), section: complianceTitle, id: a.ID, title: a.Title, table: "ID", must: true})
	}
	for i, n := range p.Notes.Customers.KnownIssues {
		add(item{path: at("notes.customers.knownIssues", i), section: notesTitle, id: n.ID})
	}
	return all
}

// planItems lists what the plan has.
func planItems(plan *release.Plan, add func(item)) {
	for i, c := range plan.Overview.Components {
		add(item{path: at("plan.overview.components", i), section: overviewTitle, id: c.Name, must: true})
	}
	for i, f := range plan.Overview.Flags {
		add(item{path: at("plan.overview.flags", i), section: overviewTitle, id: f.Name, must: true})
	}
	for i, m := range plan.Overview.Impact {
		add(item{path: at("plan.overview.impact", i), section: overviewTitle, id: m.Metric, must: true})
	}
	for i, s := range plan.Scope {
		add(item{path: at("plan.scope", i), section: overviewTitle, id: s.ID, must: s.Class != release.Deferrable})
	}
	for i, d := range plan.Dependencies.Items {
		add(item{path: at("plan.dependencies.items", i), section: dependenciesTitle, id: d.ID, title: d.Title, table: "ID",
			must: d.Status != release.Ready})
	}
	for i, r := range plan.Risks {
		add(item{path: at("plan.risks", i), section: dependenciesTitle, id: r.ID, table: "ID", below: "Risks"})
	}
	for i, m := range plan.Timeline.Milestones {
		add(item{path: at("plan.timeline.milestones", i), section: timelineTitle, id: m.ID, title: m.Title, table: "ID"})
	}
	for i, w := range plan.Timeline.Windows {
		add(item{path: at("plan.timeline.windows", i), section: timelineTitle, id: w.ID, table: "ID", below: "Deployment windows"})
	}
	for i, b := range plan.Timeline.Buffers {
		add(item{path: at("plan.timeline.buffers", i), section: timelineTitle, id: b.ID, table: "ID", below: "Contingency buffers"})
	}
	for i, f := range plan.Timeline.Freezes {
		add(item{path: at("plan.timeline.freezes", i), section: timelineTitle, id: f.ID, table: "Freeze", below: "Blackouts and freezes"})
	}
	c := &plan.Checklists
	for _, list := range []struct {
		path  check.Path
		tasks []release.Task
	}{{"plan.checklists.preRelease", c.PreRelease}, {"plan.checklists.deployment", c.Deployment},
		{"plan.checklists.postRelease", c.PostRelease}, {"plan.checklists.rollback", c.Rollback}} {
		for i, t := range list.tasks {
			add(item{path: list.path.Index(i), section: checklistsTitle, id: t.ID})
		}
	}
	for i, t := range plan.Rollback.Matrix {
		add(item{path: at("plan.rollback.matrix", i), section: checklistsTitle, id: t.ID, table: "ID", below: "Decision matrix"})
		add(item{path: at("plan.rollback.matrix", i), section: checklistsTitle, id: t.Action, must: true})
	}
	for i, x := range plan.Rollback.Commitments {
		add(item{path: at("plan.rollback.commitments", i), section: checklistsTitle, id: x.ID, title: x.Text, table: "ID",
			below: "After-action commitments"})
	}
	for i, q := range plan.Questions.Items {
		add(item{path: at("plan.questions.items", i), section: registerTitle, id: strconv.Itoa(q.Number), table: "No.", must: q.Open() && q.Blocking})
	}
	for i, r := range plan.Directory.Roles {
		name := r.Title
		if name == "" {
			name = r.ID
		}
		add(item{path: at("plan.directory.roles", i), section: peopleTitle, id: name, table: "Role"})
	}
}

func at(list check.Path, i int) check.Path { return list.Index(i) }
