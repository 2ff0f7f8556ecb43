package lists_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidegate-go/tidegate/internal/lists"
)

func TestClone(t *testing.T) {
	room := make([][]int, 2, 8)
	room[0], room[1] = []int{1}, []int{2, 3}
	for _, test := range []struct {
		name string
		list [][]int
	}{
		{"nil", nil},
		{"empty", [][]int{}},
		{"elements", [][]int{{1}, nil, {}, {2, 3}}},
		{"room behind it", room},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := slices.Clone(test.list)
			got := lists.Clone(test.list, slices.Clone[[]int])
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
			if cap(got) != len(got) {
				t.Errorf("the copy has room for %d more", cap(got)-len(got))
			}
			for i := range got {
				if len(got[i]) > 0 {
					got[i][0] = 99
				}
				got[i] = append(got[i], 100)
			}
			if diff := cmp.Diff(want, test.list); diff != "" {
				t.Errorf("the list changed with its copy:\n%s", diff)
			}
		})
	}
}
