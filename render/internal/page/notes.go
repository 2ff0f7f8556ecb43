package page

import (
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

// gaps writes what the draft of the notes could not find out, from level 2 on
// how much.
func (d *Doc) gaps() {
	all := d.packet.Notes.Gaps
	if d.Level > 1 && len(all) > 0 {
		d.Bullet(0)
		d.Plural("Not known: ", len(all), " item")
		d.End()
		return
	}
	for i := range all {
		d.Bullet(0)
		d.Lit("Not known: ")
		d.Text(all[i].About)
		d.Lit(": ")
		d.Text(all[i].Reason)
		d.End()
	}
}

// told writes what no note has to tell, and on whose word.
func (d *Doc) told() {
	d.nothingTold("Risks", &d.packet.Notes.NoRisks)
	d.nothingTold("Known issues", &d.packet.Notes.NoKnownIssues)
}

// note writes the note of one audience. In the one to customers, which may be copied
// to a code host, nothing is a reference there.
func (d *Doc) note(i int) {
	p := &d.packet.Notes
	switch i {
	case 0:
		from := len(d.B)
		d.noteOf("Customers", &p.Customers, false)
		d.B = append(d.B[:from], mdtext.Defuse(d.B[from:])...)
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
	d.Bullet(0)
	d.Lit(what)
	d.Lit(" in all notes: ")
	d.Negative(n)
	d.End()
}

// noteOf writes one audience's note: the summary, and one bullet for each facet.
// Ids are for readers inside: to customers a key of the tracker says nothing.
func (d *Doc) noteOf(audience string, n *notes.Note, inside bool) {
	d.Subsection(audience)
	if n.Summary == "" {
		d.Lit("Summary ")
	}
	d.Start(n.Summary)
	d.End()
	d.Gap()
	if d.Level > 0 {
		d.facets(n, inside)
		return
	}
	for i := range n.Changes {
		d.Bullet(0)
		d.Lit("Change: ")
		d.change(&n.Changes[i], inside)
		d.End()
	}
	d.sayings("Benefit: ", n.Benefits)
	for i := range n.Risks {
		d.Bullet(0)
		d.Lit("Risk: ")
		d.callout(&n.Risks[i])
		d.End()
	}
	for i := range n.KnownIssues {
		d.Bullet(0)
		d.Lit("Known issue: ")
		d.knownIssue(&n.KnownIssues[i])
		d.End()
	}
	d.sayings("Remediation: ", n.Remediation)
	if n.Compliance != "" {
		d.Bullet(0)
		d.Lit("Compliance: ")
		d.Text(n.Compliance)
		d.End()
	}
	d.Bullet(0)
	d.Lit("Links: ")
	if len(n.Links) == 0 {
		d.NotGiven()
	}
	for i := range n.Links {
		d.Separate(i)
		d.Linked(n.Links[i].Name, n.Links[i].URL)
		d.Lit(" (")
		d.Name(n.Links[i].Kind.String())
		d.Lit(")")
	}
	d.End()
}

func (d *Doc) sayings(label string, all []string) {
	for _, s := range all {
		d.Bullet(0)
		d.Lit(label)
		d.Text(s)
		d.End()
	}
}

func (d *Doc) change(c *notes.Change, inside bool) {
	if c.ActionRequired == c.Text {
		d.Lit("action required: ")
	}
	d.Linked(c.Text, c.Link)
	if c.ActionRequired != c.Text {
		d.Labelled("; action required: ", c.ActionRequired)
	}
	if !inside {
		return
	}
	d.Lit(" (")
	d.Text(c.ID)
	separator := "; "
	for _, id := range c.Items {
		if id != c.ID {
			d.Lit(separator)
			d.Text(id)
			separator = ", "
		}
	}
	d.Lit(")")
}

// callout writes what a risk means to the reader, and what is done about it.
func (d *Doc) callout(c *notes.Callout) {
	d.Text(c.Text)
	d.Lit(" (")
	d.risk(c.Risk)
	d.Lit(")")
	for i := range d.packet.Plan.Risks {
		if r := &d.packet.Plan.Risks[i]; r.ID == c.Risk {
			d.Lit("; mitigation: ")
			d.Text(r.Mitigation)
			d.Lit("; contingency: ")
			d.Text(r.Contingency)
			return
		}
	}
}

func (d *Doc) knownIssue(k *notes.KnownIssue) {
	d.Text(k.Text)
	d.Lit(" (")
	d.Text(k.ID)
	d.Lit("); remedy: ")
	if k.Remedy != "" || k.NoRemedy.IsZero() {
		d.Text(k.Remedy)
	}
	d.Negative(&k.NoRemedy)
}
