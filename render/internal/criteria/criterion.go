package criteria

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/pen"
)

// writer writes about criteria.
type writer struct{ *pen.Pen }

// List writes one bullet for each criterion, with what it demands, what it came
// to, what was seen and when, and why it did not pass.
func List(p *pen.Pen, all []gates.Criterion, decision *gates.Decision, depth int) {
	d := &writer{p}
	d.criteria(all, decision.Outcomes, decision, depth)
}

// Row writes criteria in a row, each with its outcome unless it passed.
func Row(p *pen.Pen, all []gates.Criterion, decision *gates.Decision) {
	d := &writer{p}
	d.conditions(all, decision.Outcomes, decision)
}

// criteria writes one bullet for each criterion, its group nested below it, and
// one for each outcome that is of none.
func (d *writer) criteria(all []gates.Criterion, outcomes []gates.Assessment, decision *gates.Decision, depth int) {
	aligned := 0
	for aligned < len(all) && aligned < len(outcomes) && outcomes[aligned].Criterion == all[aligned].ID {
		aligned++
	}
	for i := range all {
		var outcome *gates.Assessment
		if i < aligned {
			outcome = &outcomes[i]
		} else {
			outcome = find(outcomes[aligned:], all[i].ID)
		}
		d.criterion(&all[i], outcome, decision, depth)
	}
	for i := aligned; i < len(outcomes); i++ {
		if !has(all[aligned:], outcomes[i].Criterion) {
			d.Bullet(depth)
			d.Start(outcomes[i].Criterion)
			d.Lit(" (not in the catalog): ")
			d.outcome(&gates.Criterion{}, &outcomes[i], decision)
			d.End()
			d.criteria(nil, outcomes[i].Of, decision, depth+1)
		}
	}
}

func find(outcomes []gates.Assessment, id string) *gates.Assessment {
	for i := range outcomes {
		if outcomes[i].Criterion == id {
			return &outcomes[i]
		}
	}
	return nil
}

func has(all []gates.Criterion, id string) bool {
	for i := range all {
		if all[i].ID == id {
			return true
		}
	}
	return false
}

func (d *writer) criterion(c *gates.Criterion, outcome *gates.Assessment, decision *gates.Decision, depth int) {
	d.Bullet(depth)
	d.condition(c)
	d.Lit(": ")
	if outcome == nil {
		d.Lit("**Unknown**, not assessed")
	} else {
		d.outcome(c, outcome, decision)
	}
	d.reservations(c)
	d.End()
	var of []gates.Assessment
	if outcome != nil {
		of = outcome.Of
	}
	for _, group := range [][]gates.Criterion{members(c.All), members(c.Any), quorum(c.AtLeastOf)} {
		if len(group) > 0 {
			d.criteria(group, of, decision, depth+1)
			of = nil // a second group is a fault, and has no outcomes
		}
	}
}

func members(g *gates.Group) []gates.Criterion {
	if g == nil {
		return nil
	}
	return g.Of
}

func quorum(q *gates.Quorum) []gates.Criterion {
	if q == nil {
		return nil
	}
	return q.Of
}

// reservations writes what bends the rules for this criterion.
func (d *writer) reservations(c *gates.Criterion) {
	if c.Optional {
		d.Lit("; recorded only")
	}
	if c.NotWaivable {
		d.Lit("; not waivable")
	}
	if c.MaxAge > 0 {
		d.Lit("; counts for ")
		d.Duration(c.MaxAge)
	}
	if c.AnyAge != "" {
		d.Lit("; of any age, since ")
		d.Text(c.AnyAge)
	}
	if c.Missing != (gates.Missing{}) {
		d.Lit("; no answer means ")
		d.Lit(outcomeName(c.Missing.Outcome))
		d.Lit(", since ")
		if c.Missing.Reason == "" {
			d.Lit("reason ")
		}
		d.Text(c.Missing.Reason)
	}
}

func outcomeName(o gates.Outcome) string {
	switch o {
	case gates.Pass:
		return "Pass"
	case gates.Warn:
		return "Warn"
	case gates.Fail:
		return "Fail"
	default:
		return "Unknown"
	}
}

// outcome writes what a criterion came to: as measured, what a waiver made of
// it, what was seen and when, and why it did not pass.
func (d *writer) outcome(c *gates.Criterion, a *gates.Assessment, decision *gates.Decision) {
	d.outcomeOf(a)
	switch {
	case a.Effective == a.Raw:
	case waives(decision, a.Criterion):
		d.Lit(", waived")
	case len(a.Of) == 0: // otherwise one of the group's criteria is waived
		d.Lit(", waiver not given")
	}
	d.observed(c, a)
	if a.Code != gates.CodeMet {
		d.Lit(", ")
		d.Text(a.Code.Words())
	}
	if a.Detail != "" {
		d.Lit(" (")
		d.Text(a.Detail)
		d.Lit(")")
	}
	d.age(a, decision)
}

// outcomeOf writes an outcome as measured and as it counts.
func (d *writer) outcomeOf(a *gates.Assessment) {
	d.Lit("**")
	d.Name(outcomeName(a.Raw))
	if a.Effective != a.Raw {
		d.Lit(" → ")
		d.Name(outcomeName(a.Effective))
	}
	d.Lit("**")
}

func waives(decision *gates.Decision, criterion string) bool {
	return slices.ContainsFunc(decision.Waived, func(w gates.Waived) bool { return w.Criterion == criterion })
}

// observed writes what was measured, in the words of the test.
func (d *writer) observed(c *gates.Criterion, a *gates.Assessment) {
	custom := c.Custom != nil
	switch {
	case a.Observed.IsZero() && (custom || a.Raw == gates.Unknown || a.Code == gates.CodeDeclared):
	case a.Observed.IsZero():
		d.Lit(", observation not given")
	case len(c.Children()) > 0:
		d.Lit(", ")
		d.Quantity(a.Shown())
		d.Lit(" of ")
		d.Number(len(c.Children()))
		d.Lit(" met")
	case c.Approved != nil:
		d.Lit(", ")
		d.Quantity(a.Shown())
		d.Lit(" of ")
		d.Quantity(a.Limit)
		d.Lit(" given")
	case c.Done != nil:
		d.Lit(", ")
		d.Quantity(a.Shown())
		d.Lit(" open")
	default:
		d.Lit(", observed ")
		d.Quantity(a.Shown())
	}
}

// age writes how old the oldest observation was when the gate was decided.
func (d *writer) age(a *gates.Assessment, decision *gates.Decision) {
	switch {
	case a.ObservedAt.IsZero() && a.Raw == gates.Unknown, a.Code == gates.CodeDeclared:
		return // the code says that nothing was seen
	case a.ObservedAt.IsZero():
		d.Lit(", age not given")
		return
	case decision.DecidedAt.IsZero():
		d.Lit(", seen ")
		d.Moment(a.ObservedAt)
		return
	}
	age := decision.DecidedAt.Sub(a.ObservedAt).Round(time.Second)
	d.Lit(", ")
	if age < 0 {
		d.Duration(value.Duration(-age))
		d.Lit(" after the decision")
		return
	}
	d.Duration(value.Duration(age))
	d.Lit(" old")
}
