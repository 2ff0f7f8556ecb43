package packet_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
)

// A packet says it, whether all decisions do, or only one of them, or the facts
// that it is verified with; it is a warning, which production needs a waiver for.
func TestUnpinnedIsFound(t *testing.T) {
	facts := fact.NewSet(fact.Result{Query: fact.NewQuery("jira", "count", fact.Number("1")), Program: fact.Program{Trust: fact.Unpinned}})
	pinned := fact.NewSet(fact.Result{Query: fact.NewQuery("jira", "count", fact.Number("1")), Program: fact.Program{Trust: fact.Pinned}})
	tests := map[string]struct {
		edit  func(*packet.Packet)
		facts *fact.Set
		want  []string
	}{
		"pinned":        {func(*packet.Packet) {}, &pinned, nil},
		"the decisions": {func(p *packet.Packet) { p.Decisions.Unpinned = []string{"datadog", "jira"} }, nil, []string{"decisions.unpinned[0]", "decisions.unpinned[1]"}},
		"one decision":  {func(p *packet.Packet) { p.Decisions.Gates[2].Unpinned = []string{"jira"} }, nil, []string{"decisions.gates[2].unpinned[0]"}},
		"both": {func(p *packet.Packet) {
			p.Decisions.Unpinned, p.Decisions.Gates[2].Unpinned = []string{"jira"}, []string{"jira"}
		}, nil, []string{"decisions.unpinned[0]"}},
		"the facts alone": {func(*packet.Packet) {}, &facts, []string{"decisions.unpinned"}},
		"the facts too":   {func(p *packet.Packet) { p.Decisions.Unpinned = []string{"jira"} }, &facts, []string{"decisions.unpinned[0]"}},
		"nothing decided": {func(p *packet.Packet) { p.Decisions.Gates = nil }, &facts, []string{"decisions.unpinned"}},
		"nothing known":   {func(p *packet.Packet) { p.Decisions.Gates = nil }, nil, nil},
	}
	for name, tt := range tests {
		p := sample.Packet()
		tt.edit(&p)
		r := packet.Verify(p, &packet.VerifyOptions{Facts: tt.facts, Now: sample.Open})
		if diff := cmp.Diff(tt.want, of("GATE-035", r)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		for _, f := range r.Findings {
			if f.Rule == "GATE-035" && f.Severity != check.Warning {
				t.Errorf("%s: %v", name, f)
			}
		}
	}
}
