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
	eachBlock(page, func(block []byte) {
		b = append(b, block...)
		b = append(b, '\n')
	})
	return string(b)
}

// eachBlock calls f with what a reader sees of each heading, paragraph, list
// item, table cell and piece of code, in the order of the page. What f is given
// is overwritten by the next call.
func eachBlock(page []byte, f func(block []byte)) {
	var block []byte
	_ = ast.Walk(parser.Parse(text.NewReader(page)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		block = block[:0]
		switch n.Kind() {
		case ast.KindHeading, ast.KindParagraph, ast.KindTextBlock, east.KindTableCell:
			block = appendInline(block, page, n)
		case ast.KindCodeBlock, ast.KindFencedCodeBlock:
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				block = append(block, line.Value(page)...)
			}
		default:
			return ast.WalkContinue, nil
		}
		f(block)
		return ast.WalkSkipChildren, nil
	})
}
