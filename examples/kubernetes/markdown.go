package main

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// document is a parsed Markdown file.
type document struct {
	source []byte
	root   ast.Node
	ends   []int // offsets of newlines
}

func parseMarkdown(source []byte) *document {
	source = withoutFrontMatter(source)
	d := &document{source: source}
	for i, c := range source {
		if c == '\n' {
			d.ends = append(d.ends, i)
		}
	}
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table))
	d.root = markdown.Parser().Parse(text.NewReader(source))
	return d
}

// withoutFrontMatter blanks a YAML header, which Markdown would take for a
// heading. Lines keep their numbers.
func withoutFrontMatter(source []byte) []byte {
	if !bytes.HasPrefix(source, []byte("---\n")) {
		return source
	}
	end := bytes.Index(source[4:], []byte("\n---\n"))
	if end < 0 {
		return source
	}
	blank := bytes.Clone(source)
	for i := range end + len("---\n") + len("\n---") {
		if blank[i] != '\n' {
			blank[i] = ' '
		}
	}
	return blank
}

// line returns the number of the line that holds the offset.
func (d *document) line(offset int) int { return sort.SearchInts(d.ends, offset) + 1 }

// heading is one heading with its line.
type heading struct {
	level, line int
	text        string
	node        ast.Node
}

func (d *document) headings() []heading {
	var all []heading
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok || h.Lines().Len() == 0 {
			continue
		}
		all = append(all, heading{h.Level, d.line(h.Lines().At(0).Start), d.plain(h), h})
	}
	return all
}

// table is one table: its header in plain text, its rows as they stand.
type table struct {
	line   int
	header []string
	rows   []tableRow
}

// tableRow is one row. Cells has one entry for each column of the header;
// lacking is how many of them the file does not have, beyond is what stands
// in the line after the last of them.
type tableRow struct {
	line    int
	cells   []ast.Node
	lacking int
	beyond  string
}

func (d *document) tables() []table {
	var all []table
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		t, ok := n.(*extast.Table)
		if !ok {
			continue
		}
		var out table
		for row := t.FirstChild(); row != nil; row = row.NextSibling() {
			r := d.row(row)
			if _, ok := row.(*extast.TableHeader); ok {
				out.line = r.line
				for _, c := range r.cells {
					out.header = append(out.header, strings.ToLower(d.plain(c)))
				}
				continue
			}
			out.rows = append(out.rows, r)
		}
		all = append(all, out)
	}
	return all
}

func (d *document) row(n ast.Node) tableRow {
	var r tableRow
	last := n.Pos()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.cells = append(r.cells, c)
		if c.Lines().Len() == 0 {
			r.lacking++
			continue
		}
		if r.line == 0 {
			r.line = d.line(c.Lines().At(0).Start)
		}
		last = c.Lines().At(0).Stop
	}
	if last < 0 {
		return r
	}
	if r.line == 0 {
		r.line = d.line(last)
	}
	rest, _, _ := strings.Cut(string(d.source[last:]), "\n")
	r.beyond = strings.Trim(rest, "| \t\r")
	return r
}

// column returns the position of the column with one of the names, else of the
// first whose name holds one of them and none of those that begin with a
// minus, or -1.
func (t table) column(names ...string) int {
	for i, header := range t.header {
		if slices.Contains(names, header) {
			return i
		}
	}
	return slices.IndexFunc(t.header, func(header string) bool {
		found := false
		for _, name := range names {
			not, excluded := strings.CutPrefix(name, "-")
			if excluded && strings.Contains(header, not) {
				return false
			}
			found = found || !excluded && strings.Contains(header, name)
		}
		return found
	})
}

// cell returns the cell in a column, or nil.
func (r tableRow) cell(column int) ast.Node {
	if column < 0 || column >= len(r.cells) {
		return nil
	}
	return r.cells[column]
}

// piece is a run of text, code, or a link inside a cell or a heading.
type piece struct {
	text string
	code bool
	link string // destination
}

// pieces returns what stands in a node, in order.
func (d *document) pieces(n ast.Node) []piece {
	if n == nil {
		return nil
	}
	var all []piece
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			s := string(util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(c.Segment.Value(d.source)))))
			if c.SoftLineBreak() || c.HardLineBreak() {
				s += " "
			}
			all = append(all, piece{text: s})
		case *ast.String:
			all = append(all, piece{text: string(c.Value)})
		case *ast.CodeSpan:
			var b strings.Builder
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					b.Write(t.Segment.Value(d.source))
				}
			}
			all = append(all, piece{text: b.String(), code: true})
		case *ast.Link:
			all = append(all, piece{text: d.plain(c), link: string(c.Destination)})
		case *ast.AutoLink:
			all = append(all, piece{text: string(c.Label(d.source)), link: string(c.URL(d.source))})
		case *ast.RawHTML:
			all = append(all, piece{text: " "}) // <br> and the like
		default:
			all = append(all, d.pieces(c)...)
		}
	}
	return all
}

// plain returns the text of a node without markup, white space run together.
func (d *document) plain(n ast.Node) string {
	var b strings.Builder
	for _, p := range d.pieces(n) {
		b.WriteString(p.text)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
