package release

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Overview says in one place what is released and when.
type Overview struct {
	Name       string   `json:"name"`                // of the product or service: "Storefront"
	Version    string   `json:"version"`             // in the form that the policy demands
	Urgency    Urgency  `json:"urgency,omitzero"`    // planned or hotfix
	Zone       string   `json:"zone,omitzero"`       // IANA name of the operating time zone
	Objectives []string `json:"objectives,omitzero"` // one sentence each
	OutOfScope []string `json:"outOfScope,omitzero"` // what the release deliberately does not carry, one item each
	NoBoundary Negative `json:"noBoundary,omitzero"` // nothing is out of scope

	FeatureFreeze value.When  `json:"featureFreeze,omitzero"` // from here on no new work
	CodeFreeze    value.When  `json:"codeFreeze,omitzero"`    // from here on only approved exceptions
	Window        Window      `json:"window,omitzero"`        // of the production deployment
	Components    []Component `json:"components,omitzero"`    // everything that is deployed, each once

	Manager     string         `json:"manager,omitzero"`     // id of the role that runs the release
	Deputy      string         `json:"deputy,omitzero"`      // id of the role that stands in
	RollbackSLA value.Duration `json:"rollbackSLA,omitzero"` // from the decision to roll back until users are served again

	Flags   []Flag          `json:"flags,omitzero"`   // those that the release turns
	NoFlags Negative        `json:"noFlags,omitzero"` // the release turns no flag
	Impact  []Impact        `json:"impact,omitzero"`  // thresholds of customer impact
	Success []SuccessMetric `json:"success,omitzero"` // what is measured afterwards
	Links   []value.Link    `json:"links,omitzero"`   // to where the release is planned
}

func (o Overview) clone() Overview {
	o.Objectives = slices.Clone(o.Objectives)
	o.OutOfScope = slices.Clone(o.OutOfScope)
	o.Components = slices.Clone(o.Components)
	o.Flags = lists.Clone(o.Flags, Flag.clone)
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
	Start value.When `json:"start,omitzero"` // its first moment
	End   value.When `json:"end,omitzero"`   // the first moment after it
}

// IsZero reports whether neither end is given.
func (w Window) IsZero() bool { return w == Window{} }

// Component is one thing that is deployed.
type Component struct {
	Name       string        `json:"name"`                // what the rest of the packet and deployments name it by, unique
	Kind       ComponentKind `json:"kind"`                // such as service; a library or a repository is not deployed by itself
	Version    string        `json:"version,omitzero"`    // empty: Commit names it
	Commit     string        `json:"commit,omitzero"`     // a hash in hex, 7 digits or more; never a branch
	Artifact   value.Digest  `json:"artifact,omitzero"`   // what is deployed, to the byte
	Repository value.Link    `json:"repository,omitzero"` // to its source
	Owner      string        `json:"owner,omitzero"`      // id of a role
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

// Flag is a feature flag that the release turns.
type Flag struct {
	Name       string     `json:"name"`                // as dependencies name it
	System     string     `json:"system,omitzero"`     // where it is kept
	Toggle     string     `json:"toggle,omitzero"`     // how it is turned on: from what to what, in which steps
	Default    string     `json:"default,omitzero"`    // its state when nobody touches it
	Kill       string     `json:"kill,omitzero"`       // the step that turns it off at once
	Owner      string     `json:"owner,omitzero"`      // id of a role or a person
	Components []string   `json:"components,omitzero"` // names of the components that read it
	Link       value.Link `json:"link,omitzero"`       // to the flag in its system
}

func (f Flag) clone() Flag {
	f.Components = slices.Clone(f.Components)
	return f
}

// Impact is a threshold of customer impact: beyond it customers are hurt.
type Impact struct {
	ID string `json:"id"` // unique among the thresholds
	Condition
}

// SuccessMetric is what shows afterwards that the release was worth it.
type SuccessMetric struct {
	Name   string         `json:"name"`            // as people call it: "checkout conversion"
	Wanted Comparison     `json:"wanted"`          // the side of the target that is success
	Target value.Quantity `json:"target,omitzero"` // the number to reach, in its unit
	Source string         `json:"source,omitzero"` // where it is measured, as people call it
	Query  fact.Query     `json:"query,omitzero"`  // what is asked; zero: a person looks it up
	Link   value.Link     `json:"link,omitzero"`   // to where a person can look at it
}

func overviewRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "OVR-001", Doc: "The release has a version, in the form that the policy demands.",
			Bad:   func(p *Plan) { p.Overview.Version = "" },
			Check: checkVersion},
	}
}

func managerRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "OVR-012", Doc: "The release manager and the deputy are two roles with different holders.",
			Bad:   func(p *Plan) { p.Overview.Deputy = "" },
			Check: checkManager},
		{ID: "OVR-013", Doc: "The release has a name and is planned or a hotfix.",
			Bad: func(p *Plan) { p.Overview.Name = "" },
			Check: func(p *check.Pass[Plan]) {
				stated(p, overviewPath, "name", "the name of the release", p.Subject.Overview.Name, "")
				exists(p, overviewPath, "urgency", p.Subject.Overview.Urgency)
			}},
	}
}

func checkVersion(p *check.Pass[Plan]) {
	at, version, pattern := overviewPath.Field("version"), p.Subject.Overview.Version, p.Subject.Policy.VersionPattern
	switch {
	case !stated(p, overviewPath, "version", "the version", version, "name the version that is released"):
	case pattern != "":
		re, err := regexp.Compile(`^(?:` + pattern + `)$`)
		if err != nil {
			p.Report(check.Invalid(policyPath.Field("versionPattern"), pattern, "is not a regular expression: "+err.Error()))
		} else if !re.MatchString(version) {
			p.Report(check.Invalid(at, version, "does not match the policy's pattern "+pattern))
		}
	case strings.ContainsAny(version, " \t\r\n"):
		p.Report(check.Invalid(at, version, "contains white space"))
	}
}

func checkManager(p *check.Pass[Plan]) {
	o, d := &p.Subject.Overview, &p.Subject.Directory
	for _, r := range []struct{ field, what, id string }{{"manager", "the release manager", o.Manager}, {"deputy", "the release manager's deputy", o.Deputy}} {
		at := overviewPath.Field(r.field)
		role, ok := d.Role(r.id)
		switch {
		case !stated(p, overviewPath, r.field, r.what, r.id, "name a role of the directory"):
		case !ok:
			p.Report(check.Unresolved(at, r.id, "a role of the directory"))
		case len(role.Holders) == 0:
			p.Report(check.Invalid(at, r.id, "nobody holds the role"))
		}
	}
	manager, ok1 := d.Role(o.Manager)
	deputy, ok2 := d.Role(o.Deputy)
	if ok1 && ok2 && len(deputy.Holders) > 0 && !slices.ContainsFunc(deputy.Holders, func(id string) bool { return !slices.Contains(manager.Holders, id) }) {
		p.Report(check.Invalid(overviewPath.Field("deputy"), o.Deputy, "everybody who holds it is a release manager already").
			WithRelated(overviewPath.Field("manager")))
	}
}

func componentRules() []check.Rule[Plan] {
	at := overviewPath.Field("components")
	return []check.Rule[Plan]{
		{ID: "OVR-005", Doc: "Every component that takes part is listed with its kind and a version or commit.",
			Bad:   func(p *Plan) { p.Overview.Components = nil },
			Check: checkComponents},
		{ID: "OVR-011", Doc: "A component is listed once.",
			Bad: func(p *Plan) {
				p.Overview.Components = append(p.Overview.Components, p.Overview.Components[0])
			},
			Check: func(p *check.Pass[Plan]) { unique(p, at, "name", p.Subject.Overview.Components, componentName) }},
		{ID: "OVR-014", Doc: "The commit and the artifact of a component are named by a hash each.",
			Bad: func(p *Plan) { p.Overview.Components[0].Commit = "main" },
			Check: func(p *check.Pass[Plan]) {
				for i, c := range p.Subject.Overview.Components {
					if c.Commit != "" && !commitHash.MatchString(c.Commit) {
						p.Report(check.Invalid(at.Index(i).Field("commit"), c.Commit, "is not the hash of a commit, of 7 to 64 hexadecimal digits"))
					}
					if !c.Artifact.IsZero() && !c.Artifact.Valid() {
						p.Report(check.Invalid(at.Index(i).Field("artifact"), c.Artifact, "is not a SHA-256 digest"))
					}
				}
			}},
	}
}

// commitHash is a Git commit by its SHA-1 or SHA-256, or by the least that Git
// abbreviates it to (core.abbrev).
var commitHash = regexp.MustCompile(`^[0-9a-fA-F]{7,64}$`)

func checkComponents(p *check.Pass[Plan]) {
	list := overviewPath.Field("components")
	if len(p.Subject.Overview.Components) == 0 {
		p.Report(check.Missing(list, "the list of components", "list every service, app and repository that takes part"))
	}
	for i, c := range p.Subject.Overview.Components {
		at := list.Index(i)
		chosen(p, at, "kind", "the kind of "+c.Name, c.Kind, "such as service or mobile")
		if check.Blank(c.Commit) {
			stated(p, at, "version", "the version or commit of "+c.Name, c.Version, "")
		}
	}
}
