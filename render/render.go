package render

import (
	"cmp"
	"errors"
	"io"

	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/page"
)

// Markdown writes the body of a packet as GitHub Flavored Markdown, as [Fit]
// makes it, and its annex to opts.Annex: UTF-8, lines ended by a line feed, one
// heading of level one, "# Release Packet: NAME VERSION", and below it
// "## Decision", the nine deliverables, "## Release Overview",
// "## Dependency Matrix", "## Milestone Timeline", "## Risk Gate Catalog",
// "## Checklist Suite", "## Release Notes Packet", "## Communication Plan",
// "## Compliance Evidence Log" and "## Open Issues Register", then "## Tooling",
// "## Waivers", "## People and roles", "## Terms", "## Policy" and "## Findings".
// The last five are left out where there is nothing to say, and People and roles
// and Policy where only the annex has them.
//
// The verdict is never better than the page: a gate of the catalog that is not
// decided counts as Hold.
//
// Each page is written by one call of Write, the body first, and its error is
// returned. So are the errors of Fit: with a [*BudgetError] the pages are written
// all the same. A packet that needs an annex for which opts has no writer is an
// error, and nothing is written. A packet with faults is printed with its faults.
func Markdown(w io.Writer, p packet.Packet, opts *MarkdownOptions) error {
	if opts != nil && opts.Words.Unlimited {
		_, err := w.Write(page.New(&p, opts.Report).Full())
		return err
	}
	pages, broken := Fit(p, opts)
	if len(pages.Body) == 0 {
		return broken
	}
	if pages.Annex == nil {
		_, err := w.Write(pages.Body)
		return cmp.Or(err, broken)
	}
	if opts == nil || opts.Annex == nil {
		return errors.New("render: the packet needs an annex: set MarkdownOptions.Annex, or Words.Unlimited for one long page")
	}
	if _, err := w.Write(pages.Body); err != nil {
		return err
	}
	_, err := opts.Annex.Write(pages.Annex)
	return cmp.Or(err, broken)
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
