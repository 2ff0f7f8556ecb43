package check_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/release/check"
)

func TestPathUnder(t *testing.T) {
	tests := []struct{ path, parent, want check.Path }{
		{"", "", ""}, {"a", "", "a"}, {"", "p", "p"}, {"a", "p", "p.a"}, {"[2].a", "p", "p[2].a"}, {"[2]", "", "[2]"},
		{"a[0].b", "p[1]", "p[1].a[0].b"}, {"", "p[1]", "p[1]"},
	}
	for _, tt := range tests {
		if got := tt.path.Under(tt.parent); got != tt.want {
			t.Errorf("%q under %q = %q, want %q", tt.path, tt.parent, got, tt.want)
		}
	}
}

func TestPathWithin(t *testing.T) {
	tests := []struct {
		path, root check.Path
		want       bool
	}{
		{"", "", true}, {"a.b", "", true}, {"a", "a", true}, {"a.b", "a", true}, {"a[0]", "a", true}, {"a[0].b", "a[0]", true},
		{"", "a", false}, {"a", "a.b", false}, {"ab", "a", false}, {"a[10]", "a[1]", false}, {"a[1]", "a[10]", false},
		{"b.a", "a", false}, {"a-b", "a", false}, {"A.b", "a", false},
	}
	for _, tt := range tests {
		if got := tt.path.Within(tt.root); got != tt.want {
			t.Errorf("%q within %q = %v", tt.path, tt.root, got)
		}
	}
}

// step is one step of a path: a name, or an index if there is none.
type step struct {
	name  string
	index int
}

func anySteps(t *rapid.T, label string) []step {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		if rapid.Bool().Draw(t, "isIndex") {
			return step{index: rapid.IntRange(0, 12).Draw(t, "index")}
		}
		return step{name: rapid.SampledFrom([]string{"a", "ab", "b", "plan", "gates"}).Draw(t, "name")}
	}), 0, 5).Draw(t, label)
}

func build(steps []step) check.Path {
	var p check.Path
	for _, s := range steps {
		if s.name == "" {
			p = p.Index(s.index)
		} else {
			p = p.Field(s.name)
		}
	}
	return p
}

// A path is its steps: Under puts steps in front, Within asks for a prefix of steps.
func TestPathProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anySteps(t, "a"), anySteps(t, "b"), anySteps(t, "c")
		pa, pb, pc := build(a), build(b), build(c)
		joined := pb.Under(pa)
		if want := build(append(append([]step{}, a...), b...)); joined != want {
			t.Fatalf("%q under %q = %q, want %q", pb, pa, joined, want)
		}
		if left, right := pc.Under(pb).Under(pa), pc.Under(pb.Under(pa)); left != right {
			t.Fatalf("under is not associative: %q and %q", left, right)
		}
		if !joined.Within(pa) || !joined.Within("") || !pa.Within(pa) {
			t.Fatalf("%q is not within %q", joined, pa)
		}
		prefix := len(a) <= len(c) && cmp.Equal(a, c[:min(len(a), len(c))], cmp.AllowUnexported(step{}))
		if len(a) == 0 {
			prefix = true
		}
		if pc.Within(pa) != prefix {
			t.Fatalf("%q within %q = %v, want %v", pc, pa, !prefix, prefix)
		}
		if (pa == pc) != (len(a) == len(c) && prefix) {
			t.Fatalf("%q and %q: equal paths have equal steps", pa, pc)
		}
	})
}
