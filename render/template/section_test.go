package template_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/render"
	"github.com/tidegate-go/tidegate/render/template"
)

var unlimited = &render.MarkdownOptions{Words: render.Budget{Unlimited: true}}

// parts cuts a page at its headings of level two.
func parts(page []byte) map[string]string {
	out := map[string]string{}
	for i, s := range strings.Split(string(page), "\n## ") {
		title, text, _ := strings.Cut(s, "\n")
		if i == 0 {
			title = ""
		}
		out[title] = text
	}
	return out
}

// The section is another, and no byte of the rest.
func TestFitReplaces(t *testing.T) {
	p := sample.Packet()
	before, err := render.Fit(p, unlimited)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := parse(t, "### Why\n\n{{.Plan.Overview.Name}}\n\n### What\n\n- x\n", nil)
	for _, title := range template.Titles() {
		after, err := template.Fit(p, unlimited, template.Section{Title: title, Template: tmpl})
		if err != nil {
			t.Errorf("%s: %v", title, err)
			continue
		}
		want := parts(before.Body)
		if _, ok := want[title]; !ok {
			t.Errorf("the sample has no %s", title)
		}
		want[title] = "\n### Why\n\nHoliday checkout\n\n### What\n\n- x\n"
		got := parts(after.Body)
		for name, text := range want {
			if strings.TrimRight(got[name], "\n") != strings.TrimRight(text, "\n") {
				t.Errorf("%s, %q (-want +got):\n%s", title, name, cmp.Diff(text, got[name]))
			}
		}
		if len(got) != len(want) || bytes.Contains(after.Body, []byte("\n\n\n")) || !bytes.HasSuffix(after.Body, []byte("\n")) {
			t.Errorf("%s: %d sections, want %d:\n%s", title, len(got), len(want), after.Body)
		}
		if after.Words != render.CountWords(after.Body) || after.Words == before.Words {
			t.Errorf("%s: the words are not counted again", title)
		}
	}
}

func TestFitReplacesSeveral(t *testing.T) {
	one, two := parse(t, "one {{.Verdict}}", nil), parse(t, "two", nil)
	pages, err := template.Fit(sample.Packet(), unlimited, template.Section{Title: "Tooling", Template: one}, template.Section{Title: "Release Overview", Template: two})
	if err != nil {
		t.Fatal(err)
	}
	got := parts(pages.Body)
	if got["Tooling"] != "\none hold\n" || got["Release Overview"] != "\ntwo\n" {
		t.Errorf("got %q and %q", got["Tooling"], got["Release Overview"])
	}
}

func TestFitRefuses(t *testing.T) {
	good := parse(t, "x", nil)
	for name, tt := range map[string]struct {
		sections []template.Section
		want     string
	}{
		"no title":          {[]template.Section{{Title: "Weather", Template: good}}, `no section "Weather" is written by templates`},
		"the decision":      {[]template.Section{{Title: "Decision", Template: good}}, `no section "Decision" is written by templates`},
		"the findings":      {[]template.Section{{Title: "Findings", Template: good}}, `no section "Findings" is written by templates`},
		"no template":       {[]template.Section{{Title: "Tooling"}}, `section "Tooling" has no template`},
		"two templates":     {[]template.Section{{Title: "Tooling", Template: good}, {Title: "Tooling", Template: good}}, `section "Tooling" has two templates`},
		"a high heading":    {[]template.Section{{Title: "Tooling", Template: parse(t, "## Decision\n\nGo", nil)}}, `section "Tooling": t:1:1: a heading in a section has level 2, want 3 or more`},
		"a low heading":     {[]template.Section{{Title: "Tooling", Template: parse(t, "#### X", nil)}}, `section "Tooling": t:1:1: a heading of level 4 leaves out the one above`},
		"code as a heading": {[]template.Section{{Title: "Tooling", Template: parse(t, "```text\n## Decision\n```", nil)}}, `section "Tooling": t:2:1: code in a section has a line that begins as a heading of the page does`},
		"code that stays":   {[]template.Section{{Title: "Tooling", Template: parse(t, "x\n\n```text\ny", nil)}}, `section "Tooling": t: does not end before the next section: a block of code or of HTML is open`},
		"a run that ends":   {[]template.Section{{Title: "Tooling", Template: parse(t, `{{fail "no"}}x`, nil)}}, `section "Tooling": template: t:1:2: executing "t" at <fail "no">: error calling fail: no`},
	} {
		pages, err := template.Fit(sample.Packet(), unlimited, tt.sections...)
		if err == nil || err.Error() != tt.want || pages.Body != nil {
			t.Errorf("%s: got %v, want %s", name, err, tt.want)
		}
	}
}

// The budget holds for the page as it is read, and a section that stands in the
// annex alone is written all the same, where it belongs.
func TestFitCountsAgain(t *testing.T) {
	within := &render.MarkdownOptions{Words: render.Budget{Min: 1, Max: 1200}}
	before, err := render.Fit(sample.Packet(), within)
	if err != nil || before.Annex == nil || bytes.Contains(before.Body, []byte("## Policy")) {
		t.Fatalf("the sample has policies on its body: %v", err)
	}
	long, short := parse(t, strings.Repeat("word ", 2000), nil), parse(t, "one word", nil)
	for _, title := range template.Titles() {
		pages, err := template.Fit(sample.Packet(), within, template.Section{Title: title, Template: long})
		var e *template.LengthError
		if !errors.As(err, &e) || e.Max != 1200 || e.Words != render.CountWords(pages.Body).Visible || e.Words < 2000 {
			t.Errorf("%s: %v", title, err)
		}
		pages, err = template.Fit(sample.Packet(), within, template.Section{Title: title, Template: short})
		if added := errors.As(err, &e) && e.Words > 1200; err != nil && !added || pages.Words != render.CountWords(pages.Body) || !bytes.Equal(pages.Annex, before.Annex) {
			t.Errorf("%s: %v, %v", title, pages.Words, err)
		}
		was, is := sections(before.Body), sections(pages.Body)
		if i := slices.Index(was, title); i < 0 {
			i = slices.Index(is, title)
			if i < 0 {
				t.Fatalf("%s is not on the body", title)
			}
			is = slices.Delete(is, i, i+1)
		}
		if diff := cmp.Diff(was, is); diff != "" {
			t.Errorf("%s (-want +got):\n%s", title, diff)
		}
	}
	if _, err := template.Fit(sample.Packet(), &render.MarkdownOptions{Words: render.Budget{Min: 9, Max: 5}}); err == nil {
		t.Error("a budget that is none is taken")
	}
}

// sections returns the titles of a page, without their links.
func sections(page []byte) []string {
	var out []string
	for line := range strings.Lines(string(page)) {
		if text, ok := strings.CutPrefix(line, "## "); ok {
			text, _, _ = strings.Cut(strings.Trim(text, "[\n"), "](")
			out = append(out, text)
		}
	}
	return out
}

// What a template leaves out is found by the rules on rendered pages.
func TestWhatIsLeftOutIsFound(t *testing.T) {
	p := sample.Packet()
	whole, err := template.Fit(p, unlimited)
	if err != nil || render.Check(whole, p, nil).Err() != nil {
		t.Fatalf("%v, %v", err, render.Check(whole, p, nil).Err())
	}
	silent, err := template.Fit(p, unlimited, template.Section{Title: "Release Overview", Template: parse(t, "All is well.", nil)})
	if err != nil {
		t.Fatal(err)
	}
	if err := render.Check(silent, p, nil).Err(); err == nil || !strings.Contains(err.Error(), "BUD-003") {
		t.Errorf("got %v", err)
	}
}
