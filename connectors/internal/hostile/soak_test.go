//go:build unix

package hostile_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var (
	cycles = flag.Int("cycles", 100, "how often TestSoak opens and closes a fleet")
	seed   = flag.Uint64("seed", uint64(time.Now().UnixNano()), "of the kills of TestSoak") //nolint:gosec // whatever it is
)

const (
	warmUp  = 14      // cycles until the heap is as large as it will be
	maxGrow = 8 << 20 // bytes of resident memory
)

// TestSoak opens a fleet, asks it and closes it, again and again, while its
// connector is killed at random moments. Nothing is left of it, whatever was
// killed when.
func TestSoak(t *testing.T) {
	t.Logf("seed %d", *seed)
	random := rand.New(rand.NewPCG(*seed, 0)) //nolint:gosec // reproducible, not secret
	t.Run("warm up", func(t *testing.T) {
		hosttest.Private(t)
		for n := range warmUp {
			moment(n % int(moments)).cycle(t)
		}
	})
	before, resident, begun := hosttest.Take(t), memory(), time.Now()
	killed := 0
	for range *cycles {
		m := moment(0)
		if random.IntN(2) == 0 {
			m = moment(random.IntN(int(moments)))
		}
		if m != never {
			killed++
		}
		if m.cycle(t); t.Failed() {
			t.Fatalf("after %d kills, this one %v", killed, m)
		}
	}
	before.Same(t)
	grown := memory() - resident
	t.Logf("%d cycles with %d kills in %v; resident memory grew by %d KiB", *cycles, killed, time.Since(begun).Round(time.Millisecond), grown>>10)
	if grown > maxGrow {
		t.Errorf("resident memory grew by %d KiB", grown>>10)
	}
}

// moment is when the connector of one cycle is killed.
type moment int

const (
	never       moment = iota
	opened             // before it is asked
	asked              // by a query, and again by the same query
	listing            // in the middle of a list
	collecting         // some time in a Collect
	closing            // some time in Close
	openClosing        // in Close, and nothing was asked
	moments
)

// cycle is one life of a fleet.
func (m moment) cycle(t *testing.T) {
	t.Helper()
	f, err := connectors.Open(t.Context(), connectors.Config{Connectors: []connectors.Launch{{Name: "shop", Self: "honest", Env: hosttest.Env}}})
	if err != nil {
		t.Error(err)
		return
	}
	defer f.Close()
	pid := f.Status()[0].Pid
	if m == opened {
		kill(pid)
	}
	if m != openClosing {
		m.ask(t, f, pid)
	}
	if m == closing || m == openClosing {
		pid = f.Status()[0].Pid
		done := make(chan struct{})
		go func() { defer close(done); kill(pid) }()
		f.Close()
		<-done
	}
}

// ask asks for a number and a list, and has an answer to both after all but the deadly question.
func (m moment) ask(t *testing.T, f *connectors.Fleet, pid int) {
	t.Helper()
	list, queries := items("shop"), []fact.Query{count("shop")}
	switch m {
	case listing:
		fuse := filepath.Join(os.TempDir(), "fuse")
		if err := os.WriteFile(fuse, nil, 0o600); err != nil {
			t.Error(err)
		}
		list = list.With("fuse", fuse)
	case asked:
		queries = append(queries, fact.NewQuery("shop", "die", fact.Number(value.Count)))
	case collecting:
		go kill(pid)
	}
	for _, r := range f.Collect(t.Context(), append(queries, list)).Results {
		switch {
		case r.Query.Kind == "die":
			if r.Failure.Code != down || !strings.Contains(r.Failure.Message, "signal: killed") {
				t.Errorf("%v: %+v", m, r.Failure)
			}
		case r.Failed(), !r.Complete, r.Query == list && len(r.WorkItems) != pages*pageSize:
			t.Errorf("%v: %v is answered with %+v, %d items", m, r.Query, r.Failure, len(r.WorkItems))
		}
	}
}

// kill ends a process that may have ended. Its pid is not another's before the
// fleet is closed, or no more than a moment after.
func kill(pid int) {
	if pid > 0 {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
}

// memory is the resident memory of this process without what is free, 0 where
// the system does not tell it.
func memory() int {
	runtime.GC()
	debug.FreeOSMemory()
	status, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var total, resident int
	if _, err := fmt.Sscan(string(status), &total, &resident); err != nil {
		return 0
	}
	return resident * os.Getpagesize()
}
