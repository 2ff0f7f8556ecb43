package packet

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/lexicon"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

// noteRules look at the release notes beside the plan.
func noteRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "NOTE-004", Doc: "Customers are told nothing internal: no id of a tracker, no host that is not theirs, no person of the directory.",
			Bad:   func(p *Packet) { p.Notes.Customers.Changes[0].Text = "Gift cards pay for orders (REL-101)." },
			Check: checkLeaks},
		{ID: "NOTE-005", Doc: "A note tells of every item that must ship.",
			Bad: func(p *Packet) {
				p.Notes.Customers.Changes, p.Notes.Support.Changes, p.Notes.Leadership.Changes = p.Notes.Customers.Changes[:1], nil, nil
			},
			Check: func(p *check.Pass[Packet]) {
				told := p.Subject.Notes.Announced()
				for i, s := range p.Subject.Plan.Scope {
					if _, ok := slices.BinarySearch(told, s.ID); !ok && s.Class == release.MustShip {
						f := check.Missing(scopePath.Index(i).Field("id"), "the change that tells of "+s.ID, "it must ship: name it among the items of a change in the notes")
						p.Report(f.WithRelated(notesPath))
					}
				}
			}},
		{ID: "NOTE-006", Doc: "Customers are not told of an item that may be deferred and is not done.",
			Bad:   func(p *Packet) { p.Notes.Customers.Changes[1].Items[0] = "REL-103" },
			Check: checkDeferred},
	}
}

const scopePath check.Path = "plan.scope"

// checkCallouts wants the risks of callouts in the plan, rated and planned for.
func checkCallouts(p *check.Pass[Packet]) {
	risks := places(p.Subject.Plan.Risks, func(r release.Risk) string { return r.ID })
	for _, a := range notes.Audiences() {
		for i, c := range p.Subject.Notes.Note(a).Risks {
			at := notesPath.Field(a.String()).Field("risks").Index(i).Field("risk")
			j, ok := risks[c.Risk]
			switch {
			case check.Blank(c.Risk):
			case !ok:
				p.Report(check.Unresolved(at, c.Risk, "a risk of the plan"))
			default:
				r := p.Subject.Plan.Risks[j]
				if r.Probability == release.NoLevel || r.Impact == release.NoLevel || check.Blank(r.Mitigation) || check.Blank(r.Contingency) {
					p.Report(check.Invalid(at, c.Risk, "the risk lacks its probability, impact, mitigation or contingency").WithRelated(check.Path("plan.risks").Index(j)))
				}
			}
		}
	}
}

// places returns where in a list each id stands first.
func places[T any](list []T, id func(T) string) map[string]int {
	at := make(map[string]int, len(list))
	for i, t := range list {
		if _, ok := at[id(t)]; !ok {
			at[id(t)] = i
		}
	}
	return at
}

// checkDeferred believes the facts, and else the status that the plan has.
func checkDeferred(p *check.Pass[Packet]) {
	scope := places(p.Subject.Plan.Scope, func(s release.ScopeItem) string { return s.ID })
	known := reported(p.Facts)
	for i, c := range p.Subject.Notes.Customers.Changes {
		for j, id := range c.Items {
			k, ok := scope[id]
			if !ok || p.Subject.Plan.Scope[k].Class != release.Deferrable {
				continue
			}
			done, told := known[id]
			if status := strings.TrimSpace(p.Subject.Plan.Scope[k].Status); !told {
				done, told = finished[strings.ToLower(status)], status != ""
			}
			switch at := notesPath.Field("customers").Field("changes").Index(i).Field("items").Index(j); {
			case !told:
				p.NotEvaluated("nobody knows whether " + id + " is done")
			case !done:
				p.Report(check.Invalid(at, id, "may be deferred and is not done, and customers are told of it").WithRelated(scopePath.Index(k)))
			}
		}
	}
}

// finished are the names that trackers have for what is done.
var finished = set("done closed resolved completed complete released shipped verified")

// reported returns the work items that complete answers have, and whether each
// is done. What one answer has as open is open.
func reported(facts *fact.Set) map[string]bool {
	known := map[string]bool{}
	if facts == nil {
		return known
	}
	for _, r := range facts.Results {
		for _, w := range r.WorkItems {
			if before, ok := known[w.ID]; r.Complete && !r.Failed() && w.Category != fact.UnknownCategory {
				known[w.ID] = w.Category == fact.Done && (before || !ok)
			}
		}
	}
	return known
}

// checkLeaks reads everything that customers read.
func checkLeaks(p *check.Pass[Packet]) {
	g := guard{Pass: p, keys: keys(p.Subject)}
	for _, key := range []string{"SEC", "INC"} {
		g.keys[key] = true
	}
	for _, person := range p.Subject.Plan.Directory.People {
		if !check.Blank(person.Name) {
			g.people = append(g.people, strings.TrimSpace(person.Name))
		}
	}
	at := notesPath.Field("customers")
	x := indexed(p)
	for i, t := range x.texts {
		if t.Path.Within(at) {
			g.text(x, i)
		}
	}
	for i, c := range p.Subject.Notes.Customers.Changes {
		g.link(at.Field("changes").Index(i).Field("link"), string(c.Link))
	}
	for i, l := range p.Subject.Notes.Customers.Links {
		g.link(at.Field("links").Index(i).Field("url"), string(l.URL))
	}
}

// guard knows what customers must not read.
type guard struct {
	*check.Pass[Packet]
	keys   map[string]bool // projects of trackers
	people []string        // names
}

func (g guard) leaks(at check.Path, what, why string) {
	f := check.Invalid(at, what, why)
	f.Hint = "say it in words that customers know, or leave it out"
	g.Report(f)
}

func (g guard) text(x *index, i int) {
	at, text := x.texts[i].Path, x.texts[i].Text
	for _, name := range g.people {
		if whole(text, name) && !g.ordinary(x, i, name) {
			g.leaks(at, name, "is a person of the directory")
		}
	}
	for j, t := range x.Tokens(i) {
		switch word := x.word(i, j); t.Kind {
		case lexicon.Identifier, lexicon.Code:
			if key, ok := keyOf(strings.Trim(word, "`")); ok && g.keys[key] {
				g.leaks(at, word, "is an id of a tracker")
			}
		case lexicon.URL:
			if strings.Contains(word, "://") {
				g.link(at, word)
			}
		}
	}
}

// ordinary reports a name of one word that begins a sentence, where it may be a
// word like any other: "Grace periods".
func (g guard) ordinary(x *index, i int, name string) bool {
	if strings.Contains(name, " ") {
		return false
	}
	for j, t := range x.Tokens(i) {
		if x.word(i, j) == name && !t.FirstOfSentence() {
			return false
		}
	}
	return true
}

// whole reports whether the text has the words, and not only as part of others.
func whole(text, words string) bool {
	for from := 0; ; {
		n := strings.Index(text[from:], words)
		if n < 0 {
			return false
		}
		start, end := from+n, from+n+len(words)
		if (start == 0 || !letter(text[start-1])) && (end == len(text) || !letter(text[end])) {
			return true
		}
		from = end
	}
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c >= 0x80 }

func (g guard) link(at check.Path, link string) {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return // other rules look at its form
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if internal(host) || len(g.hosts()) > 0 && !slices.ContainsFunc(g.hosts(), func(parent string) bool { return below(host, parent) }) {
		g.leaks(at, host, "is a host that customers do not reach")
	}
	for part := range strings.FieldsFuncSeq(u.Path, func(r rune) bool { return r == '/' }) {
		if key, ok := keyOf(part); ok && g.keys[key] {
			g.leaks(at, part, "is an id of a tracker")
		}
	}
}

func (g guard) hosts() []string { return g.Subject.Plan.Policy.LinkHosts }

func below(host, parent string) bool {
	parent = strings.ToLower(strings.TrimSuffix(parent, "."))
	return host == parent || strings.HasSuffix(host, "."+parent)
}

// internal reports a host that no customer's machine resolves: a name without a
// domain, one of a domain that RFC 6762 or ICANN keeps for private networks, an
// address of a private network (RFC 1918, RFC 4193).
func internal(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast()
	}
	return !strings.Contains(host, ".") || slices.ContainsFunc([]string{"local", "internal", "intranet", "corp", "lan", "home.arpa"}, func(d string) bool { return below(host, d) })
}
