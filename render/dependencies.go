package render

import "github.com/tidegate-go/tidegate/release"

// dependencies writes the matrix, what is said to be none, and the risks.
func (d *doc) dependencies() {
	all, none := d.packet.Plan.Dependencies.Items, d.packet.Plan.Dependencies.None
	d.section("Dependency Matrix")
	if len(all) == 0 {
		d.absent("Dependencies")
	} else {
		d.table("ID", "Dependency", "Kind", "Owner", "Due", "Status", "Risk", "Details")
	}
	for i := range all {
		d.dependency(&all[i])
	}
	if len(none) > 0 {
		d.gap()
	}
	for i := range none {
		d.bullet(0)
		d.lit("Kind ")
		d.lit(none[i].Kind.String())
		d.lit(": ")
		if none[i].IsZero() {
			d.lit(notGiven)
		}
		d.negative(&none[i].Negative)
		d.end()
	}
	d.risks()
}

func (d *doc) dependency(x *release.Dependency) {
	d.cell()
	d.text(x.ID)
	d.cell()
	d.linked(x.Title, x.Link)
	d.cell()
	d.lit(x.Kind.String())
	d.cell()
	d.party(x.Owner)
	d.cell()
	d.when(x.Due)
	d.cell()
	d.readiness(x)
	d.cell()
	d.risk(x.Risk)
	d.cell()
	d.details(x)
	d.row()
}

func (d *doc) readiness(x *release.Dependency) {
	d.lit(x.Status.String())
	if x.Blocking {
		d.lit(", **blocking**")
	}
}

// details writes what only dependencies of one kind have, and what hangs on it.
func (d *doc) details(x *release.Dependency) {
	before := len(d.b)
	part := func(label string) {
		if len(d.b) > before {
			d.lit("; ")
		}
		d.lit(label)
	}
	if x.NeededBy != "" {
		part("needed by ")
		d.text(x.NeededBy)
	}
	if len(x.Needs) > 0 {
		part("after ")
		d.list(x.Needs, ", ")
	}
	if len(x.Components) > 0 {
		part("for ")
		d.list(x.Components, ", ")
	}
	if x.Flag != "" {
		part("flag ")
		d.text(x.Flag)
	}
	if x.Migration.Reversal != "" {
		part("reversal: ")
		d.text(x.Migration.Reversal)
	}
	if x.Migration.RestorePoint != "" {
		part("restore point: ")
		d.text(x.Migration.RestorePoint)
	}
	if x.LeadDays != 0 {
		part("lead time ")
		d.number(x.LeadDays)
		d.lit(" working days")
	}
	if x.Tracker != "" {
		part("tracked by ")
		d.text(x.Tracker)
	}
	if len(d.b) == before {
		d.lit("none")
	}
}

// risk appends a risk by its id and its rating.
func (d *doc) risk(id string) {
	if id == "" {
		d.lit("none")
		return
	}
	d.text(id)
	for i := range d.packet.Plan.Risks {
		if r := &d.packet.Plan.Risks[i]; r.ID == id {
			d.lit(" ")
			d.rating(r)
			return
		}
	}
	d.lit(" (not in the plan)")
}

// rating appends probability and impact: "high/medium".
func (d *doc) rating(r *release.Risk) {
	d.lit(r.Probability.String())
	d.lit("/")
	d.lit(r.Impact.String())
}

// risks writes every risk with what is done about it, if there are any.
func (d *doc) risks() {
	all := d.packet.Plan.Risks
	if len(all) == 0 {
		return
	}
	d.subsection("Risks")
	d.lit("Probability and impact are rated low, medium or high.\n")
	d.gap()
	d.table("ID", "Risk", "Probability/impact", "Mitigation", "Contingency", "Mitigation owner")
	for i := range all {
		r := &all[i]
		d.cell()
		d.text(r.ID)
		d.cell()
		d.text(r.Title)
		d.labelled("; theme: ", r.Theme)
		d.cell()
		d.rating(r)
		d.cell()
		d.text(r.Mitigation)
		d.cell()
		d.text(r.Contingency)
		d.cell()
		d.party(r.Owner)
		d.row()
	}
}
