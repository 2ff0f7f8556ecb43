package pen

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// scope is what a page knows beside the packet's parts: the operating zone, and
// who is who.
type scope struct {
	zone      string
	loc       *time.Location // of the operating zone, or UTC
	faulty    bool           // the operating zone is not given or not known here
	directory *release.Directory

	persons, roles map[string]int // positions in the directory, by id; the first one counts
}

// New returns a pen for pages about a plan.
func New(plan *release.Plan) Pen {
	p := Pen{B: make([]byte, 0, 16<<10), scope: scope{zone: plan.Overview.Zone, loc: time.UTC, directory: &plan.Directory}}
	if loc, err := value.LoadZone(p.zone); err == nil {
		p.loc = loc
	} else {
		p.faulty = true
	}
	p.persons = make(map[string]int, len(p.directory.People))
	for i, person := range slices.Backward(p.directory.People) {
		p.persons[person.ID] = i
	}
	p.roles = make(map[string]int, len(p.directory.Roles))
	for i, r := range slices.Backward(p.directory.Roles) {
		p.roles[r.ID] = i
	}
	delete(p.persons, "") // who is not named is nobody, whoever has no id
	delete(p.roles, "")
	return p
}

// Faulty reports whether the operating zone is not given, or not known here, so
// that moments are in UTC.
func (p *Pen) Faulty() bool { return p.faulty }

// Holders returns the people who hold a role, by id.
func (p *Pen) Holders(role string) ([]string, bool) {
	i, ok := p.roles[role]
	if !ok {
		return nil, false
	}
	return p.directory.Roles[i].Holders, true
}

// Person appends the name of the person with the given id.
func (p *Pen) Person(id string) {
	name := ""
	i, ok := p.persons[id]
	if ok {
		name = p.directory.People[i].Name
	}
	p.Called(id, ok, name)
}

// PersonList appends the names of people, separated by commas.
func (p *Pen) PersonList(ids []string) {
	if len(ids) == 0 {
		p.NotGiven()
	}
	for i, id := range ids {
		if i > 0 {
			p.Lit(", ")
		}
		p.Person(id)
	}
}

// Role appends the title of the role with the given id.
func (p *Pen) Role(id string) {
	title := ""
	i, ok := p.roles[id]
	if ok {
		title = p.directory.Roles[i].Title
	}
	p.Called(id, ok, title)
}

// Party appends the name of the role or the person with the given id.
func (p *Pen) Party(id string) {
	if _, ok := p.persons[id]; ok {
		if _, both := p.roles[id]; !both {
			p.Person(id)
			return
		}
	}
	p.Role(id)
}

// Parties appends who answers and who stands in: "SRE lead / SRE on call".
func (p *Pen) Parties(owner, delegate string) {
	p.Role(owner)
	p.Lit(" / ")
	if delegate == "" {
		p.Lit("delegate ")
	}
	p.Role(delegate)
}

// Negative appends that there is none of something, on whose word, and nothing
// if nobody says so.
func (p *Pen) Negative(n *release.Negative) {
	if n.IsZero() {
		return
	}
	p.Lit("None, ")
	if n.Reason == "" {
		p.Lit("reason ")
	}
	p.Text(n.Reason)
	p.Lit(" (")
	if n.By == "" {
		p.Lit("name ")
	}
	p.Party(n.By)
	p.Lit(")")
}

// Called appends how the directory calls an id, or the id itself.
func (p *Pen) Called(id string, known bool, name string) {
	switch {
	case !known && id != "":
		p.Text(id)
		p.Lit(" (not in the directory)")
	case !known:
		p.NotGiven()
	case name == "":
		p.Text(id)
	default:
		p.Text(name)
	}
}
