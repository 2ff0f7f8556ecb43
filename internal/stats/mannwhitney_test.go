package stats_test

import (
	"math"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/stats"
)

// enumerate deals the pooled values out in all ways and counts those in which U
// is as small, and as large.
func enumerate(x, y []float64) (u, less, greater float64) {
	wins := func(a, b []float64) float64 {
		n := 0.0
		for _, v := range a {
			for _, w := range b {
				switch {
				case v > w:
					n++
				case v == w:
					n += 0.5
				}
			}
		}
		return n
	}
	u = wins(x, y)
	pooled := slices.Concat(x, y)
	var all, low, high float64
	for set := range uint(1) << len(pooled) {
		if bits.OnesCount(set) != len(x) {
			continue
		}
		var a, b []float64
		for i, v := range pooled {
			if set>>i&1 == 1 {
				a = append(a, v)
			} else {
				b = append(b, v)
			}
		}
		all++
		if v := wins(a, b); v <= u {
			low++
			if v == u {
				high++
			}
		} else {
			high++
		}
	}
	return u, low / all, high / all
}

func TestPropertyExactIsEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 10).Draw(t, "n")
		n1 := rapid.IntRange(1, n-1).Draw(t, "n1")
		values := make([]float64, n)
		distinct := rapid.IntRange(1, 12).Draw(t, "distinct values")
		for i := range values {
			values[i] = float64(rapid.IntRange(1, distinct).Draw(t, "value"))
		}
		x, y := values[:n1], values[n1:]
		got, ok := stats.MannWhitney(x, y)
		u, less, greater := enumerate(x, y)
		if !ok || !got.Exact || got.U != u || math.Abs(got.Less-less) > 1e-12 || math.Abs(got.Greater-greater) > 1e-12 {
			t.Fatalf("%v %v: %+v, by enumeration U %g, %g and %g", x, y, got, u, less, greater)
		}
	})
}

func TestMannWhitney(t *testing.T) {
	span := func(n int, from, step float64) []float64 {
		s := make([]float64, n)
		for i := range s {
			s[i] = from + step*float64(i)
		}
		return s
	}
	tests := map[string]struct {
		x, y  []float64
		u, p  float64 // two-sided
		exact bool
	}{
		// Mann and Whitney, 1947, table for n=3: P(U≤0) is 1/20 for m=3.
		"three above three": {[]float64{4, 5, 6}, []float64{1, 2, 3}, 9, 0.1, true},
		"all equal":         {[]float64{1, 1, 1}, []float64{1, 1}, 3, 1, true},
		"all equal, many":   {span(100, 1, 0), span(100, 1, 0), 5000, 1, false},
		"alike":             {[]float64{1, 4}, []float64{2, 3}, 2, 1, true},
		// 2/C(100,50).
		"fifty above fifty": {span(50, 100, 1), span(50, 1, 1), 2500, 2 / 1.0089134454556415e29, true},
		"one of each":       {[]float64{2}, []float64{1}, 1, 1, true},
		// R: wilcox.test(101:160, 1:60) has sigma sqrt(60*60/12*121) and z (1800-0.5)/sigma.
		"sixty above sixty": {span(60, 101, 1), span(60, 1, 1), 3600, math.Erfc(1799.5 / math.Sqrt(300*121) / math.Sqrt2), false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			x, y := slices.Clone(tt.x), slices.Clone(tt.y)
			slices.Reverse(x)
			got, ok := stats.MannWhitney(x, y)
			if !ok || got.U != tt.u || math.Abs(got.TwoSided()-tt.p) > 1e-9*tt.p || got.Exact != tt.exact {
				t.Errorf("%+v with p %g, want U %g, p %g, exact %t", got, got.TwoSided(), tt.u, tt.p, tt.exact)
			}
			if back, _ := stats.MannWhitney(y, x); math.Abs(back.Less-got.Greater) > 1e-15 || back.Delta() != -got.Delta() {
				t.Errorf("the other way round: %+v", back)
			}
			if x[0] < x[len(x)-1] {
				t.Error("the sample was sorted in place")
			}
		})
	}
}

func TestMannWhitneyRefuses(t *testing.T) {
	one, nan := []float64{1}, []float64{1, math.NaN()}
	for _, pair := range [][2][]float64{{nil, one}, {one, nil}, {nan, one}, {one, nan}} {
		if got, ok := stats.MannWhitney(pair[0], pair[1]); ok {
			t.Errorf("%v: %+v", pair, got)
		}
	}
}

// Where counting ends and approximating begins, they nearly agree.
func TestPropertyApproximationIsNearTheCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(n int) []float64 {
			return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(0, 40).Draw(t, "v")) }), n, n).Draw(t, "sample")
		}
		x, y := draw(25), draw(25)
		exact, _ := stats.MannWhitney(x, y)
		approximate := exact
		approximate.Less, approximate.Greater = stats.Normal(x, y)
		if !exact.Exact || math.Abs(exact.TwoSided()-approximate.TwoSided()) > 0.02 {
			t.Fatalf("counted %g, approximated %g", exact.TwoSided(), approximate.TwoSided())
		}
	})
}

func TestEffect(t *testing.T) {
	got, _ := stats.MannWhitney([]float64{2, 3}, []float64{1, 3, 0, 4})
	if got.Effect() != 0.5625 || got.Delta() != 0.125 { // 2+2.5 of 8
		t.Errorf("effect %g, delta %g", got.Effect(), got.Delta())
	}
}
