package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// whole is a packet of which nothing is missing that asks look at themselves.
func whole() packet.Packet {
	plan := release.NewPlan("K", "1.2.0").WithRisks(release.Risk{ID: "R1", Owner: "lead"}).WithPolicy(release.Policy{Name: "Handbook"})
	plan.Overview.Manager, plan.Overview.Deputy = "lead", "shadow"
	plan.Overview.Window.Start = value.Date(2026, 3, 1)
	p := packet.New(plan, gates.Catalog{})
	p.Decisions.Gates = []gates.Decision{{Gate: "code/exit", SignOffs: []gates.Signature{{By: []gates.Signed{{Person: "ada"}}, Need: 1}}}}
	return p
}

// Every question about a whole part is asked if a rule reports the part, and
// otherwise not.
func TestAsks(t *testing.T) {
	if q := withRegister(whole(), nil).Plan.Questions.Items; len(q) > 0 {
		t.Fatalf("nothing is missing, and asked is %v", q)
	}
	addressees := map[release.Domain]int{}
	for _, a := range asks {
		for _, rule := range a.rules {
			items := withRegister(whole(), check.Findings{{Rule: rule}}).Plan.Questions.Items
			if len(items) != 1 {
				t.Fatalf("%s: %d questions, want 1", rule, len(items))
			}
			want := release.Question{Number: 1, Text: a.text, Owner: "lead", Due: value.Date(2026, 2, 28), Blocking: a.blocks, Addressee: a.to, Prompt: a.prompt, About: a.about}
			if diff := cmp.Diff(want, items[0]); diff != "" {
				t.Errorf("%s (-want +got)\n%s", rule, diff)
			}
		}
		if len(a.rules) == 0 && a.missing == nil || a.text == "" || !strings.HasSuffix(a.prompt, "?") || len(a.about) == 0 {
			t.Errorf("%q lacks a part", a.text)
		}
		addressees[a.to]++
	}
	for _, d := range []release.Domain{release.Engineering, release.Product, release.ComplianceTeam} {
		if addressees[d] == 0 {
			t.Errorf("nothing is asked of %s", d)
		}
	}
}

func TestAsksWithoutRules(t *testing.T) {
	for about, remove := range map[check.Path]func(*packet.Packet){
		"plan.risks":        func(p *packet.Packet) { p.Plan.Risks = nil },
		"plan.policy":       func(p *packet.Packet) { p.Plan.Policy.Name = " " },
		"catalog.approvals": func(p *packet.Packet) { p.Decisions.Gates[0].SignOffs[0].By = nil },
	} {
		p := whole()
		remove(&p)
		items := withRegister(p, nil).Plan.Questions.Items
		if len(items) != 1 || items[0].About[0] != about {
			t.Errorf("%s: asked is %v", about, items)
		}
	}
}

func TestAskRowsAndRoles(t *testing.T) {
	p := whole()
	p.Plan = p.Plan.WithMilestones(
		release.Milestone{ID: "a", Title: "A", Owner: "x+y", Source: release.Source{Document: "README.md", Line: 7}},
		release.Milestone{ID: "b", Owner: "lead", Source: release.Source{Document: "README.md", Line: 8}}).
		WithRoles(release.Role{ID: "lead", Title: "Lead", Holders: []string{"ada"}}, release.Role{ID: "lead-shadow", Title: "Lead Shadow"},
			release.Role{ID: "docs", Title: "Docs"}, release.Role{ID: "docs-shadow", Title: "Docs Shadow"},
			release.Role{ID: "signal", Title: "Signal"}, release.Role{ID: "docs+signal", Title: "Docs / Signal"})
	found := check.Findings{
		{Rule: "MS-014", Path: "plan.timeline.milestones[1].at", Message: "wrong weekday"},
		{Rule: "MS-001", Path: "plan.timeline.milestones[1].at", Message: "out of order"},
		{Rule: "TIME-006", Path: "plan.timeline.milestones[0].at", Message: "over"},
		{Rule: "X-004", Path: "plan.timeline.milestones[0].owner", Message: "unknown"},
	}
	var got []string
	for _, q := range withRegister(p, found).Plan.Questions.Items {
		got = append(got, fmt.Sprintf("%d %s %s %t %v", q.Number, q.Text, q.Prompt, q.Blocking, q.About))
	}
	want := []string{
		`1 README.md, line 7, "A": unknown Who of the team answers for "A"? false [plan.timeline.milestones[0].owner]`,
		`2 README.md, line 8, "b": wrong weekday; out of order When is "b"? false [plan.timeline.milestones[1].at]`,
		"3 Nobody holds the role Lead Shadow Who stands in for Lead? false [plan.directory.roles[1].holders]",
		"4 Nobody holds the role Docs, and nobody stands in Who is Docs, and who stands in? true [plan.directory.roles[2].holders plan.directory.roles[3].holders]",
		"5 Nobody holds the role Signal Who is Signal? true [plan.directory.roles[4].holders]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// The drafts of the packet follow the questions of this example, with the due
// date that only the calendar tells. Without a release date there is none.
func TestDraftsFollow(t *testing.T) {
	p := whole()
	p.Plan.Risks[0].Owner = ""
	p.Plan.Policy.Name = ""
	items := withRegister(p, nil).Plan.Questions.Items
	if len(items) != 2 || items[1].Number != 2 || items[1].About[0] != "plan.risks[0].owner" || items[1].Due != value.Date(2026, 2, 28) {
		t.Errorf("asked is %v", items)
	}
	p.Plan.Overview.Window.Start = value.When{}
	for _, q := range withRegister(p, nil).Plan.Questions.Items {
		if !q.Due.IsZero() {
			t.Errorf("question %d is due at %s, and when the release is nobody knows", q.Number, q.Due)
		}
	}
}
