package page

import "github.com/tidegate-go/tidegate/release"

// pending reports whether a dependency stands in the way, or may: it never
// leaves the matrix.
func pending(x *release.Dependency) bool { return x.Blocking || x.Status != release.Ready }

// dependencies writes the matrix and what is said to be none. From level 2 on
// those that are ready stand in one line.
func (d *Doc) dependencies() {
	all := d.packet.Plan.Dependencies.Items
	if len(all) == 0 {
		d.absent("Dependencies")
	}
	begun := false
	for i := range all {
		if d.level > 1 && !pending(&all[i]) {
			continue
		}
		if !begun {
			begun = true
			if d.level == 0 {
				d.table("ID", "Dependency", "Kind", "Owner", "Due", "Status", "Risk", "Details")
			} else {
				d.table("ID", "Dependency", "Owner", "Due", "Status", d.riskTitle())
			}
		}
		d.dependency(&all[i])
	}
	d.gap()
	if d.level > 1 {
		d.ready(all)
	}
	d.noDependencies(d.packet.Plan.Dependencies.None)
	d.risks()
}

// riskTitle heads the column of risks, which has everything about a risk where
// no table of its own does.
func (d *Doc) riskTitle() string {
	if d.level > 1 {
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
	d.bullet(0)
	d.share("Ready", n, len(all))
	separator := " ("
	for i := range all {
		if pending(&all[i]) {
			continue
		}
		d.lit(separator)
		d.text(all[i].ID)
		if d.level == 2 {
			d.lit(" ")
			d.party(all[i].Owner)
		}
		separator = ", "
	}
	d.lit(")")
	d.end()
}

// share appends how many of all: "Ready: 4 of 8".
func (d *Doc) share(what string, n, all int) {
	d.lit(what)
	d.lit(": ")
	d.number(n)
	d.lit(" of ")
	d.number(all)
}

func (d *Doc) noDependencies(none []release.NoDependency) {
	if d.level > 1 && len(none) > 0 {
		d.bullet(0)
		d.lit("None of kind ")
		for i := range none {
			d.separate(i)
			d.name(none[i].Kind.String())
		}
		d.end()
		return
	}
	for i := range none {
		d.bullet(0)
		d.lit("Kind ")
		d.name(none[i].Kind.String())
		d.lit(": ")
		if none[i].IsZero() {
			d.notGiven()
		}
		d.negative(&none[i].Negative)
		d.end()
	}
}

func (d *Doc) dependency(x *release.Dependency) {
	d.cell()
	d.text(x.ID)
	d.cell()
	d.linked(x.Title, x.Link)
	if d.level == 0 {
		d.cell()
		d.name(x.Kind.String())
	}
	d.cell()
	d.party(x.Owner)
	d.cell()
	d.when(x.Due)
	d.cell()
	d.readiness(x)
	d.cell()
	d.risk(x.Risk)
	if d.level > 1 {
		d.measures(x)
	}
	if d.level == 0 {
		d.cell()
		d.details(x)
	}
	d.row()
}

func (d *Doc) readiness(x *release.Dependency) {
	d.name(x.Status.String())
	if x.Blocking {
		d.lit(", **blocking**")
	}
}

// details writes what only dependencies of one kind have, and what hangs on it.
func (d *Doc) details(x *release.Dependency) {
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
func (d *Doc) risk(id string) {
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
func (d *Doc) rating(r *release.Risk) {
	d.name(r.Probability.String())
	d.lit("/")
	d.name(r.Impact.String())
}

// risks writes every risk with what is done about it, if there are any. From
// level 2 on those of a pending dependency stand beside it, and those that are
// low are counted.
func (d *Doc) risks() {
	all := d.packet.Plan.Risks
	if len(all) == 0 {
		return
	}
	if d.level > 1 {
		d.otherRisks(all)
		return
	}
	d.subsection("Risks")
	if d.level == 0 {
		d.lit("Probability and impact are rated low, medium or high.\n")
		d.gap()
	}
	d.table("ID", "Risk", "Probability/impact", "Mitigation", "Contingency", "Mitigation owner")
	for i := range all {
		d.riskRow(&all[i])
	}
}

// measures writes what is done about the risk of a dependency, and by whom if
// that is not its owner.
func (d *Doc) measures(x *release.Dependency) {
	for i := range d.packet.Plan.Risks {
		r := &d.packet.Plan.Risks[i]
		if r.ID != x.Risk || x.Risk == "" {
			continue
		}
		d.lit(": ")
		d.text(r.Mitigation)
		d.lit("; ")
		d.text(r.Contingency)
		if r.Owner != x.Owner {
			d.lit(" (")
			d.party(r.Owner)
			d.lit(")")
		}
		return
	}
}

// otherRisks writes the risks of no pending dependency in a bullet each, and
// counts those of them that are low.
func (d *Doc) otherRisks(all []release.Risk) {
	minor := 0
	for i := range all {
		r := &all[i]
		switch {
		case d.threatens(r):
		case d.minor(r):
			minor++
		default:
			d.bullet(0)
			d.lit("Risk ")
			d.text(r.ID)
			d.lit(" ")
			d.rating(r)
			d.lit(": ")
			d.text(r.Title)
			d.lit("; ")
			d.text(r.Mitigation)
			d.lit("; ")
			d.text(r.Contingency)
			d.lit(" (")
			d.party(r.Owner)
			d.lit(")")
			d.end()
		}
	}
	if minor == 0 {
		return
	}
	d.bullet(0)
	d.share("Low risks", minor, len(all))
	separator := " ("
	for i := range all {
		if !d.threatens(&all[i]) && d.minor(&all[i]) {
			d.lit(separator)
			d.text(all[i].ID)
			separator = ", "
		}
	}
	d.lit(")")
	d.end()
}

// minor reports whether a risk is rated low on one side.
func (d *Doc) minor(r *release.Risk) bool {
	return r.Probability == release.Low || r.Impact == release.Low
}

// threatens reports whether a pending dependency has the risk.
func (d *Doc) threatens(r *release.Risk) bool {
	if d.threats == nil {
		d.threats = map[string]bool{}
		for i := range d.packet.Plan.Dependencies.Items {
			if x := &d.packet.Plan.Dependencies.Items[i]; pending(x) {
				d.threats[x.Risk] = true
			}
		}
	}
	return d.threats[r.ID]
}

func (d *Doc) riskRow(r *release.Risk) {
	d.cell()
	d.text(r.ID)
	d.cell()
	d.text(r.Title)
	if d.level == 0 {
		d.labelled("; theme: ", r.Theme)
	}
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
