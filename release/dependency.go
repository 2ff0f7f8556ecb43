package release

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Dependencies is the dependency matrix: what the release needs from others,
// and of which kinds it needs nothing.
type Dependencies struct {
	Items []Dependency   `json:"items,omitzero"` // in the order of the matrix
	None  []NoDependency `json:"none,omitzero"`  // kinds of which there is none
}

// NoDependency says that the release depends on nothing of one kind.
type NoDependency struct {
	Kind DependencyKind `json:"kind"` // of which there is none
	Negative
}

// Dependency is one thing that has to be there before the release can go on.
type Dependency struct {
	ID       string         `json:"id"`                // such as "D1"
	Title    string         `json:"title"`             // what is needed, in one line
	Kind     DependencyKind `json:"kind"`              // which of the fields at the end apply
	Owner    string         `json:"owner,omitzero"`    // id of a role or a person
	Due      value.When     `json:"due,omitzero"`      // when it is to be ready
	NeededBy string         `json:"neededBy,omitzero"` // id of a milestone or window; empty: the deployment window
	Status   Readiness      `json:"status"`            // how far it is; not part of what is approved
	Blocking bool           `json:"blocking,omitzero"` // the release does not go without it
	Risk     string         `json:"risk,omitzero"`     // id of a risk of the plan: mitigation and contingency

	Needs      []string   `json:"needs,omitzero"`      // ids of dependencies that come first
	Components []string   `json:"components,omitzero"` // what needs it; empty: all of them
	Tracker    string     `json:"tracker,omitzero"`    // id of the work item that tracks it
	Link       value.Link `json:"link,omitzero"`       // to where it is tracked

	Migration Migration `json:"migration,omitzero"` // of a data migration
	Flag      string    `json:"flag,omitzero"`      // of a feature flag: its name in the overview
	LeadDays  int       `json:"leadDays,omitzero"`  // of an approval: working days from request to answer
}

// Migration is how a data migration is undone.
type Migration struct {
	Reversal     string `json:"reversal,omitzero"`     // how it is reversed in place
	RestorePoint string `json:"restorePoint,omitzero"` // what is restored otherwise
}

func (d Dependencies) clone() Dependencies {
	d.Items = lists.Clone(d.Items, Dependency.clone)
	d.None = slices.Clone(d.None)
	return d
}

func (d Dependency) clone() Dependency {
	d.Needs = slices.Clone(d.Needs)
	d.Components = slices.Clone(d.Components)
	return d
}

// DependencyKind is what sort of thing is depended on.
type DependencyKind uint8

// The kinds.
const (
	NoDependencyKind DependencyKind = iota
	Upstream                        // a service or provider that we call
	Downstream                      // a consumer that calls us
	DataMigration
	FeatureFlag
	InfrastructureChange
	ThirdPartyApproval
)

var dependencyKindNames = []string{"none", "upstream", "downstream", "migration", "flag", "infrastructure", "approval"}

// DependencyKinds returns the kinds that a plan has to speak of, in order.
func DependencyKinds() []DependencyKind {
	return []DependencyKind{Upstream, Downstream, DataMigration, FeatureFlag, InfrastructureChange, ThirdPartyApproval}
}

// String returns the kind's name as it stands in JSON.
func (k DependencyKind) String() string {
	return enum.String("dependency kind", dependencyKindNames, k)
}

// MarshalText implements [encoding.TextMarshaler].
func (k DependencyKind) MarshalText() ([]byte, error) {
	return enum.Marshal("dependency kind", dependencyKindNames, k)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown kind is an error.
func (k *DependencyKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("dependency kind", dependencyKindNames, k, text)
}

// Readiness is how far a dependency is. The zero value says that nobody knows.
type Readiness uint8

// The states.
const (
	UnknownReadiness Readiness = iota
	NotStarted
	InProgress
	Blocked
	Ready
)

var readinessNames = []string{"unknown", "not-started", "in-progress", "blocked", "ready"}

// String returns the state's name as it stands in JSON.
func (r Readiness) String() string { return enum.String("readiness", readinessNames, r) }

// MarshalText implements [encoding.TextMarshaler].
func (r Readiness) MarshalText() ([]byte, error) { return enum.Marshal("readiness", readinessNames, r) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown state is an error.
func (r *Readiness) UnmarshalText(text []byte) error {
	return enum.Unmarshal("readiness", readinessNames, r, text)
}

func dependencyOrderRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "DEP-007", Doc: "A dependency is due before it is needed: by its milestone or window, or else by the deployment window.",
			Bad:   func(p *Plan) { p.Dependencies.Items[0].Due = p.Overview.Window.End },
			Check: eachDependency(checkDue)},
		{ID: "DEP-011", Doc: "No dependency needs itself, nor one that needs it.",
			Bad:   func(p *Plan) { p.Dependencies.Items[3].Needs = []string{"D2"} },
			Check: checkCycles},
		{ID: "DEP-012", Severity: check.Warning, Doc: "An approval is due early enough that it could be asked for once more: its lead time, in working days, fits between when it is due and when it is needed.",
			Bad:   func(p *Plan) { p.Dependencies.Items[0].LeadDays = 10 },
			Check: eachDependency(checkLeadTime)},
		{ID: "DEP-015", Doc: "A dependency is due no earlier, and ready no sooner, than those that it needs.",
			Bad:   func(p *Plan) { p.Dependencies.Items[1].Status = Ready; p.Dependencies.Items[3].Status = InProgress },
			Check: eachDependency(checkAfterNeeds)},
	}
}

// neededAt returns when a dependency is needed, and where that stands. It is
// false if that cannot be told.
func (p *Plan) neededAt(d Dependency) (value.When, check.Path, bool) {
	if d.NeededBy == "" {
		return p.Overview.Window.Start, overviewPath.Field("window").Field("start"), true
	}
	for i, m := range p.Timeline.Milestones {
		if m.ID == d.NeededBy {
			return m.At, milestonesPath.Index(i).Field("at"), true
		}
	}
	for i, w := range p.Timeline.Windows {
		if w.ID == d.NeededBy {
			return w.Window.Start, windowsPath.Index(i).Field("window").Field("start"), true
		}
	}
	return value.When{}, "", false
}

func checkDue(p *check.Pass[Plan], at check.Path, d Dependency) {
	needed, where, ok := p.Subject.neededAt(d)
	if !ok {
		p.NotEvaluated("nobody can tell when dependency " + d.ID + " is needed")
		return
	}
	if order, ok := compared(p, d.Due, needed); ok && order == value.After {
		p.Report(check.OutOfOrder(at.Field("due"), d.Due, "is after it is needed at "+needed.String(), where))
	}
}

func checkAfterNeeds(p *check.Pass[Plan], at check.Path, d Dependency) {
	for _, id := range d.Needs {
		i := slices.IndexFunc(p.Subject.Dependencies.Items, func(d Dependency) bool { return d.ID == id })
		if i < 0 {
			continue
		}
		need := p.Subject.Dependencies.Items[i]
		if order, ok := compared(p, d.Due, need.Due); ok && order == value.Before {
			p.Report(check.OutOfOrder(at.Field("due"), d.Due, "is before "+id+", which it needs and which is due "+need.Due.String(), dependenciesPath.Index(i).Field("due")))
		}
		if d.Status == Ready && need.Status != Ready {
			p.Report(check.Invalid(at.Field("status"), d.Status, id+", which it needs, is "+need.Status.String()).WithRelated(dependenciesPath.Index(i).Field("status")))
		}
	}
}

// checkLeadTime counts whole working days, and in the dependency's favour where
// only days are given.
func checkLeadTime(p *check.Pass[Plan], at check.Path, d Dependency) {
	needed, where, ok := p.Subject.neededAt(d)
	if d.Kind != ThirdPartyApproval || d.LeadDays <= 0 {
		return
	}
	if !ok {
		p.NotEvaluated("nobody can tell when dependency " + d.ID + " is needed")
		return
	}
	if days, ok := workingDays(p, d.Due, needed); ok && days < d.LeadDays {
		p.Report(check.OutOfOrder(at.Field("due"), d.Due, tooFew(days, d.LeadDays)+" before it is needed at "+needed.String(), where))
	}
}

// checkCycles names a circle for every step that leads back to where a
// depth-first search came from.
func checkCycles(p *check.Pass[Plan]) {
	items := p.Subject.Dependencies.Items
	place := make(map[string]int, len(items))
	for i, d := range items {
		if _, ok := place[d.ID]; !ok {
			place[d.ID] = i
		}
	}
	const unseen, under, done = 0, 1, 2
	state, trail := make([]uint8, len(items)), []int(nil)
	var visit func(i int)
	visit = func(i int) {
		state[i], trail = under, append(trail, i)
		for j, id := range items[i].Needs {
			next, ok := place[id]
			switch {
			case !ok || state[next] == done:
			case state[next] == unseen:
				visit(next)
			default:
				circle := append(slices.Clone(trail[slices.Index(trail, next):]), next)
				p.Report(check.Invalid(dependenciesPath.Index(i).Field("needs").Index(j), id, p.Subject.circle(circle)))
			}
		}
		state[i], trail = done, trail[:len(trail)-1]
	}
	for i := range items {
		if state[i] == unseen {
			visit(i)
		}
	}
}

// circle writes a way back to where it began: "D2 needs D4, D4 needs D2".
func (p *Plan) circle(way []int) string {
	steps := make([]string, len(way)-1)
	for i := range steps {
		steps[i] = p.Dependencies.Items[way[i]].ID + " needs " + p.Dependencies.Items[way[i+1]].ID
	}
	return strings.Join(steps, ", ")
}
