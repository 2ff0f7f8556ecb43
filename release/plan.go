package release

import (
	"slices"

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
	p.Overview = o.clone()
	return p
}

// WithScope returns the plan with scope items added.
func (p Plan) WithScope(items ...ScopeItem) Plan {
	p.Scope = appendCopies(p.Scope, items, ScopeItem.clone)
	return p
}

// WithFreezes returns the plan with freezes added.
func (p Plan) WithFreezes(freezes ...Freeze) Plan {
	p.Freezes = appendCopies(p.Freezes, freezes, Freeze.clone)
	return p
}

// WithPeople returns the plan with people added to its directory.
func (p Plan) WithPeople(people ...Person) Plan {
	p.Directory.People = appendCopies(p.Directory.People, people, Person.clone)
	return p
}

// WithRoles returns the plan with roles added to its directory.
func (p Plan) WithRoles(roles ...Role) Plan {
	p.Directory.Roles = appendCopies(p.Directory.Roles, roles, Role.clone)
	return p
}

// WithPolicy returns the plan with the policy replaced.
func (p Plan) WithPolicy(policy Policy) Plan {
	p.Policy = policy
	return p
}

// Clone returns a copy that shares no memory with p.
func (p Plan) Clone() Plan {
	p.Overview = p.Overview.clone()
	p.Scope = appendCopies(nil, p.Scope, ScopeItem.clone)
	p.Freezes = appendCopies(nil, p.Freezes, Freeze.clone)
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
// sorted, each once. They are barred from approving it.
func (p Plan) Authors() []string {
	var ids []string
	for _, item := range p.Scope {
		ids = append(ids, item.Authors...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Validate runs [Rules] without clock and facts and returns what they find.
func (p Plan) Validate() check.Findings { return check.Run(&p, Rules(), nil).Findings }

// appendCopies appends copies of more to a copy of list, so that the result
// shares no memory with either. It returns nil only for nothing at all.
func appendCopies[T any](list, more []T, clone func(T) T) []T {
	if len(list)+len(more) == 0 {
		return nil
	}
	all := make([]T, 0, len(list)+len(more))
	for _, t := range list {
		all = append(all, clone(t))
	}
	for _, t := range more {
		all = append(all, clone(t))
	}
	return all
}
