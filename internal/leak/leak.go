// Package leak finds in a text what readers outside of the house must not
// read: internal hosts, links to where they have no account, ids of trackers,
// people, secrets, embargoed vulnerabilities, internal systems, and work that
// is not to be told.
//
// What is found is a place in the text as it was given. What is searched is the
// text as a reader, or a program that the reader pastes it into, takes it:
// character references, Markdown escapes and percent escapes are read, invisible
// characters are left out, letters that look like Latin ones count as these,
// marks and tags inside a word are passed over, and what a line break parts is
// also looked at in one piece.
//
// The detectors are heuristics, so they are measured: testdata holds labelled
// lines, and the test prints recall and precision of every class on the half
// that they were not tuned on.
package leak

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
)

// Kind is what sort of leak was found. The zero value is the gravest.
type Kind uint8

// The kinds.
const (
	Secret        Kind = iota // a key, a token, a password: never to be repeated
	Host                      // a host or an address inside of the house
	Link                      // a link that outsiders cannot follow, or should not
	Ticket                    // an id of a tracker
	Person                    // somebody of the house, or an address of somebody
	Vulnerability             // one whose disclosure is under embargo
	System                    // the name of an internal system
	Item                      // work that is not to be told
)

var kindNames = []string{"secret", "host", "link", "ticket", "person", "vulnerability", "system", "item"}

// String returns the kind's name: "secret".
func (k Kind) String() string { return enum.String("kind of leak", kindNames, k) }

// rank orders kinds by how grave they are. A link stands for its host.
func (k Kind) rank() Kind {
	if k == Link {
		return Host
	}
	return k
}

// MarshalText implements [encoding.TextMarshaler].
func (k Kind) MarshalText() ([]byte, error) { return enum.Marshal("kind of leak", kindNames, k) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown kind is an error.
func (k *Kind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kind of leak", kindNames, k, text)
}

// Phrase is a text that is not to be told, and why.
type Phrase struct {
	Text, Why string
}

// Name is what one person is called: their name and their accounts.
type Name struct {
	Name     string
	Accounts []string
}

// Terms is what the guard knows of the house. Without any, it still finds what
// has the form of a leak.
type Terms struct {
	Hosts     []string // that links may name, with those below them; none: any public one
	Internal  []string // further hosts inside of the house, with those below them
	Projects  []string // of trackers: "REL" of REL-101
	People    []Name
	Systems   []string
	Embargoed []string // ids of vulnerabilities: CVE-2026-41877, GHSA-…
	Untold    []Phrase // items by id or title
	Lawful    []string // texts that are no leak, whatever they look like
	OnlyThese bool     // ids of other projects than these are no leak
}

// Found is one leak.
type Found struct {
	Start, End int // bytes of the text as given
	Kind       Kind
	Why        string // "is an id of a tracker"
}

// Guard looks for leaks. It may be used by several goroutines.
type Guard struct {
	terms    Terms
	projects map[string]bool
	cves     map[string]bool
	systems  map[string][]term // by their first word
	untold   map[string][]term
	people   []person
	called   map[string][]int // people by the words that mentions begin with
}

// New returns the guard that knows the terms.
func New(t Terms) *Guard {
	g := &Guard{terms: t, projects: map[string]bool{}, cves: map[string]bool{}, systems: map[string][]term{}, untold: map[string][]term{}}
	for _, p := range t.Projects {
		g.projects[strings.ToUpper(strings.TrimSpace(p))] = true
	}
	for _, id := range t.Embargoed {
		g.cves[bare(id)] = true
	}
	for _, name := range t.Systems {
		addTerm(g.systems, name, "is an internal system", 1)
	}
	for _, p := range t.Untold {
		addTerm(g.untold, p.Text, p.Why, minUntold)
	}
	for _, p := range t.People {
		g.people = append(g.people, newPeople(p)...)
	}
	g.called = callPeople(g.people)
	return g
}

// Find returns the leaks of a text in the order in which they begin. Where two
// overlap, the graver one stands for both.
func (g *Guard) Find(text string) []Found {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	s := search{guard: g, text: text}
	for _, v := range views(text) {
		s.in(v)
	}
	return s.result()
}

// search is the leaks of one text as they are found.
type search struct {
	guard *Guard
	text  string
	found []Found
	view  view
}

// in looks at one reading of the text.
func (s *search) in(v view) {
	v.lower = lower(v.text)
	s.view = v
	s.secrets()
	s.links()
	s.hosts()
	s.tickets()
	s.vulnerabilities()
	s.persons()
	s.names()
}

// add notes what stands at bytes from and to of the view. What is only found
// because a line break was passed over has to span one.
func (s *search) add(from, to int, kind Kind, why string) {
	if from >= to || s.view.joined && !s.view.spans(from, to) {
		return
	}
	start, end := s.view.place(from, to)
	for _, lawful := range s.guard.terms.Lawful {
		if lawful != "" && kind != Secret && strings.Contains(lawful, s.view.text[from:to]) && s.covered(start, end, lawful) {
			return
		}
	}
	s.found = append(s.found, Found{start, end, kind, why})
}

// covered reports whether a lawful text stands where the find is.
func (s *search) covered(start, end int, lawful string) bool {
	for from := 0; ; {
		n := strings.Index(s.text[from:], lawful)
		if n < 0 {
			return false
		}
		if from+n <= start && end <= from+n+len(lawful) {
			return true
		}
		from += n + 1
	}
}

// result returns the leaks without those that others stand for.
func (s *search) result() []Found {
	slices.SortStableFunc(s.found, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.Kind.rank(), b.Kind.rank()), cmp.Compare(b.End-b.Start, a.End-a.Start), cmp.Compare(a.Start, b.Start))
	})
	var kept []Found
	for _, f := range s.found {
		if !slices.ContainsFunc(kept, func(k Found) bool { return f.Start < k.End && k.Start < f.End }) {
			kept = append(kept, f)
		}
	}
	slices.SortFunc(kept, func(a, b Found) int { return cmp.Compare(a.Start, b.Start) })
	return kept
}
