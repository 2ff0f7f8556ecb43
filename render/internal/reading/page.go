package reading

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Page is what a parser makes of Markdown.
type Page struct {
	Source   []byte
	Words    int // visible words
	Segments int // of UAX 29
	Headings []Heading
	Tables   []Table
	Items    []Item
	Texts    []Text // paragraphs and other blocks of text that are no heading, item or cell
	Links    []Link
	Foreign  []string // kinds of nodes that a page of ours does not have: HTML, images, quotes
	Brackets []string // text in brackets that is no link: what was meant as one, or as a reference
}

// Place is where something stands: below which headings of level two and three.
type Place struct{ Section, Sub string }

// Heading is one heading.
type Heading struct {
	Level  int
	Text   string
	Anchor string // as GitHub makes it of the text, numbered if it comes again
}

// Table is one table, header apart.
type Table struct {
	Place
	Header []string
	Rows   [][]string
}

// Column returns the position of the named column, or -1.
func (t *Table) Column(name string) int {
	for i, h := range t.Header {
		if h == name {
			return i
		}
	}
	return -1
}

// Item is one item of a list.
type Item struct {
	Place
	Text    string // of the item itself, without lists below it
	Task    bool
	Done    bool
	Ordered bool
	Marker  byte
}

// Text is one block of text.
type Text struct {
	Place
	Text string
}

// Link is one link.
type Link struct {
	Text, Destination string
	Auto              bool // made of bare text, or between angle brackets
}

// Read parses a page.
func Read(page []byte) *Page {
	p := &Page{Source: page}
	src := afterFrontMatter(page)
	r := &reader{Page: p, src: src, anchors: map[string]int{}}
	_ = ast.Walk(parser.Parse(text.NewReader(src)), r.visit)
	return p
}

type reader struct {
	*Page
	src     []byte
	at      Place
	block   []byte
	anchors map[string]int
}

// inline returns the text of a block, and counts its words.
func (r *reader) inline(n ast.Node) string {
	r.block = appendInline(r.block[:0], r.src, n)
	r.Words += tokens(r.block)
	r.Segments += wordSegments(r.block)
	r.brackets(n)
	return string(bytes.TrimSpace(r.block))
}

// brackets looks for text in brackets between other inline content. A parser
// splits text at brackets, so that neighbours are read as one.
func (r *reader) brackets(n ast.Node) {
	var raw []byte
	for c := n.FirstChild(); ; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			raw = append(raw, t.Segment.Value(r.src)...)
			continue
		}
		if s := bracketed(raw); s != "" {
			r.Brackets = append(r.Brackets, s)
		}
		raw = raw[:0]
		if c == nil {
			return
		}
		if c.Kind() != ast.KindCodeSpan {
			r.brackets(c)
		}
	}
}

func (r *reader) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Heading:
		r.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		s := r.inline(n)
		if n.Parent().Kind() != ast.KindListItem {
			r.Texts = append(r.Texts, Text{r.at, s})
		}
	case *ast.ListItem:
		r.item(n)
	case *east.Table:
		r.Tables = append(r.Tables, Table{Place: r.at})
	case *east.TableHeader:
		t := &r.Tables[len(r.Tables)-1]
		t.Header = r.cells(n)
		r.inlines(n)
		return ast.WalkSkipChildren, nil
	case *east.TableRow:
		t := &r.Tables[len(r.Tables)-1]
		t.Rows = append(t.Rows, r.cells(n))
		r.inlines(n)
		return ast.WalkSkipChildren, nil
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		r.code(n)
	default:
		r.inlineNode(n)
	}
	return ast.WalkContinue, nil
}

func (r *reader) heading(n *ast.Heading) {
	s := r.inline(n)
	switch n.Level {
	case 1:
		r.at = Place{}
	case 2:
		r.at = Place{Section: s}
	case 3:
		r.at.Sub = s
	}
	anchor := anchorOf(s)
	r.anchors[anchor]++
	if k := r.anchors[anchor]; k > 1 {
		anchor += "-" + strconv.Itoa(k-1)
	}
	r.Headings = append(r.Headings, Heading{n.Level, s, anchor})
}

// anchorOf makes an anchor of a heading as GitHub does: lower case, spaces as
// hyphens, no other punctuation.
func anchorOf(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ':
			return '-'
		case c == '-', c == '_', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c >= 0x80:
			return c
		default:
			return -1
		}
	}, strings.ToLower(s))
}

func (r *reader) item(n *ast.ListItem) {
	list := n.Parent().(*ast.List)
	item := Item{Place: r.at, Ordered: list.IsOrdered(), Marker: list.Marker}
	if first := n.FirstChild(); first != nil && first.Type() == ast.TypeBlock && first.Kind() != ast.KindList {
		item.Text = string(bytes.TrimSpace(appendInline(nil, r.src, first)))
		if box, ok := first.FirstChild().(*east.TaskCheckBox); ok {
			item.Task, item.Done = true, box.IsChecked
		}
	}
	r.Items = append(r.Items, item)
}

func (r *reader) cells(row ast.Node) []string {
	cells := make([]string, 0, row.ChildCount())
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		cells = append(cells, r.inline(c))
	}
	return cells
}

// inlines visits what is inside the cells of a row.
func (r *reader) inlines(row ast.Node) {
	_ = ast.Walk(row, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			r.inlineNode(n)
		}
		return ast.WalkContinue, nil
	})
}

func (r *reader) inlineNode(n ast.Node) {
	switch n := n.(type) {
	case *ast.Link:
		r.Links = append(r.Links, Link{Text: string(appendInline(nil, r.src, n)), Destination: string(n.Destination)})
	case *ast.AutoLink:
		r.Links = append(r.Links, Link{Text: string(n.Label(r.src)), Destination: string(n.URL(r.src)), Auto: true})
	case *ast.Image, *ast.RawHTML, *ast.HTMLBlock, *ast.Blockquote, *ast.ThematicBreak, *east.Strikethrough:
		r.Foreign = append(r.Foreign, n.Kind().String())
	}
}

func (r *reader) code(n ast.Node) {
	r.block = r.block[:0]
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		r.block = append(r.block, line.Value(r.src)...)
	}
	r.Words += tokens(r.block)
	r.Segments += wordSegments(r.block)
	r.Texts = append(r.Texts, Text{r.at, string(r.block)})
}

// bracketed returns the first text in brackets that no backslash precedes, and
// "" if there is none.
func bracketed(s []byte) string {
	open := -1
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			open = i
		case ']':
			if open >= 0 && i > open+1 {
				return string(s[open : i+1])
			}
		}
	}
	return ""
}
