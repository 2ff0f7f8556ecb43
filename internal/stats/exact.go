package stats

import (
	"math"
	"math/bits"
	"slices"
)

// exact counts the ways to deal the pooled values out in which U is as small,
// and as large, as it was. The smaller tail is counted; the other one is what
// is left, and both are exact until they are divided.
func (r *ranking) exact() (less, greater float64) {
	low, mirrored := r.twiceU, false
	if low > r.n1*r.n2 { // above the mean of 2U: count from the other end
		low, mirrored = 2*r.n1*r.n2-low, true
	}
	var tail, at, total float64
	if r.ties == 0 {
		tail, at, total = countDistinct(r.n1, r.n2, low/2)
	} else {
		groups := r.groups
		if mirrored {
			groups = slices.Clone(groups)
			slices.Reverse(groups)
		}
		tail, at, total = countTied(groups, r.n1, low)
	}
	near, far := tail/total, (total-tail+at)/total
	if mirrored {
		return far, near
	}
	return near, far
}

// countTied counts, over all ways to choose n of the grouped values, those in
// which twice the U of the chosen is at most most, those in which it is most,
// and all. Values are taken group by group in ascending order: j chosen out of
// t win 2j against each value below that was not chosen, and j against each of
// the other t-j, so U only grows and what is beyond most is let go. The counts
// are at most C(50,25), so a float64 is exact.
func countTied(groups []int, n, most int) (tail, at, total float64) {
	width := most + 1
	ways := make([]float64, (n+1)*width) // by how many are chosen and twice their U
	next := make([]float64, len(ways))
	ways[0] = 1
	below := 0
	for _, t := range groups {
		clear(next)
		for k := 0; k <= min(n, below); k++ {
			from := ways[k*width : (k+1)*width]
			for j := 0; j <= min(t, n-k); j++ {
				won := j * (2*(below-k) + t - j)
				if won > most {
					continue
				}
				c := choose(t, j)
				to := next[(k+j)*width+won : (k+j+1)*width]
				for u := range to {
					to[u] += c * from[u]
				}
			}
		}
		ways, next = next, ways
		below += t
	}
	for _, w := range ways[n*width:] {
		tail += w
	}
	return tail, ways[n*width+most], choose(below, n)
}

// choose is the binomial coefficient, exact below 2⁵³.
func choose(n, k int) float64 {
	c := 1.0
	for i := 1; i <= min(k, n-k); i++ {
		c = c * float64(n-i+1) / float64(i) // whole after each step: it is C(n, i)
	}
	return c
}

// countDistinct does the same without ties, for U at most most. The number of
// ways with each U are the coefficients of the Gaussian binomial
// Π(1-q^(m+i))/(1-q^i), i from 1 to n (Mann and Whitney, 1947, by their
// recurrence). Each partial product is such a binomial itself, so its
// coefficients are whole and below C(100,50) < 2⁹⁷: arithmetic modulo 2¹²⁸ is
// exact although it borrows on the way.
func countDistinct(n, m, most int) (tail, at, total float64) {
	ways := make([]uint128, most+1)
	ways[0] = uint128{lo: 1}
	for i := 1; i <= n; i++ {
		for u := most; u >= m+i; u-- {
			ways[u] = ways[u].minus(ways[u-m-i])
		}
		for u := i; u <= most; u++ {
			ways[u] = ways[u].plus(ways[u-i])
		}
	}
	var sum uint128
	for _, w := range ways {
		sum = sum.plus(w)
	}
	return sum.float(), ways[most].float(), binomial(n+m, n).float()
}

// binomial adds up Pascal's triangle.
func binomial(n, k int) uint128 {
	row := make([]uint128, k+1)
	row[0] = uint128{lo: 1}
	for i := 1; i <= n; i++ {
		for j := min(i, k); j > 0; j-- {
			row[j] = row[j].plus(row[j-1])
		}
	}
	return row[k]
}

// uint128 is a whole number modulo 2¹²⁸.
type uint128 struct{ hi, lo uint64 }

func (a uint128) plus(b uint128) uint128 {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	hi, _ := bits.Add64(a.hi, b.hi, carry)
	return uint128{hi, lo}
}

func (a uint128) minus(b uint128) uint128 {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	hi, _ := bits.Sub64(a.hi, b.hi, borrow)
	return uint128{hi, lo}
}

func (a uint128) float() float64 { return math.Ldexp(float64(a.hi), 64) + float64(a.lo) }
