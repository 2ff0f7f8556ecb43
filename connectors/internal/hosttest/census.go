package hosttest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

// Private makes a directory the place of the test's temporary files, sockets
// among them, and checks in the end that none is left.
func Private(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "tg") //nolint:usetesting // a socket has a short path, t.TempDir a long one
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", dir)
	t.Cleanup(func() {
		if left := files(dir); len(left) > 0 {
			t.Errorf("left in the temporary directory: %v", left)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// Census is what a host had before a test: its goroutines, its descriptors, its
// children and theirs, the dead that nobody waited for among them, and the
// files in its temporary directory. Descriptors and processes are only counted
// on Linux, where /proc tells of them.
type Census struct {
	dir        string
	goroutines goleak.Option
	rest       count
}

// count is what is compared.
type count struct{ Descriptors, Processes, Files []string }

// Take counts what there is now, and makes the temporary directory the test's
// own. What a program opens once and for all, such as its poller, has to be open
// by then.
func Take(t testing.TB) *Census {
	t.Helper()
	dir := Private(t)
	return &Census{dir: dir, goroutines: goleak.IgnoreCurrent(), rest: now(dir)}
}

// Same fails the test unless everything is as it was, or soon will be: what was
// closed or killed takes a moment to go.
func (c *Census) Same(t testing.TB) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(10 * time.Second)
	for {
		diff := cmp.Diff(c.rest, now(c.dir))
		if diff == "" {
			break
		}
		select {
		case <-tick.C:
		case <-limit:
			t.Errorf("not as before (-before +after):\n%s", diff)
			return
		}
	}
	if err := goleak.Find(c.goroutines); err != nil { // it waits, too
		t.Error(err)
	}
}

func now(dir string) count {
	return count{descriptors(), processes(dir), files(dir)}
}

// number is what tells one socket from another.
var number = regexp.MustCompile(`[0-9]+`)

// descriptors are the kinds of those that are open, sorted.
func descriptors() []string {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return nil
	}
	var open []string
	for _, entry := range entries {
		if target, err := os.Readlink("/proc/self/fd/" + entry.Name()); err == nil {
			open = append(open, number.ReplaceAllString(target, "…"))
		}
	}
	slices.Sort(open)
	return open
}

// processes are this process's children, and whoever was given a temporary
// directory in dir, whosever child it is by now.
func processes(dir string) []string {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil
	}
	self := strconv.Itoa(os.Getpid())
	var found []string
	for _, name := range stats {
		stat, err := os.ReadFile(name)
		if err != nil { // gone by now
			continue
		}
		rest := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:])) // state and parent
		environ, _ := os.ReadFile(filepath.Join(filepath.Dir(name), "environ"))
		given := strings.Contains("\x00"+string(environ), "\x00TMPDIR="+dir+string(filepath.Separator))
		if len(rest) > 1 && rest[1] == self || given {
			found = append(found, fmt.Sprintf("%s %s", filepath.Base(filepath.Dir(name)), rest[0]))
		}
	}
	return found
}

// files are those in dir, directories among them.
func files(dir string) []string {
	var left []string
	_ = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err == nil && path != dir {
			left = append(left, path)
		}
		return nil // what is not there is not left
	})
	return left
}
