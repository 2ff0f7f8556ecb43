package release

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Timeline is when what happens: milestones, deployment windows by environment
// or region, the time kept in reserve, and the time in which nothing moves.
type Timeline struct {
	Milestones []Milestone  `json:"milestones,omitzero"` // in the order of time
	Windows    []Deployment `json:"windows,omitzero"`
	Buffers    []Buffer     `json:"buffers,omitzero"`
	Freezes    []Freeze     `json:"freezes,omitzero"`   // blackouts and freezes
	NoFreezes  Negative     `json:"noFreezes,omitzero"` // there is none
}

// Milestone is one row of the timeline.
type Milestone struct {
	ID        string        `json:"id"`
	Title     string        `json:"title"`
	Kind      MilestoneKind `json:"kind"`
	At        value.When    `json:"at,omitzero"`
	Until     value.When    `json:"until,omitzero"`     // zero: it is a moment
	Owner     string        `json:"owner,omitzero"`     // id of a role or a person
	Done      string        `json:"done,omitzero"`      // what has to be true: a number, an id or an artifact
	Completed value.When    `json:"completed,omitzero"` // when it was; not part of what is approved
	Link      value.Link    `json:"link,omitzero"`
	Source    Source        `json:"source,omitzero"`
}

// Source is where a row stands that somebody else wrote, and how it reads there.
type Source struct {
	Document string `json:"document,omitzero"` // its name or address
	Line     int    `json:"line,omitzero"`     // counted from 1
	Text     string `json:"text,omitzero"`     // as written
}

// Deployment is the window in which one environment or region is deployed.
type Deployment struct {
	ID          string `json:"id"`
	Environment string `json:"environment"`
	Region      string `json:"region,omitzero"`
	Window      Window `json:"window"`
	Owner       string `json:"owner,omitzero"` // id of a role or a person
}

// Buffer is time kept in reserve for what goes wrong.
type Buffer struct {
	ID      string `json:"id"`
	Window  Window `json:"window"`
	Purpose string `json:"purpose,omitzero"`
}

// Freeze is a span of time in which nothing moves: a feature freeze, a
// blackout over holidays. It holds in the named environments, or in all of
// them if none is named, and yields only to a waiver that names it.
type Freeze struct {
	ID           string   `json:"id"`
	Reason       string   `json:"reason,omitzero"`
	Window       Window   `json:"window"`
	Environments []string `json:"environments,omitzero"`
}

func (t Timeline) clone() Timeline {
	t.Milestones = slices.Clone(t.Milestones)
	t.Windows = slices.Clone(t.Windows)
	t.Buffers = slices.Clone(t.Buffers)
	t.Freezes = copies(t.Freezes, Freeze.clone)
	return t
}

func (f Freeze) clone() Freeze {
	f.Environments = slices.Clone(f.Environments)
	return f
}

// Covers reports whether the freeze speaks of the named environment. Case and
// white space around a name do not let a deployment slip through.
func (f Freeze) Covers(environment string) bool {
	return len(f.Environments) == 0 || slices.ContainsFunc(f.Environments, func(name string) bool {
		return strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(environment))
	})
}

// MilestoneKind is what a row of the timeline is about.
type MilestoneKind uint8

// The kinds. An information needs nobody who answers for it.
const (
	OtherMilestone MilestoneKind = iota
	Information
	Planning
	QASignOff
	DryRun
	CABSubmission // to the change advisory board
	CABDecision
	Circulation // of the packet, asking for sign-off
	Summary     // after the release
)

var milestoneKindNames = []string{"other", "information", "planning", "qa-signoff", "dry-run", "cab-submission", "cab-decision", "circulation", "summary"}

// String returns the kind's name as it stands in JSON.
func (k MilestoneKind) String() string { return enum.String("milestone kind", milestoneKindNames, k) }

// MarshalText implements [encoding.TextMarshaler].
func (k MilestoneKind) MarshalText() ([]byte, error) {
	return enum.Marshal("milestone kind", milestoneKindNames, k)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown kind is an error.
func (k *MilestoneKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("milestone kind", milestoneKindNames, k, text)
}
