package release

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Directory says who is who and who may answer for what.
type Directory struct {
	People []Person `json:"people,omitzero"` // each once, however many roles they hold
	Roles  []Role   `json:"roles,omitzero"`  // those that the packet names
}

func (d Directory) clone() Directory {
	d.People = lists.Clone(d.People, Person.clone)
	d.Roles = lists.Clone(d.Roles, Role.clone)
	return d
}

// IsZero reports whether the directory is empty.
func (d Directory) IsZero() bool { return len(d.People)+len(d.Roles) == 0 }

// Person is one human being, however many accounts they have.
type Person struct {
	ID       string         `json:"id"`                // what the rest of the packet names them by: "alice"
	Name     string         `json:"name"`              // as documents print it
	Accounts []fact.Account `json:"accounts,omitzero"` // in the systems that answer queries; no two people share one
}

func (p Person) clone() Person {
	p.Accounts = slices.Clone(p.Accounts)
	return p
}

// Role is a responsibility that people hold: "sre-lead".
type Role struct {
	ID          string       `json:"id"`                   // what the rest of the packet names it by
	Title       string       `json:"title,omitzero"`       // as documents print it: "SRE lead"; empty: the id
	Holders     []string     `json:"holders,omitzero"`     // ids of people
	Delegations []Delegation `json:"delegations,omitzero"` // who stands in, and when
	OnCall      OnCall       `json:"onCall,omitzero"`      // whoever is on call holds it: Refresh fills Holders
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
	To     string     `json:"to"`              // id of a person
	From   value.When `json:"from"`            // the first moment; without it the delegation does not hold
	Until  value.When `json:"until"`           // the first moment after it; without it the delegation does not hold
	Reason string     `json:"reason,omitzero"` // such as "on leave"
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

// Party returns what documents call whoever has the id, a role or a person: the
// title of the role, the name of the person, or the id if there is neither. It
// is false if nobody has it.
func (d Directory) Party(id string) (title string, ok bool) {
	if _, ok := d.Role(id); ok {
		return d.Title(id), true
	}
	p, ok := d.Person(id)
	if !ok || check.Blank(p.Name) {
		return id, ok
	}
	return p.Name, true
}

// party is what sort of somebody an id is of. They add up.
type party uint8

const (
	aPerson party = 1 << iota
	aRole
	nobody party = 0
	aParty       = aPerson | aRole
)

// String says what a reference is to.
func (p party) String() string {
	return [...]string{"nobody", "a person of the directory", "a role of the directory", "a role or a person of the directory"}[p]
}

// ids returns what sort of somebody each id is of.
func (d Directory) ids() map[string]party {
	ids := make(map[string]party, len(d.People)+len(d.Roles))
	for _, p := range d.People {
		ids[p.ID] |= aPerson
	}
	for _, r := range d.Roles {
		ids[r.ID] |= aRole
	}
	return ids
}

func directoryRules() []check.Rule[Plan] {
	roles := directoryPath.Field("roles")
	return []check.Rule[Plan]{
		{ID: "X-009", Doc: "Every person and role has an id that nobody else has, every person a name, and an account belongs to one person.",
			Bad:   func(p *Plan) { p.Directory.People = append(p.Directory.People, p.Directory.People[0]) },
			Check: checkIdentities},
		{ID: "X-004", Doc: "Whoever the plan names is in the directory: a person where somebody did something, a role where somebody answers for something, either where something is owned.",
			Bad:   func(p *Plan) { p.Scope[0].Authors = []string{"nobody"} },
			Check: checkParties},
		{ID: "X-010", Doc: "A delegation is dated: it ends after it begins.",
			Bad: func(p *Plan) {
				p.Directory.Roles[0].Delegations = []Delegation{{To: p.Directory.People[0].ID}}
			},
			Check: func(p *check.Pass[Plan]) {
				for i, r := range p.Subject.Directory.Roles {
					for j, d := range r.Delegations {
						at := roles.Index(i).Field("delegations").Index(j)
						readable(p, at, "from", "the start of the delegation", d.From)
						readable(p, at, "until", "the end of the delegation", d.Until)
						ordered(p, at, "from", "until", d.From, d.Until)
					}
				}
			}},
	}
}

func checkIdentities(p *check.Pass[Plan]) {
	people, roles := directoryPath.Field("people"), directoryPath.Field("roles")
	first := map[string]check.Path{}
	distinct(p, first, people, "id", p.Subject.Directory.People, func(p Person) string { return p.ID })
	distinct(p, first, roles, "id", p.Subject.Directory.Roles, func(r Role) string { return r.ID })
	checkAccounts(p, people)
	trimmed := func(at check.Path, id string) {
		if strings.TrimSpace(id) != id && !check.Blank(id) {
			p.Report(check.Invalid(at.Field("id"), id, "has white space around it"))
		}
	}
	for i, person := range p.Subject.Directory.People {
		trimmed(people.Index(i), person.ID)
		stated(p, people.Index(i), "name", "the name", person.Name, "")
	}
	for i, r := range p.Subject.Directory.Roles {
		trimmed(roles.Index(i), r.ID)
		if r.OnCall.IsZero() {
			continue
		}
		at := roles.Index(i).Field("onCall")
		stated(p, at, "policy", "the escalation policy", r.OnCall.Policy, "as the paging system names it")
		if r.OnCall.Level < 1 {
			p.Report(check.Invalid(at.Field("level"), r.OnCall.Level, "levels are counted from 1"))
		}
	}
}

func checkAccounts(p *check.Pass[Plan], people check.Path) {
	seen := map[fact.Account]check.Path{}
	for i, person := range p.Subject.Directory.People {
		for j, a := range person.Accounts {
			at := people.Index(i).Field("accounts").Index(j)
			if a.System == "" || a.ID == "" {
				p.Report(check.Missing(at, "the account's system or id", ""))
				continue
			}
			if first, ok := seen[a]; ok {
				p.Report(check.Duplicate(at, a, first))
				continue
			}
			seen[a] = at
		}
	}
}

// checkParties leaves a single id that is not given, or still to be decided, to
// the rules that demand one. Owners of dependencies and roles of tasks have
// rules of their own, and so has the manager.
func checkParties(p *check.Pass[Plan]) {
	known := p.Subject.Directory.ids()
	resolve := func(at check.Path, id string, want party) {
		if known[id]&want == nobody {
			p.Report(check.Unresolved(at, id, want.String()))
		}
	}
	for i, r := range p.Subject.Directory.Roles {
		at := directoryPath.Field("roles").Index(i)
		for j, id := range r.Holders {
			resolve(at.Field("holders").Index(j), id, aPerson)
		}
		for j, d := range r.Delegations {
			resolve(at.Field("delegations").Index(j).Field("to"), d.To, aPerson)
		}
	}
	for i, s := range p.Subject.Scope {
		for j, id := range s.Authors {
			resolve(scopePath.Index(i).Field("authors").Index(j), id, aPerson)
		}
	}
	p.Subject.parties(func(at check.Path, field, id string, want party) {
		if !check.Blank(id) && !undecided(id) {
			resolve(at.Field(field), id, want)
		}
	})
}
