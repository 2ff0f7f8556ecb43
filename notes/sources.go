package notes

import (
	"math"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// read returns every work item that the sources have, and what keeps anybody
// from knowing whether these are all.
func read(facts *fact.Set, sources []fact.Query) (items []found, gaps []Gap) {
	for rank, q := range sources {
		r, n := facts.Find(q)
		if reason := shortfall(facts, q, &r, n); reason != "" {
			gaps = append(gaps, Gap{q.String(), reason})
		}
		if n != 1 {
			continue // nobody knows which answer is right
		}
		for i := range r.WorkItems {
			items = append(items, found{rank, q.Connector, &r.WorkItems[i]})
		}
	}
	return items, gaps
}

// shortfall says why the answers to a source are not all that there is to
// know; empty: they are.
func shortfall(facts *fact.Set, q fact.Query, r *fact.Result, answers int) string {
	switch {
	case answers == 0:
		return "nobody asked"
	case answers > 1:
		return "has several answers"
	case r.Failed():
		return check.OneLine("failed: " + r.Failure.Code + " " + r.Failure.Message)
	case r.Query.Yields.Shape != fact.WorkItemShape:
		return "does not yield work items"
	case !r.Complete:
		return "the answer is incomplete"
	case len(r.WorkItems) == 0 && !looked(facts, q):
		return "has no item, and nothing shows that it looked at any"
	default:
		return ""
	}
}

// looked reports whether the population of a query shows that it could have
// found something.
func looked(facts *fact.Set, q fact.Query) bool {
	population, ok := q.Counted()
	if !ok {
		return false
	}
	r, n := facts.Find(population)
	if n != 1 || r.Failed() || !r.Complete {
		return false
	}
	switch r.Query.Yields.Shape {
	case fact.NumberShape:
		count := float64(r.Value.Value)
		return r.Value.Unit == value.Count && count > 0 && !math.IsInf(count, 1)
	default:
		return r.Len() > 0
	}
}
