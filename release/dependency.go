package release

import (
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Dependencies is the dependency matrix: what the release needs from others,
// and of which kinds it needs nothing.
type Dependencies struct {
	Items []Dependency   `json:"items,omitzero"`
	None  []NoDependency `json:"none,omitzero"` // kinds of which there is none
}

// NoDependency says that the release depends on nothing of one kind.
type NoDependency struct {
	Kind DependencyKind `json:"kind"`
	Negative
}

// Dependency is one thing that has to be there before the release can go on.
type Dependency struct {
	ID       string         `json:"id"` // such as "D1"
	Title    string         `json:"title"`
	Kind     DependencyKind `json:"kind"`
	Owner    string         `json:"owner,omitzero"`    // id of a role or a person
	Due      value.When     `json:"due,omitzero"`      // when it is to be ready
	NeededBy string         `json:"neededBy,omitzero"` // id of a milestone or window; empty: the deployment window
	Status   Readiness      `json:"status"`
	Blocking bool           `json:"blocking,omitzero"` // the release does not go without it
	Risk     string         `json:"risk,omitzero"`     // id of a risk of the plan: mitigation and contingency

	Needs      []string   `json:"needs,omitzero"`      // ids of dependencies that come first
	Components []string   `json:"components,omitzero"` // what needs it; empty: all of them
	Tracker    string     `json:"tracker,omitzero"`    // id of the work item that tracks it
	Link       value.Link `json:"link,omitzero"`

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
	d.Items = copies(d.Items, Dependency.clone)
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
