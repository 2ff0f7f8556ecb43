package page

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/value"
)

// criteria writes one bullet for each criterion, its group nested below it, and
// one for each outcome that is of none.
func (d *Doc) criteria(all []gates.Criterion, outcomes []gates.Assessment, decision *gates.Decision, depth int) {
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
			d.bullet(depth)
			d.start(outcomes[i].Criterion)
			d.lit(" (not in the catalog): ")
			d.outcome(&gates.Criterion{}, &outcomes[i], decision)
			d.end()
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

func (d *Doc) criterion(c *gates.Criterion, outcome *gates.Assessment, decision *gates.Decision, depth int) {
	d.bullet(depth)
	d.condition(c)
	d.lit(": ")
	if outcome == nil {
		d.lit("**Unknown**, not assessed")
	} else {
		d.outcome(c, outcome, decision)
	}
	d.reservations(c)
	d.end()
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
func (d *Doc) reservations(c *gates.Criterion) {
	if c.Optional {
		d.lit("; recorded only")
	}
	if c.NotWaivable {
		d.lit("; not waivable")
	}
	if c.MaxAge > 0 {
		d.lit("; counts for ")
		d.duration(c.MaxAge)
	}
	if c.AnyAge != "" {
		d.lit("; of any age, since ")
		d.text(c.AnyAge)
	}
	if c.Missing != (gates.Missing{}) {
		d.lit("; no answer means ")
		d.lit(outcomeName(c.Missing.Outcome))
		d.lit(", since ")
		if c.Missing.Reason == "" {
			d.lit("reason ")
		}
		d.text(c.Missing.Reason)
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
func (d *Doc) outcome(c *gates.Criterion, a *gates.Assessment, decision *gates.Decision) {
	d.outcomeOf(a)
	switch {
	case a.Effective == a.Raw:
	case waives(decision, a.Criterion):
		d.lit(", waived")
	case len(a.Of) == 0: // otherwise one of the group's criteria is waived
		d.lit(", waiver not given")
	}
	d.observed(c, a)
	if a.Code != gates.CodeMet {
		d.lit(", ")
		d.text(a.Code.Words())
	}
	if a.Detail != "" {
		d.lit(" (")
		d.text(a.Detail)
		d.lit(")")
	}
	d.age(a, decision)
}

// outcomeOf writes an outcome as measured and as it counts.
func (d *Doc) outcomeOf(a *gates.Assessment) {
	d.lit("**")
	d.name(outcomeName(a.Raw))
	if a.Effective != a.Raw {
		d.lit(" → ")
		d.name(outcomeName(a.Effective))
	}
	d.lit("**")
}

func waives(decision *gates.Decision, criterion string) bool {
	return slices.ContainsFunc(decision.Waived, func(w gates.Waived) bool { return w.Criterion == criterion })
}

// observed writes what was measured, in the words of the test.
func (d *Doc) observed(c *gates.Criterion, a *gates.Assessment) {
	custom := c.Custom != nil
	switch {
	case a.Observed.IsZero() && (custom || a.Raw == gates.Unknown || a.Code == gates.CodeDeclared):
	case a.Observed.IsZero():
		d.lit(", observation not given")
	case len(c.Children()) > 0:
		d.lit(", ")
		d.quantity(a.Shown())
		d.lit(" of ")
		d.number(len(c.Children()))
		d.lit(" met")
	case c.Approved != nil:
		d.lit(", ")
		d.quantity(a.Shown())
		d.lit(" of ")
		d.quantity(a.Limit)
		d.lit(" given")
	case c.Done != nil:
		d.lit(", ")
		d.quantity(a.Shown())
		d.lit(" open")
	default:
		d.lit(", observed ")
		d.quantity(a.Shown())
	}
}

// age writes how old the oldest observation was when the gate was decided.
func (d *Doc) age(a *gates.Assessment, decision *gates.Decision) {
	switch {
	case a.ObservedAt.IsZero() && a.Raw == gates.Unknown, a.Code == gates.CodeDeclared:
		return // the code says that nothing was seen
	case a.ObservedAt.IsZero():
		d.lit(", age not given")
		return
	case decision.DecidedAt.IsZero():
		d.lit(", seen ")
		d.moment(a.ObservedAt)
		return
	}
	age := decision.DecidedAt.Sub(a.ObservedAt).Round(time.Second)
	d.lit(", ")
	if age < 0 {
		d.duration(value.Duration(-age))
		d.lit(" after the decision")
		return
	}
	d.duration(value.Duration(age))
	d.lit(" old")
}
