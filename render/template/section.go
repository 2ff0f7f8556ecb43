package template

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/yuin/goldmark/ast"
	source "github.com/yuin/goldmark/text"

	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render"
)

// Section is a template in the place of a section of the page.
type Section struct {
	// Title is the section's heading, which stays: one of [Titles].
	Title string
	// Template writes what stands below it; headings have level three or more.
	Template *Template
}

// titles are the sections that a template may write: the deliverables and what
// supports them. The decision, waivers and findings are not among them: nobody
// talks them away.
var titles = []string{
	"Release Overview", "Dependency Matrix", "Milestone Timeline", "Risk Gate Catalog", "Checklist Suite", "Release Notes Packet",
	"Communication Plan", "Compliance Evidence Log", "Open Issues Register", "Tooling", "People and roles", "Terms", "Policy",
}

// Titles returns the titles of the sections that a template may write.
func Titles() []string { return slices.Clone(titles) }

// Fit is [render.Fit] with sections by templates. A section that the page does
// not have, because there is nothing to say, is not added.
//
// The words are counted again, with the sections in place: a body outside of the
// budget is a [*LengthError] beside the pages, for the templates to be changed;
// where a section is written by a template, nothing of it moves to the annex by
// itself. Other errors are those of render.Fit and of a run, and a Section that
// is none.
func Fit(p packet.Packet, opts *render.MarkdownOptions, sections ...Section) (render.Pages, error) {
	for i, s := range sections {
		same := func(other Section) bool { return other.Title == s.Title }
		switch {
		case !slices.Contains(titles, s.Title):
			return render.Pages{}, fmt.Errorf("no section %q is written by templates", s.Title)
		case s.Template == nil:
			return render.Pages{}, fmt.Errorf("section %q has no template", s.Title)
		case slices.ContainsFunc(sections[:i], same):
			return render.Pages{}, fmt.Errorf("section %q has two templates", s.Title)
		}
	}
	pages, err := render.Fit(p, opts)
	var budget *render.BudgetError
	if err != nil && (!errors.As(err, &budget) || len(sections) == 0) {
		return pages, err
	}
	if opts == nil {
		opts = &render.MarkdownOptions{}
	}
	data := pageOf(p, opts.Report)
	for _, s := range sections {
		text, err := s.Template.run(data, sectionText)
		if err != nil {
			return render.Pages{}, fmt.Errorf("section %q: %w", s.Title, err)
		}
		body := replaceSection(pages.Body, s.Title, text)
		if !slices.Equal(chapters(body), chapters(pages.Body)) {
			return render.Pages{}, fmt.Errorf("section %q: %w", s.Title, &OutputError{[]Fault{{Template: s.Template.name,
				Message: "does not end before the next section: a block of code or of HTML is open"}}})
		}
		pages.Body = body
	}
	pages.Words = render.CountWords(pages.Body)
	if n, b := pages.Words.Visible, pages.Budget; !b.Unlimited && (n < b.Min || n > b.Max) {
		return pages, &LengthError{n, b.Min, b.Max}
	}
	return pages, nil
}

// replaceSection puts the text below the heading of level two, in the place of
// what stands there. The page is one of package render, in which no other line
// begins as a heading does.
func replaceSection(page []byte, title string, text []byte) []byte {
	heading := []byte("\n## " + title + "\n")
	i := bytes.Index(page, heading)
	if i < 0 {
		return page
	}
	start := i + len(heading)
	end := len(page)
	if n := bytes.Index(page[start-1:], []byte("\n## ")); n >= 0 {
		end = start + n
	}
	out := slices.Concat(page[:start], []byte("\n"), text)
	if end < len(page) {
		out = append(append(out, '\n'), page[end:]...)
	}
	return out
}

// chapters returns the headings of levels one and two, as a parser has them.
func chapters(page []byte) []string {
	var out []string
	doc := markdown.Parse(source.NewReader(page))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level < 3 {
			out = append(out, string(h.Lines().Value(page)))
		}
	}
	return out
}
