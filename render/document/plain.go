package document

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Plain returns what a reader of a document sees, as text without marks, for a
// channel that reads no Markdown: a heading is a line below a blank one, an item
// begins with "- " or, of a checklist, with "[x] ", the cells of a row are
// separated by " | ", and a link is its text with the address beside it. It is for
// documents of this package; HTML is left out.
func Plain(page []byte) string {
	w := &plainWriter{source: page}
	for n := gfm.Parser().Parse(text.NewReader(page)).FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n, 0)
	}
	return strings.TrimSpace(w.b.String()) + "\n"
}

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM))

type plainWriter struct {
	source []byte
	b      strings.Builder
}

func (w *plainWriter) block(n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.Heading:
		w.b.WriteString("\n")
		w.inline(n)
		w.b.WriteString("\n")
	case *ast.List:
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			w.item(item, depth)
		}
	case *east.Table:
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				if cell != row.FirstChild() {
					w.b.WriteString(" | ")
				}
				w.inline(cell)
			}
			w.b.WriteString("\n")
		}
	case *ast.Paragraph, *ast.TextBlock:
		w.inline(n)
		w.b.WriteString("\n")
	}
}

// item writes one item of a list, and the lists below it.
func (w *plainWriter) item(n ast.Node, depth int) {
	w.b.WriteString(strings.Repeat("  ", depth))
	if first := n.FirstChild(); first == nil || first.FirstChild() == nil || first.FirstChild().Kind() != east.KindTaskCheckBox {
		w.b.WriteString("- ")
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		w.block(child, depth+1)
	}
}

func (w *plainWriter) inline(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			w.b.WriteString(unescape(string(c.Segment.Value(w.source))))
			if c.SoftLineBreak() || c.HardLineBreak() {
				w.b.WriteString("\n")
			}
		case *ast.String:
			w.b.Write(c.Value)
		case *ast.CodeSpan:
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					w.b.Write(t.Segment.Value(w.source))
				}
			}
		case *east.TaskCheckBox:
			w.b.WriteString(map[bool]string{true: "[x] ", false: "[ ] "}[c.IsChecked])
		case *ast.Link:
			from := w.b.Len()
			w.inline(c)
			if shown, to := w.b.String()[from:], string(c.Destination); shown != to && "https://"+shown != to {
				w.b.WriteString(" (" + to + ")")
			}
		case *ast.AutoLink:
			w.b.Write(c.Label(w.source))
		default:
			w.inline(c)
		}
	}
}

// unescape takes the backslashes before ASCII punctuation out (CommonMark §2.4).
func unescape(s string) string {
	if !strings.Contains(s, "\\") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && punctuation(s[i+1]) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func punctuation(c byte) bool {
	return c > ' ' && c < 0x7f && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z')
}
