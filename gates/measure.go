package gates

import (
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Measure is the number that a threshold looks at.
//
// A number query is read as it is. A series must cover the whole window of its
// query, and every sample has to hold: the worst one is what was measured.
type Measure struct {
	Query fact.Query `json:"query"`

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

// Baseline compares the mean of the measure with the mean of another series:
// what is measured is the quotient, 1 being "the same".
type Baseline struct {
	Query      fact.Query `json:"query"`
	MinSamples int        `json:"minSamples"` // of both series
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
	if m.Per != (Denominator{}) || m.Baseline != (Baseline{}) {
		return value.Ratio
	}
	return m.Query.Yields.Unit
}

// SustainedFor returns the criterion over a window: every sample of the last d
// has to hold, and samples have to cover all of it.
//
// It, and the other methods of this file, speak of the measure of [AtMost],
// [AtLeast] and [Between]; on other criteria they make a second test, which is
// reported and Unknown.
func (c Criterion) SustainedFor(d time.Duration) Criterion {
	return c.measured(func(m *Measure) {
		m.Query = m.Query.Over(d)
		m.Query.Yields.Shape = fact.SeriesShape
		m.alignBaseline()
	})
}

// alignBaseline asks the baseline for what the measure asks for: means of
// different windows or shapes do not compare.
func (m *Measure) alignBaseline() {
	if m.Baseline != (Baseline{}) {
		m.Baseline.Query.Window = m.Query.Window
		m.Baseline.Query.Yields.Shape = m.Query.Yields.Shape
	}
}

// WithMaxGap returns the criterion with the longest silence that its window may have.
func (c Criterion) WithMaxGap(d time.Duration) Criterion {
	return c.measured(func(m *Measure) { m.MaxGap = value.Duration(d) })
}

// DividedBy returns the criterion over a ratio, with limits read in unit
// [value.Ratio] or [value.Percent]. Below the minimum the denominator proves
// nothing and the outcome is Unknown.
func (c Criterion) DividedBy(denominator fact.Query, minimum float64, unit value.Unit) Criterion {
	c = c.measured(func(m *Measure) { m.Per = Denominator{denominator, value.Number(minimum)} })
	return c.limitsIn(unit)
}

// ComparedWith returns the criterion over the quotient of two means, this
// series over the baseline, with limits read in unit [value.Ratio]: AtMost 1.1
// allows ten percent more. The baseline is asked over the same window. With
// fewer samples than minSamples in either series the outcome is Unknown.
func (c Criterion) ComparedWith(baseline fact.Query, minSamples int) Criterion {
	c = c.measured(func(m *Measure) {
		m.Baseline = Baseline{baseline, minSamples}
		m.alignBaseline()
	})
	return c.limitsIn(value.Ratio)
}

// AbsentMeans returns the criterion with a meaning for an empty series: n, if
// the proof shows at least minimum traffic.
func (c Criterion) AbsentMeans(n float64, proof fact.Query, minimum float64) Criterion {
	return c.measured(func(m *Measure) {
		m.Absent = Absence{value.Number(n), proof, value.Number(minimum)}
	})
}

// WarnAt returns the criterion with a level, in the unit of its limit, beyond
// which a passing measure is a warning. [Between] has no such level.
func (c Criterion) WarnAt(level float64) Criterion {
	c = c.Clone()
	if c.AtMost == nil && c.AtLeast == nil {
		c.AtMost = &Threshold{}
	}
	for _, t := range []*Threshold{c.AtMost, c.AtLeast} {
		if t != nil {
			t.Warn = value.Quantity{Value: value.Number(level), Unit: t.Limit.Unit}
		}
	}
	return c
}

// measured returns a copy with its measure changed. A criterion that measures
// nothing gets an empty threshold beside its own test: two tests, which
// Validate reports and Evaluate does not judge.
func (c Criterion) measured(change func(*Measure)) Criterion {
	c = c.Clone()
	switch {
	case c.AtMost != nil:
		change(&c.AtMost.Measure)
	case c.AtLeast != nil:
		change(&c.AtLeast.Measure)
	case c.Between != nil:
		change(&c.Between.Measure)
	default:
		c.AtMost = &Threshold{}
		change(&c.AtMost.Measure)
	}
	return c
}

// limitsIn reads the limits of c, which is a copy, in another unit.
func (c Criterion) limitsIn(u value.Unit) Criterion {
	for _, t := range []*Threshold{c.AtMost, c.AtLeast} {
		if t != nil {
			t.Limit.Unit = u
			if !t.Warn.IsZero() {
				t.Warn.Unit = u
			}
		}
	}
	if c.Between != nil {
		c.Between.Low.Unit, c.Between.High.Unit = u, u
	}
	return c
}
