package gates

import (
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// none is the slot of a query that is not asked.
const none = -1

// node is one criterion, prepared: its queries are slots, its limits are in
// the unit in which the measure comes out.
type node struct {
	c        *Criterion
	bad      bool // cannot be judged, whatever the facts say
	locked   bool // no waiver: it, a criterion around it or one inside it is not waivable
	maxAge   time.Duration
	anyAge   bool
	test     judge.Test // of package probe; nil for a threshold, a group and a custom check
	asked    []asked    // by that test
	query    asked      // of a threshold
	per      int
	baseline asked
	proof    int
	custom   []int
	low      bound
	high     bound
	warnLow  bound
	warnHigh bound
	gap      time.Duration
	unit     value.Unit // in which the measure comes out
	need     int        // of a group: how many have to pass
	of       []node
}

// asked is a query with its slot and that of its population.
type asked struct {
	slot, population int
	yields           fact.Yields
	window           time.Duration
}

// bound is one end of what is allowed.
type bound struct {
	set   bool
	limit value.Quantity // as written
	at    float64        // in the unit of the measure
}

func (p *Prepared) prepareNode(c *Criterion) node {
	n := node{c: c, locked: c.NotWaivable, maxAge: p.catalog.maxAge(), anyAge: !check.Blank(c.AnyAge), query: asked{slot: none, population: none},
		per: none, baseline: asked{slot: none, population: none}, proof: none}
	if c.MaxAge > 0 {
		n.maxAge = c.MaxAge.Std()
	}
	p.nodes++
	tests := c.Kinds.Tests()
	n.bad = c.tests() != 1 || c.MaxAge < 0 || c.MaxAge > maxMaxAge
	switch {
	case c.AtMost != nil:
		p.prepareMeasure(&n, &c.AtMost.Measure)
		n.high, n.warnHigh = n.bound(c.AtMost.Limit), n.warnBound(c.AtMost)
		n.bad = n.bad || n.warnHigh.set && n.warnHigh.at > n.high.at
	case c.AtLeast != nil:
		p.prepareMeasure(&n, &c.AtLeast.Measure)
		n.low, n.warnLow = n.bound(c.AtLeast.Limit), n.warnBound(c.AtLeast)
		n.bad = n.bad || n.warnLow.set && n.warnLow.at < n.low.at
	case c.Between != nil:
		p.prepareMeasure(&n, &c.Between.Measure)
		n.low, n.high = n.bound(c.Between.Low), n.bound(c.Between.High)
	case len(tests) > 0:
		n.test, n.bad = tests[0], n.bad || tests[0].Fault() != ""
		for _, q := range n.test.Queries() {
			n.asked = append(n.asked, p.ask(q))
		}
	case c.Custom != nil:
		for _, q := range c.Custom.Queries {
			n.custom = append(n.custom, p.use(q))
			p.customs++
		}
	default:
		p.prepareGroup(&n)
	}
	return n
}

func (p *Prepared) prepareGroup(n *node) {
	children := n.c.Children()
	for i := range children {
		n.of = append(n.of, p.prepareNode(&children[i]))
	}
	switch {
	case n.c.All != nil:
		n.need = len(children)
	case n.c.Any != nil:
		n.need = 1
	case n.c.AtLeastOf != nil:
		n.need = n.c.AtLeastOf.Need
	}
	n.bad = n.bad || n.need < 1 || n.need > len(children)
	// A group looks at no result itself: ages and missing answers are its criteria's.
	n.bad = n.bad || n.c.MaxAge != 0 || n.c.AnyAge != "" || n.c.Missing != (Missing{})
	for i := range n.of {
		n.locked = n.locked || n.of[i].locked
	}
	if n.c.NotWaivable {
		lock(n.of)
	}
}

// lock closes criteria to waivers because the group around them is closed.
func lock(nodes []node) {
	for i := range nodes {
		nodes[i].locked = true
		lock(nodes[i].of)
	}
}

func (p *Prepared) prepareMeasure(n *node, m *Measure) {
	n.query, n.unit = p.ask(m.Query), m.unit()
	if m.Per != (Denominator{}) {
		n.per = p.use(m.Per.Query)
		n.bad = n.bad || !m.validRatio()
	}
	if m.Baseline != (Baseline{}) {
		n.baseline = p.ask(m.Baseline.Query)
		n.bad = n.bad || m.Per != (Denominator{}) || m.Baseline.MinSamples < 1 || !m.alike(m.Baseline.Query) ||
			m.Baseline.As > probe.PercentChange
	}
	if m.Absent != (Absence{}) {
		n.proof = p.use(m.Absent.Proof)
		n.bad = n.bad || !m.validAbsence() || m.Per != (Denominator{}) || m.Baseline != (Baseline{})
	}
	switch m.Query.Yields.Shape {
	case fact.NumberShape:
		n.bad = n.bad || m.Aggregate != probe.Every // of one number there is none
	case fact.SeriesShape:
		n.gap = judge.MaxGap(m.MaxGap, m.Query.Window)
		n.bad = n.bad || !judge.Covers(m.Query.Window, n.gap) || !m.Aggregate.Valid()
	default:
		n.bad = true
	}
	n.bad = n.bad || !m.Query.Yields.Unit.Known()
}

func (m *Measure) validRatio() bool {
	return m.Query.Yields.Shape == fact.NumberShape && m.alike(m.Per.Query) &&
		m.Per.Min.IsFinite() && m.Per.Min > 0
}

func (m *Measure) validAbsence() bool {
	return m.Query.Yields.Shape == fact.SeriesShape && m.Absent.Proof.Yields.Shape == fact.NumberShape &&
		m.Absent.Value.IsFinite() && m.Absent.Min.IsFinite() && m.Absent.Min > 0
}

// alike reports whether q asks for the same form, unit and window: only then
// do the two compare.
func (m *Measure) alike(q fact.Query) bool {
	return q.Yields == m.Query.Yields && q.Window == m.Query.Window
}

// bound reads a limit in the unit of the measure. A limit that cannot be read
// there makes the whole node bad.
func (n *node) bound(limit value.Quantity) bound {
	at, ok := limit.In(n.unit)
	if !ok || !at.IsFinite() {
		n.bad = true
	}
	return bound{true, limit, float64(at)}
}

func (n *node) warnBound(t *Threshold) bound {
	if t.Warn.IsZero() {
		return bound{}
	}
	return n.bound(t.Warn)
}

// ask gives a query its slots. The zero query has a slot of its own, which no
// result ever answers.
func (p *Prepared) ask(q fact.Query) asked {
	a := asked{p.use(q), none, q.Yields, q.Window.Std()}
	if population, ok := q.Counted(); ok {
		a.population = p.use(population)
	}
	return a
}

func (p *Prepared) use(q fact.Query) int {
	p.uses++
	return p.slot(q)
}

// poll counts the outcomes of a group.
type poll struct {
	pass, warn, unknown int
	why                 Code // of the first that is unknown
}

func (p *poll) add(o Outcome, code Code) {
	switch o {
	case Pass:
		p.pass++
	case Warn:
		p.warn++
	case Fail:
	default:
		if p.unknown == 0 {
			p.why = code
		}
		p.unknown++
	}
}

// outcome is what need out of the poll comes to: the worst that can still
// happen once the unknown ones are known decides only if it is certain.
func (p *poll) outcome(need int) (Outcome, Code) {
	switch {
	case p.pass >= need:
		return Pass, CodeMet
	case p.pass+p.warn >= need:
		return Warn, CodeNearing
	case p.pass+p.warn+p.unknown >= need:
		return Unknown, p.why
	default:
		return Fail, CodeNotMet
	}
}
