// Package fit chooses how much each block of a page says so that the whole has
// as many words as it may.
//
// Every block is known at several levels. Level 0 says everything; a higher one
// says less in fewer words. A step takes one block from one level to a higher
// one. Steps are taken in an order that does not depend on the limit, until the
// page is short enough; what fits again after that is taken back.
package fit

import (
	"cmp"
	"slices"
)

// Level is what a block costs and says at one level.
type Level struct {
	Words  int
	Values int // of the packet that the block shows: the information that it has
}

// Block is one block, level 0 first. A block of a higher tier gives way first.
type Block struct {
	Tier   int
	Levels []Level
}

// Step takes a block to a higher level.
type Step struct {
	Block, From, To int
	saved, lost     int
}

// Steps returns every step that saves words, in the order in which they are
// taken: what leads to level 1 everywhere, then to level 2, and so on; among
// these those of the highest tier; among these those that save the most words
// for each value that leaves the page; among these in the order of the blocks.
// A level that is not shorter than the one before it is passed over.
func Steps(blocks []Block) []Step {
	var steps []Step
	for i, b := range blocks {
		from := 0
		for to := 1; to < len(b.Levels); to++ {
			saved := b.Levels[from].Words - b.Levels[to].Words
			if saved <= 0 {
				continue
			}
			lost := max(b.Levels[from].Values-b.Levels[to].Values, 0)
			steps = append(steps, Step{Block: i, From: from, To: to, saved: saved, lost: lost})
			from = to
		}
	}
	slices.SortStableFunc(steps, func(a, b Step) int {
		return cmp.Or(
			cmp.Compare(a.To, b.To),
			cmp.Compare(blocks[b.Block].Tier, blocks[a.Block].Tier),
			// saved/lost, greatest first; what loses nothing stands before all
			cmp.Compare(b.saved*a.lost, a.saved*b.lost),
			cmp.Compare(b.saved, a.saved),
		)
	})
	return steps
}

// Fit takes steps until the total is at most the limit, and returns the levels
// and whether it is. Then it takes back, last step first, every step without
// which the total is still within the limit: a large step leaves room for small
// ones. The total is that of a page with blocks at the given levels, and becomes
// smaller with every step. It is asked for at most twice for each step.
func Fit(blocks []Block, limit int, total func(levels []int) int) (levels []int, ok bool) {
	levels = make([]int, len(blocks))
	if total(levels) <= limit {
		return levels, true
	}
	steps := Steps(blocks)
	taken := 0
	for ; taken < len(steps); taken++ {
		levels[steps[taken].Block] = steps[taken].To
		if total(levels) <= limit {
			ok = true
			break
		}
	}
	if !ok {
		return levels, false
	}
	for _, s := range slices.Backward(steps[:taken+1]) {
		if levels[s.Block] != s.To {
			continue // a later step of the block stands
		}
		levels[s.Block] = s.From
		if total(levels) > limit {
			levels[s.Block] = s.To
		}
	}
	return levels, true
}

// Last returns the levels at which a page is shortest.
func Last(blocks []Block) []int {
	levels := make([]int, len(blocks))
	for _, s := range Steps(blocks) {
		levels[s.Block] = s.To
	}
	return levels
}
