package release

import (
	"fmt"
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Rollback is the way back: what fires it and who decides, who is called next,
// and what is owed afterwards.
type Rollback struct {
	Matrix      []Trigger    `json:"matrix,omitzero"`      // in the order in which they are tried
	Escalation  []Escalation `json:"escalation,omitzero"`  // in the order of time
	Commitments []Commitment `json:"commitments,omitzero"` // after the action
}

// Trigger is one row of the decision matrix: when this is seen, that is done.
type Trigger struct {
	ID       string         `json:"id"`
	When     Condition      `json:"when"`
	Action   string         `json:"action"`
	Owner    string         `json:"owner,omitzero"`    // id of the role that decides
	Delegate string         `json:"delegate,omitzero"` // id of the role that stands in
	Within   value.Duration `json:"within,omitzero"`   // from the breach to the decision
}

// Condition is a signal that has gone wrong: what is read, the limit that it
// is beyond, and for how long.
type Condition struct {
	Metric string         `json:"metric"`         // as people call it: "checkout errors"
	Query  fact.Query     `json:"query,omitzero"` // what is asked; zero: a person has to look
	Beyond Comparison     `json:"beyond"`         // the side of the limit that is wrong
	Limit  value.Quantity `json:"limit,omitzero"` // itself still right
	For    value.Duration `json:"for,omitzero"`   // zero: a single observation is enough
}

// IsZero reports whether the condition says nothing.
func (c Condition) IsZero() bool { return c == Condition{} }

// text is the condition in words: "checkout errors above 1% for 5 minutes".
func (c Condition) text() string {
	side := unknown
	if c.Beyond != NoComparison {
		side = c.Beyond.String()
	}
	text := fmt.Sprintf("%s %s %s", given(c.Metric), side, amount(c.Limit))
	if c.For > 0 {
		text += " for " + c.For.Human()
	}
	return text
}

// Escalation is one level: who is called when so much time has passed.
type Escalation struct {
	After    value.Duration `json:"after,omitzero"` // since the incident opened
	Role     string         `json:"role"`
	Delegate string         `json:"delegate,omitzero"`
}

// Commitment is what is owed after a rollback or an incident.
type Commitment struct {
	ID     string         `json:"id"`
	Text   string         `json:"text"`
	Owner  string         `json:"owner,omitzero"`  // id of a role or a person
	Within value.Duration `json:"within,omitzero"` // since the end of the deployment window
}

func (r Rollback) clone() Rollback {
	r.Matrix = slices.Clone(r.Matrix)
	r.Escalation = slices.Clone(r.Escalation)
	r.Commitments = slices.Clone(r.Commitments)
	return r
}

// Flag is a feature flag that the release turns.
type Flag struct {
	Name       string     `json:"name"`
	System     string     `json:"system,omitzero"`  // where it is kept
	Toggle     string     `json:"toggle,omitzero"`  // how it is turned on: from what to what, in which steps
	Default    string     `json:"default,omitzero"` // its state when nobody touches it
	Kill       string     `json:"kill,omitzero"`    // the step that turns it off at once
	Owner      string     `json:"owner,omitzero"`   // id of a role or a person
	Components []string   `json:"components,omitzero"`
	Link       value.Link `json:"link,omitzero"`
}

func (f Flag) clone() Flag {
	f.Components = slices.Clone(f.Components)
	return f
}

// Impact is a threshold of customer impact: beyond it customers are hurt.
type Impact struct {
	ID string `json:"id"`
	Condition
}

// SuccessMetric is what shows afterwards that the release was worth it.
type SuccessMetric struct {
	Name   string         `json:"name"`
	Wanted Comparison     `json:"wanted"` // the side of the target that is success
	Target value.Quantity `json:"target,omitzero"`
	Source string         `json:"source,omitzero"` // where it is measured, as people call it
	Query  fact.Query     `json:"query,omitzero"`  // what is asked; zero: a person looks it up
	Link   value.Link     `json:"link,omitzero"`
}

// Comparison is a side of a limit. The zero value is none.
type Comparison uint8

// The sides.
const (
	NoComparison Comparison = iota
	Above
	Below
)

var comparisonNames = []string{"none", "above", "below"}

// String returns the side's name as it stands in JSON.
func (c Comparison) String() string { return enum.String("comparison", comparisonNames, c) }

// MarshalText implements [encoding.TextMarshaler].
func (c Comparison) MarshalText() ([]byte, error) {
	return enum.Marshal("comparison", comparisonNames, c)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown side is an error.
func (c *Comparison) UnmarshalText(text []byte) error {
	return enum.Unmarshal("comparison", comparisonNames, c, text)
}
