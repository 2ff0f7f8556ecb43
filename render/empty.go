package render

import (
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// emptyFields are the fields of a packet that would be on the page and say
// nothing, in the order of the page.
func emptyFields(p *packet.Packet) []check.Path {
	o, t, r := &p.Plan.Overview, &p.Plan.Timeline, &p.Plan.Rollback
	var empty []check.Path
	for _, f := range []struct {
		path check.Path
		said bool
	}{
		{"catalog.gates", len(p.Catalog.Gates) > 0},
		{"decisions.gates", len(p.Decisions.Gates) > 0},
		{"plan.overview.objectives", len(o.Objectives) > 0},
		{"plan.overview.outOfScope", len(o.OutOfScope) > 0 || !o.NoBoundary.IsZero()},
		{"plan.overview.window", !o.Window.Start.IsZero()},
		{"plan.overview.codeFreeze", !o.CodeFreeze.IsZero()},
		{"plan.overview.components", len(o.Components) > 0},
		{"plan.overview.rollbackSLA", o.RollbackSLA != 0},
		{"plan.overview.flags", len(o.Flags) > 0 || !o.NoFlags.IsZero()},
		{"plan.overview.impact", len(o.Impact) > 0},
		{"plan.overview.success", len(o.Success) > 0},
		{"plan.scope", len(p.Plan.Scope) > 0},
		{"plan.dependencies", len(p.Plan.Dependencies.Items)+len(p.Plan.Dependencies.None) > 0},
		{"plan.risks", len(p.Plan.Risks) > 0},
		{"plan.timeline.milestones", len(t.Milestones) > 0},
		{"plan.timeline.windows", len(t.Windows) > 0},
		{"plan.timeline.buffers", len(t.Buffers) > 0},
		{"plan.timeline.freezes", len(t.Freezes) > 0 || !t.NoFreezes.IsZero()},
		{"plan.checklists.preRelease", len(p.Plan.Checklists.PreRelease) > 0},
		{"plan.checklists.deployment", len(p.Plan.Checklists.Deployment) > 0},
		{"plan.checklists.postRelease", len(p.Plan.Checklists.PostRelease) > 0},
		{"plan.checklists.rollback", len(p.Plan.Checklists.Rollback) > 0},
		{"plan.rollback.matrix", len(r.Matrix) > 0},
		{"plan.rollback.escalation", len(r.Escalation) > 0},
		{"plan.rollback.commitments", len(r.Commitments) > 0},
		{"notes.customers", p.Notes.Customers.Summary != ""},
		{"notes.support", p.Notes.Support.Summary != ""},
		{"notes.leadership", p.Notes.Leadership.Summary != ""},
		{"comms.messages", len(p.Comms.Messages) > 0},
		{"comms.escalation", len(p.Comms.Escalation) > 0},
		{"comms.templates", len(p.Comms.Templates) > 0},
		{"compliance.approvals", len(p.Compliance.Approvals) > 0},
		{"compliance.privacy", !p.Compliance.Privacy.IsZero()},
		{"compliance.legal", !p.Compliance.Legal.IsZero()},
		{"plan.questions", len(p.Plan.Questions.Items) > 0 || !p.Plan.Questions.None.IsZero()},
		{"plan.tooling", len(p.Plan.Tooling.Artifacts)+len(p.Plan.Tooling.Automation)+len(p.Plan.Tooling.Dashboards) > 0},
		{"plan.directory.roles", len(p.Plan.Directory.Roles) > 0},
	} {
		if !f.said {
			empty = append(empty, f.path)
		}
	}
	return empty
}
