package page

import (
	"bytes"
	"slices"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/render/internal/mdtext"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// Doc is a page being written. Its methods append to b; those that take text of
// users escape it, and lit alone does not.
type Doc struct {
	b      []byte
	from   int // where the part being written begins
	level  int // of the part being written: 0 is everything
	values int // of the packet that were written
	packet *packet.Packet
	report *check.Report
	loc    *time.Location // of the operating zone, or UTC
	faulty bool           // the operating zone is not given or not known here

	persons, roles map[string]int    // positions in the directory, by id; the first one counts
	threats        map[string]bool   // ids of risks that a pending dependency has; nil until asked for
	approvers      map[approver]bool // of the evidence log; nil until asked for
	decisions      pairing
	environments   []environment
}

// New returns the page of a packet. The report is nil if nobody verified it.
func New(p *packet.Packet, report *check.Report) *Doc {
	d := &Doc{b: make([]byte, 0, 16<<10), packet: p, report: report, loc: time.UTC}
	if loc, err := value.LoadZone(p.Plan.Overview.Zone); err == nil {
		d.loc = loc
	} else {
		d.faulty = true
	}
	directory := &p.Plan.Directory
	d.persons = make(map[string]int, len(directory.People))
	for i, p := range slices.Backward(directory.People) {
		d.persons[p.ID] = i
	}
	d.roles = make(map[string]int, len(directory.Roles))
	for i, r := range slices.Backward(directory.Roles) {
		d.roles[r.ID] = i
	}
	d.decisions = pair(p)
	d.environments = environments(&p.Catalog)
	return d
}

// lit appends Markdown of ours, or text that cannot mean anything in it.
func (d *Doc) lit(s string) { d.b = append(d.b, s...) }

// text appends text of a user in the middle of a line.
func (d *Doc) text(s string) {
	d.values++
	d.b = mdtext.AppendText(d.b, s)
}

// start appends text of a user that begins a block.
func (d *Doc) start(s string) {
	d.values++
	d.b = mdtext.AppendStart(d.b, s)
}

func (d *Doc) code(s string) {
	d.values++
	d.b = mdtext.AppendCode(d.b, s)
}

func (d *Doc) number(n int) {
	d.values++
	d.b = strconv.AppendInt(d.b, int64(n), 10)
}

// name appends one of the names of an enumeration.
func (d *Doc) name(s string) {
	d.values++
	d.lit(s)
}

// notGiven appends that the packet does not say it.
func (d *Doc) notGiven() { d.lit(mdtext.NotGiven) }

// heading begins a section: blank lines around it and the marks of its level.
// What is appended next is its text, up to end.
func (d *Doc) heading(marks string) {
	d.gap()
	d.lit(marks)
	d.lit(" ")
}

// end ends a line.
func (d *Doc) end() { d.lit("\n") }

// gap separates what is written next by one blank line from what the part has
// written before.
func (d *Doc) gap() {
	if len(d.b) > d.from && !bytes.HasSuffix(d.b, []byte("\n\n")) {
		d.lit("\n")
	}
}

// bullet begins a list item below depth others. What is appended next is its
// text, up to end.
func (d *Doc) bullet(depth int) {
	for range depth {
		d.lit("  ")
	}
	d.lit("- ")
}

// table writes the header of a table. Rows follow: cell before each value, and
// row after the last.
func (d *Doc) table(names ...string) {
	for _, name := range names {
		d.cell()
		d.lit(name)
	}
	d.row()
	for range names {
		d.lit("| --- ")
	}
	d.lit("|\n")
}

// cell begins a cell. Its text has no line break and no bare pipe.
func (d *Doc) cell() {
	if n := len(d.b); n == d.from || d.b[n-1] == '\n' {
		d.lit("| ")
	} else {
		d.lit(" | ")
	}
}

func (d *Doc) row() { d.lit(" |\n") }

// field writes the name of a row of two cells and begins the second one.
func (d *Doc) field(name string) {
	d.cell()
	d.lit(name)
	d.cell()
}

// labelled appends a text of a user after a label, and nothing if there is none.
func (d *Doc) labelled(label, s string) {
	if s != "" {
		d.lit(label)
		d.text(s)
	}
}

// digest appends the head of a digest after a label, and nothing if there is
// none.
func (d *Doc) digest(label string, v value.Digest) {
	switch short := v.Short(); {
	case short != "":
		d.lit(label)
		d.lit("`")
		d.lit(short)
		d.lit("`")
	case !v.IsZero():
		d.lit(label)
		d.lit("faulty digest ")
		d.text(string(v))
	}
}

// task begins an item of a checklist. What is appended next is its text, up to
// end.
func (d *Doc) task(done bool) {
	if done {
		d.lit("- [x] ")
	} else {
		d.lit("- [ ] ")
	}
}

// subsection writes a heading of level three.
func (d *Doc) subsection(title string) {
	d.heading("###")
	d.lit(title)
	d.end()
	d.gap()
}

// absent writes a paragraph that says that a list is not given.
func (d *Doc) absent(what string) {
	d.lit(what)
	d.lit(": not given.\n")
}

// list appends texts of users, separated.
func (d *Doc) list(all []string, separator string) {
	if len(all) == 0 {
		d.notGiven()
	}
	for i, s := range all {
		if i > 0 {
			d.lit(separator)
		}
		d.text(s)
	}
}

// moment appends t in the operating zone.
func (d *Doc) moment(t time.Time) {
	if t.IsZero() {
		d.notGiven()
		return
	}
	d.values++
	d.b = t.In(d.loc).AppendFormat(d.b, time.RFC3339)
}

// when appends w as written, without the tag of the operating zone unless the
// tag is all that places a time of day.
func (d *Doc) when(w value.When) {
	s := w.String()
	zone := w.Zone()
	if zone != "" && zone == d.packet.Plan.Overview.Zone && (w.HasOffset() || w.Precision() == value.DatePrecision) {
		s = s[:len(s)-len("[]")-len(zone)]
	}
	d.text(s)
}

// interval appends a span as start/end.
func (d *Doc) interval(from, until value.When) {
	if from.IsZero() && until.IsZero() {
		d.notGiven()
		return
	}
	d.when(from)
	d.lit("/")
	d.when(until)
}

// duration appends d in words. No digit or unit of it means anything in Markdown.
func (d *Doc) duration(v value.Duration) { d.name(v.Human()) }

// quantity appends a number with its unit, which may be anything.
func (d *Doc) quantity(q value.Quantity) { d.text(q.Human()) }

// link appends a link that shows its own address.
func (d *Doc) link(l value.Link) {
	const scheme = "https://"
	shown := string(l)
	if len(shown) > len(scheme) && shown[:len(scheme)] == scheme {
		shown = shown[len(scheme):]
	}
	d.values++
	d.b = mdtext.AppendLink(d.b, shown, l)
}

func (d *Doc) links(all []value.Link) {
	if len(all) == 0 {
		d.notGiven()
	}
	for i, l := range all {
		if i > 0 {
			d.lit(", ")
		}
		d.link(l)
	}
}

// linked appends a name that links to l, and beside the name a link that is
// given and has a fault.
func (d *Doc) linked(name string, l value.Link) {
	switch {
	case l.IsZero():
		d.text(name)
	default:
		if href := l.Href(); href != "" {
			d.values++
			d.b = mdtext.AppendHref(d.b, name, href)
			return
		}
		d.text(name)
		d.lit(" (faulty link ")
		d.text(l.Redacted())
		d.lit(")")
	}
}
