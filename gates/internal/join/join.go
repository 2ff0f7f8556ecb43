// Package join finds the result of each query.
package join

import (
	"slices"

	"github.com/tidegate-go/tidegate/release/fact"
)

// What stands in place of a result's position for a query that has none, or
// more than one.
const (
	Missing      = -1
	Contradicted = -2
)

// Results returns, for every query, the position of its result. The queries are
// sorted. If the results are too, one walk along both is enough; results out of
// order are walked through a sorted list of positions instead.
func Results(queries []fact.Query, results []fact.Result) []int32 {
	at := positions(results)
	answers := make([]int32, len(queries))
	j := 0
	for i, q := range queries {
		answers[i] = Missing
		for ; j < len(results); j++ {
			r := int32(j)
			if at != nil {
				r = at[j]
			}
			c := results[r].Query.Ask.Compare(q.Ask)
			if c > 0 {
				break
			}
			if c < 0 {
				continue
			}
			if answers[i] == Missing {
				answers[i] = r
			} else {
				answers[i] = Contradicted
			}
		}
	}
	return answers
}

// positions returns the order in which to walk unsorted results, and nil if
// they are sorted already.
func positions(results []fact.Result) []int32 {
	sorted := true
	for i := 1; i < len(results) && sorted; i++ {
		sorted = results[i-1].Query.Ask.Compare(results[i].Query.Ask) <= 0
	}
	if sorted {
		return nil
	}
	at := make([]int32, len(results))
	for i := range at {
		at[i] = int32(i)
	}
	slices.SortStableFunc(at, func(a, b int32) int { return results[a].Query.Ask.Compare(results[b].Query.Ask) })
	return at
}
