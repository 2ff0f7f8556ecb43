package fact

import (
	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Shape is the form of an answer.
type Shape uint8

// The shapes. A query that does not say what it yields cannot be judged.
const (
	NoShape         Shape = iota // not declared
	NumberShape                  // one number: Result.Value
	SeriesShape                  // samples over the query's window: Result.Samples
	WorkItemShape                // Result.WorkItems
	IncidentShape                // Result.Incidents
	DutyShape                    // Result.Duties
	ApprovalShape                // Result.Approvals
	DeploymentShape              // Result.Deployments
	StateShape                   // Result.States
)

var shapeNames = []string{"none", "number", "series", "work-items", "incidents", "duties", "approvals", "deployments", "states"}

// String returns the shape's name as it stands in JSON.
func (s Shape) String() string { return enum.String("shape", shapeNames, s) }

// MarshalText implements [encoding.TextMarshaler].
func (s Shape) MarshalText() ([]byte, error) { return enum.Marshal("shape", shapeNames, s) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown shape is an error.
func (s *Shape) UnmarshalText(text []byte) error {
	return enum.Unmarshal("shape", shapeNames, s, text)
}

// Items reports whether the shape is a list of items rather than a number or a series.
func (s Shape) Items() bool { return s >= WorkItemShape && s <= StateShape }

// Yields is what a query promises to answer: a shape and, for a number or a
// series, the unit. A result in any other unit is not used.
type Yields struct {
	Shape Shape      `json:"shape"`         // which field of a result is the answer
	Unit  value.Unit `json:"unit,omitzero"` // of a number or a series; empty with a list
}

// Number is the promise of one number in unit u.
func Number(u value.Unit) Yields { return Yields{NumberShape, u} }

// Series is the promise of samples in unit u that cover the query's window.
func Series(u value.Unit) Yields { return Yields{SeriesShape, u} }

// WorkItems is the promise of a complete list of work items.
func WorkItems() Yields { return Yields{Shape: WorkItemShape} }

// Incidents is the promise of a complete list of incidents.
func Incidents() Yields { return Yields{Shape: IncidentShape} }

// Duties is the promise of a complete list of on-call duties.
func Duties() Yields { return Yields{Shape: DutyShape} }

// Approvals is the promise of a complete list of approvals.
func Approvals() Yields { return Yields{Shape: ApprovalShape} }

// Deployments is the promise of a complete list of deployments.
func Deployments() Yields { return Yields{Shape: DeploymentShape} }

// States is the promise of a complete list of states.
func States() Yields { return Yields{Shape: StateShape} }
