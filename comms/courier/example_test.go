package courier_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/commstest"
	"github.com/tidegate-go/tidegate/comms/courier"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// What is due goes out, and who asks again has nothing to send.
func ExampleNew() {
	now := time.Date(2026, 12, 9, 3, 0, 0, 0, time.UTC)
	plan := comms.NewPlan(comms.NewMessage("start", comms.During, comms.At(value.At(now))).
		WithChannels(comms.Channel{Kind: comms.Slack, Address: "#releases"}))
	schedule, err := comms.Expand(plan, release.Plan{}, nil, now, now.Add(time.Hour))
	if err != nil {
		fmt.Println(err)
	}
	var slack commstest.Recorder
	var journal commstest.Journal
	c := courier.New(
		func(comms.Channel) (comms.Sender, bool) { return &slack, true },
		func(comms.Standing) (comms.Letter, error) { return comms.Letter{Body: "2026.12.0 starts."}, nil },
		&journal, func() time.Time { return now })
	for range 2 {
		if _, err := c.Round(context.Background(), schedule, journal.Log()); err != nil {
			fmt.Println(err)
		}
	}
	for _, l := range slack.Taken() {
		fmt.Println(l.Key, l.Channel.Address, l.Body)
	}
	// Output: start/20261209T030000Z/slack #releases 2026.12.0 starts.
}
