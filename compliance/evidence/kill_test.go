//go:build unix

package evidence_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/compliance/evidence/internal/disk"
)

// The child's environment: the folder, the write point at which it dies, and
// which round it is.
const childEnv = "TIDEGATE_EVIDENCE_CHILD"

func TestMain(m *testing.M) {
	if args := strings.Split(os.Getenv(childEnv), "|"); len(args) == 3 {
		child(args[0], args[1], args[2])
		return
	}
	os.Exit(m.Run())
}

// child appends and says what was acknowledged, until it kills itself.
func child(dir, point, round string) {
	left, err := strconv.Atoi(point)
	if err != nil {
		panic(err)
	}
	o := options().On(&killDisk{FS: disk.Folder(dir), left: left, rng: rand.New(rand.NewPCG(uint64(left), 2))})
	o.SegmentBytes = 2000
	l, _, err := evidence.Resume(dir, o)
	if err != nil {
		fmt.Println("error", err)
		return
	}
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Go(func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%s.%d.%d", round, w, i)
				receipt, err := l.Append(context.Background(), numbered(name))
				if err != nil {
					fmt.Println("error", err)
					return
				}
				_, _ = os.Stdout.WriteString(fmt.Sprintf("%d %s\n", receipt.Number, name))
				if i%7 == 6 {
					_, _ = l.Checkpoint()
				}
			}
		})
	}
	wg.Wait()
}

// killDisk is a folder whose user is killed at a write point: before it, in the
// middle, or after.
type killDisk struct {
	disk.FS
	mu   sync.Mutex
	left int
	rng  *rand.Rand
}

// point counts a write point down. At the last one it does what is left of it, and dies.
func (d *killDisk) point(middle func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.left--; d.left >= 0 {
		return
	}
	middle()
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {} // it comes at once
}

func (d *killDisk) Create(name string) (disk.File, error) {
	d.point(func() {})
	f, err := d.FS.Create(name)
	return killFile{f, d}, err
}

func (d *killDisk) Append(name string) (disk.File, error) {
	f, err := d.FS.Append(name)
	return killFile{f, d}, err
}

type killFile struct {
	disk.File
	d *killDisk
}

func (f killFile) Write(b []byte) (int, error) {
	f.d.point(func() { _, _ = f.File.Write(b[:f.d.rng.IntN(len(b)+1)]) })
	return f.File.Write(b)
}

func (f killFile) Sync() error {
	f.d.point(func() {
		if f.d.rng.IntN(2) == 0 {
			_ = f.File.Sync()
		}
	})
	return f.File.Sync()
}

// A writer is killed with signal 9 at 500 random write points, ten times in the
// same folder.
func TestKill(t *testing.T) {
	const kills = 10
	for i := range folders {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			l, err := evidence.Create(dir, options())
			if err != nil {
				t.Fatal(err)
			}
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			got := acknowledged{}
			rng := rand.New(rand.NewPCG(uint64(i), 3))
			for round := range kills {
				killed(t, dir, fmt.Sprintf("%s|%d|r%d", dir, rng.IntN(100), round), got)
				served(t, disk.Folder(dir), got, true)
			}
			l, r, err := evidence.Resume(dir, options())
			if err != nil {
				t.Fatalf("%v\n%+v", err, r)
			}
			if _, err := l.Append(t.Context(), numbered("last")); err != nil {
				t.Fatal(err)
			}
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			if r := served(t, disk.Folder(dir), got, true); r.Err() != nil {
				t.Fatal(r.Err())
			}
		})
	}
}

// killed runs the child until it is dead and notes what it was told.
func killed(t *testing.T, dir, env string, got acknowledged) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childEnv+"="+env)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		number, name, ok := strings.Cut(lines.Text(), " ")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || !ok {
			t.Errorf("the child says %q", lines.Text())
			continue
		}
		got[n] = name
	}
	_, _ = io.Copy(io.Discard, out)
	_ = cmd.Wait() // the signal is an error
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
		t.Fatalf("the child was not killed: %v\n%s", cmd.ProcessState, &stderr)
	}
}
