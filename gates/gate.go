package gates

import (
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Gate is what has to hold to enter or to leave one environment.
type Gate struct {
	Environment string      `json:"environment"`
	Kind        Kind        `json:"kind"`
	Criteria    []Criterion `json:"criteria,omitzero"`
	SignOffs    []SignOff   `json:"signOffs,omitzero"`

	// NoSignOffs is why the gate needs nobody's sign-off. A gate without
	// sign-offs and without this reason has those of its environment, and holds
	// if that has none.
	NoSignOffs string `json:"noSignOffs,omitzero"`

	// Evidence is where what was seen is kept, and Captures what is put there.
	// Tooling and Dashboards are what a person looks at.
	Evidence   value.Link   `json:"evidence,omitzero"`
	Captures   []Capture    `json:"captures,omitzero"`
	Tooling    []string     `json:"tooling,omitzero"`
	Dashboards []value.Link `json:"dashboards,omitzero"`
}

// Capture is one piece of evidence that is kept of a gate.
type Capture struct {
	What   string     `json:"what"`            // such as "report of the regression suite"
	Format string     `json:"format,omitzero"` // such as "JUnit XML"
	By     string     `json:"by,omitzero"`     // id of the role that puts it there
	When   string     `json:"when,omitzero"`   // such as "before the decision"
	Where  value.Link `json:"where,omitzero"`  // none: the gate's Evidence
}

// Kind is the side of an environment that a gate guards.
type Kind uint8

// The kinds.
const (
	NoKind Kind = iota
	EntryKind
	ExitKind
)

var kindNames = []string{"none", "entry", "exit"}

// String returns "entry" or "exit".
func (k Kind) String() string { return enum.String("gate kind", kindNames, k) }

// MarshalText implements [encoding.TextMarshaler].
func (k Kind) MarshalText() ([]byte, error) { return enum.Marshal("gate kind", kindNames, k) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown kind is an error.
func (k *Kind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("gate kind", kindNames, k, text)
}

// SignOff is the answer that somebody who holds a role has to give.
//
// The answer counts if its account belongs to a person who holds Role, or to
// whom Role was delegated for the time of the answer; if Delegate is given,
// such a person has to hold that role as well. One person counts once in a
// gate, in whatever roles.
type SignOff struct {
	Role     string `json:"role"`              // id of a role
	Delegate string `json:"delegate,omitzero"` // id of the role that stands in
	Quorum   int    `json:"quorum,omitzero"`   // how many people; 0 means 1
}

func (s SignOff) need() int { return max(s.Quorum, 1) }

// Entry returns the gate into an environment.
func Entry(environment string, criteria ...Criterion) Gate {
	return Gate{Environment: environment, Kind: EntryKind, Criteria: cloneAll(criteria)}
}

// Exit returns the gate out of an environment.
func Exit(environment string, criteria ...Criterion) Gate {
	return Gate{Environment: environment, Kind: ExitKind, Criteria: cloneAll(criteria)}
}

// ID names the gate in decisions, approvals and waivers: "staging/exit".
func (g Gate) ID() string { return g.Environment + "/" + g.Kind.String() }

// WithCriteria returns the gate with criteria added.
func (g Gate) WithCriteria(criteria ...Criterion) Gate {
	g = g.Clone()
	g.Criteria = append(g.Criteria, cloneAll(criteria)...)
	return g
}

// WithSignOffs returns the gate with sign-offs added.
func (g Gate) WithSignOffs(signOffs ...SignOff) Gate {
	g = g.Clone()
	g.SignOffs = append(g.SignOffs, signOffs...)
	return g
}

// WithoutSignOffs returns the gate declared to need none, and why.
func (g Gate) WithoutSignOffs(reason string) Gate {
	g = g.Clone()
	g.SignOffs, g.NoSignOffs = nil, reason
	return g
}

// WithEvidence returns the gate with the place where its evidence is kept.
func (g Gate) WithEvidence(at value.Link) Gate {
	g = g.Clone()
	g.Evidence = at
	return g
}

// WithCaptures returns the gate with pieces of evidence to keep added.
func (g Gate) WithCaptures(captures ...Capture) Gate {
	g = g.Clone()
	g.Captures = append(g.Captures, captures...)
	return g
}

// WithTooling returns the gate with names of tools added.
func (g Gate) WithTooling(names ...string) Gate {
	g = g.Clone()
	g.Tooling = append(g.Tooling, names...)
	return g
}

// WithDashboards returns the gate with dashboards added.
func (g Gate) WithDashboards(links ...value.Link) Gate {
	g = g.Clone()
	g.Dashboards = append(g.Dashboards, links...)
	return g
}

// Clone returns a copy that shares no memory with g.
func (g Gate) Clone() Gate {
	g.Criteria = cloneAll(g.Criteria)
	g.SignOffs = slices.Clone(g.SignOffs)
	g.Captures = slices.Clone(g.Captures)
	g.Tooling = slices.Clone(g.Tooling)
	g.Dashboards = slices.Clone(g.Dashboards)
	return g
}
