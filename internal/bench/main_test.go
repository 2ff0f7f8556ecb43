package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/bench/engines"
	"github.com/tidegate-go/tidegate/internal/bench/measure"
	"github.com/tidegate-go/tidegate/internal/bench/paper"
)

// TestRowsNameWork keeps a misspelt name from being reported as no time at all.
func TestRowsNameWork(t *testing.T) {
	for name, group := range map[string]struct {
		works []measure.Work
		rows  []row
	}{
		"evaluate": {engines.Works(), evaluateRows},
		"paper":    {paper.Works(), paperRows},
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

func TestLine(t *testing.T) {
	costs := map[string]measure.Cost{"a": {Nanoseconds: 1000, Allocations: 61}, "b": {Nanoseconds: 5000}, "c": {Nanoseconds: 15000}}
	rows := []row{
		{name: "slow", ours: "b", peer: "a", limit: 2},
		{name: "fast", ours: "a", peer: "b", limit: 2},
		{name: "fast enough", ours: "a", peer: "b", limit: 5, faster: true},
		{name: "not fast enough", ours: "a", peer: "b", limit: 10, faster: true},
		{name: "many", ours: "a", limit: 60},
		{name: "grown", ours: "c", peer: "a", limit: 1.2, units: 10},
		{name: "shown", ours: "a", peer: "b", faster: true, untargeted: true},
	}
	want := []string{
		"slow | 5µs | 1µs | 5.00× | ≤ 2× | MISS",
		"fast | 1µs | 5µs | 0.20× | ≤ 2× | ok",
		"fast enough | 1µs | 5µs | 5.00× faster | ≥ 5× faster | ok",
		"not fast enough | 1µs | 5µs | 5.00× faster | ≥ 10× faster | MISS",
		"many | 61 | - | - | ≤ 60 | MISS",
		"grown | 1.5µs | 1µs | 1.50× | ≤ 1.2× | MISS",
		"shown | 1µs | 5µs | 5.00× faster | none | -",
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
