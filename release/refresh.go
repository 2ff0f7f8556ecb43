package release

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Change is one thing that [Refresh] changed in a plan, or that it looked for
// and cannot tell.
type Change struct {
	Path       check.Path `json:"path"`                // in the refreshed plan
	Old        string     `json:"old,omitzero"`        // as a document prints it
	New        string     `json:"new,omitzero"`        // likewise; empty: nothing is left
	Open       string     `json:"open,omitzero"`       // why the facts do not tell; New is then no more than what they leave
	Source     string     `json:"source,omitzero"`     // the system that the new value is from, as people call it
	ObservedAt time.Time  `json:"observedAt,omitzero"` // by the source's clock
	Link       value.Link `json:"link,omitzero"`       // to where a person can look at it
}

// String returns the change in one line.
func (c Change) String() string {
	text := string(c.Path)
	if c.Old != c.New {
		text += fmt.Sprintf(" changes from %q to %q", c.Old, c.New)
	}
	if c.Source != "" {
		text += ", says " + c.Source
	}
	if c.Open != "" {
		text += ": " + c.Open
	}
	return check.OneLine(text)
}

// Refresh returns the plan with what facts say about it now, and what that
// changed, in the order of the plan's parts. It is pure: p is not modified, and
// refreshing twice with the same facts changes nothing the second time.
//
//   - The status of a scope item is that of the work item with its id, or else
//     with its link.
//   - Work items of the release that are not in the scope, and track no
//     dependency, are added to it. Nobody has classified them, which rule
//     OVR-008 reports, and the scope that was signed is another one: work that
//     nobody has approved does not ship.
//   - A dependency with a tracker is [Ready] when the work item is done,
//     [InProgress] while it is in progress, [NotStarted] while it is to do, and
//     [Blocked] when its status or a label has the word "blocked".
//   - Work items that ask something and are not done are added to the register of
//     questions, unless a question there has their link. Nobody has said by when
//     who answers what, which the rules of the register report. Whether a
//     question is answered is for people to say: that its work item is done, or
//     is not while there is an answer, is told as [Change.Open].
//   - A role with OnCall is held by those who are on call at its place, and by
//     nobody else. "Now" is when each answer was observed: Refresh has no clock,
//     so a host that collected long ago has to collect again.
//
// Answers that name one id or one link speak of one thing. Only a complete
// answer counts. What is in no complete answer, what two systems contradict
// each other about and a category that nobody knows are told as [Change.Open],
// and nothing gets better by them: the scope item has no status, the dependency
// is [UnknownReadiness] however ready it was, and a role that nobody is known
// to be on call for has no holder, so that its sign-off is missing. An
// incomplete list vouches for nothing but that the work in it exists.
//
// When a milestone was completed is nothing that a fact says.
func Refresh(p Plan, facts fact.Set) (Plan, []Change) {
	r := refresher{plan: p.Clone(), owners: p.Directory.owners(), claimed: map[int]bool{}}
	r.read(facts)
	r.work = arrange(r.seen)
	r.pieces = r.work.pieces()
	r.scope()
	r.dependencies()
	r.unplanned()
	r.questions()
	r.onCall()
	return r.plan, append(r.changes, r.gaps...)
}

// refresher is one refresh under way.
type refresher struct {
	plan    Plan
	owners  map[fact.Account]string
	seen    []sighting
	work    workItems
	pieces  [][]sighting
	claimed map[int]bool // pieces of work that the plan speaks of
	duties  []duty
	changes []Change
	gaps    []Change // questions without a complete answer
}

// read takes from the facts what the plan asks for.
func (r *refresher) read(facts fact.Set) {
	t := &r.plan.Tracking
	for _, list := range []struct {
		field   string
		queries []fact.Query
		shape   fact.Shape
	}{{"scope", t.Scope, fact.WorkItemShape}, {"dependencies", t.Dependencies, fact.WorkItemShape}, {"onCall", t.OnCall, fact.DutyShape},
		{"questions", t.Questions, fact.WorkItemShape}} {
		for i, q := range list.queries {
			result, open := answer(facts, q, list.shape)
			source := result.Source
			if source == "" {
				source = q.Connector
			}
			if open != "" {
				at := check.Path("tracking").Field(list.field).Index(i)
				r.gaps = append(r.gaps, Change{Path: at, Open: open, Source: source, ObservedAt: result.ObservedAt, Link: result.Link})
			}
			r.take(result, sighting{source: source, at: result.ObservedAt, whole: open == "", planned: list.field == "scope", asks: list.field == "questions"})
		}
	}
}

// take keeps what the field that the query's shape names says, seen as s has it.
func (r *refresher) take(result fact.Result, s sighting) {
	switch result.Query.Yields.Shape {
	case fact.WorkItemShape:
		for _, w := range result.WorkItems {
			s.WorkItem = w
			r.seen = append(r.seen, s)
		}
	case fact.DutyShape:
		for _, d := range result.Duties {
			if s.whole && !d.From.After(s.at) && (d.Until.IsZero() || s.at.Before(d.Until)) {
				r.duties = append(r.duties, duty{d, s.source, s.at})
			}
		}
	}
}

// answer returns what a query was answered with, and why that is no complete
// answer. Of an incomplete one it returns what there is.
func answer(facts fact.Set, q fact.Query, shape fact.Shape) (fact.Result, string) {
	r, n := facts.Find(q)
	switch none := (fact.Result{}); {
	case q.Yields.Shape != shape:
		return none, fmt.Sprintf("%s yields %s, want %s", q, q.Yields.Shape, shape)
	case n == 0:
		return none, fmt.Sprintf("%s is not answered", q)
	case n > 1:
		return none, fmt.Sprintf("%s has %d answers", q, n)
	case r.Failed():
		return none, fmt.Sprintf("%s failed: %s", q, strings.TrimSpace(r.Failure.Code+" "+r.Failure.Message))
	case r.ObservedAt.IsZero():
		return none, fmt.Sprintf("the answer to %s was observed at no known time", q)
	case !r.Complete:
		return r, fmt.Sprintf("the answer to %s is incomplete", q)
	}
	nameless := func(w fact.WorkItem) bool { return check.Blank(w.ID) && w.Link == "" }
	if i := slices.IndexFunc(r.WorkItems, nameless); i >= 0 && shape == fact.WorkItemShape {
		return r, fmt.Sprintf("item %d of the answer to %s has neither id nor link", i+1, q)
	}
	return r, ""
}

// scope takes over the status of the scope items.
func (r *refresher) scope() {
	if len(r.plan.Tracking.Scope) == 0 {
		return
	}
	for i := range r.plan.Scope {
		item := &r.plan.Scope[i]
		found, old := r.claim(item.ID, item.Link), item.Status
		item.Status = found.status
		r.changed(scopePath.Index(i).Field("status"), old, item.Status, item.ID, found)
	}
}

// dependencies takes over how far the tracked dependencies are.
func (r *refresher) dependencies() {
	if len(r.plan.Tracking.Scope)+len(r.plan.Tracking.Dependencies) == 0 {
		return
	}
	for i := range r.plan.Dependencies.Items {
		d := &r.plan.Dependencies.Items[i]
		if check.Blank(d.Tracker) {
			continue
		}
		found, old := r.claim(d.Tracker, ""), d.Status
		d.Status = found.readiness
		if d.Status == UnknownReadiness && found.open == "" {
			found.open = fmt.Sprintf("its status %q is of no known category", found.Status)
		}
		at := check.Path("dependencies").Field("items").Index(i).Field("status")
		r.changed(at, old.String(), d.Status.String(), d.Tracker, found)
	}
}

// claim returns what is known of the work item with the id, or else with the
// link, which is then not new to the plan.
func (r *refresher) claim(id string, link value.Link) judgement {
	piece, known, ok := r.work.find(id, link)
	if ok {
		r.claimed[piece] = true
	}
	if !known {
		return unseen
	}
	return judge(r.pieces[piece])
}

// changed lists what a work item changed, and what is not known about it.
func (r *refresher) changed(at check.Path, old, now, id string, found judgement) {
	if old != now || found.open != "" {
		c := Change{Path: at, Old: old, New: now, Source: found.source, ObservedAt: found.at, Link: found.Link}
		if found.open != "" {
			c.Open = id + ": " + found.open
		}
		r.changes = append(r.changes, c)
	}
}

// unplanned adds the work of the release that the plan does not speak of, by id.
func (r *refresher) unplanned() {
	var pieces [][]sighting
	for i, piece := range r.pieces {
		planned := slices.ContainsFunc(piece, func(s sighting) bool { return s.planned && (!check.Blank(s.ID) || s.Link != "") })
		if planned && !r.claimed[i] {
			pieces = append(pieces, piece)
		}
	}
	slices.SortStableFunc(pieces, func(a, b []sighting) int { return strings.Compare(a[0].ID, b[0].ID) })
	for _, piece := range pieces {
		item, found := r.newItem(piece), judge(piece)
		item.Status = found.status
		at := scopePath.Index(len(r.plan.Scope))
		r.plan.Scope = append(r.plan.Scope, item)
		r.changed(at, "", strings.TrimSpace(item.ID+" "+item.Title), item.ID, found)
	}
}

// newItem is a piece of work that nobody has classified. People and components
// that the plan does not have stay out of it.
func (r *refresher) newItem(piece []sighting) ScopeItem {
	item := ScopeItem{ID: piece[0].ID, Title: piece[0].Title, Link: piece[0].Link}
	for _, s := range piece {
		for _, account := range []fact.Account{s.Author, s.Assignee} {
			if person := r.owners[account]; person != "" {
				item.Authors = append(item.Authors, person)
			}
		}
	}
	slices.Sort(item.Authors)
	item.Authors = slices.Compact(item.Authors)
	for _, c := range r.plan.Overview.Components {
		if slices.ContainsFunc(piece, func(s sighting) bool { return slices.Contains(s.Components, c.Name) }) {
			item.Components = append(item.Components, c.Name)
		}
	}
	return item
}

// onCall takes over who is on call.
func (r *refresher) onCall() {
	for i := range r.plan.Directory.Roles {
		role := &r.plan.Directory.Roles[i]
		if role.OnCall.IsZero() {
			continue
		}
		holders, found := role.OnCall.held(r.duties, r.owners)
		old := strings.Join(role.Holders, ", ")
		if !slices.Equal(slices.Sorted(slices.Values(role.Holders)), holders) {
			role.Holders = holders
		}
		at := directoryPath.Field("roles").Index(i).Field("holders")
		r.changed(at, old, strings.Join(role.Holders, ", "), role.ID, found)
	}
}
