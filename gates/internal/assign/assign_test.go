package assign_test

import (
	"math/bits"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/gates/internal/assign"
)

func TestAssign(t *testing.T) {
	tests := map[string]struct {
		may  []uint64
		need []int
		want [][]int
	}{
		"nobody":                     {nil, []int{1}, [][]int{nil}},
		"no place":                   {[]uint64{1}, nil, [][]int{}},
		"the first makes room":       {[]uint64{0b11, 0b01}, []int{1, 1}, [][]int{{1}, {0}}},
		"one has no mandate":         {[]uint64{0, 0b10}, []int{1, 1}, [][]int{nil, {1}}},
		"two for a place, one spare": {[]uint64{1, 1, 1}, []int{2}, [][]int{{0, 1}}},
		"a chain of moves":           {[]uint64{0b110, 0b011, 0b001}, []int{1, 1, 1}, [][]int{{2}, {1}, {0}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, assign.Assign(tt.may, tt.need)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// No other choice places more ballots, by trying all of them.
func TestPropertyAssignsAsManyAsCan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		need := rapid.SliceOfN(rapid.IntRange(0, 2), 1, 3).Draw(t, "need")
		may := rapid.SliceOfN(rapid.Uint64Range(0, 1<<len(need)-1), 0, 5).Draw(t, "may")
		got, seen := 0, map[int]bool{}
		for p, has := range assign.Assign(may, need) {
			for _, b := range has {
				if seen[b] || may[b]>>p&1 == 0 {
					t.Fatalf("ballot %d is at place %d, twice or without a mandate", b, p)
				}
				seen[b] = true
			}
			if len(has) > need[p] {
				t.Fatalf("place %d has %d of %d", p, len(has), need[p])
			}
			got += len(has)
		}
		if want := most(may, need); got != want {
			t.Fatalf("%d are placed, %d could be", got, want)
		}
	})
}

func most(may []uint64, need []int) int {
	if len(may) == 0 {
		return 0
	}
	best := most(may[1:], need)
	for rest := may[0]; rest != 0; rest &= rest - 1 {
		if p := bits.TrailingZeros64(rest); need[p] > 0 {
			need[p]--
			best = max(best, 1+most(may[1:], need))
			need[p]++
		}
	}
	return best
}
