package document

import (
	"encoding/json"
	"io"
	"slices"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/jsondiff"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/page"
)

// Diff writes what changed between two packets, in one call of w.Write: both
// verdicts, how many changes there are of each kind, which sign-offs are void and
// why, and deliverable by deliverable a table of every change. It fails as
// [Changes] fails, with nothing written, or with the error of w.
func Diff(w io.Writer, before, after packet.Packet) error {
	c, err := compare(before, after)
	if err != nil {
		return err
	}
	r := c.report(before, after)
	d := diffDoc{Doc: page.New(&after, nil), report: &r, compared: c}
	d.head(&before, &after)
	d.voided()
	for i := range r.Parts {
		d.part(&r.Parts[i])
	}
	_, err = w.Write(d.B)
	return err
}

// diffDoc is a diff being written.
type diffDoc struct {
	*page.Doc
	report   *Report
	compared *comparison
}

func (d *diffDoc) head(before, after *packet.Packet) {
	o := &after.Plan.Overview
	d.Heading("#")
	d.Lit("Changes: ")
	d.Text(o.Name)
	d.Lit(" ")
	d.Text(o.Version)
	d.End()
	d.End()
	d.Lit("Before: ")
	d.edition(before)
	d.Lit(" After: ")
	d.edition(after)
	if d.report.Len() == 0 {
		d.Lit(" Nothing changed.\n")
		return
	}
	d.Plural(" ", d.report.Len(), " value")
	d.Lit(" changed: ")
	var of [VerdictChange + 1]int
	for i := range d.report.Parts {
		for j := range d.report.Parts[i].Changes {
			of[d.report.Parts[i].Changes[j].Kind]++
		}
	}
	first := 0
	for _, k := range [...]ChangeKind{VerdictChange, OutcomeChange, DateChange, OwnerChange, ThresholdChange, ScopeChange, OtherChange} {
		if of[k] > 0 {
			d.Separate(first)
			d.Name(k.String())
			d.Lit(" ")
			d.Number(of[k])
			first++
		}
	}
	d.Lit(".\n")
}

// edition writes which packet it is and its verdict.
func (d *diffDoc) edition(p *packet.Packet) {
	d.Text(p.Plan.Overview.Version)
	d.Lit(" as of ")
	d.Moment(p.AsOf)
	d.Lit(", verdict **" + verdictName(page.New(p, nil).Overall()) + "**.")
}

// voided writes the sign-offs that are void, those with the same cause below it.
func (d *diffDoc) voided() {
	all := d.report.Voided
	if len(all) == 0 {
		return
	}
	d.title("Void sign-offs")
	for i := range all {
		v := &all[i]
		d.Bullet(0)
		d.Start(v.Gate)
		d.Lit(": ")
		d.Role(v.Role)
		d.Lit(", signed by ")
		d.Person(v.Person)
		d.Lit(", approval ")
		d.Text(v.Approval)
		d.Lit(", because of ")
		switch {
		case len(v.Changes) == 0:
			d.Lit("what was approved, which was something else before")
		case i > 0 && slices.Equal(v.Changes, all[i-1].Changes):
			d.Lit("the same")
		default:
			d.causes(v.Changes)
		}
		d.End()
	}
}

func (d *diffDoc) causes(all []gates.Change) {
	for i := range all {
		d.Separate(i)
		d.Text(d.compared.label(jsondiff.Change(all[i])))
	}
}

func (d *diffDoc) title(s string) {
	d.Heading("##")
	d.Lit(s)
	d.End()
	d.End()
}

func (d *diffDoc) part(p *Part) {
	d.title(p.Title)
	d.Table("What", "Kind", "Before", "After")
	for i := range p.Changes {
		c := &p.Changes[i]
		d.Cell()
		d.Text(c.Label)
		d.Cell()
		d.Name(c.Kind.String())
		d.Cell()
		d.leaf(c.Old)
		d.Cell()
		d.leaf(c.New)
		d.Row()
	}
}

// leaf writes a plain value: a text as it is, everything else as in JSON.
func (d *diffDoc) leaf(text string) {
	var s string
	switch {
	case text == "":
		d.Lit("absent")
	case json.Unmarshal([]byte(text), &s) == nil && s != "" && text != "null":
		d.Text(s)
	default:
		d.Text(text)
	}
}
