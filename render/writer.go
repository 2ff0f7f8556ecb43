package render

import (
	"slices"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// doc is a page being written. Its methods append to b; those that take text of
// users escape it, and lit alone does not.
type doc struct {
	b      []byte
	packet *packet.Packet
	report *check.Report
	loc    *time.Location // of the operating zone, or UTC
	faulty bool           // the operating zone is not given or not known here

	persons, roles map[string]int // positions in the directory, by id; the first one counts
	decisions      pairing
}

func newDoc(p *packet.Packet) *doc {
	d := &doc{b: make([]byte, 0, 16<<10), packet: p, loc: time.UTC}
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
	return d
}

// lit appends Markdown of ours, or text that cannot mean anything in it.
func (d *doc) lit(s string) { d.b = append(d.b, s...) }

// text appends text of a user in the middle of a line.
func (d *doc) text(s string) { d.b = appendText(d.b, s) }

func (d *doc) code(s string) { d.b = appendCode(d.b, s) }

func (d *doc) number(n int) { d.b = strconv.AppendInt(d.b, int64(n), 10) }

// heading begins a section: blank lines around it and the marks of its level.
// What is appended next is its text, up to end.
func (d *doc) heading(marks string) {
	d.gap()
	d.lit(marks)
	d.lit(" ")
}

// end ends a line.
func (d *doc) end() { d.lit("\n") }

// gap separates blocks by one blank line.
func (d *doc) gap() {
	if len(d.b) > 0 {
		d.lit("\n")
	}
}

// section writes a heading of level two.
func (d *doc) section(title string) {
	d.heading("##")
	d.lit(title)
	d.end()
	d.gap()
}

// bullet begins a list item below depth others. What is appended next is its
// text, up to end.
func (d *doc) bullet(depth int) {
	for range depth {
		d.lit("  ")
	}
	d.lit("- ")
}

// table writes the header of a table. Rows follow: cell before each value, and
// row after the last.
func (d *doc) table(names ...string) {
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
func (d *doc) cell() {
	if n := len(d.b); d.b[n-1] == '\n' {
		d.lit("| ")
	} else {
		d.lit(" | ")
	}
}

func (d *doc) row() { d.lit(" |\n") }

// field writes the name of a row of two cells and begins the second one.
func (d *doc) field(name string) {
	d.cell()
	d.lit(name)
	d.cell()
}

// labelled appends a text of a user after a label, and nothing if there is none.
func (d *doc) labelled(label, s string) {
	if s != "" {
		d.lit(label)
		d.text(s)
	}
}

// digest appends the head of a digest after a label, and nothing if there is
// none.
func (d *doc) digest(label string, v value.Digest) {
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
func (d *doc) task(done bool) {
	if done {
		d.lit("- [x] ")
	} else {
		d.lit("- [ ] ")
	}
}

// subsection writes a heading of level three.
func (d *doc) subsection(title string) {
	d.heading("###")
	d.lit(title)
	d.end()
	d.gap()
}

// absent writes a paragraph that says that a list is not given.
func (d *doc) absent(what string) {
	d.lit(what)
	d.lit(": not given.\n")
}

// list appends texts of users, separated.
func (d *doc) list(all []string, separator string) {
	if len(all) == 0 {
		d.lit(notGiven)
	}
	for i, s := range all {
		if i > 0 {
			d.lit(separator)
		}
		d.text(s)
	}
}

// moment appends t in the operating zone.
func (d *doc) moment(t time.Time) {
	if t.IsZero() {
		d.lit(notGiven)
		return
	}
	d.b = t.In(d.loc).AppendFormat(d.b, time.RFC3339)
}

// when appends w as written, without the tag of the operating zone unless the
// tag is all that places a time of day.
func (d *doc) when(w value.When) {
	s := w.String()
	zone := w.Zone()
	if zone != "" && zone == d.packet.Plan.Overview.Zone && (w.HasOffset() || w.Precision() == value.DatePrecision) {
		s = s[:len(s)-len("[]")-len(zone)]
	}
	d.text(s)
}

// interval appends a span as start/end.
func (d *doc) interval(from, until value.When) {
	if from.IsZero() && until.IsZero() {
		d.lit(notGiven)
		return
	}
	d.when(from)
	d.lit("/")
	d.when(until)
}

// duration appends d in words. No digit or unit of it means anything in Markdown.
func (d *doc) duration(v value.Duration) { d.lit(v.Human()) }

// quantity appends a number with its unit, which may be anything.
func (d *doc) quantity(q value.Quantity) { d.text(q.Human()) }

// link appends a link that shows its own address.
func (d *doc) link(l value.Link) {
	const scheme = "https://"
	shown := string(l)
	if len(shown) > len(scheme) && shown[:len(scheme)] == scheme {
		shown = shown[len(scheme):]
	}
	d.b = appendLink(d.b, shown, l)
}

func (d *doc) links(all []value.Link) {
	if len(all) == 0 {
		d.lit(notGiven)
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
func (d *doc) linked(name string, l value.Link) {
	switch {
	case l.IsZero():
		d.text(name)
	default:
		if href := l.Href(); href != "" {
			d.b = appendHref(d.b, name, href)
			return
		}
		d.text(name)
		d.lit(" (faulty link ")
		d.text(l.Redacted())
		d.lit(")")
	}
}
