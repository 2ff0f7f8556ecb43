package review

import (
	"fmt"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// limit is one end of what a criterion allows of something. Two of them speak of
// the same thing if their keys are equal.
type limit struct {
	of    any // comparable
	at    check.Path
	upper bool
	n     value.Number // in the unit of what is limited
	shown string
}

// Weaker wants no exit to let more through than the entry after it. Limits of
// the same query compare, each in the query's unit.
func Weaker(c *Catalog, report Report) string {
	pairs := 0
	for i := 1; i < len(c.Environments); i++ {
		for _, exit := range c.Environments[i-1].Gates {
			for _, entry := range c.Environments[i].Gates {
				if exit.Exit && entry.Entry {
					pairs++
					compare(exit, entry, report)
				}
			}
		}
	}
	if pairs == 0 {
		return "no entry follows an exit"
	}
	return ""
}

func compare(exit, entry *Gate, report Report) {
	outs, ins := exit.limits(), entry.limits()
	for _, out := range outs {
		for _, in := range ins {
			if out.of == in.of && out.upper == in.upper && out.n != in.n && (out.n > in.n) == out.upper {
				f := check.Invalid(out.at, out.shown, fmt.Sprintf("is weaker than %s, which %s wants next", in.shown, entry.ID))
				report(f.WithRelated(in.at))
			}
		}
	}
}

// limits are those of the criteria that have to pass.
func (g *Gate) limits() []limit {
	var all []limit
	required(g.Criteria, func(c *Criterion) { all = append(all, limits(c)...) })
	return all
}

// counted is the key of a number of items.
type counted struct {
	query fact.Ask
	where probe.Match
}

// left is the key of what is left of an error budget.
type left struct {
	bad, total fact.Ask
	objective  value.Quantity
}

func limits(c *Criterion) []limit {
	k := c.Kinds
	switch {
	case len(c.Of) > 0:
		return nil
	case c.AtMost != nil:
		return measured(&c.AtMost.Measure, end(c.At.Field("atMost").Field("limit"), c.AtMost.Limit, true))
	case c.AtLeast != nil:
		return measured(&c.AtLeast.Measure, end(c.At.Field("atLeast").Field("limit"), c.AtLeast.Limit, false))
	case c.Between != nil:
		at := c.At.Field("between")
		return measured(&c.Between.Measure, end(at.Field("low"), c.Between.Low, false), end(at.Field("high"), c.Between.High, true))
	case k.None != nil && k.None.Query.Yields.Shape == fact.NumberShape:
		none := value.Quantity{Unit: value.Count}
		return measured(&probe.Measure{Query: k.None.Query}, end(c.At.Field("none"), none, true))
	case k.None != nil:
		return []limit{{of: counted{query: k.None.Query.Ask}, at: c.At.Field("none"), upper: true, shown: "0"}}
	case k.Count != nil:
		return tally(k.Count, c.At.Field("count"))
	case k.Suite != nil && !k.Suite.Coverage.IsZero():
		return measured(&probe.Measure{Query: k.Suite.Coverage}, end(c.At.Field("suite").Field("leastCoverage"), k.Suite.LeastCoverage, false))
	case k.Budget != nil:
		least, _ := k.Budget.Least.In(value.Percent)
		return []limit{{of: left{k.Budget.Bad.Ask, k.Budget.Total.Ask, k.Budget.Objective}, at: c.At.Field("budget").Field("least"), n: least, shown: k.Budget.Least.Human()}}
	}
	return nil
}

// bound is a limit as it is written.
type bound struct {
	at    check.Path
	limit value.Quantity
	upper bool
}

func end(at check.Path, q value.Quantity, upper bool) bound { return bound{at, q, upper} }

// measured are the bounds of a measure, in its unit. How long a silence may be,
// what absence means and out of what is counted do not make it another measure.
func measured(m *probe.Measure, bounds ...bound) []limit {
	key := *m
	key.MaxGap, key.Absent, key.Query.Population = 0, probe.Absence{}, fact.Ask{}
	key.Per.Min, key.Baseline.MinSamples = 0, 0
	var all []limit
	for _, b := range bounds {
		if n, ok := b.limit.In(m.Unit()); ok && n.IsFinite() {
			all = append(all, limit{of: key, at: b.at, upper: b.upper, n: n, shown: b.limit.Human()})
		}
	}
	return all
}

func tally(t *probe.Tally, at check.Path) []limit {
	of := counted{t.Query.Ask, t.Where}
	all := []limit{{of: of, at: at.Field("least"), n: value.Number(t.Least), shown: fmt.Sprint(t.Least)}}
	if t.Most != probe.NoLimit {
		all = append(all, limit{of: of, at: at.Field("most"), upper: true, n: value.Number(t.Most), shown: fmt.Sprint(t.Most)})
	}
	return all
}
