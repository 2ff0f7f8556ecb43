package gates

import (
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Threshold is a limit that a measure has to keep. The limit itself is kept.
type Threshold struct {
	Measure
	Limit value.Quantity `json:"limit"`
	Warn  value.Quantity `json:"warn,omitzero"` // beyond it, within Limit: Warn
}

// Range is a lower and an upper limit, both kept at their ends.
type Range struct {
	Measure
	Low  value.Quantity `json:"low"`
	High value.Quantity `json:"high"`
}

// Zero is a count that has to be nothing, out of a population that is something.
type Zero struct {
	Query fact.Query `json:"query"`
}

// Tally is how many items of a list match.
type Tally struct {
	Query fact.Query `json:"query"`
	Where Match      `json:"where,omitzero"` // zero: every item
	Least int        `json:"least,omitzero"`
	Most  int        `json:"most"`
}

// NoLimit is the Most of a [Tally] that has no upper end.
const NoLimit = -1

// Match selects items. What is given has to match; an empty Match selects
// every item. Category and Label speak of work items, Answer of approvals,
// Status of work items, incidents and deployments.
type Match struct {
	Category fact.Category `json:"category,omitzero"`
	Label    string        `json:"label,omitzero"`
	Status   string        `json:"status,omitzero"`
	Answer   string        `json:"answer,omitzero"` // "pending", "approved" or "rejected"
}

// Consent is that every approval of a list is given: there is at least one,
// and none is rejected, pending or expired. It reads the answer that another
// system gives, such as a change request; who may answer there is that
// system's rule. Sign-offs of the gate itself are [SignOff].
type Consent struct {
	Query fact.Query `json:"query"`
}

// Completion is that every work item of a list is done.
type Completion struct {
	Query fact.Query `json:"query"`
}

// Custom is a check by code that the host passes in [Input.Custom] under Name.
// The code is called only when every query has a usable result.
type Custom struct {
	Name    string       `json:"name"`
	Params  fact.Params  `json:"params,omitzero"`
	Queries []fact.Query `json:"queries,omitzero"`
}

// Group is a list of criteria that is judged as one.
type Group struct {
	Of []Criterion `json:"of,omitzero"`
}

func (g *Group) clone() *Group {
	if g == nil {
		return nil
	}
	return &Group{cloneAll(g.Of)}
}

// Quorum is a number of criteria out of a list.
type Quorum struct {
	Need int         `json:"need"`
	Of   []Criterion `json:"of,omitzero"`
}

// AtMost passes when the measure is not above the limit, which is in the
// query's unit.
func AtMost(id string, q fact.Query, limit float64) Criterion {
	return Criterion{ID: id, AtMost: threshold(q, limit)}
}

// AtLeast passes when the measure is not below the limit, which is in the
// query's unit.
func AtLeast(id string, q fact.Query, limit float64) Criterion {
	return Criterion{ID: id, AtLeast: threshold(q, limit)}
}

// Between passes when the measure is neither below low nor above high, which
// are in the query's unit.
func Between(id string, q fact.Query, low, high float64) Criterion {
	return Criterion{ID: id, Between: &Range{Measure: Measure{Query: q}, Low: quantity(q, low), High: quantity(q, high)}}
}

// None passes when the query counts nothing and its population counts something.
func None(id string, q fact.Query) Criterion {
	return Criterion{ID: id, None: &Zero{q}}
}

// Count passes when the list has at least least and at most most matching
// items. [NoLimit] is no upper end.
func Count(id string, q fact.Query, where Match, least, most int) Criterion {
	return Criterion{ID: id, Count: &Tally{q, where, least, most}}
}

// Approved passes when the query lists approvals and all of them are given.
func Approved(id string, q fact.Query) Criterion {
	return Criterion{ID: id, Approved: &Consent{q}}
}

// Done passes when the query lists work items and all of them are done.
func Done(id string, q fact.Query) Criterion {
	return Criterion{ID: id, Done: &Completion{q}}
}

// Checked passes when the host's code of the custom check's name says so.
func Checked(id string, c Custom) Criterion {
	return Criterion{ID: id, Custom: &c}.Clone()
}

// All passes when every criterion does.
func All(id string, of ...Criterion) Criterion {
	return Criterion{ID: id, All: &Group{cloneAll(of)}}
}

// Any passes when one of the criteria does.
func Any(id string, of ...Criterion) Criterion {
	return Criterion{ID: id, Any: &Group{cloneAll(of)}}
}

// AtLeastOf passes when need of the criteria do.
func AtLeastOf(id string, need int, of ...Criterion) Criterion {
	return Criterion{ID: id, AtLeastOf: &Quorum{need, cloneAll(of)}}
}

func threshold(q fact.Query, limit float64) *Threshold {
	return &Threshold{Measure: Measure{Query: q}, Limit: quantity(q, limit)}
}

func quantity(q fact.Query, n float64) value.Quantity {
	return value.Quantity{Value: value.Number(n), Unit: q.Yields.Unit}
}
