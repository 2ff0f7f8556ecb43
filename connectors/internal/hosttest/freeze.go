//go:build unix

package hosttest

import (
	"syscall"
	"testing"
)

// Freeze stops a child of this process and returns when all of it stands
// still: a signal takes a moment to reach every thread.
func Freeze(t testing.TB, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	var status syscall.WaitStatus
	for {
		_, err := syscall.Wait4(pid, &status, syscall.WUNTRACED, nil)
		if err == syscall.EINTR { //nolint:errorlint // a bare errno
			continue
		}
		if err != nil || !status.Stopped() {
			t.Fatalf("process %d: %v, %v: it does not stop", pid, status, err)
		}
		return
	}
}
