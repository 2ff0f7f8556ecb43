package stats

import (
	"math"
	"slices"
)

// Percentile returns the p-th percentile of a sorted sample by the nearest
// rank: the smallest value that at least p percent of the values do not exceed.
// It is a value that was measured, never one between two (definition 1 of R. J.
// Hyndman and Y. Fan, Sample Quantiles in Statistical Packages, The American
// Statistician 50, 1996). p is above 0 and at most 100; the sample is not empty.
func Percentile(sorted []float64, p float64) float64 {
	n := float64(len(sorted))
	rank := math.Ceil(p * n / 100) // p·n first: 95·20/100 is whole, 0.95·20 may not be
	return sorted[int(min(max(rank, 1), n))-1]
}

// Median returns the middle of a sorted sample, which is not empty, or the mean
// of the two values there.
func Median(sorted []float64) float64 {
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return sorted[n/2-1] + (sorted[n/2]-sorted[n/2-1])/2
}

// Mean returns the arithmetic mean of values, and 0 of none.
func Mean(values []float64) float64 {
	mean := 0.0
	for _, v := range values {
		mean += v / float64(len(values))
	}
	return mean
}

// Fences returns the ends beyond which values of a sorted sample are outliers:
// the quartiles, and factor times the distance between them further out (J. W.
// Tukey, Exploratory Data Analysis, 1977, calls beyond a factor of 3 "far out").
func Fences(sorted []float64, factor float64) (low, high float64) {
	q1, q3 := Percentile(sorted, 25), Percentile(sorted, 75)
	return q1 - factor*(q3-q1), q3 + factor*(q3-q1)
}

// Sorted returns a sorted copy.
func Sorted(values []float64) []float64 {
	s := slices.Clone(values)
	slices.Sort(s)
	return s
}

// Effective returns how many independent values a series of equally spaced ones
// is worth, if each depends on the one before as in a process of first order:
// n·(1-r)/(1+r) with the autocorrelation r at lag 1 (G. V. Bayley and J. M.
// Hammersley, The "Effective" Number of Independent Observations in an
// Autocorrelated Time Series, 1946). Values that alternate are not worth more
// than n, and constant ones, whose autocorrelation is not defined, are worth n.
// Values so large or so close that it cannot be computed are worth nothing.
func Effective(series []float64) float64 {
	n := float64(len(series))
	if !slices.ContainsFunc(series, func(v float64) bool { return v != series[0] }) {
		return n // rounding would give it a variance
	}
	mean := Mean(series)
	var lagged, squares float64
	for i, v := range series {
		squares += (v - mean) * (v - mean)
		if i > 0 {
			lagged += (series[i-1] - mean) * (v - mean)
		}
	}
	switch r := lagged / squares; {
	case r > 0:
		return n * (1 - r) / (1 + r)
	case math.IsNaN(r):
		return 0
	default:
		return n
	}
}

// Slope returns the slope of the least-squares line through points, and false
// if they do not determine one.
func Slope(x, y []float64) (float64, bool) {
	n := float64(len(x))
	var mx, my float64
	for i := range x {
		mx += x[i] / n
		my += y[i] / n
	}
	var xy, xx float64
	for i := range x {
		xy += (x[i] - mx) * (y[i] - my)
		xx += (x[i] - mx) * (x[i] - mx)
	}
	slope := xy / xx
	return slope, !math.IsNaN(slope) && !math.IsInf(slope, 0)
}
