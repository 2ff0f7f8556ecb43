package packet_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// told lists where one rule finds something in the packet, each place once, or
// the state of the rule if it is neither that nor passed.
func told(t *testing.T, rule string, p packet.Packet, opts *packet.VerifyOptions) []string {
	t.Helper()
	r := packet.Verify(p, opts)
	noPanic(t, r)
	var list []string
	for _, f := range r.Findings {
		if f.Rule == rule && !slices.Contains(list, string(f.Path)) {
			list = append(list, string(f.Path))
		}
	}
	if s := checktest.State(t, r, rule); s == check.NotEvaluated {
		list = append(list, s.String())
	}
	return list
}

const unevaluated = "not-evaluated"

func TestCrossRules(t *testing.T) {
	type change = func(*packet.Packet)
	objective := func(text string) change {
		return func(p *packet.Packet) { p.Plan.Overview.Objectives[0] = text }
	}
	callout := func(text string) change {
		return func(p *packet.Packet) { p.Notes.Leadership.Risks[0].Text = text } // of R1: high, medium
	}
	customers := func(text string) change {
		return func(p *packet.Packet) { p.Notes.Customers.Changes[0].Text = text }
	}
	first, told1 := []string{"plan.overview.objectives[0]"}, []string{"notes.customers.changes[0].text"}
	risk := []string{"notes.leadership.risks[0].text"}
	tests := []struct {
		rule, name string
		change     change
		want       []string
	}{
		{"X-001", "a register that is empty on somebody's word", func(p *packet.Packet) {
			p.Plan.Questions = release.Questions{None: release.Negative{By: "barbara", Reason: "all are answered"}}
		}, nil},
		{"X-001", "no notes", func(p *packet.Packet) { *p = p.WithNotes(packet.Packet{}.Notes) }, []string{"notes"}},
		{"X-001", "nothing", func(p *packet.Packet) { *p = packet.Packet{} }, []string{"plan.overview", "plan.dependencies", "plan.timeline",
			"catalog.gates", "plan.checklists", "notes", "comms", "compliance", "plan.questions"}},

		{"X-005", "another version of a component", objective("Gift cards need payments-api 7.4.0"), first},
		{"X-005", "another version with a v", objective("Gift cards need payments-api v7.4.0"), first},
		{"X-005", "another version, in words", objective("Gift cards need payments-api version 7.4.0"), first},
		{"X-005", "another version of the release", objective("Holiday checkout 2026.12.1 pays with gift cards"), first},
		{"X-005", "the version", objective("Gift cards need payments-api 7.3.1 and orders-api v4.12.0"), nil},
		{"X-005", "the version before", objective("Roll back to payments-api 7.2.0 within 15 minutes"), nil},
		{"X-005", "a bound", objective("Gift cards need at least payments-api 7.2.0"), nil},
		{"X-005", "from and to", objective("Upgrade payments-api 7.2.0 to 7.3.1"), nil},
		{"X-005", "a version of something else", objective("payments-api speaks TLS 1.3"), nil},
		{"X-005", "in code", objective("Run `payments-api 7.2.0`"), nil},
		{"X-005", "of a template", func(p *packet.Packet) { p.Comms.Templates[0].Placeholders[0].Value = "2026.12.1" },
			[]string{"comms.templates[0].placeholders[0].value"}},

		{"X-006", "a risk that is none", objective("Gift cards carry risk R7"), first},
		{"X-006", "one of two", objective("Gift cards carry risks R1 and R7"), first},
		{"X-006", "risks that are", objective("Gift cards carry risks R1, R2"), nil},
		{"X-006", "a question that is none", objective("Gift cards wait for question 7"), first},
		{"X-006", "a question that is", objective("Gift cards wait for question 2"), nil},
		{"X-006", "a number of questions", objective("Support answers questions 24 hours a day"), nil},
		{"X-006", "several questions", objective("Gift cards wait for questions 1, 2 and 7"), first},
		{"X-006", "an item of the scope that is none", objective("REL-106 pays with gift cards"), first},
		{"X-006", "an item of the scope", objective("REL-101 pays with gift cards"), nil},
		{"X-006", "an item that a dependency is tracked by", objective("REL-120 tracks the review"), nil},
		{"X-006", "an id of another project", objective("OPS-9 tracks the review"), nil},
		{"X-006", "a name that looks like an id", objective("Backups go to S3 and R2"), nil},
		{"X-006", "an id in a link", objective("See https://jira.example.com/browse/REL-106"), nil},

		{"RSK-007", "another probability", callout("Low probability that the apps launch late."), risk},
		{"RSK-007", "another impact", callout("The impact is high: the apps launch late."), risk},
		{"RSK-007", "the ratings", callout("High probability and medium impact: the apps launch late."), nil},
		{"RSK-007", "low, of something else", callout("Low stock in the shops: the apps launch late."), nil},
		{"RSK-007", "an id with another rating", objective("R1 (low) is accepted"), first},
		{"RSK-007", "an id with one of its ratings", objective("R1 (medium) is accepted"), nil},

		{"NOTE-008", "a risk that is none", func(p *packet.Packet) { p.Notes.Support.Risks[0].Risk = "R7" }, []string{"notes.support.risks[0].risk"}},
		{"NOTE-008", "a risk without contingency", func(p *packet.Packet) { p.Plan.Risks[1].Contingency = " " },
			[]string{"notes.support.risks[1].risk", "notes.leadership.risks[1].risk"}},
		{"MS-015", "no such day", objective("Gift cards open on 2026-11-31"), first},
		{"MS-015", "a day", objective("Gift cards open on 2026-11-30"), nil},
		{"ISS-007", "a question that is none", objective("The price is TBD (question 7)"), first},
		{"ISS-007", "a question", objective("The price is TBD (question 1)"), nil},
		{"ISS-007", "in the register", func(p *packet.Packet) { p.Plan.Questions.Items[0].Text = "The date of the store is TBD" }, nil},
		{"ISS-007", "an owner", func(p *packet.Packet) { p.Plan.Risks[0].Owner = "TBD" }, []string{"plan.risks[0].owner"}},
		{"ISS-007", "an owner that a question asks for", func(p *packet.Packet) { p.Plan.Risks[0].Owner = release.TBD(1) }, nil},
		{"ISS-007", "an owner that a question is about", func(p *packet.Packet) {
			p.Plan.Risks[0].Owner, p.Plan.Questions.Items[0].About = "TBD", []check.Path{"plan.risks[0].owner"}
		}, nil},

		{"NOTE-004", "a ticket", customers("Gift cards pay for orders (REL-101)."), told1},
		{"NOTE-004", "a ticket in code", customers("Gift cards pay for orders (`CHG-4471`)."), told1},
		{"NOTE-004", "a security ticket", customers("SEC-310 is mended."), told1},
		{"NOTE-004", "a standard", customers("Files are UTF-8 and hashed by SHA-256."), nil},
		{"NOTE-004", "a person", customers("Ask Barbara for a gift card."), told1},
		{"NOTE-004", "a word that begins a sentence", customers("Grace periods last 3 days."), nil},
		{"NOTE-004", "a word that has the name in it", customers("Pay by Kennel card."), nil},
		{"NOTE-004", "an internal host", customers("See https://checkout.internal/status for details."), told1},
		{"NOTE-004", "a host of nobody's customers", customers("See https://wiki.corp.net/gift for details."), told1},
		{"NOTE-004", "an address of a private network", customers("See http://10.1.2.3/gift for details."), told1},
		{"NOTE-004", "a host of the policy", customers("See https://help.example.com/gift for details."), nil},
		{"NOTE-004", "a link to the tracker", func(p *packet.Packet) {
			p.Notes.Customers.Changes[0].Link = "https://jira.example.com/browse/REL-101"
		}, []string{"notes.customers.changes[0].link"}},
		{"NOTE-004", "a ticket for support", func(p *packet.Packet) { p.Notes.Support.Changes[0].Text = "REL-101: gift cards pay." }, nil},

		{"NOTE-006", "may be deferred, and is done", func(p *packet.Packet) {
			p.Notes.Customers.Changes[1].Items[0], p.Plan.Scope[3].Status = "REL-104", "Closed"
		}, nil},
		{"NOTE-006", "nobody knows", func(p *packet.Packet) {
			p.Notes.Customers.Changes[1].Items[0], p.Plan.Scope[3].Status = "REL-104", ""
		}, []string{unevaluated}},
		{"NOTE-006", "told to support", func(p *packet.Packet) { p.Notes.Support.Changes[1].Items[0] = "REL-103" }, nil},

		{"X-003", "a sign-off's record of another role", func(p *packet.Packet) { p.Compliance.Approvals[9].Responsible = "dev-lead" },
			[]string{"compliance.approvals[9].responsible"}},
		{"X-003", "a record of no gate", func(p *packet.Packet) { p.Compliance.Approvals[0].Responsible = "dev-lead" }, nil},
		{"CMP-013", "a gate that is none", func(p *packet.Packet) { p.Compliance.Approvals[4].Gate = "moon/entry" },
			[]string{"compliance.approvals", "compliance.approvals[4].gate"}},
		{"CMP-013", "a gate without sign-offs", func(p *packet.Packet) {
			p.Catalog.Gates[0] = p.Catalog.Gates[0].WithoutSignOffs("the pipeline opens it")
			p.Compliance.Approvals[4].Gate = ""
		}, nil},

		{"CMP-024", "a hotfix with its emergency", func(p *packet.Packet) {
			p.Plan.Overview.Urgency = release.Hotfix
			p.Compliance.Emergency = compliance.Emergency{By: "barbara", Reason: "checkout is down", ReviewDue: when("2026-12-11T12:00:00-05:00")}
		}, nil},
		{"CMP-024", "an emergency without a deadline", func(p *packet.Packet) {
			p.Plan.Overview.Urgency = release.Hotfix
			p.Compliance.Emergency = compliance.Emergency{By: "barbara", Reason: "checkout is down"}
		}, []string{"compliance.emergency.reviewDue"}},
		{"CMP-024", "an emergency of no hotfix", func(p *packet.Packet) { p.Compliance.Emergency.By = "barbara" }, []string{"plan.overview.urgency"}},

		{"CHK-015", "not approved yet", func(p *packet.Packet) {
			p.Compliance.Approvals[10].Status = compliance.Pending
		}, []string{"plan.checklists.deployment[1].state.done"}},
		{"CHK-015", "not done yet", func(p *packet.Packet) {
			p.Plan.Checklists.Deployment[1].State, p.Compliance.Approvals[10].Status = release.TaskState{}, compliance.Pending
		}, nil},
		{"CHK-015", "no record, but a decision", func(p *packet.Packet) { p.Compliance.Approvals[10].Gate = "" }, nil},
		{"CHK-015", "no record, and a decision to hold", func(p *packet.Packet) {
			p.Compliance.Approvals[10].Gate, p.Decisions.Gates[6].Verdict = "", gates.Hold
		}, []string{"plan.checklists.deployment[1].state.done"}},
		{"CHK-015", "neither", func(p *packet.Packet) { p.Compliance.Approvals[10].Gate, p.Decisions = "", gates.Decisions{} }, []string{unevaluated}},

		{"X-008", "a question that does not block", func(p *packet.Packet) { p.Plan.Questions.Items[0].Answer = release.Answer{} }, nil},
		{"X-008", "a dependency that blocks", func(p *packet.Packet) { p.Plan.Dependencies.Items[0].Status = release.InProgress },
			[]string{"plan.dependencies.items[0].status"}},
		{"X-008", "an error", func(p *packet.Packet) { p.Plan.Overview.Objectives = nil }, []string{"decisions"}},
		{"X-008", "an error of a release that holds", func(p *packet.Packet) {
			p.Plan.Overview.Objectives, p.Decisions.Gates[7].Verdict = nil, gates.Hold
		}, nil},
		{"X-008", "nothing decided", func(p *packet.Packet) { p.Decisions = gates.Decisions{} }, []string{unevaluated}},

		{"GATE-016", "a limit at the threshold", func(p *packet.Packet) { p.Plan.Overview.Impact[0].Limit.Value = 0.5 }, nil},
		{"GATE-016", "in another unit", func(p *packet.Packet) {
			p.Plan.Overview.Impact[0].Limit = value.Quantity{Value: 0.004, Unit: value.Ratio}
		}, []string{"catalog.gates[7].criteria[2].atMost.limit"}},
		{"GATE-016", "of another dimension", func(p *packet.Packet) {
			p.Plan.Overview.Impact[0].Limit = value.Quantity{Value: 4, Unit: value.Seconds}
		}, []string{unevaluated}},
		{"GATE-016", "of another signal", func(p *packet.Packet) {
			for i := range p.Plan.Overview.Impact {
				p.Plan.Overview.Impact[i].Query = fact.Query{}
			}
		}, []string{unevaluated}},
		{"GATE-016", "in staging", func(p *packet.Packet) {
			loose := gates.AtMost("errors", p.Plan.Overview.Impact[0].Query, 50)
			p.Catalog.Gates[5] = p.Catalog.Gates[5].WithCriteria(loose)
		}, nil},
		{"GATE-016", "in a group", func(p *packet.Packet) {
			p.Catalog.Gates[6] = p.Catalog.Gates[6].WithCriteria(gates.Any("loose", gates.Between("errors", p.Plan.Overview.Impact[0].Query, 0, 2)))
		}, []string{"catalog.gates[6].criteria[8].any.of[0].between.high"}},
		{"GATE-016", "below is wrong", func(p *packet.Packet) {
			p.Plan.Overview.Impact[0].Beyond = release.Below
			p.Catalog.Gates[6] = p.Catalog.Gates[6].WithCriteria(gates.AtLeast("orders", p.Plan.Overview.Impact[0].Query, 0.9))
		}, []string{"catalog.gates[6].criteria[8].atLeast.limit"}},
		{"GATE-017", "QA needs none", func(p *packet.Packet) { p.Catalog.Gates[3].Dashboards = nil }, nil},
		{"GATE-017", "staging needs one", func(p *packet.Packet) { p.Catalog.Gates[4].Dashboards = nil }, []string{"catalog.gates[4].dashboards"}},
		{"GATE-017", "no environment is listed, but for by its gates", func(p *packet.Packet) {
			p.Catalog.Environments, p.Catalog.Gates[5].Dashboards = nil, nil
		}, []string{"catalog.gates[5].dashboards"}},
		{"GATE-017", "nothing is for production", func(p *packet.Packet) {
			p.Catalog.Environments, p.Catalog.Gates = p.Catalog.Environments[:3], p.Catalog.Gates[:6]
		}, []string{unevaluated}},
		{"GATE-019", "as long as the SLA", func(p *packet.Packet) { p.Plan.Overview.RollbackSLA = value.Duration(11 * time.Minute) }, nil},
		{"GATE-019", "longer", func(p *packet.Packet) { p.Plan.Overview.RollbackSLA = value.Duration(11*time.Minute - 1) },
			[]string{"catalog.gates[5].criteria[4]"}},
		{"GATE-019", "no SLA", func(p *packet.Packet) { p.Plan.Overview.RollbackSLA = 0 }, []string{unevaluated}},
	}
	for _, tt := range tests {
		t.Run(tt.rule+" "+tt.name, func(t *testing.T) {
			p := goodPacket()
			tt.change(&p)
			opts := &packet.VerifyOptions{Now: now}
			if diff := cmp.Diff(tt.want, told(t, tt.rule, p, opts)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// An event has one time, wherever it stands.
func TestEventTimes(t *testing.T) {
	objective := func(text string) func(*packet.Packet) {
		return func(p *packet.Packet) { p.Plan.Overview.Objectives[0] = text }
	}
	first := []string{"plan.overview.objectives[0]"}
	tests := []struct {
		name   string
		change func(*packet.Packet)
		want   []string
	}{
		{"another day", objective("M3 is on 2026-12-04"), first},
		{"the day", objective("M3 is on 2026-12-03"), nil},
		{"another time of the day", objective("M4 at 2026-12-04T18:00:00-05:00"), first},
		{"the time in another zone", objective("M4 at 2026-12-04T22:00:00Z"), nil},
		{"within a milestone that lasts", objective("M3 at 2026-12-03T15:00:00-05:00"), nil},
		{"a window's second day", objective("W2 is on 2026-12-09"), nil},
		{"the day after a window", objective("W2 is on 2026-12-10"), first},
		{"in brackets", objective("The dry run (M3: 2026-12-05) is over"), first},
		{"a deadline", objective("D3 due 2026-12-05"), first},
		{"the deadline", objective("D3 due 2026-12-04"), nil},
		{"a freeze in words", objective("The code freeze starts at 2026-12-02T18:00:00-05:00"), first},
		{"the freeze in words", objective("Code freeze: 2026-12-01"), nil},
		{"the end of a freeze", objective("The code freeze ends 2026-12-10"), nil},
		{"before it", objective("Everything of M3 before 2026-12-02"), nil},
		{"a date behind an id", objective("M3 2026-12-02 belongs to another plan"), nil},
		{"a day that is none", objective("M3 is on 2026-12-32"), nil},
		{"a milestone that is the freeze", func(p *packet.Packet) {
			m := &p.Plan.Timeline.Milestones[1]
			m.Title, m.Kind = "Code freeze", release.Information
		}, []string{"plan.timeline.milestones[1].at"}},
		{"a milestone about the freeze", func(p *packet.Packet) { p.Plan.Timeline.Milestones[1].Title = "Exceptions from the code freeze" }, nil},
		{"a freeze that is the freeze", func(p *packet.Packet) { p.Plan.Timeline.Freezes[0].Reason = "Feature freeze" },
			[]string{"plan.timeline.freezes[0].window.start"}},
		{"a template", func(p *packet.Packet) { p.Comms.Templates[2].Placeholders[0].Value = "2026-12-08T23:00:00-05:00" },
			[]string{"comms.templates[2].placeholders[0].value"}},
		{"a template's end", func(p *packet.Packet) { p.Comms.Templates[2].Placeholders[1].Value = "2026-12-09T03:00:00-05:00" },
			[]string{"comms.templates[2].placeholders[1].value"}},
	}
	for _, tt := range tests {
		p := goodPacket()
		tt.change(&p)
		if diff := cmp.Diff(tt.want, told(t, "X-002", p, &packet.VerifyOptions{Now: now})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	for text, want := range map[string][]string{
		"Gift cards open at 2026-12-09T03:00:00Z":                         first,
		"Gift cards open at 2026-12-08T22:00:00-05:00":                    nil,
		"Gift cards open at 2026-12-08T22:00:00-05:00[America/New_York].": nil,
		"Gift cards open at 2026-12-09T03:00:01Z":                         nil, // another moment
		"Gift cards open on 2026-12-08":                                   nil,
	} {
		p := goodPacket()
		objective(text)(&p)
		if diff := cmp.Diff(want, told(t, "TIME-005", p, &packet.VerifyOptions{Now: now})); diff != "" {
			t.Errorf("TIME-005: %s (-want +got):\n%s", text, diff)
		}
	}
	p := goodPacket()
	p.Comms.Messages[1].Trigger = comms.At(when("2026-12-01T17:00:00Z"))
	if diff := cmp.Diff([]string{"comms.messages[1].trigger.at"}, told(t, "TIME-005", p, &packet.VerifyOptions{Now: now})); diff != "" {
		t.Errorf("TIME-005: a trigger in another zone (-want +got):\n%s", diff)
	}
}
