package process_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/connectors/internal/redact"
)

func TestServes(t *testing.T) {
	dir := hosttest.Private(t)
	p := start(t, spec("serve"))
	if p.Pid() == os.Getpid() || p.Pid() == 0 {
		t.Errorf("pid %d: not a process of its own", p.Pid())
	}
	if err := p.Health(t.Context()); err != nil {
		t.Error(err)
	}
	if cause := p.Cause(); cause != "" {
		t.Errorf("Cause() = %q of a running child", cause)
	}
	var left []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			left = append(left, path)
		}
		return err
	})
	if err != nil || len(left) > 0 {
		t.Errorf("the socket is still there for others: %v, %v", left, err)
	}
	within(t, 5*time.Second, func() { p.Kill(process.KillGrace) })
	if cause := p.Cause(); cause != "exited" {
		t.Errorf("Cause() = %q after a graceful end", cause)
	}
	p.Kill(0)
}

// The lines of a certificate in the environment look like assignments, too.
var variable = regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`)

func TestEnvironment(t *testing.T) {
	hosttest.Private(t)
	t.Setenv("JIRA_TOKEN", "planted")
	t.Setenv("HTTPS_PROXY", "http://user:planted@proxy")
	t.Setenv("WANTED", "yes")
	for i := range 40 {
		t.Setenv("NOISE_"+string(rune('A'+i)), "planted")
	}
	s := spec("serve")
	s.Env = []string{"WANTED", "UNSET"}
	answer, err := describe(t, start(t, s))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for line := range strings.Lines(answer.GetSummary()) {
		if name, _, ok := strings.Cut(line, "="); ok && variable.MatchString(name) {
			names = append(names, name)
		}
	}
	known := []string{"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR", "WANTED", "TEST_MODE",
		"TIDEGATE_CONNECTOR_COOKIE", "PLUGIN_MIN_PORT", "PLUGIN_MAX_PORT", "PLUGIN_PROTOCOL_VERSIONS", "PLUGIN_CLIENT_CERT", "PLUGIN_UNIX_SOCKET_DIR"}
	for _, name := range names {
		if !slices.Contains(known, name) {
			t.Errorf("the child sees %s", name)
		}
	}
	if strings.Contains(answer.GetSummary(), "planted") || !slices.Contains(names, "WANTED") {
		t.Errorf("the child sees %v", names)
	}
}

// What is not a connector is refused in one line that says why.
func TestRefused(t *testing.T) {
	tests := []struct {
		mode string
		want string
	}{
		{"die", "it printed: no licence for [redacted]"},
		{"mute", "not ready within 300ms"},
		{"babble", "hello, I am ready"},
		{"endless", ""},
		{"elsewhere", "not at a unix socket in the directory that TMPDIR names"},
		{"newer", "incompatible API version with plugin. Plugin version: 7, Client versions: [1]"},
	}
	for _, tt := range tests {
		t.Run(tt.mode, func(t *testing.T) {
			hosttest.Private(t)
			s := spec(tt.mode)
			s.Redactor = redact.New("t0p-s3cret")
			if tt.mode == "mute" {
				s.StartTimeout = 300 * time.Millisecond
			}
			within(t, 15*time.Second, func() {
				p, err := process.Start(context.Background(), s)
				if err == nil {
					p.Kill(0)
					t.Error("it was started")
				} else if !strings.Contains(err.Error(), tt.want) || strings.ContainsAny(err.Error(), "\n") || strings.Contains(err.Error(), "t0p") {
					t.Errorf("error %q, want %q in one line", err, tt.want)
				}
			})
		})
	}
}

func TestNoProgram(t *testing.T) {
	hosttest.Private(t)
	_, err := process.Start(t.Context(), process.Spec{Path: filepath.Join(t.TempDir(), "none"), Trust: process.Unpinned})
	if err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Error(err)
	}
}

func TestCanceledStart(t *testing.T) {
	hosttest.Private(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	within(t, 5*time.Second, func() {
		if _, err := process.Start(ctx, spec("mute")); err == nil {
			t.Error("started after its context was canceled")
		}
	})
}

func TestPin(t *testing.T) {
	hosttest.Private(t)
	s := spec("serve")
	s.Trust = process.Pinned
	for _, pin := range [][]byte{nil, make([]byte, sha256.Size)} {
		s.Pin = pin
		if _, err := process.Start(t.Context(), s); !errors.Is(err, process.ErrPin) {
			t.Errorf("pin %x: error %v, want ErrPin", pin, err)
		}
	}
	program, err := os.ReadFile(s.Path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(program)
	s.Pin = sum[:]
	for range 2 { // the second start is where a hash that is not reset fails
		start(t, s).Kill(0)
	}
}

func TestUnpinnedIsLoud(t *testing.T) {
	hosttest.Private(t)
	var log hosttest.Book
	s := spec("serve")
	s.Trust, s.Logger = process.Unpinned, log.Text()
	for range 2 {
		start(t, s).Kill(0)
	}
	if n := strings.Count(log.String(), "level=WARN msg=\"starting a connector whose program is not pinned\""); n != 2 {
		t.Errorf("%d warnings for 2 starts:\n%s", n, log.String())
	}
}

func TestBreaker(t *testing.T) {
	now := time.Date(2026, 12, 7, 12, 0, 0, 0, time.UTC)
	b := process.Breaker{Now: func() time.Time { return now }}
	var waits []time.Duration
	for range 6 {
		wait, _ := b.Wait()
		waits = append(waits, wait)
		now = now.Add(wait)
		if left, _ := b.Wait(); left != 0 {
			t.Fatalf("still %v after waiting %v", left, wait)
		}
		b.Failed()
	}
	ms := time.Millisecond
	if want := []time.Duration{0, 100 * ms, 200 * ms, 400 * ms, 800 * ms, 30 * time.Second}; !slices.Equal(waits, want) {
		t.Errorf("waits %v, want %v", waits, want)
	}
	if _, open := b.Wait(); !open {
		t.Error("the breaker is closed after 6 failures")
	}
	b.Worked()
	if wait, open := b.Wait(); wait != 0 || open {
		t.Errorf("Wait() = %v, %v after it worked", wait, open)
	}
}
