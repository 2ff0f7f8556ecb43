package gatestest

import (
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/fact"
)

func none(s stage, z *gates.Zero) ([]situation, error) {
	return s.counted(z.Query, gates.Match{}, []int{0, 1}, []string{"at", "outside"}), nil
}

// tally sees a list around both of its ends.
func tally(s stage, t *gates.Tally) ([]situation, error) {
	ns, labels := []int{max(t.Least, 1)}, []string{"inside"}
	if t.Most != gates.NoLimit {
		ns[0] = min(ns[0], t.Most)
	}
	if t.Least > 0 {
		ns, labels = append(ns, t.Least, t.Least-1), append(labels, "at least", "outside")
	}
	if t.Most != gates.NoLimit {
		ns, labels = append(ns, t.Most, t.Most+1), append(labels, "at most", "outside")
	}
	return s.counted(t.Query, t.Where, ns, labels), nil
}

// counted sees a count or a list of things at numbers of them.
func (s stage) counted(q fact.Query, where gates.Match, ns []int, labels []string) []situation {
	of := func(n, outOf int) []fact.Result { return s.people(q, outOf, list(q, s.now, where, n)) }
	var all []situation
	for i, n := range ns {
		all = append(all, sight(labels[i], strconv.Itoa(n), of(n, max(n, 1))...))
	}
	all = append(all, s.spoils(strconv.Itoa(ns[0]), []string{"count"}, of(ns[0], max(ns[0], 1))...)...)
	return append(all, sight("vacuous", "0 of 0", of(0, 0)...))
}

// consent sees a list in which everybody asked says yes, but for one.
func consent(s stage, c *gates.Consent) ([]situation, error) {
	one := func(id string, edit func(*fact.Approval)) fact.Approval {
		a := fact.Approval{ID: id, Answer: fact.Approved, At: s.now.Add(-time.Hour)}
		edit(&a)
		return a
	}
	and := func(label, shown string, edit func(*fact.Approval)) situation {
		r := fact.Answer(c.Query, s.now)
		r.Approvals = []fact.Approval{one("1", func(*fact.Approval) {}), one("2", edit)}
		return sight(label, shown, r)
	}
	all := []situation{
		and("inside", "2 approved", func(*fact.Approval) {}),
		and("outside", "1 rejected", func(a *fact.Approval) { a.Answer = fact.Rejected }),
		and("pending", "1 of 2", func(a *fact.Approval) { a.Answer = fact.Pending }),
		and("at the last", "expires in PT1S", func(a *fact.Approval) { a.Expires = s.now.Add(time.Second) }),
		and("expired", "expires now", func(a *fact.Approval) { a.Expires = s.now }),
		and("no time", "1 of 2", func(a *fact.Approval) { a.At = time.Time{} }),
	}
	all = append(all, s.spoils("2 approved", []string{"approvals"}, all[0].ways[0].results...)...)
	return append(all, sight("vacuous", "nobody asked", fact.Answer(c.Query, s.now))), nil
}

// completion sees a list of which all is done, but for one.
func completion(s stage, c *gates.Completion) ([]situation, error) {
	of := func(other fact.Category) []fact.Result {
		r := fact.Answer(c.Query, s.now)
		r.WorkItems = []fact.WorkItem{{ID: "1", Category: fact.Done}, {ID: "2", Category: other}}
		return s.people(c.Query, 2, r)
	}
	all := []situation{sight("inside", "0 open", of(fact.Done)...), sight("outside", "1 in progress", of(fact.InProgress)...),
		sight("outside", "1 to do", of(fact.ToDo)...), sight("not classified", "1 unknown", of(fact.UnknownCategory)...)}
	all = append(all, s.spoils("0 open", []string{"work items"}, of(fact.Done)...)...)
	return append(all, sight("vacuous", "0 of 0", s.people(c.Query, 0, fact.Answer(c.Query, s.now))...)), nil
}

// list is n things of the shape that the query yields, which match.
func list(q fact.Query, now time.Time, where gates.Match, n int) fact.Result {
	if !q.Yields.Shape.Items() {
		return fact.AnswerNumber(q, now, float64(n))
	}
	r := fact.Answer(q, now)
	answer := fact.Approved
	if where.Answer != "" {
		_ = answer.UnmarshalText([]byte(where.Answer)) // one that is no answer matches nothing
	}
	category := where.Category
	if category == fact.UnknownCategory {
		category = fact.Done
	}
	status := where.Status
	if status == "" {
		status = "some"
	}
	for i := range n {
		id := strconv.Itoa(i + 1)
		r.WorkItems = append(r.WorkItems, fact.WorkItem{ID: id, Category: category, Status: status, Labels: []string{where.Label}})
		r.Incidents = append(r.Incidents, fact.Incident{ID: id, Status: status})
		r.Deployments = append(r.Deployments, fact.Deployment{ID: id, Status: status})
		r.Approvals = append(r.Approvals, fact.Approval{ID: id, Answer: answer, At: now})
		r.Duties = append(r.Duties, fact.Duty{})
		r.States = append(r.States, fact.State{ID: id})
	}
	return r
}
