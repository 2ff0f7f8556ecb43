package probe

import (
	"fmt"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Threshold is a limit that a measure has to keep. The limit itself is kept.
type Threshold struct {
	Measure
	Limit value.Quantity `json:"limit"`         // in a unit that the measure converts into; the limit itself passes
	Warn  value.Quantity `json:"warn,omitzero"` // beyond it, within Limit: Warn
}

// Range is a lower and an upper limit, both kept at their ends.
type Range struct {
	Measure
	Low  value.Quantity `json:"low"`  // in a unit that the measure converts into
	High value.Quantity `json:"high"` // not below Low
}

// Measure is the number that a threshold looks at.
//
// A number query is read as it is. A series must cover the whole window of its
// query, and every sample has to hold: the worst one is what was measured. With
// an aggregate, one number stands for all of them.
type Measure struct {
	Query     fact.Query `json:"query"`              // a number or a series
	Aggregate Aggregate  `json:"aggregate,omitzero"` // of a series

	// MaxGap is the longest silence in the window of a series: before the first
	// sample, between two, and after the last. Zero means a tenth of the window.
	MaxGap value.Duration `json:"maxGap,omitzero"`

	Per      Denominator `json:"per,omitzero"`      // zero: the measure is no ratio
	Baseline Baseline    `json:"baseline,omitzero"` // zero: the measure is compared with nothing
	Absent   Absence     `json:"absent,omitzero"`   // zero: a series without samples is Unknown
}

// Denominator turns the measure into a ratio. Both numbers are in one unit.
type Denominator struct {
	Query fact.Query   `json:"query"` // a number in the unit and over the window of the measure's
	Min   value.Number `json:"min"`   // below it the ratio says nothing
}

// Baseline compares the measure with another series, such as that of the
// previous release: the means of both, or their aggregates if there is one.
type Baseline struct {
	Query      fact.Query `json:"query"`       // a series in the unit and over the window of the measure's
	MinSamples int        `json:"minSamples"`  // of both series
	As         Comparison `json:"as,omitzero"` // zero: the quotient, 1 being "the same"
}

// Absence says what it means that a series has no samples although traffic
// flowed: many counters are silent instead of zero.
type Absence struct {
	Value value.Number `json:"value"` // what no sample counts as, in the unit of the measure's query
	Proof fact.Query   `json:"proof"` // a number that shows that there was traffic
	Min   value.Number `json:"min"`   // the least traffic that proves it
}

// Queries returns what the measure asks: itself, then what it is divided by,
// compared with or proven by.
func (m *Measure) Queries() []fact.Query {
	qs := []fact.Query{m.Query}
	for _, q := range []fact.Query{m.Per.Query, m.Baseline.Query, m.Absent.Proof} {
		if !q.IsZero() {
			qs = append(qs, q)
		}
	}
	return qs
}

// Unit is the unit in which the measure comes out.
func (m *Measure) Unit() value.Unit {
	switch {
	case m.Per != (Denominator{}), m.Baseline != (Baseline{}) && m.Baseline.As == Quotient:
		return value.Ratio
	case m.Baseline != (Baseline{}) && m.Baseline.As == PercentChange:
		return value.Percent
	default:
		return m.Query.Yields.Unit
	}
}

// Fault says where and why a limit can never be judged above which nothing may
// be, for side 1, or below which nothing may be, for side -1. Whatever warns
// lies on the good side of it.
func (t *Threshold) Fault(side int) (check.Path, string) {
	if at, why := t.Measure.fault(); why != "" {
		return at, why
	}
	if at, why := t.limitFault("limit", t.Limit); why != "" {
		return at, why
	}
	if t.Warn.IsZero() {
		return "", ""
	}
	if at, why := t.limitFault("warn", t.Warn); why != "" {
		return at, why
	}
	warn, _ := t.Warn.In(t.Unit())
	limit, _ := t.Limit.In(t.Unit())
	if value.Number(side)*warn > value.Number(side)*limit {
		return "warn.value", "warns only beyond the limit"
	}
	return "", ""
}

// Fault says where and why the range can never be judged, if so.
func (r *Range) Fault() (check.Path, string) {
	if at, why := r.Measure.fault(); why != "" {
		return at, why
	}
	if at, why := r.limitFault("low", r.Low); why != "" {
		return at, why
	}
	return r.limitFault("high", r.High)
}

// limitFault says why a limit, which stands at the path, cannot be set against
// the measure.
func (m *Measure) limitFault(at check.Path, limit value.Quantity) (check.Path, string) {
	n, ok := limit.In(m.Unit())
	switch {
	case !ok:
		return at.Field("unit"), fmt.Sprintf("has a limit in %q, which the measure, in %q, does not convert into", limit.Unit, m.Unit())
	case !n.IsFinite():
		return at.Field("value"), "has a limit that is no finite number"
	}
	return "", ""
}

// partFault says why a quantity, which stands at the path, is no part of a
// whole that is fit.
func partFault(at check.Path, q value.Quantity, fit bool, why string) (check.Path, string) {
	switch {
	case q.Unit.Dimension() != value.DimensionRatio:
		return at.Field("unit"), "is neither a ratio nor percent"
	case !fit:
		return at.Field("value"), why
	}
	return "", ""
}

func (m *Measure) fault() (check.Path, string) {
	switch y := m.Query.Yields; {
	case y.Shape != fact.NumberShape && y.Shape != fact.SeriesShape:
		return "query.yields.shape", "measures neither a number nor a series"
	case !y.Unit.Known():
		return "query.yields.unit", "measures in no known unit"
	case y.Shape == fact.NumberShape && m.Aggregate != Every:
		return "aggregate", "takes one number of what is one number"
	case y.Shape == fact.NumberShape:
	case !m.Aggregate.Valid():
		return "aggregate", "takes an unknown number of a series"
	case m.Query.Window <= 0:
		return "query.window", "reads a series over no window"
	case !judge.Covers(m.Query.Window, judge.MaxGap(m.MaxGap, m.Query.Window)):
		return "maxGap", "has a window that a gap may fill"
	}
	if m.Per != (Denominator{}) {
		return m.perFault()
	}
	if m.Baseline != (Baseline{}) {
		return m.baselineFault()
	}
	return m.absentFault()
}

func (m *Measure) perFault() (check.Path, string) {
	switch {
	case m.Baseline != (Baseline{}):
		return "baseline", "is a ratio, which is not compared with a baseline"
	case m.Absent != (Absence{}):
		return "absent", "is a ratio, whose denominator says what absence means"
	case m.Query.Yields.Shape != fact.NumberShape:
		return "query.yields.shape", "divides what is no number"
	case m.Per.Query.Yields != m.Query.Yields:
		return "per.query.yields", "divides different things: they come in other units or forms"
	case m.Per.Query.Window != m.Query.Window:
		return "per.query.window", "divides different windows"
	case !m.Per.Min.IsFinite() || m.Per.Min <= 0:
		return "per.min", "does not say how much of the denominator is enough"
	}
	return "", ""
}

func (m *Measure) baselineFault() (check.Path, string) {
	switch b := &m.Baseline; {
	case m.Absent != (Absence{}):
		return "absent", "is compared with a baseline, so that absence means nothing"
	case b.Query.Yields != m.Query.Yields:
		return "baseline.query.yields", "compares different things: they come in other units or forms"
	case b.Query.Window != m.Query.Window:
		return "baseline.query.window", "compares different windows"
	case b.MinSamples < 1:
		return "baseline.minSamples", "compares without a sample"
	case b.As > PercentChange:
		return "baseline.as", "compares in an unknown way"
	}
	return "", ""
}

func (m *Measure) absentFault() (check.Path, string) {
	switch a := &m.Absent; {
	case *a == (Absence{}):
	case m.Query.Yields.Shape != fact.SeriesShape:
		return "query.yields.shape", "says what absence means of what is no series"
	case a.Proof.Yields.Shape != fact.NumberShape:
		return "absent.proof.yields.shape", "proves traffic by something else than a number"
	case !a.Value.IsFinite():
		return "absent.value", "takes absence for what is no finite number"
	case !a.Min.IsFinite() || a.Min <= 0:
		return "absent.min", "does not say how much traffic proves it"
	}
	return "", ""
}
