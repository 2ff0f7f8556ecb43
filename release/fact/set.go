package fact

import (
	"slices"
)

// Set is one snapshot: the results of everything that was asked, in the order
// of [Ask.Compare] and one for each ask: a query's population is no part of the
// question. A Set that is out of order is still read correctly; a query with
// two results is answered by neither.
type Set struct {
	Results []Result `json:"results,omitzero"` // one for each ask, failed ones too
}

// NewSet returns the results as a Set. The results are copied and sorted;
// results for the same query are all kept, so that the contradiction is seen.
func NewSet(results ...Result) Set {
	sorted := slices.Clone(results)
	slices.SortStableFunc(sorted, byQuery)
	return Set{Results: sorted}
}

// WithResults returns the set with results added.
func (s Set) WithResults(results ...Result) Set {
	return NewSet(slices.Concat(s.Results, results)...)
}

// Find returns the result for q and how many there are. Only exactly one is an
// answer: with 0 nobody asked, and with 2 or more nobody knows.
func (s Set) Find(q Query) (Result, int) {
	var found Result
	n := 0
	for _, r := range s.Results {
		if r.Query.Ask == q.Ask {
			found = r
			n++
		}
	}
	return found, n
}

// Sorted reports whether the results are in the order of [Ask.Compare].
func (s Set) Sorted() bool { return slices.IsSortedFunc(s.Results, byQuery) }

func byQuery(a, b Result) int { return a.Query.Ask.Compare(b.Query.Ask) }
