package main

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// row is one row of the timeline.
type row struct {
	id              string // of its milestone
	line            int
	what, who, when string
	dated           dated // zero if when cannot be read
	readable        bool  // and there is such a moment
	link            value.Link
	dashboards      []release.Tool
}

// readme is what README.md says.
type readme struct {
	problems
	present  bool
	name     string // of what is released: "Kubernetes"
	title    string // the version in the title: "1.36"
	links    []value.Link
	tracking []release.Tool
	timeline []*row
}

var (
	titleText = regexp.MustCompile(`^(.*\S)\s+v?(\d+\.\d+(?:\.\d+)?)\b`)
)

// The headings of lists of links.
const (
	linksHead    = "links"
	trackingHead = "tracking docs"
)

func readReadme(source []byte) *readme {
	r := &readme{problems: problems{file: readmeFile}, present: true}
	d := parseMarkdown(source)
	r.readTitle(d)
	r.readLinks(d)
	found := false
	for _, t := range d.tables() {
		if t.column("what") >= 0 && t.column("when") >= 0 {
			found = true
			r.readTimeline(d, t)
		}
	}
	if !found {
		r.add(absent, 0, "there is no timeline: no table has the columns What and When")
	}
	return r
}

func (r *readme) readTitle(d *document) {
	for _, h := range d.headings() {
		if h.level != 1 {
			continue
		}
		if m := titleText.FindStringSubmatch(h.text); m != nil {
			r.name, r.title = m[1], m[2]
			return
		}
		r.add(unreadable, h.line, "the title %q names no version", h.text)
		return
	}
	r.add(absent, 0, "there is no title that names what is released")
}

// readLinks reads the lists below the headings Links and Tracking docs, each
// address once.
func (r *readme) readLinks(d *document) {
	seen := map[value.Link]bool{}
	for _, h := range d.headings() {
		head, list := strings.ToLower(h.text), h.node.NextSibling()
		if list == nil || head != linksHead && head != trackingHead {
			continue
		}
		for _, p := range d.pieces(list) {
			if p.link == "" {
				continue
			}
			link, err := value.ParseLink(p.link)
			switch {
			case err != nil:
				r.add(unreadable, h.line, "below %q: the link of %q: %v", h.text, p.text, err)
			case seen[link]:
			case head == trackingHead:
				r.tracking = append(r.tracking, release.Tool{Name: p.text, Link: link})
			default:
				r.links = append(r.links, link)
			}
			seen[link] = err == nil
		}
	}
}

func (r *readme) readTimeline(d *document, t table) {
	what, who, when, week := t.column("what"), t.column("who"), t.column("when"), t.column("week")
	signal := t.column("signal")
	for i, name := range t.header {
		if i != what && i != who && i != when && i != week && i != signal {
			r.add(unused, t.line, "the column %q is not read", name)
		}
	}
	for _, cells := range t.rows {
		r.checkCells(cells, len(t.header))
		row := &row{line: cells.line, what: d.plain(cells.cell(what)), who: d.plain(cells.cell(who)), when: d.plain(cells.cell(when))}
		row.id = r.newID(row)
		for _, p := range d.pieces(cells.cell(what)) {
			if link, err := value.ParseLink(p.link); err == nil && row.link.IsZero() {
				row.link = link
			}
		}
		for _, p := range d.pieces(cells.cell(signal)) {
			if link, err := value.ParseLink(p.link); err == nil {
				row.dashboards = append(row.dashboards, release.Tool{Name: p.text, Link: link})
			}
		}
		r.timeline = append(r.timeline, row)
		r.readRow(row)
	}
}

func (ps *problems) checkCells(r tableRow, columns int) {
	if r.lacking > 0 {
		ps.add(unreadable, r.line, "the row has %d cells, not %d", columns-r.lacking, columns)
	}
	if r.beyond != "" {
		ps.add(unused, r.line, "the row has more than %d cells: %q is not read", columns, r.beyond)
	}
}

func (r *readme) readRow(row *row) {
	if row.what == "" {
		r.add(unreadable, row.line, "the row does not say what happens")
	}
	if nobody(row.when) {
		r.add(absent, row.line, "%q has no date", row.what)
		return
	}
	var err error
	if row.dated, err = parseDate(row.when); err != nil {
		r.add(unreadable, row.line, "%q: %v", row.what, err)
		return
	}
	row.readable = row.dated.fault == nil
	at := milestonePath(len(r.timeline) - 1)
	for _, note := range row.dated.weekdays {
		r.add(wrongDay, row.line, "%s", note)
		r.all[len(r.all)-1].at = at.Field("at")
	}
	for _, note := range row.dated.notes {
		r.add(contradicts, row.line, "%q: %s", row.what, note)
	}
}

var (
	brackets   = strings.NewReplacer("[", "", "]", "")
	dashAside  = regexp.MustCompile(`\s+[-–—]\s.*$|\s*\(.*$`)
	namesApart = regexp.MustCompile(`\s+and\s+|\s*[/&,]\s*`)
	freezeEnds = regexp.MustCompile(`^(?:end of |end |lift )(.+ freeze)$|^(.+ freeze) (?:ends|over|is over|lifted|is lifted)$`)
	released   = regexp.MustCompile(`^(?:kubernetes )?v?(\d+\.\d+\.\d+) released$`)
)

// event is what a row says in the words in which rows are looked for.
func (r *row) event() string {
	return strings.ToLower(dashAside.ReplaceAllString(brackets.Replace(r.what), ""))
}

// begins returns the freezes that begin with the row: "Begin Code Freeze and
// Test Freeze" begins two. Calls for a freeze and reminders begin none.
func (r *row) begins() []string {
	event := strings.TrimPrefix(r.event(), "begin ")
	var names []string
	for _, name := range namesApart.Split(event, -1) {
		if words := strings.Fields(name); len(words) < 2 || len(words) > 3 || words[len(words)-1] != "freeze" {
			return nil
		}
		names = append(names, name)
	}
	return names
}

// ends returns the freezes that end with the row. Thaw ends two of them: that
// is what the word means in the release phases that README.md links to.
func (r *row) ends() []string {
	if r.event() == "thaw" {
		return []string{codeFreeze, testFreeze}
	}
	if m := freezeEnds.FindStringSubmatch(r.event()); m != nil {
		return []string{m[1] + m[2]}
	}
	return nil
}

// signals returns what the timeline says to watch at any time, each link once.
func (r *readme) signals() []release.Tool {
	var all []release.Tool
	for _, w := range r.timeline {
		for _, tool := range w.dashboards {
			if !slices.ContainsFunc(all, func(t release.Tool) bool { return t.Link == tool.Link }) {
				all = append(all, tool)
			}
		}
	}
	return all
}

// version returns the version that the row says is released; pre-releases are none.
func (r *row) version() string {
	if m := released.FindStringSubmatch(r.event()); m != nil {
		return m[1]
	}
	return ""
}
