package packet

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/internal/lexicon"
	"github.com/tidegate-go/tidegate/release/check"
)

// Text is one field of a packet that people read as words.
type Text struct {
	Path       check.Path // from the packet: "plan.overview.objectives[0]"
	Text       string     // as it stands, never empty
	Imperative bool       // it tells somebody what to do, or what has to hold: a task, an action, a criterion
}

// Texts returns everything in the packet that people wrote to be read: titles,
// sentences, reasons, not ids, references, links or what sources answered. The
// order is that of the JSON.
func Texts(p Packet) []Text { return read(&p).texts }

func read(p *Packet) walk {
	w := walk{texts: make([]Text, 0, 512)}
	root := reflect.ValueOf(p).Elem()
	w.fields(routeOf(root.Type()), root)
	return w
}

// walk visits the fields of a packet that lead to prose. The path is written
// once for every text that is found.
type walk struct {
	at      []byte
	texts   []Text
	parties []party
}

// party is a field that names who answers for something: "the owner of
// dependency D3".
type party struct {
	path check.Path
	what string
	who  string // the id of a role or a person; may be empty
}

func (w *walk) fields(r *route, v reflect.Value) {
	for i := range r.steps {
		s := &r.steps[i]
		n := len(w.at)
		if s.name != "" {
			if n > 0 {
				w.at = append(w.at, '.')
			}
			w.at = append(w.at, s.name...)
		}
		if s.voice == answers {
			w.parties = append(w.parties, party{check.Path(w.at), s.name + " of " + identity(v), v.Field(s.field).String()})
		} else {
			w.value(s, v.Field(s.field))
		}
		w.at = w.at[:n]
	}
}

// identity calls a part of a packet by its type and its own id, name or number:
// "dependency D3".
func identity(v reflect.Value) string {
	noun := strings.ToLower(v.Type().Name())
	for _, name := range []string{"ID", "Name", "Number"} {
		if f := v.FieldByName(name); f.IsValid() && !f.IsZero() {
			return fmt.Sprintf("%s %v", noun, f)
		}
	}
	return noun
}

func (w *walk) value(s *step, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if text := v.String(); text != "" {
			w.texts = append(w.texts, Text{check.Path(w.at), text, s.voice == imperative})
		}
	case reflect.Slice:
		n := len(w.at)
		for i := range v.Len() {
			w.at = appendIndex(w.at, i)
			w.value(s, v.Index(i))
			w.at = w.at[:n]
		}
	case reflect.Pointer:
		if !v.IsNil() {
			w.fields(routeOf(v.Type().Elem()), v.Elem())
		}
	default:
		w.fields(routeOf(v.Type()), v)
	}
}

func appendIndex(b []byte, i int) []byte {
	return append(b, check.Path("").Index(i)...)
}

// route is the fields of one struct type that lead to prose.
type route struct{ steps []step }

type step struct {
	field int
	name  string // in JSON; empty for an embedded struct, whose fields stand in its place
	voice voice
}

var routes sync.Map // reflect.Type to *route; what is stored depends on the type alone

func routeOf(t reflect.Type) *route {
	if r, ok := routes.Load(t); ok {
		return r.(*route)
	}
	r := new(route)
	for i := range t.NumField() {
		f := t.Field(i)
		element := elementOf(f.Type)
		switch {
		case element == textType:
			if v := voices[typeName(t)+"."+f.Name]; v != silent {
				r.steps = append(r.steps, step{i, nameOf(f), v})
			}
		case element.Kind() == reflect.Struct && leads(element, nil):
			r.steps = append(r.steps, step{i, nameOf(f), silent})
		}
	}
	routes.Store(t, r)
	return r
}

var textType = reflect.TypeFor[string]()

// elementOf returns what a list or a pointer is of.
func elementOf(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// leads reports whether prose can be reached from a struct type.
func leads(t reflect.Type, above []reflect.Type) bool {
	if slices.Contains(above, t) {
		return false
	}
	above = append(above, t)
	for f := range t.Fields() {
		switch element := elementOf(f.Type); {
		case !f.IsExported():
		case element == textType && voices[typeName(t)+"."+f.Name] != silent:
			return true
		case element.Kind() == reflect.Struct && leads(element, above):
			return true
		}
	}
	return false
}

func nameOf(f reflect.StructField) string {
	if f.Anonymous {
		return ""
	}
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// typeName names a type by its package and itself: "release.Task".
func typeName(t reflect.Type) string { return t.String() }

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
