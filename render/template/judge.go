package template

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	source "github.com/yuin/goldmark/text"

	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

// pageRules is which headings a text may have.
type pageRules uint8

const (
	wholePage   pageRules = iota // one of level one, first
	sectionText                  // none above level three
	freeText                     // any
)

var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

// tidy cuts white space at the ends of lines, makes of several empty lines one,
// and ends the text with one line feed; inside blocks of code lines stay.
func tidy(page []byte) []byte {
	out := make([]byte, 0, len(page)+1)
	fence, blank := lineState{}, true
	for line := range bytes.Lines(page) {
		code := fence.fence != ""
		fence.text(string(bytes.TrimRight(line, "\n")) + "\n")
		line = bytes.TrimRight(line, " \t\r\n")
		if len(line) == 0 && blank && !code {
			continue
		}
		blank = len(line) == 0
		out = append(append(out, line...), '\n')
	}
	return append(bytes.TrimRight(out, "\n"), '\n')
}

// judge returns the faults of a page as its readers' parsers have it.
func judge(page []byte, rules pageRules, shown []string) []Fault {
	j := judged{page: page, rules: rules}
	j.lines()
	_ = ast.Walk(markdown.Parse(source.NewReader(page)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			j.node(n)
		}
		return ast.WalkContinue, nil
	})
	if rules == wholePage && j.headings == 0 {
		j.fault(1, "has no heading of level one")
	}
	j.found(shown)
	return j.faults
}

type judged struct {
	page     []byte
	rules    pageRules
	level    int // of the heading before
	headings int
	faults   []Fault
}

func (j *judged) fault(line int, format string, args ...any) {
	j.faults = append(j.faults, Fault{Line: line, Column: 1, Message: fmt.Sprintf(format, args...)})
}

// at is the line of a node that has lines of its own, or is in one that has.
func (j *judged) at(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return 1 + bytes.Count(j.page[:n.Lines().At(0).Start], []byte("\n"))
		}
	}
	return 1
}

func (j *judged) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		j.heading(n)
	case *ast.HTMLBlock, *ast.RawHTML:
		j.fault(j.at(n), "has HTML")
	case *ast.Image:
		j.fault(j.at(n), "has an image, which is fetched from elsewhere")
	case *ast.Link:
		j.link(n, string(n.Destination))
	case *ast.AutoLink:
		j.link(n, string(n.URL(j.page)))
	}
}

func (j *judged) heading(n *ast.Heading) {
	line := j.at(n)
	switch {
	case j.rules == wholePage && j.headings == 0 && n.Level != 1:
		j.fault(line, "the first heading has level %d, want 1", n.Level)
	case j.rules == wholePage && j.headings > 0 && n.Level == 1:
		j.fault(line, "has a second heading of level 1")
	case j.rules == sectionText && n.Level < 3:
		j.fault(line, "a heading in a section has level %d, want 3 or more", n.Level)
	case j.rules == sectionText && j.headings == 0 && n.Level > 3, j.headings > 0 && n.Level > j.level+1:
		j.fault(line, "a heading of level %d leaves out the one above", n.Level)
	}
	j.headings++
	j.level = n.Level
}

func (j *judged) link(n ast.Node, to string) {
	if strings.HasPrefix(to, "#") || plainFile(to) {
		return
	}
	if err := value.Link(to).Fault(); err != nil {
		j.fault(j.at(n), "%v", err)
	}
}

// plainFile reports whether a link names a file beside the page, such as the
// annex, and a place in it.
func plainFile(to string) bool {
	name, _, _ := strings.Cut(to, "#")
	return name != "" && !strings.ContainsAny(name, ":/\\%?&")
}

// lines judges what a parser does not tell: rows of a table that have not the
// cells of the first, and characters that nobody sees.
func (j *judged) lines() {
	cells, n, fence := 0, 0, lineState{}
	for line := range bytes.Lines(j.page) {
		n++
		if code := fence.fence != ""; code && j.rules == sectionText && (bytes.HasPrefix(line, []byte("# ")) || bytes.HasPrefix(line, []byte("## "))) {
			j.fault(n, "code in a section has a line that begins as a heading of the page does")
		}
		fence.text(string(line))
		s := strings.TrimRight(string(line), "\n")
		if mdtext.Visible(s) != strings.Join(strings.Fields(s), " ") && strings.TrimSpace(s) != "" {
			j.fault(n, "has characters that nobody sees, or bytes that are no text")
		}
		if !strings.HasPrefix(s, "|") {
			cells = 0
			continue
		}
		switch now := pipes(s); {
		case cells == 0:
			cells = now
		case now != cells:
			j.fault(n, "a row of a table has %d cells, and its header %d", now-1, cells-1)
		}
	}
}

// pipes counts the pipes of a row that bound cells.
func pipes(row string) int {
	n := 0
	for i := 0; i < len(row); i++ {
		switch row[i] {
		case '\\':
			i++
		case '|':
			n++
		}
	}
	return n
}

// found looks for what the values of the packet have to look like in what a
// reader sees, one behind the other.
func (j *judged) found(shown []string) {
	seen := reading.Seen(j.page)
	for _, want := range shown {
		i := strings.Index(seen, want)
		if i < 0 {
			j.fault(1, "a reader does not see %q as it is in the packet", want)
			return
		}
		seen = seen[i+len(want):]
	}
}
