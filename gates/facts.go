package gates

import (
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/join"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// result returns the result in a slot if it can be used at all: it is there,
// alone, not failed, complete and as old as it may be. Otherwise the code says
// why not, and the result, if there is one, is returned for its details.
func (e *evaluation) result(slot int, maxAge time.Duration, anyAge bool) (*fact.Result, Code) {
	if slot == none {
		return nil, CodeMissing
	}
	switch at := e.answers[slot]; at {
	case join.Missing:
		return nil, CodeMissing
	case join.Contradicted:
		return nil, CodeDuplicate
	default:
		r := &e.in.Facts.Results[at]
		return r, e.usable(r, maxAge, anyAge)
	}
}

func (e *evaluation) usable(r *fact.Result, maxAge time.Duration, anyAge bool) Code {
	switch {
	case r.Failure != (fact.Failure{}):
		return CodeFailed
	case !r.Complete:
		return CodeIncomplete
	case e.in.Now.IsZero():
		return CodeNoClock
	case r.ObservedAt.IsZero():
		return CodeUnobserved
	}
	switch age := e.in.Now.Sub(seen(r)); {
	case age < -e.p.skew, !r.CollectedAt.IsZero() && r.ObservedAt.Sub(r.CollectedAt) > e.p.skew:
		return CodeFuture
	case !anyAge && age > maxAge:
		return CodeStale
	default:
		return ""
	}
}

// seen is when a result was observed, and at the latest when it was collected:
// a source whose clock is ahead does not make its facts younger.
func seen(r *fact.Result) time.Time {
	if !r.CollectedAt.IsZero() && r.CollectedAt.Before(r.ObservedAt) {
		return r.CollectedAt
	}
	return r.ObservedAt
}

// number reads a number result.
func number(r *fact.Result) (float64, Code) {
	switch {
	case r.Value.Unit != r.Query.Yields.Unit: // also where there is no value at all
		return 0, CodeUnit
	case !r.Value.Value.IsFinite(), r.Value.Unit == value.Count && r.Value.Value < 0:
		return 0, CodeNotANumber
	default:
		return float64(r.Value.Value), ""
	}
}

// proves reports whether the population in a slot counts something. It is
// asked only where a count is zero.
func (g *gateRun) proves(n *node, a *Assessment) bool {
	r, code := g.look(n, n.query.population, a)
	if code != "" {
		return false
	}
	switch {
	case r.Query.Yields.Shape.Items():
		return r.Len() > 0
	case r.Query.Yields.Shape == fact.NumberShape && r.Query.Yields.Unit == value.Count:
		total, code := number(r)
		return code == "" && total > 0
	default:
		return false
	}
}

// look returns the usable result of a slot for a criterion and writes down
// that it was used: its position, how old it is, and what that means for how
// long a Go holds.
func (g *gateRun) look(n *node, slot int, a *Assessment) (*fact.Result, Code) {
	r, code := g.e.result(slot, n.maxAge, n.anyAge)
	if r == nil {
		return nil, code
	}
	a.Results = g.note(a.Results, int(g.e.answers[slot]))
	if code == CodeFailed {
		a.Detail = failure(r)
	}
	if at := seen(r); a.ObservedAt.IsZero() || at.Before(a.ObservedAt) {
		a.ObservedAt = at
	}
	if code == "" && !n.anyAge && !g.recording {
		g.limit(seen(r).Add(n.maxAge))
	}
	return r, code
}

// failure is why a result is none, in one line of the source's words.
func failure(r *fact.Result) string {
	switch {
	case r == nil || r.Failure.Message == "" && r.Failure.Code == "":
		return ""
	case r.Failure.Message == "":
		return check.OneLine(r.Failure.Code)
	default:
		return check.OneLine(r.Failure.Code + ": " + r.Failure.Message)
	}
}

// note appends a position to a list that grows inside the room made for all of
// them. A criterion looks at its slots one after the other and is done before
// the next one begins, so the lists do not overlap; assess clips them.
func (g *gateRun) note(list []int, position int) []int {
	if list == nil {
		list = g.e.numbers[:0]
	}
	if len(g.e.numbers) > 0 {
		g.e.numbers = g.e.numbers[1:]
	}
	return append(list, position)
}
