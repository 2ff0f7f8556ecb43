package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// documents are what a record is made of.
var documents = []string{"plan.json", "catalog.json", "waivers.json", "facts.json", "decisions.json"}

// quickstart runs the quickstart as its users do and returns its folder.
func quickstart(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "go", "run", "../quickstart", "-out", dir).CombinedOutput(); err != nil {
		t.Fatalf("quickstart: %v\n%s", err, out)
	}
	return dir
}

func replayed(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, problems bytes.Buffer
	code = run(args, &out, &problems)
	return code, out.String(), problems.String()
}

var digest = regexp.MustCompile(`\bsha256:[0-9a-f]{64}\b`)

func TestQuickstart(t *testing.T) {
	dir := quickstart(t)
	code, stdout, stderr := replayed(t, dir)
	if want := "8 decisions of tidegate.decision/1 at 2026-12-08T16:30:00Z follow from their inputs: no-go\n"; code != 0 || stdout != want {
		t.Fatalf("exit %d: %s%s, want %s", code, stdout, stderr, want)
	}
	for _, name := range documents {
		t.Run(name, func(t *testing.T) { changeEach(t, dir, name) })
	}
}

// changeEach changes characters all over one document, one at a time, and
// replays: white space, letters of names and values, digits, signs.
func changeEach(t *testing.T, dir, name string) {
	path := filepath.Join(dir, name)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.WriteFile(path, sound, 0o600) })
	tried := 0
	for i := 0; i < len(sound); i += 1 + len(sound)/50 {
		if !utf8.RuneStart(sound[i]) {
			continue
		}
		for _, by := range []byte{' ', '0', 'a'} {
			if sound[i] == by {
				by = '\t'
			}
			changed := bytes.Clone(sound)
			changed[i] = by
			if err := os.WriteFile(path, changed, 0o600); err != nil {
				t.Fatal(err)
			}
			code, stdout, stderr := replayed(t, dir)
			if code != 1 || stdout != "" {
				t.Fatalf("byte %d, %q for %q: exit %d, %s", i, by, sound[i], code, stdout)
			}
			if digests := digest.FindAllString(stderr, 2); !strings.Contains(stderr, name) || len(digests) != 2 || digests[0] == digests[1] {
				t.Fatalf("byte %d, %q for %q: not the file and two digests: %s", i, by, sound[i], stderr)
			}
			if name == "decisions.json" && !strings.Contains(stderr, "first differ at ") && !strings.Contains(stderr, " at digests.") {
				t.Fatalf("byte %d, %q for %q: no path: %s", i, by, sound[i], stderr)
			}
			tried++
		}
	}
	if tried < 100 {
		t.Errorf("%d changes tried", tried)
	}
}

func TestExitCodes(t *testing.T) {
	for _, tt := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"-h"}, 0, "usage: replay"},
		{nil, 2, "usage: replay"},
		{[]string{"a", "b"}, 2, "usage: replay"},
		{[]string{"-nonsense"}, 2, "nonsense"},
		{[]string{filepath.Join(t.TempDir(), "nowhere")}, 1, "plan.json"},
	} {
		if code, _, stderr := replayed(t, tt.args...); code != tt.code || !strings.Contains(stderr, tt.want) {
			t.Errorf("%q: exit %d, %s", tt.args, code, stderr)
		}
	}
}
