package agree

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

// The sections that every body has, in order, and those that may follow.
var (
	deliverables = []string{"Decision", "Release Overview", "Dependency Matrix", "Milestone Timeline", "Risk Gate Catalog", "Checklist Suite",
		"Release Notes Packet", "Communication Plan", "Compliance Evidence Log", "Open Issues Register", "Tooling"}
	further = []string{"Waivers", "People and roles", "Terms", "Policy", "Findings"}
)

// Packet returns where the headings, tables, tasks and summaries of a body and its
// annex are not those of the packet. What the annex does not have in full is in
// full on the body. The annex is nil if there is none.
func Packet(p *packet.Packet, body, annex []byte) []string {
	j := &judge{packet: p, body: reading.Read(body), annex: reading.Read(annex)}
	j.headings()
	for _, s := range sheets(p) {
		j.sheet(s)
	}
	j.tasks()
	j.summaries()
	return j.differences
}

type judge struct {
	differences
	packet      *packet.Packet
	body, annex *reading.Page
}

func (j *judge) headings() {
	o := &j.packet.Plan.Overview
	name := mdtext.Visible(o.Name) + " " + mdtext.Visible(o.Version)
	j.title(j.body, "Release Packet: "+name)
	if len(j.annex.Headings) > 0 {
		j.title(j.annex, "Annex: "+name)
	}
	known := slices.Concat(deliverables, further)
	var shown []string
	for _, h := range j.body.Headings {
		if h.Level != 2 {
			continue
		}
		shown = append(shown, h.Text)
		at := slices.Index(known, h.Text)
		if at < 0 {
			j.add("the body has section %q, which is unknown or out of order", h.Text)
			continue
		}
		known = known[at+1:]
	}
	for _, title := range deliverables {
		if !slices.Contains(shown, title) {
			j.add("the body has no section %q", title)
		}
	}
	j.below("Risk Gate Catalog", environments(j.packet))
	j.below("Release Notes Packet", []string{"Customers", "Internal support", "Leadership"})
}

func (j *judge) title(page *reading.Page, want string) {
	got := ""
	if len(page.Headings) > 0 {
		got = page.Headings[0].Text
	}
	if got != want {
		j.add("the title is %q, want %q", got, want)
	}
}

// below compares the headings of level three of one section of the body, which may
// say more in parentheses.
func (j *judge) below(section string, want []string) {
	var got []string
	at := ""
	for _, h := range j.body.Headings {
		switch {
		case h.Level == 2:
			at = h.Text
		case h.Level == 3 && at == section:
			got = append(got, h.Text)
		}
	}
	if !slices.EqualFunc(got, want, func(got, want string) bool { return got == want || strings.HasPrefix(got, want+" (") }) {
		j.add("%s has the headings %q, want %q", section, got, want)
	}
}

// environments are those of the catalog, then those of gates that it does not list.
func environments(p *packet.Packet) []string {
	var all []string
	known := map[string]bool{}
	add := func(name string) {
		if !known[name] {
			known[name] = true
			all = append(all, mdtext.Visible(name))
		}
	}
	for _, e := range p.Catalog.Environments {
		add(e.Name)
	}
	for _, g := range p.Catalog.Gates {
		add(g.Environment)
	}
	return all
}

// sheet compares the tables of one kind with what the packet has: the full one has
// every row, in order, and every other one rows of it.
func (j *judge) sheet(s sheet) {
	full := 0
	for _, page := range []*reading.Page{j.annex, j.body} {
		for _, t := range page.Tables {
			switch {
			case t.Place != s.place:
			case slices.Equal(t.Header, s.header):
				if full++; full == 1 {
					j.full(s, t)
				}
			default:
				j.short(s, t)
			}
		}
	}
	if full == 0 && len(s.rows) > 0 {
		j.add("there is no table in full of %s", s.name())
	}
}

func (j *judge) full(s sheet, t reading.Table) {
	if len(t.Rows) < len(s.rows) || len(t.Rows) > len(s.rows) && !s.open {
		j.add("%s has %d rows, the packet %d", s.name(), len(t.Rows), len(s.rows))
		return
	}
	for i := range s.rows {
		if column := differs(s.rows[i], t.Header, t.Rows[i]); column != "" {
			j.add("%s, row %d: %q has %q, the packet %q", s.name(), i+1, column, t.Rows[i], s.rows[i][column])
		}
	}
}

// short wants every row to be one of the packet in each column that both have.
func (j *judge) short(s sheet, t reading.Table) {
	if !slices.ContainsFunc(t.Header, func(column string) bool { return slices.Contains(s.keys, column) }) {
		return // of something else
	}
	for i, cells := range t.Rows {
		if s.open && i >= len(s.rows) {
			return
		}
		if !slices.ContainsFunc(s.rows, func(row map[string]string) bool { return differs(row, t.Header, cells) == "" }) {
			j.add("%s, row %d of a short table is no row of the packet: %q", s.name(), i+1, cells)
		}
	}
}

// differs returns the first column in which the cells are not those of the row,
// beside which a link that has a fault may stand.
func differs(row map[string]string, header, cells []string) string {
	for i, column := range header {
		if want, known := row[column]; known && (i >= len(cells) || cells[i] != want && !strings.HasPrefix(cells[i], want+" (faulty link ")) {
			return column
		}
	}
	return ""
}

// tasks wants each phase in full on the page that has it so, with as many boxes as
// the packet has tasks, ticked alike.
func (j *judge) tasks() {
	c := &j.packet.Plan.Checklists
	for _, phase := range phasesOf(c) {
		place := reading.Place{Section: "Checklist Suite", Sub: phase.title}
		page := j.body
		if slices.ContainsFunc(j.annex.Items, func(i reading.Item) bool { return i.Place == place }) {
			page = j.annex
		}
		n := 0
		for _, i := range page.Items {
			if i.Place != place || !i.Task {
				continue
			}
			if n < len(phase.tasks) {
				if t := &phase.tasks[n]; i.Done != t.State.Done || !strings.Contains(i.Text, mdtext.Visible(t.Text)) {
					j.add("%s, task %d is %q, the packet has %q, done: %v", phase.title, n+1, i.Text, t.Text, t.State.Done)
				}
			}
			n++
		}
		if n != len(phase.tasks) {
			j.add("%s has %d tasks, the packet %d", phase.title, n, len(phase.tasks))
		}
	}
}

// summaries wants the body to say to each audience what the packet says.
func (j *judge) summaries() {
	n := &j.packet.Notes
	for _, note := range []struct{ title, summary string }{
		{"Customers", n.Customers.Summary}, {"Internal support", n.Support.Summary}, {"Leadership", n.Leadership.Summary},
	} {
		place := reading.Place{Section: "Release Notes Packet", Sub: note.title}
		at := slices.IndexFunc(j.body.Texts, func(t reading.Text) bool { return t.Place == place })
		want := mdtext.Visible(note.summary)
		if note.summary == "" {
			want = "Summary " + want
		}
		if at < 0 || j.body.Texts[at].Text != want {
			j.add("the note to %s does not begin with its summary, %q", note.title, want)
		}
	}
}
