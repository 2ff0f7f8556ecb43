package render_test

import (
	"encoding/json"
	"io"
	"testing"

	"github.com/tidegate-go/tidegate/render"
)

// BenchmarkMarkdown and BenchmarkMarshalIndent work on one packet: the target
// is half the time.
func BenchmarkMarkdown(b *testing.B) {
	p, report := samplePacket(b)
	opts := &render.MarkdownOptions{Report: &report, Words: render.Budget{Unlimited: true}}
	b.ReportAllocs()
	for b.Loop() {
		if err := render.Markdown(io.Discard, p, opts); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMarshalIndent(b *testing.B) {
	p, _ := samplePacket(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.MarshalIndent(p, "", "  "); err != nil {
			b.Fatal(err)
		}
	}
}
