package probe

import (
	"fmt"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Suite is that a suite of tests ran, and that none of them failed. A suite of
// which nothing ran proves nothing, however green it is. What was skipped did
// not run, and more of it than MostSkipped fails: skipping is how a failing
// test is made to pass.
type Suite struct {
	Passed  fact.Query `json:"passed"`  // numbers that count
	Failed  fact.Query `json:"failed"`  // numbers that count
	Skipped fact.Query `json:"skipped"` // numbers that count

	Least       int `json:"least"`                // how many have to have run; at least 1
	MostSkipped int `json:"mostSkipped,omitzero"` // zero: none; [NoLimit]: any

	// Coverage is the part of the code that the suite ran, a number in percent
	// or a ratio, and LeastCoverage what it has to be. Without a query it is not
	// looked at.
	Coverage      fact.Query     `json:"coverage,omitzero"`
	LeastCoverage value.Quantity `json:"leastCoverage,omitzero"` // in percent or a ratio, above 0 and at most 100 %; itself enough
}

// Queries returns the counts of passed, failed and skipped tests, and the
// coverage.
func (t *Suite) Queries() []fact.Query { return given(t.Passed, t.Failed, t.Skipped, t.Coverage) }

// Fault says where and why the test can never be judged, if so.
func (t *Suite) Fault() (check.Path, string) {
	for _, part := range []struct {
		field check.Path
		query fact.Query
	}{{"passed", t.Passed}, {"failed", t.Failed}, {"skipped", t.Skipped}} {
		if at, why := wantCount(part.field, part.query); why != "" {
			return at, why
		}
	}
	switch {
	case t.Least < 1:
		return "least", "lets no test be enough"
	case t.MostSkipped < NoLimit:
		return "mostSkipped", "lets less than no test be skipped"
	case t.Coverage.IsZero() && !t.LeastCoverage.IsZero():
		return "coverage", "wants a coverage that it does not ask for"
	case t.Coverage.IsZero():
		return "", ""
	}
	if at, why := wantShape("coverage", t.Coverage, fact.NumberShape); why != "" {
		return at, why
	}
	if t.Coverage.Yields.Unit.Dimension() != value.DimensionRatio {
		return "coverage.yields.unit", "reads a coverage that is neither a ratio nor percent"
	}
	part, _ := t.LeastCoverage.In(value.Ratio)
	return partFault("leastCoverage", t.LeastCoverage, part > 0 && part <= 1, "wants a coverage that is not above 0 and at most 100 %")
}

// Condition says what the test demands.
func (t *Suite) Condition() string {
	condition := fmt.Sprintf("at least %d tests run and none failed", t.Least)
	if t.MostSkipped != NoLimit {
		condition += fmt.Sprintf(", ≤ %d skipped", t.MostSkipped)
	}
	if !t.Coverage.IsZero() {
		condition += ", coverage ≥ " + t.LeastCoverage.Human()
	}
	return condition
}

// Judge judges the counts, then the coverage.
func (t *Suite) Judge(s judge.Scene) judge.Said {
	var n [3]float64
	for i := range n {
		r, code := s.Look(i)
		if code == "" {
			n[i], code = judge.Whole(r)
		}
		if code != "" {
			return judge.Unclear(code)
		}
	}
	passed, failed, skipped := n[0], n[1], n[2]
	ran := fmt.Sprintf("%g run, %g failed, %g skipped", passed+failed, failed, skipped)
	said := judge.Said{Outcome: judge.Fail, Code: judge.NotMet, Detail: ran}
	switch {
	case failed > 0:
		return said.With(quantityOf(failed, value.Count), judge.Count(0))
	case passed == 0:
		return judge.Unclear(judge.Vacuous).With(judge.Count(0), judge.Count(t.Least))
	case passed < float64(t.Least):
		return judge.Unclear(judge.TooFew).With(quantityOf(passed, value.Count), judge.Count(t.Least))
	case t.MostSkipped != NoLimit && skipped > float64(t.MostSkipped):
		said.Code = judge.TooManySkipped
		return said.With(quantityOf(skipped, value.Count), judge.Count(t.MostSkipped))
	}
	said.Outcome, said.Code = judge.Pass, judge.Met
	said = said.With(quantityOf(passed, value.Count), judge.Count(t.Least))
	if t.Coverage.IsZero() {
		return said
	}
	return t.coverage(s, said)
}

func (t *Suite) coverage(s judge.Scene, said judge.Said) judge.Said {
	r, code := s.Look(3)
	if code != "" {
		return judge.Unclear(code)
	}
	if _, code := judge.Number(r); code != "" {
		return judge.Unclear(code)
	}
	covered, ok := r.Value.In(t.LeastCoverage.Unit)
	if part, _ := r.Value.In(value.Ratio); !ok || !upTo(part, 1) {
		return judge.Unclear(judge.NotANumber) // more than all of the code is none of it
	}
	if said = said.With(value.Quantity{Value: covered, Unit: t.LeastCoverage.Unit}, t.LeastCoverage); covered < t.LeastCoverage.Value {
		said.Outcome, said.Code = judge.Fail, judge.NotMet
	}
	return said
}

// Rehearsal is that the way back was rehearsed and took no longer than the
// plan's rollback SLA allows. How long ago it may have been is the criterion's
// MaxAge, since a result is as old as what it describes. A rehearsal that took
// no time did not happen, and a plan without an SLA has no limit to keep.
type Rehearsal struct {
	Took fact.Query `json:"took"` // a number in a unit of time
}

// Queries returns the query.
func (t *Rehearsal) Queries() []fact.Query { return []fact.Query{t.Took} }

// Fault says where and why the test can never be judged, if so.
func (t *Rehearsal) Fault() (check.Path, string) {
	if at, why := wantShape("took", t.Took, fact.NumberShape); why != "" {
		return at, why
	}
	if t.Took.Yields.Unit.Dimension() != value.DimensionTime {
		return "took.yields.unit", "reads a rehearsal from something else than a unit of time"
	}
	return "", ""
}

// Condition says what the test demands.
func (t *Rehearsal) Condition() string { return "rehearsed within the rollback SLA" }

// Judge judges how long the rehearsal took.
func (t *Rehearsal) Judge(s judge.Scene) judge.Said {
	r, code := s.Look(0)
	if code != "" {
		return judge.Unclear(code)
	}
	took, code := judge.Number(r)
	sla := s.Plan().Overview.RollbackSLA
	unit := t.Took.Yields.Unit
	limit, ok := quantityOf(sla.Std().Seconds(), value.Seconds).In(unit)
	switch {
	case code != "":
		return judge.Unclear(code)
	case took < 0:
		return judge.Unclear(judge.NotANumber)
	case took == 0:
		return judge.Unclear(judge.Vacuous)
	case sla <= 0 || !ok:
		return judge.Unclear(judge.NoLimit)
	}
	said := judge.Said{Outcome: judge.Pass, Code: judge.Met}.With(r.Value, value.Quantity{Value: limit, Unit: unit})
	if took > float64(limit) {
		said.Outcome, said.Code = judge.Fail, judge.NotMet
	}
	return said
}
