package render

import (
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
)

// notes writes the notes of the three audiences, and what their draft could not
// find out.
func (d *doc) notes() {
	p := &d.packet.Notes
	d.section("Release Notes Packet")
	for i := range p.Gaps {
		d.bullet(0)
		d.lit("Not known: ")
		d.text(p.Gaps[i].About)
		d.lit(": ")
		d.text(p.Gaps[i].Reason)
		d.end()
	}
	if len(p.Gaps) > 0 {
		d.gap()
	}
	d.note("Customers", &p.Customers, false)
	d.gap()
	d.note("Internal support", &p.Support, true)
	d.gap()
	d.note("Leadership", &p.Leadership, true)
	d.nothingTold("Risks", &p.NoRisks)
	d.nothingTold("Known issues", &p.NoKnownIssues)
}

func (d *doc) nothingTold(what string, n *release.Negative) {
	if n.IsZero() {
		return
	}
	d.bullet(0)
	d.lit(what)
	d.lit(" in all notes: ")
	d.negative(n)
	d.end()
}

// note writes one audience's note: the summary, and one bullet for each facet.
// Ids are for readers inside: to customers a key of the tracker says nothing.
func (d *doc) note(audience string, n *notes.Note, inside bool) {
	d.lit("### ")
	d.lit(audience)
	d.end()
	d.gap()
	if n.Summary == "" {
		d.lit("Summary ")
	}
	d.b = appendStart(d.b, n.Summary)
	d.end()
	d.gap()
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
		d.lit(notGiven)
	}
	for i := range n.Links {
		d.separate(i)
		d.linked(n.Links[i].Name, n.Links[i].URL)
		d.lit(" (")
		d.lit(n.Links[i].Kind.String())
		d.lit(")")
	}
	d.end()
}

func (d *doc) sayings(label string, all []string) {
	for _, s := range all {
		d.bullet(0)
		d.lit(label)
		d.text(s)
		d.end()
	}
}

func (d *doc) change(c *notes.Change, inside bool) {
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
func (d *doc) callout(c *notes.Callout) {
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

func (d *doc) knownIssue(k *notes.KnownIssue) {
	d.text(k.Text)
	d.lit(" (")
	d.text(k.ID)
	d.lit("); remedy: ")
	if k.Remedy != "" || k.NoRemedy.IsZero() {
		d.text(k.Remedy)
	}
	d.negative(&k.NoRemedy)
}
