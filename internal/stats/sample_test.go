package stats_test

import (
	"math"
	"testing"

	"github.com/tidegate-go/tidegate/internal/stats"
)

func TestPercentile(t *testing.T) {
	five := []float64{15, 20, 35, 40, 50} // the nearest-rank example of Wikipedia's Percentile
	twenty := make([]float64, 20)
	for i := range twenty {
		twenty[i] = float64(i + 1)
	}
	for _, tt := range []struct {
		sample  []float64
		p, want float64
	}{
		{five, 5, 15}, {five, 30, 20}, {five, 40, 20}, {five, 50, 35}, {five, 100, 50},
		{twenty, 95, 19}, {twenty, 95.1, 20}, {twenty, 0.1, 1}, {[]float64{7}, 50, 7},
	} {
		if got := stats.Percentile(tt.sample, tt.p); got != tt.want {
			t.Errorf("p%g of %v is %g, want %g", tt.p, tt.sample, got, tt.want)
		}
	}
}

func TestMedianAndFences(t *testing.T) {
	if got := stats.Median([]float64{1, 2, 4}); got != 2 {
		t.Errorf("median %g", got)
	}
	if got := stats.Median([]float64{1, 2, 4, 9}); got != 3 {
		t.Errorf("median %g", got)
	}
	if got := stats.Median([]float64{math.MaxFloat64, math.MaxFloat64}); got != math.MaxFloat64 {
		t.Errorf("median %g", got)
	}
	low, high := stats.Fences([]float64{1, 2, 3, 4, 5, 6, 7, 8}, 3) // quartiles 2 and 6
	if low != -10 || high != 18 {
		t.Errorf("fences %g and %g", low, high)
	}
}

func TestMean(t *testing.T) {
	for want, values := range map[float64][]float64{0: nil, 2.5: {1, 2, 3, 4}, math.MaxFloat64: {math.MaxFloat64, math.MaxFloat64}} {
		if got := stats.Mean(values); got != want {
			t.Errorf("mean of %v is %g", values, got)
		}
	}
}

func TestEffective(t *testing.T) {
	trend := make([]float64, 100) // each value depends on the one before: r is 0.97
	alternating, steps := make([]float64, 100), make([]float64, 100)
	for i := range trend {
		trend[i], alternating[i], steps[i] = float64(i), float64(i%2), float64(i/2%2)
	}
	for name, tt := range map[string]struct {
		series   []float64
		min, max float64
	}{
		"trend": {trend, 1, 3}, "alternating": {alternating, 100, 100}, "pairs": {steps, 95, 100},
		"constant": {[]float64{3, 3, 3}, 3, 3}, "one": {[]float64{3}, 1, 1}, "none": {nil, 0, 0},
		"constant, not exact": {[]float64{0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, 6, 6},
		"too large":           {[]float64{1e200, 2e200, 3e200, 4e200}, 0, 0},
		"too close":           {[]float64{1e-200, 2e-200, 3e-200, 4e-200}, 0, 0},
		"two halves":          {[]float64{0, 0, 0, 0, 1, 1, 1, 1}, 1.8, 2.2}, // r is 5/8: 8·3/13
	} {
		if got := stats.Effective(tt.series); got < tt.min || got > tt.max {
			t.Errorf("%s: %g values, want %g to %g", name, got, tt.min, tt.max)
		}
	}
}

func TestSlope(t *testing.T) {
	if got, ok := stats.Slope([]float64{0, 1, 2, 3}, []float64{9, 7, 5, 3}); !ok || got != -2 {
		t.Errorf("slope %g, %t", got, ok)
	}
	if got, ok := stats.Slope([]float64{0, 1, 2}, []float64{1, 0, 2}); !ok || got != 0.5 {
		t.Errorf("slope %g, %t", got, ok)
	}
	for _, x := range [][]float64{nil, {1}, {2, 2}} {
		if got, ok := stats.Slope(x, make([]float64, len(x))); ok {
			t.Errorf("%v: slope %g", x, got)
		}
	}
}
