package paper_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/internal/bench/paper"
)

// BenchmarkPaper is each piece of work on the packet.
func BenchmarkPaper(b *testing.B) {
	for _, w := range paper.Works() {
		b.Run(w.Name, w.Benchmark)
	}
}
