package gates

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Criterion is one measurable condition. Exactly one of its tests is set; a
// criterion with none or with several is Unknown.
type Criterion struct {
	ID    string `json:"id"`             // unique in the gate; what waivers and decisions name it by
	Title string `json:"title,omitzero"` // as documents print it; empty: the id

	AtMost  *Threshold `json:"atMost,omitzero"`  // the limit is the highest that passes
	AtLeast *Threshold `json:"atLeast,omitzero"` // the limit is the lowest that passes
	Between *Range     `json:"between,omitzero"` // both limits pass
	probe.Kinds
	Custom    *Custom `json:"custom,omitzero"`    // code of the host
	All       *Group  `json:"all,omitzero"`       // every one has to pass
	Any       *Group  `json:"any,omitzero"`       // one has to pass
	AtLeastOf *Quorum `json:"atLeastOf,omitzero"` // so many have to pass

	// MaxAge is how old an observation may be; zero means the catalog's. AnyAge
	// switches the limit off and says why. It is the only way to do so.
	MaxAge value.Duration `json:"maxAge,omitzero"`
	AnyAge string         `json:"anyAge,omitzero"` // why age does not matter

	// Missing is what it means that there is no answer at all.
	Missing Missing `json:"missing,omitzero"`

	// Optional records the outcome and never decides. It has no effect inside a group.
	Optional bool `json:"optional,omitzero"`

	// NotWaivable refuses every waiver.
	NotWaivable bool `json:"notWaivable,omitzero"`
}

// Missing says what a criterion comes to when its query has no result or its
// connector failed; of several queries, when none has an answer. The zero value is Unknown. [Pass] needs a reason, which is
// printed; without one it stays Unknown.
type Missing struct {
	Outcome Outcome `json:"outcome"`         // the zero value is Unknown
	Reason  string  `json:"reason,omitzero"` // why the lack of an answer may count as that
}

// Titled returns the criterion with the sentence that documents print for it.
func (c Criterion) Titled(title string) Criterion {
	c = c.Clone()
	c.Title = title
	return c
}

// FreshWithin returns the criterion with the age that an observation may have.
func (c Criterion) FreshWithin(d time.Duration) Criterion {
	c = c.Clone()
	c.MaxAge = value.Duration(d)
	return c
}

// OfAnyAge returns the criterion without an age limit. The reason is printed;
// an empty one changes nothing.
func (c Criterion) OfAnyAge(reason string) Criterion {
	c = c.Clone()
	c.AnyAge = reason
	return c
}

// WhenMissing returns the criterion with a declared meaning of "no answer".
func (c Criterion) WhenMissing(o Outcome, reason string) Criterion {
	c = c.Clone()
	c.Missing = Missing{o, reason}
	return c
}

// AsOptional returns the criterion recorded but not decisive.
func (c Criterion) AsOptional() Criterion {
	c = c.Clone()
	c.Optional = true
	return c
}

// WithoutWaivers returns the criterion closed to waivers.
func (c Criterion) WithoutWaivers() Criterion {
	c = c.Clone()
	c.NotWaivable = true
	return c
}

// SustainedFor returns the criterion over a window: every sample of the last d
// has to hold, and samples have to cover all of it.
//
// It, and the methods after it, speak of the measure of [AtMost],
// [AtLeast] and [Between]; on other criteria they make a second test, which is
// reported and Unknown.
func (c Criterion) SustainedFor(d time.Duration) Criterion {
	return c.measured(func(m *Measure) {
		m.Query = m.Query.Over(d)
		m.Query.Yields.Shape = fact.SeriesShape
		alignBaseline(m)
	})
}

// Aggregated returns the criterion over one number for the window of its
// series, instead of over every sample. The window is the query's, or that of
// [Criterion.SustainedFor]; of a query that yields one number there is none, and
// the criterion is unknown.
func (c Criterion) Aggregated(a probe.Aggregate) Criterion {
	return c.measured(func(m *Measure) { m.Aggregate = a })
}

// alignBaseline asks the baseline for what the measure asks for: means of
// different windows or shapes do not compare.
func alignBaseline(m *Measure) {
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
	c = c.measured(func(m *Measure) { m.Per = Denominator{Query: denominator, Min: value.Number(minimum)} })
	return c.limitsIn(unit)
}

// ComparedWith returns the criterion over the quotient of two means, this
// series over the baseline, with limits read in unit [value.Ratio]: AtMost 1.1
// allows ten percent more. The baseline is asked over the same window. With
// fewer samples than minSamples in either series the outcome is Unknown.
func (c Criterion) ComparedWith(baseline fact.Query, minSamples int) Criterion {
	return c.ComparedBy(probe.Quotient, baseline, minSamples)
}

// ComparedBy is [Criterion.ComparedWith] by another comparison: a difference
// has limits in the unit of the query, a change in percent.
func (c Criterion) ComparedBy(as probe.Comparison, baseline fact.Query, minSamples int) Criterion {
	unit := value.Unit("")
	c = c.measured(func(m *Measure) {
		m.Baseline = Baseline{Query: baseline, MinSamples: minSamples, As: as}
		alignBaseline(m)
		unit = m.Unit()
	})
	return c.limitsIn(unit)
}

// AbsentMeans returns the criterion with a meaning for an empty series: n, if
// the proof shows at least minimum traffic.
func (c Criterion) AbsentMeans(n float64, proof fact.Query, minimum float64) Criterion {
	return c.measured(func(m *Measure) {
		m.Absent = Absence{Value: value.Number(n), Proof: proof, Min: value.Number(minimum)}
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

// Clone returns a copy that shares no memory with c.
func (c Criterion) Clone() Criterion {
	c.AtMost = cloned(c.AtMost)
	c.AtLeast = cloned(c.AtLeast)
	c.Between = cloned(c.Between)
	c.Kinds = c.Kinds.Clone()
	if c.Custom != nil {
		custom := *c.Custom
		custom.Queries = slices.Clone(custom.Queries)
		c.Custom = &custom
	}
	c.All = c.All.clone()
	c.Any = c.Any.clone()
	if c.AtLeastOf != nil {
		c.AtLeastOf = &Quorum{c.AtLeastOf.Need, lists.Clone(c.AtLeastOf.Of, Criterion.Clone)}
	}
	return c
}

// Queries returns every query that the criterion asks, its populations apart.
func (c Criterion) Queries() []fact.Query {
	var qs []fact.Query
	for _, m := range c.measures() {
		qs = append(qs, m.Queries()...)
	}
	for _, t := range c.Kinds.Tests() {
		qs = append(qs, t.Queries()...)
	}
	if c.Custom != nil {
		qs = append(qs, c.Custom.Queries...)
	}
	for _, child := range c.Children() {
		qs = append(qs, child.Queries()...)
	}
	return qs
}

func (c Criterion) measures() []Measure {
	switch {
	case c.AtMost != nil:
		return []Measure{c.AtMost.Measure}
	case c.AtLeast != nil:
		return []Measure{c.AtLeast.Measure}
	case c.Between != nil:
		return []Measure{c.Between.Measure}
	}
	return nil
}

// Children returns the criteria of a group, and nil for every other test.
func (c Criterion) Children() []Criterion {
	switch {
	case c.All != nil:
		return c.All.Of
	case c.Any != nil:
		return c.Any.Of
	case c.AtLeastOf != nil:
		return c.AtLeastOf.Of
	}
	return nil
}

// tests counts the tests that are set.
func (c Criterion) tests() int {
	n := len(c.Kinds.Tests())
	for _, set := range []bool{
		c.AtMost != nil, c.AtLeast != nil, c.Between != nil, c.Custom != nil, c.All != nil, c.Any != nil, c.AtLeastOf != nil,
	} {
		if set {
			n++
		}
	}
	return n
}
