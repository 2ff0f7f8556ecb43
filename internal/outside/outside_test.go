package outside_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	// What the module below testdata uses, so that go test does not repeat an
	// old result after a change there.
	_ "github.com/tidegate-go/tidegate/gates/gatestest"
	_ "github.com/tidegate-go/tidegate/render"
)

// TestModule is a platform team's first day: a module of its own, a policy, its
// tests and a host, with the exported API alone.
func TestModule(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and tests a module of its own, which takes seconds: skipped by -short")
	}
	dir := newModule(t)
	for _, args := range [][]string{{"build", "./..."}, {"vet", "./..."}, {"test", "./..."}} {
		goRun(t, dir, args...)
	}
	t.Run("host", func(t *testing.T) {
		out := goRun(t, dir, "run", "./host")
		for _, want := range []string{
			"decision: go\n", "authorizes: true\n", "rules ran: true\n", "never better than its decisions: true\n",
			"reads back: true\n", "slow: no-go\n",
			"# Release Packet: Checkout 2026.12.0\n", "## Release Overview\n", "Ada Novak", "p95", "450 ms",
		} {
			if !strings.Contains(out, want) {
				t.Errorf("the host does not print %q:\n%s", want, out)
			}
		}
	})
	t.Run("what a policy links", func(t *testing.T) {
		deps := strings.Fields(goRun(t, dir, "list", "-deps", "./policy"))
		if !slices.Contains(deps, "github.com/tidegate-go/tidegate/gates") {
			t.Fatalf("go list names %d packages and not gates: it was asked wrongly", len(deps))
		}
		for _, banned := range []string{"net/http", "github.com/yuin/goldmark", "google.golang.org/grpc"} {
			for _, dep := range deps {
				if dep == banned || strings.HasPrefix(dep, banned+"/") {
					t.Errorf("a policy links %s: it has to stay small and cannot need the network", dep)
				}
			}
		}
	})
}

// newModule writes the module into a temporary folder, beside the root's
// go.sum, and lets it take tidegate from where it lies.
func newModule(t *testing.T) string {
	t.Helper()
	root := strings.TrimSpace(goRun(t, ".", "list", "-m", "-f", "{{.Dir}}"))
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "module"))); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, filepath.Join(dir, "go.mod.txt")) {
		if err := os.Rename(file, strings.TrimSuffix(file, ".txt")); err != nil {
			t.Fatal(err)
		}
	}
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "go.sum"), sums, 0o644); err != nil {
		t.Fatal(err)
	}
	goRun(t, dir, "mod", "edit", "-replace", "github.com/tidegate-go/tidegate="+root)
	return dir
}

// goRun runs the go command in a folder, without the network: what the module
// needs was needed to get here.
func goRun(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOSUMDB=off", "GOWORK=off")
	if dir == "." {
		cmd.Env = append(cmd.Env, "GOFLAGS=") // this module is not to be edited
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s%s", strings.Join(args, " "), err, out, stderr.String())
	}
	return string(out)
}
