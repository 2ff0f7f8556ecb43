package sample

import (
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// Packet is the whole of the release of [Plan] as of [Decided]: what was due is
// done, every gate is Go, and no rule finds anything.
func Packet() packet.Packet { return decided().packet.WithWaivers() }

// Facts are those that the packet is decided on.
func Facts() fact.Set { return fact.NewSet(decided().facts.Results...) }

var decided = sync.OnceValue(func() struct {
	packet packet.Packet
	facts  fact.Set
} {
	p := packet.New(opened(), Catalog()).WithNotes(Notes()).WithComms(Comms()).WithCompliance(logged())
	var all []component
	for _, c := range p.Plan.Overview.Components {
		all = append(all, component{c.Name, c.Version, c.Artifact})
	}
	facts := facts(packet.Subjects(p), all)
	p.Plan, _ = release.Refresh(p.Plan, facts)
	p = p.WithDecisions(gates.Evaluate(p.Catalog, gates.Input{Plan: p.Plan, Facts: facts, Now: Decided, Subjects: packet.Subjects(p)}))
	return struct {
		packet packet.Packet
		facts  fact.Set
	}{packet.Record(p), facts}
})

// opened is the plan as it is when the window is open: what was due is done.
func opened() release.Plan {
	p := Plan()
	p.Timeline.Milestones[4].Completed = at("2026-12-07T14:50:00")
	p.Timeline.Milestones[5].Completed = at("2026-12-07T20:00:00")
	p.Questions.Items[0].Answer = release.Answer{Text: "The store answered on the day", By: "ken", At: at("2026-12-07T09:00:00")}
	recorded := &p.Checklists.Deployment[1] // the go decision
	recorded.State = release.TaskState{Done: true, By: "barbara", At: at("2026-12-08T22:05:00")}
	p.Directory.Roles[6].Delegations = []release.Delegation{{To: "barbara", From: When("2026-12-03[America/New_York]"),
		Until: When("2026-12-06[America/New_York]"), Reason: "The QA lead wrote part of the change"}}
	p.Directory.Roles[8].Holders = []string{"barbara", "frances"}
	return p.WithPeople(person("frances", "Frances"))
}

// logged is the compliance log with the last answers.
func logged() compliance.Log {
	l := Compliance()
	board, entry, exit := &l.Approvals[3], &l.Approvals[10], &l.Approvals[11]
	*board = board.Approve("frances", at("2026-12-07T14:50:00"), value.Sum([]byte(board.ID)))
	*entry = entry.Approve("barbara", at("2026-12-08T21:30:00"), value.Sum([]byte(entry.ID)))
	*exit = exit.Approve("edsger", at("2026-12-08T22:25:00"), value.Sum([]byte(exit.ID)))
	for _, a := range []*compliance.Approval{board, entry, exit} {
		a.Evidence.Digest = value.Sum([]byte("evidence of " + a.ID))
	}
	return l
}

// Conduct is what was said while the release ran: the daily updates, the
// request for sign-off with its answers, the log of the war room until
// [Decided], and a blocker that was escalated after 18 minutes.
func Conduct() comms.Log {
	var l comms.Log
	for _, day := range []string{"2026-11-24", "2026-11-25", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08"} {
		l = l.WithSent(comms.Sent{Message: "daily", At: at(day + "T09:55:00"), By: "barbara", Channels: []comms.ChannelKind{comms.Slack}})
	}
	answer := func(by, local string) comms.Answer { return comms.Answer{By: by, At: at(local), Approves: true} }
	l = l.WithSent(comms.Sent{Message: "packet", At: at("2026-12-07T19:58:00"), By: "barbara", Channels: []comms.ChannelKind{comms.Email}}.
		WithAnswers(answer("edsger", "2026-12-08T09:10:00"), answer("barbara", "2026-12-08T11:45:00")))
	opens := at2("2026-12-08T22:00:00")
	for i := range 3 {
		l = l.WithSent(comms.Sent{Message: "war-room", At: value.At(opens.Add(time.Duration(i) * 14 * time.Minute)), By: "margaret", Channels: []comms.ChannelKind{comms.WarRoom}})
	}
	return l.WithBlockers(comms.Blocker{ID: "BL-1", Critical: true, Opened: at("2026-12-08T13:10:00"), Closed: at("2026-12-08T14:05:00")}).
		WithSent(comms.Sent{Message: "blocker", Blocker: "BL-1", At: at("2026-12-08T13:28:00"), By: "margaret",
			Channels: []comms.ChannelKind{comms.PagerDuty, comms.Email}}.
			WithAnswers(comms.Answer{By: "barbara", At: at("2026-12-08T13:33:00")}))
}
