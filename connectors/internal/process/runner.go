package process

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// maxHandshake is the longest handshake line; with a certificate it has about 900 bytes.
	maxHandshake = 16 << 10

	// drainTime is how long the output of a dead child is still read: a
	// grandchild that left the group may hold the pipe open for ever.
	drainTime = 200 * time.Millisecond
)

var errKilled = errors.New("killed before it was started")

// runner is the child as go-plugin sees it (runner.Runner). Its output is the
// handshake line and then ends; its error output ends at once. go-plugin can
// thus neither choke on a line nor panic on it (traps 1 and 3).
type runner struct {
	cmd  *exec.Cmd
	dir  string // where the child may have its socket
	errs *splitter

	first  *io.PipeReader // the handshake line
	exited chan struct{}  // closed when the child is gone and its output read
	err    error          // why it is gone; set before exited is closed

	mu     sync.Mutex
	pid    int
	over   bool // not to be started any more, or gone: the pid may be another's
	socket string
}

func newRunner(s Spec, dir string, env []string, errs *splitter) *runner {
	cmd := exec.Command(s.Path, s.Args...)
	cmd.Env = append(s.environ(dir), env...)
	setGroup(cmd)
	return &runner{cmd: cmd, dir: dir, errs: errs, exited: make(chan struct{})}
}

// Start starts the child on a thread of its own.
func (r *runner) Start(context.Context) error {
	started := make(chan error, 1)
	outs, outw, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("pipe: %w", err)
	}
	errs, errw, err := os.Pipe()
	if err != nil {
		_, _ = outs.Close(), outw.Close() // nothing was written
		return fmt.Errorf("pipe: %w", err)
	}
	r.cmd.Stdout, r.cmd.Stderr = outw, errw
	first, line := io.Pipe()
	r.first = first

	var pumps sync.WaitGroup
	pumps.Go(func() { pumpOutput(outs, line) })
	pumps.Go(func() {
		_, _ = io.Copy(r.errs, errs) // ends with the child, or after drainTime
		r.errs.Close()
	})
	go r.live(started, func() {
		_, _ = outw.Close(), errw.Close() // ours; the child has its own
	}, func() {
		deadline := time.Now().Add(drainTime)
		_, _ = outs.SetReadDeadline(deadline), errs.SetReadDeadline(deadline) // pipes have deadlines where it matters
		pumps.Wait()
		_, _ = outs.Close(), errs.Close()
	})
	return <-started
}

// live is the life of the child. The parent-death signal comes when the thread
// dies that started it, not the process, so the thread is kept (golang/go#27505):
// it waits for the child's end itself.
func (r *runner) live(started chan<- error, begun, ended func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(r.exited)
	err := r.begin()
	begun()
	if err != nil {
		ended()
		r.err = err
		started <- err
		return
	}
	started <- nil
	r.err = wait(r.cmd, r.Signal) // who is left of the group goes with the child
	r.mu.Lock()
	r.over = true
	r.mu.Unlock()
	ended()
}

func (r *runner) begin() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over {
		return errKilled
	}
	if err := r.cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", r.cmd.Path, err)
	}
	r.pid = r.cmd.Process.Pid
	return nil
}

// Signal sends SIGKILL to the child and its group, also if it is stopped.
func (r *runner) Signal() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pid != 0 && !r.over {
		killGroup(r.cmd.Process)
	}
	r.over = r.over || r.pid == 0
}

// pumpOutput hands on the first line and throws away the rest, whatever its length.
func pumpOutput(from io.Reader, line *io.PipeWriter) {
	in := bufio.NewReaderSize(from, maxHandshake)
	text, err := in.ReadSlice('\n')
	if len(text) > 0 && (err == nil || errors.Is(err, io.EOF)) {
		_, _ = line.Write(text) // go-plugin reads to the end
	}
	_ = line.Close() // never fails
	_, _ = io.Copy(io.Discard, in)
}

// Wait returns when the child is gone.
func (r *runner) Wait(context.Context) error {
	<-r.exited
	return r.err
}

// Kill does not wait.
func (r *runner) Kill(context.Context) error {
	r.Signal()
	return nil
}

// Stdout has the handshake line only.
func (r *runner) Stdout() io.ReadCloser { return r.first }

// Stderr is empty: the child's is read by its pump.
func (r *runner) Stderr() io.ReadCloser { return io.NopCloser(strings.NewReader("")) }

// Diagnose knows nothing more.
func (r *runner) Diagnose(context.Context) string { return "" }

// Name is the program's path.
func (r *runner) Name() string { return r.cmd.Path }

// ID is the pid, and "" before the start.
func (r *runner) ID() string {
	if pid := r.Pid(); pid != 0 {
		return strconv.Itoa(pid)
	}
	return ""
}

// Pid is 0 before the start.
func (r *runner) Pid() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pid
}

// PluginToHost refuses an address at which anybody could listen.
func (r *runner) PluginToHost(network, address string) (string, string, error) {
	if runtime.GOOS == "windows" { // go-plugin knows only TCP there
		return network, address, nil
	}
	path, err := filepath.Rel(r.dir, address)
	if network != "unix" || err != nil || !filepath.IsLocal(path) {
		return "", "", fmt.Errorf("it listens at %s %q, not at a unix socket in the directory that TMPDIR names", network, address)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.socket = address
	return network, address, nil
}

// HostToPlugin changes nothing.
func (r *runner) HostToPlugin(network, address string) (string, string, error) {
	return network, address, nil
}

// unlink removes the socket: nobody else is to connect, and none is left when
// host and child are killed together.
func (r *runner) unlink() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.socket != "" {
		_ = os.Remove(r.socket) // the directory goes in the end
	}
}
