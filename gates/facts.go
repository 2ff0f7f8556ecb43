package gates

import (
	"math"
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/join"
	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// result returns the result in a slot if it can be used at all: it is there,
// alone, not failed, complete and as old as it may be. Otherwise the code says
// why not, and the result, if there is one, is returned for its details.
func (e *evaluation) result(slot int, maxAge time.Duration, anyAge bool) (*fact.Result, Code) {
	if slot == none {
		return nil, CodeMissing
	}
	switch at := e.answers[slot]; at {
	case join.Missing:
		return nil, CodeMissing
	case join.Contradicted:
		return nil, CodeDuplicate
	default:
		r := &e.in.Facts.Results[at]
		return r, e.usable(r, maxAge, anyAge)
	}
}

func (e *evaluation) usable(r *fact.Result, maxAge time.Duration, anyAge bool) Code {
	switch {
	case r.Failure != (fact.Failure{}):
		return CodeFailed
	case !r.Complete:
		return CodeIncomplete
	case e.in.Now.IsZero():
		return CodeNoClock
	case r.ObservedAt.IsZero():
		return CodeUnobserved
	}
	switch age := e.in.Now.Sub(seen(r)); {
	case age < -e.p.skew, !r.CollectedAt.IsZero() && r.ObservedAt.Sub(r.CollectedAt) > e.p.skew:
		return CodeFuture
	case !anyAge && age > maxAge:
		return CodeStale
	default:
		return ""
	}
}

// seen is when a result was observed, and at the latest when it was collected:
// a source whose clock is ahead does not make its facts younger.
func seen(r *fact.Result) time.Time {
	if !r.CollectedAt.IsZero() && r.CollectedAt.Before(r.ObservedAt) {
		return r.CollectedAt
	}
	return r.ObservedAt
}

// proves reports whether the population in a slot counts something. It is
// asked only where a count is zero.
func (g *gateRun) proves(n *node, population int, a *Assessment) bool {
	r, code := g.look(n, population, a)
	if code != "" {
		return false
	}
	switch {
	case r.Query.Yields.Shape.Items():
		return r.Len() > 0
	case judge.Counts(r.Query.Yields):
		total, code := judge.Number(r)
		return code == "" && total > 0
	default:
		return false
	}
}

// look returns the usable result of a slot for a criterion and writes down
// that it was used: its position, how old it is, and what that means for how
// long a Go holds.
func (g *gateRun) look(n *node, slot int, a *Assessment) (*fact.Result, Code) {
	r, code := g.e.result(slot, n.maxAge, n.anyAge)
	if r == nil {
		return nil, code
	}
	a.Results = g.note(a.Results, int(g.e.answers[slot]))
	if code == CodeFailed {
		a.Detail = failure(r)
	}
	if at := seen(r); a.ObservedAt.IsZero() || at.Before(a.ObservedAt) {
		a.ObservedAt = at
	}
	if code == "" && !n.anyAge && !g.recording {
		g.limit(seen(r).Add(n.maxAge))
	}
	return r, code
}

// failure is why a result is none, in one line of the source's words.
func failure(r *fact.Result) string {
	switch {
	case r == nil || r.Failure.Message == "" && r.Failure.Code == "":
		return ""
	case r.Failure.Message == "":
		return check.OneLine(r.Failure.Code)
	default:
		return check.OneLine(r.Failure.Code + ": " + r.Failure.Message)
	}
}

// note appends a position to a list that grows inside the room made for all of
// them. A criterion looks at its slots one after the other and is done before
// the next one begins, so the lists do not overlap; assess clips them.
func (g *gateRun) note(list []int, position int) []int {
	if list == nil {
		list = g.e.numbers[:0]
	}
	if len(g.e.numbers) > 0 {
		g.e.numbers = g.e.numbers[1:]
	}
	return append(list, position)
}

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
	seen, code := read(r, n)
	if code != "" {
		return extent{}, code
	}
	if n.per != none {
		return g.ratio(n, m, seen.Low, a)
	}
	if m.Query.Yields.Unit == value.Count && seen.Low == 0 && seen.High == 0 && !g.proves(n, n.query.population, a) {
		return extent{}, CodeVacuous
	}
	if n.baseline.slot != none {
		return g.againstBaseline(n, m, seen, a)
	}
	if m.Aggregate != probe.Every {
		v := m.Aggregate.Of(seen)
		return extent{v, v}, ""
	}
	return extent{seen.Low, seen.High}, ""
}

func read(r *fact.Result, n *node) (judge.Sampled, Code) {
	seen, code := judge.Read(r, n.query.window, n.gap)
	return seen, Code(code)
}

func number(r *fact.Result) (float64, Code) {
	v, code := judge.Number(r)
	return v, Code(code)
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

// againstBaseline sets the mean or aggregate of the measure against that of its
// baseline, which has to cover its window as well. To be no less than nothing
// proves something only if the baseline's population shows that it looked.
func (g *gateRun) againstBaseline(n *node, m *Measure, current judge.Sampled, a *Assessment) (extent, Code) {
	r, code := g.look(n, n.baseline.slot, a)
	if code != "" {
		return extent{}, CodeNoBaseline
	}
	baseline, code := read(r, n)
	switch {
	case code != "":
		return extent{}, code
	case current.N < m.Baseline.MinSamples, baseline.N < m.Baseline.MinSamples:
		return extent{}, CodeTooFew
	case n.low.set && m.Query.Yields.Unit == value.Count && baseline.Low == 0 && baseline.High == 0 && !g.proves(n, n.baseline.population, a):
		return extent{}, CodeNoBaseline
	}
	was, is := m.Aggregate.Of(baseline), m.Aggregate.Of(current)
	switch as := m.Baseline.As; {
	case as == probe.Difference:
		return quotient(is-was, 1)
	case was == 0:
		return extent{}, CodeNoBaseline
	case as == probe.PercentChange:
		return quotient(100*(is-was), math.Abs(was))
	default:
		return quotient(is, was)
	}
}

func quotient(a, b float64) (extent, Code) {
	q := a / b
	if math.IsNaN(q) || math.IsInf(q, 0) {
		return extent{}, CodeNotANumber
	}
	return extent{q, q}, ""
}
