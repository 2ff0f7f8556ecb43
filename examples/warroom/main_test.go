package main

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// given is the release of the run: the sample, with one more level of the
// escalation, and what its gates come to at the moments at which they are decided.
func given() (packet.Packet, []gates.Decisions) {
	p := sample.Packet()
	p.Comms = p.Comms.WithEscalation(comms.Level{After: value.Duration(time.Hour), Audience: comms.Leadership, Role: "release-manager", Delegate: "release-deputy",
		Channels: []comms.Channel{{Kind: comms.PagerDuty, Address: "shop-leadership"}}})
	var all []gates.Decisions
	opens, _ := p.Plan.Overview.Window.Start.Instant()
	for _, at := range []time.Time{opens.Add(-36 * time.Hour), opens.Add(-12 * time.Hour), opens} {
		all = append(all, gates.Evaluate(p.Catalog, gates.Input{
			Plan: p.Plan, Facts: sample.Facts(p.Plan, p.Catalog, at), Now: at.UTC(), Barred: []string{"ken", "margaret"},
			Subjects: packet.Subjects(p), Waivers: p.Waivers, Custom: sample.Checks(),
		}))
	}
	return p, all
}

// The embedded release is current.
func TestGiven(t *testing.T) {
	p, decisions := given()
	for name, v := range map[string]any{"packet.json": p, "decisions.json": decisions} {
		text, err := packet.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		golden.Assert(t, filepath.Join("testdata", name), text)
	}
}
