package render

import (
	"fmt"
	"io"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/fit"
	"github.com/tidegate-go/tidegate/render/internal/page"
)

// MarkdownOptions is what pages show beside the packet, and how long they may
// be. Nil is the zero MarkdownOptions.
type MarkdownOptions struct {
	// Report is what [packet.Verify] found. Given, its findings are printed and
	// the verdict is [packet.Verdict]. Nil: the page says that the packet was
	// not verified.
	Report *check.Report
	// Words limits a body that has an annex; the zero Budget is 500 to 1000
	// words.
	Words Budget
	// AnnexName is the file name by which the body links to the annex: letters,
	// digits, dots, hyphens and underscores. Empty means "annex.md".
	AnnexName string
	// Annex is where [Markdown] writes the annex; [Fit] does not look at it. Nil:
	// Markdown puts the whole packet on one page.
	Annex io.Writer
}

// Budget is how many visible words a body has, as [CountWords] counts them. The
// zero Budget is 500 to 1000.
type Budget struct {
	Min int // 0 means 500
	Max int // 0 means 1000
	// Unlimited puts everything on the body, whatever its length. Min and Max
	// do not count, and there is no annex.
	Unlimited bool
}

// The range of the zero [Budget].
const (
	DefaultMin = 500
	DefaultMax = 1000
)

// Pages is a packet as two pages: a body that reads alone, and an annex that has
// in full what the body gives in short.
type Pages struct {
	Body      []byte
	Annex     []byte // nil: the body has everything
	AnnexName string // what the body calls it
	Words     Words  // of the body
	Budget    Budget // that the body had to keep
}

// Fit writes a packet as a body within its budget and, where that leaves
// something out, an annex.
//
// Every part of the page is known at several levels: all of it, terser, grouped,
// and for what only supports the packet a link to the annex. The body begins
// with all of everything. While it is too long, the part gives way that saves the most
// words for the information lost: terser everywhere before anything is grouped,
// supporting parts first. What decides a release stays at every level: gates that
// do not go and why, pending dependencies and approvals, blocking questions, rollback,
// flags, impact thresholds. Whatever is not on the body in full is in the annex in
// full, and the body has its count, a link to it and the annex's digest.
//
// The error is nil, a [*BudgetError] beside pages that break the budget, or
// about options that are no budget.
func Fit(p packet.Packet, opts *MarkdownOptions) (Pages, error) {
	opts, err := opts.defaults()
	if err != nil {
		return Pages{}, err
	}
	d := page.New(&p, opts.Report)
	if opts.Words.Unlimited {
		body := d.Full()
		return Pages{Body: body, AnnexName: opts.AnnexName, Words: CountWords(body), Budget: opts.Words}, nil
	}
	cuts := d.Cut(opts.AnnexName)
	levels, ok := fit.Fit(cuts.Blocks(), opts.Words.Max, cuts.Total)
	note := ""
	if !ok {
		note = overBudget(cuts.Total(levels))
	}
	pages := Pages{Annex: cuts.Annex(levels), AnnexName: opts.AnnexName, Budget: opts.Words}
	pages.Body = cuts.Body(levels, note, pages.Annex)
	pages.Words = CountWords(pages.Body)
	if n := pages.Words.Visible; n > opts.Words.Max || n < opts.Words.Min {
		return pages, newBudgetError(&p, pages, cuts)
	}
	return pages, nil
}

// defaults returns the options with everything said.
func (o *MarkdownOptions) defaults() (*MarkdownOptions, error) {
	out := MarkdownOptions{AnnexName: "annex.md"}
	if o != nil {
		name := out.AnnexName
		if out = *o; out.AnnexName == "" {
			out.AnnexName = name
		}
	}
	b := &out.Words
	if b.Min == 0 {
		b.Min = DefaultMin
	}
	if b.Max == 0 {
		b.Max = DefaultMax
	}
	switch {
	case b.Unlimited:
		*b = Budget{Unlimited: true}
	case b.Min < 0, b.Max < b.Min:
		return nil, fmt.Errorf("render: no page has at least %d and at most %d words", b.Min, b.Max)
	}
	if !plainName(out.AnnexName) {
		return nil, fmt.Errorf("render: the annex cannot be called %q: want letters, digits, dots, hyphens and underscores", out.AnnexName)
	}
	return &out, nil
}

// plainName reports whether a file name stands for itself in a link and is one
// word.
func plainName(s string) bool {
	words := false
	for i := range len(s) {
		switch c := s[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9':
			words = true
		case c != '.' && c != '-' && c != '_':
			return false
		}
	}
	return words
}
