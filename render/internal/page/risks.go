package page

import (
	"github.com/tidegate-go/tidegate/release"
)

// risk appends a risk by its id and its rating.
func (d *Doc) risk(id string) {
	if id == "" {
		d.Lit("none")
		return
	}
	d.Text(id)
	for i := range d.packet.Plan.Risks {
		if r := &d.packet.Plan.Risks[i]; r.ID == id {
			d.Lit(" ")
			d.rating(r)
			return
		}
	}
	d.Lit(" (not in the plan)")
}

// rating appends probability and impact: "high/medium".
func (d *Doc) rating(r *release.Risk) {
	d.Name(r.Probability.String())
	d.Lit("/")
	d.Name(r.Impact.String())
}

// risks writes every risk with what is done about it, if there are any. From
// level 2 on those of a pending dependency stand beside it, and those that are
// low are counted.
func (d *Doc) risks() {
	all := d.packet.Plan.Risks
	if len(all) == 0 {
		return
	}
	if d.Level > 1 {
		d.otherRisks(all)
		return
	}
	d.Subsection("Risks")
	if d.Level == 0 {
		d.Lit("Probability and impact are rated low, medium or high.\n")
		d.Gap()
	}
	d.Table("ID", "Risk", "Probability/impact", "Mitigation", "Contingency", "Mitigation owner")
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
		d.Lit(": ")
		d.Text(r.Mitigation)
		d.Lit("; ")
		d.Text(r.Contingency)
		if r.Owner != x.Owner {
			d.Lit(" (")
			d.Party(r.Owner)
			d.Lit(")")
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
			d.Bullet(0)
			d.Lit("Risk ")
			d.Text(r.ID)
			d.Lit(" ")
			d.rating(r)
			d.Lit(": ")
			d.Text(r.Title)
			d.Lit("; ")
			d.Text(r.Mitigation)
			d.Lit("; ")
			d.Text(r.Contingency)
			d.Lit(" (")
			d.Party(r.Owner)
			d.Lit(")")
			d.End()
		}
	}
	if minor == 0 {
		return
	}
	d.Bullet(0)
	d.Share("Low risks", minor, len(all))
	separator := " ("
	for i := range all {
		if !d.threatens(&all[i]) && d.minor(&all[i]) {
			d.Lit(separator)
			d.Text(all[i].ID)
			separator = ", "
		}
	}
	d.Lit(")")
	d.End()
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
	d.Cell()
	d.Text(r.ID)
	d.Cell()
	d.Text(r.Title)
	if d.Level == 0 {
		d.Labelled("; theme: ", r.Theme)
	}
	d.Cell()
	d.rating(r)
	d.Cell()
	d.Text(r.Mitigation)
	d.Cell()
	d.Text(r.Contingency)
	d.Cell()
	d.Party(r.Owner)
	d.Row()
}
