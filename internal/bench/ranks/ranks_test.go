package ranks_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/aclements/go-moremath/stats"

	"github.com/tidegate-go/tidegate/internal/bench/ranks"
	ours "github.com/tidegate-go/tidegate/internal/stats"
)

// pairs are samples of all sizes and amounts of ties.
func pairs() map[string][2][]float64 {
	all := map[string][2][]float64{
		"one each":      {{1}, {2}},
		"two and three": {{1, 5}, {2, 3, 4}},
		"a tie":         {{1, 2, 2}, {2, 3}},
		"a tie below":   {{1, 1, 1, 4}, {1, 5, 6}},
		"a tie above":   {{7, 7, 2}, {7, 1, 0, 7}},
		"apart":         {{1, 2, 3}, {4, 5, 6, 7}},
		"two values":    {{0, 1, 0, 1, 1}, {0, 0, 1, 0, 0}},
		"integers":      {{1, 2, 3, 3, 4, 4, 4, 5}, {2, 3, 3, 4, 5, 5, 6, 6}},
	}
	for i, n := range [][2]int{{3, 7}, {5, 5}, {8, 12}, {10, 10}, {15, 25}, {25, 25}, {26, 25}, {30, 40}, {50, 50}, {51, 50}, {60, 200}, {1440, 1440}} {
		for _, mean := range []float64{4, 40, 1e15} { // from many ties to none
			seed := uint64(10*i) + uint64(math.Log10(mean))
			all[fmt.Sprintf("%d and %d of mean %g", n[0], n[1], mean)] = [2][]float64{ranks.Waits(n[0], mean, seed), ranks.Waits(n[1], 1.3*mean, seed+100)}
		}
	}
	return all
}

// TestAgree: U and the lower tail agree on every pair, either way round, and
// both sides where the distribution is symmetric.
func TestAgree(t *testing.T) {
	twoSided := 0
	for name, pair := range pairs() {
		for _, p := range [][2][]float64{pair, {pair[1], pair[0]}} {
			got, ok := ours.MannWhitney(p[0], p[1])
			if !ok {
				t.Fatalf("%s: not compared", name)
			}
			less, err := stats.MannWhitneyUTest(p[0], p[1], stats.LocationLess)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if got.U != less.U || math.Abs(got.Less-less.P) > 1e-9 {
				t.Errorf("%s: U %g and lower tail %.12g, go-moremath says %g and %.12g", name, got.U, got.Less, less.U, less.P)
			}
			if got.Exact && !symmetric(p[0], p[1]) {
				continue
			}
			twoSided++
			both, err := stats.MannWhitneyUTest(p[0], p[1], stats.LocationDiffers)
			if err != nil || math.Abs(got.TwoSided()-both.P) > 1e-9 {
				t.Errorf("%s: two-sided %.12g, go-moremath says %+v, %v", name, got.TwoSided(), both, err)
			}
		}
	}
	if len(pairs()) < 20 || twoSided < 40 {
		t.Errorf("%d pairs, %d compared on both sides", len(pairs()), twoSided)
	}
}

// symmetric reports whether the distribution of U is: the samples are of one
// size, or the ties are the same from below and from above.
func symmetric(x, y []float64) bool {
	values := slices.Concat(x, y)
	slices.Sort(values)
	var groups []int
	for i, v := range values {
		if i == 0 || v != values[i-1] {
			groups = append(groups, 0)
		}
		groups[len(groups)-1]++
	}
	mirrored := slices.Clone(groups)
	slices.Reverse(mirrored)
	return len(x) == len(y) || slices.Equal(groups, mirrored)
}

func BenchmarkRanks(b *testing.B) {
	for _, w := range ranks.Works() {
		b.Run(w.Name, w.Benchmark)
	}
}
