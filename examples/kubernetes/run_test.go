package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

const invented = "testdata/release-1.99"

// outcome is one run of the program and what it wrote.
type outcome struct {
	code           int
	stdout, stderr string
	page           string
	packetJSON     []byte
	findingsJSON   []byte
	packet         packet.Packet
	report         check.Report
}

// releaseAt runs the program on a folder and reads what it wrote.
func releaseAt(t *testing.T, dir, now string) outcome {
	t.Helper()
	out := filepath.Join(t.TempDir(), "made", "here")
	var stdout, stderr bytes.Buffer
	o := outcome{code: run(t.Context(), []string{"-in", dir, "-out", out, "-now", now}, &stdout, &stderr)}
	o.stdout, o.stderr = stdout.String(), stderr.String()
	if o.code != exitDone {
		if _, err := os.Stat(out); err == nil {
			t.Error("something was written although the run failed")
		}
		return o
	}
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	o.page, o.packetJSON, o.findingsJSON = string(read("packet.md"))+string(read("annex.md")), read("packet.json"), read("findings.json")
	var err error
	if o.packet, err = packet.Decode(o.packetJSON); err != nil {
		t.Fatal(err)
	}
	if err := packet.Unmarshal(o.findingsJSON, &o.report); err != nil {
		t.Fatal(err)
	}
	again, err := packet.Encode(o.packet)
	if err != nil || !bytes.Equal(again, o.packetJSON) {
		t.Errorf("packet.json is encoded again to other bytes: %v", err)
	}
	again, err = packet.Marshal(o.report)
	if err != nil || !bytes.Equal(again, o.findingsJSON) {
		t.Errorf("findings.json is encoded again to other bytes: %v", err)
	}
	return o
}

// follows checks each decision against what it was made of.
func (o outcome) follows(t *testing.T) {
	t.Helper()
	if got, want := len(o.packet.Decisions.Gates), len(o.packet.Catalog.Gates); got != want || want == 0 {
		t.Fatalf("%d gates decided of %d", got, want)
	}
	worst := gates.Hold
	for _, d := range o.packet.Decisions.Gates {
		want := gates.Hold // no sign-off is in the files
		for _, a := range d.Outcomes {
			if a.Effective == gates.Fail && !a.Optional {
				want = gates.NoGo
			}
		}
		for _, f := range o.packet.Plan.Timeline.Freezes {
			from, _, err1 := f.Window.Start.Interval()
			_, until, err2 := f.Window.End.Interval()
			now := o.packet.AsOf
			if err1 == nil && err2 == nil && f.Covers(d.Environment) && !now.Before(from) && now.Before(until) {
				want = gates.NoGo
			}
		}
		if d.Verdict != want {
			t.Errorf("%s is %s, want %s:\n%s", d.Gate, d.Verdict, want, d.Explain())
		}
		for _, s := range d.SignOffs {
			if s.Met() {
				t.Errorf("%s: %s has signed: %v", d.Gate, s.Role, s.By)
			}
		}
		worst = gates.Worse(worst, want)
	}
	if got := packet.Verdict(o.packet, o.report); got != worst {
		t.Errorf("verdict %s, want %s", got, worst)
	}
}

func TestInventedRelease(t *testing.T) {
	o := releaseAt(t, invented, "2027-03-10T12:00:00Z")
	if o.code != exitDone {
		t.Fatalf("exit code %d: %s", o.code, o.stderr)
	}
	golden.Assert(t, "testdata/stdout.golden", []byte(o.stdout))
	golden.Assert(t, "testdata/findings.golden.json", o.findingsJSON)
	o.follows(t)
	again := releaseAt(t, invented, "2027-03-10T12:00:00Z")
	if again.stdout != o.stdout || again.page != o.page || !bytes.Equal(again.packetJSON, o.packetJSON) {
		t.Error("a second run says something else")
	}
}

// rows lists where in the timeline a rule finds something: the line of the row
// and the field.
func (o outcome) rows(rule string) []string {
	var all []string
	for _, f := range o.report.Findings {
		for i, m := range o.packet.Plan.Timeline.Milestones {
			if field, ok := strings.CutPrefix(string(f.Path), string(milestonePath(i))+"."); ok && f.Rule == rule {
				all = append(all, fmt.Sprintf("%d %s", m.Source.Line, field))
			}
		}
	}
	return all
}

// Every row is a milestone, and what is wrong with one is found by row: no
// deadline that only looks out of order, and no ordinal.
func TestTimelineFindings(t *testing.T) {
	o := releaseAt(t, invented, "2027-03-10T12:00:00Z")
	if got := len(o.packet.Plan.Timeline.Milestones); got != 19 {
		t.Errorf("%d milestones, want one for each of 19 rows", got)
	}
	for rule, want := range map[string][]string{
		"MS-001": {"30 at", "34 at"},
		"MS-002": {"33 owner", "36 at", "37 owner", "38 at", "40 at", "41 owner", "44 owner"},
		"MS-014": {"29 at"},
		"MS-015": {"39 at"},
		"MS-017": {"41 title"},
		"X-004":  {"42 owner"},
	} {
		if diff := cmp.Diff(want, o.rows(rule)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", rule, diff)
		}
	}
	if n := len(o.rows("MS-003")); n != 17 { // but for a reminder and meetings
		t.Errorf("%d rows without a completion criterion, want 17", n)
	}
	states := map[string]int{}
	for _, r := range o.report.Rules {
		states[r.Rule]++
	}
	for rule, n := range states {
		if n > 1 {
			t.Errorf("the report has rule %s %d times", rule, n)
		}
	}
}

// The register asks for what is missing: every question has an owner, a date, an
// addressee and a prompt, and none is asked twice.
func TestRegister(t *testing.T) {
	o := releaseAt(t, invented, "2027-03-10T12:00:00Z")
	o.asksAll(t)
	if again := packet.Questions(o.packet); len(again) > 0 {
		t.Errorf("the register does not ask %v", again)
	}
	for _, f := range o.report.Findings {
		if strings.HasPrefix(f.Rule, "ISS-") {
			t.Errorf("the register has a fault: %s", f)
		}
	}
}

func (o outcome) asksAll(t *testing.T) {
	t.Helper()
	about := map[string]int{}
	for i, q := range o.packet.Plan.Questions.Items {
		if q.Number != i+1 || q.Owner == "" || q.Due.IsZero() || q.Addressee == release.NoDomain || q.Prompt == "" || q.Text == "" {
			t.Errorf("question %d lacks something: %+v", i+1, q)
		}
		if !strings.Contains(o.page, q.Prompt) {
			t.Errorf("no page asks %q", q.Prompt)
		}
		about[q.Text+" "+string(q.About[0])]++
	}
	for text, n := range about {
		if n > 1 {
			t.Errorf("%d times: %s", n, text)
		}
	}
}

// Each file that is missing is named, and what it holds is unknown.
func TestMissingFile(t *testing.T) {
	for _, tt := range []struct {
		file    string
		unknown map[string][]string // by gate
	}{
		{readmeFile, map[string][]string{"enhancements/entry": {"cycle-begun", "dates-in-order"}, "code/exit": {"frozen"}, "release/entry": {"release-day"}, "master/exit": {"cycle-over"}}},
		{teamFile, nil},
		{exceptionsFile, map[string][]string{"enhancements/exit": {"exceptions-settled", "exceptions-reviewed"}, "release/entry": {"exceptions-settled"}}},
		{notesFile, map[string][]string{"docs/exit": {"notes-written", "actions-reviewed", "actions-published", "notes-reviewed"}}},
	} {
		t.Run(tt.file, func(t *testing.T) {
			dir := copied(t, nil)
			if err := os.Remove(filepath.Join(dir, tt.file)); err != nil {
				t.Fatal(err)
			}
			o := releaseAt(t, dir, "2027-05-01T12:00:00Z")
			if o.code != exitDone {
				t.Fatalf("exit code %d: %s", o.code, o.stderr)
			}
			if !strings.Contains(o.stdout, tt.file+": not there\n") || !strings.Contains(string(o.findingsJSON), tt.file+" is not there") {
				t.Errorf("the file is not named:\n%s", o.stdout)
			}
			o.follows(t)
			for gate, ids := range tt.unknown {
				d, _ := o.packet.Decisions.Find(gate)
				for _, id := range ids {
					if got := assessed(d, id); got != gates.Unknown {
						t.Errorf("%s %s is %s, want unknown", gate, id, got)
					}
				}
			}
		})
	}
}

// assessed returns what a criterion came to; Pass if there is none, which no
// caller expects.
func assessed(d gates.Decision, id string) gates.Outcome {
	for _, a := range d.Outcomes {
		if a.Criterion == id {
			return a.Effective
		}
	}
	return gates.Pass
}

// Every file that cannot be read is named at once, and nothing is written.
func TestMalformed(t *testing.T) {
	dir := copied(t, map[string]string{
		readmeFile: "# Kubernetes v1.99\n\xff\n", exceptionsFile: "codeFreeze: [\n", notesFile: "{\n\"1\": {,}}\n",
	})
	o := releaseAt(t, dir, "2027-05-01T12:00:00Z")
	if o.code != exitFailed {
		t.Errorf("exit code %d, want %d", o.code, exitFailed)
	}
	for _, want := range []string{"README.md:2: is not UTF-8", "exceptions.yaml: yaml: line ", "release-notes-draft.json:2: invalid character ','"} {
		if !strings.Contains(o.stderr, want) {
			t.Errorf("stderr does not say %q:\n%s", want, o.stderr)
		}
	}
}

// Exceptions that no criterion can trust leave their gates unknown.
func TestExceptionGates(t *testing.T) {
	for _, tt := range []struct {
		name, yaml        string
		settled, reviewed gates.Outcome // of code/exit
		all               gates.Outcome // of release/entry
	}{
		{"empty", "", gates.Unknown, gates.Unknown, gates.Unknown},
		{"none of this freeze", "enhancementFreeze:\n- {issue: 1, status: approved, date_requested: 2027-01-02, date_reviewed: 2027-01-03}\n", gates.Pass, gates.Pass, gates.Pass},
		{"settled", "codeFreeze:\n- {issue: 1, status: approved, date_requested: 2027-01-02, date_reviewed: 2027-01-02}\n", gates.Pass, gates.Pass, gates.Pass},
		{"pending", "codeFreeze:\n- {issue: 1, status: asked, date_requested: 2027-01-02}\n", gates.Fail, gates.Unknown, gates.Fail},
		{"pending for another freeze", "docsFreeze:\n- {issue: 1, date_requested: 2027-01-02}\n", gates.Pass, gates.Pass, gates.Fail},
		{"reviewed before it was requested", "codeFreeze:\n- {issue: 1, status: rejected, date_requested: 2027-01-02, date_reviewed: 2027-01-01}\n", gates.Pass, gates.Fail, gates.Pass},
		{"review without a date", "codeFreeze:\n- {issue: 1, status: rejected, date_requested: 2027-01-02}\n", gates.Pass, gates.Unknown, gates.Pass},
		{"request without a date", "codeFreeze:\n- {issue: 1, status: rejected, date_reviewed: 2027-01-02}\n", gates.Pass, gates.Unknown, gates.Pass},
		{"reviewed in the future", "codeFreeze:\n- {issue: 1, status: rejected, date_requested: 2027-01-02, date_reviewed: 2027-06-01}\n", gates.Fail, gates.Unknown, gates.Fail},
		{"an entry that is none", "codeFreeze:\n- {issue: 1, status: approved, date_requested: 2027-01-02, date_reviewed: 2027-01-02}\n- words\n", gates.Unknown, gates.Unknown, gates.Unknown},
		{"not divided by freezes", "- {issue: 1, status: approved, date_requested: 2027-01-02, date_reviewed: 2027-01-02}\n", gates.Unknown, gates.Unknown, gates.Pass},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := releaseAt(t, copied(t, map[string]string{exceptionsFile: tt.yaml}), "2027-05-01T12:00:00Z")
			exit, _ := o.packet.Decisions.Find("code/exit")
			entry, _ := o.packet.Decisions.Find("release/entry")
			got := []gates.Outcome{assessed(exit, "exceptions-settled"), assessed(exit, "exceptions-reviewed"), assessed(entry, "exceptions-settled")}
			if got[0] != tt.settled || got[1] != tt.reviewed || got[2] != tt.all {
				t.Errorf("settled, reviewed, all: %v, want %s %s %s", got, tt.settled, tt.reviewed, tt.all)
			}
			o.follows(t)
		})
	}
}

func TestUsage(t *testing.T) {
	for _, tt := range []struct {
		args []string
		code int
		says string
	}{
		{nil, exitUsage, "-in and -out are needed"},
		{[]string{"-in", "x"}, exitUsage, "-in and -out are needed"},
		{[]string{"-in", "x", "-out", "y", "z"}, exitUsage, `unexpected argument "z"`},
		{[]string{"-in", "x", "-out", "y", "-now", "today"}, exitUsage, "-now: "},
		{[]string{"-what"}, exitUsage, "not defined: -what"},
		{[]string{"-h"}, exitDone, "-now RFC3339"},
		{[]string{"-in", "not/here", "-out", "y"}, exitFailed, "not/here is no release folder"},
	} {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), tt.args, &stdout, &stderr); code != tt.code || !strings.Contains(stderr.String(), tt.says) || stdout.Len() > 0 {
			t.Errorf("%q: exit code %d, want %d, saying %q:\n%s%s", tt.args, code, tt.code, tt.says, &stderr, &stdout)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	if code := run(ctx, []string{"-in", invented, "-out", t.TempDir()}, &stdout, &stderr); code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
}

// copied returns a copy of the invented folder with some files replaced.
func copied(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(invented)); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
