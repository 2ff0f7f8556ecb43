package fit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/render/internal/fit"
)

func block(tier int, levels ...fit.Level) fit.Block { return fit.Block{Tier: tier, Levels: levels} }

func TestSteps(t *testing.T) {
	blocks := []fit.Block{
		block(0, fit.Level{Words: 100, Values: 50}, fit.Level{Words: 60, Values: 40}, fit.Level{Words: 50, Values: 10}),
		block(2, fit.Level{Words: 30, Values: 20}, fit.Level{Words: 30, Values: 10}, fit.Level{Words: 0, Values: 0}),
		block(1, fit.Level{Words: 40, Values: 30}, fit.Level{Words: 30, Values: 25}),
		block(1, fit.Level{Words: 40, Values: 30}, fit.Level{Words: 35, Values: 30}),
		block(1, fit.Level{Words: 40, Values: 30}, fit.Level{Words: 30, Values: 25}),
	}
	want := []fit.Step{
		{Block: 3, From: 0, To: 1}, // loses nothing
		{Block: 2, From: 0, To: 1}, // before the same step of a later block
		{Block: 4, From: 0, To: 1},
		{Block: 0, From: 0, To: 1}, // of what is mandatory, after the others
		{Block: 1, From: 0, To: 2}, // its level 1 is no shorter; level 2 after all levels 1
		{Block: 0, From: 1, To: 2},
	}
	if diff := cmp.Diff(want, fit.Steps(blocks), cmpopts.IgnoreUnexported(fit.Step{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func words(blocks []fit.Block) func([]int) int {
	return func(levels []int) int {
		n := 0
		for i, l := range levels {
			n += blocks[i].Levels[l].Words
		}
		return n
	}
}

func TestFit(t *testing.T) {
	blocks := []fit.Block{
		block(0, fit.Level{Words: 100, Values: 9}, fit.Level{Words: 90, Values: 9}, fit.Level{Words: 40, Values: 1}),
		block(1, fit.Level{Words: 50, Values: 9}, fit.Level{Words: 45, Values: 8}),
	}
	for _, c := range []struct {
		name  string
		limit int
		want  []int
		ok    bool
	}{
		{"everything", 150, []int{0, 0}, true},
		{"the step that loses least first", 149, []int{0, 1}, true},
		{"both", 139, []int{1, 1}, true},
		{"what fits after a large step is taken back", 134, []int{2, 0}, true},
		{"the shortest", 85, []int{2, 1}, true},
		{"too long", 84, []int{2, 1}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := fit.Fit(blocks, c.limit, words(blocks))
			if !cmp.Equal(c.want, got) || ok != c.ok {
				t.Errorf("levels %v, %v; want %v, %v", got, ok, c.want, c.ok)
			}
		})
	}
}

// Whatever the blocks are, the page fits or is as short as it can be, no step could
// be taken back, and the work is bounded.
func TestFitProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		level := rapid.Custom(func(t *rapid.T) fit.Level {
			return fit.Level{Words: rapid.IntRange(0, 50).Draw(t, "words"), Values: rapid.IntRange(0, 50).Draw(t, "values")}
		})
		blocks := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) fit.Block {
			return block(rapid.IntRange(0, 2).Draw(t, "tier"), rapid.SliceOfN(level, 1, 4).Draw(t, "levels")...)
		}), 1, 8).Draw(t, "blocks")
		limit := rapid.IntRange(0, 400).Draw(t, "limit")
		asked := 0
		total := func(levels []int) int { asked++; return words(blocks)(levels) }
		levels, ok := fit.Fit(blocks, limit, total)
		steps := fit.Steps(blocks)
		if most := 2*len(steps) + 1; asked > most {
			t.Errorf("the total was asked for %d times, at most %d are needed", asked, most)
		}
		n := words(blocks)(levels)
		if ok != (n <= limit) {
			t.Errorf("%d words, limit %d, ok %v", n, limit, ok)
		}
		shortest := words(blocks)(fit.Last(blocks))
		if !ok && n != shortest || ok != (shortest <= limit) {
			t.Errorf("%d words of at least %d, ok %v", n, shortest, ok)
		}
		for _, s := range steps {
			back := append([]int{}, levels...)
			if back[s.Block] == s.To {
				back[s.Block] = s.From
				if ok && words(blocks)(back) <= limit {
					t.Errorf("step %+v could be taken back", s)
				}
			}
		}
		if again, _ := fit.Fit(blocks, limit, words(blocks)); !cmp.Equal(again, levels) {
			t.Error("a second fitting differs")
		}
	})
}
