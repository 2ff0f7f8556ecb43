package template_test

import (
	"bytes"
	"errors"
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
		"no title":        {[]template.Section{{Title: "Weather", Template: good}}, `no section "Weather" is written by templates`},
		"the decision":    {[]template.Section{{Title: "Decision", Template: good}}, `no section "Decision" is written by templates`},
		"the findings":    {[]template.Section{{Title: "Findings", Template: good}}, `no section "Findings" is written by templates`},
		"no template":     {[]template.Section{{Title: "Tooling"}}, `section "Tooling" has no template`},
		"two templates":   {[]template.Section{{Title: "Tooling", Template: good}, {Title: "Tooling", Template: good}}, `section "Tooling" has two templates`},
		"a high heading":  {[]template.Section{{Title: "Tooling", Template: parse(t, "## Decision\n\nGo", nil)}}, `section "Tooling": t:1:1: a heading in a section has level 2, want 3 or more`},
		"a low heading":   {[]template.Section{{Title: "Tooling", Template: parse(t, "#### X", nil)}}, `section "Tooling": t:1:1: a heading of level 4 leaves out the one above`},
		"code that stays": {[]template.Section{{Title: "Tooling", Template: parse(t, "x\n\n```text\ny", nil)}}, `section "Tooling": t: does not end before the next section: a block of code or of HTML is open`},
		"a run that ends": {[]template.Section{{Title: "Tooling", Template: parse(t, `{{fail "no"}}x`, nil)}}, `section "Tooling": template: t:1:2: executing "t" at <fail "no">: error calling fail: no`},
	} {
		pages, err := template.Fit(sample.Packet(), unlimited, tt.sections...)
		if err == nil || err.Error() != tt.want || pages.Body != nil {
			t.Errorf("%s: got %v, want %s", name, err, tt.want)
		}
	}
}

// The budget holds for the page as it is read.
func TestFitCountsAgain(t *testing.T) {
	long := template.Section{Title: "Tooling", Template: parse(t, strings.Repeat("word ", 2000), nil)}
	pages, err := template.Fit(sample.Packet(), nil, long)
	var e *template.LengthError
	if !errors.As(err, &e) || e.Max != render.DefaultMax || e.Words != render.CountWords(pages.Body).Visible || e.Words < 2000 {
		t.Errorf("%v", err)
	}
	short := template.Section{Title: "Tooling", Template: parse(t, "none", nil)}
	pages, err = template.Fit(sample.Packet(), &render.MarkdownOptions{Words: render.Budget{Min: 1, Max: 5000}}, short)
	if err != nil || pages.Words != render.CountWords(pages.Body) {
		t.Errorf("%v, %v", pages.Words, err)
	}
	if _, err := template.Fit(sample.Packet(), &render.MarkdownOptions{Words: render.Budget{Min: 9, Max: 5}}); err == nil {
		t.Error("a budget that is none is taken")
	}
}
