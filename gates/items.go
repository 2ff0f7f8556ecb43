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
// unless its population does, and an item of which the source does not say
// whether it matches may be either.
func (g *gateRun) tally(n *node, t *Tally, a *Assessment) (Outcome, Code) {
	r, code := g.look(n, n.query.slot, a)
	if code != "" {
		return Unknown, code
	}
	if r.Len() == 0 && !g.proves(n, a) {
		a.Observed = counted(0)
		return Unknown, CodeVacuous
	}
	sure, perhaps := g.matching(t.Where, r)
	a.Observed = counted(sure)
	switch {
	case sure+perhaps < t.Least:
		a.Limit = counted(t.Least)
		return Fail, CodeNotMet
	case t.Most != NoLimit && sure > t.Most:
		a.Limit = counted(t.Most)
		return Fail, CodeNotMet
	case t.Most != NoLimit:
		a.Limit = counted(t.Most)
	default:
		a.Limit = counted(t.Least)
	}
	if sure < t.Least || t.Most != NoLimit && sure+perhaps > t.Most {
		return Unknown, CodeUnclassified
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

// answers are what [Match] can ask of approvals. That they are approved is not
// among them: whether an approval is in force takes more than its answer, and
// [Approved] asks it.
var answers = []string{fact.Pending.String(), fact.Rejected.String()}

// matching returns how many items of the result match, and how many more may:
// the source does not say.
func (g *gateRun) matching(m Match, r *fact.Result) (sure, perhaps int) {
	add := func(matches, unsaid bool) {
		switch {
		case matches:
			sure++
		case unsaid:
			perhaps++
		}
	}
	status := func(s string) (matches, unsaid bool) { return m.Status == "" || m.Status == s, s == "" }
	switch r.Query.Yields.Shape {
	case fact.WorkItemShape:
		for i := range r.WorkItems {
			add(m.workItem(&r.WorkItems[i]))
		}
	case fact.IncidentShape:
		for i := range r.Incidents {
			add(status(r.Incidents[i].Status))
		}
	case fact.DeploymentShape:
		for i := range r.Deployments {
			add(status(r.Deployments[i].Status))
		}
	case fact.ApprovalShape:
		for i := range r.Approvals {
			add(m.Answer == "" || m.Answer == g.answer(&r.Approvals[i]).String(), false)
		}
	default:
		sure = r.Len()
	}
	return sure, perhaps
}

// answer is what is known at this moment: an answer of the future is pending.
func (g *gateRun) answer(a *fact.Approval) fact.Answered {
	if a.At.Sub(g.e.in.Now) > g.e.p.skew {
		return fact.Pending
	}
	return a.Answer
}

func (m Match) workItem(w *fact.WorkItem) (matches, unsaid bool) {
	label := m.Label == "" || slices.Contains(w.Labels, m.Label)
	category := m.Category == fact.UnknownCategory || m.Category == w.Category
	status := m.Status == "" || m.Status == w.Status
	mayCategory := category || w.Category == fact.UnknownCategory
	mayStatus := status || w.Status == ""
	return label && category && status, label && mayCategory && mayStatus
}
