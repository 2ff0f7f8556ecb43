package document

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	"github.com/tidegate-go/tidegate/render/internal/page"
)

// AudienceError is an audience that a packet has no note for.
type AudienceError struct {
	Audience notes.Audience // as it was asked for
}

// Error names the audience.
func (e *AudienceError) Error() string {
	return fmt.Sprintf("document: there is no note to the audience %q, want one of %v", e.Audience.String(), notes.Audiences())
}

// Note writes the release notes of one audience, in one call of w.Write. It
// returns an [*AudienceError] for an audience that is none, with nothing written,
// or the error of w.
//
// What has nothing to say has no heading. Notes to readers inside have the ids of
// work and of risks, the ratings of risks, and what the draft could not find out;
// the note to customers is as the package comment says.
func Note(w io.Writer, p packet.Packet, a notes.Audience) error {
	if !slices.Contains(notes.Audiences(), a) {
		return &AudienceError{Audience: a}
	}
	note := p.Notes.Note(a)
	d := noteDoc{Doc: page.New(&p, nil), packet: &p, note: &note, public: a == notes.Customers}
	d.write(a)
	if d.public {
		d.B = mdtext.Defuse(d.B)
	}
	_, err := w.Write(d.B)
	return err
}

// noteDoc is a note being written.
type noteDoc struct {
	*page.Doc
	packet *packet.Packet
	note   *notes.Note
	public bool // for readers outside
}

func (d *noteDoc) write(a notes.Audience) {
	o := &d.packet.Plan.Overview
	title := "Release notes: "
	switch a {
	case notes.Support:
		title = "Release notes for internal support: "
	case notes.Leadership:
		title = "Release notes for leadership: "
	}
	d.Heading("#")
	d.Lit(title)
	d.Text(o.Name)
	d.Lit(" ")
	d.Text(o.Version)
	d.End()
	d.End()
	if d.note.Summary == "" {
		d.Lit("Summary ")
	}
	d.Start(d.note.Summary)
	d.End()
	n := d.note
	d.list("Changes", len(n.Changes), func(i int) { d.change(&n.Changes[i]) })
	d.list("Benefits", len(n.Benefits), func(i int) { d.Start(n.Benefits[i]) })
	d.list("Risks", len(n.Risks), func(i int) { d.callout(&n.Risks[i]) })
	d.none("Risks", len(n.Risks), &d.packet.Notes.NoRisks)
	d.list("Known issues", len(n.KnownIssues), func(i int) { d.knownIssue(&n.KnownIssues[i]) })
	d.none("Known issues", len(n.KnownIssues), &d.packet.Notes.NoKnownIssues)
	d.list("What to do when it goes wrong", len(n.Remediation), func(i int) { d.Start(n.Remediation[i]) })
	if n.Compliance != "" {
		d.section("Compliance")
		d.Start(n.Compliance)
		d.End()
	}
	d.list("More", len(n.Links), func(i int) { d.linked(n.Links[i].Name, n.Links[i].URL) })
	if gaps := d.packet.Notes.Gaps; !d.public {
		d.list("Not known", len(gaps), func(i int) {
			d.Start(gaps[i].About)
			d.Lit(": ")
			d.Text(gaps[i].Reason)
		})
	}
}

func (d *noteDoc) section(title string) {
	d.Heading("##")
	d.Lit(title)
	d.End()
	d.End()
}

func (d *noteDoc) list(title string, n int, write func(int)) {
	if n == 0 {
		return
	}
	d.section(title)
	for i := range n {
		d.Bullet(0)
		write(i)
		d.End()
	}
}

// none writes that there is nothing of something, on whose word. Readers outside
// know nobody's word.
func (d *noteDoc) none(title string, n int, none *release.Negative) {
	if n > 0 || d.public || none.IsZero() {
		return
	}
	d.section(title)
	d.Negative(none)
	d.End()
}

func (d *noteDoc) change(c *notes.Change) {
	if c.ActionRequired == c.Text && c.Text != "" {
		d.Lit("Action required: ")
	}
	d.linked(c.Text, c.Link)
	if c.ActionRequired != c.Text {
		d.Labelled(" Action required: ", c.ActionRequired)
	}
	if d.public {
		return
	}
	ids := []string{c.ID}
	for _, id := range c.Items {
		if id != c.ID {
			ids = append(ids, id)
		}
	}
	d.Lit(" (")
	d.List(ids, ", ")
	d.Lit(")")
}

// callout writes what a risk means to the reader and, to readers inside, which
// risk it is and what is done about it.
func (d *noteDoc) callout(c *notes.Callout) {
	d.Start(c.Text)
	if d.public {
		return
	}
	d.Lit(" (")
	d.Risk(c.Risk)
	d.Lit(")")
	all := d.packet.Plan.Risks
	if i := slices.IndexFunc(all, func(r release.Risk) bool { return r.ID == c.Risk }); i >= 0 {
		d.Lit("; mitigation: ")
		d.Text(all[i].Mitigation)
		d.Lit("; contingency: ")
		d.Text(all[i].Contingency)
	}
}

func (d *noteDoc) knownIssue(k *notes.KnownIssue) {
	d.Start(k.Text)
	if !d.public {
		d.Lit(" (")
		d.Text(k.ID)
		d.Lit(")")
	}
	d.Lit(" Remedy: ")
	switch {
	case k.Remedy != "" || k.NoRemedy.IsZero():
		d.Text(k.Remedy)
	case d.public:
		d.Lit("none")
		d.Labelled(", ", k.NoRemedy.Reason)
	default:
		d.Negative(&k.NoRemedy)
	}
}

// linked begins a line with a text that links to l. Readers outside get no link
// that a network could read or change on its way.
func (d *noteDoc) linked(text string, l value.Link) {
	href := l.Href()
	switch {
	case l.IsZero():
		d.Start(text)
	case d.public && !secure(href):
		d.Start(text)
		d.Lit(" (link left out)")
	case href == "":
		d.Start(text)
		d.Lit(" (faulty link ")
		d.Text(l.Redacted())
		d.Lit(")")
	default:
		d.Linked(text, l)
	}
}

func secure(href string) bool {
	scheme, _, _ := strings.Cut(href, ":")
	return strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}
