package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// verify is the program as its users build it.
var verify string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "verify-")
		if err != nil {
			panic(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		verify = filepath.Join(dir, "verify.exe") // the name does on every system
		if out, err := exec.Command("go", "build", "-o", verify, ".").CombinedOutput(); err != nil {
			panic(string(out))
		}
		return m.Run()
	}())
}

// ran runs the program and returns its exit code and what it wrote.
func ran(t *testing.T, stdin io.Reader, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, problems bytes.Buffer
	cmd := exec.CommandContext(t.Context(), verify, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, &out, &problems
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), problems.String()
}

// file writes a document of the packet's format.
func file(t *testing.T, name string, v any) string {
	t.Helper()
	text, err := packet.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, name, string(text))
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var now = "-now=" + sample.Open.Format(time.RFC3339)

func TestVerify(t *testing.T) {
	facts := file(t, "facts.json", sample.Facts(sample.Ready(), sample.Catalog(), sample.Open))
	good := file(t, "packet.json", sample.Packet())
	change := func(f func(*packet.Packet)) string {
		p := sample.Packet()
		f(&p)
		return file(t, "packet.json", p)
	}
	warned := change(func(p *packet.Packet) { p.Plan.Overview.Success = nil })
	broken := change(func(p *packet.Packet) { p.Plan.Overview.Objectives = nil })
	hotfix := change(func(p *packet.Packet) { p.Plan.Overview.Urgency = release.Hotfix })
	tests := []struct {
		name string
		args []string
		want int
		says string
	}{
		{"good", []string{"-facts", facts, now, good}, 0, "0 errors, 0 warnings"},
		{"strict", []string{"-profile", "strict", "-facts", facts, now, good}, 0, "(profile strict)"},
		{"no clock", []string{"-facts", facts, good}, 0, "GATE-027: the clock is not given"},
		{"no facts", []string{now, good}, 0, "X-007: facts are not given"},
		{"a warning", []string{warned}, 1, "CMP-014"}, // what was signed is another plan
		{"an error", []string{broken}, 1, "error OVR-006 plan.overview.objectives: the objective is missing\n    say what the release is for"},
		{"by deliverable", []string{broken}, 1, "\nrelease overview\n"},
		{"a hotfix", []string{hotfix}, 1, "(profile hotfix)"},
		{"a hotfix by default", []string{"-profile", "default", hotfix}, 1, "(profile default)"},
		{"no hotfix, judged as one", []string{"-profile", "hotfix", good}, 1, "CMP-024 plan.overview.urgency"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, stdout, stderr := ran(t, nil, tt.args...)
			if code != tt.want || stderr != "" || !strings.Contains(stdout, tt.says) {
				t.Errorf("exit %d, want %d with %q:\n%s%s", code, tt.want, tt.says, stdout, stderr)
			}
		})
	}
}

// The report as JSON is that of packet.Verify, and standard input is a file too.
func TestJSON(t *testing.T) {
	p := sample.Packet()
	p.Plan.Overview.Objectives = nil
	text, err := packet.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := ran(t, bytes.NewReader(text), "-json", now, "-")
	if code != 1 || stderr != "" {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	want, err := packet.Marshal(packet.Verify(p, &packet.VerifyOptions{Now: sample.Open, Profile: packet.Default()}))
	if err != nil || stdout != string(want) {
		t.Errorf("%v, another report: %s", err, stdout)
	}
	var report check.Report
	if err := json.Unmarshal([]byte(stdout), &report); err != nil || report.Err() == nil {
		t.Errorf("%v: %v", err, report.Findings)
	}
}

// Whatever cannot be read is said, all of it, and the code is another than that
// of a packet with errors.
func TestUnreadable(t *testing.T) {
	encoded, err := packet.Encode(sample.Packet())
	if err != nil {
		t.Fatal(err)
	}
	good := string(encoded)
	bent := func(old, with string) string {
		t.Helper()
		if !strings.Contains(good, old) {
			t.Fatalf("the packet has no %s", old)
		}
		return write(t, "packet.json", strings.Replace(good, old, with, 1))
	}
	name := file(t, "packet.json", sample.Packet())
	huge, err := os.Create(filepath.Join(t.TempDir(), "huge.json"))
	if err == nil {
		err = errors.Join(huge.Truncate(most+1), huge.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		args []string
		want []string
	}{
		{"unknown field", []string{bent(`"name": "Holiday`, `"nmae": "x", "name": "Holiday`)}, []string{"6:7: plan.overview", "nmae"}},
		{"wrong type", []string{bent(`"version": "2026.12.0"`, `"version": 2026`)}, []string{"plan.overview.version", "7:"}},
		{"bad time", []string{bent(`"codeFreeze": "2026-12-01T18`, `"codeFreeze": "2026-12-01 at 18`)}, []string{"plan.overview.codeFreeze"}},
		{"wrong schema", []string{bent(`tidegate.packet/1`, `tidegate.packet/2`)}, []string{"1:1: schema", "tidegate.packet/2"}},
		{"every fault", []string{bent(`"version": "2026.12.0",`, `"version": 1, "zone": 2, "urgency": "soon",`)},
			[]string{"plan.overview.version", "plan.overview.zone", "plan.overview.urgency"}},
		{"no JSON", []string{write(t, "packet.json", "release: 2026.12.0\n")}, []string{"1:1:"}},
		{"nothing", []string{write(t, "packet.json", "")}, []string{"1:1:"}},
		{"nesting bomb", []string{write(t, "packet.json", `{"plan":`+strings.Repeat(`[`, 100_000))}, []string{"1:"}},
		{"too large", []string{huge.Name()}, []string{"larger than 64 MiB"}},
		{"no file", []string{filepath.Join(t.TempDir(), "gone.json")}, []string{"gone.json"}},
		{"facts that are none", []string{"-facts", name, name}, []string{"are no facts", "2:3: schema", "plan: unknown field"}},
		{"facts that are not there", []string{"-facts", name + "x", name}, []string{"packet.jsonx"}},
		{"facts from nowhere", []string{"-facts", "-", name}, []string{"open -"}},
		{"no moment", []string{"-now", "yesterday", name}, []string{"-now", "yesterday"}},
		{"no profile", []string{"-profile", "lenient", name}, []string{"lenient", "strict default hotfix"}},
		{"no packet", nil, []string{"usage: verify"}},
		{"two packets", []string{name, name}, []string{"usage: verify"}},
		{"no such flag", []string{"-fast", name}, []string{"-fast"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, stdout, stderr := ran(t, nil, tt.args...)
			if code != 2 || stdout != "" {
				t.Errorf("exit %d, want 2: %s", code, stdout)
			}
			for _, want := range tt.want {
				if !strings.Contains(stderr, want) {
					t.Errorf("%q is not said:\n%.600s", want, stderr)
				}
			}
		})
	}
}

func TestHelp(t *testing.T) {
	if code, _, stderr := ran(t, nil, "-h"); code != 0 || !strings.Contains(stderr, "usage: verify") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

// Nobody reads the report: the code says that it was not delivered.
func TestNobodyReads(t *testing.T) {
	name := file(t, "packet.json", sample.Packet())
	for _, args := range [][]string{{name}, {"-json", name}} {
		var stderr bytes.Buffer
		if code := run(args, nil, full{}, &stderr); code != 2 || !strings.Contains(stderr.String(), "full") {
			t.Errorf("exit %d: %s", code, &stderr)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }
