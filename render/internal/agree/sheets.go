package agree

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

// sheet is what the packet says in the tables of one kind. Columns that are
// composed of several values are left to the tests of their words.
type sheet struct {
	place  reading.Place
	header []string // of the table that has everything
	keys   []string // columns that only tables of this kind have
	rows   []map[string]string
	open   bool // others' rows may follow
}

func newSheet(section, sub string, header ...string) sheet {
	return sheet{place: reading.Place{Section: section, Sub: sub}, header: header, keys: header[:min(2, len(header))]}
}

// name is the headings that the tables stand below.
func (s *sheet) name() string { return strings.TrimSpace(s.place.Section + " " + s.place.Sub) }

// row adds a row: names of columns, each before its cell.
func (s *sheet) row(cells ...string) {
	row := make(map[string]string, len(cells)/2)
	for i := 0; i+1 < len(cells); i += 2 {
		row[cells[i]] = mdtext.Visible(cells[i+1])
	}
	s.rows = append(s.rows, row)
}

// sheets are the tables of the packet.
func sheets(p *packet.Packet) []sheet {
	n := newNames(&p.Plan.Directory)
	return append(planSheets(&p.Plan, n), gateSheet(p), messages(p, n), templates(p), approvals(p, n))
}

func planSheets(plan *release.Plan, n names) []sheet {
	dependencies := newSheet("Dependency Matrix", "", "ID", "Dependency", "Kind", "Owner", "Due", "Status", "Risk", "Details")
	for _, d := range plan.Dependencies.Items {
		dependencies.row("ID", d.ID, "Dependency", d.Title, "Kind", d.Kind.String(), "Owner", n.party(d.Owner))
	}
	risks := newSheet("Dependency Matrix", "Risks", "ID", "Risk", "Probability/impact", "Mitigation", "Contingency", "Mitigation owner")
	for _, r := range plan.Risks {
		risks.row("ID", r.ID, "Mitigation", r.Mitigation, "Contingency", r.Contingency, "Mitigation owner", n.party(r.Owner))
	}
	milestones := newSheet("Milestone Timeline", "", "ID", "Milestone", "When", "Responsible", "Done when", "Completed")
	for _, m := range plan.Timeline.Milestones {
		owner := n.party(m.Owner)
		if m.Owner == "" && m.Kind == release.Information {
			owner = "none, information"
		}
		milestones.row("ID", m.ID, "Milestone", m.Title, "Responsible", owner, "Done when", m.Done)
	}
	windows := newSheet("Milestone Timeline", "Deployment windows", "ID", "Environment", "Window", "Responsible")
	for _, w := range plan.Timeline.Windows {
		windows.row("ID", w.ID, "Responsible", n.party(w.Owner))
	}
	buffers := newSheet("Milestone Timeline", "Contingency buffers", "ID", "Buffer", "Purpose")
	for _, b := range plan.Timeline.Buffers {
		buffers.row("ID", b.ID, "Purpose", b.Purpose)
	}
	freezes := newSheet("Milestone Timeline", "Blackouts and freezes", "Freeze", "Window", "Environments", "Reason")
	for _, f := range plan.Timeline.Freezes {
		freezes.row("Freeze", f.ID, "Reason", f.Reason)
	}
	matrix := newSheet("Checklist Suite", "Decision matrix", "ID", "Trigger", "Action", "Decision owner / delegate", "Within")
	for _, t := range plan.Rollback.Matrix {
		matrix.row("ID", t.ID, "Action", t.Action, "Decision owner / delegate", n.parties(t.Owner, t.Delegate))
	}
	commitments := newSheet("Checklist Suite", "After-action commitments", "ID", "Commitment", "Owner", "Within")
	for _, c := range plan.Rollback.Commitments {
		commitments.row("ID", c.ID, "Commitment", c.Text, "Owner", n.party(c.Owner))
	}
	questions := newSheet("Open Issues Register", "", "No.", "Issue", "Owner", "Due", "Addressee", "Follow-up", "State")
	for _, q := range plan.Questions.Items {
		questions.row("No.", strconv.Itoa(q.Number), "Owner", n.party(q.Owner), "Addressee", q.Addressee.String(), "Follow-up", q.Prompt)
	}
	people := newSheet("People and roles", "", "Role", "Holders", "Delegations")
	for _, r := range plan.Directory.Roles {
		holders := make([]string, len(r.Holders))
		for i, id := range r.Holders {
			holders[i] = mdtext.Visible(n.called(n.persons, id))
		}
		people.row("Role", cmp.Or(r.Title, r.ID), "Holders", strings.Join(holders, ", "))
	}
	return []sheet{dependencies, risks, milestones, windows, buffers, freezes, matrix, commitments, questions, people}
}

// gateSheet is the decision on each gate; decisions of no gate may follow.
func gateSheet(p *packet.Packet) sheet {
	s := newSheet("Decision", "", "Gate", "Verdict", "Valid until", "Blocked by")
	s.open = true
	verdicts := map[string]string{}
	for _, d := range p.Decisions.Gates {
		if _, twice := verdicts[d.Gate]; !twice {
			verdicts[d.Gate] = map[gates.Verdict]string{gates.Go: "Go", gates.NoGo: "No-go"}[d.Verdict]
		}
	}
	for _, g := range p.Catalog.Gates {
		verdict := verdicts[g.ID()]
		if verdict == "" {
			verdict = "Hold"
		}
		s.row("Gate", g.ID(), "Verdict", verdict)
	}
	return s
}

func messages(p *packet.Packet, n names) sheet {
	s := newSheet("Communication Plan", "", "ID", "Phase", "Channel", "Audience", "Sender / delegate", "Trigger", "Goal", "Topics", "Acknowledge")
	for _, m := range p.Comms.Messages {
		id := mdtext.Visible(m.ID)
		if m.Title != "" {
			id += ": " + mdtext.Visible(m.Title)
		}
		s.row("ID", id, "Phase", m.Phase.String(), "Sender / delegate", n.parties(m.Sender, m.Delegate), "Sender", n.role(m.Sender))
	}
	return s
}

func templates(p *packet.Packet) sheet {
	s := newSheet("Communication Plan", "Templates", "ID", "Subject", "Body", "Placeholders")
	for _, t := range p.Comms.Templates {
		s.row("ID", t.ID, "Subject", t.Subject, "Body", t.Body)
	}
	return s
}

func approvals(p *packet.Packet, n names) sheet {
	s := newSheet("Compliance Evidence Log", "", "ID", "Approval", "Gate", "Controls", "Responsible / delegate", "Status", "Evidence", "Retention")
	for _, a := range p.Compliance.Approvals {
		s.row("ID", a.ID, "Approval", a.Title, "Responsible / delegate", n.parties(a.Responsible, a.Delegate))
	}
	return s
}

// phase is a list of tasks, below its heading.
type phase struct {
	title string
	tasks []release.Task
}

func phasesOf(c *release.Checklists) []phase {
	return []phase{{"Pre-release readiness", c.PreRelease}, {"Deployment execution", c.Deployment},
		{"Post-release monitoring", c.PostRelease}, {"Rollback and incident response", c.Rollback}}
}

// names are how the directory calls people and roles, by id. Those that it calls
// nothing are called by their id.
type names struct{ persons, roles map[string]string }

func newNames(d *release.Directory) names {
	n := names{map[string]string{}, map[string]string{}}
	for _, p := range d.People {
		if _, twice := n.persons[p.ID]; !twice {
			n.persons[p.ID] = p.Name
		}
	}
	for _, r := range d.Roles {
		if _, twice := n.roles[r.ID]; !twice {
			n.roles[r.ID] = r.Title
		}
	}
	return n
}

func (n names) called(all map[string]string, id string) string {
	switch name, known := all[id]; {
	case id == "":
		return ""
	case !known:
		return mdtext.Visible(id) + " (not in the directory)"
	case name == "":
		return id
	default:
		return name
	}
}

func (n names) role(id string) string { return n.called(n.roles, id) }

// party is the name of a person, or of a role where both are called so.
func (n names) party(id string) string {
	_, person := n.persons[id]
	if _, role := n.roles[id]; person && !role {
		return n.called(n.persons, id)
	}
	return n.role(id)
}

func (n names) parties(owner, delegate string) string {
	first, second := mdtext.Visible(n.role(owner)), mdtext.Visible(n.role(delegate))
	if delegate == "" {
		second = "delegate " + second
	}
	return first + " / " + second
}
