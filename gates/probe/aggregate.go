package probe

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/internal/stats"
)

// Aggregate is the one number that a window of samples is taken for: "last",
// "mean", "min", "max", or a percentile such as "p95" or "p99.9". The zero value
// is [Every]: no number stands for the samples, and each of them has to hold.
//
// Whatever the aggregate, the samples have to cover the window and each of them
// has to be a number: a window that is half there has no mean.
//
// A percentile is by the nearest rank: the smallest sample that at least that
// many percent of the samples do not exceed (Hyndman and Fan 1996, definition
// 1). It is a value that was measured, and with fewer than 20 samples p95 is the
// largest. A percentile over samples that are percentiles themselves is not the
// percentile of what they were made from.
type Aggregate string

// The aggregates that have a name; [Percentile] makes others.
const (
	Every Aggregate = ""
	Last  Aggregate = "last" // the newest sample, which some sources have not finished counting
	Mean  Aggregate = "mean"
	Min   Aggregate = "min"
	Max   Aggregate = "max"
	P50   Aggregate = "p50"
	P90   Aggregate = "p90"
	P95   Aggregate = "p95"
	P99   Aggregate = "p99"
)

// Percentile returns the aggregate of the p-th percentile, p being above 0 and
// below 100. Another p makes an aggregate that is not [Aggregate.Valid].
func Percentile(p float64) Aggregate {
	return Aggregate("p" + strconv.FormatFloat(p, 'f', -1, 64))
}

// Valid reports whether the aggregate is known.
func (a Aggregate) Valid() bool {
	switch a {
	case Every, Last, Mean, Min, Max:
		return true
	}
	_, ok := a.percentile()
	return ok
}

// percentile reads "p95" as 95.
func (a Aggregate) percentile() (float64, bool) {
	text, ok := strings.CutPrefix(string(a), "p")
	p, err := strconv.ParseFloat(text, 64)
	return p, ok && err == nil && p > 0 && p < 100 && Percentile(p) == a
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown aggregate is an error.
func (a *Aggregate) UnmarshalText(text []byte) error {
	if v := Aggregate(text); !v.Valid() {
		return fmt.Errorf("aggregate %q is not one of last, mean, min, max or a percentile such as p95", text)
	}
	*a = Aggregate(text)
	return nil
}

// MarshalText implements [encoding.TextMarshaler].
func (a Aggregate) MarshalText() ([]byte, error) {
	if !a.Valid() {
		return nil, errors.New("aggregate " + strconv.Quote(string(a)) + " is not known")
	}
	return []byte(a), nil
}

// Of returns the aggregate of what was read, which is not empty. That of a
// number is the number. Every has none; its mean is what is compared.
func (a Aggregate) Of(s judge.Sampled) float64 {
	n := len(s.Samples)
	switch {
	case n == 0 || a == Every || a == Mean:
		return s.Mean
	case a == Last:
		return float64(s.Samples[n-1].Value)
	case a == Min:
		return s.Low
	case a == Max:
		return s.High
	}
	p, _ := a.percentile()
	values := make([]float64, n)
	for i := range s.Samples {
		values[i] = float64(s.Samples[i].Value)
	}
	return stats.Percentile(stats.Sorted(values), p)
}

// Comparison is how a measure is set against its baseline. The zero value is
// [Quotient].
type Comparison uint8

// The comparisons, of a measure m with a baseline b.
const (
	Quotient      Comparison = iota // m/b, a ratio: 1 is "the same"
	Difference                      // m-b, in the unit of both
	PercentChange                   // 100·(m-b)/|b|, in percent
)

var comparisonNames = []string{"quotient", "difference", "percent-change"}

// String returns the comparison's name as it stands in JSON.
func (c Comparison) String() string { return enum.String("comparison", comparisonNames, c) }

// MarshalText implements [encoding.TextMarshaler].
func (c Comparison) MarshalText() ([]byte, error) {
	return enum.Marshal("comparison", comparisonNames, c)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown comparison is an error.
func (c *Comparison) UnmarshalText(text []byte) error {
	return enum.Unmarshal("comparison", comparisonNames, c, text)
}
