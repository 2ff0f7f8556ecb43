package probe

import (
	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Consent is that every approval of a list is given: there is at least one,
// and none is rejected, pending or expired. It reads the answer that another
// system gives, such as a change request; who may answer there is that
// system's rule. Sign-offs of the gate itself are gates.SignOff.
type Consent struct {
	Query fact.Query `json:"query"` // approvals
}

// Queries returns the query.
func (c *Consent) Queries() []fact.Query { return []fact.Query{c.Query} }

// Fault says where and why the test can never be judged, if so.
func (c *Consent) Fault() (check.Path, string) {
	return wantShape("query", c.Query, fact.ApprovalShape)
}

// Condition says what the test demands.
func (c *Consent) Condition() string { return "approved by everybody asked" }

// Judge judges that every approval of the list is given. An empty list is
// nobody's consent, whatever its population.
func (c *Consent) Judge(s judge.Scene) judge.Said {
	r, code := s.Look(0)
	if code != "" {
		return judge.Unclear(code)
	}
	if len(r.Approvals) == 0 {
		return judge.Unclear(judge.Vacuous)
	}
	said, given, why := judge.Said{Outcome: judge.Pass, Code: judge.Met}, 0, judge.Code("")
	for i := range r.Approvals {
		approval := &r.Approvals[i]
		switch code := inForce(s, approval); {
		case approval.Answer == fact.Rejected:
			return judge.Said{Outcome: judge.Fail, Code: judge.Rejected, Detail: approval.ID + " is rejected"}
		case code == "":
			given++
			said.Until = judge.Sooner(said.Until, approval.Expires)
		case why == "":
			why, said.Detail = code, approval.ID
		}
	}
	said.Observed, said.Limit = judge.Count(given), judge.Count(len(r.Approvals))
	if why != "" {
		said.Outcome, said.Code = judge.Unknown, why
	}
	return said
}

// inForce returns why an approval is not in force at this moment, and nothing
// if it is.
func inForce(s judge.Scene, a *fact.Approval) judge.Code {
	switch {
	case a.Answer != fact.Approved:
		return judge.Pending
	case a.At.IsZero():
		return judge.NoTime
	case future(s, a.At):
		return judge.Future
	case !a.Expires.IsZero() && !s.Now().Before(a.Expires):
		return judge.Expired
	default:
		return ""
	}
}

// Completion is that every work item of a list is done.
type Completion struct {
	Query fact.Query `json:"query"` // work items
}

// Queries returns the query.
func (c *Completion) Queries() []fact.Query { return []fact.Query{c.Query} }

// Fault says where and why the test can never be judged, if so.
func (c *Completion) Fault() (check.Path, string) {
	return wantShape("query", c.Query, fact.WorkItemShape)
}

// Condition says what the test demands.
func (c *Completion) Condition() string { return "all done" }

// Judge judges that every work item is done. One that is known to be open
// fails; one of which nobody knows is unknown.
func (c *Completion) Judge(s judge.Scene) judge.Said {
	r, code := s.Look(0)
	if code != "" {
		return judge.Unclear(code)
	}
	open, unclassified := 0, 0
	for i := range r.WorkItems {
		switch r.WorkItems[i].Category {
		case fact.Done:
		case fact.ToDo, fact.InProgress:
			open++
		default:
			unclassified++
		}
	}
	said := judge.Said{Outcome: judge.Pass, Code: judge.Met, Observed: judge.Count(open), Limit: judge.Count(0)}
	switch {
	case open > 0:
		said.Outcome, said.Code = judge.Fail, judge.NotMet
	case unclassified > 0:
		said.Outcome, said.Code = judge.Unknown, judge.Unclassified
	case len(r.WorkItems) == 0 && !s.Proves(0):
		said.Outcome, said.Code = judge.Unknown, judge.Vacuous
	}
	return said
}

// wantShape is the fault of a query, which stands at the path, that does not
// yield what is read from it.
func wantShape(at check.Path, q fact.Query, want fact.Shape) (check.Path, string) {
	if q.Yields.Shape != want {
		return at.Field("yields").Field("shape"), "asks for " + want.String() + " by a query that yields " + q.Yields.Shape.String()
	}
	return "", ""
}

// wantSeries is the same for samples in a known unit.
func wantSeries(at check.Path, q fact.Query) (check.Path, string) {
	if at, why := wantShape(at, q, fact.SeriesShape); why != "" {
		return at, why
	}
	if !q.Yields.Unit.Known() {
		return at.Field("yields").Field("unit"), "reads samples in no known unit"
	}
	return "", ""
}

// wantCount is the same for a number that counts.
func wantCount(at check.Path, q fact.Query) (check.Path, string) {
	if at, why := wantShape(at, q, fact.NumberShape); why != "" {
		return at, why
	}
	if !judge.Counts(q.Yields) {
		return at.Field("yields").Field("unit"), "reads a number that does not count"
	}
	return "", ""
}
