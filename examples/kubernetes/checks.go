package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The custom checks.
const (
	momentReached   = "moment-reached"
	datesInOrder    = "dates-in-order"
	reviewedInOrder = "reviewed-in-order"
)

// Moments of the plan that momentReached can look at.
const (
	planCodeFreeze  = "codeFreeze"
	planWindowStart = "window.start"
	planWindowEnd   = "window.end"
)

// customChecks returns the code behind the custom criteria.
func customChecks() map[string]gates.CheckFunc {
	return map[string]gates.CheckFunc{
		momentReached:   checkReached,
		datesInOrder:    checkOrder,
		reviewedInOrder: checkReviewed,
	}
}

// milestoneEnd is when what a milestone of the plan says is over; it is zero if
// the plan has no such milestone.
func milestoneEnd(p *release.Plan, id string) value.When {
	m := milestone(p, id)
	if !m.Until.IsZero() {
		return m.Until
	}
	return m.At
}

func milestone(p *release.Plan, id string) release.Milestone {
	i := slices.IndexFunc(p.Timeline.Milestones, func(m release.Milestone) bool { return m.ID == id })
	if i < 0 {
		return release.Milestone{}
	}
	return p.Timeline.Milestones[i]
}

// planMoment reads a moment of the plan; it is zero if the plan has none.
func planMoment(p *release.Plan, which string) value.When {
	switch which {
	case planCodeFreeze:
		return p.Overview.CodeFreeze
	case planWindowStart:
		return p.Overview.Window.Start
	case planWindowEnd:
		return p.Overview.Window.End
	}
	return value.When{}
}

// checkReached passes if the moment has surely come and fails if it surely has
// not. On a day without time and place, of which it is said only that it
// happens then, it does not decide until the day is over everywhere.
func checkReached(in gates.CheckInput) gates.Judgement {
	var w value.When
	if which, ok := in.Params.Get("plan"); ok {
		w = planMoment(&in.Plan, which)
	} else if id, ok := in.Params.Get("milestone"); ok {
		w = milestoneEnd(&in.Plan, id)
	}
	if w.IsZero() {
		return gates.Judgement{Detail: "the timeline does not say when"}
	}
	start, end, err := w.Interval()
	if err != nil {
		return gates.Judgement{Detail: err.Error()}
	}
	detail := w.String() + " is " + stamp(start)
	if !start.Equal(end) {
		detail = w.String() + " is from " + stamp(start) + " to " + stamp(end)
	}
	switch {
	case !in.Now.Before(end):
		return gates.Judgement{Outcome: gates.Pass, Detail: detail}
	case in.Now.Before(start):
		return gates.Judgement{Outcome: gates.Fail, Detail: detail}
	default:
		return gates.Judgement{Detail: detail + ", and at what time is not said"}
	}
}

// checkOrder passes if the dates do not contradict the order of the phases.
// Two on one day, of which neither has a time, may be in order.
func checkOrder(in gates.CheckInput) gates.Judgement {
	given := func(name string) value.When {
		id, _ := in.Params.Get(name)
		return milestone(&in.Plan, id).At
	}
	dates := []struct {
		name string
		at   value.When
	}{
		{enhancementsFreeze, given(enhancementsFreeze)},
		{codeFreeze, in.Plan.Overview.CodeFreeze},
		{docsFreeze, given(docsFreeze)},
		{"release", in.Plan.Overview.Window.Start},
	}
	for i, d := range dates {
		if d.at.IsZero() {
			return gates.Judgement{Detail: "the timeline does not date the " + d.name}
		}
		if i == 0 {
			continue
		}
		before := dates[i-1]
		switch order, err := before.at.Compare(d.at); {
		case err != nil:
			return gates.Judgement{Detail: err.Error()}
		case order == value.After:
			return gates.Judgement{Outcome: gates.Fail, Detail: fmt.Sprintf("the %s at %s comes before the %s at %s", d.name, d.at, before.name, before.at)}
		}
	}
	return gates.Judgement{Outcome: gates.Pass}
}

// checkReviewed passes if every exception that is settled was reviewed on a
// day that is not before the request and not in the future. Its results are
// the exceptions of one freeze and all there are: that a freeze has none says
// something only in a file that has any.
func checkReviewed(in gates.CheckInput) gates.Judgement {
	settled := 0
	var open gates.Judgement
	for _, a := range in.Results[0].Approvals {
		switch why, fail := reviewFault(a, in.Now); {
		case fail:
			return gates.Judgement{Outcome: gates.Fail, Detail: why}
		case why != "":
			open.Detail = why
		default:
			settled++
		}
	}
	switch {
	case open.Detail != "":
		return open
	case settled > 0:
		return gates.Judgement{Outcome: gates.Pass, Detail: fmt.Sprintf("%d reviewed", settled)}
	case len(in.Results[1].Approvals) > 0:
		return gates.Judgement{Outcome: gates.Pass, Detail: fmt.Sprintf("none of %d is about this freeze", len(in.Results[1].Approvals))}
	default:
		return gates.Judgement{Detail: "the file lists no exception at all"}
	}
}

// reviewFault says what is wrong with the dates of one exception, and whether
// it is certain.
func reviewFault(a fact.Approval, now time.Time) (why string, fail bool) {
	switch {
	case a.Answer == fact.Pending:
		return a.ID + " is not reviewed yet", false
	case a.Requested.IsZero():
		return a.ID + " does not say when it was requested", false
	case a.At.IsZero():
		return a.ID + " does not say when it was reviewed", false
	case a.At.Before(a.Requested):
		return fmt.Sprintf("%s was reviewed on %s and requested on %s", a.ID, a.At.Format(time.DateOnly), a.Requested.Format(time.DateOnly)), true
	case a.At.After(now):
		return fmt.Sprintf("%s was reviewed on %s, which is to come", a.ID, a.At.Format(time.DateOnly)), false
	}
	return "", false
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
