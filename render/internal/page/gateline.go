package page

import (
	"strings"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/render/internal/criteria"
)

// gateLine writes a gate in one bullet: its verdict, what it demands, what of
// that is not met, who signs, where its evidence is and, down to level 1, with
// which tools.
func (d *Doc) gateLine(name string, g *gates.Gate, decision *gates.Decision) {
	d.Bullet(0)
	d.Lit(name)
	d.Lit(" ")
	d.verdict(decision.Verdict)
	d.Lit(": ")
	if decision == &undecided {
		d.Lit("not decided; ")
	}
	if len(g.Criteria) == 0 {
		d.Lit("criteria not given")
	}
	criteria.Row(&d.Pen, g.Criteria, decision)
	d.signatures(g, decision)
	if d.Level < 2 {
		for i := range decision.Refused {
			d.Lit("; not counted: ")
			d.Text(decision.Refused[i].Approval)
		}
	}
	switch {
	case g.Evidence.IsZero():
		d.Lit("; evidence not given")
	case d.Level > 2 && d.sameEvidence(g), d.Level > 3 && d.inRepository(g):
	default:
		d.Lit("; ")
		d.Linked("evidence", g.Evidence)
	}
	if d.Level < 2 {
		d.tools(g)
	}
	d.End()
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

// inRepository reports whether the evidence is below the repository of the
// evidence log, which the body names.
func (d *Doc) inRepository(g *gates.Gate) bool {
	repository := strings.TrimSuffix(string(d.packet.Compliance.Repository), "/")
	return repository != "" && strings.HasPrefix(string(g.Evidence), repository+"/")
}

// tools writes with what a gate is measured.
func (d *Doc) tools(g *gates.Gate) {
	if len(g.Tooling) > 0 {
		d.Lit("; ")
		d.List(g.Tooling, ", ")
	}
	for _, l := range g.Dashboards {
		d.Lit("; ")
		d.Linked("dashboard", l)
	}
}

// signatures writes who signs and how many of them have.
func (d *Doc) signatures(g *gates.Gate, decision *gates.Decision) {
	needed := d.packet.Catalog.SignOffs(*g)
	switch {
	case g.NoSignOffs != "" && d.Level < 2:
		d.Lit("; no sign-off, ")
		d.Text(g.NoSignOffs)
	case g.NoSignOffs != "" && d.Level < 4:
		d.Lit("; no sign-off")
	case g.NoSignOffs != "":
	case len(needed) == 0:
		d.Lit("; sign-off not given")
	}
	for i := range needed {
		if i == 0 {
			d.Lit("; sign-off ")
		} else {
			d.Lit("; ")
		}
		s := &needed[i]
		if d.Level > 2 && d.logged(g, s) {
			d.Role(s.Role)
		} else {
			d.Parties(s.Role, s.Delegate)
		}
		d.Lit(" ")
		signed, need := 0, max(s.Quorum, 1)
		if state := signature(decision.SignOffs, i, s); state != nil {
			signed, need = len(state.By), state.Need
		}
		d.Number(signed)
		d.Lit("/")
		d.Number(need)
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
