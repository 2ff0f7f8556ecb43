package page

import (
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
)

// gaps writes what the draft of the notes could not find out, from level 2 on
// how much.
func (d *Doc) gaps() {
	all := d.packet.Notes.Gaps
	if d.level > 1 && len(all) > 0 {
		d.bullet(0)
		d.plural("Not known: ", len(all), " item")
		d.end()
		return
	}
	for i := range all {
		d.bullet(0)
		d.lit("Not known: ")
		d.text(all[i].About)
		d.lit(": ")
		d.text(all[i].Reason)
		d.end()
	}
}

// told writes what no note has to tell, and on whose word.
func (d *Doc) told() {
	d.nothingTold("Risks", &d.packet.Notes.NoRisks)
	d.nothingTold("Known issues", &d.packet.Notes.NoKnownIssues)
}

// note writes the note of one audience.
func (d *Doc) note(i int) {
	p := &d.packet.Notes
	switch i {
	case 0:
		d.noteOf("Customers", &p.Customers, false)
	case 1:
		d.noteOf("Internal support", &p.Support, true)
	default:
		d.noteOf("Leadership", &p.Leadership, true)
	}
}

func (d *Doc) nothingTold(what string, n *release.Negative) {
	if n.IsZero() {
		return
	}
	d.bullet(0)
	d.lit(what)
	d.lit(" in all notes: ")
	d.negative(n)
	d.end()
}

// noteOf writes one audience's note: the summary, and one bullet for each facet.
// Ids are for readers inside: to customers a key of the tracker says nothing.
func (d *Doc) noteOf(audience string, n *notes.Note, inside bool) {
	d.subsection(audience)
	if n.Summary == "" {
		d.lit("Summary ")
	}
	d.start(n.Summary)
	d.end()
	d.gap()
	if d.level > 0 {
		d.facets(n, inside)
		return
	}
	for i := range n.Changes {
		d.bullet(0)
		d.lit("Change: ")
		d.change(&n.Changes[i], inside)
		d.end()
	}
	d.sayings("Benefit: ", n.Benefits)
	for i := range n.Risks {
		d.bullet(0)
		d.lit("Risk: ")
		d.callout(&n.Risks[i])
		d.end()
	}
	for i := range n.KnownIssues {
		d.bullet(0)
		d.lit("Known issue: ")
		d.knownIssue(&n.KnownIssues[i])
		d.end()
	}
	d.sayings("Remediation: ", n.Remediation)
	if n.Compliance != "" {
		d.bullet(0)
		d.lit("Compliance: ")
		d.text(n.Compliance)
		d.end()
	}
	d.bullet(0)
	d.lit("Links: ")
	if len(n.Links) == 0 {
		d.notGiven()
	}
	for i := range n.Links {
		d.separate(i)
		d.linked(n.Links[i].Name, n.Links[i].URL)
		d.lit(" (")
		d.name(n.Links[i].Kind.String())
		d.lit(")")
	}
	d.end()
}

func (d *Doc) sayings(label string, all []string) {
	for _, s := range all {
		d.bullet(0)
		d.lit(label)
		d.text(s)
		d.end()
	}
}

func (d *Doc) change(c *notes.Change, inside bool) {
	if c.ActionRequired == c.Text {
		d.lit("action required: ")
	}
	d.linked(c.Text, c.Link)
	if c.ActionRequired != c.Text {
		d.labelled("; action required: ", c.ActionRequired)
	}
	if !inside {
		return
	}
	d.lit(" (")
	d.text(c.ID)
	separator := "; "
	for _, id := range c.Items {
		if id != c.ID {
			d.lit(separator)
			d.text(id)
			separator = ", "
		}
	}
	d.lit(")")
}

// callout writes what a risk means to the reader, and what is done about it.
func (d *Doc) callout(c *notes.Callout) {
	d.text(c.Text)
	d.lit(" (")
	d.risk(c.Risk)
	d.lit(")")
	for i := range d.packet.Plan.Risks {
		if r := &d.packet.Plan.Risks[i]; r.ID == c.Risk {
			d.lit("; mitigation: ")
			d.text(r.Mitigation)
			d.lit("; contingency: ")
			d.text(r.Contingency)
			return
		}
	}
}

func (d *Doc) knownIssue(k *notes.KnownIssue) {
	d.text(k.Text)
	d.lit(" (")
	d.text(k.ID)
	d.lit("); remedy: ")
	if k.Remedy != "" || k.NoRemedy.IsZero() {
		d.text(k.Remedy)
	}
	d.negative(&k.NoRemedy)
}
