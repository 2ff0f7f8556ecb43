package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/compliance/audit"
	"github.com/tidegate-go/tidegate/internal/golden"
)

func audited(args ...string) (code int, stdout, stderr string) {
	var out, problems bytes.Buffer
	code = run(args, &out, &problems)
	return code, out.String(), problems.String()
}

// What every build of the quickstart changes, since it pins its own file, and
// what every connector of it does, since it is a record.
var (
	digests = regexp.MustCompile(`sha256:[0-9a-f]{64}`)
	counts  = regexp.MustCompile(`\b(record|log:|kind [a-z]+:) \d+`)
)

// The bundle of the quickstart holds, as a folder and as an archive, until a
// byte of it is changed.
func TestQuickstart(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "go", "run", "../quickstart", "-out", dir).CombinedOutput(); err != nil {
		t.Fatalf("quickstart: %v\n%s", err, out)
	}
	bundle := filepath.Join(dir, "bundle")
	code, stdout, stderr := audited(bundle)
	if code != 0 {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	golden.Assert(t, "testdata/stdout.golden", counts.ReplaceAll(digests.ReplaceAll([]byte(stdout), []byte("DIGEST")), []byte("$1 N")))

	key := filepath.Join(dir, "log.pub")
	kept := filepath.Join(dir, "kept")
	for from, to := range map[string]string{"key": key, "checkpoint": kept} {
		text, err := os.ReadFile(filepath.Join(bundle, from))
		if err == nil {
			err = os.WriteFile(to, text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	code, stdout, stderr = audited("-key", key, "-checkpoint", kept, "-json", bundle)
	var report audit.Report
	if err := json.Unmarshal([]byte(stdout), &report); err != nil || code != 0 || !report.Holds || !report.Pinned || !report.Witnessed || len(report.Open) > 0 {
		t.Errorf("exit %d: %s%s%v", code, stdout, stderr, err)
	}

	code, stdout, _ = audited("-register", bundle)
	if lines := strings.Split(stdout, "\r\n"); code != 0 || len(lines) != 10 || !strings.HasPrefix(lines[1], `"A1","Scope","","CC8.1"`) {
		t.Errorf("exit %d: %s", code, stdout)
	}

	annex := filepath.Join(bundle, "annex.md")
	if err := os.WriteFile(annex, []byte("# Another\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, stdout, _ = audited("-key", key, bundle)
	if want := "The bundle of Meridian 2026.12.0 does not hold.\n\nWhat is wrong:\n  annex.md: altered: its digest is"; code != 1 || !strings.HasPrefix(stdout, want) {
		t.Errorf("exit %d: %s", code, stdout)
	}
	if code, _, stderr = audited("-register", bundle); code != 1 || !strings.HasPrefix(stderr, "audit: the bundle does not hold: ") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

func TestExitCodes(t *testing.T) {
	empty := t.TempDir()
	bad := filepath.Join(empty, "bad.tar")
	if err := os.WriteFile(bad, bytes.Repeat([]byte("x"), 2000), 0o600); err != nil {
		t.Fatal(err)
	}
	nothing := filepath.Join(empty, "nothing")
	if err := os.WriteFile(nothing, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"-h"}, 0, "usage: audit"},
		{nil, 2, "usage: audit"},
		{[]string{"a", "b"}, 2, "usage: audit"},
		{[]string{"-nonsense"}, 2, "nonsense"},
		{[]string{filepath.Join(empty, "nowhere")}, 2, "nowhere"},
		{[]string{bad}, 2, "cannot be read"},
		{[]string{"-key", filepath.Join(empty, "nokey"), empty}, 2, "nokey"},
		{[]string{"-key", bad, empty}, 2, "bad.tar"},
		{[]string{"-checkpoint", filepath.Join(empty, "none"), empty}, 2, "none"},
		{[]string{"-key", "", empty}, 2, "-key is empty"},
		{[]string{"-checkpoint", "", empty}, 2, "-checkpoint is empty"},
		{[]string{"-checkpoint", nothing, empty}, 2, "nothing: it is empty"},
		{[]string{t.TempDir()}, 1, "plan.json: missing"},
	} {
		if code, stdout, stderr := audited(tt.args...); code != tt.code || !strings.Contains(stdout+stderr, tt.want) {
			t.Errorf("%q: exit %d, %s%s", tt.args, code, stdout, stderr)
		}
	}
}
