// Package pen writes what pages of Markdown are made of: text of users, tables,
// lists, moments, links, people and roles.
package pen

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

// Pen is a page being written. Its methods append to B; those that take text of
// users escape it, and Lit alone does not.
type Pen struct {
	B      []byte
	From   int // where the part being written begins
	Level  int // of the part being written: 0 is everything
	Values int // of the packet that were written
	scope
}

// Lit appends Markdown of ours, or text that cannot mean anything in it.
func (p *Pen) Lit(s string) { p.B = append(p.B, s...) }

// Text appends text of a user in the middle of a line.
func (p *Pen) Text(s string) {
	p.Values++
	p.B = mdtext.AppendText(p.B, s)
}

// Start appends text of a user that begins a block.
func (p *Pen) Start(s string) {
	p.Values++
	p.B = mdtext.AppendStart(p.B, s)
}

// Code appends s as a code span, or as text where that would need escaping.
func (p *Pen) Code(s string) {
	p.Values++
	p.B = mdtext.AppendCode(p.B, s)
}

// Number appends n in digits.
func (p *Pen) Number(n int) {
	p.Values++
	p.B = strconv.AppendInt(p.B, int64(n), 10)
}

// Name appends one of the names of an enumeration.
func (p *Pen) Name(s string) {
	p.Values++
	p.Lit(s)
}

// Spaced appends one of the names of an enumeration as words: without hyphens.
func (p *Pen) Spaced(s string) { p.Name(strings.ReplaceAll(s, "-", " ")) }

// NotGiven appends that the packet does not say it.
func (p *Pen) NotGiven() { p.Lit(mdtext.NotGiven) }

// Heading begins a section: blank lines around it and the marks of its level.
// What is appended next is its text, up to end.
func (p *Pen) Heading(marks string) {
	p.Gap()
	p.Lit(marks)
	p.Lit(" ")
}

// End ends a line.
func (p *Pen) End() { p.Lit("\n") }

// Gap separates what is written next by one blank line from what the part has
// written before.
func (p *Pen) Gap() {
	if len(p.B) > p.From && !bytes.HasSuffix(p.B, []byte("\n\n")) {
		p.Lit("\n")
	}
}

// Bullet begins a list item below depth others. What is appended next is its
// text, up to end.
func (p *Pen) Bullet(depth int) {
	for range depth {
		p.Lit("  ")
	}
	p.Lit("- ")
}

// Table writes the header of a table. Rows follow: cell before each value, and
// Row after the last.
func (p *Pen) Table(names ...string) {
	for _, name := range names {
		p.Cell()
		p.Lit(name)
	}
	p.Row()
	for range names {
		p.Lit("| --- ")
	}
	p.Lit("|\n")
}

// Cell begins a cell. Its text has no line break and no bare pipe.
func (p *Pen) Cell() {
	if n := len(p.B); n == p.From || p.B[n-1] == '\n' {
		p.Lit("| ")
	} else {
		p.Lit(" | ")
	}
}

// Row ends a row.
func (p *Pen) Row() { p.Lit(" |\n") }

// Field writes the name of a row of two cells and begins the second one.
func (p *Pen) Field(name string) {
	p.Cell()
	p.Lit(name)
	p.Cell()
}

// Labelled appends a text of a user after a label, and nothing if there is none.
func (p *Pen) Labelled(label, s string) {
	if s != "" {
		p.Lit(label)
		p.Text(s)
	}
}

// Digest appends the head of a digest after a label, and nothing if there is
// none.
func (p *Pen) Digest(label string, v value.Digest) {
	switch short := v.Short(); {
	case short != "":
		p.Lit(label)
		p.Lit("`")
		p.Lit(short)
		p.Lit("`")
	case !v.IsZero():
		p.Lit(label)
		p.Lit("faulty digest ")
		p.Text(string(v))
	}
}

// Task begins an item of a checklist. What is appended next is its text, up to
// end.
func (p *Pen) Task(done bool) {
	if done {
		p.Lit("- [x] ")
	} else {
		p.Lit("- [ ] ")
	}
}

// Subsection writes a heading of level three.
func (p *Pen) Subsection(title string) {
	p.Heading("###")
	p.Lit(title)
	p.End()
	p.Gap()
}

// Absent writes a paragraph that says that a list is not given.
func (p *Pen) Absent(what string) {
	p.Lit(what)
	p.Lit(": not given.\n")
}

// List appends texts of users, separated.
func (p *Pen) List(all []string, separator string) {
	if len(all) == 0 {
		p.NotGiven()
	}
	for i, s := range all {
		if i > 0 {
			p.Lit(separator)
		}
		p.Text(s)
	}
}

// Separate appends a comma before all but the first of a list.
func (p *Pen) Separate(i int) { p.SeparateBy(", ", i) }

// SeparateBy appends a separator before all but the first of a list.
func (p *Pen) SeparateBy(separator string, i int) {
	if i > 0 {
		p.Lit(separator)
	}
}

// Plural appends how many of something: "2 errors".
func (p *Pen) Plural(before string, n int, word string) {
	p.Lit(before)
	p.Number(n)
	p.Lit(word)
	if n != 1 {
		p.Lit("s")
	}
}

// Share appends how many of all: "Ready: 4 of 8".
func (p *Pen) Share(what string, n, all int) {
	p.Lit(what)
	p.Lit(": ")
	p.Number(n)
	p.Lit(" of ")
	p.Number(all)
}
