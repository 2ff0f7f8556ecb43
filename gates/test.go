package gates

import (
	"github.com/tidegate-go/tidegate/gates/probe"
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

// Measure is the number that a threshold looks at.
//
// A number query is read as it is. A series must cover the whole window of its
// query, and every sample has to hold: the worst one is what was measured. With
// an aggregate, one number stands for all of them.
type Measure struct {
	Query     fact.Query      `json:"query"`
	Aggregate probe.Aggregate `json:"aggregate,omitzero"` // of a series

	// MaxGap is the longest silence in the window of a series: before the first
	// sample, between two, and after the last. Zero means a tenth of the window.
	MaxGap value.Duration `json:"maxGap,omitzero"`

	Per      Denominator `json:"per,omitzero"`
	Baseline Baseline    `json:"baseline,omitzero"`
	Absent   Absence     `json:"absent,omitzero"`
}

// Denominator turns the measure into a ratio. Both numbers are in one unit.
type Denominator struct {
	Query fact.Query   `json:"query"`
	Min   value.Number `json:"min"` // below it the ratio says nothing
}

// Baseline compares the measure with another series, such as that of the
// previous release: the means of both, or their aggregates if there is one.
type Baseline struct {
	Query      fact.Query       `json:"query"`
	MinSamples int              `json:"minSamples"`  // of both series
	As         probe.Comparison `json:"as,omitzero"` // zero: the quotient, 1 being "the same"
}

// Absence says what it means that a series has no samples although traffic
// flowed: many counters are silent instead of zero.
type Absence struct {
	Value value.Number `json:"value"`
	Proof fact.Query   `json:"proof"` // a number that shows that there was traffic
	Min   value.Number `json:"min"`   // the least traffic that proves it
}

func (m Measure) queries() []fact.Query {
	qs := []fact.Query{m.Query}
	for _, q := range []fact.Query{m.Per.Query, m.Baseline.Query, m.Absent.Proof} {
		if !q.IsZero() {
			qs = append(qs, q)
		}
	}
	return qs
}

// unit is the unit in which the measure comes out.
func (m *Measure) unit() value.Unit {
	switch {
	case m.Per != (Denominator{}), m.Baseline != (Baseline{}) && m.Baseline.As == probe.Quotient:
		return value.Ratio
	case m.Baseline != (Baseline{}) && m.Baseline.As == probe.PercentChange:
		return value.Percent
	default:
		return m.Query.Yields.Unit
	}
}

// Kinds of tests that package probe judges, under the names that criteria had
// for them first.
type (
	Zero       = probe.Zero       // see [None]
	Tally      = probe.Tally      // see [Count]
	Match      = probe.Match      // see [Count]
	Consent    = probe.Consent    // see [Approved]
	Completion = probe.Completion // see [Done]
)

// NoLimit is the most of a [Count] that has no upper end.
const NoLimit = probe.NoLimit

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
	return of(id, probe.Kinds{None: &Zero{Query: q}})
}

// Count passes when the list has at least least and at most most matching
// items. [NoLimit] is no upper end.
func Count(id string, q fact.Query, where Match, least, most int) Criterion {
	return of(id, probe.Kinds{Count: &Tally{Query: q, Where: where, Least: least, Most: most}})
}

// Approved passes when the query lists approvals and all of them are given.
func Approved(id string, q fact.Query) Criterion {
	return of(id, probe.Kinds{Approved: &Consent{Query: q}})
}

// Done passes when the query lists work items and all of them are done.
func Done(id string, q fact.Query) Criterion {
	return of(id, probe.Kinds{Done: &Completion{Query: q}})
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

func cloned[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

func cloneAll(cs []Criterion) []Criterion {
	if cs == nil {
		return nil
	}
	all := make([]Criterion, len(cs))
	for i, c := range cs {
		all[i] = c.Clone()
	}
	return all
}
