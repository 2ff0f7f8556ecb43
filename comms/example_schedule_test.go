package comms_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// A summary is owed ten hours after the window, whatever happened.
func ExampleExpand() {
	end := time.Date(2026, 12, 9, 7, 0, 0, 0, time.UTC)
	rel := release.NewPlan("Holiday checkout", "2026.12.0").WithOverview(release.Overview{Window: release.Window{End: value.At(end)}})
	plan := comms.NewPlan(comms.NewMessage("summary", comms.Post, comms.After(comms.WindowCloses, value.Duration(10*time.Hour))).
		WithChannels(comms.Channel{Kind: comms.Email, Address: "stakeholders@example.com"}))
	schedule, err := comms.Expand(plan, rel, nil, end, end.Add(12*time.Hour))
	for _, in := range schedule.Instants {
		fmt.Println(in.At.Format(time.RFC3339), in.Key, err)
	}
	// Output: 2026-12-09T17:00:00Z summary/20261209T170000Z/email <nil>
}

// A page that nobody acknowledges calls the next level.
func ExampleSchedule_Due() {
	opened := time.Date(2026, 12, 9, 4, 2, 0, 0, time.UTC)
	page := []comms.Channel{{Kind: comms.PagerDuty, Address: "checkout"}}
	plan := comms.NewPlan().WithEscalation(
		comms.Level{Role: "sre-on-call", Channels: page},
		comms.Level{After: value.Duration(15 * time.Minute), Role: "sre-lead", Channels: page})
	events := []release.Event{{ID: "E1", Kind: release.BlockerOpened, At: value.At(opened), About: "BL-1", Critical: true}}
	schedule, err := comms.Expand(plan, release.Plan{}, events, opened, opened.Add(time.Hour))
	if err != nil {
		fmt.Println(err)
	}
	first := comms.Sent{Key: "escalation/E1/PT0S/pagerduty", Level: 1, Blocker: "BL-1", At: value.At(opened)}
	now := opened.Add(20 * time.Minute)
	for _, s := range schedule.Due(now, comms.NewLog(first)) {
		fmt.Println(s.Key, s.State)
	}
	first = first.WithAnswers(comms.Answer{By: "edsger", At: value.At(opened.Add(9 * time.Minute))})
	for _, s := range schedule.Due(now, comms.NewLog(first)) {
		fmt.Println(s.Key, s.State)
	}
	// Output:
	// escalation/E1/PT0S/pagerduty unanswered
	// escalation/E1/PT15M/pagerduty due
	// escalation/E1/PT15M/pagerduty superseded
}

func ExampleBlockersOf() {
	at := func(minute int) value.When { return value.At(time.Date(2026, 12, 9, 4, minute, 0, 0, time.UTC)) }
	events := []release.Event{
		{ID: "E1", Kind: release.BlockerOpened, At: at(2), About: "BL-1", Critical: true},
		{ID: "E2", Kind: release.BlockerClosed, At: at(50), About: "BL-1"},
	}
	for _, b := range comms.BlockersOf(events) {
		fmt.Println(b.ID, b.Critical, b.Closed)
	}
	// Output: BL-1 true 2026-12-09T04:50:00Z
}

// What a channel does not take is an error, or is cut and says so.
func ExampleLetter_Fit() {
	l := comms.Letter{Key: "daily/2026-12-07/slack", Channel: comms.Channel{Kind: comms.Slack, Address: "#eng-leadership"},
		Body: strings.Repeat("All is well. ", 4000)}
	_, err := l.Fit()
	fmt.Println(strings.ReplaceAll(err.Error(), "\n", "; "))
	l.Link = "https://wiki.example.com/daily"
	l, err = l.Fit()
	fmt.Println(l.Body[strings.LastIndexByte(l.Body, '\n')+1:], err)
	// Output:
	// comms: letter "daily/2026-12-07/slack": the body has 52000 characters, slack takes 40000; and it has no link to where all of it is
	// (Cut: 39922 of 52000 characters. All of it: https://wiki.example.com/daily) <nil>
}
