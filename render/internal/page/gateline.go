package page

import (
	"github.com/tidegate-go/tidegate/gates"
)

// gateLine writes a gate in one bullet: its verdict, what it demands, what of
// that is not met, who signs, where its evidence is and, down to level 1, with
// which tools.
func (d *Doc) gateLine(name string, g *gates.Gate, decision *gates.Decision) {
	d.bullet(0)
	d.lit(name)
	if d.level < 3 {
		d.lit(" ")
		d.verdict(decision.Verdict)
	}
	d.lit(": ")
	if decision == &undecided {
		d.lit("not decided; ")
	}
	if len(g.Criteria) == 0 {
		d.lit("criteria not given")
	}
	d.conditions(g.Criteria, decision.Outcomes, decision)
	d.signatures(g, decision)
	if d.level < 2 {
		for i := range decision.Refused {
			d.lit("; not counted: ")
			d.text(decision.Refused[i].Approval)
		}
	}
	switch {
	case g.Evidence.IsZero():
		d.lit("; evidence not given")
	case d.level > 2 && d.sameEvidence(g):
	default:
		d.lit("; ")
		d.linked("evidence", g.Evidence)
	}
	if d.level < 2 {
		d.tools(g)
	}
	d.end()
}

// sameEvidence reports whether the first gate of the environment, which is not
// this one, keeps its evidence at the same place.
func (d *Doc) sameEvidence(g *gates.Gate) bool {
	for i := range d.packet.Catalog.Gates {
		if first := &d.packet.Catalog.Gates[i]; first.Environment == g.Environment {
			return first != g && first.Kind == gates.EntryKind && first.Evidence == g.Evidence
		}
	}
	return false
}

// tools writes with what a gate is measured.
func (d *Doc) tools(g *gates.Gate) {
	if len(g.Tooling) > 0 {
		d.lit("; ")
		d.list(g.Tooling, ", ")
	}
	for _, l := range g.Dashboards {
		d.lit("; ")
		d.linked("dashboard", l)
	}
}

// conditions writes criteria in a row, each with its outcome unless it passed.
func (d *Doc) conditions(all []gates.Criterion, outcomes []gates.Assessment, decision *gates.Decision) {
	aligned := 0
	for aligned < len(all) && aligned < len(outcomes) && outcomes[aligned].Criterion == all[aligned].ID {
		aligned++
	}
	for i := range all {
		d.separateBy("; ", i)
		outcome := &gates.Assessment{}
		if i < aligned {
			outcome = &outcomes[i]
		} else if found := find(outcomes[aligned:], all[i].ID); found != nil {
			outcome = found
		}
		d.shortly(&all[i], outcome, decision)
	}
	for i := aligned; i < len(outcomes); i++ {
		if !has(all[aligned:], outcomes[i].Criterion) {
			d.lit("; ")
			d.text(outcomes[i].Criterion)
			d.lit(" (not in the catalog)")
			d.mark(&outcomes[i], decision)
		}
	}
}

// shortly writes one criterion and, if it did not pass as it stands, what it
// came to.
func (d *Doc) shortly(c *gates.Criterion, outcome *gates.Assessment, decision *gates.Decision) {
	d.text(c.ID)
	d.test(c)
	of := outcome.Of
	for _, group := range [][]gates.Criterion{members(c.All), members(c.Any), quorum(c.AtLeastOf)} {
		if len(group) > 0 {
			d.lit(" (")
			d.conditions(group, of, decision)
			d.lit(")")
			of = nil // a second group is a fault, and has no outcomes
		}
	}
	if c.Optional {
		d.lit(", recorded only")
	}
	d.mark(outcome, decision)
}

// mark writes an outcome that is no plain pass.
func (d *Doc) mark(a *gates.Assessment, decision *gates.Decision) {
	if a.Raw == gates.Pass && a.Effective == gates.Pass {
		return
	}
	d.lit(" ")
	d.outcomeOf(a)
	if a.Effective != a.Raw && waives(decision, a.Criterion) {
		d.lit(", waived")
	}
}

// signatures writes who signs and how many of them have.
func (d *Doc) signatures(g *gates.Gate, decision *gates.Decision) {
	needed := d.packet.Catalog.SignOffs(*g)
	switch {
	case g.NoSignOffs != "" && d.level < 2:
		d.lit("; no sign-off, ")
		d.text(g.NoSignOffs)
	case g.NoSignOffs != "":
		d.lit("; no sign-off")
	case len(needed) == 0:
		d.lit("; sign-off not given")
	}
	for i := range needed {
		if i == 0 {
			d.lit("; sign-off ")
		} else {
			d.lit("; ")
		}
		s := &needed[i]
		if d.level > 2 && d.logged(g, s) {
			d.role(s.Role)
		} else {
			d.parties(s.Role, s.Delegate)
		}
		d.lit(" ")
		signed, need := 0, max(s.Quorum, 1)
		if state := signature(decision.SignOffs, i, s); state != nil {
			signed, need = len(state.By), state.Need
		}
		d.number(signed)
		d.lit("/")
		d.number(need)
	}
}

// logged reports whether the evidence log names responsible and delegate of a
// sign-off, so that the catalog need not.
func (d *Doc) logged(g *gates.Gate, s *gates.SignOff) bool {
	if d.approvers == nil {
		d.approvers = map[approver]bool{}
		for i := range d.packet.Compliance.Approvals {
			a := &d.packet.Compliance.Approvals[i]
			d.approvers[approver{a.Gate, a.Responsible, a.Delegate}] = true
		}
	}
	return d.approvers[approver{g.ID(), s.Role, s.Delegate}]
}

// approver is a gate of the evidence log with the roles that answer for it.
type approver struct{ gate, role, delegate string }
