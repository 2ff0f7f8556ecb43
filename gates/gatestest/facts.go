package gatestest

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Now is the moment at which cases are decided unless they say otherwise.
var Now = time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC)

// Fact is one thing that a case takes as known. It is resolved against the
// gate under test, so that it needs no query of its own.
type Fact func(gates.Gate, time.Time) ([]fact.Result, error)

// Facts groups facts, for helpers that return several.
func Facts(facts ...Fact) []Fact { return facts }

// Value answers the query of the named criterion with n, in the query's unit.
// A series is filled with samples of that value over its whole window.
func Value(criterion string, n float64) Fact {
	return answer(criterion, func(q fact.Query, now time.Time) fact.Result {
		if q.Yields.Shape == fact.SeriesShape {
			return steady(q, now, n)
		}
		return fact.AnswerNumber(q, now, n)
	})
}

// CountOf answers the query of the named criterion with n, and its population
// with outOf.
func CountOf(criterion string, n, outOf float64) Fact {
	return func(g gates.Gate, now time.Time) ([]fact.Result, error) {
		q, err := queryOf(g, criterion)
		if err != nil {
			return nil, err
		}
		population, ok := q.Counted()
		if !ok {
			return nil, fmt.Errorf("the query of criterion %q has no population", criterion)
		}
		return []fact.Result{fact.AnswerNumber(q, now, n), fact.AnswerNumber(population, now, outOf)}, nil
	}
}

// WorkItems answers the query of the named criterion with a complete list.
func WorkItems(criterion string, items ...fact.WorkItem) Fact {
	return answer(criterion, func(q fact.Query, now time.Time) fact.Result {
		r := fact.Answer(q, now)
		r.WorkItems = items
		return r
	})
}

// Approvals answers the query of the named criterion with a complete list.
func Approvals(criterion string, approvals ...fact.Approval) Fact {
	return answer(criterion, func(q fact.Query, now time.Time) fact.Result {
		r := fact.Answer(q, now)
		r.Approvals = approvals
		return r
	})
}

// Incidents answers the query of the named criterion with a complete list, and
// its population, if there is one, with a count of one.
func Incidents(criterion string, incidents ...fact.Incident) Fact {
	return outOf(criterion, func(r *fact.Result) { r.Incidents = incidents })
}

// States answers the query of the named criterion with a complete list.
func States(criterion string, states ...fact.State) Fact {
	return outOf(criterion, func(r *fact.Result) { r.States = states })
}

// Deployments answers the query of the named criterion with a complete list.
func Deployments(criterion string, deployments ...fact.Deployment) Fact {
	return outOf(criterion, func(r *fact.Result) { r.Deployments = deployments })
}

// Numbers answers the queries of the named criterion in their order, each with
// a number in its unit: the counts of a suite, or bad and all events of an error
// budget. A series is filled with samples of that value over its whole window,
// such as a canary, its baseline and its share of the traffic.
func Numbers(criterion string, numbers ...float64) Fact {
	return func(g gates.Gate, now time.Time) ([]fact.Result, error) {
		c, ok := find(g.Criteria, criterion)
		if !ok {
			return nil, fmt.Errorf("gate %s has no criterion %q", g.ID(), criterion)
		}
		queries := c.Queries()
		if len(queries) != len(numbers) {
			return nil, fmt.Errorf("criterion %q asks %d queries, not %d", criterion, len(queries), len(numbers))
		}
		results := make([]fact.Result, len(queries))
		for i, q := range queries {
			results[i] = fact.AnswerNumber(q, now, numbers[i])
			if q.Yields.Shape == fact.SeriesShape {
				results[i] = steady(q, now, numbers[i])
			}
		}
		return results, nil
	}
}

// Series answers the query of the named criterion with samples, evenly over its
// window, the last one now.
func Series(criterion string, samples ...float64) Fact {
	return answer(criterion, func(q fact.Query, now time.Time) fact.Result {
		return spread(q, now, samples)
	})
}

// outOf answers the query with a list, and its population with one thing.
func outOf(criterion string, fill func(*fact.Result)) Fact {
	return func(g gates.Gate, now time.Time) ([]fact.Result, error) {
		q, err := queryOf(g, criterion)
		if err != nil {
			return nil, err
		}
		r := fact.Answer(q, now)
		fill(&r)
		results := []fact.Result{r}
		if population, ok := q.Counted(); ok {
			results = append(results, fact.AnswerNumber(population, now, 1))
		}
		return results, nil
	}
}

// Failed answers the query of the named criterion with a failure.
func Failed(criterion, code string) Fact {
	return answer(criterion, func(q fact.Query, now time.Time) fact.Result {
		return fact.AnswerFailure(q, now, code, "")
	})
}

// Old makes the results of a fact older by age.
func Old(f Fact, age time.Duration) Fact {
	return change(f, func(r *fact.Result) { older(r, age) })
}

func older(r *fact.Result, age time.Duration) {
	r.ObservedAt = r.ObservedAt.Add(-age)
	r.CollectedAt = r.CollectedAt.Add(-age)
	for i := range r.Samples {
		r.Samples[i].At = r.Samples[i].At.Add(-age)
	}
}

// Incomplete makes the results of a fact incomplete.
func Incomplete(f Fact) Fact {
	return change(f, func(r *fact.Result) { r.Complete = false })
}

// Result is a result as it stands, for whatever the helpers do not cover.
func Result(r fact.Result) Fact {
	return func(gates.Gate, time.Time) ([]fact.Result, error) { return []fact.Result{r}, nil }
}

func answer(criterion string, result func(fact.Query, time.Time) fact.Result) Fact {
	return func(g gates.Gate, now time.Time) ([]fact.Result, error) {
		q, err := queryOf(g, criterion)
		if err != nil {
			return nil, err
		}
		return []fact.Result{result(q, now)}, nil
	}
}

func change(f Fact, edit func(*fact.Result)) Fact {
	return func(g gates.Gate, now time.Time) ([]fact.Result, error) {
		results, err := f(g, now)
		for i := range results {
			edit(&results[i])
		}
		return results, err
	}
}

// steady is a series that covers its window with one value.
func steady(q fact.Query, now time.Time, n float64) fact.Result {
	samples := make([]float64, 60)
	for i := range samples {
		samples[i] = n
	}
	return spread(q, now, samples)
}

// spread is a series of samples, evenly over its window.
func spread(q fact.Query, now time.Time, samples []float64) fact.Result {
	r := fact.Answer(q, now)
	r.Unit = q.Yields.Unit
	step := q.Window.Std() / time.Duration(max(len(samples), 1))
	for i, n := range samples {
		at := now.Add(-time.Duration(len(samples)-1-i) * step)
		r.Samples = append(r.Samples, fact.Sample{At: at, Value: value.Number(n)})
	}
	return r
}

// queryOf finds the first query of a criterion, however deep it is nested.
func queryOf(g gates.Gate, criterion string) (fact.Query, error) {
	c, ok := find(g.Criteria, criterion)
	if !ok {
		return fact.Query{}, fmt.Errorf("gate %s has no criterion %q", g.ID(), criterion)
	}
	queries := c.Queries()
	if len(queries) == 0 {
		return fact.Query{}, fmt.Errorf("criterion %q asks no query", criterion)
	}
	return queries[0], nil
}

func find(cs []gates.Criterion, id string) (gates.Criterion, bool) {
	for _, c := range cs {
		if c.ID == id {
			return c, true
		}
		if found, ok := find(c.Children(), id); ok {
			return found, true
		}
	}
	return gates.Criterion{}, false
}
