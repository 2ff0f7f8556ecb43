package release

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Plan is what is released, when, by whom and under which policy.
type Plan struct {
	Overview     Overview     `json:"overview"`              // what is released, in one place
	Scope        []ScopeItem  `json:"scope,omitzero"`        // must-ship and deferrable items
	Dependencies Dependencies `json:"dependencies,omitzero"` // what has to be there first
	Timeline     Timeline     `json:"timeline,omitzero"`     // when what happens
	Rollback     Rollback     `json:"rollback,omitzero"`     // the way back
	Checklists   Checklists   `json:"checklists,omitzero"`   // who does what, phase by phase
	Risks        []Risk       `json:"risks,omitzero"`        // each described once, named by id elsewhere
	Questions    Questions    `json:"questions,omitzero"`    // the open issues register
	Tooling      Tooling      `json:"tooling,omitzero"`      // where things are
	Terms        []Term       `json:"terms,omitzero"`        // the glossary
	Directory    Directory    `json:"directory,omitzero"`    // who is who
	Policy       Policy       `json:"policy,omitzero"`       // what every release owes
	Tracking     Tracking     `json:"tracking,omitzero"`     // what [Refresh] asks
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
	p.Scope = append(p.Scope, lists.Clone(items, ScopeItem.clone)...)
	return p
}

// WithFreezes returns the plan with freezes added.
func (p Plan) WithFreezes(freezes ...Freeze) Plan {
	p = p.Clone()
	p.Timeline.Freezes = append(p.Timeline.Freezes, lists.Clone(freezes, Freeze.clone)...)
	return p
}

// WithDependencies returns the plan with dependencies added.
func (p Plan) WithDependencies(dependencies ...Dependency) Plan {
	p = p.Clone()
	p.Dependencies.Items = append(p.Dependencies.Items, lists.Clone(dependencies, Dependency.clone)...)
	return p
}

// WithoutDependencies returns the plan with kinds added of which it has no
// dependency, on the word of whoever is named.
func (p Plan) WithoutDependencies(by, reason string, kinds ...DependencyKind) Plan {
	p = p.Clone()
	for _, k := range kinds {
		p.Dependencies.None = append(p.Dependencies.None, NoDependency{k, Negative{by, reason}})
	}
	return p
}

// WithTimeline returns the plan with the timeline replaced.
func (p Plan) WithTimeline(t Timeline) Plan {
	p = p.Clone()
	p.Timeline = t.clone()
	return p
}

// WithMilestones returns the plan with milestones added.
func (p Plan) WithMilestones(milestones ...Milestone) Plan {
	p = p.Clone()
	p.Timeline.Milestones = append(p.Timeline.Milestones, milestones...)
	return p
}

// WithRollback returns the plan with the way back replaced.
func (p Plan) WithRollback(r Rollback) Plan {
	p = p.Clone()
	p.Rollback = r.clone()
	return p
}

// WithChecklists returns the plan with tasks added to each phase of its
// checklists.
func (p Plan) WithChecklists(lists ...Checklists) Plan {
	p = p.Clone()
	p.Checklists = p.Checklists.With(lists...)
	return p
}

// WithRisks returns the plan with risks added.
func (p Plan) WithRisks(risks ...Risk) Plan {
	p = p.Clone()
	p.Risks = append(p.Risks, risks...)
	return p
}

// WithQuestions returns the plan with questions added to its register.
func (p Plan) WithQuestions(questions ...Question) Plan {
	p = p.Clone()
	p.Questions.Items = append(p.Questions.Items, lists.Clone(questions, Question.clone)...)
	return p
}

// WithTooling returns the plan with the tooling replaced.
func (p Plan) WithTooling(t Tooling) Plan {
	p = p.Clone()
	p.Tooling = t.clone()
	return p
}

// WithTerms returns the plan with terms added to its glossary.
func (p Plan) WithTerms(terms ...Term) Plan {
	p = p.Clone()
	p.Terms = append(p.Terms, terms...)
	return p
}

// WithPeople returns the plan with people added to its directory.
func (p Plan) WithPeople(people ...Person) Plan {
	p = p.Clone()
	p.Directory.People = append(p.Directory.People, lists.Clone(people, Person.clone)...)
	return p
}

// WithRoles returns the plan with roles added to its directory.
func (p Plan) WithRoles(roles ...Role) Plan {
	p = p.Clone()
	p.Directory.Roles = append(p.Directory.Roles, lists.Clone(roles, Role.clone)...)
	return p
}

// WithPolicy returns the plan with the policy replaced.
func (p Plan) WithPolicy(policy Policy) Plan {
	p = p.Clone()
	p.Policy = policy.clone()
	return p
}

// WithTracking returns the plan with what it is refreshed from replaced.
func (p Plan) WithTracking(t Tracking) Plan {
	p = p.Clone()
	p.Tracking = t.clone()
	return p
}

// Clone returns a copy that shares no memory with p.
func (p Plan) Clone() Plan {
	p.Overview = p.Overview.clone()
	p.Scope = lists.Clone(p.Scope, ScopeItem.clone)
	p.Dependencies = p.Dependencies.clone()
	p.Timeline = p.Timeline.clone()
	p.Rollback = p.Rollback.clone()
	p.Checklists = p.Checklists.clone()
	p.Risks = slices.Clone(p.Risks)
	p.Questions = p.Questions.clone()
	p.Tooling = p.Tooling.clone()
	p.Terms = slices.Clone(p.Terms)
	p.Directory = p.Directory.clone()
	p.Policy = p.Policy.clone()
	p.Tracking = p.Tracking.clone()
	return p
}

// Content returns the part of the plan that a sign-off approves: everything
// but what changes by itself while the release runs. Trackers report the status
// of scope items and dependencies; tasks and milestones get done; questions come
// and are answered, and while one that blocks is open the packet does not go.
// The directory says who may answer, and who is on call, which is judged at the
// moment of the decision, not at the moment of the answer. What is tracked stays:
// whoever changes what counts as the scope changes the plan.
func (p Plan) Content() Plan {
	c := p.Clone()
	for i := range c.Scope {
		c.Scope[i].Status = ""
	}
	for i := range c.Dependencies.Items {
		c.Dependencies.Items[i].Status = UnknownReadiness
	}
	for i := range c.Timeline.Milestones {
		c.Timeline.Milestones[i].Completed = value.When{}
	}
	for _, list := range c.Checklists.lists() {
		for i := range *list {
			(*list)[i].State = TaskState{}
		}
	}
	c.Questions = Questions{}
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

// Tracking is what is asked to bring a plan up to date; see [Refresh]. Without
// queries for scope and dependencies their states stay as they are written.
// Without queries for duties the roles that name a place in a rotation have no
// holder: only facts say who is on call.
type Tracking struct {
	Scope        []fact.Query `json:"scope,omitzero"`        // the work items of the release: all of them, and no others
	Dependencies []fact.Query `json:"dependencies,omitzero"` // work items that dependencies name as their trackers
	OnCall       []fact.Query `json:"onCall,omitzero"`       // duties
	Questions    []fact.Query `json:"questions,omitzero"`    // work items that ask something, such as those with a label
}

func (t Tracking) clone() Tracking {
	t.Scope, t.Dependencies = slices.Clone(t.Scope), slices.Clone(t.Dependencies)
	t.OnCall, t.Questions = slices.Clone(t.OnCall), slices.Clone(t.Questions)
	return t
}

// Queries returns everything that the plan asks, each question once: what it
// is refreshed from, and what its thresholds, alerts and success metrics read.
func (p Plan) Queries() []fact.Query {
	asked := slices.Concat(p.Tracking.Scope, p.Tracking.Dependencies, p.Tracking.OnCall, p.Tracking.Questions)
	for _, i := range p.Overview.Impact {
		asked = append(asked, i.Query)
	}
	for _, m := range p.Overview.Success {
		asked = append(asked, m.Query)
	}
	for _, t := range p.Rollback.Matrix {
		asked = append(asked, t.When.Query)
	}
	for _, list := range p.Checklists.lists() {
		for _, t := range *list {
			asked = append(asked, t.Alert.Query)
		}
	}
	return fact.MergeQueries(slices.DeleteFunc(asked, func(q fact.Query) bool { return q.Ask == fact.Ask{} }))
}

// Validate runs [Rules] without clock and facts and returns what they find.
func (p Plan) Validate() check.Findings { return check.Run(&p, Rules(), nil).Findings }
