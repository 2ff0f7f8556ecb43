package criteria

import (
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
)

// conditions writes criteria in a row, each with its outcome unless it passed.
func (d *writer) conditions(all []gates.Criterion, outcomes []gates.Assessment, decision *gates.Decision) {
	aligned := 0
	for aligned < len(all) && aligned < len(outcomes) && outcomes[aligned].Criterion == all[aligned].ID {
		aligned++
	}
	for i := range all {
		d.SeparateBy("; ", i)
		outcome := &gates.Assessment{}
		if i < aligned {
			outcome = &outcomes[i]
		} else if found := find(outcomes[aligned:], all[i].ID); found != nil {
			outcome = found
		}
		d.shortly(&all[i], outcome, decision)
	}
	for i := aligned; i < len(outcomes); i++ {
		if !has(all[aligned:], outcomes[i].Criterion) {
			d.Lit("; ")
			d.Text(outcomes[i].Criterion)
			d.Lit(" (not in the catalog)")
			d.mark(&outcomes[i], decision)
		}
	}
}

// shortly writes one criterion and, if it did not pass as it stands, what it
// came to.
func (d *writer) shortly(c *gates.Criterion, outcome *gates.Assessment, decision *gates.Decision) {
	d.Text(c.ID)
	if d.Level < 4 || !wordy(c) || outcome.Effective == gates.Fail || outcome.Effective == gates.Warn {
		d.test(c)
	}
	of := outcome.Of
	for _, group := range [][]gates.Criterion{members(c.All), members(c.Any), quorum(c.AtLeastOf)} {
		if len(group) > 0 {
			d.Lit(" (")
			d.conditions(group, of, decision)
			d.Lit(")")
			of = nil // a second group is a fault, and has no outcomes
		}
	}
	if c.Optional {
		d.Lit(", recorded only")
	}
	d.mark(outcome, decision)
}

// wordy reports whether the test of a criterion is a sentence rather than a number
// with a sign.
func wordy(c *gates.Criterion) bool {
	for _, t := range c.Kinds.Tests() {
		switch t.(type) {
		case *probe.Zero, *probe.Tally, *probe.Consent, *probe.Completion:
		default:
			return true
		}
	}
	return false
}

func passed(a *gates.Assessment) bool { return a.Raw == gates.Pass && a.Effective == gates.Pass }

// mark writes an outcome that is no plain pass.
func (d *writer) mark(a *gates.Assessment, decision *gates.Decision) {
	if passed(a) {
		return
	}
	d.Lit(" ")
	d.outcomeOf(a)
	if a.Effective != a.Raw && waives(decision, a.Criterion) {
		d.Lit(", waived")
	}
}
