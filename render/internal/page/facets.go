package page

import (
	"slices"

	"github.com/tidegate-go/tidegate/notes"
)

// facets writes what a note has beside its summary, a bullet for each facet.
// From level 2 on the summary speaks for changes and benefits, and what readers
// inside find elsewhere on the page is named, not repeated.
func (d *Doc) facets(n *notes.Note, inside bool) {
	short := d.Level > 1
	if !short {
		d.facet("Changes: ", len(n.Changes), func(i int) { d.changed(&n.Changes[i]) })
		d.facet("Benefits: ", len(n.Benefits), func(i int) { d.Text(n.Benefits[i]) })
	} else {
		d.actions(n.Changes)
	}
	d.facet("Risks: ", len(n.Risks), func(i int) {
		switch {
		case d.Level > 2 && inside:
			d.Text(n.Risks[i].Risk)
		case short && inside:
			d.risk(n.Risks[i].Risk)
		case d.Level > 2:
			d.Text(n.Risks[i].Text)
			d.mitigation(n.Risks[i].Risk)
		default:
			d.callout(&n.Risks[i])
		}
	})
	d.facet("Known issues: ", len(n.KnownIssues), func(i int) {
		if short && inside && d.known(&n.KnownIssues[i]) {
			d.Text(n.KnownIssues[i].ID)
		} else {
			d.knownIssue(&n.KnownIssues[i])
		}
	})
	d.remedies(n.Remediation)
	if n.Compliance != "" {
		d.Bullet(0)
		d.Lit("Compliance: ")
		d.Text(n.Compliance)
		d.End()
	}
	d.linkLine(n.Links)
}

// facet writes the texts of one facet in a row, and nothing if there are none.
func (d *Doc) facet(label string, n int, write func(int)) {
	for i := range n {
		if i == 0 {
			d.Bullet(0)
			d.Lit(label)
		}
		d.SeparateBy("; ", i)
		write(i)
	}
	if n > 0 {
		d.End()
	}
}

// changed writes one change in a row of them, without its ids.
func (d *Doc) changed(c *notes.Change) {
	if c.ActionRequired == c.Text {
		d.Lit("action required: ")
	}
	d.Linked(c.Text, c.Link)
	if c.ActionRequired != c.Text {
		d.Labelled(", action required: ", c.ActionRequired)
	}
}

// actions writes what readers have to do, as a last resort how often, and how many
// changes there are.
func (d *Doc) actions(all []notes.Change) {
	required := slices.ContainsFunc(all, func(c notes.Change) bool { return c.ActionRequired != "" })
	if len(all) == 0 || d.Level > 2 && !required {
		return
	}
	d.Bullet(0)
	d.Lit("Changes: ")
	d.Number(len(all))
	n := 0
	for i := range all {
		switch {
		case all[i].ActionRequired == "":
		case d.Level == lastResort:
			n++
		default:
			d.Lit("; action required: ")
			d.Text(all[i].ActionRequired)
		}
	}
	if n > 0 {
		d.Lit("; action required: ")
		d.Number(n)
	}
	d.End()
}

// remedies writes what to do when it goes wrong, from level 2 on the first of
// it, and from level 3 on how much there is.
func (d *Doc) remedies(all []string) {
	if d.Level < 2 || len(all) < 2 {
		d.facet("Remediation: ", len(all), func(i int) { d.Text(all[i]) })
		return
	}
	d.Bullet(0)
	d.Lit("Remediation: ")
	if d.Level > 2 {
		d.Number(len(all))
		d.Lit(" steps")
	} else {
		d.Text(all[0])
		d.Lit("; ")
		d.Number(len(all) - 1)
		d.Lit(" more")
	}
	d.End()
}

// mitigation writes what is done about a risk.
func (d *Doc) mitigation(risk string) {
	for i := range d.packet.Plan.Risks {
		if r := &d.packet.Plan.Risks[i]; r.ID == risk {
			d.Lit("; mitigation: ")
			d.Text(r.Mitigation)
			return
		}
	}
}

// known reports whether the customers' note tells of the same issue.
func (d *Doc) known(k *notes.KnownIssue) bool {
	all := d.packet.Notes.Customers.KnownIssues
	for i := range all {
		if all[i].ID == k.ID && all[i].Text == k.Text {
			return true
		}
	}
	return false
}

// linkLine writes the links of a note by name, from level 2 on the first of
// each kind by its kind.
func (d *Doc) linkLine(all []notes.Link) {
	if len(all) == 0 {
		return
	}
	d.Bullet(0)
	d.Lit("Links: ")
	if d.Level < 2 {
		for i := range all {
			d.Separate(i)
			d.Linked(all[i].Name, all[i].URL)
		}
		d.End()
		return
	}
	shown, n := [notes.OtherLink + 2]bool{}, 0
	for i := range all {
		if kind := min(all[i].Kind, notes.OtherLink+1); !shown[kind] {
			shown[kind] = true
			d.Separate(n)
			name := all[i].Kind.String()
			if all[i].Kind >= notes.OtherLink {
				name = all[i].Name // the kind says nothing
			}
			d.Linked(name, all[i].URL)
			n++
		}
	}
	if n < len(all) && d.Level == 2 {
		d.Separate(n)
		d.Number(len(all) - n)
		d.Lit(" more")
	}
	d.End()
}
