package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render"
)

// The test binary is its own connectors' binary, as the program is.
func TestMain(m *testing.M) {
	if connectors.Main(own()...) {
		return
	}
	os.Exit(m.Run())
}

// checksum is that of the running program, which every build changes.
var checksum = regexp.MustCompile(`[0-9a-f]{64}`)

// The run shows a Go, a Hold and a NoGo, each for the reason that it was built for.
func TestDecisions(t *testing.T) {
	outside, err := standIns()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = outside.Close() }()
	d, err := decide(t.Context(), outside, 10*time.Second, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]gates.Verdict{}
	for _, g := range d.packet.Decisions.Gates {
		got[g.Gate] = g.Verdict
	}
	want := map[string]gates.Verdict{
		"development/entry": gates.Go, "development/exit": gates.Go, "qa/entry": gates.Go, "qa/exit": gates.Go, "staging/entry": gates.Go,
		"staging/exit": gates.NoGo, "production/entry": gates.Hold, "production/exit": gates.Hold,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
		for _, g := range d.packet.Decisions.Gates {
			t.Log(g.Explain())
		}
	}
	// What stands in Jira and in Azure Boards is one piece of work, and what is discussed in Jira is in the register already.
	if p := d.packet.Plan; len(p.Scope) != len(scope()) || len(p.Questions.Items) != len(questions()) {
		t.Errorf("%d items in the scope and %d questions", len(p.Scope), len(p.Questions.Items))
	}
	if err := d.report.Err(); err != nil {
		t.Errorf("the packet has errors:\n%v", err)
	}
}

func TestRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-out", dir}, &stdout, &stderr); code != 0 {
		t.Fatalf("exit %d: %s", code, &stderr)
	}
	golden.Assert(t, "testdata/stdout.golden", checksum.ReplaceAll(bytes.ReplaceAll(stdout.Bytes(), []byte(dir), []byte("DIR")), []byte("CHECKSUM")))
	text := read(t, dir, "packet.md")
	golden.Assert(t, "testdata/packet.md", text)
	golden.Assert(t, "testdata/annex.md", read(t, dir, "annex.md"))
	if n := render.CountWords(text).Visible; n < render.DefaultMin || n > render.DefaultMax {
		t.Errorf("packet.md has %d words", n)
	}

	decoded := func(name string, v any) {
		t.Helper()
		text := read(t, dir, name)
		if err := packet.Unmarshal(text, v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		again, err := packet.Marshal(v)
		if err != nil || !bytes.Equal(text, again) {
			t.Errorf("%s does not encode to the same bytes: %v", name, err)
		}
	}
	var p packet.Packet
	var d gates.Decisions
	decoded("packet.json", &p)
	decoded("decisions.json", &d)
	var facts fact.Set
	for name, v := range map[string]any{"plan.json": &p.Plan, "catalog.json": &p.Catalog, "facts.json": &facts, "waivers.json": &p.Waivers} {
		decoded(name, v)
	}
	want := gates.Digests{Plan: value.Sum(read(t, dir, "plan.json")), Catalog: value.Sum(read(t, dir, "catalog.json")),
		Facts: value.Sum(read(t, dir, "facts.json")), Waivers: value.Sum(read(t, dir, "waivers.json"))}
	if diff := cmp.Diff(want, d.Digests); diff != "" {
		t.Errorf("decisions do not name the bytes of the files (-want +got):\n%s", diff)
	}
}

// The README shows lines of the output as they are.
func TestReadmeShowsOutput(t *testing.T) {
	readme := read(t, "../..", "README.md")
	_, after, _ := bytes.Cut(readme, []byte("```\nstaging/exit"))
	shown, _, ok := bytes.Cut(after, []byte("```"))
	if !ok || !bytes.Contains(read(t, "testdata", "stdout.golden"), append([]byte("staging/exit"), shown...)) {
		t.Error("README.md shows another output of the quickstart")
	}
}

// The same run gives the same bytes.
func TestDeterministic(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	for _, dir := range []string{a, b} {
		if code := run(t.Context(), []string{"-out", dir}, &bytes.Buffer{}, &bytes.Buffer{}); code != 0 {
			t.Fatalf("exit %d", code)
		}
	}
	files := 0
	err := fs.WalkDir(os.DirFS(a), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		if !bytes.Equal(read(t, a, name), read(t, b, name)) {
			t.Errorf("%s differs", name)
		}
		return nil
	})
	if err != nil || files != 8+15+3+4 { // the documents, the bundle with its log, and the log
		t.Errorf("%d files, %v", files, err)
	}
}

func TestExitCodes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		args []string
		want int
	}{
		{[]string{"-h"}, 0},
		{[]string{"-out", filepath.Join(file, "below")}, 1},
		{[]string{"-nonsense"}, 2},
		{[]string{"surplus"}, 2},
	}
	for _, tt := range tests {
		var stderr bytes.Buffer
		if got := run(t.Context(), tt.args, &bytes.Buffer{}, &stderr); got != tt.want {
			t.Errorf("%v: exit %d, want %d", tt.args, got, tt.want)
		}
		if stderr.Len() == 0 {
			t.Errorf("%v: nothing said", tt.args)
		}
	}
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
