// Package page writes the parts of a packet as Markdown, each at several levels:
// level 0 says everything, and every level above it says less in fewer words.
//
// What must not leave the body of a packet is written at every level: a gate
// that does not go and why, a dependency that is pending, an approval that is not
// given, an open question that blocks, the rollback matrix and its SLA, flags,
// thresholds.
package page

import (
	"bytes"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	"github.com/tidegate-go/tidegate/render/internal/pen"
)

// Tier is how soon a part becomes shorter when a page is too long.
type Tier uint8

// The tiers, those that give way first last.
const (
	Mandatory  Tier = iota // what a reader decides on
	Required               // what a packet has to have
	Supporting             // what helps
)

// Doc is a page of a packet being written.
type Doc struct {
	pen.Pen
	packet *packet.Packet
	report *check.Report

	threats      map[string]bool   // ids of risks that a pending dependency has; nil until asked for
	approvers    map[approver]bool // of the evidence log; nil until asked for
	decisions    pairing
	environments []environment
}

// New returns the page of a packet. The report is nil if nobody verified it.
func New(p *packet.Packet, report *check.Report) *Doc {
	return &Doc{Pen: pen.New(&p.Plan), packet: p, report: report, decisions: pair(p), environments: environments(&p.Catalog)}
}

// part is one piece of a section. Its headings, if it has any, are below that
// of the section, and the part that follows begins with one too.
type part struct {
	tier  Tier
	top   int             // its last level, but for the last resort
	last  bool            // it has the level of last resort
	n     func(*Doc) int  // how often it comes, once for each of something; nil: once
	write func(*Doc, int) // the part at that position, at the level of the page
}

// lastResort is the level for a page that is still too long when every part is at
// its top: long lists that decide nothing are counted, and those that wait for an
// answer stand in a line.
const lastResort = 5

// section is a heading of level two and what stands below it.
type section struct {
	title, anchor string
	parts         []part
	aside         func(*Doc) // what it has, for a body that leaves all of it to the annex; nil: it never does
}

func once(write func(*Doc)) func(*Doc, int) { return func(d *Doc, _ int) { write(d) } }

func always(n int) func(*Doc) int { return func(*Doc) int { return n } }

// sections is the page: the decision, the nine deliverables in the order of the
// brief, tooling, and what all of it refers to.
var sections = [...]section{
	{title: "Decision", anchor: "decision", parts: []part{
		{tier: Mandatory, top: 2, write: once((*Doc).decision)},
		{tier: Mandatory, top: 0, n: func(d *Doc) int { return min(len(d.Unpinned()), 1) }, write: once((*Doc).unpinned)},
		{tier: Required, top: 2, write: once((*Doc).uncounted)},
	}},
	{title: "Release Overview", anchor: "release-overview", parts: []part{{tier: Mandatory, top: 4, write: once((*Doc).overview)}}},
	{title: "Dependency Matrix", anchor: "dependency-matrix", parts: []part{
		{tier: Mandatory, top: 3, write: once((*Doc).dependencies)},
	}},
	{title: "Milestone Timeline", anchor: "milestone-timeline", parts: []part{
		{tier: Required, top: 3, last: true, write: once((*Doc).milestones)},
		{tier: Required, top: 2, write: once((*Doc).spans)},
		{tier: Supporting, top: 2, write: once((*Doc).sources)},
	}},
	{title: "Risk Gate Catalog", anchor: "risk-gate-catalog", parts: []part{
		{tier: Supporting, top: 2, write: once((*Doc).freshness)},
		{tier: Mandatory, top: 4, n: func(d *Doc) int { return len(d.environments) }, write: (*Doc).environment},
	}},
	{title: "Checklist Suite", anchor: "checklist-suite", parts: []part{
		{tier: Required, top: 3, n: always(len(phases)), write: (*Doc).phase},
		{tier: Mandatory, top: 2, write: once((*Doc).wayBack)},
	}},
	{title: "Release Notes Packet", anchor: "release-notes-packet", parts: []part{
		{tier: Required, top: 2, write: once((*Doc).gaps)},
		{tier: Required, top: 3, last: true, n: always(3), write: (*Doc).note},
		{tier: Required, top: 0, write: once((*Doc).told)},
	}},
	{title: "Communication Plan", anchor: "communication-plan", parts: []part{
		{tier: Required, top: 3, write: once((*Doc).messages)},
		{tier: Required, top: 4, write: once((*Doc).urgent)},
	}},
	{title: "Compliance Evidence Log", anchor: "compliance-evidence-log", parts: []part{
		{tier: Mandatory, top: 2, last: true, write: once((*Doc).approvals)},
		{tier: Required, top: 2, write: once((*Doc).custody)},
	}},
	{title: "Open Issues Register", anchor: "open-issues-register", parts: []part{{tier: Mandatory, top: 2, last: true, write: once((*Doc).register)}}},
	{title: "Tooling", anchor: "tooling", parts: []part{{tier: Supporting, top: 3, write: once((*Doc).tooling)}}},
	{title: "Waivers", anchor: "waivers", parts: []part{{tier: Mandatory, top: 2, write: once((*Doc).waivers)}}},
	{title: "People and roles", anchor: "people-and-roles", parts: []part{{tier: Supporting, top: 2, write: once((*Doc).people)}},
		aside: func(d *Doc) {
			d.Number(len(d.packet.Plan.Directory.People))
			d.Lit(" people, ")
			d.Number(len(d.packet.Plan.Directory.Roles))
			d.Lit(" roles")
		}},
	{title: "Terms", anchor: "terms", parts: []part{{tier: Supporting, top: 1, write: once((*Doc).terms)}}},
	{title: "Policy", anchor: "policy", parts: []part{{tier: Supporting, top: 2, write: once((*Doc).policy)}}, aside: func(*Doc) {}},
	{title: "Findings", anchor: "findings", parts: []part{{tier: Required, top: 2, last: true, write: once((*Doc).findings)}}},
}

// Full writes the whole page at level 0.
func (d *Doc) Full() []byte {
	d.title()
	for i := range sections {
		d.section(&sections[i])
	}
	return d.B
}

// section writes a section at level 0, and nothing if there is nothing to say.
func (d *Doc) section(s *section) {
	start := len(d.B)
	d.Lit("\n## ")
	d.Lit(s.title)
	d.Lit("\n")
	empty := len(d.B)
	for i := range s.parts {
		p := &s.parts[i]
		for at := range p.times(d) {
			d.join(func() { p.write(d, at) })
		}
	}
	if len(d.B) == empty {
		d.B = d.B[:start]
	}
}

// levels is how many levels a part has.
func (p *part) levels() int {
	if p.last {
		return lastResort + 1
	}
	return p.top + 1
}

// grouped counts in one bullet those of a list that are not written out, and names
// them. It writes nothing if there are none.
func (d *Doc) grouped(label string, all int, is func(int) bool, name func(int)) {
	n := 0
	for i := range all {
		if is(i) {
			n++
		}
	}
	if n == 0 {
		return
	}
	d.Bullet(0)
	d.Share(label, n, all)
	separator := " ("
	for i := range all {
		if is(i) {
			d.Lit(separator)
			name(i)
			separator = ", "
		}
	}
	d.Lit(")")
	d.End()
}

// times is how often a part comes.
func (p *part) times(d *Doc) int {
	if p.n == nil {
		return 1
	}
	return p.n(d)
}

// join writes a part below what is there: after a blank line, or none between
// two lists, which are one. A part that writes nothing leaves no trace.
func (d *Doc) join(write func()) {
	before := len(d.B)
	d.Lit("\n")
	d.From = len(d.B)
	write()
	if len(d.B) > d.From && bytes.HasSuffix(d.B, []byte("\n\n")) {
		d.B = d.B[:len(d.B)-1] // nothing came after the gap
	}
	switch {
	case len(d.B) == d.From:
		d.B = d.B[:before]
	case bullets(d.B[d.From:]) && endsList(d.B[:before]):
		d.B = append(d.B[:before], d.B[d.From:]...)
	}
}

func bullets(b []byte) bool { return bytes.HasPrefix(b, []byte("- ")) }

// endsList reports whether the last line is of a list.
func endsList(b []byte) bool {
	last := b[bytes.LastIndexByte(b[:max(len(b)-1, 0)], '\n')+1:]
	return bullets(bytes.TrimLeft(last, " "))
}

// Words counts what is written so far.
func (d *Doc) Words() int { return mdtext.Count(d.B) }

// Section writes the one section of that title, at level 0.
func (d *Doc) Section(title string) {
	for i := range sections {
		if sections[i].title == title {
			d.section(&sections[i])
		}
	}
}

// Overall is the verdict that the page of the packet shows.
func (d *Doc) Overall() gates.Verdict { return d.overall() }

// Risk writes the id of a risk and how it is rated.
func (d *Doc) Risk(id string) { d.risk(id) }
