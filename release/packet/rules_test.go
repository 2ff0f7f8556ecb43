package packet_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// The fixture is worth something: everything is asked, answered and passed.
func TestGoodPacket(t *testing.T) {
	p, facts := goodPacket(), goodFacts()
	for _, q := range p.Catalog.Queries() {
		if _, n := facts.Find(q); n != 1 {
			t.Errorf("%d answers to %v", n, q)
		}
	}
	for _, d := range p.Decisions.Gates {
		if d.Verdict != gates.Go {
			t.Errorf("%s", d.Explain())
		}
	}
	r := packet.Verify(p, everything())
	for _, rule := range r.Rules {
		if rule.State != check.Passed {
			t.Errorf("%s is %s: %s", rule.Rule, rule.State, rule.Reason)
		}
	}
	if len(r.Findings) != 0 || packet.Verdict(p, r) != gates.Go {
		t.Errorf("%s with %v", packet.Verdict(p, r), r.Findings)
	}
}

// Every rule passes on the good packet and finds something in its own bad one.
func TestRulesAreExamined(t *testing.T) {
	for _, err := range check.Examine(goodPacket, packet.Rules(), options()) {
		t.Error(err)
	}
}

func TestRulesPage(t *testing.T) {
	page, err := packet.RulesPage(goodPacket)
	if err != nil {
		t.Fatal(err)
	}
	golden.Assert(t, "RULES.md", page)
	for _, r := range packet.RenderedRules() {
		if row := "\n| " + r.ID + " | "; strings.Count(string(page), row) != 1 {
			t.Errorf("%s has %d rows, want one", r.ID, strings.Count(string(page), row))
		}
	}
}

func TestRules(t *testing.T) {
	tests := []struct {
		name   string
		change func(*packet.Packet)
		want   []string
	}{
		{"role without holder", func(p *packet.Packet) { p.Plan.Directory.Roles[3].Holders = nil }, []string{
			"COM-014@comms.messages[7].sender", "COM-014@comms.escalation[0].role", "CMP-020@compliance.approvals[8].delegate",
			"CMP-020@compliance.approvals[9].delegate", "X-016@catalog.environments[2].signOffs[0].delegate"}},
		{"role that is none", func(p *packet.Packet) { p.Catalog.Gates[7].SignOffs[0].Role = "boss" },
			[]string{"X-016@catalog.gates[7].signOffs[0].role", "CMP-014@decisions.digests.catalog", "CMP-014@decisions.gates[7].subject",
				"X-003@compliance.approvals[11].responsible"}},
		{"freeze of an unknown environment", func(p *packet.Packet) { p.Plan.Timeline.Freezes[0].Environments = []string{"production", "prod"} },
			append([]string{"X-011@plan.timeline.freezes[0].environments[1]"}, subjects(0, 1, 2, 3, 4, 5, 6, 7)...)},
		{"nothing decided", func(p *packet.Packet) { p.Decisions = gates.Decisions{} }, []string{
			"GATE-026@decisions.gates", "GATE-026@decisions.gates", "GATE-026@decisions.gates", "GATE-026@decisions.gates",
			"GATE-026@decisions.gates", "GATE-026@decisions.gates", "GATE-026@decisions.gates", "GATE-026@decisions.gates"}},
		{"decided twice", func(p *packet.Packet) { p.Decisions.Gates = append(p.Decisions.Gates, p.Decisions.Gates[2]) },
			[]string{"GATE-026@decisions.gates[8].gate"}},
		{"decided although gone", func(p *packet.Packet) {
			d := p.Decisions.Gates[2]
			d.Gate = "moon/entry"
			p.Decisions.Gates = append(p.Decisions.Gates, d)
		}, []string{"GATE-026@decisions.gates[8].gate"}},
		{"gate twice", func(p *packet.Packet) {
			p.Catalog = p.Catalog.WithGates(p.Catalog.Gates[7])
			p.Decisions.Gates = append(p.Decisions.Gates, p.Decisions.Gates[7])
		}, []string{"GATE-021@catalog.gates[8]", "GATE-026@decisions.gates[8].gate", "CMP-014@decisions.digests.catalog"}},
		{"gate changed since", func(p *packet.Packet) { p.Catalog.Gates[2].Criteria[0].MaxAge = value.Duration(time.Hour) },
			append([]string{"CMP-014@decisions.digests.catalog"}, subjects(2)...)},
		{"environment graded down since", func(p *packet.Packet) { p.Catalog.Environments[3].Tier = gates.PreProduction },
			append([]string{"GATE-001@catalog.environments[3].tier", "CMP-014@decisions.digests.catalog"}, subjects(6, 7)...)},
		{"approvals come from elsewhere since", func(p *packet.Packet) { p.Catalog.Approvals[0] = change },
			append([]string{"CMP-014@decisions.digests.catalog"}, subjects(0, 1, 2, 3, 4, 5, 6, 7)...)},
		{"artifact changed since", func(p *packet.Packet) { p.Plan.Overview.Components[0].Artifact = value.Sum(nil) },
			subjects(0, 1, 2, 3, 4, 5, 6, 7)},
		{"status of work changed since", func(p *packet.Packet) { p.Plan.Scope[0].Status = "Reopened" }, nil},
		{"decision of another subject", func(p *packet.Packet) { p.Decisions.Gates[7].Subject = "" }, subjects(7)},
		{"decision run out", func(p *packet.Packet) { p.Decisions.Gates[1].ValidUntil = now }, []string{"GATE-027@decisions.gates[1].validUntil"}},
		{"go without end", func(p *packet.Packet) { p.Decisions.Gates[1].ValidUntil = time.Time{} }, []string{"GATE-027@decisions.gates[1].validUntil"}},
		{"go that just holds", func(p *packet.Packet) { p.Decisions.Gates[1].ValidUntil = now.Add(1) }, nil},
		{"hold that has no end", func(p *packet.Packet) {
			p.Decisions.Gates[1].Verdict, p.Decisions.Gates[1].ValidUntil = gates.Hold, time.Time{}
		}, nil},
		{"answer that does not count", func(p *packet.Packet) {
			p.Decisions.Gates[3].Refused = []gates.Refused{{Approval: "A1", Account: "jira:ada", Code: gates.CodeAuthor}}
		}, []string{"CMP-017@decisions.gates[3].refused[0]"}},
		{"full", func(p *packet.Packet) { *p = fullPacket() }, []string{"TIME-006@plan.dependencies.items[1].due", "NOTE-015@notes.gaps[0]", "NOTE-019@notes.customers.changes[0].text", "CMP-017@decisions.gates[7].refused[0]", "CMP-017@decisions.strays[0]", "CMP-017@decisions.waivers[1]",
			"X-003@compliance.approvals[6].responsible", "X-003@compliance.approvals[7].responsible"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := goodPacket()
			tt.change(&p)
			if diff := cmp.Diff(tt.want, found(p)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// subjects are the findings of decisions that are about something else.
func subjects(gates ...int) []string {
	var list []string
	for _, i := range gates {
		list = append(list, "CMP-014@"+string(check.Path("decisions.gates").Index(i).Field("subject")))
	}
	return list
}

// Without what it needs a rule does not pass.
func TestRulesNotEvaluated(t *testing.T) {
	p := goodPacket()
	if got := checktest.State(t, packet.Verify(p, nil), "GATE-027"); got != check.NotEvaluated {
		t.Errorf("without a clock GATE-027 is %s", got)
	}
	p.Decisions = gates.Decisions{}
	if got := checktest.State(t, packet.Verify(p, nil), "CMP-014"); got != check.NotEvaluated {
		t.Errorf("without decisions CMP-014 is %s", got)
	}
}

// Verify hands on everything that it is given.
func TestVerifyOptions(t *testing.T) {
	p := goodPacket()
	p.Plan.Overview.OutOfScope = nil
	grant := check.Grant{Reason: "a patch", Requester: "ken", Approver: "barbara", Expires: when("2026-12-24")}
	r := packet.Verify(p, &packet.VerifyOptions{Now: now,
		Waivers: []check.Waiver{{Rule: "OVR-007", Path: "plan.overview", Grant: grant}},
		Profile: check.Profile{Name: "patch", Changes: []check.Adjustment{{Rule: "CMP-014", Off: true, Reason: "not signed"}}}})
	if len(r.Findings) != 0 || len(r.Waived) != 1 || r.Waived[0].Finding.Path != "plan.overview.outOfScope" || r.Profile != "patch" {
		t.Errorf("got %+v", r)
	}
	if got := checktest.State(t, r, "CMP-014"); got != check.Off {
		t.Errorf("CMP-014 is %s", got)
	}
}

// Go needs decisions that say so and a report without an error.
func TestVerdict(t *testing.T) {
	good, none := goodPacket(), packet.New(goodPlan(), goodCatalog())
	clean := packet.Verify(good, &packet.VerifyOptions{Now: now})
	with := func(s check.Severity) check.Report {
		r := clean
		r.Findings = check.Findings{{Rule: "x", Severity: s}}
		return r
	}
	refused, held := goodPacket(), goodPacket()
	refused.Decisions.Gates[0].Verdict = gates.NoGo
	refused.Decisions.Gates[1].Verdict = gates.Hold
	held.Decisions.Gates[7].Verdict = gates.Hold
	tests := []struct {
		name   string
		packet packet.Packet
		report check.Report
		want   gates.Verdict
	}{
		{"all go", good, clean, gates.Go},
		{"a warning", good, with(check.Warning), gates.Go},
		{"an error", good, with(check.Error), gates.Hold},
		{"a severity without name", good, with(check.Severity(9)), gates.Hold},
		{"nothing verified", good, check.Report{}, gates.Hold},
		{"no rules run", good, check.Report{Profile: "none", Findings: check.Findings{}}, gates.Hold},
		{"nothing decided", none, clean, gates.Hold},
		{"zero packet", packet.Packet{}, clean, gates.Hold},
		{"one gate holds", held, clean, gates.Hold},
		{"one gate refuses", refused, clean, gates.NoGo},
		{"one gate refuses, with an error", refused, with(check.Error), gates.NoGo},
	}
	for _, tt := range tests {
		if got := packet.Verdict(tt.packet, tt.report); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// The zero packet is wrong in many ways, and no rule breaks on it.
func TestZeroPacket(t *testing.T) {
	r := packet.Verify(packet.Packet{}, &packet.VerifyOptions{Now: now, Facts: &fact.Set{}})
	noPanic(t, r)
	if r.Err() == nil || packet.Verdict(packet.Packet{}, r) != gates.Hold {
		t.Error("the zero packet is fine")
	}
}

func TestNew(t *testing.T) {
	p := packet.New(goodPlan(), goodCatalog())
	want := packet.Packet{Schema: packet.Schema, Plan: goodPlan(), Catalog: goodCatalog()}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	decided := p.WithDecisions(gates.Decisions{DecidedAt: now})
	if !decided.AsOf.Equal(now) || !p.AsOf.IsZero() {
		t.Error("a packet is as of the moment of its decisions")
	}
	if p = p.WithWaivers(gates.Waiver{Gate: "a"}).WithWaivers(gates.Waiver{Gate: "b"}); len(p.Waivers) != 2 || p.Waivers[1].Gate != "b" {
		t.Errorf("got %v", p.Waivers)
	}
	if got, want := packet.Subjects(p), gates.SubjectsOf(goodPlan(), goodCatalog()); !cmp.Equal(got, want) || len(got) != 8 {
		t.Errorf("got %v", got)
	}
}

// Rules look, they do not touch.
func TestVerifyLeavesThePacketAlone(t *testing.T) {
	p := fullPacket()
	packet.Verify(p, &packet.VerifyOptions{Now: now})
	if diff := cmp.Diff(fullPacket(), p); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
