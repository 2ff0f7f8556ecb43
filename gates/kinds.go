package gates

import (
	"time"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

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

// of returns a criterion with a copy of the test.
func of(id string, k probe.Kinds) Criterion { return Criterion{ID: id, Kinds: k.Clone()} }

func percent(n float64) value.Quantity {
	return value.Quantity{Value: value.Number(n), Unit: value.Percent}
}
