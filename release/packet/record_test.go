package packet_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/packet"
)

// The log says of every gate what its decision counts.
func TestRecord(t *testing.T) {
	p := varied()
	i := 9 // staging/exit, of the SRE lead
	subject, _ := p.Decisions.Find("staging/exit")
	type entry struct {
		Status, By, At, Reason string
		Delegated              bool
	}
	of := func(p packet.Packet) entry {
		a := packet.Record(p).Compliance.Approvals[i]
		if a.Status == compliance.Approved && a.Subject != subject.Subject {
			t.Errorf("approved is %s, not the gate's subject", a.Subject)
		}
		return entry{a.Status.String(), a.By, a.At.String(), a.Reason, a.ByDelegate}
	}
	signed := "2026-12-08T23:30:00-05:00[America/New_York]"
	tests := []struct {
		name   string
		change func(*packet.Packet)
		want   entry
	}{
		{"signed", func(*packet.Packet) {}, entry{"approved", "edsger", signed, "", false}},
		{"signed by the delegate", func(p *packet.Packet) {
			p.Compliance.Approvals[i].Reason = "the SRE lead is away"
			p.Decisions.Gates[5].SignOffs[0].By[0].Delegated = true
		}, entry{"approved", "edsger", signed, "the SRE lead is away", true}},
		{"not signed", func(p *packet.Packet) { p.Decisions.Gates[5].SignOffs[0].By = nil }, entry{"pending", "", "", "", false}},
		{"rejected", func(p *packet.Packet) {
			p.Decisions.Gates[5].Reasons = []gates.Reason{{Code: gates.CodeRejected, Verdict: gates.NoGo, About: "edsger"}}
		}, entry{"rejected", "edsger", "2026-12-09T00:30:00-05:00[America/New_York]", "edsger: rejected", false}},
		{"not decided", func(p *packet.Packet) { p.Decisions.Gates[5].Gate = "perf/exit" },
			entry{"approved", "edsger", "2026-12-04T17:30:00-05:00[America/New_York]", "", false}},
	}
	for _, tt := range tests {
		p := varied()
		if tt.name == "not decided" {
			subject.Subject = p.Compliance.Approvals[i].Subject
		}
		tt.change(&p)
		before := p.Clone()
		if diff := cmp.Diff(tt.want, of(p)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(before, p); diff != "" {
			t.Errorf("%s: the packet itself is changed (-want +got):\n%s", tt.name, diff)
		}
	}
}
