// Package ranks sets our Mann-Whitney U test beside that of
// github.com/aclements/go-moremath/stats, which benchstat uses.
//
// Both count small samples exactly and approximate large ones, with the same
// limits. They differ in one place: for a two-sided test of small samples with
// ties go-moremath doubles the lower tail at the smaller of U and its mirror
// image. The distribution is not symmetric if the ties are not and the sizes
// differ, so the tail may be the wrong one; ours doubles the smaller of both
// tails. The lower tail is the same everywhere, the two-sided chance where the
// distribution is symmetric.
package ranks
