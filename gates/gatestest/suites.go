package gatestest

import (
	"errors"
	"fmt"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// suite sees tests that run, fail and are skipped, and the coverage.
func suite(s stage, t *probe.Suite) ([]situation, error) {
	covered, covers := t.LeastCoverage, !t.Coverage.IsZero()
	ran := func(passed, failed, skipped int, coverage value.Quantity) []fact.Result {
		all := []fact.Result{fact.AnswerNumber(t.Passed, s.now, float64(passed)),
			fact.AnswerNumber(t.Failed, s.now, float64(failed)), fact.AnswerNumber(t.Skipped, s.now, float64(skipped))}
		if covers {
			in, _ := coverage.In(t.Coverage.Yields.Unit)
			all = append(all, fact.AnswerNumber(t.Coverage, s.now, float64(in)))
		}
		return all
	}
	counts := func(label string, passed, failed, skipped int) situation {
		return sight(label, fmt.Sprintf("%d/%d/%d", passed, failed, skipped), ran(passed, failed, skipped, covered)...)
	}
	all := []situation{counts("inside", t.Least+1, 0, 0), counts("at least", t.Least, 0, 0), counts("outside", t.Least-1, 0, 0),
		counts("outside", t.Least, 1, 0)}
	if t.MostSkipped != probe.NoLimit {
		all = append(all, counts("at most", t.Least, 0, t.MostSkipped), counts("outside", t.Least, 0, t.MostSkipped+1))
	}
	names := []string{"passed", "failed", "skipped"}
	if covers {
		names = append(names, "coverage")
		for _, e := range edges(covered, value.Quantity{}, -1) {
			if part, _ := e.at.In(value.Ratio); part <= 1 { // more than all of the code is none of it
				all = append(all, sight(e.label, e.at.String(), ran(t.Least, 0, 0, e.at)...).as(e.at))
			}
		}
	}
	all = append(all, s.spoils(all[0].shown, names, all[0].ways[0].results...)...)
	return append(all, counts("vacuous", 0, 0, 0)), nil
}

// rehearsal sees a rehearsal around the SLA of the plan.
func rehearsal(s stage, t *probe.Rehearsal) ([]situation, error) {
	sla := s.plan.Overview.RollbackSLA
	if sla <= 0 {
		return nil, errors.New("the plan has no rollback SLA, which is the limit: give the table a plan with one")
	}
	unit := t.Took.Yields.Unit
	limit, _ := value.Quantity{Value: value.Number(sla.Std().Seconds()), Unit: value.Seconds}.In(unit)
	took := func(q value.Quantity) fact.Result { return fact.AnswerNumber(t.Took, s.now, float64(q.Value)) }
	var all []situation
	for _, e := range edges(value.Quantity{Value: limit, Unit: unit}, value.Quantity{}, 1) {
		all = append(all, sight(e.label, e.at.String(), took(e.at)).as(e.at))
	}
	open := s.plan.Clone()
	open.Overview.RollbackSLA = 0
	all = append(all, sight("no SLA", all[0].shown, took(all[0].at)).under(open))
	all = append(all, s.spoils(all[0].shown, []string{"rehearsal"}, took(all[0].at))...)
	return append(all, sight("vacuous", "took no time", took(value.Quantity{Unit: unit}))), nil
}
