package gatestest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func digest(s string) value.Digest { return value.Sum([]byte(s)) }

// withComponents gives a plan approved components of the names, which are the
// plan's if there are none. A plan without components gets one.
func withComponents(plan release.Plan, names []string) (release.Plan, []release.Component) {
	plan = plan.Clone()
	if len(names) == 0 {
		for _, c := range plan.Overview.Components {
			names = append(names, c.Name)
		}
	}
	if len(names) == 0 {
		names = []string{"component"}
	}
	plan.Overview.Components = nil
	for _, name := range names {
		plan.Overview.Components = append(plan.Overview.Components, release.Component{Name: name, Artifact: digest(name)})
	}
	return plan, plan.Overview.Components
}

// doer is who does what people do, with an account of that name.
const doer = "gatestest-doer"

// withDoer gives a plan somebody who holds the role. No role: nobody in it.
func withDoer(plan release.Plan, role string) release.Plan {
	plan = plan.Clone()
	account := fact.Account{System: system, ID: doer}
	plan.Directory.People = append(plan.Directory.People, release.Person{ID: doer, Name: doer, Accounts: []fact.Account{account}})
	if role != "" {
		holds(&plan, role, doer)
	}
	return plan
}

// attestation sees what somebody says who did the step.
func attestation(s stage, t *probe.Attestation) ([]situation, error) {
	role, other := withDoer(s.plan, t.Role), withDoer(s.plan, "")
	of := func(edit func(*fact.Approval)) fact.Result {
		r := fact.Answer(t.Query, s.now)
		r.Approvals = []fact.Approval{{ID: "1", Answer: fact.Approved, At: s.now, Link: "https://evidence.example.com/1",
			Account: fact.Account{System: system, ID: doer}}}
		edit(&r.Approvals[0])
		return r
	}
	says := func(label, shown string, edit func(*fact.Approval)) situation {
		return sight(label, shown, of(edit)).under(role)
	}
	ago := func(label string, d time.Duration) situation {
		return says(label, lasting(d)+" ago", func(a *fact.Approval) { a.At = s.now.Add(-d) })
	}
	good := of(func(*fact.Approval) {})
	all := []situation{ago("inside", t.Within.Std()-time.Second), ago("run out", t.Within.Std()),
		says("outside", "rejected", func(a *fact.Approval) { a.Answer = fact.Rejected }),
		says("pending", "-", func(a *fact.Approval) { a.Answer = fact.Pending }),
		says("no evidence", "no link", func(a *fact.Approval) { a.Link = "" }),
		says("nobody's account", "-", func(a *fact.Approval) { a.Account.ID += "-another" }),
		sight("not the role", "another role", good).under(other)}
	for _, spoiled := range s.spoils("now", []string{"approvals"}, good) {
		all = append(all, spoiled.under(role))
	}
	return append(all, sight("vacuous", "nobody says", fact.Answer(t.Query, s.now)).under(role)), nil
}

// checklist sees a phase of which all tasks are done but one. They stand in for
// the plan's.
func checklist(s stage, t *probe.Checklist) ([]situation, error) {
	plan := withDoer(s.plan, "")
	done := release.TaskState{Done: true, By: doer, At: value.At(s.now.Add(-time.Hour))}
	of := func(label, shown string, edit func(*release.Task)) situation {
		p := plan.Clone()
		tasks := []release.Task{{ID: "1", State: done}, {ID: "2", State: done}}
		edit(&tasks[1])
		p.Checklists = release.Checklists{}
		*phase(&p.Checklists, t.Phase) = tasks
		return sight(label, shown).under(p)
	}
	empty := plan.Clone()
	empty.Checklists = release.Checklists{}
	return []situation{
		of("inside", "0 open", func(*release.Task) {}),
		of("outside", "1 open", func(t *release.Task) { t.State = release.TaskState{} }),
		of("nobody's", "by another", func(t *release.Task) { t.State.By += "-another" }),
		of("not the role", "by another role", func(t *release.Task) { t.Role = "gatestest-role" }),
		of("no time", "-", func(t *release.Task) { t.State.At = value.When{} }),
		of("of the future", lasting(24*time.Hour), func(t *release.Task) { t.State.At = value.At(s.now.Add(24 * time.Hour)) }),
		sight("vacuous", "no tasks").under(empty),
	}, nil
}

func phase(c *release.Checklists, p probe.Phase) *[]release.Task {
	switch p {
	case probe.Deployment:
		return &c.Deployment
	case probe.PostRelease:
		return &c.PostRelease
	case probe.Rollback:
		return &c.Rollback
	default:
		return &c.PreRelease
	}
}

// inside sees the moments around the ends of every window, blackout and freeze.
func inside(s stage, t *probe.Inside) ([]situation, error) {
	open := openings(s, t)
	if len(open) == 0 {
		return nil, errors.New("the plan has no window, which is the limit: give the table a plan with one")
	}
	at := func(label string, t time.Time) situation { return sight(label, clocked(t)).when(t) }
	var all []situation
	for _, w := range open {
		start, err1 := w.Start.StrictStart()
		end, err2 := w.End.StrictEnd()
		if err1 != nil || err2 != nil || !start.Before(end) {
			return nil, fmt.Errorf("nobody can tell when the window is open: %s to %s", w.Start, w.End)
		}
		all = append(all, at("before", start.Add(-time.Second)), at("at start", start), at("at the last", end.Add(-time.Second)), at("on end", end))
	}
	bars := slices.Clone(t.Closed)
	for _, f := range s.plan.Timeline.Freezes {
		if f.Covers(s.environment) {
			bars = append(bars, f.Window)
		}
	}
	for _, w := range bars {
		from, _, err1 := w.Start.Interval()
		_, to, err2 := w.End.Interval()
		if err1 != nil || err2 != nil || !from.Before(to) {
			return nil, fmt.Errorf("nobody can tell when nothing moves: %s to %s", w.Start, w.End)
		}
		all = append(all, at("before closing", from.Add(-time.Second)), at("on closing", from), at("last closed", to.Add(-time.Second)), at("opened again", to))
	}
	if len(t.Open) == 0 {
		plan := s.plan.Clone()
		plan.Overview.Window, plan.Timeline.Windows, plan.Timeline.Freezes = release.Window{}, nil, nil
		all = append(all, sight("no window", "-").under(plan))
	}
	return all, nil
}

// openings are the windows of the criterion, and else the plan's.
func openings(s stage, t *probe.Inside) []release.Window {
	if len(t.Open) > 0 {
		return t.Open
	}
	var all []release.Window
	for _, d := range s.plan.Timeline.Windows {
		if strings.EqualFold(strings.TrimSpace(d.Environment), strings.TrimSpace(s.environment)) {
			all = append(all, d.Window)
		}
	}
	if len(all) == 0 && !s.plan.Overview.Window.IsZero() {
		all = append(all, s.plan.Overview.Window)
	}
	return all
}
