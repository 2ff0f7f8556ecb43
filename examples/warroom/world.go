package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/document"
)

// When the flag is turned on, and how long people take.
const (
	firstStep  = 5 * time.Minute  // after the window opens: 5 %
	secondStep = 50 * time.Minute // 25 %
	breaksFrom = 55 * time.Minute // the errors begin

	answerAfter = 3 * time.Minute // from the page to the committee until it is acknowledged
	decideAfter = time.Minute     // from there to the decision
	undoneAfter = 8 * time.Minute // from there until the flag is off
	wellAfter   = 4 * time.Minute // from there until customers are served
	closedAfter = 5 * time.Minute // from there until the blocker is closed
)

const (
	blocker = "BL-1"
	errors1 = "I1" // the threshold of the plan that is exceeded
)

// live is what the world is like beside the communications: it is kept by others,
// and survives whatever happens to the courier.
type live struct {
	opens, closes time.Time
	lived         time.Time // the last moment at which something happened, or could have
	events        []release.Event
	snapshots     []document.Snapshot
}

// happen adds an event.
func (w *live) happen(at time.Time, e release.Event) {
	e.ID, e.At = fmt.Sprintf("E%d", len(w.events)+1), value.At(at.UTC())
	w.events = append(w.events, e)
}

// when returns when an event of a kind first happened.
func (w *live) when(kind release.EventKind) (time.Time, bool) {
	i := slices.IndexFunc(w.events, func(e release.Event) bool { return e.Kind == kind })
	if i < 0 {
		return time.Time{}, false
	}
	at, err := w.events[i].At.Instant()
	return at, err == nil
}

// errorRate is how many of a hundred checkouts fail at a moment.
func (w *live) errorRate(at time.Time) float64 {
	if at.Before(w.opens.Add(breaksFrom)) {
		return 0.2
	}
	if done, ok := w.when(release.RollbackDone); ok && !at.Before(done.Add(wellAfter)) {
		return 0.2
	}
	return 1.8
}

// measure answers what the plan asks about telemetry, with a sample each minute of
// the last half hour.
func (w *live) measure(plan release.Plan, now time.Time) document.Snapshot {
	s := document.Snapshot{At: now}
	for _, q := range fact.MergeQueries(gates.TriggerQueries(plan), document.SuccessQueries(plan)) {
		n := func(at time.Time) float64 { return 0.6 } // orders paid with a gift card, in percent
		switch name, _ := q.Params.Get("query"); name {
		case "checkout.errors":
			n = w.errorRate
		case "checkout.p95":
			n = func(at time.Time) float64 { return 380 + 150*w.errorRate(at) }
		}
		if q.Window == 0 {
			s.Facts = s.Facts.WithResults(fact.AnswerNumber(q, now, n(now)))
			continue
		}
		r := fact.Answer(q, now)
		r.Unit = q.Yields.Unit
		for ago := 30; ago >= 0; ago-- {
			at := now.Add(-time.Duration(ago) * time.Minute)
			r.Samples = append(r.Samples, fact.Sample{At: at, Value: value.Number(n(at))})
		}
		s.Facts = s.Facts.WithResults(r)
	}
	return s
}

// step lets happen what happens at a moment, given what was said so far.
func (w *live) step(plan release.Plan, now time.Time, log comms.Log) {
	if !now.After(w.lived) {
		return // it was there before the courier was started again
	}
	w.lived = now
	w.deploy(now)
	if now.After(w.closes) {
		w.snapshots = append(w.snapshots, w.measure(plan, now))
	}
	if now.Before(w.opens) || now.After(w.closes) {
		if now.Equal(w.closes.Add(time.Hour)) {
			w.happen(now, release.Event{Kind: release.FollowUp, Text: "Cache the balance of gift cards before the next try", By: "release-manager",
				Owner: "dev-lead", Due: value.Date(2026, time.December, 16).In("America/New_York")})
			w.happen(now, release.Event{Kind: release.FollowUp, Text: "Page a second person of the on-call rotation at once", By: "release-manager",
				Owner: "sre-lead", Due: value.Date(2026, time.December, 11).In("America/New_York")})
		}
		return
	}
	seen := w.measure(plan, now)
	plan.Rollback.Matrix = nil // people decide on the way back
	fired := slices.ContainsFunc(gates.Triggers(plan, seen.Facts, now), func(t gates.Trigger) bool { return t.ID == errors1 && t.State == gates.TriggerFired })
	before := len(w.events)
	w.breach(now, fired)
	w.respond(now, log)
	if now.Sub(w.opens)%(15*time.Minute) == 0 || len(w.events) > before {
		w.snapshots = append(w.snapshots, seen)
	}
}

func (w *live) deploy(now time.Time) {
	switch now.Sub(w.opens) {
	case 0:
		w.happen(now, release.Event{Kind: release.GoDecision, About: "production/entry", Text: "Every gate up to production goes", By: "release-manager"})
	case firstStep:
		w.happen(now, release.Event{Kind: release.Deployed, About: "checkout.gift_cards", Text: "The flag is on for 5 % of customers", By: "sre-on-call"})
	case secondStep:
		w.happen(now, release.Event{Kind: release.Deployed, About: "checkout.gift_cards", Text: "The flag is on for 25 % of customers", By: "sre-on-call"})
	}
}

// breach begins and ends with the signal.
func (w *live) breach(now time.Time, fired bool) {
	_, began := w.when(release.Breach)
	_, ended := w.when(release.Recovery)
	_, undone := w.when(release.RollbackDone)
	switch {
	case fired && !began:
		w.happen(now, release.Event{Kind: release.Breach, About: errors1, Text: "Checkout errors 1.8 % for 5 minutes", By: "sre-on-call"})
		w.happen(now, release.Event{Kind: release.IncidentOpened, About: "INC-1", Text: "Customers of the canary cannot pay", By: "sre-on-call"})
		w.happen(now, release.Event{Kind: release.BlockerOpened, About: blocker, Text: "The canary at 25 % fails 1.8 % of checkouts", By: "sre-on-call",
			Critical: true, Mitigation: "Turn checkout.gift_cards off for all segments", Owner: "sre-on-call"})
	case !fired && undone && !ended && w.errorRate(now) < 1:
		w.happen(now, release.Event{Kind: release.Recovery, About: errors1, Text: "Checkout errors 0.2 %", By: "sre-on-call"})
		w.happen(now, release.Event{Kind: release.IncidentClosed, About: "INC-1", Text: "Customers of the canary pay again", By: "sre-on-call"})
	}
}

// respond is what people do once somebody has the blocker.
func (w *live) respond(now time.Time, log comms.Log) {
	for _, s := range log.Sent {
		for _, a := range s.Answers {
			if _, ok := w.when(release.BlockerAcknowledged); !ok && s.Blocker == blocker {
				at, err := a.At.Instant()
				if err == nil {
					w.happen(at, release.Event{Kind: release.BlockerAcknowledged, About: blocker, Text: "The committee has the blocker", By: a.By})
				}
			}
		}
	}
	w.after(now, release.BlockerAcknowledged, decideAfter, release.Event{Kind: release.RollbackDecision, About: "checkout.gift_cards",
		Text: "Turn the flag off for everybody", By: "steering"})
	w.after(now, release.RollbackDecision, undoneAfter, release.Event{Kind: release.RollbackDone, About: "checkout.gift_cards",
		Text: "The flag is off for everybody", By: "sre-on-call"})
	w.after(now, release.Recovery, closedAfter, release.Event{Kind: release.BlockerClosed, About: blocker, Text: "Rolled back, and errors are as before", By: "sre-lead"})
	w.after(now, release.BlockerClosed, closedAfter, release.Event{Kind: release.HoldDecision, About: "checkout.gift_cards",
		Text: "The flag stays off; everything else of the release stays", By: "steering"})
}

// after lets an event happen once, so long after the first one of a kind.
func (w *live) after(now time.Time, kind release.EventKind, d time.Duration, e release.Event) {
	first, ok := w.when(kind)
	if _, done := w.when(e.Kind); ok && !done && !now.Before(first.Add(d)) {
		w.happen(now, e)
	}
}
