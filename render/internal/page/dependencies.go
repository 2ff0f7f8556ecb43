package page

import "github.com/tidegate-go/tidegate/release"

// pending reports whether a dependency is not ready: it never leaves the matrix.
func pending(x *release.Dependency) bool { return x.Status != release.Ready }

// dependencies writes the matrix and what is said to be none. From level 2 on
// those that are ready stand in one line.
func (d *Doc) dependencies() {
	all := d.packet.Plan.Dependencies.Items
	if len(all) == 0 {
		d.Absent("Dependencies")
	}
	begun := false
	for i := range all {
		if d.Level > 1 && !pending(&all[i]) {
			continue
		}
		if !begun {
			begun = true
			if d.Level == 0 {
				d.Table("ID", "Dependency", "Kind", "Owner", "Due", "Status", "Risk", "Details")
			} else {
				d.Table("ID", "Dependency", "Owner", "Due", "Status", d.riskTitle())
			}
		}
		d.dependency(&all[i])
	}
	d.Gap()
	if d.Level > 1 {
		d.ready(all)
	}
	d.noDependencies(d.packet.Plan.Dependencies.None)
	d.risks()
}

// riskTitle heads the column of risks, which has everything about a risk where
// no table of its own does.
func (d *Doc) riskTitle() string {
	if d.Level > 1 {
		return "Risk P/I: mitigation; contingency"
	}
	return "Risk"
}

// ready counts the dependencies that are ready and names them with their
// owners, from level 3 on without.
func (d *Doc) ready(all []release.Dependency) {
	n := 0
	for i := range all {
		if !pending(&all[i]) {
			n++
		}
	}
	if n == 0 {
		return
	}
	d.Bullet(0)
	d.Share("Ready", n, len(all))
	separator := " ("
	for i := range all {
		if pending(&all[i]) {
			continue
		}
		d.Lit(separator)
		d.Text(all[i].ID)
		if d.Level == 2 {
			d.Lit(" ")
			d.Party(all[i].Owner)
		}
		separator = ", "
	}
	d.Lit(")")
	d.End()
}

func (d *Doc) noDependencies(none []release.NoDependency) {
	if d.Level > 1 && len(none) > 0 {
		d.Bullet(0)
		d.Lit("None of kind ")
		for i := range none {
			d.Separate(i)
			d.Name(none[i].Kind.String())
		}
		d.End()
		return
	}
	for i := range none {
		d.Bullet(0)
		d.Lit("Kind ")
		d.Name(none[i].Kind.String())
		d.Lit(": ")
		if none[i].IsZero() {
			d.NotGiven()
		}
		d.Negative(&none[i].Negative)
		d.End()
	}
}

func (d *Doc) dependency(x *release.Dependency) {
	d.Cell()
	d.Text(x.ID)
	d.Cell()
	d.Linked(x.Title, x.Link)
	if d.Level == 0 {
		d.Cell()
		d.Name(x.Kind.String())
	}
	d.Cell()
	d.Party(x.Owner)
	d.Cell()
	d.When(x.Due)
	d.Cell()
	d.readiness(x)
	d.Cell()
	d.risk(x.Risk)
	if d.Level > 1 {
		d.measures(x)
	}
	if d.Level == 0 {
		d.Cell()
		d.details(x)
	}
	d.Row()
}

func (d *Doc) readiness(x *release.Dependency) {
	d.Name(x.Status.String())
	if x.Blocking {
		d.Lit(", **blocking**")
	}
}

// details writes what only dependencies of one kind have, and what hangs on it.
func (d *Doc) details(x *release.Dependency) {
	before := len(d.B)
	part := func(label string) {
		if len(d.B) > before {
			d.Lit("; ")
		}
		d.Lit(label)
	}
	if x.NeededBy != "" {
		part("needed by ")
		d.Text(x.NeededBy)
	}
	if len(x.Needs) > 0 {
		part("after ")
		d.List(x.Needs, ", ")
	}
	if len(x.Components) > 0 {
		part("for ")
		d.List(x.Components, ", ")
	}
	if x.Flag != "" {
		part("flag ")
		d.Text(x.Flag)
	}
	if x.Migration.Reversal != "" {
		part("reversal: ")
		d.Text(x.Migration.Reversal)
	}
	if x.Migration.RestorePoint != "" {
		part("restore point: ")
		d.Text(x.Migration.RestorePoint)
	}
	if x.LeadDays != 0 {
		part("lead time ")
		d.Number(x.LeadDays)
		d.Lit(" working days")
	}
	if x.Tracker != "" {
		part("tracked by ")
		d.Text(x.Tracker)
	}
	if len(d.B) == before {
		d.Lit("none")
	}
}
