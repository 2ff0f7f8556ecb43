package template

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

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

// Fit is [render.Fit] with sections by templates. A section that the body does
// not have, because there is nothing to say or the annex has it, is added where
// it belongs.
//
// The words are counted again, with the sections in place: a body outside of the
// budget is a [*LengthError] beside the pages, for the templates to be changed;
// where a section is written by a template, nothing of it moves to the annex by
// itself. Other errors are those of render.Fit and of a run, and a Section that
// is none. [render.Check] tells of the pages what templates left out.
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
		if harmless := replaceSection(pages.Body, s.Title, []byte("x\n")); !slices.Equal(chapters(body), chapters(harmless)) {
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

// order are all sections of a page.
var order = slices.Concat([]string{"Decision"}, titles[:10], []string{"Waivers"}, titles[10:], []string{"Findings"})

// replaceSection puts the text below the heading of level two, in the place of
// what stands there; a page without the section gets it where it belongs. The
// page is one of package render, in which no other line begins as a heading does.
func replaceSection(page []byte, title string, text []byte) []byte {
	at := slices.Index(order, title)
	before, after := len(page), len(page) // what stays before the section and behind it
	heading := "## " + title
	start := 0
	for line := range bytes.Lines(page) {
		switch {
		case before < len(page) && bytes.HasPrefix(line, []byte("## ")):
			after = start
		case named(line, title):
			before, heading = start, strings.TrimSpace(string(line))
		case bytes.HasPrefix(line, []byte("## ")) && slices.ContainsFunc(order[at+1:], func(later string) bool { return named(line, later) }):
			before, after = start, start
		}
		if after < len(page) {
			break
		}
		start += len(line)
	}
	out := slices.Concat(bytes.TrimRight(page[:before], "\n"), []byte("\n\n"+heading+"\n\n"), text)
	if after < len(page) {
		out = append(append(out, '\n'), page[after:]...)
	}
	return out
}

// named reports whether a line is the heading of a section, which is a link
// where the annex has more of it.
func named(line []byte, title string) bool {
	text, ok := bytes.CutPrefix(bytes.TrimRight(line, "\n"), []byte("## "))
	return ok && (string(text) == title || bytes.HasPrefix(text, []byte("["+title+"](")))
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
