package packet

import (
	"strings"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/internal/lexicon"
	"github.com/tidegate-go/tidegate/release/check"
)

// index is what the rules about words share: every text of a packet, read and
// tokenised once, and everybody who answers for something.
type index struct {
	walk
	*lexicon.Document // source i is texts[i]
}

// indexed returns the index of the packet that a rule looks at.
func indexed(p *check.Pass[Packet]) *index { return check.Shared(p, newIndex) }

func newIndex(p *Packet) *index {
	x := &index{walk: read(p)}
	sources := make([]lexicon.Source, len(x.texts))
	for i, t := range x.texts {
		sources[i] = lexicon.Source{Path: string(t.Path), Text: t.Text, Imperative: t.Imperative}
	}
	x.Document = lexicon.Read(sources, terms(p))
	return x
}

// terms are what a packet's prose presupposes: what its components and flags
// are called, what the glossary explains, and what its environments, roles and
// ids stand for by themselves.
func terms(p *Packet) lexicon.Terms {
	t := lexicon.Terms{Acronyms: []string{"TBA", "TBC", "TBD"}} // these are ISS-007's
	for _, c := range p.Plan.Overview.Components {
		t.Names = append(t.Names, c.Name)
	}
	for _, f := range p.Plan.Overview.Flags {
		t.Names = append(t.Names, f.Name)
	}
	for _, term := range p.Plan.Terms {
		t.Glossary = append(t.Glossary, lexicon.Definition{Acronym: term.Term, Expansion: term.Meaning})
	}
	for _, e := range p.Catalog.Environments {
		t.Acronyms = append(t.Acronyms, e.Name)
	}
	for _, r := range p.Plan.Directory.Roles {
		t.Acronyms = append(t.Acronyms, r.ID)
	}
	for key := range keys(p) {
		t.Acronyms = append(t.Acronyms, key)
	}
	return t
}

// keys are the projects of the trackers that the packet names: "REL" of
// REL-101, "CHG" of the change request before the board.
func keys(p *Packet) map[string]bool {
	set := map[string]bool{}
	add := func(id string) {
		if key, ok := keyOf(id); ok {
			set[key] = true
		}
	}
	for _, s := range p.Plan.Scope {
		add(s.ID)
	}
	for _, d := range p.Plan.Dependencies.Items {
		add(d.Tracker)
	}
	for _, m := range p.Comms.Messages {
		for _, c := range m.Channels {
			if c.Kind == comms.CAB {
				add(c.Address)
			}
		}
	}
	add(p.Compliance.Privacy.Reference)
	add(p.Compliance.Legal.Reference)
	return set
}

// keyOf returns the project of an id such as REL-101.
func keyOf(id string) (string, bool) {
	key, number, ok := strings.Cut(id, "-")
	if !ok || len(key) < 2 || key[0] < 'A' || key[0] > 'Z' || number == "" || strings.Trim(number, "0123456789") != "" {
		return "", false
	}
	for i := range len(key) {
		if c := key[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' {
			return "", false
		}
	}
	return key, true
}

// word returns token j of text i.
func (x *index) word(i, j int) string {
	t := x.Tokens(i)[j]
	return x.texts[i].Text[t.Start:t.End]
}
