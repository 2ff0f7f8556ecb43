package release

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
)

// Plan is what is released, when, by whom and under which policy.
type Plan struct {
	Overview  Overview    `json:"overview"`
	Scope     []ScopeItem `json:"scope,omitzero"`
	Freezes   []Freeze    `json:"freezes,omitzero"`
	Directory Directory   `json:"directory,omitzero"`
	Policy    Policy      `json:"policy,omitzero"`
}

// NewPlan returns the plan of the named release in one version.
func NewPlan(name, version string) Plan {
	return Plan{Overview: Overview{Name: name, Version: version}}
}

// WithOverview returns the plan with the overview replaced.
func (p Plan) WithOverview(o Overview) Plan {
	p = p.Clone()
	p.Overview = o.clone()
	return p
}

// WithScope returns the plan with scope items added.
func (p Plan) WithScope(items ...ScopeItem) Plan {
	p = p.Clone()
	p.Scope = append(p.Scope, copies(items, ScopeItem.clone)...)
	return p
}

// WithFreezes returns the plan with freezes added.
func (p Plan) WithFreezes(freezes ...Freeze) Plan {
	p = p.Clone()
	p.Freezes = append(p.Freezes, copies(freezes, Freeze.clone)...)
	return p
}

// WithPeople returns the plan with people added to its directory.
func (p Plan) WithPeople(people ...Person) Plan {
	p = p.Clone()
	p.Directory.People = append(p.Directory.People, copies(people, Person.clone)...)
	return p
}

// WithRoles returns the plan with roles added to its directory.
func (p Plan) WithRoles(roles ...Role) Plan {
	p = p.Clone()
	p.Directory.Roles = append(p.Directory.Roles, copies(roles, Role.clone)...)
	return p
}

// WithPolicy returns the plan with the policy replaced.
func (p Plan) WithPolicy(policy Policy) Plan {
	p = p.Clone()
	p.Policy = policy
	return p
}

// Clone returns a copy that shares no memory with p.
func (p Plan) Clone() Plan {
	p.Overview = p.Overview.clone()
	p.Scope = copies(p.Scope, ScopeItem.clone)
	p.Freezes = copies(p.Freezes, Freeze.clone)
	p.Directory = p.Directory.clone()
	return p
}

// Content returns the part of the plan that a sign-off approves: everything
// but what changes by itself while the release runs. The status of scope items
// is reported by trackers, and the directory says who may answer, which is
// judged at the moment of the decision, not at the moment of the answer.
func (p Plan) Content() Plan {
	c := p.Clone()
	for i := range c.Scope {
		c.Scope[i].Status = ""
	}
	c.Directory = Directory{}
	return c
}

// Authors returns the ids of everybody who wrote something in the scope,
// sorted, each once, without white space around them. They are barred from
// approving it.
func (p Plan) Authors() []string {
	n := 0
	for _, item := range p.Scope {
		n += len(item.Authors)
	}
	ids := make([]string, 0, n)
	for _, item := range p.Scope {
		for _, id := range item.Authors {
			ids = append(ids, strings.TrimSpace(id))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Validate runs [Rules] without clock and facts and returns what they find.
func (p Plan) Validate() check.Findings { return check.Run(&p, Rules(), nil).Findings }

// copies returns a list of copies that shares no memory with list. Like
// slices.Clone it keeps nil nil and the empty list empty, so that a copy has
// the same JSON.
func copies[T any](list []T, clone func(T) T) []T {
	list = slices.Clone(list)
	for i := range list {
		list[i] = clone(list[i])
	}
	return list
}
