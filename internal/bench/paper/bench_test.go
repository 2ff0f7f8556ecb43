package paper_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/internal/bench/paper"
)

// BenchmarkPaper is each piece of work on the packet.
func BenchmarkPaper(b *testing.B) {
	works, err := paper.Works()
	if err != nil {
		b.Fatal(err)
	}
	for _, w := range works {
		b.Run(w.Name, w.Benchmark)
	}
}
