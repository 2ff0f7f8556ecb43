package faulttest

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Bounds of a long list, in bytes: what the host may hold more at its end than
// at its beginning, and by how much its connector may grow while it reads, also
// under the race detector. 100,000 issues that are kept take 150 MiB.
const (
	maxHeap   = 8 << 20
	maxMemory = 64 << 20
)

// Volume reads a long list through a fleet, with the connector in a process of
// its own. Every id has to come once, want of them; the host's heap may not grow
// with the list, nor, where the system tells, may the connector's memory.
func Volume(t *testing.T, launch connectors.Launch, q fact.Query, want int) {
	t.Helper()
	fleet, err := connectors.Open(t.Context(), connectors.Config{Connectors: []connectors.Launch{launch}, QueryTimeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer fleet.Close()
	if err := fleet.Check(t.Context())[0].Err; err != nil {
		t.Fatal(err)
	}
	pid := fleet.Status()[0].Pid
	idle, start := resident(pid, "VmRSS"), heap()
	seen := make([]uint64, (want+63)/64+1) // a bit for each id
	n, most := 0, start
	for page, err := range fleet.List(t.Context(), q) {
		if err != nil {
			t.Fatalf("after %d items: %v", n, err)
		}
		for _, item := range page.WorkItems {
			id, err := strconv.Atoi(item.ID[strings.LastIndexByte(item.ID, '-')+1:])
			if err != nil || id < 1 || id > want || seen[id/64]&(1<<(id%64)) != 0 {
				t.Fatalf("item %q is none of the list, or comes twice", item.ID)
			}
			seen[id/64] |= 1 << (id % 64)
		}
		last := n
		if n += page.Len(); last/(want/20) != n/(want/20) { // 20 times
			most = max(most, heap())
		}
	}
	if n != want {
		t.Errorf("%d items, want %d", n, want)
	}
	grown := most - start
	t.Logf("%d items; the host's heap grew by at most %d KiB, its connector from %d to %d KiB", n, grown>>10, idle>>10, resident(pid, "VmHWM")>>10)
	if grown > maxHeap {
		t.Errorf("the host's heap grew by %d bytes", grown)
	}
	if peak := resident(pid, "VmHWM"); peak > idle+maxMemory {
		t.Errorf("the connector's memory grew from %d to %d bytes", idle, peak)
	}
}

// heap is what lives on the heap of this process.
func heap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// resident is a line of the status of a process (Linux), in bytes; 0 where there
// is none.
func resident(pid int, name string) int {
	file, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	defer func() { _ = file.Close() }() // it was only read
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if text, ok := strings.CutPrefix(lines.Text(), name+":"); ok {
			kib, _ := strconv.Atoi(strings.Fields(text)[0]) // 0 is no bound that could fail
			return kib << 10
		}
	}
	return 0
}
