package stats

import (
	"math"
	"slices"
)

// Limits below which the distribution of U is counted exactly: the size of the
// larger sample, without ties and with ties. They are those of
// github.com/aclements/go-moremath/stats, so that the two agree.
const (
	ExactLimit     = 50
	ExactLimitTies = 25
)

// UTest is the result of a Mann-Whitney U test.
type UTest struct {
	N1, N2 int

	// U is the number of pairs in which the value of the first sample is the
	// larger one, a tie counting a half.
	U float64

	// Less and Greater are the chances of a U as small, and as large, if both
	// samples come from one population.
	Less, Greater float64

	Exact bool // counted, not approximated
}

// TwoSided is the chance of a U as far out on either side: twice the smaller
// tail, and 1 at most.
func (t UTest) TwoSided() float64 { return min(1, 2*min(t.Less, t.Greater)) }

// Effect is the common-language effect size, U/(N1·N2): the chance that a value
// of the first sample is larger than one of the second (McGraw and Wong, A
// Common Language Effect Size Statistic, Psychological Bulletin 111, 1992). 0.5
// is no effect.
func (t UTest) Effect() float64 { return t.U / (float64(t.N1) * float64(t.N2)) }

// Delta is Cliff's delta, from -1, all values of the first sample are smaller,
// to 1, all are larger (N. Cliff, Dominance Statistics, Psychological Bulletin
// 114, 1993). It is 2·Effect-1. Romano and others (2006) call a delta from
// 0.147 small, from 0.33 medium and from 0.474 large.
func (t UTest) Delta() float64 { return 2*t.Effect() - 1 }

// MannWhitney tests whether the values of x tend to be larger or smaller than
// those of y (H. B. Mann and D. R. Whitney, On a Test of Whether one of Two
// Random Variables is Stochastically Larger than the Other, Annals of
// Mathematical Statistics 18, 1947).
//
// Small samples are judged by the exact distribution of U over all ways to deal
// the pooled values out, ties included; larger ones by the normal
// approximation, corrected for ties and for continuity. If all values are
// equal, nothing distinguishes the samples and every chance is 1. It is false
// if a sample is empty or holds a NaN.
func MannWhitney(x, y []float64) (UTest, bool) {
	if len(x) == 0 || len(y) == 0 || slices.ContainsFunc(x, math.IsNaN) || slices.ContainsFunc(y, math.IsNaN) {
		return UTest{}, false
	}
	r := rank(x, y)
	t := UTest{N1: len(x), N2: len(y), U: float64(r.twiceU) / 2}
	limit := ExactLimit
	if r.ties > 0 {
		limit = ExactLimitTies
	}
	switch {
	case max(len(x), len(y)) <= limit:
		t.Exact = true
		t.Less, t.Greater = r.exact()
	default:
		t.Less, t.Greater = r.normal()
	}
	return t, true
}

// ranking is two samples, pooled and sorted.
type ranking struct {
	n1, n2 int
	groups []int // sizes of groups of equal values, in ascending order; nil if no two values are equal
	twiceU int
	ties   float64 // Σ(t³-t) over the groups
}

// rank merges the sorted samples and counts, for each group of equal values,
// the pairs that its values of x win.
func rank(x, y []float64) ranking {
	pooled := make([]float64, len(x)+len(y))
	a, b := pooled[:len(x)], pooled[len(x):]
	copy(a, x)
	copy(b, y)
	slices.Sort(a)
	slices.Sort(b)
	r := ranking{n1: len(a), n2: len(b)}
	small := max(len(a), len(b)) <= ExactLimitTies
	for i, j := 0, 0; i < len(a) || j < len(b); {
		v := math.Inf(1)
		if i < len(a) {
			v = a[i]
		}
		if j < len(b) {
			v = min(v, b[j])
		}
		i0, j0 := i, j
		for i < len(a) && a[i] == v {
			i++
		}
		for j < len(b) && b[j] == v {
			j++
		}
		won, tied := i-i0, j-j0
		r.twiceU += won * (2*j0 + tied)
		t := float64(won + tied)
		r.ties += t*t*t - t
		if small {
			r.groups = append(r.groups, won+tied)
		}
	}
	return r
}

// normal approximates the tails. The variance of U with ties is
// n1·n2/12·(n+1-Σ(t³-t)/(n(n-1))), and half a step is taken off the distance
// from the mean because U is discrete.
func (r *ranking) normal() (less, greater float64) {
	n1, n2 := float64(r.n1), float64(r.n2)
	n := n1 + n2
	sigma := math.Sqrt(n1 * n2 / 12 * (n + 1 - r.ties/(n*(n-1))))
	if !(sigma > 0) {
		return 1, 1
	}
	d := float64(r.twiceU)/2 - n1*n2/2
	tail := func(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 } // above z
	return tail(-(d + 0.5) / sigma), tail((d - 0.5) / sigma)
}
