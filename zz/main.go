package main

import (
	"fmt"
	"os"
	"time"

	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render"
)

func main() {
	b, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	p, err := packet.Decode(b)
	if err != nil {
		panic(err)
	}
	r := packet.Verify(p, &packet.VerifyOptions{Now: time.Date(2026, time.December, 8, 16, 30, 0, 0, time.UTC)})
	pages, err := render.Fit(p, &render.MarkdownOptions{Report: &r})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	fmt.Fprintln(os.Stderr, pages.Words)
	os.WriteFile("/tmp/q3/packet.md", pages.Body, 0o644)
	os.WriteFile("/tmp/q3/annex.md", pages.Annex, 0o644)
}
