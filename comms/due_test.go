package comms_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestDue(t *testing.T) {
	opened := opens.Add(time.Hour)
	blocker := []release.Event{event("E1", release.BlockerOpened, opened, "BL-1")}
	closed := func(after time.Duration) []release.Event {
		return append(blocker[:1:1], event("E2", release.BlockerClosed, opened.Add(after), "BL-1"))
	}
	sent := func(key string, at time.Time) comms.Sent { return comms.Sent{Key: key, At: value.At(at), Attempts: 1} }
	paged := comms.Sent{Key: "escalation/E1/PT0S/pagerduty", Level: 1, Blocker: "BL-1", At: value.At(opened)}
	began := func(key string, at time.Time, fault string) comms.Attempt {
		return comms.Attempt{Key: key, At: value.At(at), Fault: fault}
	}
	packet := "packet/20261208T010000Z/email"
	asked := time.Date(2026, 12, 8, 1, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		events []release.Event
		now    time.Time
		log    comms.Log
		key    string
		want   comms.State
	}{
		{"before its moment", nil, asked.Add(-1), comms.Log{}, packet, comms.Waiting},
		{"at its moment", nil, asked, comms.Log{}, packet, comms.Due},
		{"still on time", nil, asked.Add(comms.OnTime), comms.Log{}, packet, comms.Due},
		{"late", nil, asked.Add(comms.OnTime + 1), comms.Log{}, packet, comms.Late},
		{"late, and never lost", nil, closes.Add(11 * time.Hour), comms.Log{}, packet, comms.Late},
		{"sent, and nobody answered", nil, asked.Add(time.Hour), comms.NewLog(sent(packet, asked)), packet, comms.Unanswered},
		{"answered", nil, asked.Add(time.Hour), comms.NewLog(sent(packet, asked).WithAnswers(comms.Answer{By: "barbara", At: value.At(asked), Approves: true})), packet, comms.Done},
		{"answered at no moment", nil, asked.Add(time.Hour), comms.NewLog(sent(packet, asked).WithAnswers(comms.Answer{By: "barbara"})), packet, comms.Unanswered},
		{"wants no answer", nil, opens, comms.NewLog(sent("notice/20261206T030000Z/status-page", opens)), "notice/20261206T030000Z/status-page", comms.Done},
		{"yesterday's update", nil, opens.Add(-12 * time.Hour), comms.Log{}, "daily/2026-12-07/slack", comms.Missed},
		{"yesterday's update, under way", nil, opens.Add(-12 * time.Hour), comms.Log{}.WithAttempts(began("daily/2026-12-07/slack", asked, "")), "daily/2026-12-07/slack", comms.Late},
		{"yesterday's update, under way and then failed", nil, opens.Add(-12 * time.Hour),
			comms.Log{}.WithAttempts(began("daily/2026-12-07/slack", asked, ""), began("daily/2026-12-07/slack", asked, "down")), "daily/2026-12-07/slack", comms.Late},
		{"yesterday's update, failed", nil, opens.Add(-12 * time.Hour), comms.Log{}.WithAttempts(began("daily/2026-12-07/slack", asked, "down")), "daily/2026-12-07/slack", comms.Missed},
		{"a tick before the next", nil, opens.Add(15*time.Minute - 1), comms.Log{}, "war-room/20261209T030000Z/war-room", comms.Late},
		{"a tick after the next", nil, opens.Add(15 * time.Minute), comms.Log{}, "war-room/20261209T030000Z/war-room", comms.Missed},

		{"the first page", blocker, opened, comms.Log{}, "escalation/E1/PT0S/pagerduty", comms.Due},
		{"paged, not acknowledged", blocker, opened.Add(time.Minute), comms.NewLog(paged), "escalation/E1/PT0S/pagerduty", comms.Unanswered},
		{"the next level", blocker, opened.Add(15 * time.Minute), comms.NewLog(paged), "escalation/E1/PT15M/pagerduty", comms.Due},
		{"acknowledged before the next level", blocker, opened.Add(15 * time.Minute), comms.NewLog(paged.WithAnswers(comms.Answer{By: "edsger", At: value.At(opened.Add(14 * time.Minute))})),
			"escalation/E1/PT15M/pagerduty", comms.Superseded},
		{"acknowledged after it", blocker, opened.Add(17 * time.Minute), comms.NewLog(paged.WithAnswers(comms.Answer{By: "edsger", At: value.At(opened.Add(16 * time.Minute))})),
			"escalation/E1/PT15M/pagerduty", comms.Due},
		{"acknowledged: the page is done", blocker, opened.Add(17 * time.Minute), comms.NewLog(paged.WithAnswers(comms.Answer{By: "edsger", At: value.At(opened.Add(16 * time.Minute))})),
			"escalation/E1/PT0S/pagerduty", comms.Done},
		{"an answer from before it was opened", blocker, opened.Add(17 * time.Minute), comms.NewLog(paged.WithAnswers(comms.Answer{By: "edsger", At: value.At(opened.Add(-1))})),
			"escalation/E1/PT0S/pagerduty", comms.Unanswered},
		{"acknowledged, says an event", append(blocker[:1:1], event("E2", release.BlockerAcknowledged, opened.Add(5*time.Minute), "BL-1")), opened.Add(15 * time.Minute), comms.NewLog(paged),
			"escalation/E1/PT15M/pagerduty", comms.Superseded},
		{"of another blocker", append(blocker[:1:1], event("E2", release.BlockerAcknowledged, opened.Add(5*time.Minute), "BL-2")), opened.Add(15 * time.Minute), comms.NewLog(paged),
			"escalation/E1/PT15M/pagerduty", comms.Due},
		{"the committee is told although somebody acknowledged", blocker, opened.Add(30 * time.Minute), comms.NewLog(paged.WithAnswers(comms.Answer{By: "edsger", At: value.At(opened.Add(time.Minute))})),
			"blocker/E1/email", comms.Due},
		{"closed: nobody has to answer the page any more", closed(5 * time.Minute), opened.Add(5 * time.Minute), comms.NewLog(paged), "escalation/E1/PT0S/pagerduty", comms.Done},
		{"not closed yet", closed(5 * time.Minute), opened.Add(5*time.Minute - 1), comms.NewLog(paged), "escalation/E1/PT0S/pagerduty", comms.Unanswered},
		{"closed before the next level", closed(5 * time.Minute), opened.Add(15 * time.Minute), comms.NewLog(paged), "escalation/E1/PT15M/pagerduty", comms.Superseded},
		{"closed before the committee was due", closed(29 * time.Minute), opened.Add(31 * time.Minute), comms.NewLog(paged), "blocker/E1/email", comms.Superseded},
		{"closed when it was due", closed(30 * time.Minute), opened.Add(31 * time.Minute), comms.NewLog(paged), "blocker/E1/email", comms.Due},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := expand(t, tt.events, opens.Add(-72*time.Hour), closes.Add(12*time.Hour))
			for _, standing := range s.Standings(tt.now, tt.log) {
				if standing.Key == tt.key {
					if standing.State != tt.want {
						t.Errorf("%s is %s, want %s", tt.key, standing.State, tt.want)
					}
					return
				}
			}
			t.Fatalf("%s is not scheduled", tt.key)
		})
	}
}

// A blocker that is not critical pages nobody of the committee.
func TestNotCritical(t *testing.T) {
	e := event("E1", release.BlockerOpened, opens, "BL-1")
	e.Critical = false
	s := expand(t, []release.Event{e}, opens, closes)
	if got := append(lines(s, of("blocker")), lines(s, of(""))...); len(got) != 0 {
		t.Errorf("somebody is paged: %v", got)
	}
}

// A failed attempt waits, longer each time, and never for ever.
func TestRetry(t *testing.T) {
	s := expand(t, nil, opens.Add(-time.Hour), closes)
	key, log := "start/20261209T030000Z/status-page", comms.Log{}
	var waits []time.Duration
	for range 9 {
		log = log.WithAttempts(comms.Attempt{Key: key, At: value.At(opens), Fault: "503"})
		for _, standing := range s.Due(opens, log) {
			if standing.Key == key {
				waits = append(waits, standing.Retry.Sub(opens))
				if standing.Owed(standing.Retry.Add(-1)) || !standing.Owed(standing.Retry) {
					t.Errorf("after %d attempts it is owed at the wrong moment", standing.Attempts)
				}
			}
		}
	}
	sec := func(n int) time.Duration { return time.Duration(n) * time.Second }
	want := []time.Duration{sec(5), sec(10), sec(20), sec(40), sec(60), sec(60), sec(60), sec(60), sec(60)}
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is due depends on nothing but plan, events, clock and log.
func TestDueIsPure(t *testing.T) {
	s := expand(t, nil, opens.Add(-72*time.Hour), closes)
	log := comms.NewLog(comms.Sent{Key: "notice/20261206T030000Z/status-page", At: value.At(opens)}).
		WithAttempts(comms.Attempt{Key: "packet/20261208T010000Z/email", At: value.At(opens)})
	before := log.Clone()
	first := s.Due(opens, log)
	if diff := cmp.Diff(first, s.Due(opens, log)); diff != "" {
		t.Errorf("two answers: %s", diff)
	}
	if diff := cmp.Diff(before, log); diff != "" {
		t.Errorf("the log has changed: %s", diff)
	}
}
