package packet_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// What a packet leaves open, and what is drafted about it.
func TestQuestions(t *testing.T) {
	tests := []struct {
		name   string
		change func(*packet.Packet)
		want   []string // path, addressee, prompt
	}{
		{"nothing is open", func(*packet.Packet) {}, nil},
		{"text to be decided", func(p *packet.Packet) { p.Plan.Risks[0].Mitigation = "TBD" },
			[]string{"plan.risks[0].mitigation", "engineering", `What stands in the place of "TBD"?`}},
		{"text in a note", func(p *packet.Packet) { p.Notes.Customers.Benefits[0] = "The discount is to be determined" },
			[]string{"notes.customers.benefits[0]", "product", `What stands in the place of "to be determined"?`}},
		{"text that names a question", func(p *packet.Packet) { p.Plan.Risks[0].Mitigation = release.TBD(1) }, nil},
		{"text that names no question", func(p *packet.Packet) { p.Plan.Risks[0].Mitigation = release.TBD(17) },
			[]string{"plan.risks[0].mitigation", "engineering", `What stands in the place of "TBD"?`}},
		{"text that the register asks about", func(p *packet.Packet) {
			p.Plan.Risks[0].Mitigation = "TBD"
			p.Plan.Questions.Items[0].About = []check.Path{"plan.risks[0].mitigation"}
		}, nil},
		{"nobody owns a dependency", func(p *packet.Packet) { p.Plan.Dependencies.Items[2].Owner = " " },
			[]string{"plan.dependencies.items[2].owner", "engineering", "Who is owner of dependency D3?"}},
		{"somebody to be named", func(p *packet.Packet) { p.Plan.Dependencies.Items[2].Owner = "TBD" },
			[]string{"plan.dependencies.items[2].owner", "engineering", "Who is owner of dependency D3?"}},
		{"nobody stands in for an approval", func(p *packet.Packet) { p.Compliance.Approvals[1].Delegate = "" },
			[]string{"compliance.approvals[1].delegate", "compliance", "Who is delegate of approval A2?"}},
		{"nobody sends a message", func(p *packet.Packet) { p.Comms.Messages[0].Sender = "" },
			[]string{"comms.messages[0].sender", "product", "Who is sender of message daily?"}},
		{"information without an owner", func(p *packet.Packet) {
			p.Plan.Timeline.Milestones[0].Kind, p.Plan.Timeline.Milestones[0].Owner = release.Information, ""
		}, nil},
		{"criterion that nobody knows", func(p *packet.Packet) {
			p.Decisions.Gates[5].Outcomes[0] = gates.Assessment{Criterion: "p95", Code: gates.CodeMissing}
		}, []string{"catalog.gates[5].criteria[0]", "engineering", "What does p95 of staging/exit come to?"}},
	}
	for _, tt := range tests {
		p := varied()
		tt.change(&p)
		var got []string
		for _, q := range packet.Questions(p) {
			got = append(got, string(q.About[0]), q.Addressee.String(), q.Prompt)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Drafts go on counting where the register ends, name an owner and are due the
// day before the window.
func TestQuestionsAreComplete(t *testing.T) {
	p := varied()
	p.Plan.Risks[0].Mitigation, p.Plan.Risks[1].Owner = "TBD", ""
	got := packet.Questions(p)
	want := []release.Question{
		{Number: 3, Text: `Not decided: "TBD"`, Owner: "release-manager", Due: when("2026-12-07[America/New_York]"), Blocking: true,
			Addressee: release.Engineering, Prompt: `What stands in the place of "TBD"?`, About: []check.Path{"plan.risks[0].mitigation"}},
		{Number: 4, Text: "Nobody is named as owner of risk R2", Owner: "release-manager", Due: when("2026-12-07[America/New_York]"), Blocking: true,
			Addressee: release.Engineering, Prompt: "Who is owner of risk R2?", About: []check.Path{"plan.risks[1].owner"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	p.Plan = p.Plan.WithQuestions(got...)
	if again := packet.Questions(p); len(again) != 0 {
		t.Errorf("what the register asks is asked again: %v", again)
	}
	p.Plan.Overview.Window.Start = value.When{}
	if q := packet.Questions(p.Clone()); len(q) != 0 {
		t.Errorf("got %v", q)
	}
}
