package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/release"
)

// teamOf is a folder whose team has the roles, each held by a person of its name.
func teamOf(roles ...string) *folder {
	f := newFolder()
	for _, id := range roles {
		f.team.roles = append(f.team.roles, release.Role{ID: id, Title: strings.ToUpper(id[:1]) + id[1:], Holders: []string{id + "-person"}})
	}
	return f
}

func TestMilestones(t *testing.T) {
	for _, tt := range []struct {
		what, who, when string
		want            release.Milestone
	}{
		{"Start of Release Cycle", "Lead", "12th January 2026", release.Milestone{ID: "start-of-release-cycle", Kind: release.Planning, Owner: leadRole}},
		{"Schedule finalized", "", "12th January 2026", release.Milestone{ID: "schedule-finalized", Kind: release.Planning}},
		{"**Begin [Code Freeze] and [Test Freeze]**", "Docs Lead", "18th March 2026 (AoE)",
			release.Milestone{ID: "begin-code-freeze-and-test-freeze", Title: "Begin Code Freeze and Test Freeze", Owner: "docs"}},
		{"Brace Yourself, Code Freeze is Coming", "Comms / Docs", "23rd February 2026",
			release.Milestone{ID: "brace-yourself-code-freeze-is-coming", Kind: release.Information, Owner: "communications+docs"}},
		{"Begin meetings (Mon / Wed)", "ALL", "30th March 2026", release.Milestone{ID: "begin-meetings", Kind: release.Information}},
		{"Notes complete", "all", "30th March 2026", release.Milestone{ID: "notes-complete"}},
		{"KubeCon EU", "Docs", "23rd - 26th March 2026", release.Milestone{ID: "kubecon-eu", Kind: release.Information, Owner: "docs"}},
		{"KubeCon EU", "", "23rd - 26th March 2026", release.Milestone{ID: "kubecon-eu"}},
		{"A meeting", "TBD", "23rd March 2026", release.Milestone{ID: "a-meeting"}},
		{"A beacon", "Docs", "23rd March 2026", release.Milestone{ID: "a-beacon", Owner: "docs"}},
		{"Call for [Exceptions]", "Lead", "9th March 2026", release.Milestone{ID: "call-for-exceptions", Title: "Call for Exceptions", Owner: leadRole}},
		{"Blogs ready", "Enhancement Owner / Docs", "6th April 2026", release.Milestone{ID: "blogs-ready", Owner: "enhancement-owner+docs"}},
		{"Blogs ready", "Docs / Docs Lead", "6th April 2026", release.Milestone{ID: "blogs-ready", Owner: "docs"}},
		{"[Page](https://x.example/page) and [phase](../phase.md)", "Docs", "6th April 2026",
			release.Milestone{ID: "page-and-phase", Title: "Page and phase", Owner: "docs", Link: "https://x.example/page"}},
		{"Nothing certain", "Docs", "soon", release.Milestone{ID: "nothing-certain", Owner: "docs"}},
		{"No such day", "Docs", "31st February 2026", release.Milestone{ID: "no-such-day", Owner: "docs"}},
		{"", "Docs", "6th April 2026", release.Milestone{ID: "line-5", Owner: "docs"}},
	} {
		f := teamOf(leadRole, "communications", "docs")
		f.readme = readReadme([]byte("# K v1.2\n\n| What | Who | When |\n|---|---|---|\n| " + tt.what + " | " + tt.who + " | " + tt.when + " |\n"))
		got := f.milestones()[0]
		if tt.want.Title == "" && !strings.ContainsAny(tt.what, "*[") {
			tt.want.Title = tt.what
		}
		d, _ := parseDate(tt.when)
		tt.want.At, tt.want.Until = d.at, d.until
		tt.want.Source = release.Source{Document: readmeFile, Line: 5, Text: f.readme.timeline[0].written()}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q, %q (-want +got)\n%s", tt.what, tt.who, diff)
		}
	}
}

func TestMilestoneSource(t *testing.T) {
	r := readReadme([]byte("# K v1.2\n\n| What | Who | When |\n|---|---|---|\n| **Begin [Code Freeze]** | | Wednesday 4th  February 2026 (AoE) |\n\n[Code Freeze]: ../x.md\n"))
	if got, want := r.timeline[0].written(), "Begin Code Freeze | | Wednesday 4th February 2026 (AoE)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Rows of one name are told apart, also from one that has the number in its name.
func TestMilestoneIDs(t *testing.T) {
	r := readReadme([]byte("# K v1.2\n\n| What | When |\n|---|---|\n| Thaw 2 | |\n| Thaw | |\n| Thaw (again) | |\n| ? | |\n| Thaw | |\n"))
	var got []string
	for _, w := range r.timeline {
		got = append(got, w.id)
	}
	if diff := cmp.Diff([]string{"thaw-2", "thaw", "thaw-3", "line-8", "thaw-4"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A role for every Who that names several, if the team has them all.
func TestJointRoles(t *testing.T) {
	f := teamOf("communications", "docs", "signal")
	f.team.roles[2].Holders = []string{"docs-person", "zoe"}
	for _, who := range []string{"Comms / Docs", "Comms and Docs", "Docs", "ALL", "", "TBD", "Docs & Signal", "Docs / Nobody"} {
		f.readme.timeline = append(f.readme.timeline, &row{who: who})
	}
	want := []release.Role{
		{ID: "communications+docs", Title: "Communications / Docs", Holders: []string{"communications-person", "docs-person"}},
		{ID: "docs+signal", Title: "Docs / Signal", Holders: []string{"docs-person", "zoe"}},
	}
	if diff := cmp.Diff(want, f.jointRoles()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
