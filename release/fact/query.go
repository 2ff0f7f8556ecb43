package fact

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release/value"
)

// Ask is a question that stands alone: which connector, what kind of question,
// with which parameters, over which window ending when it is asked, and what
// the answer yields.
type Ask struct {
	Connector string         `json:"connector"`       // the name of the instance that the host configured: "jira"
	Kind      string         `json:"kind"`            // one of the connector's kinds of queries: "issues"
	Params    Params         `json:"params,omitzero"` // what that kind takes; empty: nothing
	Window    value.Duration `json:"window,omitzero"` // back from when it is asked; 0: it is about that moment
	Yields    Yields         `json:"yields"`          // what the answer has to be
}

// Query is one question to one connector. It is comparable; two queries with
// equal asks are asked once and share one result.
//
// Population is what a count is out of: the question that proves that the
// count looked at something. "No open blockers" means nothing unless it is
// known that the search could have found any. It is asked beside the query.
type Query struct {
	Ask
	Population Ask `json:"outOf,omitzero"` // zero: none; a count of nothing then proves nothing
}

// NewQuery returns the query of the given kind to the named connector.
// Query packages such as connectors/jira wrap it in typed constructors.
func NewQuery(connector, kind string, yields Yields) Query {
	return Query{Ask: Ask{Connector: connector, Kind: kind, Yields: yields}}
}

// With returns the query with one parameter set.
func (q Query) With(name, text string) Query {
	q.Params = q.Params.With(name, text)
	return q
}

// Over returns the query covering a window of length d that ends when it is asked.
func (q Query) Over(d time.Duration) Query {
	q.Window = value.Duration(d)
	return q
}

// OutOf returns the query with the population that makes a zero meaningful.
// The population's own population, if it has one, is dropped.
func (q Query) OutOf(population Query) Query {
	q.Population = population.Ask
	return q
}

// Counted returns the query that asks for the population, and whether there is one.
func (q Query) Counted() (Query, bool) {
	return Query{Ask: q.Population}, q.Population != Ask{}
}

// IsZero reports whether nothing is asked.
func (q Query) IsZero() bool { return q == Query{} }

// String names the query in one line, for messages.
func (q Query) String() string {
	if q.IsZero() {
		return "no query"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", q.Connector, q.Kind)
	if q.Params != "" {
		fmt.Fprintf(&b, " %s", q.Params)
	}
	if q.Window != 0 {
		fmt.Fprintf(&b, " over %s", q.Window)
	}
	return b.String()
}

// Compare orders queries by connector, kind, parameters, window, yield and population.
func (q Query) Compare(r Query) int {
	if q == r {
		return 0
	}
	if c := q.Ask.Compare(r.Ask); c != 0 {
		return c
	}
	return q.Population.Compare(r.Population)
}

// Compare orders asks by connector, kind, parameters, window and yield.
func (a Ask) Compare(b Ask) int {
	if a == b {
		return 0
	}
	if c := strings.Compare(a.Connector, b.Connector); c != 0 {
		return c
	}
	if c := strings.Compare(a.Kind, b.Kind); c != 0 {
		return c
	}
	if c := strings.Compare(string(a.Params), string(b.Params)); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Window, b.Window); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Yields.Shape, b.Yields.Shape); c != 0 {
		return c
	}
	return strings.Compare(string(a.Yields.Unit), string(b.Yields.Unit))
}

// MergeQueries returns everything that has to be asked to answer the queries of
// the lists, populations included: each question once, in the order of
// [Query.Compare]. What is asked stands alone: a query's population is a
// question beside it and no part of it.
func MergeQueries(lists ...[]Query) []Query {
	var all []Query
	for _, list := range lists {
		for _, q := range list {
			all = append(all, Query{Ask: q.Ask})
			if p, ok := q.Counted(); ok {
				all = append(all, p)
			}
		}
	}
	slices.SortFunc(all, Query.Compare)
	return slices.Compact(all)
}
