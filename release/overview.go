package release

import (
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Overview says in one place what is released and when.
type Overview struct {
	Name       string   `json:"name"`
	Version    string   `json:"version"`
	Urgency    Urgency  `json:"urgency,omitzero"`
	Zone       string   `json:"zone,omitzero"` // IANA name of the operating time zone
	Objectives []string `json:"objectives,omitzero"`
	OutOfScope []string `json:"outOfScope,omitzero"`
	NoBoundary Negative `json:"noBoundary,omitzero"` // nothing is out of scope

	FeatureFreeze value.When  `json:"featureFreeze,omitzero"` // from here on no new work
	CodeFreeze    value.When  `json:"codeFreeze,omitzero"`    // from here on only approved exceptions
	Window        Window      `json:"window,omitzero"`        // of the production deployment
	Components    []Component `json:"components,omitzero"`

	Manager     string         `json:"manager,omitzero"`     // id of the role that runs the release
	Deputy      string         `json:"deputy,omitzero"`      // id of the role that stands in
	RollbackSLA value.Duration `json:"rollbackSLA,omitzero"` // from the decision to roll back until users are served again

	Flags   []Flag          `json:"flags,omitzero"`
	NoFlags Negative        `json:"noFlags,omitzero"` // the release turns no flag
	Impact  []Impact        `json:"impact,omitzero"`  // thresholds of customer impact
	Success []SuccessMetric `json:"success,omitzero"`
	Links   []value.Link    `json:"links,omitzero"`
}

func (o Overview) clone() Overview {
	o.Objectives = slices.Clone(o.Objectives)
	o.OutOfScope = slices.Clone(o.OutOfScope)
	o.Components = slices.Clone(o.Components)
	o.Flags = copies(o.Flags, Flag.clone)
	o.Impact = slices.Clone(o.Impact)
	o.Success = slices.Clone(o.Success)
	o.Links = slices.Clone(o.Links)
	return o
}

// WithComponents returns the overview with components added.
func (o Overview) WithComponents(components ...Component) Overview {
	o = o.clone()
	o.Components = append(o.Components, components...)
	return o
}

// Urgency says whether the release takes the ordinary way. The zero value is
// the ordinary way, which demands the most.
type Urgency uint8

// The ways.
const (
	Planned Urgency = iota
	Hotfix          // a short packet; some approvals are given afterwards, by a deadline
)

var urgencyNames = []string{"planned", "hotfix"}

// String returns the way's name as it stands in JSON.
func (u Urgency) String() string { return enum.String("urgency", urgencyNames, u) }

// MarshalText implements [encoding.TextMarshaler].
func (u Urgency) MarshalText() ([]byte, error) { return enum.Marshal("urgency", urgencyNames, u) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown way is an error.
func (u *Urgency) UnmarshalText(text []byte) error {
	return enum.Unmarshal("urgency", urgencyNames, u, text)
}

// Window is a span of time that begins at Start and is over at End.
type Window struct {
	Start value.When `json:"start,omitzero"`
	End   value.When `json:"end,omitzero"`
}

// IsZero reports whether neither end is given.
func (w Window) IsZero() bool { return w == Window{} }

// Component is one thing that is deployed.
type Component struct {
	Name       string        `json:"name"`
	Kind       ComponentKind `json:"kind"`
	Version    string        `json:"version,omitzero"`
	Commit     string        `json:"commit,omitzero"`
	Artifact   value.Digest  `json:"artifact,omitzero"` // what is deployed, to the byte
	Repository value.Link    `json:"repository,omitzero"`
	Owner      string        `json:"owner,omitzero"` // id of a role
}

// ComponentKind is what sort of thing a component is.
type ComponentKind uint8

// The kinds.
const (
	UnknownComponent ComponentKind = iota
	Service
	Mobile
	Web
	Library
	Infrastructure
	Repository
)

var componentKindNames = []string{"unknown", "service", "mobile", "web", "library", "infrastructure", "repository"}

// String returns the kind's name as it stands in JSON.
func (k ComponentKind) String() string { return enum.String("component kind", componentKindNames, k) }

// MarshalText implements [encoding.TextMarshaler].
func (k ComponentKind) MarshalText() ([]byte, error) {
	return enum.Marshal("component kind", componentKindNames, k)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown kind is an error.
func (k *ComponentKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("component kind", componentKindNames, k, text)
}
