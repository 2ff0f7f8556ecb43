package render

import (
	"io"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/page"
)

// MarkdownOptions is what a page shows beside the packet. Nil is the zero
// MarkdownOptions.
type MarkdownOptions struct {
	// Report is what [packet.Verify] found. Given, its findings are printed and
	// the verdict is [packet.Verdict]. Nil: the page says that the packet was
	// not verified.
	Report *check.Report
}

// Markdown writes the packet as GitHub Flavored Markdown: UTF-8, lines ended by
// a line feed, one heading of level one, "# Release Packet: NAME VERSION", and
// below it "## Decision", the nine deliverables, "## Release Overview",
// "## Dependency Matrix", "## Milestone Timeline", "## Risk Gate Catalog",
// "## Checklist Suite", "## Release Notes Packet", "## Communication Plan",
// "## Compliance Evidence Log" and "## Open Issues Register", then "## Tooling",
// "## Waivers", "## People and roles", "## Terms", "## Policy" and "## Findings".
// Waivers, Terms, Policy and Findings are left out where there is nothing to say.
//
// The verdict is never better than the page: a gate of the catalog that is not
// decided counts as Hold.
//
// The page is written by one call of w.Write, whose error is returned. There is
// no other error: a packet with faults is printed with its faults.
func Markdown(w io.Writer, p packet.Packet, opts *MarkdownOptions) error {
	var report *check.Report
	if opts != nil {
		report = opts.Report
	}
	_, err := w.Write(page.New(&p, report).Full())
	return err
}

// JSON writes the packet as [packet.Encode] encodes it, in one call of w.Write.
// It fails as Encode fails, with nothing written, or with the error of w.
func JSON(w io.Writer, p packet.Packet) error {
	text, err := packet.Encode(p)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}
