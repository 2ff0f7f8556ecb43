package toposort_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/toposort"
)

func TestSort(t *testing.T) {
	tests := []struct {
		name            string
		needs           [][]int
		order, circular []int
	}{
		{"nothing", nil, nil, nil},
		{"no needs", [][]int{nil, nil}, []int{0, 1}, nil},
		{"backwards", [][]int{{1}, {2}, nil}, []int{2, 1, 0}, nil},
		{"a diamond", [][]int{{1, 2}, {3}, {3}, nil}, []int{3, 1, 2, 0}, nil},
		{"itself", [][]int{{0}, nil}, []int{1}, []int{0}},
		{"a circle and who needs it", [][]int{{1}, {0}, {1}, nil}, []int{3}, []int{0, 1, 2}},
		{"what is not there", [][]int{{-1, 7}}, []int{0}, nil},
	}
	for _, tt := range tests {
		order, circular := toposort.Sort(len(tt.needs), func(i int) []int { return tt.needs[i] })
		if diff := cmp.Diff([][]int{tt.order, tt.circular}, [][]int{order, circular}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
