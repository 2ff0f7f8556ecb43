package engines_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/internal/bench/engines"
)

// BenchmarkEvaluate is each engine on the whole catalogue.
func BenchmarkEvaluate(b *testing.B) {
	for _, w := range engines.Works() {
		b.Run(w.Name, w.Benchmark)
	}
}

// BenchmarkGrowth is the evaluation of ever larger catalogues.
func BenchmarkGrowth(b *testing.B) {
	for _, w := range engines.GrowthWorks() {
		b.Run(w.Name, w.Benchmark)
	}
}
