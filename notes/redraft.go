package notes

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// Statement is one thing that a draft said.
type Statement struct {
	Audience Audience `json:"audience"`       // in whose note
	List     string   `json:"list"`           // the list or the field of the note: "changes", "summary"
	ID       string   `json:"id,omitzero"`    // of the element: its id, or its text where it has none
	Field    string   `json:"field,omitzero"` // of the element: "text"; empty: the element is the text
	Text     string   `json:"text,omitzero"`  // what the draft said
}

// Conflict is what somebody changed in a draft and whose source has changed
// since. What they wrote stands.
type Conflict struct {
	Audience Audience `json:"audience"`       // in whose note
	List     string   `json:"list"`           // the list or the field of the note: "changes", "summary"
	ID       string   `json:"id,omitzero"`    // of the element: its id, or its text where it has none
	Field    string   `json:"field,omitzero"` // of the element; empty: the draft has no such element any more
	Was      string   `json:"was,omitzero"`   // what the draft said when it was changed
	Now      string   `json:"now,omitzero"`   // what the draft says since
}

// Redraft brings a fresh draft into notes that people may have changed since
// the last one. Begin with the zero Packet, and store what is returned:
//
//	packet = notes.Redraft(packet, notes.Draft(plan, facts, mapping))
//
// What nobody touched follows the draft. What somebody wrote, removed, added or
// put into another order stays as it is, field by field: a draft never
// overwrites it. If the draft says something else there than when it was
// touched, that is a [Conflict] of the packet, which NOTE-019 reports, until
// the text is that of the draft or somebody has settled it; see
// [Packet.Settle]. Gaps are those of the fresh draft.
//
// An element is known by its id, and a benefit, a step of remediation or a link
// by its text: to rewrite one of these is to remove it and to add another.
func Redraft(before, fresh Packet) Packet {
	p := before.Clone()
	p.Drafted, p.Conflicts = nil, nil
	for _, a := range Audiences() {
		mine, theirs := before.note(a), fresh.note(a)
		for _, l := range parts() {
			m := merge{part: l, audience: a,
				base: newTable(l.stated(before.Drafted, a)), mine: newTable(l.get(mine)), theirs: newTable(l.get(theirs))}
			m.run()
			l.set(p.note(a), m.out)
			p.Drafted = append(p.Drafted, l.state(a, m.next)...)
			p.Conflicts = append(p.Conflicts, m.conflicts...)
		}
	}
	p.Gaps = slices.Clone(fresh.Gaps)
	if p.NoRisks.IsZero() {
		p.NoRisks = fresh.NoRisks
	}
	if p.NoKnownIssues.IsZero() {
		p.NoKnownIssues = fresh.NoKnownIssues
	}
	return p
}

// Settle returns the packet in which somebody has seen what the draft says now
// and what they wrote stands nevertheless: these conflicts are over, and arise
// again only if the draft changes again. A conflict that the packet does not
// have changes nothing.
func (p Packet) Settle(seen ...Conflict) Packet {
	p = p.Clone()
	for _, c := range seen {
		i := slices.Index(p.Conflicts, c)
		if i < 0 {
			continue
		}
		if p.Conflicts = slices.Delete(p.Conflicts, i, i+1); len(p.Conflicts) == 0 {
			p.Conflicts = nil
		}
		of := func(s Statement) bool { return s.Audience == c.Audience && s.List == c.List && s.ID == c.ID }
		switch at := slices.IndexFunc(p.Drafted, func(s Statement) bool { return of(s) && s.Field == c.Field }); {
		case c.Field == "" && c.Now == "" && !whole(c.List):
			p.Drafted = slices.DeleteFunc(p.Drafted, of)
		case at >= 0:
			p.Drafted[at].Text = c.Now
		default:
			switch at = slices.IndexFunc(p.Drafted, of); {
			case at < 0:
				at = len(p.Drafted)
			case !opening(c): // the first field opens an element
				at++
			}
			p.Drafted = slices.Insert(p.Drafted, at, Statement{c.Audience, c.List, c.ID, c.Field, c.Now})
		}
	}
	return p
}

// opening reports a conflict about the first field of an element.
func opening(c Conflict) bool {
	return slices.ContainsFunc(parts(), func(l part) bool { return l.name == c.List && len(l.fields) > 0 && l.fields[0] == c.Field })
}

// whole reports a part that is one text.
func whole(list string) bool { return list == "summary" || list == "compliance" }

// element is one element of a part of a note, by its key: its id, and a number
// if the part has the id more than once.
type element struct {
	id     string
	nth    int
	fields []string // in the order of the part's fields
	own    bool     // of a base: people added it, and have not seen yet that the draft has it too
}

// part is a list, or a text, of a note.
type part struct {
	name   string
	fields []string // of an element; none: the element is its text
	byText bool     // elements have no id but their text
	get    func(*Note) []element
	set    func(*Note, []element)
}

func parts() []part {
	return []part{
		textPart("summary", func(n *Note) *string { return &n.Summary }),
		{name: "changes", fields: []string{"text", "items", "actionRequired", "link"},
			get: func(n *Note) []element {
				return elements(n.Changes, func(c Change) (string, []string) {
					return c.ID, []string{c.Text, strings.Join(c.Items, "\n"), c.ActionRequired, string(c.Link)}
				})
			},
			set: func(n *Note, list []element) {
				n.Changes = each(list, func(e element) Change {
					c := Change{ID: e.id, Text: e.fields[0], ActionRequired: e.fields[2], Link: value.Link(e.fields[3])}
					if e.fields[1] != "" {
						c.Items = strings.Split(e.fields[1], "\n")
					}
					return c
				})
			}},
		textsPart("benefits", func(n *Note) *[]string { return &n.Benefits }),
		{name: "risks", fields: []string{"text"},
			get: func(n *Note) []element {
				return elements(n.Risks, func(c Callout) (string, []string) { return c.Risk, []string{c.Text} })
			},
			set: func(n *Note, list []element) {
				n.Risks = each(list, func(e element) Callout { return Callout{Risk: e.id, Text: e.fields[0]} })
			}},
		{name: "knownIssues", fields: []string{"text", "remedy", "noRemedy.by", "noRemedy.reason"},
			get: func(n *Note) []element {
				return elements(n.KnownIssues, func(k KnownIssue) (string, []string) {
					return k.ID, []string{k.Text, k.Remedy, k.NoRemedy.By, k.NoRemedy.Reason}
				})
			},
			set: func(n *Note, list []element) {
				n.KnownIssues = each(list, func(e element) KnownIssue {
					return KnownIssue{ID: e.id, Text: e.fields[0], Remedy: e.fields[1], NoRemedy: release.Negative{By: e.fields[2], Reason: e.fields[3]}}
				})
			}},
		textsPart("remediation", func(n *Note) *[]string { return &n.Remediation }),
		{name: "links", fields: []string{"kind", "name"}, byText: true,
			get: func(n *Note) []element {
				return elements(n.Links, func(l Link) (string, []string) { return string(l.URL), []string{l.Kind.String(), l.Name} })
			},
			set: func(n *Note, list []element) {
				n.Links = each(list, func(e element) Link {
					return Link{Kind: LinkKind(max(0, slices.Index(linkKindNames, e.fields[0]))), Name: e.fields[1], URL: value.Link(e.id)}
				})
			}},
		textPart("compliance", func(n *Note) *string { return &n.Compliance }),
	}
}

// textPart is a part that is one text: one element, which is always there.
func textPart(name string, of func(*Note) *string) part {
	return part{name: name, fields: []string{""},
		get: func(n *Note) []element { return []element{{fields: []string{*of(n)}}} },
		set: func(n *Note, list []element) { *of(n) = list[0].fields[0] }}
}

// textsPart is a list of texts.
func textsPart(name string, of func(*Note) *[]string) part {
	return part{name: name, byText: true,
		get: func(n *Note) []element {
			return elements(*of(n), func(text string) (string, []string) { return text, nil })
		},
		set: func(n *Note, list []element) { *of(n) = each(list, func(e element) string { return e.id }) }}
}

func elements[T any](list []T, of func(T) (id string, fields []string)) []element {
	var all []element
	seen := map[string]int{}
	for _, t := range list {
		id, fields := of(t)
		all = append(all, element{id: id, nth: seen[id], fields: fields})
		seen[id]++
	}
	return all
}

func each[T any](list []element, of func(element) T) []T {
	var all []T
	for _, e := range list {
		all = append(all, of(e))
	}
	return all
}

// state writes elements as what a draft said.
func (l *part) state(a Audience, list []element) []Statement {
	var all []Statement
	for _, e := range list {
		if len(l.fields) == 0 {
			all = append(all, Statement{Audience: a, List: l.name, ID: e.id})
		}
		for i, field := range l.fields {
			if i == 0 && !e.own || e.fields[i] != "" { // the first says that the draft has the element
				all = append(all, Statement{a, l.name, e.id, field, e.fields[i]})
			}
		}
	}
	return all
}

// stated reads the elements of a part back.
func (l *part) stated(said []Statement, a Audience) []element {
	var all []element
	seen := map[string]int{}
	at := map[string]int{} // the last element of an id
	for _, s := range said {
		if s.Audience != a || s.List != l.name {
			continue
		}
		i, ok := at[s.ID]
		first := len(l.fields) == 0 || s.Field == l.fields[0]
		if !ok || first {
			i = len(all)
			all = append(all, element{s.ID, seen[s.ID], make([]string, len(l.fields)), !first})
			at[s.ID] = i
			seen[s.ID]++
		}
		if j := slices.Index(l.fields, s.Field); j >= 0 {
			all[i].fields[j] = s.Text
		}
	}
	return all
}
