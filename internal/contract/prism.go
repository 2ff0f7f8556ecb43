package contract

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Prism starts Prism, a mock server, on the file with a description, and
// returns its URL. With --errors it refuses what the description does not
// allow; its answers are the description's examples, or made of its schemas.
func Prism(t testing.TB, file string) string {
	t.Helper()
	dir := NeedPrism(t)
	port := freePort(t)
	command := exec.Command(filepath.Join(dir, "node_modules", ".bin", "prism"), "mock", "-h", "127.0.0.1", "-p", port, "--errors", file)
	out := &outcry{ready: make(chan struct{})}
	command.Stdout, command.Stderr = out, out
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	t.Cleanup(func() {
		_ = command.Process.Kill() // it may have ended by itself
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			t.Error("Prism does not end")
		}
	})
	select {
	case <-out.ready:
	case err := <-ended:
		ended <- err
		t.Fatalf("Prism ended: %v\n%s", err, out)
	case <-time.After(2 * time.Minute):
		t.Fatalf("Prism does not start:\n%s", out)
	}
	return "http://127.0.0.1:" + port
}

// NeedPrism returns the folder in which Prism is installed. The test is skipped
// where TIDEGATE_PRISM does not name one; .ci/run contract installs it and does.
func NeedPrism(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("TIDEGATE_PRISM")
	if dir == "" {
		t.Skip("TIDEGATE_PRISM does not name the folder with Prism: .ci/run contract installs it")
	}
	return dir
}

// freePort is one that nobody listened on a moment ago: Prism takes a number only.
func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// outcry keeps what Prism says and notes when it is ready.
type outcry struct {
	mu    sync.Mutex
	text  bytes.Buffer
	once  sync.Once
	ready chan struct{}
}

// Write takes a part of the log.
func (o *outcry) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n, err := o.text.Write(p)
	if bytes.Contains(o.text.Bytes(), []byte("Prism is listening on")) {
		o.once.Do(func() { close(o.ready) })
	}
	return n, err
}

// String is the log so far.
func (o *outcry) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}
