// Package measure times pieces of work beside each other in one process.
//
// The pieces take turns, round by round, so that a machine that slows down
// slows all of them, and the middle round of each is what counts.
package measure

import (
	"slices"
	"testing"
)

// Work is one thing to be timed, made ready: Do repeats it.
type Work struct {
	Name string
	Do   func()
}

// Cost is what one repetition of a piece of work costs.
type Cost struct {
	Nanoseconds float64
	Allocations int64
}

// Benchmark times the work as a benchmark of go test.
func (w Work) Benchmark(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		w.Do()
	}
}

// Rounds times every piece once a round, and returns the median of each by name.
func Rounds(works []Work, rounds int) map[string]Cost {
	times := make(map[string][]float64, len(works))
	costs := make(map[string]Cost, len(works))
	for range rounds {
		for _, w := range works {
			r := testing.Benchmark(w.Benchmark)
			times[w.Name] = append(times[w.Name], float64(r.T.Nanoseconds())/float64(r.N))
			costs[w.Name] = Cost{Allocations: r.AllocsPerOp()}
		}
	}
	for name, seen := range times {
		slices.Sort(seen)
		costs[name] = Cost{seen[len(seen)/2], costs[name].Allocations}
	}
	return costs
}
