package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/render"
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
	for _, rule := range []string{"OVR-002", "OVR-005", "OVR-006", "RSK-004", "TIME-002", "GATE-004", "MS-003", "CMP-001", "COM-001", "X-016", "K8S-002", "K8S-003", "K8S-005"} {
		if !failed[rule] {
			t.Errorf("rule %s finds nothing, although the files do not say it", rule)
		}
	}
	for _, rule := range []string{"MS-001", "MS-009", "MS-014", "MS-015", "MS-017", "MS-019", "NOTE-015", "ISS-003", "K8S-001", "K8S-004"} {
		if failed[rule] {
			t.Errorf("rule %s finds something in the files as published", rule)
		}
	}
}

// Every row is a milestone. One row names nobody, and one names roles that the
// team does not have.
func TestRealTimeline(t *testing.T) {
	dir := realFolder(t)
	o := releaseAt(t, dir, "2026-03-20T12:00:00Z")
	kinds, owners := map[string]int{}, map[string]int{}
	for _, m := range o.packet.Plan.Timeline.Milestones {
		kinds[m.Kind.String()]++
		owners[m.Owner]++
		if m.At.IsZero() || m.Source.Line == 0 || m.Source.Text == "" {
			t.Errorf("%s: %+v", m.ID, m)
		}
	}
	if diff := cmp.Diff(map[string]int{"other": 29, "information": 4, "planning": 4}, kinds); diff != "" {
		t.Errorf("kinds (-want +got)\n%s", diff)
	}
	wantOwners := map[string]int{"": 4, "release-team-lead": 5, "enhancements": 3, "branch-manager": 11, "docs": 6, "communications": 5,
		"communications+release-signal": 1, "communications+docs": 1, "enhancement-owner+sig-leads": 1}
	if diff := cmp.Diff(wantOwners, owners); diff != "" {
		t.Errorf("owners (-want +got)\n%s", diff)
	}
	got := [][]string{o.rows("MS-002"), o.rows("X-004")}
	if diff := cmp.Diff([][]string{{"76 owner"}, {"81 owner"}}, got); diff != "" {
		t.Errorf("rows without an owner (-want +got)\n%s", diff)
	}
	o.asksAll(t)
	if got := len(o.packet.Plan.Questions.Items); got != 30 {
		t.Errorf("%d questions, want 30", got)
	}
	if got, want := len(o.packet.Compliance.Approvals), 4+18; got != want {
		t.Errorf("%d approvals, want those of 4 exceptions and 18 sign-offs", got)
	}
}

// Hundreds of notes are told in their number on a page that is not too long, and in
// full in the annex.
func TestRealPage(t *testing.T) {
	for _, now := range []string{"2026-03-20T12:00:00Z", "2026-04-22T00:00:00Z", "2026-05-01T00:00:00Z"} {
		o := releaseAt(t, realFolder(t), now)
		body, annex, _ := strings.Cut(o.page, "# Annex: ")
		if n := render.CountWords([]byte(body)).Visible; n < render.DefaultMin || n > render.DefaultMax {
			t.Errorf("%s: %d words on the page", now, n)
		}
		changes := o.packet.Notes.Customers.Changes
		if told := fmt.Sprintf("\n- Changes: %d; action required: 5\n", len(changes)); len(changes) < 300 || !strings.Contains(body, told) {
			t.Errorf("%s: the page does not tell of %d changes", now, len(changes))
		}
		for _, c := range o.packet.Notes.Support.Changes {
			if !strings.Contains(annex, "("+c.ID) {
				t.Errorf("%s: the annex does not tell of %s", now, c.ID)
			}
		}
		for _, f := range o.report.Findings {
			if strings.HasPrefix(f.Rule, "BUD-") || strings.HasPrefix(f.Rule, "MD-") {
				t.Errorf("%s: %s", now, f)
			}
		}
	}
}

// One fault put into the timeline is found at its row, and nowhere else.
func TestRealFaults(t *testing.T) {
	dir := realFolder(t)
	data, err := os.ReadFile(filepath.Join(dir, readmeFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, old, new, rule string
		want                 []string
	}{
		{"weekday", "| Tuesday 14th April 2026", "| Monday 14th April 2026", "MS-014", []string{"89 at"}},
		{"weekday beside a deadline", "| Wednesday 8th April 2026 (AoE) / Thursday", "| Wednesday 8th April 2026 (AoE) / Friday", "MS-014", []string{"87 at"}},
		{"impossible", "| Tuesday 14th April 2026", "| Tuesday 31st April 2026", "MS-015", []string{"89 at"}},
		{"too late", "| Monday 9th March 2026", "| Monday 16th March 2026", "MS-001", []string{"74 at"}},
		{"too early by a day", "| Wednesday 18th February 2026", "| Tuesday 10th February 2026", "MS-001", []string{"68 at"}},
		{"nobody", "| Comms / Docs   ", "| TBD", "MS-002", []string{"76 owner", "88 owner"}},
		{"ordinal", "| Monday 23rd February 2026", "| Monday 23th February 2026", "MS-014", nil},
		{"the day of the deadline, behind it", "| Tuesday 14th April 2026", "| Thursday 9th April 2026", "MS-001", nil},
		{"the deadline behind the day on which it is over", "| Wednesday 8th April 2026                                                    | week 13  |                                                                          |\n| **[Docs",
			"| Thursday 9th April 2026 | week 13 | |\n| **[Docs", "MS-001", nil},
	} {
		text := strings.Replace(string(data), tt.old, tt.new, 1)
		if text == string(data) {
			t.Errorf("%s: the file does not have %q", tt.name, tt.old)
			continue
		}
		f := newFolder()
		for _, name := range fileNames {
			source := []byte(text)
			if name != readmeFile {
				if source, err = os.ReadFile(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.parse(name, source); err != nil {
				t.Fatal(err)
			}
		}
		f.schedule = f.readme.schedule()
		r, err := assemble(f, time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC), io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		o := outcome{packet: r.packet, report: r.report}
		for _, rule := range []string{"MS-001", "MS-002", "MS-014", "MS-015"} {
			want := map[string][]string{"MS-002": {"76 owner"}}[rule]
			if rule == tt.rule {
				want = tt.want
			}
			if diff := cmp.Diff(want, o.rows(rule)); diff != "" {
				t.Errorf("%s: %s (-want +got)\n%s", tt.name, rule, diff)
			}
		}
	}
}

// Every published note is told to customers and support, no other is, and what
// requires action is told to everybody.
func TestRealNotes(t *testing.T) {
	dir := realFolder(t)
	var notesInFile map[string]struct {
		ActionRequired bool     `json:"action_required"`
		DoNotPublish   bool     `json:"do_not_publish"`
		Kinds          []string `json:"kinds"`
	}
	data, err := os.ReadFile(filepath.Join(dir, notesFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &notesInFile); err != nil {
		t.Fatal(err)
	}
	p := releaseAt(t, dir, "2026-03-20T12:00:00Z").packet.Notes
	for _, tt := range []struct {
		audience notes.Audience
		changes  int
		all      bool
	}{{notes.Customers, 336, true}, {notes.Support, 336, true}, {notes.Leadership, 9, false}} {
		told := map[string]bool{}
		n := p.Note(tt.audience)
		for i, c := range n.Changes {
			for id := range strings.SplitSeq(c.ID, ", ") {
				told[strings.TrimPrefix(id, "#")] = true
			}
			if action := c.ActionRequired != ""; action != (i < 5) {
				t.Errorf("%s: change %d, %s, requires action: %t", tt.audience, i, c.ID, action)
			}
		}
		for id, note := range notesInFile {
			want := !note.DoNotPublish && (tt.all || note.ActionRequired || slices.Contains(note.Kinds, "deprecation"))
			if told[id] != want {
				t.Errorf("%s: note %s is told: %t, want %t", tt.audience, id, told[id], want)
			}
		}
		if len(n.Changes) != tt.changes {
			t.Errorf("%s: %d changes, want %d", tt.audience, len(n.Changes), tt.changes)
		}
	}
	if len(p.Gaps) > 0 {
		t.Errorf("gaps: %v", p.Gaps)
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
