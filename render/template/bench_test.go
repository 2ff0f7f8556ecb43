package template_test

import (
	"io"
	"testing"

	"github.com/tidegate-go/tidegate/internal/sample"
)

func BenchmarkExecute(b *testing.B) {
	tmpl, p := parse(b, everywhere, nil), sample.Packet()
	b.ReportAllocs()
	for b.Loop() {
		if err := tmpl.Execute(io.Discard, p, nil); err != nil {
			b.Fatal(err)
		}
	}
}
