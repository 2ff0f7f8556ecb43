package gatestest

import (
	"fmt"
	"math"
	"strconv"

	"github.com/tidegate-go/tidegate/release/value"
)

// edge is a value at which a criterion is seen.
type edge struct {
	label string
	at    value.Quantity
}

// edges are the values around a limit, and around its warning level. Outside is
// above it for side 1 and below it for -1.
func edges(limit, warn value.Quantity, side float64) []edge {
	var all []edge
	if !warn.IsZero() {
		all = append(all, edge{"inside", step(warn, -side)}, edge{"at warning", warn}, edge{"outside warning", step(warn, side)})
	} else {
		all = append(all, edge{"inside", step(limit, -side)})
	}
	return append(all, edge{"at", limit}, edge{"outside", step(limit, side)})
}

// step is a value a hundredth away; of a count it is the next one.
func step(q value.Quantity, side float64) value.Quantity {
	n := float64(q.Value)
	by := math.Abs(n) / 100
	if q.Unit == value.Count && n == math.Trunc(n) || by == 0 {
		by = 1
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(n+side*by, 'g', 6, 64), 64)
	if err != nil || q.Unit == value.Count && n == math.Trunc(n) {
		short = n + side*by
	}
	return value.Quantity{Value: value.Number(short), Unit: q.Unit}
}

// text writes a number that has no unit of its own.
func text(n float64) string { return value.Number(n).String() }

// near takes away what multiplication added far behind the point.
func near(n float64) float64 {
	if short := math.Round(n*1e9) / 1e9; !math.IsInf(short, 0) {
		return short
	}
	return n
}

// reach finds the number beside a guess that f makes come out as what is
// wanted, to the last digit, or else the one that comes nearest to it.
func reach(guess, want float64, f func(float64) float64) (float64, error) {
	best, up, down := guess, guess, guess
	for range 1000 {
		for _, n := range []float64{up, down} {
			if f(n) == want {
				return n, nil
			}
			if math.Abs(f(n)-want) < math.Abs(f(best)-want) {
				best = n
			}
		}
		up, down = math.Nextafter(up, math.Inf(1)), math.Nextafter(down, math.Inf(-1))
	}
	if !alike(f(best), want) {
		return 0, fmt.Errorf("no number comes out as %s", text(want))
	}
	return best, nil
}

// alike reports whether two numbers differ by no more than rounding.
func alike(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Abs(b) }

// mean is that of n equal samples, which rounding moves.
func mean(v float64, n int) float64 { return sum(v, n) / float64(n) }

func sum(v float64, n int) float64 {
	all := 0.0
	for range n {
		all += v
	}
	return all
}
