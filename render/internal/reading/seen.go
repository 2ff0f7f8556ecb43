package reading

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Seen returns what a reader sees of a page, in its order: the text of headings,
// paragraphs, list items, table cells and code, a line for each.
func Seen(page []byte) string {
	var b []byte
	_ = ast.Walk(parser.Parse(text.NewReader(page)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindHeading, ast.KindParagraph, ast.KindTextBlock, east.KindTableCell:
			b = appendInline(b, page, n)
		case ast.KindCodeBlock, ast.KindFencedCodeBlock:
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				b = append(b, line.Value(page)...)
			}
		default:
			return ast.WalkContinue, nil
		}
		b = append(b, '\n')
		return ast.WalkSkipChildren, nil
	})
	return string(b)
}
