package release

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Directory says who is who and who may answer for what.
type Directory struct {
	People []Person `json:"people,omitzero"`
	Roles  []Role   `json:"roles,omitzero"`
}

func (d Directory) clone() Directory {
	d.People = copies(d.People, Person.clone)
	d.Roles = copies(d.Roles, Role.clone)
	return d
}

// IsZero reports whether the directory is empty.
func (d Directory) IsZero() bool { return len(d.People)+len(d.Roles) == 0 }

// Person is one human being, however many accounts they have.
type Person struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Accounts []fact.Account `json:"accounts,omitzero"`
}

func (p Person) clone() Person {
	p.Accounts = slices.Clone(p.Accounts)
	return p
}

// Role is a responsibility that people hold: "sre-lead".
type Role struct {
	ID          string       `json:"id"`
	Title       string       `json:"title,omitzero"`
	Holders     []string     `json:"holders,omitzero"` // ids of people
	Delegations []Delegation `json:"delegations,omitzero"`
	OnCall      OnCall       `json:"onCall,omitzero"` // whoever is on call holds it: Refresh fills Holders
}

// OnCall is a place in a rotation of the paging system. The zero OnCall is none.
type OnCall struct {
	Policy string `json:"policy"` // as duties name it
	Level  int    `json:"level"`  // from 1, which is paged first
}

// IsZero reports whether no place is named.
func (o OnCall) IsZero() bool { return o == OnCall{} }

func (r Role) clone() Role {
	r.Holders = slices.Clone(r.Holders)
	r.Delegations = slices.Clone(r.Delegations)
	return r
}

// Delegation lets one more person answer for a role for a time. It does not
// cascade: who holds a role by delegation cannot hand it on.
type Delegation struct {
	To     string     `json:"to"` // id of a person
	From   value.When `json:"from"`
	Until  value.When `json:"until"`
	Reason string     `json:"reason,omitzero"`
}

// Role returns the role with the given id.
func (d Directory) Role(id string) (Role, bool) {
	i := slices.IndexFunc(d.Roles, func(r Role) bool { return r.ID == id })
	if i < 0 {
		return Role{}, false
	}
	return d.Roles[i], true
}

// Person returns the person with the given id.
func (d Directory) Person(id string) (Person, bool) {
	i := slices.IndexFunc(d.People, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return Person{}, false
	}
	return d.People[i], true
}

// Title returns how documents call the role: its title, or its id.
func (d Directory) Title(role string) string {
	if r, ok := d.Role(role); ok && r.Title != "" {
		return r.Title
	}
	return role
}

// owners returns whose account each is. One that several people list is nobody's.
func (d Directory) owners() map[fact.Account]string {
	owners := map[fact.Account]string{}
	for _, p := range d.People {
		for _, a := range p.Accounts {
			if other, ok := owners[a]; ok && other != p.ID {
				owners[a] = ""
				continue
			}
			owners[a] = p.ID
		}
	}
	delete(owners, fact.Account{})
	return owners
}

// duty is a shift that runs when its answer is observed.
type duty struct {
	fact.Duty
	source string
	at     time.Time
}

// held returns who is on call at the place, sorted, and by whose word. It is
// open who is if nobody is, or if an account is nobody's.
func (o OnCall) held(duties []duty, owners map[fact.Account]string) ([]string, judgement) {
	var holders, strangers []string
	var by judgement
	for _, d := range duties {
		if check.Blank(o.Policy) || d.Policy != o.Policy || d.Level != o.Level {
			continue
		}
		by.source, by.at, by.Link = d.source, d.at, d.Link
		if person := owners[d.Account]; person != "" {
			holders = append(holders, person)
		} else {
			strangers = append(strangers, d.Account.String())
		}
	}
	slices.Sort(strangers)
	slices.Sort(holders)
	switch {
	case len(strangers) > 0:
		by.open = "nobody of the directory is " + strings.Join(slices.Compact(strangers), ", ")
	case len(holders) == 0:
		by.open = fmt.Sprintf("no complete answer has anybody on call for %q at level %d", o.Policy, o.Level)
	}
	return slices.Compact(holders), by
}
