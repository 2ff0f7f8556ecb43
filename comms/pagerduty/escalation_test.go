package pagerduty_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/commstest"
	"github.com/tidegate-go/tidegate/comms/courier"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Levels at 0, 15, 30 and 60 minutes are called until a person acknowledges: that
// PagerDuty took the event, or that a service touched the incident, is not enough.
func TestEscalation(t *testing.T) {
	s := start(t)
	s.incidents = `{"incidents":[{"status":"triggered","acknowledgements":[]}]}`
	opened := time.Date(2026, 12, 9, 4, 2, 0, 0, time.UTC)
	service := []comms.Channel{{Kind: comms.PagerDuty, Address: "shop"}}
	minutes := func(n int) value.Duration { return value.Duration(time.Duration(n) * time.Minute) }
	plan := comms.NewPlan().WithEscalation(comms.Level{Role: "a", Channels: service}, comms.Level{After: minutes(15), Role: "b", Channels: service},
		comms.Level{After: minutes(30), Role: "c", Channels: service}, comms.Level{After: minutes(60), Role: "d", Channels: service})
	events := []release.Event{{ID: "E1", Kind: release.BlockerOpened, At: value.At(opened), About: "BL-1", Text: "Checkout errors", Critical: true}}
	schedule, err := comms.Expand(plan, release.Plan{}, events, opened, opened.Add(2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	var journal commstest.Journal
	now, sender := opened, s.sender(t)
	c := courier.New(func(comms.Channel) (comms.Sender, bool) { return sender, true },
		func(in comms.Standing) (comms.Letter, error) {
			return comms.Letter{Source: "shop", Subject: in.Event.Text, Body: in.Event.About, Urgent: true}, nil
		}, &journal, func() time.Time { return now })
	c.Directory = release.Directory{People: []release.Person{{ID: "edsger", Accounts: []fact.Account{{System: "pagerduty", ID: "PEDS"}}}}}
	log := journal.Log()
	for ; now.Before(opened.Add(2 * time.Hour)); now = now.Add(time.Minute) {
		switch now.Sub(opened) {
		case 20 * time.Minute:
			s.incidents = `{"incidents":[{"status":"acknowledged","acknowledgements":[{"at":"2026-12-09T04:21:00Z","acknowledger":{"id":"PSVC","type":"service_reference"}}]}]}`
		case 41 * time.Minute:
			s.incidents = `{"incidents":[{"status":"acknowledged","acknowledgements":[{"at":"2026-12-09T04:42:30Z","acknowledger":{"id":"PEDS","type":"user_reference"}}]}]}`
		}
		if log, err = c.Round(context.Background(), schedule, log); err != nil {
			t.Fatal(err)
		}
	}
	var keys []string
	for _, e := range s.events {
		keys = append(keys, e["dedup_key"].(string))
	}
	want := []string{"escalation/E1/PT0S/pagerduty", "escalation/E1/PT15M/pagerduty", "escalation/E1/PT30M/pagerduty"}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("paged (-want +got):\n%s", diff)
	}
	var states []comms.State
	for _, standing := range schedule.Standings(now, log) {
		states = append(states, standing.State)
	}
	if !slices.Equal(states, []comms.State{comms.Done, comms.Done, comms.Done, comms.Superseded}) {
		t.Errorf("the levels are %v", states)
	}
}
