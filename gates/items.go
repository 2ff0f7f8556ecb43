package gates

import (
	"slices"

	"github.com/tidegate-go/tidegate/release/fact"
)

// none judges that a count is nothing, out of something.
func (g *gateRun) none(n *node, a *Assessment) (Outcome, Code) {
	r, code := g.look(n, n.query.slot, a)
	if code != "" {
		return Unknown, code
	}
	if r.Query.Yields.Shape.Items() {
		a.Observed = counted(r.Len())
	} else if _, code := number(r); code != "" {
		return Unknown, code
	} else {
		a.Observed = r.Value
	}
	a.Limit = counted(0)
	switch {
	case a.Observed.Value != 0:
		return Fail, CodeNotMet
	case !g.proves(n, a):
		return Unknown, CodeVacuous
	default:
		return Pass, CodeMet
	}
}

// tally judges how many items match. A list without any item proves nothing
// unless its population does.
func (g *gateRun) tally(n *node, t *Tally, a *Assessment) (Outcome, Code) {
	r, code := g.look(n, n.query.slot, a)
	if code != "" {
		return Unknown, code
	}
	matching := t.Where.count(r)
	a.Observed = counted(matching)
	switch {
	case r.Len() == 0 && !g.proves(n, a):
		return Unknown, CodeVacuous
	case matching < t.Least:
		a.Limit = counted(t.Least)
		return Fail, CodeNotMet
	case t.Most != NoLimit && matching > t.Most:
		a.Limit = counted(t.Most)
		return Fail, CodeNotMet
	case t.Most != NoLimit:
		a.Limit = counted(t.Most)
	default:
		a.Limit = counted(t.Least)
	}
	return Pass, CodeMet
}

// completion judges that every work item is done. One that is known to be open
// fails; one of which nobody knows is unknown.
func (g *gateRun) completion(n *node, a *Assessment) (Outcome, Code) {
	r, code := g.look(n, n.query.slot, a)
	if code != "" {
		return Unknown, code
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
	a.Observed, a.Limit = counted(open), counted(0)
	switch {
	case open > 0:
		return Fail, CodeNotMet
	case unclassified > 0:
		return Unknown, CodeUnclassified
	case len(r.WorkItems) == 0 && !g.proves(n, a):
		return Unknown, CodeVacuous
	default:
		return Pass, CodeMet
	}
}

// consent judges that every approval of a list is given. An empty list is
// nobody's consent, whatever its population.
func (g *gateRun) consent(n *node, a *Assessment) (Outcome, Code) {
	r, code := g.look(n, n.query.slot, a)
	if code != "" {
		return Unknown, code
	}
	if len(r.Approvals) == 0 {
		return Unknown, CodeVacuous
	}
	given, why := 0, Code("")
	for i := range r.Approvals {
		approval := &r.Approvals[i]
		switch code := g.answered(approval); {
		case approval.Answer == fact.Rejected:
			a.Detail = approval.ID + " is rejected"
			return Fail, CodeRejected
		case code == "":
			given++
			if !approval.Expires.IsZero() && !g.recording {
				g.limit(approval.Expires)
			}
		case why == "":
			why, a.Detail = code, approval.ID
		}
	}
	a.Observed, a.Limit = counted(given), counted(len(r.Approvals))
	if why != "" {
		return Unknown, why
	}
	return Pass, CodeMet
}

// answered returns why an approval is not in force at this moment, and nothing
// if it is.
func (g *gateRun) answered(a *fact.Approval) Code {
	now := g.e.in.Now
	switch {
	case a.Answer != fact.Approved:
		return CodePending
	case a.At.IsZero():
		return CodeNoTime
	case a.At.Sub(now) > g.e.p.skew:
		return CodeFuture
	case !a.Expires.IsZero() && !now.Before(a.Expires):
		return CodeExpired
	default:
		return ""
	}
}

// valid reports whether the match speaks only of what items of this shape have.
// A condition that cannot apply would match nothing for ever.
func (m Match) valid(s fact.Shape) bool {
	work := s == fact.WorkItemShape
	if m.Category > fact.Done || !work && (m.Category != fact.UnknownCategory || m.Label != "") {
		return false
	}
	if m.Status != "" && !work && s != fact.IncidentShape && s != fact.DeploymentShape {
		return false
	}
	return m.Answer == "" || s == fact.ApprovalShape && slices.Contains(answers, m.Answer)
}

var answers = []string{fact.Pending.String(), fact.Approved.String(), fact.Rejected.String()}

// count returns how many items of the result match.
func (m Match) count(r *fact.Result) int {
	n := 0
	switch r.Query.Yields.Shape {
	case fact.WorkItemShape:
		for i := range r.WorkItems {
			if m.workItem(&r.WorkItems[i]) {
				n++
			}
		}
	case fact.IncidentShape:
		for i := range r.Incidents {
			if m.Status == "" || m.Status == r.Incidents[i].Status {
				n++
			}
		}
	case fact.DeploymentShape:
		for i := range r.Deployments {
			if m.Status == "" || m.Status == r.Deployments[i].Status {
				n++
			}
		}
	case fact.ApprovalShape:
		for i := range r.Approvals {
			if m.Answer == "" || m.Answer == r.Approvals[i].Answer.String() {
				n++
			}
		}
	default:
		n = r.Len()
	}
	return n
}

func (m Match) workItem(w *fact.WorkItem) bool {
	return (m.Category == fact.UnknownCategory || m.Category == w.Category) &&
		(m.Label == "" || slices.Contains(w.Labels, m.Label)) &&
		(m.Status == "" || m.Status == w.Status)
}
