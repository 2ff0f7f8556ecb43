package page

import (
	"bytes"

	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/fit"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	"github.com/tidegate-go/tidegate/render/internal/pen"
)

// Cuts is every block of a packet at every level, and what a page of them costs.
type Cuts struct {
	head   []byte // title and the lines below it
	annex  []byte // title of the annex
	file   string // name of the annex
	blocks []block
	asides [len(sections)][]byte
	cost   []fit.Block
}

// block is one part at one position, as text by level.
type block struct {
	section int
	text    [][]byte
}

// Cut writes all blocks at all of their levels, for an annex of the given name,
// which is one word. The page is not used after it.
func (d *Doc) Cut(annex string) *Cuts {
	d.title()
	c := &Cuts{head: d.take(0), file: annex}
	start := len(d.B)
	d.annexTitle()
	c.annex = d.take(start)
	for i := range sections {
		s := &sections[i]
		for j := range s.parts {
			p := &s.parts[j]
			for at := range p.times(d) {
				d.cut(c, i, p, at)
			}
		}
		if s.aside != nil {
			start := len(d.B)
			s.aside(d)
			c.asides[i] = d.take(start)
		}
	}
	return c
}

// cut writes one block at all of its levels.
func (d *Doc) cut(c *Cuts, section int, p *part, at int) {
	n := p.levels()
	b := block{section: section, text: make([][]byte, n)}
	cost := fit.Block{Tier: int(p.tier), Levels: make([]fit.Level, n)}
	for level := range b.text {
		if level > p.top && level < lastResort {
			b.text[level], cost.Levels[level] = b.text[p.top], cost.Levels[p.top]
			continue
		}
		d.Level, d.Values, d.From = level, 0, len(d.B)
		p.write(d, at)
		text := d.take(d.From)
		if bytes.HasSuffix(text, []byte("\n\n")) {
			text = text[:len(text)-1] // nothing came after the gap
		}
		b.text[level] = text
		cost.Levels[level] = fit.Level{Words: mdtext.Count(text), Values: d.Values}
	}
	d.Level = 0
	if len(b.text[0]) > 0 {
		c.blocks, c.cost = append(c.blocks, b), append(c.cost, cost)
	}
}

// take returns what was written since start. It stays as it is when more is
// written.
func (d *Doc) take(start int) []byte { return d.B[start:len(d.B):len(d.B)] }

// Blocks is what the blocks cost, in the order of the page.
func (c *Cuts) Blocks() []fit.Block { return c.cost }

// spread is how the words of one section are made up at some levels.
type spread struct {
	words        int
	shown, moved bool // it has text on the body; part of it is in the annex alone
}

// spreads sums up sections.
func (c *Cuts) spreads(levels []int) (all [len(sections)]spread) {
	for i := range c.blocks {
		s := &all[c.blocks[i].section]
		s.words += c.cost[i].Levels[levels[i]].Words
		s.shown = s.shown || len(c.blocks[i].text[levels[i]]) > 0
		s.moved = s.moved || levels[i] > 0
	}
	for i := range all {
		if s := &all[i]; s.shown {
			s.words += titleWords[i]
		}
	}
	return all
}

var titleWords = func() (n [len(sections)]int) {
	for i := range sections {
		n[i] = mdtext.Count([]byte(sections[i].title))
	}
	return n
}()

// Total is the words of the body at the given levels.
func (c *Cuts) Total(levels []int) int {
	all := c.spreads(levels)
	n := mdtext.Count(c.head)
	moved := false
	for i := range all {
		n += all[i].words
		moved = moved || all[i].moved
		if all[i].moved && !all[i].shown {
			n += titleWords[i] + mdtext.Count(c.asides[i])
		}
	}
	if moved {
		n += annexWords
	}
	return n
}

// annexWords are those of the line that names the annex: a label, the name and a
// digest.
const annexWords = 3

// Bill is what the sections cost at the given levels, in order; those that cost
// nothing are left out.
func (c *Cuts) Bill(levels []int, add func(section string, words int)) {
	add("Head", mdtext.Count(c.head)+annexWords)
	for i, s := range c.spreads(levels) {
		if s.words > 0 {
			add(sections[i].title, s.words)
		}
	}
}

// annexTitle writes what an annex begins with.
func (d *Doc) annexTitle() {
	o := &d.packet.Plan.Overview
	d.Lit("# Annex: ")
	d.Text(o.Name)
	d.Lit(" ")
	d.Text(o.Version)
	d.Lit("\n\nIn full, as of ")
	d.Moment(d.packet.AsOf)
	d.Lit(": what the body of the release packet gives in short.\n")
}

// Body puts the body together: the note, if there is one, below the title, then
// how to find and check the annex, unless it is empty, then the sections.
func (c *Cuts) Body(levels []int, note string, annex []byte) []byte {
	all := c.spreads(levels)
	d := &Doc{Pen: pen.Pen{B: make([]byte, 0, 16<<10)}}
	d.B = append(d.B, c.head...)
	if note != "" {
		d.Lit("\n")
		d.Lit(note)
		d.Lit("\n")
	}
	if len(annex) > 0 {
		d.Lit("\nAnnex: [")
		d.Lit(c.file)
		d.Lit("](")
		d.Lit(c.file)
		d.Lit("), `")
		d.Lit(value.Sum(annex).String())
		d.Lit("`")
		for i := range all {
			if all[i].moved && !all[i].shown {
				d.Lit("; ")
				c.heading(d, i, true)
				if len(c.asides[i]) > 0 {
					d.Lit(": ")
					d.B = append(d.B, c.asides[i]...)
				}
			}
		}
		d.Lit(".\n")
	}
	c.assemble(d, levels, all, false)
	return d.B
}

// Annex puts the annex together: every block that the body does not have in
// full, below the heading of its section. It is nil if there is none.
func (c *Cuts) Annex(levels []int) []byte {
	d := &Doc{Pen: pen.Pen{B: make([]byte, 0, 16<<10)}}
	d.B = append(d.B, c.annex...)
	c.assemble(d, levels, c.spreads(levels), true)
	if len(d.B) == len(c.annex) {
		return nil
	}
	return d.B
}

// assemble writes sections: of the annex the blocks that the body does not have
// in full, of the body all, each at its level.
func (c *Cuts) assemble(d *Doc, levels []int, all [len(sections)]spread, annex bool) {
	last := -1
	for i := range c.blocks {
		b := &c.blocks[i]
		text := b.text[levels[i]]
		if annex {
			text = b.text[0]
			if levels[i] == 0 {
				continue
			}
		}
		if len(text) == 0 {
			continue
		}
		if b.section != last {
			last = b.section
			d.Lit("\n## ")
			c.heading(d, last, !annex && all[last].moved)
			d.Lit("\n")
		}
		d.join(func() { d.B = append(d.B, text...) })
	}
}

// heading writes the title of a section, which leads to what the annex has of it.
func (c *Cuts) heading(d *Doc, section int, linked bool) {
	if !linked {
		d.Lit(sections[section].title)
		return
	}
	d.Lit("[")
	d.Lit(sections[section].title)
	d.Lit("](")
	d.Lit(c.file)
	d.Lit("#")
	d.Lit(sections[section].anchor)
	d.Lit(")")
}
