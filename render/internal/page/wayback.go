package page

import (
	"slices"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// wayBack writes decision matrix, escalation and commitments, where given. On a
// short page the latter two are a line each.
func (d *Doc) wayBack() {
	r := &d.packet.Plan.Rollback
	d.matrix(r.Matrix)
	if d.Level > 0 {
		if len(r.Matrix) == 0 && len(r.Escalation)+len(r.Commitments) > 0 {
			d.Subsection("Escalation and commitments")
		}
		d.Gap()
		d.escalationLine(r.Escalation)
		if d.Level < 2 {
			d.commitmentLine(r.Commitments)
		}
		return
	}
	if len(r.Escalation) > 0 {
		d.Subsection("Escalation path")
		d.Table("After", "Role / delegate")
	}
	for i := range r.Escalation {
		e := &r.Escalation[i]
		d.Cell()
		d.after(e.After)
		d.Cell()
		d.Parties(e.Role, e.Delegate)
		d.Row()
	}
	if len(r.Commitments) > 0 {
		d.Subsection("After-action commitments")
		d.Table("ID", "Commitment", "Owner", "Within")
	}
	for i := range r.Commitments {
		c := &r.Commitments[i]
		d.Cell()
		d.Text(c.ID)
		d.Cell()
		d.Text(c.Text)
		d.Cell()
		d.Party(c.Owner)
		d.Cell()
		d.within(c.Within)
		d.Row()
	}
}

// matrix writes what is done when something goes wrong, and who decides it.
func (d *Doc) matrix(all []release.Trigger) {
	if len(all) == 0 {
		return
	}
	d.Subsection("Decision matrix")
	common := d.Level > 1 && !slices.ContainsFunc(all, func(t release.Trigger) bool { return t.Within != all[0].Within })
	switch {
	case d.Level == 0:
		d.Table("ID", "Trigger", "Action", "Decision owner / delegate", "Within")
	case !common:
		d.Table("Trigger", "Action", "Decision owner / delegate", "Within")
	default:
		d.Lit("Decided within ")
		d.within(all[0].Within)
		d.Lit(".\n")
		d.Gap()
		d.Table("Trigger", "Action", "Decision owner / delegate")
	}
	for i := range all {
		t := &all[i]
		if d.Level == 0 {
			d.Cell()
			d.Text(t.ID)
		}
		d.Cell()
		d.signal(&t.When)
		d.Cell()
		d.Text(t.Action)
		d.Cell()
		d.Parties(t.Owner, t.Delegate)
		if !common {
			d.Cell()
			d.within(t.Within)
		}
		d.Row()
	}
}

// escalationLine writes who is called after how long, from level 2 on without
// those who stand in.
func (d *Doc) escalationLine(all []release.Escalation) {
	if len(all) == 0 {
		return
	}
	d.Bullet(0)
	d.Lit("Escalation: ")
	for i := range all {
		d.SeparateBy("; ", i)
		d.after(all[i].After)
		d.Lit(" ")
		if d.Level < 2 {
			d.Parties(all[i].Role, all[i].Delegate)
		} else {
			d.Role(all[i].Role)
		}
	}
	d.End()
}

func (d *Doc) commitmentLine(all []release.Commitment) {
	if len(all) == 0 {
		return
	}
	d.Bullet(0)
	d.Lit("Afterwards: ")
	for i := range all {
		d.SeparateBy("; ", i)
		d.Text(all[i].Text)
		d.Lit(", ")
		d.Party(all[i].Owner)
		d.Lit(", within ")
		d.within(all[i].Within)
	}
	d.End()
}

// signal appends what has gone wrong when it is seen: "Checkout errors > 1% for
// 5 minutes".
func (d *Doc) signal(c *release.Condition) {
	d.Text(c.Metric)
	d.beyond(c.Beyond)
	d.Quantity(c.Limit)
	if c.For != 0 {
		d.Lit(" for ")
		d.Duration(c.For)
	}
}

// beyond appends a side of a limit as a sign.
func (d *Doc) beyond(c release.Comparison) {
	switch c {
	case release.Above:
		d.Lit(" > ")
	case release.Below:
		d.Lit(" < ")
	default:
		d.Lit(" compared with ")
	}
}

// after appends how long to wait.
func (d *Doc) after(v value.Duration) {
	if v == 0 {
		d.Lit("at once")
		return
	}
	d.Duration(v)
}

// within appends a deadline that is a length of time.
func (d *Doc) within(v value.Duration) {
	if v == 0 {
		d.NotGiven()
		return
	}
	d.Duration(v)
}
