package gates

import (
	"time"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Tests that package probe has, under the names that criteria had for them
// first.
type (
	// Threshold is the test of [AtMost] and [AtLeast].
	Threshold = probe.Threshold
	// Range is the test of [Between].
	Range = probe.Range
	// Measure is the number that a threshold looks at.
	Measure = probe.Measure
	// Denominator turns a measure into a ratio.
	Denominator = probe.Denominator
	// Baseline compares a measure with another series.
	Baseline = probe.Baseline
	// Absence says what it means that a series has no samples.
	Absence = probe.Absence
	// Zero is the test of [None].
	Zero = probe.Zero
	// Tally is the test of [Count].
	Tally = probe.Tally
	// Match selects the items of a [Count].
	Match = probe.Match
	// Consent is the test of [Approved].
	Consent = probe.Consent
	// Completion is the test of [Done].
	Completion = probe.Completion
)

// NoLimit is the most of a [Count] that has no upper end.
const NoLimit = probe.NoLimit

// Custom is a check by code that the host passes in [Input.Custom] under Name.
// The code is called only when every query has a usable result.
type Custom struct {
	Name    string       `json:"name"`             // as the host registers the code
	Params  fact.Params  `json:"params,omitzero"`  // what the code is given; empty: nothing
	Queries []fact.Query `json:"queries,omitzero"` // what the code reads, in the order in which it gets the results
}

// Group is a list of criteria that is judged as one.
type Group struct {
	Of []Criterion `json:"of,omitzero"` // at least one; the group is else Unknown
}

func (g *Group) clone() *Group {
	if g == nil {
		return nil
	}
	return &Group{lists.Clone(g.Of, Criterion.Clone)}
}

// Quorum is a number of criteria out of a list.
type Quorum struct {
	Need int         `json:"need"`        // how many have to pass, from 1 to all of them
	Of   []Criterion `json:"of,omitzero"` // the criteria that are counted
}

// Walk calls f with every criterion of a list, nested ones included, and with
// where it is; the list itself is at the path given.
func Walk(cs []Criterion, at check.Path, f func(check.Path, *Criterion)) {
	for i := range cs {
		c, at := &cs[i], at.Index(i)
		f(at, c)
		for _, group := range []struct {
			field string
			of    []Criterion
		}{{"all", c.All.criteria()}, {"any", c.Any.criteria()}, {"atLeastOf", c.AtLeastOf.criteria()}} {
			Walk(group.of, at.Field(group.field).Field("of"), f)
		}
	}
}

func (g *Group) criteria() []Criterion {
	if g == nil {
		return nil
	}
	return g.Of
}

func (q *Quorum) criteria() []Criterion {
	if q == nil {
		return nil
	}
	return q.Of
}

// AtMost passes when the measure is not above the limit, which is in the
// query's unit.
func AtMost(id string, q fact.Query, limit float64) Criterion {
	return Criterion{ID: id, AtMost: threshold(q, limit)}
}

// AtLeast passes when the measure is not below the limit, which is in the
// query's unit.
func AtLeast(id string, q fact.Query, limit float64) Criterion {
	return Criterion{ID: id, AtLeast: threshold(q, limit)}
}

// Between passes when the measure is neither below low nor above high, which
// are in the query's unit.
func Between(id string, q fact.Query, low, high float64) Criterion {
	return Criterion{ID: id, Between: &Range{Measure: Measure{Query: q}, Low: quantity(q, low), High: quantity(q, high)}}
}

// None passes when the query counts nothing and its population counts something.
func None(id string, q fact.Query) Criterion {
	return of(id, probe.Kinds{None: &Zero{Query: q}})
}

// Count passes when the list has at least least and at most most matching
// items. [NoLimit] is no upper end.
func Count(id string, q fact.Query, where Match, least, most int) Criterion {
	return of(id, probe.Kinds{Count: &Tally{Query: q, Where: where, Least: least, Most: most}})
}

// Approved passes when the query lists approvals and all of them are given.
func Approved(id string, q fact.Query) Criterion {
	return of(id, probe.Kinds{Approved: &Consent{Query: q}})
}

// Done passes when the query lists work items and all of them are done.
func Done(id string, q fact.Query) Criterion {
	return of(id, probe.Kinds{Done: &Completion{Query: q}})
}

// Canary passes when the new version, step by step, does not look worse than
// the old one beside it. See [probe.NewCanary].
func Canary(id string, c probe.Canary) Criterion { return of(id, probe.Kinds{Canary: &c}) }

// BurnDown passes when the remaining work, a series, is projected to come to
// nothing before a deadline. A deadline that is a date is over when it ends.
func BurnDown(id string, q fact.Query, deadline value.When) Criterion {
	return of(id, probe.Kinds{BurnDown: &probe.BurnDown{Query: q, Deadline: deadline}})
}

// Budget passes when at least so much of an error budget is left; objective and
// least are in percent, such as 99.9 and 25.
func Budget(id string, e probe.Errors, objective, least float64) Criterion {
	return of(id, probe.Kinds{Budget: &probe.Budget{Errors: e, Objective: percent(objective), Least: percent(least)}})
}

// BurnRate passes when an error budget is not spent at more than most times the
// pace that it lasts for, in a long window and in a short one. It fails when
// both are beyond, and warns when one is. The objective is in percent.
func BurnRate(id string, objective, most float64, long, short probe.Errors) Criterion {
	return of(id, probe.Kinds{BurnRate: &probe.BurnRate{Objective: percent(objective), Most: value.Number(most), Long: long, Short: short}})
}

// Healthy passes when the query lists states of monitors or objectives and all
// of them are well.
func Healthy(id string, q fact.Query) Criterion {
	return of(id, probe.Kinds{Healthy: &probe.Health{Query: q}})
}

// Quiet passes when no incident was open in the last d, out of a population
// that counts something. The query is asked over that time if it asks for less.
func Quiet(id string, q fact.Query, d time.Duration) Criterion {
	if q.Window.Std() < d {
		q = q.Over(d)
	}
	return of(id, probe.Kinds{Quiet: &probe.Quiet{Query: q, For: value.Duration(d)}})
}

// Suite passes when enough tests ran, none failed, and not too many were skipped.
func Suite(id string, s probe.Suite) Criterion { return of(id, probe.Kinds{Suite: &s}) }

// Rehearsed passes when the way back was rehearsed in the last within, and took
// no longer than the plan's rollback SLA. The query yields how long it took, and
// was observed when it was.
func Rehearsed(id string, took fact.Query, within time.Duration) Criterion {
	return of(id, probe.Kinds{Rehearsed: &probe.Rehearsal{Took: took}}).FreshWithin(within)
}

// Deployed passes when every component runs with the approved digest. See
// [probe.NewDeployed].
func Deployed(id string, d probe.Deployed) Criterion { return of(id, probe.Kinds{Deployed: &d}) }

// Attested passes when somebody who holds the role says, with a link to the
// evidence, that a manual step was done in the last within. The query lists the
// answers.
func Attested(id string, q fact.Query, role string, within time.Duration) Criterion {
	return of(id, probe.Kinds{Attested: &probe.Attestation{Query: q, Role: role, Within: value.Duration(within)}})
}

// Inside passes when it is time: inside a window, outside of blackouts and
// freezes. The zero [probe.Inside] looks at the plan's windows.
func Inside(id string, when probe.Inside) Criterion { return of(id, probe.Kinds{Inside: &when}) }

// Checklist passes when every task of a phase of the plan's checklists is done.
func Checklist(id string, phase probe.Phase) Criterion {
	return of(id, probe.Kinds{Checklist: &probe.Checklist{Phase: phase}})
}

// Checked passes when the host's code of the custom check's name says so.
func Checked(id string, c Custom) Criterion {
	return Criterion{ID: id, Custom: &c}.Clone()
}

// All passes when every criterion does.
func All(id string, of ...Criterion) Criterion {
	return Criterion{ID: id, All: &Group{lists.Clone(of, Criterion.Clone)}}
}

// Any passes when one of the criteria does.
func Any(id string, of ...Criterion) Criterion {
	return Criterion{ID: id, Any: &Group{lists.Clone(of, Criterion.Clone)}}
}

// AtLeastOf passes when need of the criteria do.
func AtLeastOf(id string, need int, of ...Criterion) Criterion {
	return Criterion{ID: id, AtLeastOf: &Quorum{need, lists.Clone(of, Criterion.Clone)}}
}

func threshold(q fact.Query, limit float64) *Threshold {
	return &Threshold{Measure: Measure{Query: q}, Limit: quantity(q, limit)}
}

func quantity(q fact.Query, n float64) value.Quantity {
	return value.Quantity{Value: value.Number(n), Unit: q.Yields.Unit}
}

func cloned[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// of returns a criterion with a copy of the test.
func of(id string, k probe.Kinds) Criterion { return Criterion{ID: id, Kinds: k.Clone()} }

func percent(n float64) value.Quantity {
	return value.Quantity{Value: value.Number(n), Unit: value.Percent}
}
