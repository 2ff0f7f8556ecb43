//go:build unix

package process_test

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/connectors/internal/redact"
)

func TestKilled(t *testing.T) {
	hosttest.Private(t)
	p := start(t, spec("serve"))
	if err := syscall.Kill(p.Pid(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	within(t, 5*time.Second, func() { <-p.Exited() })
	if cause := p.Cause(); cause != "signal: killed" {
		t.Errorf("Cause() = %q", cause)
	}
	if _, err := describe(t, p); status.Code(err) != codes.Unavailable {
		t.Errorf("a call to a dead child: %v", err)
	}
	within(t, time.Second, func() { p.Kill(process.KillGrace) })
}

func TestPanics(t *testing.T) {
	hosttest.Private(t)
	var log hosttest.Book
	s := spec("crash")
	s.Redactor, s.Logger = redact.New("t0p-s3cret"), log.Text()
	p := start(t, s)
	if _, err := describe(t, p); status.Code(err) != codes.Unavailable {
		t.Errorf("a call to a child that panics: %v", err)
	}
	within(t, 5*time.Second, func() { <-p.Exited() })
	if cause := p.Cause(); cause != "exit status 2; it printed: panic: the child panics over [redacted]" {
		t.Errorf("Cause() = %q", cause)
	}
	if strings.Contains(log.String(), "t0p-s3cret") {
		t.Error("the log has the secret")
	}
}

// go-plugin's Ping and Kill hang on a stopped child.
func TestFrozen(t *testing.T) {
	hosttest.Private(t)
	p := start(t, spec("serve"))
	hosttest.Freeze(t, p.Pid())
	within(t, 2*process.HealthTimeout, func() {
		if err := p.Health(t.Context()); err == nil {
			t.Error("a frozen child is healthy")
		}
	})
	within(t, 2*process.KillGrace, func() { p.Kill(process.KillGrace) })
	if cause := p.Cause(); cause != "signal: killed" {
		t.Errorf("Cause() = %q", cause)
	}
}

func TestStubborn(t *testing.T) {
	hosttest.Private(t)
	p := start(t, spec("stubborn"))
	within(t, 2*time.Second, func() { p.Kill(50 * time.Millisecond) })
	if cause := p.Cause(); cause != "signal: killed" {
		t.Errorf("Cause() = %q", cause)
	}
}

// The group goes with the child; goleak and this test's deadline say whether its pipes do.
func TestGrandchild(t *testing.T) {
	hosttest.Private(t)
	p := start(t, spec("family"))
	group := p.Pid()
	within(t, 5*time.Second, func() { p.Kill(process.KillGrace) })
	gone(t, -group)
}

// One line like the first panics go-plugin's host, the second fills its scanner,
// and output that nobody reads stalls the child.
func TestNoise(t *testing.T) {
	hosttest.Private(t)
	var log hosttest.Book
	s := spec("noise")
	s.Redactor, s.Logger = redact.New("t0p-s3cret"), log.Text()
	p := start(t, s)
	if _, err := describe(t, p); err != nil {
		t.Fatal(err)
	}
	p.Kill(process.KillGrace)
	text := log.String()
	for _, want := range []string{`@message`, `cut=10420224`, `"the secret is [redacted]"`, `"over gRPC: [redacted]"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the log lacks %s", want)
		}
	}
	if strings.Contains(text, "t0p-s3cret") {
		t.Error("the log has the secret")
	}
}

func TestFlood(t *testing.T) {
	hosttest.Private(t)
	var log hosttest.Book
	s := spec("flood")
	s.Logger = log.Text()
	p := start(t, s)
	if _, err := describe(t, p); err != nil {
		t.Fatal(err)
	}
	p.Kill(process.KillGrace)
	if n := len(log.String()); n > 4<<20 {
		t.Errorf("100,000 lines made a log of %d bytes", n)
	}
	if !strings.Contains(log.String(), "connector printed more than is logged") {
		t.Error("the log does not say that lines are missing")
	}
}

// Host and child hold the write end of a pipe. It ends when both are gone.
func TestHostDies(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has a parent-death signal; elsewhere the SDK watches its parent")
	}
	for _, how := range []string{"kill", "panic", "exit"} {
		t.Run(how, func(t *testing.T) {
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			read, write, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			dir, err := os.MkdirTemp("", "tg") //nolint:usetesting // a socket has a short path, t.TempDir a long one
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = os.RemoveAll(dir) }()
			host := exec.CommandContext(t.Context(), self)
			host.Env = append(os.Environ(), "TEST_MODE=host", "TMPDIR="+dir)
			if how == "panic" {
				host.Env = append(host.Env, "TEST_MODE=panic")
			}
			host.ExtraFiles = []*os.File{write}
			stdin, err := host.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			stdout, err := host.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := host.Start(); err != nil {
				t.Fatal(err)
			}
			_ = write.Close()
			line, err := bufio.NewReader(stdout).ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			pid, err := strconv.Atoi(strings.TrimSpace(line))
			if err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			if err := syscall.Kill(pid, 0); err != nil {
				t.Fatalf("the child is not there: %v", err)
			}
			if how == "kill" {
				err = host.Process.Kill()
			} else {
				_, err = io.WriteString(stdin, "\n")
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := read.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			if _, err := io.ReadAll(read); err != nil {
				t.Errorf("the child outlives its host: %v", err)
			}
			_ = host.Wait() // it was killed
			_ = read.Close()
			// Nobody cleared away after the host; the next one does.
			t.Setenv("TMPDIR", dir)
			stranger := filepath.Join(dir, "tidegate-notes-of-mine")
			if err := os.Mkdir(stranger, 0o700); err != nil {
				t.Fatal(err)
			}
			p := start(t, spec("serve"))
			if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) != 2 {
				t.Errorf("%v, %v: want the directory of the living and the stranger's", left, err)
			}
			p.Kill(process.KillGrace)
			if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) != 1 || left[0] != stranger {
				t.Errorf("left: %v, %v", left, err)
			}
		})
	}
}

// gone polls until nobody has the pid or group.
func gone(t *testing.T, pid int) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(10 * time.Second)
	for syscall.Kill(pid, 0) == nil {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("%d is left", pid)
		}
	}
}
