package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
)

// realFolder is the folder of Kubernetes 1.36, which lies beside the module
// where tests may read it.
func realFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "real", "kubernetes-1.36")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the folder of a real release is not there: %v", err)
	}
	return dir
}

// count counts what a pattern finds in a file, by no parser of ours.
func count(t *testing.T, dir, file, pattern string) int {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(pattern).FindAllString(string(data), -1)
	return len(found)
}

func TestRealCounts(t *testing.T) {
	dir := realFolder(t)
	f, err := readFolder(t.Context(), dir, &strings.Builder{})
	if err != nil {
		t.Fatal(err)
	}
	exceptions, labels, mapped := 0, map[string]int{}, 0
	for _, g := range f.exceptions.groups {
		exceptions += len(g.approvals)
	}
	for _, item := range f.notes.items {
		for _, l := range item.Labels {
			labels[l]++
		}
		if item.Status == statusMapped {
			mapped++
		}
	}
	dated := 0
	for _, r := range f.readme.timeline {
		if r.readable {
			dated++
		}
	}
	const headerAndRule = 2
	for _, tt := range []struct {
		what      string
		got, want int
		known     int
	}{
		{"rows", len(f.readme.timeline), count(t, dir, readmeFile, `(?m)^\|`) - headerAndRule, 37},
		{"rows with a date", dated, count(t, dir, readmeFile, `(?m)^\|.*2026`), 37},
		{"roles", f.team.rows, count(t, dir, teamFile, `(?m)^\|`) - headerAndRule, 6},
		{"people", len(f.team.people), count(t, dir, teamFile, `\]\(https://github\.com/[\w-]+\)`), 29},
		{"exceptions", exceptions, count(t, dir, exceptionsFile, `(?m)^ *- name:`), 4},
		{"notes", len(f.notes.items), count(t, dir, notesFile, `"pr_number":`), 359},
		{"notes that require action", labels[actionRequired], count(t, dir, notesFile, `"action_required": true`), 5},
		{"notes not to be published", labels[doNotPublish], count(t, dir, notesFile, `"do_not_publish": true`), 19},
		{"notes mapped", mapped, count(t, dir, notesFile, `"is_mapped": true`), 325},
		{"labels of kinds", prefixed(labels, "kind/"), listed(t, dir, "kinds"), 467},
		{"labels of SIGs", prefixed(labels, "sig/"), listed(t, dir, "sigs"), 959},
	} {
		if tt.got != tt.want || tt.got != tt.known {
			t.Errorf("%s: %d read, %d counted, %d known", tt.what, tt.got, tt.want, tt.known)
		}
	}
	accounts := 0
	for _, p := range f.team.people {
		accounts += len(p.Accounts)
		if strings.ContainsAny(p.Name, "()[]@`/:,") || nobody(p.Name) {
			t.Errorf("%q is no name", p.Name)
		}
	}
	if want := 2 * len(f.team.people); accounts != want {
		t.Errorf("%d accounts, want a GitHub and a Slack account for each person: %d", accounts, want)
	}
}

func prefixed(labels map[string]int, prefix string) int {
	n := 0
	for label, count := range labels {
		if strings.HasPrefix(label, prefix) {
			n += count
		}
	}
	return n
}

// listed counts the entries of all lists of one name.
func listed(t *testing.T, dir, name string) int {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, notesFile))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range regexp.MustCompile(`(?s)"`+name+`": \[(.*?)\]`).FindAllSubmatch(data, -1) {
		n += strings.Count(string(m[1]), `"`) / 2
	}
	return n
}

func TestRealPlan(t *testing.T) {
	o := releaseAt(t, realFolder(t), "2026-05-01T00:00:00Z")
	if o.code != exitDone {
		t.Fatalf("exit code %d: %s", o.code, o.stderr)
	}
	v := o.packet.Plan.Overview
	got := []string{v.Name, v.Version, v.CodeFreeze.String(), v.Window.Start.String(), v.Window.End.String(), v.Manager, v.Deputy}
	want := []string{"Kubernetes", "1.36.0", "2026-03-18[AoE]", "2026-04-22", "2026-04-22", "release-team-lead", "release-team-lead-shadow"}
	for _, f := range o.packet.Plan.Timeline.Freezes {
		got = append(got, f.ID, f.Window.Start.String(), f.Window.End.String())
	}
	want = append(want, "code-freeze", "2026-03-18[AoE]", "2026-04-22", "test-freeze", "2026-03-18[AoE]", "2026-04-22")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	manager, ok := o.packet.Plan.Directory.Role("branch-manager")
	if !ok || len(manager.Holders) > 0 {
		t.Errorf("the role of the Branch Manager, who is TBD: %v", manager)
	}
	failed := map[string]bool{}
	for _, f := range o.report.Findings {
		failed[f.Rule] = true
	}
	for _, rule := range []string{"OVR-002", "OVR-005", "OVR-006", "RSK-004", "TIME-002", "GATE-004", "X-016", "K8S-002", "K8S-003", "K8S-005"} {
		if !failed[rule] {
			t.Errorf("rule %s finds nothing, although the files do not say it", rule)
		}
	}
	for _, rule := range []string{"K8S-001", "K8S-004"} {
		if failed[rule] {
			t.Errorf("rule %s finds something in the files as published", rule)
		}
	}
}

// What the gates come to as the cycle goes on.
func TestRealCycle(t *testing.T) {
	dir := realFolder(t)
	names := []string{"enhancements/entry", "enhancements/exit", "code/entry", "code/exit", "docs/entry", "docs/exit", "release/entry", "release/exit", "master/entry", "master/exit"}
	for _, tt := range []struct{ now, noGo string }{
		{"2026-01-01T00:00:00Z", "enhancements/entry enhancements/exit code/entry code/exit docs/entry docs/exit release/entry release/exit master/entry master/exit"},
		{"2026-01-12T12:00:00Z", "enhancements/exit code/entry code/exit docs/entry docs/exit release/entry release/exit master/entry master/exit"},
		{"2026-02-12T11:59:59Z", "enhancements/exit code/entry code/exit docs/entry docs/exit release/entry release/exit master/entry master/exit"},
		{"2026-02-12T12:00:00Z", "enhancements/exit code/exit docs/entry docs/exit release/entry release/exit master/entry master/exit"},
		{"2026-03-19T12:00:00Z", "docs/exit release/entry release/exit master/entry master/exit"},
		{"2026-04-09T12:00:00Z", "release/entry release/exit master/entry master/exit"},
		{"2026-04-22T09:59:59Z", "master/entry master/exit"},
		{"2026-04-23T12:00:00Z", ""},
		{"2026-05-01T00:00:00Z", ""},
	} {
		o := releaseAt(t, dir, tt.now)
		o.follows(t)
		var noGo []string
		for _, name := range names {
			if d, ok := o.packet.Decisions.Find(name); !ok || d.Verdict == gates.NoGo {
				noGo = append(noGo, name)
			}
		}
		if got := strings.Join(noGo, " "); got != tt.noGo {
			t.Errorf("at %s no-go: %s\nwant: %s", tt.now, got, tt.noGo)
		}
	}
}
