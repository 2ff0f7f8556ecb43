package gatestest

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// situation is what a criterion is seen in: a line of a boundary table, or one
// line for each of the ways that come to something else.
type situation struct {
	label string
	shown string // of the first way; the others are shown by their names
	ways  []way
	now   time.Time      // zero: the stage's
	plan  *release.Plan  // nil: the stage's
	at    value.Quantity // what has to be observed, if the criterion is judged; zero: it is not compared
}

// way is one set of results that makes a situation.
type way struct {
	name    string
	results []fact.Result
}

// stage is where situations are made.
type stage struct {
	environment string
	plan        release.Plan
	now         time.Time
	maxAge      time.Duration
}

// kind is one kind of test: whether a criterion is of it, and the situations
// that a table shows of it.
type kind struct {
	name string // the field of [gates.Criterion]
	is   func(*gates.Criterion) bool
	see  func(*gates.Criterion, stage) ([]situation, error)
}

func kindOf[T any](name string, get func(*gates.Criterion) *T, see func(stage, *T) ([]situation, error)) kind {
	return kind{name, func(c *gates.Criterion) bool { return get(c) != nil }, func(c *gates.Criterion, s stage) ([]situation, error) {
		if tests := c.Tests(); len(tests) == 1 {
			if _, why := tests[0].Fault(); why != "" {
				return nil, errors.New("it " + why)
			}
		}
		return see(s, get(c))
	}}
}

// situations are what a criterion is seen in, and none for groups, for code of
// the host and for a criterion without a test.
func situations(c gates.Criterion, s stage) ([]situation, error) {
	var of []kind
	for _, k := range kinds {
		if k.is(&c) {
			of = append(of, k)
		}
	}
	listed := c.Custom != nil || len(c.Children()) > 0
	switch {
	case len(of) == 1:
		return of[0].see(&c, s)
	case len(of) > 1:
		return nil, fmt.Errorf("it has %d tests, so that none is judged", len(of))
	case !listed && (len(c.Tests()) > 0 || len(c.Queries()) > 0):
		return nil, errors.New("no situations of its kind are known")
	}
	return nil, nil
}

// sight is a situation that one set of results makes.
func sight(label, shown string, results ...fact.Result) situation {
	return situation{label: label, shown: shown, ways: []way{{"", results}}}
}

// as returns the situation with what has to be observed in it.
func (s situation) as(q value.Quantity) situation {
	s.at = q
	return s
}

// under returns the situation with another plan.
func (s situation) under(p release.Plan) situation {
	s.plan = &p
	return s
}

// when returns the situation at another moment.
func (s situation) when(t time.Time) situation {
	s.now = t
	return s
}

// spoils are the situations in which what is good cannot be used: all of it, or
// any of the results, which are named in their order. Results without a name,
// such as populations, stay.
func (s stage) spoils(shown string, names []string, good ...fact.Result) []situation {
	number := func(r *fact.Result) bool {
		return r.Query.Yields.Shape == fact.NumberShape || r.Query.Yields.Shape == fact.SeriesShape
	}
	each := func(edit func(*fact.Result)) (ways []way) {
		for i, name := range names {
			results := slices.Clone(good)
			results[i] = results[i].Clone()
			edit(&results[i])
			ways = append(ways, way{name, results})
		}
		return ways
	}
	missing, broken := []way{{}}, []way{{"", failures(good)}}
	for i, name := range names {
		missing = append(missing, way{name, slices.Delete(slices.Clone(good), i, i+1)})
	}
	failed := func(r *fact.Result) { *r = fact.AnswerFailure(r.Query, r.CollectedAt, "timeout", "") }
	all := []situation{
		{label: "stale", shown: lasting(s.maxAge+time.Second) + " old", ways: each(func(r *fact.Result) { older(r, s.maxAge+time.Second) })},
		{label: "missing", shown: "-", ways: missing},
		{label: "failed", shown: "-", ways: append(broken, each(failed)...)},
		{label: "incomplete", shown: shown, ways: each(func(r *fact.Result) { r.Complete = false })},
	}
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !number(&good[slices.Index(names, name)]) })
	if len(names) == 0 {
		return all
	}
	return append(all,
		situation{label: "not a number", shown: "NaN", ways: each(func(r *fact.Result) { fill(r, math.NaN()) })},
		situation{label: "wrong unit", shown: shown, ways: each(func(r *fact.Result) { r.Unit, r.Value.Unit = another(r.Unit), another(r.Value.Unit) })})
}

func failures(results []fact.Result) []fact.Result {
	all := make([]fact.Result, len(results))
	for i := range results {
		all[i] = fact.AnswerFailure(results[i].Query, results[i].CollectedAt, "timeout", "")
	}
	return all
}

// people answers the population of a query with so many things, if there is
// one that no result answers already.
func (s stage) people(q fact.Query, n int, results ...fact.Result) []fact.Result {
	population, ok := q.Counted()
	if !ok || slices.ContainsFunc(results, func(r fact.Result) bool { return r.Query.Ask == population.Ask }) {
		return results
	}
	return append(results, list(population, s.now, gates.Match{}, n))
}

// silent is an answer that says nothing.
func silent(q fact.Query, now time.Time) fact.Result {
	r := fact.Answer(q, now)
	if q.Yields.Shape == fact.SeriesShape {
		r.Unit = q.Yields.Unit
	}
	return r
}

func fill(r *fact.Result, n float64) {
	r.Value.Value = value.Number(n)
	for i := range r.Samples {
		r.Samples[i].Value = value.Number(n)
	}
}

// another is a unit of another dimension.
func another(u value.Unit) value.Unit {
	switch u {
	case "":
		return ""
	case value.Seconds, value.Milliseconds, value.Minutes, value.Hours, value.Days:
		return value.Percent
	}
	return value.Seconds
}

// lasting writes a stretch of time.
func lasting(d time.Duration) string { return value.Duration(d).String() }

// clocked writes a moment.
func clocked(t time.Time) string { return t.UTC().Format(time.RFC3339) }
