package page

import (
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// condition writes what a criterion demands: its title, if it has one, and in
// brackets its test; otherwise the test alone. A title never replaces the test,
// since it may say something else.
func (d *Doc) condition(c *gates.Criterion) {
	if c.Title == "" {
		d.start(c.ID)
		d.test(c)
		return
	}
	d.start(c.Title)
	d.lit(" (")
	d.text(c.ID)
	d.test(c)
	d.lit(")")
}

// test writes the tests that are set, which should be exactly one, after the
// id of the criterion: "p95" and then " ≤ 450 ms for 1 hour".
func (d *Doc) test(c *gates.Criterion) {
	before := len(d.b)
	set := func(is bool) bool {
		if is && len(d.b) > before {
			d.lit(" and also")
		}
		return is
	}
	if set(c.AtMost != nil) {
		d.threshold(" ≤ ", "above", c.AtMost)
	}
	if set(c.AtLeast != nil) {
		d.threshold(" ≥ ", "below", c.AtLeast)
	}
	if set(c.Between != nil) {
		d.between(c.Between)
	}
	if set(c.None != nil) {
		d.none(c.None)
	}
	if set(c.Count != nil) {
		d.tally(c.Count)
	}
	if set(c.Approved != nil) {
		d.lit(" approved")
		if d.level == 0 {
			d.lit(" by everybody asked")
		}
	}
	if set(c.Done != nil) {
		d.lit(" all done")
	}
	for _, t := range c.Kinds.Tests() {
		switch t.(type) {
		case *probe.Zero, *probe.Tally, *probe.Consent, *probe.Completion: // above
		default:
			set(true)
			d.lit(" ")
			d.text(t.Condition())
		}
	}
	if set(c.Custom != nil) {
		d.lit(" by check ")
		d.text(c.Custom.Name)
	}
	if set(c.All != nil) {
		d.lit(" by all of")
		d.these()
	}
	if set(c.Any != nil) {
		d.lit(" by any of")
		d.these()
	}
	if set(c.AtLeastOf != nil) {
		d.lit(" by at least ")
		d.number(c.AtLeastOf.Need)
		d.lit(" of")
		d.these()
	}
	if len(d.b) == before {
		d.lit(" (test not given)")
	}
}

// these points to the criteria below; in one line they follow anyway.
func (d *Doc) these() {
	if d.level == 0 {
		d.lit(" these")
	}
}

func (d *Doc) threshold(sign, beyond string, t *gates.Threshold) {
	d.lit(sign)
	d.quantity(t.Limit)
	d.measure(&t.Measure)
	if !t.Warn.IsZero() && d.level < 2 {
		d.lit(", warns ")
		d.lit(beyond)
		d.lit(" ")
		d.quantity(t.Warn)
	}
}

func (d *Doc) between(r *gates.Range) {
	d.lit(" from ")
	d.quantity(r.Low)
	d.lit(" to ")
	d.quantity(r.High)
	d.measure(&r.Measure)
}

// measure writes over what a number is taken and what it is compared with.
func (d *Doc) measure(m *gates.Measure) {
	if m.Per != (gates.Denominator{}) && d.level < 2 {
		d.lit(" of at least ")
		d.quantity(value.Quantity{Value: m.Per.Min, Unit: m.Per.Query.Yields.Unit})
	}
	if m.Baseline != (gates.Baseline{}) {
		d.lit(comparisonWords[min(int(m.Baseline.As), len(comparisonWords)-1)])
		d.lit(" the baseline")
		if d.level < 3 {
			d.lit(" of at least ")
			d.number(m.Baseline.MinSamples)
			d.lit(" samples")
		}
	}
	if m.Aggregate != probe.Every {
		d.lit(" as ")
		d.text(string(m.Aggregate))
		d.lit(" of ")
		d.duration(m.Query.Window)
	} else {
		d.span(&m.Query)
	}
	if m.MaxGap != 0 && d.level < 2 {
		d.lit(" without a gap over ")
		d.duration(m.MaxGap)
	}
	if m.Absent != (gates.Absence{}) && d.level < 2 {
		d.lit(", no sample means ")
		d.quantity(value.Quantity{Value: m.Absent.Value, Unit: m.Query.Yields.Unit})
		d.lit(" at a traffic of at least ")
		d.quantity(value.Quantity{Value: m.Absent.Min, Unit: m.Absent.Proof.Yields.Unit})
	}
}

// comparisonWords follow a limit, by comparison; the last is of one not known.
var comparisonWords = []string{" ×", " above", " over", " compared in an unknown way with"}

// span writes the window of a query: a series holds for all of it, a number is
// taken over it.
func (d *Doc) span(q *fact.Query) {
	if q.Window == 0 {
		return
	}
	if q.Yields.Shape == fact.SeriesShape {
		d.lit(" for ")
	} else {
		d.lit(" over ")
	}
	d.duration(q.Window)
}

// none writes "blockers = 0 of jira count". What exactly is counted, and out of
// what, stands in the catalog's JSON.
func (d *Doc) none(z *gates.Zero) {
	if d.level > 1 {
		d.lit(" = 0")
		d.span(&z.Query)
		return
	}
	d.lit(" = 0 of ")
	population := &z.Query.Population
	if *population == (fact.Ask{}) {
		d.lit("a population not given")
	} else {
		d.text(population.Connector)
		d.lit(" ")
		d.text(population.Kind)
	}
	d.span(&z.Query)
}

func (d *Doc) tally(t *gates.Tally) {
	switch {
	case t.Most == gates.NoLimit:
		d.lit(" ≥ ")
		d.number(t.Least)
	case t.Least == t.Most:
		d.lit(" = ")
		d.number(t.Most)
	case t.Least > 0:
		d.lit(" from ")
		d.number(t.Least)
		d.lit(" to ")
		d.number(t.Most)
	default:
		d.lit(" ≤ ")
		d.number(t.Most)
	}
	d.lit(" ")
	d.name(t.Query.Yields.Shape.String())
	if d.level < 2 {
		d.match(&t.Where)
	}
	d.span(&t.Query)
}

func (d *Doc) match(m *gates.Match) {
	separator := " with "
	add := func(name, text string) {
		d.lit(separator)
		d.lit(name)
		d.text(text)
		separator = ", "
	}
	if m.Category != fact.UnknownCategory {
		add("category ", m.Category.String())
	}
	if m.Label != "" {
		add("label ", m.Label)
	}
	if m.Status != "" {
		add("status ", m.Status)
	}
	if m.Answer != "" {
		add("answer ", m.Answer)
	}
}
