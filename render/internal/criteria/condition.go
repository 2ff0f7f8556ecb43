// Package criteria writes the criteria of gates and what they came to, as a list
// or in a row.
package criteria

import (
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// condition writes what a criterion demands: its title, if it has one, and in
// brackets its test; otherwise the test alone. A title never replaces the test,
// since it may say something else.
func (d *writer) condition(c *gates.Criterion) {
	if c.Title == "" {
		d.Start(c.ID)
		d.test(c)
		return
	}
	d.Start(c.Title)
	d.Lit(" (")
	d.Text(c.ID)
	d.test(c)
	d.Lit(")")
}

// test writes the tests that are set, which should be exactly one, after the
// id of the criterion: "p95" and then " ≤ 450 ms for 1 hour".
func (d *writer) test(c *gates.Criterion) {
	before := len(d.B)
	set := func(is bool) bool {
		if is && len(d.B) > before {
			d.Lit(" and also")
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
		d.Lit(" approved")
		if d.Level == 0 {
			d.Lit(" by everybody asked")
		}
	}
	if set(c.Done != nil) {
		d.Lit(" all done")
	}
	for _, t := range c.Kinds.Tests() {
		switch t.(type) {
		case *probe.Zero, *probe.Tally, *probe.Consent, *probe.Completion: // above
		default:
			set(true)
			d.Lit(" ")
			d.Text(t.Condition())
		}
	}
	if set(c.Custom != nil) {
		d.Lit(" by check ")
		d.Text(c.Custom.Name)
	}
	if set(c.All != nil) {
		d.Lit(" by all of")
		d.these()
	}
	if set(c.Any != nil) {
		d.Lit(" by any of")
		d.these()
	}
	if set(c.AtLeastOf != nil) {
		d.Lit(" by at least ")
		d.Number(c.AtLeastOf.Need)
		d.Lit(" of")
		d.these()
	}
	if len(d.B) == before {
		d.Lit(" (test not given)")
	}
}

// these points to the criteria below; in one line they follow anyway.
func (d *writer) these() {
	if d.Level == 0 {
		d.Lit(" these")
	}
}

func (d *writer) threshold(sign, beyond string, t *gates.Threshold) {
	d.Lit(sign)
	d.Quantity(t.Limit)
	d.measure(&t.Measure)
	if !t.Warn.IsZero() && d.Level < 2 {
		d.Lit(", warns ")
		d.Lit(beyond)
		d.Lit(" ")
		d.Quantity(t.Warn)
	}
}

func (d *writer) between(r *gates.Range) {
	d.Lit(" from ")
	d.Quantity(r.Low)
	d.Lit(" to ")
	d.Quantity(r.High)
	d.measure(&r.Measure)
}

// measure writes over what a number is taken and what it is compared with.
func (d *writer) measure(m *gates.Measure) {
	if m.Per != (gates.Denominator{}) && d.Level < 2 {
		d.Lit(" of at least ")
		d.Quantity(value.Quantity{Value: m.Per.Min, Unit: m.Per.Query.Yields.Unit})
	}
	if m.Baseline != (gates.Baseline{}) {
		d.Lit(comparisonWords[min(int(m.Baseline.As), len(comparisonWords)-1)])
		d.Lit(" the baseline")
		if d.Level < 3 {
			d.Lit(" of at least ")
			d.Number(m.Baseline.MinSamples)
			d.Lit(" samples")
		}
	}
	if m.Aggregate != probe.Every {
		d.Lit(" as ")
		d.Text(string(m.Aggregate))
		d.Lit(" of ")
		d.Duration(m.Query.Window)
	} else {
		d.span(&m.Query)
	}
	if m.MaxGap != 0 && d.Level < 2 {
		d.Lit(" without a gap over ")
		d.Duration(m.MaxGap)
	}
	if m.Absent != (gates.Absence{}) && d.Level < 2 {
		d.Lit(", no sample means ")
		d.Quantity(value.Quantity{Value: m.Absent.Value, Unit: m.Query.Yields.Unit})
		d.Lit(" at a traffic of at least ")
		d.Quantity(value.Quantity{Value: m.Absent.Min, Unit: m.Absent.Proof.Yields.Unit})
	}
}

// comparisonWords follow a limit, by comparison; the last is of one not known.
var comparisonWords = []string{" ×", " above", " over", " compared in an unknown way with"}

// span writes the window of a query: a series holds for all of it, a number is
// taken over it.
func (d *writer) span(q *fact.Query) {
	if q.Window == 0 {
		return
	}
	if q.Yields.Shape == fact.SeriesShape {
		d.Lit(" for ")
	} else {
		d.Lit(" over ")
	}
	d.Duration(q.Window)
}

// none writes "blockers = 0 of jira count". What exactly is counted, and out of
// what, stands in the catalog's JSON.
func (d *writer) none(z *gates.Zero) {
	if d.Level > 1 {
		d.Lit(" = 0")
		d.span(&z.Query)
		return
	}
	d.Lit(" = 0 of ")
	population := &z.Query.Population
	if *population == (fact.Ask{}) {
		d.Lit("a population not given")
	} else {
		d.Text(population.Connector)
		d.Lit(" ")
		d.Text(population.Kind)
	}
	d.span(&z.Query)
}

func (d *writer) tally(t *gates.Tally) {
	switch {
	case t.Most == gates.NoLimit:
		d.Lit(" ≥ ")
		d.Number(t.Least)
	case t.Least == t.Most:
		d.Lit(" = ")
		d.Number(t.Most)
	case t.Least > 0:
		d.Lit(" from ")
		d.Number(t.Least)
		d.Lit(" to ")
		d.Number(t.Most)
	default:
		d.Lit(" ≤ ")
		d.Number(t.Most)
	}
	d.Lit(" ")
	d.Name(t.Query.Yields.Shape.String())
	if d.Level < 2 {
		d.match(&t.Where)
	}
	d.span(&t.Query)
}

func (d *writer) match(m *gates.Match) {
	separator := " with "
	add := func(name, text string) {
		d.Lit(separator)
		d.Lit(name)
		d.Text(text)
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
