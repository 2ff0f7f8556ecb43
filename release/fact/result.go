package fact

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/release/value"
)

// Result is the answer to one query as a whole, or the reason why there is none.
//
// Only the field that the query's shape names is read. A number without a unit
// and a list without Complete are not answers.
type Result struct {
	Query   Query   `json:"query"`            // what was asked
	Failure Failure `json:"failure,omitzero"` // zero: there is an answer

	// Complete says that nothing is missing: no further page, no cap, no item
	// hidden by a permission.
	Complete bool `json:"complete"`

	// ObservedAt is the moment that the answer describes, by the source's
	// clock; a series covers the query's window up to it. CollectedAt is when
	// the host received it.
	ObservedAt  time.Time `json:"observedAt,omitzero"`
	CollectedAt time.Time `json:"collectedAt,omitzero"` // by the host's clock

	// Value answers a number query. Unit is the unit of Samples.
	Value       value.Quantity `json:"value,omitzero"`
	Unit        value.Unit     `json:"unit,omitzero"`        // of every sample
	Samples     []Sample       `json:"samples,omitzero"`     // in the order of time, one of each moment; answer a series query
	WorkItems   []WorkItem     `json:"workItems,omitzero"`   // these and the lists below answer a query of their shape
	Incidents   []Incident     `json:"incidents,omitzero"`   // whatever their status, unless the query says otherwise
	Duties      []Duty         `json:"duties,omitzero"`      // on-call shifts
	Approvals   []Approval     `json:"approvals,omitzero"`   // those that nobody has answered too
	Deployments []Deployment   `json:"deployments,omitzero"` // failed ones too
	States      []State        `json:"states,omitzero"`      // one for each group of a monitor

	Source string     `json:"source,omitzero"` // the system that answered, as people call it
	Link   value.Link `json:"link,omitzero"`   // where a person can look at the same answer

	// Program is which program answered, as the host vouches.
	Program Program `json:"program,omitzero"`
}

// Sample is one point of a series.
type Sample struct {
	At    time.Time    `json:"at"`    // by the source's clock
	Value value.Number `json:"value"` // in the unit of the result; may be NaN
}

// Failure is why a query has no answer. Code is a stable word such as
// "timeout", "unauthorized" or "connector-down"; Message is one line for
// people and never carries a secret.
type Failure struct {
	Code    string `json:"code"`             // stable, for programs
	Message string `json:"message,omitzero"` // for people; may change
}

// Failed reports whether the query could not be answered.
func (r Result) Failed() bool { return r.Failure != Failure{} }

// Len is the number of items, or of samples for a series. A number has length 0.
func (r Result) Len() int {
	switch r.Query.Yields.Shape {
	case SeriesShape:
		return len(r.Samples)
	case WorkItemShape:
		return len(r.WorkItems)
	case IncidentShape:
		return len(r.Incidents)
	case DutyShape:
		return len(r.Duties)
	case ApprovalShape:
		return len(r.Approvals)
	case DeploymentShape:
		return len(r.Deployments)
	case StateShape:
		return len(r.States)
	default:
		return 0
	}
}

// Clone returns a copy that shares no memory with r.
func (r Result) Clone() Result {
	r.Samples = slices.Clone(r.Samples)
	r.WorkItems = slices.Clone(r.WorkItems)
	for i := range r.WorkItems {
		w := &r.WorkItems[i]
		w.Labels, w.Components = slices.Clone(w.Labels), slices.Clone(w.Components)
	}
	r.Incidents = slices.Clone(r.Incidents)
	r.Duties = slices.Clone(r.Duties)
	r.Approvals = slices.Clone(r.Approvals)
	r.Deployments = slices.Clone(r.Deployments)
	r.States = slices.Clone(r.States)
	return r
}

// Answer returns a complete result for q, observed and collected at the given
// moment. The caller adds what the query's shape asks for.
func Answer(q Query, at time.Time) Result {
	return Result{Query: q, Complete: true, ObservedAt: at, CollectedAt: at}
}

// AnswerNumber returns the complete result of a number query, in the query's unit.
func AnswerNumber(q Query, at time.Time, n float64) Result {
	r := Answer(q, at)
	r.Value = value.Quantity{Value: value.Number(n), Unit: q.Yields.Unit}
	return r
}

// AnswerFailure returns the result of a query that could not be answered.
func AnswerFailure(q Query, at time.Time, code, message string) Result {
	return Result{Query: q, Failure: Failure{code, message}, CollectedAt: at}
}
