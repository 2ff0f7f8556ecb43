package sample

import (
	"time"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// Open lies inside of the deployment window, two and a half hours after it
// opened. It is the moment of [Packet].
var Open = time.Date(2026, time.December, 9, 5, 30, 0, 0, time.UTC)

// Ready is [Plan] as it is at [Open]: what was due is done, by whom and when.
func Ready() release.Plan {
	p := Plan()
	for i, done := range map[int]string{4: "2026-12-07T14:50:00", 5: "2026-12-07T20:00:00"} {
		p.Timeline.Milestones[i].Completed = at(done)
	}
	for i := range p.Dependencies.Items {
		p.Dependencies.Items[i].Status = release.Ready
	}
	for i, status := range []string{"Done", "Done", "In Progress", "To Do"} {
		p.Scope[i].Status = status
	}
	p.Questions.Items[0].Answer = release.Answer{Text: "The store answered on the day", By: "ken", At: at("2026-12-07T09:00:00")}
	holder := map[string]string{"release-manager": "barbara", "sre-lead": "edsger", "dev-lead": "ada"}
	for _, phase := range [][]release.Task{p.Checklists.PreRelease, p.Checklists.Deployment} {
		for i := range phase {
			if !phase[i].State.Done {
				phase[i].State = release.TaskState{Done: true, By: holder[phase[i].Role], At: at("2026-12-08T22:05:00")}
			}
		}
	}
	for i := range p.Checklists.PreRelease[1:] {
		p.Checklists.PreRelease[1+i].State.At = at("2026-12-04T15:00:00")
	}
	return p
}

// Packet is the release at [Open], in which every deliverable is complete and
// every gate is passed.
func Packet() packet.Packet {
	p := packet.New(Ready(), Catalog()).WithNotes(Notes()).WithComms(Comms()).WithCompliance(Compliance())
	board := &p.Compliance.Approvals[3]
	*board = board.Approve("edsger", at("2026-12-07T14:50:00"), value.Sum([]byte("CHG-4471"))).Delegated("The committee asked the SRE lead")
	board.Evidence.Digest = value.Sum([]byte("evidence of A4"))
	for _, i := range []int{10, 11} {
		p.Compliance.Approvals[i] = p.Compliance.Approvals[i].WithEvidence(
			compliance.Evidence{Digest: value.Sum([]byte("evidence of " + p.Compliance.Approvals[i].ID)), Format: "Jira issue"})
	}
	p.Compliance = p.Compliance.WithApprovals(approved(
		compliance.NewApproval("A14", "Privacy assessment PIA-77", "release-manager", "release-deputy").WithControls("CC3.2").WithClauses("4.8"),
		"barbara", "2026-11-20T15:00:00"))
	return packet.Record(Decide(p))
}

// Decide evaluates the gates of a packet at [Open], when [Facts] answer them.
func Decide(p packet.Packet) packet.Packet {
	return p.WithDecisions(gates.Evaluate(p.Catalog, gates.Input{
		Plan: p.Plan, Facts: Facts(p.Plan, p.Catalog, Open), Now: Open, Barred: []string{"ken", "margaret"},
		Subjects: packet.Subjects(p), Waivers: p.Waivers, Custom: Checks(),
	}))
}
