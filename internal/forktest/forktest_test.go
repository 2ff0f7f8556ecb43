package forktest_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/release/value"
)

type leaf struct {
	Name string
	When value.When `json:",omitzero"`
	Tags []string
}

type tree struct {
	Leaves []leaf
	One    *leaf
}

func good() tree {
	return tree{Leaves: []leaf{{Name: "a", When: value.Date(2026, 1, 2), Tags: []string{"x"}}}, One: &leaf{Tags: []string{"y"}}}
}

func clone(t tree) tree {
	t.Leaves = slices.Clone(t.Leaves)
	for i := range t.Leaves {
		t.Leaves[i].Tags = slices.Clone(t.Leaves[i].Tags)
	}
	one := *t.One
	one.Tags = slices.Clone(one.Tags)
	t.One = &one
	return t
}

func TestRun(t *testing.T) {
	forktest.Run(t, good, forktest.Fork[tree]{Name: "clone", Make: clone})
}

// The helper finds each way to share.
func TestSharedFindsFaults(t *testing.T) {
	more := leaf{Name: "b", Tags: []string{"z"}}
	tests := []struct {
		name string
		fork func(tree) tree
		want []string
	}{
		{"clone", clone, nil},
		{"assignment", func(t tree) tree { return t }, []string{
			".Leaves[0].Name of the fork is also the original's", ".Leaves[0].Name of the fork is also another fork's",
			".Leaves[0].When of the fork is also the original's", ".Leaves[0].When of the fork is also another fork's",
			".Leaves[0].Tags[0] of the fork is also the original's", ".Leaves[0].Tags[0] of the fork is also another fork's",
			".One.Name of the fork is also the original's", ".One.Name of the fork is also another fork's",
			".One.When of the fork is also the original's", ".One.When of the fork is also another fork's",
			".One.Tags[0] of the fork is also the original's", ".One.Tags[0] of the fork is also another fork's",
		}},
		{"shallow", func(t tree) tree {
			c := clone(t)
			c.Leaves[0].Tags = t.Leaves[0].Tags
			return c
		}, []string{".Leaves[0].Tags[0] of the fork is also the original's", ".Leaves[0].Tags[0] of the fork is also another fork's"}},
		{"append in place", func(t tree) tree {
			c := clone(t)
			c.Leaves = append(t.Leaves, clone(tree{Leaves: []leaf{more}, One: &leaf{}}).Leaves...)
			c.Leaves[0] = clone(t).Leaves[0]
			return c
		}, []string{
			".Leaves[0].Name of the fork is also the original's", ".Leaves[0].Name of the fork is also another fork's",
			".Leaves[0].When of the fork is also the original's", ".Leaves[0].When of the fork is also another fork's",
			".Leaves[0].Tags[0] of the fork is also the original's", ".Leaves[0].Tags[0] of the fork is also another fork's",
			".Leaves[1].Name of the fork is also another fork's", ".Leaves[1].When of the fork is also another fork's",
			".Leaves[1].Tags[0] of the fork is also another fork's",
		}},
		{"shared argument", func(t tree) tree {
			c := clone(t)
			c.Leaves = append(c.Leaves, more)
			return c
		}, []string{".Leaves[1].Tags[0] of the fork is also another fork's"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, forktest.Shared(good, tt.fork)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestSharedNeedsJSON(t *testing.T) {
	type open struct{ When value.When }
	got := forktest.Shared(func() open { return open{} }, func(o open) open { return o })
	if len(got) != 1 {
		t.Errorf("a value without JSON is not refused: %q", got)
	}
}

func TestUnfilled(t *testing.T) {
	want := []string{"forktest_test.leaf.Tags", "forktest_test.tree.One"}
	if diff := cmp.Diff(want, forktest.Unfilled(tree{Leaves: []leaf{{}}})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
