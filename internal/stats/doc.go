// Package stats has the numbers behind the tests of a gate: the Mann-Whitney U
// test, effect sizes, percentiles, fences for outliers, autocorrelation and the
// least-squares line. Inputs are left as they are and have to be finite; the
// callers see to that.
package stats
