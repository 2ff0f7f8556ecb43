package probe

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Zero is a count that has to be nothing, out of a population that is something.
type Zero struct {
	Query fact.Query `json:"query"` // a number that counts, or items
}

// Queries returns the query.
func (z *Zero) Queries() []fact.Query { return []fact.Query{z.Query} }

// Fault says where and why the test can never be judged, if so.
func (z *Zero) Fault() (check.Path, string) {
	switch y := z.Query.Yields; {
	case y.Shape.Items(), judge.Counts(y):
		return "", ""
	case y.Shape == fact.NumberShape:
		return "query.yields.unit", "counts no number of things"
	default:
		return "query.yields.shape", "counts neither items nor a number of things"
	}
}

// Condition says what the test demands.
func (z *Zero) Condition() string { return "= 0" }

// Judge judges that the count is nothing, out of something.
func (z *Zero) Judge(s judge.Scene) judge.Said {
	r, code := s.Look(0)
	if code != "" {
		return judge.Unclear(code)
	}
	observed := judge.Count(r.Len())
	if !z.Query.Yields.Shape.Items() {
		if _, code := judge.Number(r); code != "" {
			return judge.Unclear(code)
		}
		observed = r.Value
	}
	said := judge.Said{Outcome: judge.Pass, Code: judge.Met, Observed: observed, Limit: judge.Count(0)}
	switch {
	case observed.Value != 0:
		said.Outcome, said.Code = judge.Fail, judge.NotMet
	case !s.Proves(0):
		said.Outcome, said.Code = judge.Unknown, judge.Vacuous
	}
	return said
}

// Tally is how many items of a list match.
type Tally struct {
	Query fact.Query `json:"query"`          // items of any shape
	Where Match      `json:"where,omitzero"` // zero: every item
	Least int        `json:"least,omitzero"` // how many have to match, from 0
	Most  int        `json:"most"`           // how many may; [NoLimit]: any
}

// NoLimit is the Most of a [Tally] that has no upper end.
const NoLimit = -1

// Queries returns the query.
func (t *Tally) Queries() []fact.Query { return []fact.Query{t.Query} }

// Fault says where and why the test can never be judged, if so.
func (t *Tally) Fault() (check.Path, string) {
	between := fmt.Sprintf("wants from %d to %d items", t.Least, t.Most)
	shape := t.Query.Yields.Shape
	switch {
	case !shape.Items():
		return "query.yields.shape", "counts something else than items"
	case t.Least < 0:
		return "least", between
	case t.Most < NoLimit || t.Most != NoLimit && t.Most < t.Least:
		return "most", between
	}
	if field := t.Where.odd(shape); field != "" {
		return check.Path("where").Field(field), "looks at what " + shape.String() + " do not have"
	}
	return "", ""
}

// Condition says what the test demands.
func (t *Tally) Condition() string {
	if t.Most == NoLimit {
		return fmt.Sprintf("≥ %d %s", t.Least, t.Query.Yields.Shape)
	}
	return fmt.Sprintf("from %d to %d %s", t.Least, t.Most, t.Query.Yields.Shape)
}

// Judge judges how many items match. A list without any item proves nothing
// unless its population does, and an item of which the source does not say
// whether it matches may be either. One that is listed twice does not make two.
func (t *Tally) Judge(s judge.Scene) judge.Said {
	r, code := s.Look(0)
	if code != "" {
		return judge.Unclear(code)
	}
	if r.Len() == 0 && !s.Proves(0) {
		return judge.Said{Code: judge.Vacuous, Observed: judge.Count(0)}
	}
	if id := twice(r); t.Least > 0 && id != "" {
		return judge.Unclear(judge.Contradicted).Because(id + " is listed twice")
	}
	sure, perhaps := t.Where.matching(s, r)
	said := judge.Said{Outcome: judge.Pass, Code: judge.Met, Observed: judge.Count(sure), Limit: judge.Count(t.Least)}
	switch {
	case sure+perhaps < t.Least:
		said.Outcome, said.Code = judge.Fail, judge.NotMet
		return said
	case t.Most != NoLimit:
		said.Limit = judge.Count(t.Most)
	}
	switch {
	case t.Most != NoLimit && sure > t.Most:
		said.Outcome, said.Code = judge.Fail, judge.NotMet
	case sure < t.Least || t.Most != NoLimit && sure+perhaps > t.Most:
		said.Outcome, said.Code = judge.Unknown, judge.Unclassified
	}
	return said
}

// twice returns the id of an item that is listed twice. An approval is one for
// each account that answers, a state one for each group; a duty has no id.
func twice(r *fact.Result) string {
	seen := make(map[[2]string]bool, r.Len())
	for i := range r.Len() {
		var key [2]string
		switch r.Query.Yields.Shape {
		case fact.WorkItemShape:
			key[0] = r.WorkItems[i].ID
		case fact.IncidentShape:
			key[0] = r.Incidents[i].ID
		case fact.DeploymentShape:
			key[0] = r.Deployments[i].ID
		case fact.ApprovalShape:
			key = [2]string{r.Approvals[i].ID, r.Approvals[i].Account.String()}
		case fact.StateShape:
			key = [2]string{r.States[i].ID, r.States[i].Group}
		}
		if key[0] != "" && seen[key] {
			return key[0]
		}
		seen[key] = true
	}
	return ""
}

// Match selects items. What is given has to match; an empty Match selects
// every item. Category and Label speak of work items, Answer of approvals,
// Status of work items, incidents and deployments.
type Match struct {
	Category fact.Category `json:"category,omitzero"` // zero: any
	Label    string        `json:"label,omitzero"`    // one that the item has; empty: any
	Status   string        `json:"status,omitzero"`   // as the source names it; empty: any
	Answer   string        `json:"answer,omitzero"`   // "pending", "approved" or "rejected"
}

// odd returns the field of the match that speaks of something that items of
// this shape do not have, or "". Such a condition would match nothing for ever.
func (m Match) odd(s fact.Shape) string {
	work := s == fact.WorkItemShape
	switch {
	case m.Category > fact.Done, m.Category != fact.UnknownCategory && !work:
		return "category"
	case m.Label != "" && !work:
		return "label"
	case m.Status != "" && !work && s != fact.IncidentShape && s != fact.DeploymentShape:
		return "status"
	case m.Answer != "" && (s != fact.ApprovalShape || !slices.Contains(answers, m.Answer)):
		return "answer"
	}
	return ""
}

// answers are what [Match] can ask of approvals. That they are approved is not
// among them: whether an approval is in force takes more than its answer, and
// [Consent] asks it.
var answers = []string{fact.Pending.String(), fact.Rejected.String()}

// matching returns how many items of the result match, and how many more may:
// the source does not say.
func (m Match) matching(scene judge.Scene, r *fact.Result) (sure, perhaps int) {
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
			add(m.Answer == "" || m.Answer == said(scene, &r.Approvals[i]).String(), false)
		}
	default:
		sure = r.Len()
	}
	return sure, perhaps
}

// said is what is known at this moment: an answer of the future is pending.
func said(s judge.Scene, a *fact.Approval) fact.Answered {
	if future(s, a.At) {
		return fact.Pending
	}
	return a.Answer
}

// future reports whether a moment is later than Now by more than clocks differ.
func future(s judge.Scene, t time.Time) bool { return t.Sub(s.Now()) > s.Skew() }

func (m Match) workItem(w *fact.WorkItem) (matches, unsaid bool) {
	label := m.Label == "" || slices.Contains(w.Labels, m.Label)
	category := m.Category == fact.UnknownCategory || m.Category == w.Category
	status := m.Status == "" || m.Status == w.Status
	mayCategory := category || w.Category == fact.UnknownCategory
	mayStatus := status || w.Status == ""
	return label && category && status, label && mayCategory && mayStatus
}

// list joins words for people: "a, b".
func list(words []string) string { return strings.Join(words, ", ") }
