package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutytest"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// clockAt is a moment of the night of the deployment, in UTC.
func clockAt(hour, minute int) time.Time {
	return time.Date(2026, time.December, 9, hour, minute, 0, 0, time.UTC)
}

// The night: 5 % from 05:05, 25 % from 05:40, back to nothing at 06:15. At 25 %
// the canary is slow and one request in fifty fails.
var (
	atFive, atQuarter, goneBack = clockAt(5, 5), clockAt(5, 40), clockAt(6, 15)
	silent                      = clockAt(7, 0) // from here on nothing is measured
)

func share(at time.Time) float64 {
	switch {
	case at.Before(atFive) || !at.Before(goneBack):
		return 0
	case at.Before(atQuarter):
		return 5
	}
	return 25
}

// noise is from -11 to 11, other in every minute.
func noise(at time.Time) float64 { return float64(at.Unix()/60*7919%23) - 11 }

// measure gives Datadog what was measured until a moment.
func (s *systems) measure(until time.Time) {
	set := func(query string, unit datadogtest.Unit, value func(at time.Time) float64) {
		last := until
		if last.After(silent) {
			last = silent
		}
		s.datadog.SetMetric(query, datadogtest.Series{Unit: unit, Points: datadogtest.Every(time.Minute, clockAt(0, 0), last, value)})
	}
	bad := func(at time.Time) bool { return share(at) == 25 }
	requests := func(at time.Time) float64 { return 1000 + noise(at) }
	p95 := func(at time.Time) float64 { return 400 + noise(at) }
	set("p95:booking.latency{env:production,track:stable}", datadogtest.Millisecond, p95)
	set("p95:booking.latency{env:production,track:canary}", datadogtest.Millisecond, func(at time.Time) float64 {
		if bad(at) {
			return 900 - noise(at)
		}
		return 400 - noise(at)
	})
	set("p95:booking.latency{env:production}", datadogtest.Millisecond, func(at time.Time) float64 {
		if bad(at) {
			return 850 + noise(at)
		}
		return p95(at)
	})
	set("week_before(p95:booking.latency{env:production})", datadogtest.Millisecond, p95)
	set("sum:booking.requests{env:production}.as_count()", datadogtest.Request, requests)
	set("sum:booking.requests{env:production,track:canary}.as_count()", datadogtest.Request, func(at time.Time) float64 { return requests(at) * share(at) / 100 })
	set("default_zero(sum:booking.requests{env:production,track:stable}.as_count())", datadogtest.Request, func(at time.Time) float64 { return requests(at) * (100 - share(at)) / 100 })
	set("sum:booking.errors{env:production}.as_count()", datadogtest.Request, func(at time.Time) float64 {
		if bad(at) {
			return requests(at) / 50
		}
		return 0
	})
}

// step is one moment of the night and what is seen, decided and fired at it.
type step struct {
	name   string
	at     time.Time
	change func(s *systems)

	canary, monitors string            // outcome and code
	detail           string            // of the canary, a part
	gate             gates.Verdict     // of production/exit
	triggers         map[string]string // states, by the ids of the rows
	incidents        string            // of the last hour: id, status, time to acknowledge
}

func (s *systems) monitor(id int64, name, state string, since time.Time, tags ...string) {
	s.datadog.SetMonitors(datadogtest.Monitor{ID: id, Name: name, State: state, Changed: since, Tags: tags})
}

var production = []string{"service:booking", "env:production"}

func incident(s *systems, acknowledged, resolved time.Time) {
	s.pagerduty.SetIncidents(pagerdutytest.Incident{ID: "Q2", Title: "One booking in fifty fails", Service: "PBook", Opened: clockAt(5, 46), Acknowledged: acknowledged, Resolved: resolved})
}

func night() []step {
	all := func(state string) map[string]string {
		return map[string]string{"T1": state, "T2": state, "T3": state, "I1": state, "I2": state}
	}
	return []step{
		{name: "5 % is well", at: clockAt(5, 38), canary: "unknown: not-reached", monitors: "pass: met", gate: gates.Hold, triggers: all("quiet")},
		{name: "a breach at 25 %", at: clockAt(6, 12), change: func(s *systems) {
			s.monitor(4102, "Booking errors", "Alert", clockAt(5, 46), production...)
			incident(s, clockAt(5, 49), time.Time{})
		}, canary: "fail: not-met", detail: "at 25%", monitors: "fail: not-met", gate: gates.NoGo, triggers: all("fired"), incidents: "Q2 acknowledged PT3M"},
		{name: "gone back, and the monitor recovers", at: clockAt(6, 40), change: func(s *systems) {
			s.monitor(4102, "Booking errors", "OK", clockAt(6, 22), production...)
			incident(s, clockAt(5, 49), clockAt(6, 30))
		}, canary: "fail: not-met", detail: "at 25%", monitors: "pass: met", gate: gates.NoGo, triggers: all("quiet"), incidents: "Q2 resolved unknown"},
		{name: "a stale metric", at: clockAt(7, 10), canary: "unknown: window-gap", monitors: "pass: met", gate: gates.Hold, triggers: all("blind"), incidents: "Q2 resolved unknown"},
		{name: "a mute", at: clockAt(7, 12), change: func(s *systems) {
			s.datadog.SetDowntimes(datadogtest.Downtime{Monitor: 4102})
		}, canary: "unknown: window-gap", monitors: "unknown: muted", gate: gates.Hold, triggers: all("blind"), incidents: "Q2 resolved unknown"},
		{name: "an unmatched tag", at: clockAt(7, 14), change: func(s *systems) {
			s.datadog.SetDowntimes()
			s.monitor(4101, "Booking latency", "OK", clockAt(6, 22), "service:booking-v2", "env:production")
			s.monitor(4102, "Booking errors", "OK", clockAt(6, 22), "service:booking-v2", "env:production")
		}, canary: "unknown: window-gap", monitors: "unknown: vacuous", gate: gates.Hold, triggers: all("blind"), incidents: "Q2 resolved unknown"},
		{name: "after the window", at: clockAt(9, 5), canary: "unknown: window-gap", monitors: "unknown: vacuous", gate: gates.Hold, triggers: all("blind")},
	}
}

// The night of the deployment, step by step: what the connectors are told makes
// the outcomes of the gate and the states of the triggers.
func TestNight(t *testing.T) {
	s, err := standIns()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	for _, one := range s.all() {
		one.server.Heal()
	}
	p, prepared := plan(), gates.Prepare(catalog())
	recent := recentIncidents()
	for i, st := range night() {
		now := st.at
		s.setNow(func() time.Time { return now })
		s.measure(now)
		if st.change != nil {
			st.change(s)
		}
		facts := s.collect(t, live(s, slices.Concat(gates.NewCatalog(productionExit()).Queries(), gates.TriggerQueries(p), []fact.Query{recent})))
		decision, _ := prepared.Evaluate(gates.Input{Plan: p, Facts: facts, Now: now}).Find("production/exit")
		if decision.Verdict != st.gate {
			t.Errorf("%s: %s, want %s\n%s", st.name, decision.Verdict, st.gate, decision.Explain())
		}
		for id, want := range map[string]string{"canary-p95": st.canary, "monitors": st.monitors} {
			i := slices.IndexFunc(decision.Outcomes, func(a gates.Assessment) bool { return a.Criterion == id })
			a := decision.Outcomes[i]
			if got := fmt.Sprintf("%s: %s", a.Raw, a.Code); got != want || id == "canary-p95" && !strings.Contains(a.Detail, st.detail) {
				t.Errorf("%s: %s is %s (%s), want %s (%s)", st.name, id, got, a.Detail, want, st.detail)
			}
		}
		got := map[string]string{}
		for _, trigger := range gates.Triggers(p, facts, now) {
			got[trigger.ID] = trigger.State.String()
			if trigger.State == gates.TriggerFired {
				fired(t, st.name, trigger, now)
			}
		}
		if diff := cmp.Diff(st.triggers, got); diff != "" {
			t.Errorf("%s: triggers (-want +got):\n%s", st.name, diff)
		}
		// What the whole window had is known when it is over.
		if r, n := facts.Find(pages); n != 1 || r.Complete != (i == len(night())-1) || r.Failed() {
			t.Errorf("%s: pages %+v", st.name, r)
		} else if r.Complete && told(r) != "Q2 resolved unknown" {
			t.Errorf("%s: pages %s", st.name, told(r))
		}
		if r, n := facts.Find(recent); n != 1 || told(r) != st.incidents {
			t.Errorf("%s: incidents %q, want %q: %+v", st.name, told(r), st.incidents, r.Failure)
		}
	}
}

// collect asks connectors that were just started: they believe the clock of a
// system for ten minutes, and here it jumps.
func (s *systems) collect(t *testing.T, queries []fact.Query) fact.Set {
	t.Helper()
	fleet, err := connectors.Open(t.Context(), configured(s, 20*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	defer fleet.Close()
	return fleet.Collect(t.Context(), queries)
}

// fired checks since when, by when and by whom.
func fired(t *testing.T, name string, trigger gates.Trigger, now time.Time) {
	t.Helper()
	if trigger.Since.Before(atQuarter) || !trigger.Since.Before(now) || len(trigger.Deciders) == 0 || trigger.ServeBy.Sub(trigger.FiredAt) != 15*time.Minute || trigger.Left.Std() != trigger.ServeBy.Sub(now) {
		t.Errorf("%s: %+v", name, trigger)
	}
}

// told are the incidents in one line.
func told(r fact.Result) string {
	var all []string
	for _, i := range r.Incidents {
		took := "unknown"
		if d, known := i.TimeToAcknowledge(); known {
			took = d.String()
		}
		all = append(all, i.ID+" "+i.Status+" "+took)
	}
	return strings.Join(all, ", ")
}

// Who is on call holds the role; over the window a level without anybody is a
// hole in the facts and a gap in the gate.
func TestOnCallFlowsOn(t *testing.T) {
	s, err := standIns()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	s.pagerduty.SetOnCall([]pagerdutytest.Policy{{ID: "PEPBOOK", Name: "Booking", Levels: 2}},
		pagerdutytest.Shift{Policy: "PEPBOOK", Level: 1, User: "P-fatou", From: clockAt(6, 0), Until: clockAt(8, 0)},
		pagerdutytest.Shift{Policy: "PEPBOOK", Level: 2, User: "P-emil"})
	seen, err := ask(t.Context(), s, 10*time.Second, asking())
	if err != nil {
		t.Fatal(err)
	}
	refreshed, changes := release.Refresh(plan(), seen.facts)
	if role, _ := refreshed.Directory.Role("sre-on-call"); len(role.Holders) != 0 {
		t.Errorf("held by %v, and nobody is on call", role.Holders)
	}
	if !slices.ContainsFunc(changes, func(c release.Change) bool {
		return strings.Contains(c.Open, `no complete answer has anybody on call for "Booking" at level 1`)
	}) {
		t.Errorf("%v", changes)
	}
	d, err := judge(t.Context(), seen, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	g, _ := d.packet.Decisions.Find("production/entry")
	if !strings.Contains(g.Explain(), "on-call: 2 against 0, not met") { // 05:00 to 06:00, and 08:00 to 09:00
		t.Errorf("%s", g.Explain())
	}
}

// A full collect asks for nothing twice and stays below what each vendor allows.
func TestNothingIsAskedTwice(t *testing.T) {
	s, err := standIns()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	for _, one := range s.all() {
		one.server.Heal() // a refused request is repeated
	}
	s.jira.Limit(20, 10)
	s.azure.Limit(20, 10)
	s.datadog.Limit(100, 0.4)
	s.pagerduty.Limit(30, 8)
	if _, err := ask(t.Context(), s, 10*time.Second, asking()); err != nil {
		t.Fatal(err)
	}
	for _, one := range s.all() {
		seen := map[string]int{}
		for _, c := range one.server.Log() {
			key := c.Method + " " + c.Path + "?" + c.Query.Encode() + " " + c.Body
			if seen[key]++; seen[key] == 2 {
				t.Errorf("%s was asked twice: %s", one.name, key)
			}
		}
		if a := one.server.Take(); !a.OK {
			t.Errorf("%s: nothing is left of what it allows", one.name)
		}
	}
}
