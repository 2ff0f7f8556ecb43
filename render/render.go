package render

import (
	"io"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/page"
)

// Markdown writes a packet as GitHub Flavored Markdown: UTF-8, lines ended by a
// line feed, one heading of level one, "# Release Packet: NAME VERSION", and below
// it "## Decision", the nine deliverables, "## Release Overview",
// "## Dependency Matrix", "## Milestone Timeline", "## Risk Gate Catalog",
// "## Checklist Suite", "## Release Notes Packet", "## Communication Plan",
// "## Compliance Evidence Log" and "## Open Issues Register", then "## Tooling",
// "## Waivers", "## People and roles", "## Terms", "## Policy" and "## Findings".
// Waivers, Terms, Policy and Findings are left out where there is nothing to say,
// and People and roles and Policy where only the annex has them.
//
// With opts.Annex it writes the two pages of [Fit], the body to w and the annex, if
// there is one, to opts.Annex, and with a [*BudgetError] it writes them all the
// same. Without opts.Annex, or with an unlimited budget, nothing may be moved: the
// whole packet is on one page, and no budget is kept.
//
// The verdict is never better than the page: a gate of the catalog that is not
// decided counts as Hold. A packet with faults is printed with its faults.
//
// Each page is written by one call of Write, whose error is returned.
func Markdown(w io.Writer, p packet.Packet, opts *MarkdownOptions) error {
	if opts == nil || opts.Annex == nil || opts.Words.Unlimited {
		var report *check.Report
		if opts != nil {
			report = opts.Report
		}
		_, err := w.Write(page.New(&p, report).Full())
		return err
	}
	pages, broken := Fit(p, opts)
	if len(pages.Body) == 0 {
		return broken
	}
	if _, err := w.Write(pages.Body); err != nil {
		return err
	}
	if pages.Annex != nil {
		if _, err := opts.Annex.Write(pages.Annex); err != nil {
			return err
		}
	}
	return broken
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
