package main

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/bench/engines"
	"github.com/tidegate-go/tidegate/internal/bench/measure"
	"github.com/tidegate-go/tidegate/internal/bench/paper"
	"github.com/tidegate-go/tidegate/internal/bench/ranks"
	"github.com/tidegate-go/tidegate/internal/bench/wire"
)

func TestMain(m *testing.M) {
	if wire.Main() { // the test is its own connector and peer
		return
	}
	os.Exit(m.Run())
}

// TestRowsNameWork keeps a misspelt name from being reported as no time at all.
func TestRowsNameWork(t *testing.T) {
	growth, err := paperGrowthRows()
	if err != nil {
		t.Fatal(err)
	}
	for name, group := range map[string]struct {
		works []measure.Work
		rows  []row
	}{
		"evaluate": {engines.Works(), evaluateRows},
		"paper":    {paper.Works(), paperRows},
		"growth":   {paper.GrowthWorks(), growth},
		"ranks":    {ranks.Works(), rankRows},
	} {
		known := map[string]bool{"": true}
		for _, w := range group.works {
			known[w.Name] = true
			do, err := w.New()
			if err != nil {
				t.Fatal(err)
			}
			do()
		}
		for _, r := range group.rows {
			if !known[r.ours] || !known[r.peer] {
				t.Errorf("%s: row %q compares %q with %q, which are not both work", name, r.name, r.ours, r.peer)
			}
		}
	}
}

// TestTurnsMeasureRows does the same for what goes on between processes, where
// each measurement checks what it gets.
func TestTurnsMeasureRows(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes and lists 200,000 items, which takes seconds: skipped by -short")
	}
	for name, group := range map[string]struct {
		costs func(rounds int) (map[string]measure.Cost, error)
		rows  []row
	}{
		"unary": {wire.Unary, unaryRows},
		"lists": {wire.Lists, listRows},
		"start": {wire.Start, startRows},
	} {
		t.Run(name, func(t *testing.T) {
			costs, err := group.costs(1)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range group.rows {
				if r.memory && runtime.GOOS != "linux" {
					continue
				}
				for _, work := range []string{r.ours, r.peer} {
					if c, ok := costs[work]; !ok || c.Nanoseconds <= 0 && c.Bytes <= 0 {
						t.Errorf("row %q: %q cost %v", r.name, work, c)
					}
				}
			}
		})
	}
}

func TestLine(t *testing.T) {
	costs := map[string]measure.Cost{"a": {Nanoseconds: 1000, Allocations: 61}, "b": {Nanoseconds: 5000}, "c": {Nanoseconds: 15000},
		"d": {Bytes: 3 << 20}, "e": {Bytes: 2 << 20, Low: 1 << 20, High: 4 << 20}, "f": {Nanoseconds: 2000, Low: 1500, High: 4000}}
	rows := []row{
		{name: "slow", ours: "b", peer: "a", limit: 2},
		{name: "fast", ours: "a", peer: "b", limit: 2},
		{name: "fast enough", ours: "a", peer: "b", limit: 5, faster: true},
		{name: "not fast enough", ours: "a", peer: "b", limit: 10, faster: true},
		{name: "many", ours: "a", limit: 60},
		{name: "grown", ours: "c", peer: "a", limit: 1.2, units: 10},
		{name: "shown", ours: "a", peer: "b", faster: true, untargeted: true},
		{name: "as fast", ours: "b", peer: "a", limit: 0.8, asFast: true},
		{name: "large", ours: "d", peer: "e", limit: 2, memory: true},
		{name: "spread", ours: "f", peer: "a", limit: 2, units: 2},
		{name: "forgotten", ours: "x", peer: "a", limit: 2},
	}
	want := []string{
		"slow | 5µs | 1µs | 5.00× | ≤ 2× | MISS",
		"fast | 1µs | 5µs | 0.20× | ≤ 2× | ok",
		"fast enough | 1µs | 5µs | 5.00× faster | ≥ 5× faster | ok",
		"not fast enough | 1µs | 5µs | 5.00× faster | ≥ 10× faster | MISS",
		"many | 61 | - | - | ≤ 60 | MISS",
		"grown | 1.5µs | 1µs | 1.50× | ≤ 1.2× | MISS",
		"shown | 1µs | 5µs | 5.00× faster | none | -",
		"as fast | 5µs | 1µs | 0.20× as fast | ≥ 0.8× as fast | MISS",
		"large | 3.0 MiB | 2.0 MiB (1.0 MiB to 4.0 MiB) | 1.50× | ≤ 2 MiB | MISS",
		"spread | 1µs (750ns to 2µs) | 1µs | 1.00× | ≤ 2× | ok",
		"forgotten | not measured | - | - | - | MISS",
	}
	var got []string
	for _, r := range rows {
		got = append(got, r.line(costs))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines differ (-want +got):\n%s", diff)
	}
}

func TestRunRefusesNoRounds(t *testing.T) {
	if err := run(&strings.Builder{}, 0, 0, ""); err == nil {
		t.Error("no rounds give medians of nothing")
	}
}
