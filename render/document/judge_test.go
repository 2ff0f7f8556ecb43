package document_test

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/tidegate-go/tidegate/render/internal/pagetest"
)

// judge is a second reading of a page, with everything on that text of users could
// become.
var judge = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))

var tag = regexp.MustCompile(`<[^>]*>`)

// read returns what a reader of the page sees, and the addresses that it links to.
func read(t testing.TB, page string) (string, []string) {
	t.Helper()
	var links []string
	root := judge.Parser().Parse(text.NewReader([]byte(page)))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*ast.Link); ok && entering {
			links = append(links, string(link.Destination))
		}
		return ast.WalkContinue, nil
	})
	var b bytes.Buffer
	if err := judge.Renderer().Render(&b, []byte(page), root); err != nil {
		t.Fatal(err)
	}
	return html.UnescapeString(tag.ReplaceAllString(b.String(), "")), links
}

// expected are the kinds that a page is made of.
var expected = map[ast.NodeKind]bool{
	ast.KindDocument: true, ast.KindHeading: true, ast.KindParagraph: true, ast.KindTextBlock: true, ast.KindText: true, ast.KindString: true,
	ast.KindCodeSpan: true, ast.KindLink: true, ast.KindList: true, ast.KindListItem: true, ast.KindEmphasis: true, east.KindTable: true,
	east.KindTableHeader: true, east.KindTableRow: true, east.KindTableCell: true, east.KindTaskCheckBox: true,
}

// wellFormed checks a page: the kinds above, one heading of level one, levels that
// step by one, tight lists with hyphens, full tables, blank lines where linters
// want them and nowhere else.
func wellFormed(t testing.TB, page string) {
	t.Helper()
	level, first := 0, 0
	_ = ast.Walk(judge.Parser().Parse(text.NewReader([]byte(page))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if !expected[n.Kind()] {
			t.Errorf("the page has a %s", n.Kind())
		}
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level > level+1 {
				t.Errorf("a heading steps from level %d to %d", level, n.Level)
			}
			if level = n.Level; level == 1 {
				first++
			}
		case *ast.List:
			if n.IsOrdered() || n.Marker != '-' || !n.IsTight {
				t.Errorf("a list is ordered, loose or marked with %q", n.Marker)
			}
		case *ast.Text:
			if n.SoftLineBreak() || n.HardLineBreak() {
				t.Errorf("a line is broken at %q", n.Segment.Value([]byte(page)))
			}
		}
		return ast.WalkContinue, nil
	})
	if first != 1 || !strings.HasPrefix(page, "# ") {
		t.Errorf("%d headings of level one, or not at the top", first)
	}
	pagetest.Lines(t, page)
}

// reference is what code hosts make links of, see mdtext.Defuse.
var reference = regexp.MustCompile(`(?i)[#!&][0-9]|\bgh-[0-9]|@[a-z0-9]|\b[0-9a-f]{7,40}\b`)

// references returns the references in the text of a page that is not code.
func references(page string) []string {
	var found []string
	_ = ast.Walk(judge.Parser().Parse(text.NewReader([]byte(page))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() == ast.KindCodeSpan {
			return ast.WalkSkipChildren, nil
		}
		if entering && n.Type() == ast.TypeBlock {
			var line strings.Builder
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				plain(&line, c, []byte(page))
			}
			found = append(found, reference.FindAllString(line.String(), -1)...)
		}
		return ast.WalkContinue, nil
	})
	return found
}

// plain collects inline text, with a mark where code stands.
func plain(b *strings.Builder, n ast.Node, source []byte) {
	switch n := n.(type) {
	case *ast.Text:
		b.Write(n.Segment.Value(source))
	case *ast.CodeSpan:
		b.WriteByte(0)
	default:
		for c := n.FirstChild(); c != nil && n.Type() == ast.TypeInline; c = c.NextSibling() {
			plain(b, c, source)
		}
	}
}
