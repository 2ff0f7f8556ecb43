package sample

import (
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release/value"
)

// Conduct is what was said while the release ran: the daily updates, the
// request for sign-off with its answers, the log of the war room until
// [Open], and a blocker that was escalated after 18 minutes.
func Conduct() comms.Log {
	var l comms.Log
	for _, day := range []string{"2026-11-24", "2026-11-25", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08"} {
		l = l.WithSent(comms.Sent{Message: "daily", At: at(day + "T09:55:00"), By: "barbara", Channels: []comms.ChannelKind{comms.Slack}})
	}
	answer := func(by, local string) comms.Answer { return comms.Answer{By: by, At: at(local), Approves: true} }
	l = l.WithSent(comms.Sent{Message: "packet", At: at("2026-12-07T19:58:00"), By: "barbara", Channels: []comms.ChannelKind{comms.Email}}.
		WithAnswers(answer("edsger", "2026-12-08T09:10:00"), answer("barbara", "2026-12-08T11:45:00")))
	opens := Open.Add(-150 * time.Minute)
	for i := range 11 {
		l = l.WithSent(comms.Sent{Message: "war-room", At: value.At(opens.Add(time.Duration(i) * 14 * time.Minute)), By: "margaret", Channels: []comms.ChannelKind{comms.WarRoom}})
	}
	return l.WithBlockers(comms.Blocker{ID: "BL-1", Critical: true, Opened: at("2026-12-08T13:10:00"), Closed: at("2026-12-08T14:05:00")}).
		WithSent(comms.Sent{Message: "blocker", Blocker: "BL-1", At: at("2026-12-08T13:28:00"), By: "margaret",
			Channels: []comms.ChannelKind{comms.PagerDuty, comms.Email}}.
			WithAnswers(comms.Answer{By: "barbara", At: at("2026-12-08T13:33:00")})).
		WithAttempts(comms.Attempt{Key: "packet/20261208T010000Z/email", At: at("2026-12-07T19:57:00"), Fault: "the mail server is busy"})
}
