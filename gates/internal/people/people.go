// Package people answers who is who in a plan's directory, and who may answer
// for which role at which moment.
package people

import (
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Directory is a directory arranged for look-up. The zero value knows nobody.
type Directory struct {
	all   []release.Person
	at    map[fact.Account]int // position in all, or ambiguous
	known map[string]int       // first position of an id
	alias []int                // by position: somebody who may be the same; nil: nobody may be somebody else
	roles map[string]*release.Role
	holds map[holding]bool
}

// holding is that a person holds a role, not by delegation.
type holding struct{ role, person string }

// ambiguous marks an account that two people claim.
const ambiguous = -1

// Read arranges a directory. It keeps d.
func Read(d *release.Directory) Directory {
	p := Directory{all: d.People, at: make(map[fact.Account]int, 2*len(d.People)), known: make(map[string]int, len(d.People))}
	var claimed map[fact.Account]int // who claimed an ambiguous account first
	for i := range d.People {
		person := &d.People[i]
		id := strings.TrimSpace(person.ID)
		if _, ok := p.known[id]; !ok {
			p.known[id] = i // an id listed twice is one person
		}
		for _, account := range person.Accounts {
			if account == (fact.Account{}) {
				continue // an answer without an account is nobody's
			}
			owner, ok := p.at[account]
			switch {
			case !ok:
				p.at[account] = p.known[id]
			case owner == ambiguous:
				p.join(claimed[account], p.known[id])
			case owner != p.known[id]:
				if claimed == nil {
					claimed = map[fact.Account]int{}
				}
				claimed[account], p.at[account] = owner, ambiguous
				p.join(owner, p.known[id])
			}
		}
	}
	p.roles = make(map[string]*release.Role, len(d.Roles))
	p.holds = make(map[holding]bool, 2*len(d.Roles))
	for i := range d.Roles {
		r := &d.Roles[i]
		if _, ok := p.roles[r.ID]; ok {
			p.roles[r.ID] = nil // two roles of one name: nobody knows who holds it
			continue
		}
		p.roles[r.ID] = r
		for _, person := range r.Holders {
			p.holds[holding{r.ID, strings.TrimSpace(person)}] = true
		}
	}
	return p
}

// Person returns whose account it is: a position in the directory and an id.
// The account is not known if it is nobody's; the id is empty if it is more
// than one person's, or of a person without one.
func (p *Directory) Person(a fact.Account) (at int, id string, known bool) {
	at, known = p.at[a]
	if known && at != ambiguous {
		id = strings.TrimSpace(p.all[at].ID)
	}
	return at, id, known
}

// Knows reports whether somebody has the id. A blank one is nobody's.
func (p *Directory) Knows(id string) bool {
	_, ok := p.known[id]
	return ok && id != ""
}

// Mandate reports whether the person may answer for the role at that moment,
// and whether only a delegation allows it. If standIn is given, a delegate has
// to hold that role too: to hold it by delegation is not enough, since
// delegation does not cascade.
func (p *Directory) Mandate(role, standIn, person string, at time.Time) (may, delegated bool) {
	r := p.roles[role]
	switch {
	case r == nil:
		return false, false
	case p.holds[holding{r.ID, person}]:
		return true, false
	case standIn != "" && (p.roles[standIn] == nil || !p.holds[holding{standIn, person}]):
		return false, false
	}
	for _, d := range r.Delegations {
		if strings.TrimSpace(d.To) != person {
			continue
		}
		from, err1 := d.From.StrictStart()
		until, err2 := d.Until.StrictEnd()
		if err1 == nil && err2 == nil && !at.Before(from) && at.Before(until) {
			return true, true
		}
	}
	return false, false
}

// Delegate reports whether some delegation of the role names the person,
// whenever it holds.
func (p *Directory) Delegate(role, person string) bool {
	r := p.roles[role]
	return r != nil && slices.ContainsFunc(r.Delegations, func(d release.Delegation) bool { return strings.TrimSpace(d.To) == person })
}
