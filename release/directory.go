package release

import (
	"slices"

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
}

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
