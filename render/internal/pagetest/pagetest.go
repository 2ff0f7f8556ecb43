// Package pagetest judges the lines of a page for the tests of what writes pages. It shares nothing with the writers,
// nor with the rules of rendered packets.
package pagetest

import (
	"regexp"
	"strings"
)

// TB is what the package needs of a test, one of rapid's too.
type TB interface {
	Helper()
	Error(args ...any)
	Errorf(format string, args ...any)
}

var pipe = regexp.MustCompile(`(?:^|[^\\])(?:\\\\)*\|`)

// Lines checks the lines of a page: one line feed at the end, no two blank lines
// in a row, no white space at the end of a line, blank lines around headings,
// paragraphs, lists and tables, as many pipes in every row of a table.
func Lines(t TB, page string) {
	t.Helper()
	if !strings.HasSuffix(page, "\n") || strings.HasSuffix(page, "\n\n") || strings.Contains(page, "\n\n\n") {
		t.Error("blank lines at the end, or two in a row")
	}
	before, cells := "", 0
	for line := range strings.SplitSeq(strings.TrimSuffix(page, "\n"), "\n") {
		if line != strings.TrimRight(line, " \t\r") {
			t.Errorf("white space ends the line %q", line)
		}
		now := kind(line)
		if now != "" && before != "" && (now != before || now == "heading" || now == "paragraph") {
			t.Errorf("no blank line before %q", line)
		}
		switch n := len(pipe.FindAllString(line, -1)); {
		case now != "table":
			cells = 0
		case cells == 0:
			cells = n
		case cells != n:
			t.Errorf("a row has %d pipes, its table %d: %s", n, cells, line)
		}
		before = now
	}
}

// kind is what a line is part of.
func kind(line string) string {
	switch {
	case line == "":
		return ""
	case strings.HasPrefix(line, "#"):
		return "heading"
	case strings.HasPrefix(line, "| "):
		return "table"
	case strings.HasPrefix(strings.TrimLeft(line, " "), "- "):
		return "list"
	default:
		return "paragraph"
	}
}
