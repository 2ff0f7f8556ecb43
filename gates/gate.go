package gates

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// Gate is what has to hold to enter or to leave one environment.
type Gate struct {
	Environment string      `json:"environment"`       // name of an environment of the catalog
	Kind        Kind        `json:"kind"`              // entry or exit
	Criteria    []Criterion `json:"criteria,omitzero"` // all that are not optional decide; if none does, the gate holds
	SignOffs    []SignOff   `json:"signOffs,omitzero"` // all of them are needed

	// NoSignOffs is why the gate needs nobody's sign-off. A gate without
	// sign-offs and without this reason has those of its environment, and holds
	// if that has none.
	NoSignOffs string `json:"noSignOffs,omitzero"`

	// NoManual says that no person has to do anything to pass the gate, which
	// then is no omission.
	NoManual release.Negative `json:"noManual,omitzero"`

	// Evidence is where what was seen is kept, and Captures what is put there.
	// Tooling and Dashboards are what a person looks at.
	Evidence   value.Link   `json:"evidence,omitzero"`
	Captures   []Capture    `json:"captures,omitzero"`   // in the order in which they are taken
	Tooling    []string     `json:"tooling,omitzero"`    // what the gate is run with: "Argo CD"
	Dashboards []value.Link `json:"dashboards,omitzero"` // to look at beside the criteria
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

// Environment is one place where a release runs.
type Environment struct {
	Name string `json:"name"` // as gates, windows and deployments name it
	Tier Tier   `json:"tier"` // the zero value is production

	// Stage is what the environment is for. The zero value tells it from the
	// name, see [Environment.Means].
	Stage Stage `json:"stage,omitzero"`

	// SignOffs are those of its gates that declare none of their own and do not
	// say that they need none.
	SignOffs []SignOff `json:"signOffs,omitzero"`
}

// WithSignOffs returns the environment with sign-offs added.
func (e Environment) WithSignOffs(signOffs ...SignOff) Environment {
	e.SignOffs = slices.Concat(e.SignOffs, signOffs)
	return e
}

func (e Environment) clone() Environment {
	e.SignOffs = slices.Clone(e.SignOffs)
	return e
}

// Means returns what the environment is for: its stage, or else the one whose
// name it has, whatever the case. Usual names are dev and develop, test, testing
// and quality, stage, preprod and pre-production, prod and live, beside those of
// the stages themselves. Any other environment means [NoStage] until it says.
func (e Environment) Means() Stage {
	if e.Stage != NoStage {
		return e.Stage
	}
	name := strings.ToLower(strings.TrimSpace(e.Name))
	return Stage(1 + slices.IndexFunc(usualNames, func(usual []string) bool { return slices.Contains(usual, name) }))
}

// Stage is what an environment is for. A release needs gates in each.
type Stage uint8

// The stages, in the order in which a release passes them.
const (
	NoStage Stage = iota
	DevelopmentStage
	QAStage
	StagingStage
	ProductionStage
)

var stageNames = []string{"none", "development", "qa", "staging", "production"}

// usualNames are what environments of each stage are called, from the first
// stage on.
var usualNames = [][]string{
	{"development", "dev", "develop"},
	{"qa", "test", "testing", "quality"},
	{"staging", "stage", "preprod", "pre-production"},
	{"production", "prod", "live"},
}

// String returns the stage's name as it stands in JSON.
func (s Stage) String() string { return enum.String("stage", stageNames, s) }

// MarshalText implements [encoding.TextMarshaler].
func (s Stage) MarshalText() ([]byte, error) { return enum.Marshal("stage", stageNames, s) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown stage is an error.
func (s *Stage) UnmarshalText(text []byte) error {
	return enum.Unmarshal("stage", stageNames, s, text)
}

// Tier says how much is at stake in an environment. The zero value is
// [Production]: an environment that nobody graded is treated as the strictest.
type Tier uint8

// The tiers.
const (
	Production    Tier = iota // an unwaived warning holds
	PreProduction             // a warning is recorded
)

var tierNames = []string{"production", "pre-production"}

// String returns the tier's name as it stands in JSON.
func (t Tier) String() string { return enum.String("tier", tierNames, t) }

// MarshalText implements [encoding.TextMarshaler].
func (t Tier) MarshalText() ([]byte, error) { return enum.Marshal("tier", tierNames, t) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown tier is an error.
func (t *Tier) UnmarshalText(text []byte) error {
	return enum.Unmarshal("tier", tierNames, t, text)
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
	return Gate{Environment: environment, Kind: EntryKind, Criteria: lists.Clone(criteria, Criterion.Clone)}
}

// Exit returns the gate out of an environment.
func Exit(environment string, criteria ...Criterion) Gate {
	return Gate{Environment: environment, Kind: ExitKind, Criteria: lists.Clone(criteria, Criterion.Clone)}
}

// ID names the gate in decisions, approvals and waivers: "staging/exit".
func (g Gate) ID() string { return g.Environment + "/" + g.Kind.String() }

// WithCriteria returns the gate with criteria added.
func (g Gate) WithCriteria(criteria ...Criterion) Gate {
	g = g.Clone()
	g.Criteria = append(g.Criteria, lists.Clone(criteria, Criterion.Clone)...)
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

// WithoutManualSteps returns the gate declared to need nothing that a person
// does: who says so, the id of a role or of a person, and why.
func (g Gate) WithoutManualSteps(by, reason string) Gate {
	g = g.Clone()
	g.NoManual = release.Negative{By: by, Reason: reason}
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
	g.Criteria = lists.Clone(g.Criteria, Criterion.Clone)
	g.SignOffs = slices.Clone(g.SignOffs)
	g.Captures = slices.Clone(g.Captures)
	g.Tooling = slices.Clone(g.Tooling)
	g.Dashboards = slices.Clone(g.Dashboards)
	return g
}
