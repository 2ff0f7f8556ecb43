package join_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates/internal/join"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func ask(kind string) fact.Query { return fact.NewQuery("x", kind, fact.Number(value.Count)) }

func TestResults(t *testing.T) {
	queries := []fact.Query{ask("a"), ask("b"), ask("c"), ask("d")}
	tests := map[string]struct {
		kinds string
		want  []int32
	}{
		"nothing came back":         {"", []int32{-1, -1, -1, -1}},
		"in order":                  {"abcd", []int32{0, 1, 2, 3}},
		"out of order":              {"dcba", []int32{3, 2, 1, 0}},
		"one is missing":            {"acd", []int32{0, -1, 1, 2}},
		"two for one":               {"abbd", []int32{0, -2, -1, 3}},
		"two for one, out of order": {"bdba", []int32{3, -2, -1, 1}},
		"nobody asked for these":    {"aazz", []int32{-2, -1, -1, -1}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var results []fact.Result
			for _, k := range tt.kinds {
				results = append(results, fact.Result{Query: ask(string(k))})
			}
			if diff := cmp.Diff(tt.want, join.Results(queries, results)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
