package render_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/render"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	back "github.com/tidegate-go/tidegate/render/internal/reading"
)

func TestCountWords(t *testing.T) {
	for _, c := range []struct {
		name, page string
		want       render.Words
	}{
		{"nothing", "", render.Words{}},
		{"heading", "# One two\n", render.Words{2, 2}},
		{"heading with marks at its end", "## One ##\n", render.Words{1, 1}},
		{"lines of a paragraph", "one\ntwo  \nthree\n", render.Words{3, 3}},
		{"list and task markers", "- one\n- [x] two\n1. three\n2) four\n", render.Words{4, 4}},
		{"table, whatever its white space", "|a|b c|\n|---|:-:|\n|  d  |   |\n", render.Words{4, 4}},
		{"escaped pipe", "| a\\|b |\n| --- |\n| c |\n", render.Words{2, 3}},
		{"link text, not its address or title", "[one two](https://example.com/a/b \"a title\")\n", render.Words{2, 2}},
		{"words across markup", "se**mi**[colon](https://a.example)s\n", render.Words{1, 1}},
		{"autolinks", "<https://example.com> and https://example.com/a\n", render.Words{3, 6}},
		{"reference", "[one][r]\n\n[r]: https://example.com \"title\"\n", render.Words{1, 1}},
		{"image and comment", "![alt text](a.png) one <!-- two -->\n\n<!-- three -->\n", render.Words{1, 1}},
		{"code", "`a b`\n\n```sh\nc d\n```\n\n    e f\n", render.Words{6, 6}},
		{"front matter", "---\ntitle: one two\n---\n\nthree\n", render.Words{1, 1}},
		{"a rule is no front matter", "---\n\nthree\n", render.Words{1, 1}},
		{"signs alone", "- > ≤ / & — · **!**\n", render.Words{}},
		{"a moment, an id, a rating", "2026-12-08T22:00:00-05:00 REL-101 high/medium\n", render.Words{3, 11}},
		{"Unicode white space", "a\u00a0b\u2003c&nbsp;d&#x2009;e\n", render.Words{5, 5}},
		{"references and escapes", "R&amp;D \\*one\\* &copy; &nosuch; &semi;\n", render.Words{3, 4}},
		{"an escaped reference after an ampersand", "&? (\\&amp; one)\n", render.Words{2, 2}},
		{"other scripts", "Выпуск ٣٤ 日本\n", render.Words{3, 4}},
		{"a nested list in a quote", "> - one\n>   - two\n", render.Words{2, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := render.CountWords([]byte(c.page)); got != c.want {
				t.Errorf("%+v, want %+v of %q", got, c.want, c.page)
			}
			if p := back.Read([]byte(c.page)); p.Words != c.want.Visible || p.Segments != c.want.Segments {
				t.Errorf("read for its rules: %d and %d, want %+v", p.Words, p.Segments, c.want)
			}
		})
	}
}

// What is counted while a page is written is what a parser reads.
func TestCountAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.SampledFrom(hostile[:len(hostile)-3]), rapid.String()).Draw(t, "text")
		page := places(s)
		if got, want := mdtext.Count([]byte(page)), render.CountWords([]byte(page)).Visible; got != want {
			t.Errorf("%d while writing, %d parsed:\n%s", got, want, page)
		}
	})
}

func TestVisible(t *testing.T) {
	for _, s := range hostile {
		if got, want := mdtext.Visible(s), visible(s); got != want {
			t.Errorf("%.40q: %q, want %q", s, got, want)
		}
	}
}

func TestReading(t *testing.T) {
	page := back.Read([]byte("# T\n\n## A B's\n\n### C\n\n- [ ] **SRE lead:** x\n- [SRE lead] y\n  - z\n\n| ID | N |\n| --- | --- |\n| 1 | [a](#a-bs) |\n\n## A B's\n\nend\n"))
	place := back.Place{Section: "A B's", Sub: "C"}
	if len(page.Items) != 3 || page.Items[0] != (back.Item{Place: place, Text: "SRE lead: x", Task: true, Marker: '-'}) || page.Items[2].Text != "z" {
		t.Errorf("items %+v", page.Items)
	}
	if len(page.Tables) != 1 || page.Tables[0].Place != place || page.Tables[0].Column("N") != 1 || page.Tables[0].Column("M") != -1 ||
		len(page.Tables[0].Rows) != 1 || page.Tables[0].Rows[0][1] != "a" {
		t.Errorf("tables %+v", page.Tables)
	}
	if len(page.Headings) != 4 || page.Headings[1].Anchor != "a-bs" || page.Headings[3].Anchor != "a-bs-1" {
		t.Errorf("headings %+v", page.Headings)
	}
	if len(page.Brackets) != 1 || page.Brackets[0] != "[SRE lead]" {
		t.Errorf("brackets %q", page.Brackets)
	}
	if len(page.Links) != 1 || page.Links[0] != (back.Link{Text: "a", Destination: "#a-bs"}) {
		t.Errorf("links %+v", page.Links)
	}
	if len(page.Texts) != 1 || page.Texts[0].Text != "end" || page.Texts[0].Sub != "" {
		t.Errorf("texts %+v", page.Texts)
	}
}
