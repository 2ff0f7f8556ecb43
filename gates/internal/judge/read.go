package judge

import (
	"math"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Number reads a number result.
func Number(r *fact.Result) (float64, Code) {
	switch {
	case r.Value.Unit != r.Query.Yields.Unit: // also where there is no value at all
		return 0, WrongUnit
	case !r.Value.Value.IsFinite(), r.Value.Unit == value.Count && r.Value.Value < 0:
		return 0, NotANumber
	default:
		return float64(r.Value.Value), ""
	}
}

// Whole reads a number result that counts things: a part of one is none.
func Whole(r *fact.Result) (float64, Code) {
	n, code := Number(r)
	if code == "" && n != math.Trunc(n) {
		return 0, NotANumber
	}
	return n, code
}

// Counts reports whether the yield is a number that counts.
func Counts(y fact.Yields) bool { return y.Shape == fact.NumberShape && y.Unit == value.Count }

// Sampled is what was read of one result: its span, and how many samples have
// which mean. A number is one sample.
type Sampled struct {
	Low, High, Mean float64
	N               int
	Samples         []fact.Sample // of the window; nil for a number
}

// Read reads a number as it is and a series over its window.
func Read(r *fact.Result, window, gap time.Duration) (Sampled, Code) {
	if r.Query.Yields.Shape == fact.NumberShape {
		v, code := Number(r)
		return Sampled{Low: v, High: v, Mean: v, N: 1}, code
	}
	return Series(r, window, gap)
}

// Series reads the samples of the window, which ends when the result was
// observed, and checks that they cover it.
func Series(r *fact.Result, window, gap time.Duration) (Sampled, Code) {
	if r.Unit != r.Query.Yields.Unit {
		return Sampled{}, WrongUnit
	}
	seen, sum := Sampled{Low: math.Inf(1), High: math.Inf(-1)}, 0.0
	before := r.ObservedAt.Add(-window)
	for i := range r.Samples {
		s := &r.Samples[i]
		switch {
		case i > 0 && s.At.Before(r.Samples[i-1].At):
			return Sampled{}, Gap // out of order: what is covered cannot be told
		case i > 0 && s.At.Equal(r.Samples[i-1].At):
			return Sampled{}, Contradicted // two samples of one moment: which one holds cannot be told
		case s.At.After(r.ObservedAt):
			return Sampled{}, Future
		case seen.N == 0 && s.At.Before(before):
			continue // before the window begins
		case s.At.Sub(before) > gap:
			return Sampled{}, Gap
		case !s.Value.IsFinite(), r.Unit == value.Count && s.Value < 0:
			return Sampled{}, NotANumber
		}
		seen.Low, seen.High = min(seen.Low, float64(s.Value)), max(seen.High, float64(s.Value))
		sum += float64(s.Value)
		seen.N++
		before = s.At
	}
	if seen.N == 0 || r.ObservedAt.Sub(before) > gap {
		return Sampled{}, Gap
	}
	if seen.Mean = sum / float64(seen.N); math.IsInf(seen.Mean, 0) {
		return Sampled{}, NotANumber // the sum is beyond what a number can be
	}
	seen.Samples = r.Samples[len(r.Samples)-seen.N:]
	return seen, ""
}

// MaxGap is the longest silence that a window may have: the one given, or a
// tenth of the window.
func MaxGap(gap, window value.Duration) time.Duration {
	if gap == 0 {
		return window.Std() / 10
	}
	return gap.Std()
}

// Covers reports whether the longest silence makes sense for the window.
func Covers(window value.Duration, gap time.Duration) bool {
	return window > 0 && gap > 0 && gap < window.Std()
}
