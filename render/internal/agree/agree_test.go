package agree_test

import (
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render"
	"github.com/tidegate-go/tidegate/render/internal/agree"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

func pages(t *testing.T, p packet.Packet) (body, annex string) {
	t.Helper()
	all, err := render.Fit(p, nil)
	if err != nil || all.Annex == nil {
		t.Fatalf("%v, an annex of %d bytes", err, len(all.Annex))
	}
	return string(all.Body), string(all.Annex)
}

// another is what another reader would make of a page if it read as goldmark does.
func another(page *reading.Page) agree.Reading {
	return agree.Reading{Headings: page.Headings, Tables: page.Tables, Items: page.Items, Texts: page.Texts, Links: page.Links, Foreign: page.Foreign}
}

// Whatever another reader sees otherwise is a difference, and says where.
func TestDifferences(t *testing.T) {
	body, _ := pages(t, sample.Packet())
	if d := agree.Differences(reading.Read([]byte(body)), another(reading.Read([]byte(body)))); len(d) > 0 {
		t.Errorf("a page differs from itself: %q", d)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"a heading", "## [Dependency Matrix]", "## [Dependency matrix]", "heading 4: "},
		{"a level", "\n### dev\n", "\n#### dev\n", "heading 7: "},
		{"a heading less", "\n### qa\n", "\n", "heading 8: "},
		{"a cell", "| Rollback SLA | 15 minutes |", "| Rollback SLA | 16 minutes |", "table 2, row 11: "},
		{"a header", "| Gate | Verdict |", "| Gate | Verdicts |", "table 1: "},
		{"a row less", "| Rollback SLA | 15 minutes |\n", "", "table 2, row 11: "},
		{"a task", "- [ ] **SRE on call:**", "- [x] **SRE on call:**", "item "},
		{"a text", "Tasks done: 4 of 4.", "Tasks done: 3 of 4.", "text "},
		{"a link", "](annex.md#policy)", "](annex.md#people)", "link "},
		{"markup of others", "Tasks done: 4 of 4.", "Tasks done: <b>4</b> of 4.", "the page has a RawHTML"},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := strings.Replace(body, c.old, c.new, 1)
			if changed == body {
				t.Fatalf("the page has no %q", c.old)
			}
			d := agree.Differences(reading.Read([]byte(body)), another(reading.Read([]byte(changed))))
			if !strings.Contains(strings.Join(d, "\n"), c.want) {
				t.Errorf("no %q in %q", c.want, d)
			}
		})
	}
}

// Whatever a page says otherwise than the packet is a difference.
func TestPacket(t *testing.T) {
	p := sample.Packet()
	body, annex := pages(t, p)
	read := func(body, annex string) []string { return agree.Packet(&p, []byte(body), []byte(annex)) }
	if d := read(body, annex); len(d) > 0 {
		t.Fatalf("the pages differ from their packet: %q", d)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"the title", "# Release Packet: Holiday", "# Release Packet: Summer", "the title is "},
		{"the title of the annex", "# Annex: Holiday", "# Annex: Summer", "the title is "},
		{"a section less", "## [Tooling](annex.md#tooling)\n", "", `no section "Tooling"`},
		{"a section by another name", "## [Tooling]", "## [Tools]", `section "Tools", which is unknown`},
		{"an environment by another name", "\n### staging\n", "\n### stage\n", "Risk Gate Catalog has the headings "},
		{"a verdict", "| qa/exit | **Go** |", "| qa/exit | **Hold** |", "Decision, row 4"},
		{"a milestone that the packet does not have", "| Summary | 2026-12-09", "| Resume | 2026-12-09", "Milestone Timeline, row 1 of a short table"},
		{"an owner in the annex", "| SRE lead | 2026-12-02 |", "| SRE leader | 2026-12-02 |", `Dependency Matrix, row 4: "Owner" has `},
		{"a row less in the annex", "| R1 | The store", "| The store", "Dependency Matrix Risks, row 1: "},
		{"a table less in the annex", "| ID | Risk | Probability/impact |", "| Id | Risk | Probability/impact |", "no table in full of Dependency Matrix Risks"},
		{"an action", "| Turn checkout.gift_cards off |", "| Turn it off |", "Decision matrix, row 1"},
		{"a summary", "\n### Customers\n\n", "\n### Customers\n\nNo: ", "the note to Customers"},
		{"a box in the annex", "- [x] **Release manager:**", "- [ ] **Release manager:**", "Pre-release readiness, task 1 is "},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, a := strings.Replace(body, c.old, c.new, 1), strings.Replace(annex, c.old, c.new, 1)
			if b == body && a == annex {
				t.Fatalf("the pages have no %q", c.old)
			}
			if d := read(b, a); !strings.Contains(strings.Join(d, "\n"), c.want) {
				t.Errorf("no %q in %q", c.want, d)
			}
		})
	}
}
