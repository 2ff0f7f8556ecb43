package comms_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// The window of the sample opens at opens and closes four hours later.
var (
	opens  = time.Date(2026, time.December, 9, 3, 0, 0, 0, time.UTC)
	closes = opens.Add(4 * time.Hour)
)

func event(id string, kind release.EventKind, at time.Time, about string) release.Event {
	return release.Event{ID: id, Kind: kind, At: value.At(at), About: about, Critical: kind == release.BlockerOpened}
}

// lines is a schedule as a table: key and moment.
func lines(s comms.Schedule, match func(comms.Instant) bool) []string {
	var all []string
	for _, in := range s.Instants {
		if match(in) {
			all = append(all, in.Key+" "+in.At.Format(time.RFC3339))
		}
	}
	return all
}

func of(message string) func(comms.Instant) bool {
	return func(in comms.Instant) bool { return in.Message == message }
}

func expand(t *testing.T, events []release.Event, from, to time.Time) comms.Schedule {
	t.Helper()
	s, err := comms.Expand(good(), sample.Plan(), events, from, to)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Every row of the plan is at its moment.
func TestExpand(t *testing.T) {
	breach := opens.Add(62 * time.Minute)
	events := []release.Event{
		event("E1", release.Breach, breach, "I1"), event("E2", release.BlockerOpened, breach, "BL-1"),
		event("E3", release.Recovery, breach.Add(50*time.Minute), "I1"),
	}
	s := expand(t, events, opens.Add(-72*time.Hour), closes.Add(12*time.Hour))
	tests := []struct {
		message string
		want    []string
	}{
		{"daily", []string{"daily/2026-12-07/slack 2026-12-07T15:00:00Z", "daily/2026-12-08/slack 2026-12-08T15:00:00Z"}},
		{"notice", []string{"notice/20261206T030000Z/status-page 2026-12-06T03:00:00Z"}},
		{"packet", []string{"packet/20261208T010000Z/email 2026-12-08T01:00:00Z"}},
		{"start", []string{"start/20261209T030000Z/status-page 2026-12-09T03:00:00Z"}},
		{"blocker", []string{"blocker/E2/email 2026-12-09T04:32:00Z", "blocker/E2/pagerduty 2026-12-09T04:32:00Z"}},
		{"impact", []string{"impact/E1/status-page 2026-12-09T04:17:00Z", "impact/E1+1/status-page 2026-12-09T04:47:00Z"}},
		{"summary", []string{"summary/20261209T170000Z/email 2026-12-09T17:00:00Z"}},
		{"", []string{"escalation/E2/PT0S/pagerduty 2026-12-09T04:02:00Z", "escalation/E2/PT15M/pagerduty 2026-12-09T04:17:00Z",
			"escalation/E2/PT30M/email 2026-12-09T04:32:00Z", "escalation/E2/PT30M/pagerduty 2026-12-09T04:32:00Z"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, lines(s, of(tt.message))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.message, diff)
		}
	}
	room := lines(s, of("war-room"))
	if len(room) != 16 || room[0] != "war-room/20261209T030000Z/war-room 2026-12-09T03:00:00Z" ||
		room[15] != "war-room/20261209T030000Z+15/war-room 2026-12-09T06:45:00Z" {
		t.Errorf("the war room: %d: %s", len(room), strings.Join(room, "\n"))
	}
}

// A daily update is at the local hour, before and after the clocks change, and on
// no weekend and no holiday.
func TestDailyAcrossClockChange(t *testing.T) {
	r := sample.Plan()
	for _, tt := range []struct {
		zone     string
		from, to time.Time
		want     []string
	}{
		{"America/New_York", time.Date(2026, 10, 29, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 4, 0, 0, 0, 0, time.UTC), []string{
			"2026-10-29T14:00:00Z", "2026-10-30T14:00:00Z", "2026-11-02T15:00:00Z", "2026-11-03T15:00:00Z"}},
		{"Europe/Berlin", time.Date(2026, 3, 26, 12, 0, 0, 0, time.UTC), time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC), []string{
			"2026-03-27T09:00:00Z", "2026-03-30T08:00:00Z", "2026-03-31T08:00:00Z"}},
		{"Pacific/Kiritimati", time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC), time.Date(2026, 11, 27, 20, 0, 0, 0, time.UTC), []string{
			"2026-11-24T20:00:00Z", "2026-11-26T20:00:00Z"}}, // Thursday 26 is a holiday, and 27 begins on the 26th
	} {
		r.Overview.Zone = tt.zone
		s, err := comms.Expand(good(), r, nil, tt.from, tt.to)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, in := range s.Instants {
			if in.Message == "daily" {
				got = append(got, in.At.Format(time.RFC3339))
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.zone, diff)
		}
	}
}

// What cannot be placed is named, and silences nothing else.
func TestExpandFaults(t *testing.T) {
	tests := []struct {
		name   string
		change func(*comms.Plan, *release.Plan, *[]release.Event)
		want   string
		left   string // a message that is scheduled all the same
	}{
		{"no trigger", func(p *comms.Plan, _ *release.Plan, _ *[]release.Event) { p.Messages[0].Trigger = comms.Trigger{} }, `message "daily": nothing triggers it`, "packet"},
		{"no window", func(_ *comms.Plan, r *release.Plan, _ *[]release.Event) { r.Overview.Window.Start = value.When{} }, `message "packet": window-opens`, "change"},
		{"no zone", func(_ *comms.Plan, r *release.Plan, _ *[]release.Event) { r.Overview.Zone = "Mars/Olympus" }, `message "daily"`, "packet"},
		{"no channel", func(p *comms.Plan, _ *release.Plan, _ *[]release.Event) { p.Messages[2].Channels = nil }, `message "packet": it has no channel`, "daily"},
		{"no end", func(p *comms.Plan, _ *release.Plan, _ *[]release.Event) { p.Messages[6].Cadence.Until = comms.NoEvent }, `message "war-room": no event ends`, "daily"},
		{"too often", func(p *comms.Plan, _ *release.Plan, _ *[]release.Event) { p.Messages[6].Cadence.Every = 1 }, `message "war-room": cadence`, "daily"},
		{"two of one id", func(p *comms.Plan, _ *release.Plan, _ *[]release.Event) {
			p.Messages = append(p.Messages, p.Messages[2])
		}, `have the key "packet/`, "packet"},
		{"a channel twice", func(p *comms.Plan, _ *release.Plan, _ *[]release.Event) {
			p.Messages[2].Channels = append(p.Messages[2].Channels, p.Messages[2].Channels[0])
		}, `have the key "packet/`, "packet"},
		{"no phase", func(p *comms.Plan, _ *release.Plan, _ *[]release.Event) { p.Messages[0].Phase = comms.NoPhase }, `message "daily": it has no phase`, "packet"},
		{"an event of no time", func(_ *comms.Plan, _ *release.Plan, e *[]release.Event) {
			*e = []release.Event{{ID: "E1", Kind: release.Breach, About: "I1"}}
		}, "events[0].at", "daily"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, r, events := good(), sample.Plan(), []release.Event(nil)
			tt.change(&p, &r, &events)
			s, err := comms.Expand(p, r, events, opens.Add(-30*24*time.Hour), closes.Add(24*time.Hour))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
			if len(lines(s, of(tt.left))) == 0 {
				t.Errorf("%s is not scheduled", tt.left)
			}
		})
	}
	if _, err := comms.Expand(good(), sample.Plan(), nil, opens, opens); err == nil {
		t.Error("an empty span is expanded")
	}
}

// A schedule has a limit, whatever a plan says.
func TestExpandIsBounded(t *testing.T) {
	p, r := good(), sample.Plan()
	p.Messages[6].Cadence.Every = value.Duration(time.Minute)
	r.Overview.Window.End = value.At(opens.AddDate(5, 0, 0))
	s, err := comms.Expand(p, r, nil, opens, opens.AddDate(6, 0, 0))
	if err == nil || len(s.Instants) > comms.MaxInstants+10 {
		t.Errorf("%d instants, error %v", len(s.Instants), err)
	}
}

// Keys are unique, short and harmless, and stay the same whatever the span and
// whatever happens later.
func TestKeysAreStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var events []release.Event
		kinds := []release.EventKind{release.BlockerOpened, release.BlockerClosed, release.Breach, release.Recovery, release.BlockerAcknowledged, release.GoDecision}
		for i := range rapid.IntRange(0, 8).Draw(t, "events") {
			at := opens.Add(time.Duration(rapid.IntRange(-600, 600).Draw(t, "minute")) * time.Minute)
			id := rapid.SampledFrom([]string{"E", "ünï/#", strings.Repeat("x", 90), "a b\n"}).Draw(t, "id")
			events = append(events, event(fmt.Sprintf("%s%d", id, i), rapid.SampledFrom(kinds).Draw(t, "kind"), at,
				rapid.SampledFrom([]string{"B1", "B2"}).Draw(t, "about")))
		}
		slices.SortFunc(events, func(a, b release.Event) int { return cmpInstant(a.At, b.At) })
		from, to := opens.Add(-100*time.Hour), closes.Add(20*time.Hour)
		all, err := comms.Expand(good(), sample.Plan(), events, from, to)
		if err != nil {
			t.Fatal(err)
		}
		moments := map[string]time.Time{}
		for _, in := range all.Instants {
			if _, ok := moments[in.Key]; ok || len(in.Key) > 200 || strings.ContainsFunc(in.Key, func(r rune) bool { return r <= ' ' || r > '~' }) {
				t.Fatalf("key %q", in.Key)
			}
			moments[in.Key] = in.At
		}
		middle := from.Add(time.Duration(rapid.IntRange(1, 7000).Draw(t, "cut")) * time.Minute)
		known := events[:rapid.IntRange(0, len(events)).Draw(t, "known")]
		early, err := comms.Expand(good(), sample.Plan(), known, from, middle)
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range early.Instants {
			if at, ok := moments[in.Key]; ok && !at.Equal(in.At) {
				t.Fatalf("%s moved from %s to %s", in.Key, in.At, at)
			}
		}
		if middle.Before(to) {
			first, err1 := comms.Expand(good(), sample.Plan(), events, from, middle)
			second, err2 := comms.Expand(good(), sample.Plan(), events, middle, to)
			if err := errors.Join(err1, err2); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(all.Instants, slices.Concat(first.Instants, second.Instants)); diff != "" {
				t.Fatalf("two spans are not one: %s", diff)
			}
		}
	})
}

func cmpInstant(a, b value.When) int {
	x, _ := a.Instant()
	y, _ := b.Instant()
	return x.Compare(y)
}

// A span begins with what is at its beginning, and ends before its end.
func TestSpan(t *testing.T) {
	for _, tt := range []struct {
		from, to time.Duration // after the window opens
		want     []string
	}{
		{15 * time.Minute, 45 * time.Minute, []string{"+1", "+2"}},
		{15*time.Minute + 1, 45*time.Minute + 1, []string{"+2", "+3"}},
		{15*time.Minute - 1, 15 * time.Minute, nil},
		{-time.Hour, time.Minute, []string{""}},
		{225 * time.Minute, 300 * time.Minute, []string{"+15"}},
	} {
		var got []string
		for _, in := range expand(t, nil, opens.Add(tt.from), opens.Add(tt.to)).Instants {
			if in.Message == "war-room" {
				got = append(got, strings.TrimPrefix(in.Occasion, "war-room/20261209T030000Z"))
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("from %s to %s (-want +got):\n%s", tt.from, tt.to, diff)
		}
	}
}

// A moved window is told of anew.
func TestMovedWindow(t *testing.T) {
	r := sample.Plan()
	before := lines(expand(t, nil, opens.Add(-100*time.Hour), closes), of("packet"))
	r.Overview.Window.Start, r.Overview.Window.End = value.At(opens.Add(24*time.Hour)), value.At(closes.Add(24*time.Hour))
	s, err := comms.Expand(good(), r, nil, opens.Add(-100*time.Hour), closes.Add(24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if after := lines(s, of("packet")); len(after) != 1 || after[0] == before[0] {
		t.Errorf("the packet of the new window: %v, of the old one %v", after, before)
	}
}
