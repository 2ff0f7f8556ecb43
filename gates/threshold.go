package gates

import (
	"math"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// extent is the span of what was measured; a single number has equal ends.
type extent struct{ low, high float64 }

// threshold judges AtMost, AtLeast and Between. Both ends of a limit are kept.
func (g *gateRun) threshold(n *node, m *Measure, a *Assessment) (Outcome, Code) {
	seen, code := g.read(n, m, a)
	if code != "" {
		return Unknown, code
	}
	switch {
	case n.low.set && seen.low < n.low.at:
		a.compare(seen.low, n.unit, n.low)
		return Fail, CodeNotMet
	case n.high.set && seen.high > n.high.at:
		a.compare(seen.high, n.unit, n.high)
		return Fail, CodeNotMet
	case n.warnLow.set && seen.low < n.warnLow.at:
		a.compare(seen.low, n.unit, n.warnLow)
		return Warn, CodeNearing
	case n.warnHigh.set && seen.high > n.warnHigh.at:
		a.compare(seen.high, n.unit, n.warnHigh)
		return Warn, CodeNearing
	case n.high.set:
		a.compare(seen.high, n.unit, n.high)
	default:
		a.compare(seen.low, n.unit, n.low)
	}
	return Pass, CodeMet
}

// compare writes down what was seen, in the unit in which the limit is written.
func (a *Assessment) compare(seen float64, unit value.Unit, b bound) {
	a.Observed, a.Limit = value.Quantity{Value: value.Number(seen), Unit: unit}, b.limit
	if unit == b.limit.Unit {
		return
	}
	if shown, ok := a.Observed.In(b.limit.Unit); ok {
		a.Observed = value.Quantity{Value: shown, Unit: b.limit.Unit}
	}
}

// read gives the span of a measure in the measure's unit.
func (g *gateRun) read(n *node, m *Measure, a *Assessment) (extent, Code) {
	r, code := g.look(n, n.query.slot, a)
	if code != "" {
		return extent{}, code
	}
	if len(r.Samples) == 0 && n.proof != none {
		return g.absent(n, m, a)
	}
	seen, code := span(r, n)
	if code != "" {
		return extent{}, code
	}
	if n.per != none {
		return g.ratio(n, m, seen.low, a)
	}
	if m.Query.Yields.Unit == value.Count && seen.low == 0 && seen.high == 0 && !g.proves(n, a) {
		return extent{}, CodeVacuous
	}
	if n.baseline != none {
		return g.againstBaseline(n, m, seen, a)
	}
	return seen.extent, ""
}

// sampled is what was read of one result: its span, and how many samples have
// which mean.
type sampled struct {
	extent
	n    int
	mean float64
}

// span reads a number as it is and a series over its window.
func span(r *fact.Result, n *node) (sampled, Code) {
	if r.Query.Yields.Shape == fact.NumberShape {
		v, code := number(r)
		return sampled{extent{v, v}, 1, v}, code
	}
	return series(r, n.query.window, n.gap)
}

// series reads the samples of the window, which ends when the result was
// observed, and checks that they cover it.
func series(r *fact.Result, window, gap time.Duration) (sampled, Code) {
	if r.Unit != r.Query.Yields.Unit {
		return sampled{}, CodeUnit
	}
	seen, sum := sampled{extent: extent{math.Inf(1), math.Inf(-1)}}, 0.0
	before := r.ObservedAt.Add(-window)
	for i := range r.Samples {
		s := &r.Samples[i]
		switch {
		case i > 0 && s.At.Before(r.Samples[i-1].At):
			return sampled{}, CodeGap // out of order: what is covered cannot be told
		case s.At.After(r.ObservedAt):
			return sampled{}, CodeFuture
		case seen.n == 0 && s.At.Before(before):
			continue // before the window begins
		case s.At.Sub(before) > gap:
			return sampled{}, CodeGap
		case !s.Value.IsFinite(), r.Unit == value.Count && s.Value < 0:
			return sampled{}, CodeNotANumber
		}
		seen.low, seen.high = min(seen.low, float64(s.Value)), max(seen.high, float64(s.Value))
		sum += float64(s.Value)
		seen.n++
		before = s.At
	}
	if seen.n == 0 || r.ObservedAt.Sub(before) > gap {
		return sampled{}, CodeGap
	}
	if seen.mean = sum / float64(seen.n); math.IsInf(seen.mean, 0) {
		return sampled{}, CodeNotANumber // the sum is beyond what a number can be
	}
	return seen, ""
}

// absent reads an empty series as its declared value, if traffic is proven.
// The traffic is also the population of a zero.
func (g *gateRun) absent(n *node, m *Measure, a *Assessment) (extent, Code) {
	r, code := g.look(n, n.proof, a)
	if code != "" {
		return extent{}, CodeVacuous
	}
	traffic, code := number(r)
	if code != "" || traffic < float64(m.Absent.Min) {
		return extent{}, CodeTooFew
	}
	return extent{float64(m.Absent.Value), float64(m.Absent.Value)}, ""
}

// ratio divides by the denominator, which is also the population of a zero.
func (g *gateRun) ratio(n *node, m *Measure, numerator float64, a *Assessment) (extent, Code) {
	r, code := g.look(n, n.per, a)
	if code != "" {
		return extent{}, code
	}
	denominator, code := number(r)
	if code != "" {
		return extent{}, code
	}
	if denominator < float64(m.Per.Min) {
		return extent{}, CodeTooFew
	}
	return quotient(numerator, denominator)
}

// againstBaseline divides the mean of the measure by that of its baseline,
// which has to cover its window as well.
func (g *gateRun) againstBaseline(n *node, m *Measure, current sampled, a *Assessment) (extent, Code) {
	r, code := g.look(n, n.baseline, a)
	if code != "" {
		return extent{}, CodeNoBaseline
	}
	baseline, code := span(r, n)
	switch {
	case code != "":
		return extent{}, code
	case current.n < m.Baseline.MinSamples, baseline.n < m.Baseline.MinSamples:
		return extent{}, CodeTooFew
	case baseline.mean == 0:
		return extent{}, CodeNoBaseline
	}
	return quotient(current.mean, baseline.mean)
}

func quotient(a, b float64) (extent, Code) {
	q := a / b
	if math.IsNaN(q) || math.IsInf(q, 0) {
		return extent{}, CodeNotANumber
	}
	return extent{q, q}, ""
}
