package notes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/leak"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Guard finds in the note to customers what readers outside of the house must
// not read: secrets, by the forms that some fifty issuers give them, by the words
// before them and by their randomness; hosts, addresses and links inside of the
// house; ids of trackers; people; embargoed vulnerabilities; internal systems;
// work that is deferred or marked internal. Invisible characters, letters that
// look alike, character references, escapes, marks, tags and line breaks inside
// of what is sought do not hide it.
//
// It is data and may be stored. The zero Guard finds what has the form of a
// leak whoever is asked: secrets, private hosts and addresses, ids of trackers,
// addresses of people, links to where outsiders have no account.
//
// It is a heuristic, measured on a labelled corpus (internal/leak): it can miss
// a leak, and what it finds can be lawful. Name the latter in Lawful.
type Guard struct {
	Hosts     []string         `json:"hosts,omitzero"`     // that links may name, with those below them; none: any that is not inside
	Internal  []string         `json:"internal,omitzero"`  // further hosts inside of the house, with those below them
	Projects  []string         `json:"projects,omitzero"`  // of trackers: "REL" of REL-101; found in any spelling
	People    []release.Person `json:"people,omitzero"`    // by name and account
	Systems   []string         `json:"systems,omitzero"`   // names that only insiders know
	Embargoed []string         `json:"embargoed,omitzero"` // vulnerabilities: CVE-2026-10011, GHSA-7f3q-9x2m-4c8p
	Untold    []Untold         `json:"untold,omitzero"`    // work that customers are not told of
	Lawful    []string         `json:"lawful,omitzero"`    // texts that are no leak, whatever they look like; no secret is ever one
}

// Untold is work that customers are not told of. It is found by its words, in
// any case and with any marks between them; a text of fewer than three words
// and without a digit is not looked for, since other things are called so too.
type Untold struct {
	Text string `json:"text"` // its id or its title
	Why  string `json:"why"`  // what keeps it back: "is marked internal"
}

// NewGuard returns the guard that a plan, the facts and a mapping give: the
// hosts and what is confidential by the policy, the projects of the scope's and
// the dependencies' ids, the people of the directory, the items that may be
// deferred and of which nobody says that they are done, and those that the
// facts mark as withheld, or as internal by a route that keeps a label from
// customers. Facts may be nil.
func NewGuard(plan *release.Plan, facts *fact.Set, mapping Mapping) Guard {
	c := plan.Policy.Confidential
	g := Guard{Hosts: slices.Clone(plan.Policy.LinkHosts), Internal: slices.Clone(c.Hosts), Systems: slices.Clone(c.Systems),
		Embargoed: slices.Clone(c.Embargoed), Lawful: slices.Clone(c.Lawful), People: slices.Clone(plan.Directory.People)}
	projects := slices.Clone(c.Projects)
	for _, s := range plan.Scope {
		projects = append(projects, projectOf(s.ID))
	}
	for _, d := range plan.Dependencies.Items {
		projects = append(projects, projectOf(d.Tracker))
	}
	g.Untold = untold(plan, facts, mapping.defaults())
	return g.WithProjects(projects...)
}

// WithProjects returns the guard with projects of trackers added, each once.
// An empty one is none.
func (g Guard) WithProjects(projects ...string) Guard {
	g = g.Clone()
	seen := map[string]bool{"": true}
	for _, p := range g.Projects {
		seen[p] = true
	}
	for _, p := range projects {
		if !seen[p] {
			seen[p] = true
			g.Projects = append(g.Projects, p)
		}
	}
	return g
}

// WithLawful returns the guard with texts added that are no leak.
func (g Guard) WithLawful(texts ...string) Guard {
	g = g.Clone()
	g.Lawful = append(g.Lawful, texts...)
	return g
}

// Clone returns a copy that shares no memory with g.
func (g Guard) Clone() Guard {
	g.Hosts, g.Internal, g.Projects = slices.Clone(g.Hosts), slices.Clone(g.Internal), slices.Clone(g.Projects)
	g.People = lists.Clone(g.People, func(p release.Person) release.Person {
		p.Accounts = slices.Clone(p.Accounts)
		return p
	})
	g.Systems, g.Embargoed, g.Untold, g.Lawful = slices.Clone(g.Systems), slices.Clone(g.Embargoed), slices.Clone(g.Untold), slices.Clone(g.Lawful)
	return g
}

// LeakKind is what sort of leak was found. The zero value is a secret.
type LeakKind = leak.Kind

// The kinds.
const (
	SecretLeak        = leak.Secret        // a key, a token, a password
	HostLeak          = leak.Host          // a host or an address inside of the house
	LinkLeak          = leak.Link          // a link that outsiders cannot follow, or should not
	TicketLeak        = leak.Ticket        // an id of a tracker
	PersonLeak        = leak.Person        // somebody of the house, or an address of somebody
	VulnerabilityLeak = leak.Vulnerability // one under embargo
	SystemLeak        = leak.System        // an internal system
	ItemLeak          = leak.Item          // work that customers are not told of
)

// Leak is one place in a note.
type Leak struct {
	Path  check.Path `json:"path"`  // of the text, from the note: "changes[0].text"
	Start int        `json:"start"` // first byte of the text as it stands
	End   int        `json:"end"`   // the byte behind the last
	Kind  LeakKind   `json:"kind"`  // what sort of leak
	Why   string     `json:"why"`   // what it is taken for: "is an id of a tracker"

	text string
}

// Finding returns the leak as a finding at its path. The message says which
// bytes leak and quotes them, but never a secret, nor the path of a link, where
// one may hide.
func (l Leak) Finding() check.Finding {
	span := fmt.Sprintf("bytes %d to %d", l.Start, l.End)
	f := check.Invalid(l.Path, l.text, l.Why+", "+span)
	switch l.Kind {
	case SecretLeak:
		f = check.Finding{Path: l.Path, Message: "the text " + l.Why + ", " + span, Hint: "take it out, and revoke it: it has been read already"}
		return f
	case LinkLeak:
		f = check.Finding{Path: l.Path, Message: "the link " + l.Why + ", " + span}
	}
	f.Hint = "say it in words that customers know, or leave it out"
	return f
}

// Leaks returns what a note gives away, in the order of its texts, and then the
// items of its changes that are not to be told, by id. Ids are looked at for
// that alone: the note to customers does not print them.
func (g Guard) Leaks(n Note) []Leak {
	guard := g.compiled()
	var all []Leak
	for at, text := range n.read() {
		all = append(all, leaksIn(guard, at, text)...)
	}
	return append(all, g.untoldItems(n)...)
}

func (g Guard) untoldItems(n Note) []Leak {
	var all []Leak
	why := map[string]string{}
	for _, u := range g.Untold {
		why[u.Text] = u.Why
	}
	for i, c := range n.Changes {
		for j, id := range c.Items {
			if w, ok := why[strings.TrimSpace(id)]; ok {
				at := check.Path("changes").Index(i).Field("items").Index(j)
				all = append(all, Leak{at, 0, len(id), ItemLeak, w, check.OneLine(id)})
			}
		}
	}
	return all
}

// LeaksIn returns what one text gives away, such as a message to customers,
// with an empty path.
func (g Guard) LeaksIn(text string) []Leak { return leaksIn(g.compiled(), "", text) }

// Drafted returns the secrets in what the last draft told customers, as the
// packet knows it: who takes one out of the note has taken it neither out of the
// source nor out of the packet. What still stands in the note is found there;
// see [Guard.Leaks].
func (g Guard) Drafted(p Packet) []Leak {
	guard := g.compiled()
	standing := map[string]bool{}
	for _, text := range p.Customers.read() {
		standing[text] = true
	}
	var all []Leak
	look := func(at check.Path, text string) {
		for _, l := range leaksIn(guard, at, text) {
			if l.Kind == SecretLeak {
				all = append(all, l)
			}
		}
	}
	for i, s := range p.Drafted {
		at := check.Path("drafted").Index(i)
		if text := s.Text; s.Audience == Customers && !standing[text] {
			look(at.Field("text"), text)
		}
		if s.Audience == Customers && !standing[s.ID] {
			look(at.Field("id"), s.ID)
		}
	}
	for i, c := range p.Conflicts {
		if at := check.Path("conflicts").Index(i); c.Audience == Customers {
			look(at.Field("was"), c.Was)
			look(at.Field("now"), c.Now)
		}
	}
	return all
}

func leaksIn(guard *leak.Guard, at check.Path, text string) []Leak {
	var all []Leak
	for _, f := range guard.Find(text) {
		all = append(all, Leak{at, f.Start, f.End, f.Kind, f.Why, check.OneLine(text[f.Start:f.End])})
	}
	return all
}

// compiled returns the guard in the form in which texts are searched.
func (g Guard) compiled() *leak.Guard {
	t := leak.Terms{Hosts: g.Hosts, Internal: g.Internal, Projects: g.Projects, Systems: g.Systems, Embargoed: g.Embargoed, Lawful: g.Lawful}
	for _, p := range g.People {
		name := leak.Name{Name: p.Name}
		for _, a := range p.Accounts {
			name.Accounts = append(name.Accounts, a.ID)
		}
		t.People = append(t.People, name)
	}
	for _, u := range g.Untold {
		t.Untold = append(t.Untold, leak.Phrase{Text: u.Text, Why: u.Why})
	}
	return leak.New(t)
}

// projectOf returns the project of an id of a tracker: "REL" of REL-101; "" if
// it is none.
func projectOf(id string) string {
	project, number, ok := strings.Cut(strings.TrimSpace(id), "-")
	if !ok || project == "" || number == "" || !isNumber(number) || strings.ToUpper(project) != project {
		return ""
	}
	return project
}
