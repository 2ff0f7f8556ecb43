package outside_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	// What the module below testdata uses, so that go test does not repeat an
	// old result after a change there.
	_ "github.com/tidegate-go/tidegate/connectors"
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
	t.Run("connector", func(t *testing.T) { testConnector(t, dir) })
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

// testConnector lets a host of the module ask a connector of the module.
func testConnector(t *testing.T, dir string) {
	bin := t.TempDir()
	goRun(t, dir, "build", "-o", bin+string(filepath.Separator), "./ledger", "./collect")
	for name, args := range map[string][]string{"closed": nil, "abandoned": {"abandon"}} {
		t.Run(name, func(t *testing.T) {
			temp, err := os.MkdirTemp("", "outside-") //nolint:usetesting // short, else the host puts its sockets elsewhere
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.RemoveAll(temp) })
			host := exec.CommandContext(t.Context(), program(bin, "collect"), append([]string{program(bin, "ledger")}, args...)...)
			host.Env = append(os.Environ(), "TMPDIR="+temp)
			answer, err := host.CombinedOutput()
			out := string(answer)
			if err != nil {
				t.Fatalf("the host: %v\n%s", err, out)
			}
			wants := []string{
				"wrong pin: invalid-config connectors[0].pin\n",
				"wrong token: unauthorized: the ledger refuses the token [redacted]\n",
				"ready: ledger <nil>\n",
				`open: 1 result, failure "", complete true, value 2, 0 items, from "Ledger", https://ledger.example.com/open` + "\n",
				`changes: 1 result, failure "", complete true, value 0, 250 items, from "Ledger", ` + "\n",
				`unheard-of: 1 result, failure "unknown-kind", complete false, value 0, 0 items, from "", ` + "\n",
				"from a process: ledger 0.1.0 ready true true\n",
			}
			if name == "closed" { // else the host may end before it has read the connector's log
				wants = append(wants, "listing with [redacted]")
			}
			for _, want := range wants {
				if !strings.Contains(out, want) {
					t.Errorf("the host does not print %q:\n%s", want, out)
				}
			}
			for _, secret := range []string{"open-sesame", "wrong-token"} {
				if strings.Contains(out, secret) {
					t.Errorf("the host prints the secret %q:\n%s", secret, out)
				}
			}
			nothingLeft(t, out, temp, name == "closed")
		})
	}
}

// nothingLeft checks that the connector went with the host: at once if the host
// closed it, else soon.
func nothingLeft(t *testing.T, out, temp string, closed bool) {
	t.Helper()
	_, line, _ := strings.Cut(out, "\npid ")
	var pid int
	if _, err := fmt.Sscan(line, &pid); err != nil {
		t.Fatalf("the host names no process: %v\n%s", err, out)
	}
	if closed {
		left, err := os.ReadDir(temp)
		if err != nil || len(left) > 0 {
			t.Errorf("files are left: %v, %v", left, err)
		}
	}
	if runtime.GOOS == "windows" {
		return // no signal asks whether a process is there
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(10 * time.Second)
	for runs(pid) {
		if closed {
			t.Fatalf("the connector's process %d is left", pid)
		}
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("the connector's process %d is left after 10 s", pid)
		}
	}
}

// runs reports whether there is a process that did not end. One that ended and
// that nobody asked about yet, as in a container without an init, does not run.
func runs(pid int) bool {
	process, err := os.FindProcess(pid)
	if err != nil || process.Signal(syscall.Signal(0)) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || !strings.Contains(string(stat), ") Z ")
}

func program(dir, name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(dir, name)
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
