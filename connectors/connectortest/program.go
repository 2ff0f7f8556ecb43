package connectortest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/tidegate-go/tidegate/connectors/internal/parent"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
)

// Build builds the main package of a connector with the go command, which has
// to be there, and returns the path of the program; it is gone with the test.
// pkg is as in go build: a path that begins with a dot, or an import path.
func Build(t testing.TB, pkg string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "connector")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", path, pkg).CombinedOutput()
	if err != nil {
		t.Fatalf("go build %s: %v\n%s", pkg, err, out)
	}
	return path
}

// program is a process of the connector, as a host has it.
type program struct {
	*process.Process

	lines *lines
}

// start starts the program and makes it the sitting's connector.
func (s *sitting) start() {
	s.Helper()
	p := &program{lines: &lines{to: s.logs}}
	var err error
	p.Process, err = process.Start(s.within(), process.Spec{
		Name: "exam", Path: s.Program[0], Args: s.Program[1:], Trust: process.Unpinned, Logger: slog.New(p.lines),
		Set: []string{parent.Variable + "=" + strconv.Itoa(os.Getpid())},
	})
	if err != nil {
		s.Fatalf("%s does not start: %v", s.Program[0], err)
	}
	s.Cleanup(func() { p.Kill(process.KillGrace) })
	s.child, s.remote = p, &remote{client: p.Connector()}
	s.Connector = s.remote
}

// kill9 kills the process as the kernel does, behind the host's back.
func (p *program) kill9() {
	if child, err := os.FindProcess(p.Pid()); err == nil {
		_ = child.Kill() // it may be gone
	}
	<-p.Exited()
}

// shutdown asks the process to end, as go-plugin does. That the answer does not
// come, since the process ended, is none of the errors.
func (p *program) shutdown(ctx context.Context) error {
	return p.Conn().Invoke(ctx, "/plugin.GRPCController/Shutdown", &emptypb.Empty{}, &emptypb.Empty{})
}

// lines is a handler that keeps the lines that a process printed.
type lines struct {
	to *log

	mu  sync.Mutex
	all []line
}

type line struct {
	text string
	cut  int64 // bytes that were too many
}

// Enabled is always so.
func (*lines) Enabled(context.Context, slog.Level) bool { return true }

// WithAttrs changes nothing: only what was printed matters.
func (l *lines) WithAttrs([]slog.Attr) slog.Handler { return l }

// WithGroup changes nothing.
func (l *lines) WithGroup(string) slog.Handler { return l }

// Handle keeps a line.
func (l *lines) Handle(_ context.Context, r slog.Record) error {
	var one line
	r.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "line":
			one.text = a.Value.String()
		case "cut":
			one.cut = a.Value.Int64()
		}
		return true
	})
	if one.text == "" {
		return nil // the host's own
	}
	l.mu.Lock()
	l.all = append(l.all, one)
	l.mu.Unlock()
	_, err := fmt.Fprintln(l.to, one.text)
	return err
}

func (l *lines) printed() []line {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]line{}, l.all...)
}

// exitStatus is the status of a program that ran to its end, and -1 otherwise.
func exitStatus(err error) int {
	if err == nil {
		return 0
	}
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		return e.ExitCode()
	}
	return -1
}
