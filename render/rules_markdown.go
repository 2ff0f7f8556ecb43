package render

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/lexicon"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

var markdownJudges = map[string]judge{
	"MD-001":  {checkHeadings, swap("\n### ", "\n#### ")},
	"MD-002":  {checkRows, swap(" |\n| Window | ", " |\n| Window | surplus | ")},
	"MD-003":  {checkCells, swap("| D3 | ", "| D3 | Another ")},
	"MD-004":  {onItems(emptyItem), swap("\n- Ready: ", "\n-\n- Ready: ")},
	"MD-005":  {onItems(strangeMarker), swap("\n- Ready: ", "\n* Ready: ")},
	"MD-006":  {checkBlanks, swap("\n\n| Field |", "\n| Field |")},
	"MD-007":  {checkSiblings, swap("### Customers", "### Leadership")},
	"MD-008":  {checkLinks, swap("](https://", "](ftp://")},
	"MD-009":  {checkBrackets, swap("**SRE lead:**", "[SRE lead] ")},
	"MD-010":  {checkTables, func(r *rendering) { r.pages.Annex = withoutLine(r.pages.Annex, "| D1 |"); r.read() }},
	"CHK-003": {checkBoxes, swap("\n- [ ] ", "\n- [X] ")},
	"TIME-001": {checkDates, func(r *rendering) {
		r.pages.Body = append(append([]byte{}, r.pages.Body...), "\nIt starts Dec 8, 10pm ET.\n"...)
		r.read()
	}},
	"TIME-002": {checkZone, swap("Operating time zone: ", "Operating time zone: EST, not ")},
}

// report adds a finding about the Markdown of one page.
func report(p *check.Pass[rendering], page, format string, args ...any) {
	p.Report(check.Finding{Message: page + " " + fmt.Sprintf(format, args...)})
}

func checkHeadings(p *check.Pass[rendering]) {
	p.Subject.each(func(name string, page *reading.Page) {
		level := 0
		for i, h := range page.Headings {
			switch {
			case (h.Level == 1) != (i == 0):
				report(p, name, "has heading %q at level %d", h.Text, h.Level)
			case h.Level > level+1:
				report(p, name, "steps from level %d to %d at heading %q", level, h.Level, h.Text)
			case h.Text == "":
				report(p, name, "has an empty heading after %q", page.Headings[max(i-1, 0)].Text)
			}
			level = h.Level
		}
		if len(page.Headings) == 0 {
			report(p, name, "has no heading")
		}
	})
}

// lines yields the lines of a page that are not of a fenced code block.
func lines(page *reading.Page) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		fenced, n := false, 0
		for line := range strings.Lines(string(page.Source)) {
			n++
			line = strings.TrimRight(line, "\r\n")
			if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
				fenced = !fenced
			}
			if !fenced && !yield(n, line) {
				return
			}
		}
	}
}

// pipes counts the pipes of a line that no backslash precedes.
func pipes(line string) int {
	n := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			n++
		}
	}
	return n
}

// checkRows counts cells in the text: a parser adds and drops cells silently.
func checkRows(p *check.Pass[rendering]) {
	p.Subject.each(func(name string, page *reading.Page) {
		want, rows, parsed := 0, 0, 0
		for n, line := range lines(page) {
			if !strings.HasPrefix(line, "|") {
				want = 0
				continue
			}
			rows++
			got := pipes(line)
			if want == 0 {
				want = got
			}
			if got != want || !strings.HasSuffix(line, "|") {
				report(p, name, "has a row of %d cells in a table of %d, in line %d", got-1, want-1, n)
			}
		}
		for _, t := range page.Tables {
			parsed += len(t.Rows) + 2 // the header and the rule below it
		}
		if rows != parsed {
			report(p, name, "has %d lines of tables, and a parser reads %d", rows, parsed)
		}
	})
}

func onItems(fault func(reading.Item) string) func(*check.Pass[rendering]) {
	return func(p *check.Pass[rendering]) {
		p.Subject.each(func(name string, page *reading.Page) {
			for _, i := range page.Items {
				if s := fault(i); s != "" {
					report(p, name, "has %s below %q", s, strings.TrimSpace(i.Section+" "+i.Sub))
				}
			}
		})
	}
}

func emptyItem(i reading.Item) string {
	if i.Text == "" {
		return "an empty item"
	}
	return ""
}

func strangeMarker(i reading.Item) string {
	if !i.Ordered && i.Marker != '-' {
		return fmt.Sprintf("an item marked with %q", i.Marker)
	}
	return ""
}

// block is what sort of block a line belongs to.
func block(line string) string {
	trimmed := strings.TrimLeft(line, " ")
	switch {
	case trimmed == "":
		return ""
	case strings.HasPrefix(line, "#"):
		return "heading"
	case strings.HasPrefix(line, "|"):
		return "table"
	case strings.HasPrefix(trimmed, "- "), strings.HasPrefix(trimmed, "* "), strings.HasPrefix(trimmed, "+ "), trimmed == "-":
		return "list"
	default:
		return "paragraph"
	}
}

func checkBlanks(p *check.Pass[rendering]) {
	p.Subject.each(func(name string, page *reading.Page) {
		before := ""
		for n, line := range lines(page) {
			now := block(line)
			continues := now == before && now != "heading" || before == "list" && strings.HasPrefix(line, " ")
			if now != "" && before != "" && !continues {
				report(p, name, "has no blank line between a %s and a %s, in line %d", before, now, n)
			}
			before = now
		}
	})
}

func checkSiblings(p *check.Pass[rendering]) {
	p.Subject.each(func(name string, page *reading.Page) {
		var above [7]string
		seen := map[string]bool{}
		for _, h := range page.Headings {
			above[h.Level] = h.Text
			key := strings.Join(above[:h.Level+1], "\n")
			if seen[key] {
				report(p, name, "has two headings %q below the same one", h.Text)
			}
			seen[key] = true
		}
	})
}

func checkLinks(p *check.Pass[rendering]) {
	p.Subject.each(func(name string, page *reading.Page) {
		for _, kind := range page.Foreign {
			report(p, name, "has a %s, which is neither text, list, table nor link", kind)
		}
		anchors := map[string]bool{}
		for _, h := range page.Headings {
			anchors[h.Anchor] = true
		}
		for _, l := range page.Links {
			switch u, err := url.Parse(l.Destination); {
			case l.Auto:
				report(p, name, "has the bare address %q", l.Text)
			case strings.TrimSpace(l.Text) == "" || l.Destination == "":
				report(p, name, "has a link of text %q to %q", l.Text, l.Destination)
			case err != nil:
				report(p, name, "has a link to %q, which is no address", l.Destination)
			case u.Scheme == "" && u.Host == "" && u.Path == "" && !anchors[u.Fragment]:
				report(p, name, "has a link to %q, and no such heading", l.Destination)
			case u.Scheme == "" && u.Path != "" && u.Path != p.Subject.pages.AnnexName, u.Scheme == "" && u.Host != "":
				report(p, name, "has a link to %q, which is not beside it", l.Destination)
			case u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto":
				report(p, name, "has a link to %q, whose scheme is not allowed", l.Destination)
			}
		}
	})
}

func checkBrackets(p *check.Pass[rendering]) {
	p.Subject.each(func(name string, page *reading.Page) {
		for _, s := range page.Brackets {
			report(p, name, "has %q, which reads as a reference", s)
		}
	})
}

func checkBoxes(p *check.Pass[rendering]) {
	p.Subject.each(func(name string, page *reading.Page) {
		for n, line := range lines(page) {
			rest := strings.TrimLeft(line, " ")
			if rest == "" || !strings.ContainsRune("-*+", rune(rest[0])) {
				continue
			}
			item := strings.TrimLeft(rest[1:], " ")
			if len(item) < 2 || item[0] != '[' || item[1] != ']' && (len(item) < 3 || item[2] != ']') || strings.HasPrefix(item[3:], "(") {
				continue
			}
			if !strings.HasPrefix(line, "- [ ] ") && !strings.HasPrefix(line, "- [x] ") {
				report(p, name, "has a task that is neither \"- [ ]\" nor \"- [x]\", in line %d", n)
			}
		}
	})
}

func checkDates(p *check.Pass[rendering]) {
	p.Subject.each(func(name string, page *reading.Page) {
		var sources []lexicon.Source
		add := func(s string) { sources = append(sources, lexicon.Source{Text: s}) }
		for _, h := range page.Headings {
			add(h.Text)
		}
		for _, t := range page.Tables {
			for _, row := range t.Rows {
				for _, cell := range row {
					add(cell)
				}
			}
		}
		for _, i := range page.Items {
			if i.Section != timelineTitle || i.Sub != "Sources" { // which quote what others wrote
				add(i.Text)
			}
		}
		for _, t := range page.Texts {
			add(t.Text)
		}
		for _, f := range lexicon.Read(sources, lexicon.Terms{}).ForeignDates() {
			report(p, name, "has %q, which is not how RFC 3339 writes it", f.Term)
		}
	})
}

func checkZone(p *check.Pass[rendering]) {
	zone := p.Subject.packet.Plan.Overview.Zone
	if _, err := value.LoadZone(zone); err != nil {
		p.Report(check.Unusable("plan.overview.zone", err))
		return
	}
	named := slices.ContainsFunc(p.Subject.body.Texts, func(t reading.Text) bool {
		return t.Section == "" && strings.Contains(t.Text, "Operating time zone: "+zone)
	})
	if !named {
		p.Report(check.Missing("plan.overview.zone", "the operating time zone "+zone+", at the head of the body,", ""))
	}
}
