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
	Query   Query   `json:"query"`
	Failure Failure `json:"failure,omitzero"`

	// Complete says that nothing is missing: no further page, no cap, no item
	// hidden by a permission.
	Complete bool `json:"complete"`

	// ObservedAt is the moment that the answer describes, by the source's
	// clock; a series covers the query's window up to it. CollectedAt is when
	// the host received it.
	ObservedAt  time.Time `json:"observedAt,omitzero"`
	CollectedAt time.Time `json:"collectedAt,omitzero"`

	// Value answers a number query. Unit is the unit of Samples.
	Value       value.Quantity `json:"value,omitzero"`
	Unit        value.Unit     `json:"unit,omitzero"`
	Samples     []Sample       `json:"samples,omitzero"`
	WorkItems   []WorkItem     `json:"workItems,omitzero"`
	Incidents   []Incident     `json:"incidents,omitzero"`
	Duties      []Duty         `json:"duties,omitzero"`
	Approvals   []Approval     `json:"approvals,omitzero"`
	Deployments []Deployment   `json:"deployments,omitzero"`
	States      []State        `json:"states,omitzero"`

	Source string     `json:"source,omitzero"` // the system that answered, as people call it
	Link   value.Link `json:"link,omitzero"`   // where a person can look at the same answer

	// Program is which program answered, as the host vouches.
	Program Program `json:"program,omitzero"`
}

// Sample is one point of a series.
type Sample struct {
	At    time.Time    `json:"at"`
	Value value.Number `json:"value"`
}

// Failure is why a query has no answer. Code is a stable word such as
// "timeout", "unauthorized" or "connector-down"; Message is one line for
// people and never carries a secret.
type Failure struct {
	Code    string `json:"code"`
	Message string `json:"message,omitzero"`
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
