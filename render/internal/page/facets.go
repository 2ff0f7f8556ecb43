package page

import (
	"slices"

	"github.com/tidegate-go/tidegate/notes"
)

// facets writes what a note has beside its summary, a bullet for each facet.
// From level 2 on the summary speaks for changes and benefits, and what readers
// inside find elsewhere on the page is named, not repeated.
func (d *Doc) facets(n *notes.Note, inside bool) {
	short := d.level > 1
	if !short {
		d.facet("Changes: ", len(n.Changes), func(i int) { d.changed(&n.Changes[i]) })
		d.facet("Benefits: ", len(n.Benefits), func(i int) { d.text(n.Benefits[i]) })
	} else {
		d.actions(n.Changes)
	}
	d.facet("Risks: ", len(n.Risks), func(i int) {
		switch {
		case d.level > 2 && inside:
			d.text(n.Risks[i].Risk)
		case short && inside:
			d.risk(n.Risks[i].Risk)
		case d.level > 2:
			d.text(n.Risks[i].Text)
			d.mitigation(n.Risks[i].Risk)
		default:
			d.callout(&n.Risks[i])
		}
	})
	d.facet("Known issues: ", len(n.KnownIssues), func(i int) {
		if short && inside && d.known(&n.KnownIssues[i]) {
			d.text(n.KnownIssues[i].ID)
		} else {
			d.knownIssue(&n.KnownIssues[i])
		}
	})
	d.remedies(n.Remediation)
	if n.Compliance != "" {
		d.bullet(0)
		d.lit("Compliance: ")
		d.text(n.Compliance)
		d.end()
	}
	d.linkLine(n.Links)
}

// facet writes the texts of one facet in a row, and nothing if there are none.
func (d *Doc) facet(label string, n int, write func(int)) {
	for i := range n {
		if i == 0 {
			d.bullet(0)
			d.lit(label)
		}
		d.separateBy("; ", i)
		write(i)
	}
	if n > 0 {
		d.end()
	}
}

// changed writes one change in a row of them, without its ids.
func (d *Doc) changed(c *notes.Change) {
	if c.ActionRequired == c.Text {
		d.lit("action required: ")
	}
	d.linked(c.Text, c.Link)
	if c.ActionRequired != c.Text {
		d.labelled(", action required: ", c.ActionRequired)
	}
}

// actions writes what readers have to do, and how many changes there are.
func (d *Doc) actions(all []notes.Change) {
	required := slices.ContainsFunc(all, func(c notes.Change) bool { return c.ActionRequired != "" })
	if len(all) == 0 || d.level > 2 && !required {
		return
	}
	d.bullet(0)
	d.lit("Changes: ")
	d.number(len(all))
	for i := range all {
		if all[i].ActionRequired != "" {
			d.lit("; action required: ")
			d.text(all[i].ActionRequired)
		}
	}
	d.end()
}

// remedies writes what to do when it goes wrong, from level 2 on the first of
// it, and from level 3 on how much there is.
func (d *Doc) remedies(all []string) {
	if d.level < 2 || len(all) < 2 {
		d.facet("Remediation: ", len(all), func(i int) { d.text(all[i]) })
		return
	}
	d.bullet(0)
	d.lit("Remediation: ")
	if d.level > 2 {
		d.number(len(all))
		d.lit(" steps")
	} else {
		d.text(all[0])
		d.lit("; ")
		d.number(len(all) - 1)
		d.lit(" more")
	}
	d.end()
}

// mitigation writes what is done about a risk.
func (d *Doc) mitigation(risk string) {
	for i := range d.packet.Plan.Risks {
		if r := &d.packet.Plan.Risks[i]; r.ID == risk {
			d.lit("; mitigation: ")
			d.text(r.Mitigation)
			return
		}
	}
}

// known reports whether the customers' note tells of the same issue.
func (d *Doc) known(k *notes.KnownIssue) bool {
	all := d.packet.Notes.Customers.KnownIssues
	for i := range all {
		if all[i] == *k {
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
	d.bullet(0)
	d.lit("Links: ")
	if d.level < 2 {
		for i := range all {
			d.separate(i)
			d.linked(all[i].Name, all[i].URL)
		}
		d.end()
		return
	}
	shown, n := [notes.OtherLink + 2]bool{}, 0
	for i := range all {
		if kind := min(all[i].Kind, notes.OtherLink+1); !shown[kind] {
			shown[kind] = true
			d.separate(n)
			d.linked(all[i].Kind.String(), all[i].URL)
			n++
		}
	}
	if n < len(all) && d.level == 2 {
		d.separate(n)
		d.number(len(all) - n)
		d.lit(" more")
	}
	d.end()
}
