package gates

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
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

// fault says why the criterion can never be judged, in words that follow "it",
// and where, from the criterion on; without words it can be. Its own criteria
// have faults of their own. The evaluation and the rules both ask here, so that
// they cannot disagree.
func (c *Criterion) fault() (check.Path, string) {
	switch n := c.tests(); {
	case n != 1:
		return "", fmt.Sprintf("has %d tests, want exactly one", n)
	case c.MaxAge < 0 || c.MaxAge > maxMaxAge:
		return "maxAge", "is not between 0 and " + maxMaxAge.String()
	}
	at, why := check.Path(""), ""
	switch tests := c.Kinds.Tests(); {
	case c.AtMost != nil:
		at, why = c.AtMost.Fault(1)
		at = at.Under("atMost")
	case c.AtLeast != nil:
		at, why = c.AtLeast.Fault(-1)
		at = at.Under("atLeast")
	case c.Between != nil:
		at, why = c.Between.Fault()
		at = at.Under("between")
	case len(tests) > 0:
		at, why = tests[0].Fault()
		at = at.Under(check.Path(c.Kinds.Names()[0]))
	case c.Custom != nil && check.Blank(c.Custom.Name):
		return "custom.name", "names no check"
	case c.Custom != nil:
	default:
		return c.groupFault()
	}
	return at, why
}

// groupFault is the fault of a group. It looks at no result itself: ages and
// missing answers are its criteria's.
func (c *Criterion) groupFault() (check.Path, string) {
	at, children := c.groupPath(), c.Children()
	switch {
	case c.MaxAge != 0:
		return "maxAge", "is a group, which looks at no result itself"
	case c.AnyAge != "":
		return "anyAge", "is a group, which looks at no result itself"
	case c.Missing != (Missing{}):
		return "missing", "is a group, which looks at no result itself"
	case len(children) == 0:
		return at.Field("of"), "is a group of nothing"
	case c.need() < 1 || c.need() > len(children):
		return at.Field("need"), fmt.Sprintf("needs %d of %d", c.need(), len(children))
	}
	return "", ""
}

// groupPath is where the group's criteria are.
func (c *Criterion) groupPath() check.Path {
	switch {
	case c.All != nil:
		return "all"
	case c.Any != nil:
		return "any"
	default:
		return "atLeastOf"
	}
}

// measurePath is where the measure of the criterion is.
func (c *Criterion) measurePath() check.Path {
	switch {
	case c.AtMost != nil:
		return "atMost"
	case c.AtLeast != nil:
		return "atLeast"
	default:
		return "between"
	}
}

// need is how many criteria of a group have to pass.
func (c *Criterion) need() int {
	switch {
	case c.All != nil:
		return len(c.All.Of)
	case c.Any != nil:
		return 1
	case c.AtLeastOf != nil:
		return c.AtLeastOf.Need
	}
	return 0
}

func (p *Prepared) prepareNode(c *Criterion) node {
	n := node{c: c, locked: c.NotWaivable, maxAge: p.catalog.maxAge(), anyAge: !check.Blank(c.AnyAge), query: asked{slot: none, population: none},
		per: none, baseline: asked{slot: none, population: none}, proof: none}
	if c.MaxAge > 0 {
		n.maxAge = c.MaxAge.Std()
	}
	p.nodes++
	_, why := c.fault()
	n.bad = why != ""
	switch tests := c.Kinds.Tests(); {
	case c.AtMost != nil:
		p.prepareMeasure(&n, &c.AtMost.Measure)
		n.high, n.warnHigh = n.bound(c.AtMost.Limit), n.warnBound(c.AtMost)
	case c.AtLeast != nil:
		p.prepareMeasure(&n, &c.AtLeast.Measure)
		n.low, n.warnLow = n.bound(c.AtLeast.Limit), n.warnBound(c.AtLeast)
	case c.Between != nil:
		p.prepareMeasure(&n, &c.Between.Measure)
		n.low, n.high = n.bound(c.Between.Low), n.bound(c.Between.High)
	case len(tests) > 0:
		n.test = tests[0]
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
	n.need = n.c.need()
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
	n.query, n.unit = p.ask(m.Query), m.Unit()
	if m.Per != (Denominator{}) {
		n.per = p.use(m.Per.Query)
	}
	if m.Baseline != (Baseline{}) {
		n.baseline = p.ask(m.Baseline.Query)
	}
	if m.Absent != (Absence{}) {
		n.proof = p.use(m.Absent.Proof)
	}
	if m.Query.Yields.Shape == fact.SeriesShape {
		n.gap = judge.MaxGap(m.MaxGap, m.Query.Window)
	}
}

// bound reads a limit in the unit of the measure.
func (n *node) bound(limit value.Quantity) bound {
	at, _ := limit.In(n.unit)
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
