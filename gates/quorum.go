package gates

import (
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// assign gives every ballot to at most one sign-off so that as many people as
// possible count: one person never counts twice, and somebody who may sign for
// two roles is used where nobody else can. It is bipartite matching by
// augmenting paths with capacities (H. W. Kuhn, The Hungarian Method for the
// Assignment Problem, 1955); ballots are tried in their order, so the result
// is the same for the same input.
func (g *gateRun) assign(ballots []ballot) {
	required := g.pg.gate.SignOffs
	m := matching{ballots: ballots, required: required, signed: make([][]int, len(required))}
	for b := range ballots {
		m.visited = 0
		m.place(b)
	}
	for i, signed := range m.signed {
		if len(signed) > 0 {
			g.d.SignOffs[i].By = make([]Signed, 0, len(signed))
		}
		for _, b := range signed {
			ballot := &ballots[b]
			if !ballot.expires.IsZero() {
				g.limit(ballot.expires)
			}
			out := &g.d.SignOffs[i]
			out.By = append(out.By, Signed{ballot.person, ballot.first.ID, ballot.first.At, ballot.via>>i&1 == 1})
		}
	}
}

type matching struct {
	ballots  []ballot
	required []SignOff
	signed   [][]int // by sign-off: the ballots that it has
	visited  uint64  // sign-offs that the search has been at
}

// place finds a sign-off for ballot b, moving others if that makes room.
func (m *matching) place(b int) bool {
	for s := range m.required {
		bit := uint64(1) << s
		if m.ballots[b].may&bit == 0 || m.visited&bit != 0 {
			continue
		}
		m.visited |= bit
		if len(m.signed[s]) < m.required[s].need() {
			m.signed[s] = append(m.signed[s], b)
			return true
		}
		for i, other := range m.signed[s] {
			if m.place(other) {
				m.signed[s][i] = b
				return true
			}
		}
	}
	return false
}

// mandate returns the sign-offs that the person may answer at that moment, as
// bits, and those of them that only a delegation allows. An answer for a named
// role is for that role only.
func (g *gateRun) mandate(person, answering string, at time.Time) (may, via uint64) {
	for i := range g.pg.gate.SignOffs {
		required := &g.pg.gate.SignOffs[i]
		if answering != "" && answering != required.Role {
			continue
		}
		role := g.e.signing.roles[required.Role]
		switch {
		case role == nil:
		case g.e.signing.holds[holding{role.ID, person}]:
			may |= 1 << i
		case g.e.signing.delegated(role, required.Delegate, person, at):
			may |= 1 << i
			via |= 1 << i
		}
	}
	return may, via
}

// delegated reports whether the role was handed to the person for that moment.
// If the sign-off names a role that stands in, the person has to hold it: to
// hold it by delegation is not enough, since delegation does not cascade.
func (s *signing) delegated(role *release.Role, standIn, person string, at time.Time) bool {
	if standIn != "" && (s.roles[standIn] == nil || !s.holds[holding{standIn, person}]) {
		return false
	}
	for _, d := range role.Delegations {
		if strings.TrimSpace(d.To) != person {
			continue
		}
		from, err1 := d.From.StrictStart()
		until, err2 := d.Until.StrictEnd()
		if err1 == nil && err2 == nil && !at.Before(from) && at.Before(until) {
			return true
		}
	}
	return false
}

// delegate reports whether some delegation of the gate's roles names the person.
func (g *gateRun) delegate(person string) bool {
	for _, required := range g.pg.gate.SignOffs {
		role := g.e.signing.roles[required.Role]
		if role != nil && slices.ContainsFunc(role.Delegations, func(d release.Delegation) bool { return strings.TrimSpace(d.To) == person }) {
			return true
		}
	}
	return false
}

// identities says who is who: an account belongs to one person, and two people
// who claim one account may be one human being under two names.
type identities struct {
	position map[string]int       // of people by id; an id listed twice is one person
	accounts map[fact.Account]int // position of the owner, or ambiguous
	alias    []int                // by position: somebody who may be the same; nil: nobody may be somebody else
}

func identify(d *release.Directory) identities {
	who := identities{make(map[string]int, len(d.People)), make(map[fact.Account]int, 2*len(d.People)), nil}
	var claimed map[fact.Account]int // who claimed an ambiguous account first
	for i := range d.People {
		id := strings.TrimSpace(d.People[i].ID)
		if _, ok := who.position[id]; !ok {
			who.position[id] = i
		}
		at := who.position[id]
		for _, account := range d.People[i].Accounts {
			switch owner, ok := who.accounts[account]; {
			case account == fact.Account{}: // an approval without an account is nobody's
			case !ok:
				who.accounts[account] = at
			case owner == ambiguous:
				who.join(claimed[account], at, len(d.People))
			case owner != at:
				if claimed == nil {
					claimed = map[fact.Account]int{}
				}
				claimed[account], who.accounts[account] = owner, ambiguous
				who.join(owner, at, len(d.People))
			}
		}
	}
	return who
}

// join says that two people may be one, and with them whoever may be either.
func (w *identities) join(a, b, people int) {
	if w.alias == nil {
		w.alias = make([]int, people)
		for i := range w.alias {
			w.alias[i] = i
		}
	}
	a, b = w.one(a), w.one(b)
	w.alias[max(a, b)] = min(a, b)
}

// one returns the first of the people who may be this person.
func (w *identities) one(person int) int {
	if w.alias == nil {
		return person
	}
	for w.alias[person] != person {
		person = w.alias[person]
	}
	return person
}

// maybe reports whether two ids may be one human being. Who is not in the
// directory is only who they say.
func (w *identities) maybe(a, b string) bool {
	i, ok1 := w.position[a]
	j, ok2 := w.position[b]
	return a == b || ok1 && ok2 && w.one(i) == w.one(j)
}

// among reports whether the person may be one of a sorted list.
func (w *identities) among(person string, list []string) bool {
	if w.alias == nil {
		_, found := slices.BinarySearch(list, person)
		return found
	}
	return slices.ContainsFunc(list, func(other string) bool { return w.maybe(person, other) })
}
