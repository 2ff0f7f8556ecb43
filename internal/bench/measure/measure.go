// Package measure times pieces of work beside each other in one process.
//
// The pieces take turns, round by round, so that a machine that slows down
// slows all of them, and the middle round of each is what counts.
package measure

import (
	"fmt"
	"slices"
	"testing"
)

// Work is one thing to be timed. New makes it ready; what New returns repeats it.
type Work struct {
	Name string
	New  func() (func(), error)
}

// Cost is what one repetition of a piece of work costs.
type Cost struct {
	Nanoseconds float64
	Allocations int64
	Bytes       int64 // of memory, where that is measured

	// Quartiles of the rounds: of Nanoseconds, or of Bytes where that is measured.
	Low, High float64
}

// Benchmark times the work as a benchmark of go test.
func (w Work) Benchmark(b *testing.B) {
	do, err := w.New()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		do()
	}
}

// Rounds times every piece once a round, and returns the median of each by name.
//
// A piece is made anew for its turn and forgotten after it. A heap kept alive
// is scanned again and again on behalf of whoever allocates: ours would pay for
// the syntax trees of its peers.
func Rounds(works []Work, rounds int) (map[string]Cost, error) {
	times := make(map[string][]float64, len(works))
	costs := make(map[string]Cost, len(works))
	for range rounds {
		for _, w := range works {
			r, err := w.turn()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", w.Name, err)
			}
			times[w.Name] = append(times[w.Name], float64(r.T.Nanoseconds())/float64(r.N))
			costs[w.Name] = Cost{Allocations: r.AllocsPerOp()}
		}
	}
	for name, seen := range times {
		slices.Sort(seen)
		costs[name] = Cost{Nanoseconds: seen[len(seen)/2], Allocations: costs[name].Allocations, Low: seen[len(seen)/4], High: seen[3*len(seen)/4]}
	}
	return costs, nil
}

func (w Work) turn() (testing.BenchmarkResult, error) {
	do, err := w.New()
	if err != nil {
		return testing.BenchmarkResult{}, err
	}
	return testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			do()
		}
	}), nil
}
