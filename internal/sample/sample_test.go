package sample_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// The sample is what it says: everything is asked, answered and passed, and no
// rule finds anything or lacks what it needs.
func TestPacket(t *testing.T) {
	p := sample.Packet()
	facts := sample.Facts(p.Plan, p.Catalog, sample.Open)
	for _, q := range p.Catalog.Queries() {
		if _, n := facts.Find(q); n != 1 {
			t.Errorf("%d answers to %v", n, q)
		}
	}
	for _, d := range p.Decisions.Gates {
		for _, o := range d.Outcomes {
			if d.Verdict != gates.Go || o.Raw != gates.Pass {
				t.Errorf("%s of %s: %s\n%s", o.Criterion, d.Gate, o.Sentence(), d.Explain())
			}
		}
	}
	r := packet.Verify(p, &packet.VerifyOptions{Now: sample.Open, Facts: &facts})
	for _, f := range r.Findings {
		t.Error(f)
	}
	for _, rule := range r.Rules {
		if rule.State != check.Passed {
			t.Errorf("%s is %s: %s", rule.Rule, rule.State, rule.Reason)
		}
	}
	if got := packet.Verdict(p, r); got != gates.Go {
		t.Errorf("the packet is %s", got)
	}
}
