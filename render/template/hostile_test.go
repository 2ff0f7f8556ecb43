package template_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/template"
)

// everywhere prints one value in every place of a page where one may stand.
const everywhere = `# {{.Plan.Overview.Name}}

{{.Plan.Overview.Name}}

{{.Plan.Overview.Name}} and {{.Plan.Overview.Name}}{{.Plan.Overview.Name}}

- {{.Plan.Overview.Name}}
- **{{.Plan.Overview.Name}}**

1. {{.Plan.Overview.Name}}

> {{.Plan.Overview.Name}}

| A | {{.Plan.Overview.Name}} |
| --- | --- |
| {{.Plan.Overview.Name}} | {{code .Plan.Overview.Name}} |

{{table .Plan.Terms "A" "Term" "B" "Meaning"}}

{{link .Plan.Overview.Name "https://example.com/"}} {{upper .Plan.Overview.Name}} {{escape .Plan.Overview.Name}}
`

func named(s string) packet.Packet {
	p := sample.Packet()
	p.Plan.Overview.Name = s
	p.Plan.Terms = []release.Term{{Term: s, Meaning: "x " + s}}
	return p
}

// shape is the kinds of the nodes of a page, without those of text.
func shape(page string) string {
	var b strings.Builder
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader([]byte(page)))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindText, ast.KindString, ast.KindCodeSpan: // an @ stands in code
			return ast.WalkSkipChildren, nil
		}
		if entering {
			fmt.Fprintf(&b, "%s\n", n.Kind())
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

var hostile = []string{
	"# heading", "- item", "* item", "1. one", "2) two", "> quote", "---", "===", "```", "~~~", "    code", "| a | b |", "a|b", `a\|b`, "**bold**", "_it_", "~~no~~", "`code`",
	"<script>alert(1)</script>", "<!-- x", "&lt;", "&#60;", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "[x]: https://evil.example", "<https://evil.example>",
	"https://evil.example", "www.evil.example", "a@evil.example", "@everyone", "line\nbreak", "line\r\n# heading", "\u202eevil", "\x00\x07", "\xff\xfe", "  ", "", "\\", "a\\", "a`", "{{.Plan}}", "{{now}}", "$x$",
	"[ ] open", "[x] done", "a  \nb", "\ttab", "a<", "a&", "!", "a#", "x\u00a0y", "zero\u200bwidth", strings.Repeat("*", 300), "</td></tr>", "[^1]", "[^1]: note", "Term\n: Definition", "@everyone~~\u1680A",
}

// Text of people does not change the page, wherever it stands, and is read as
// it was written.
func TestHostileText(t *testing.T) {
	tmpl := parse(t, everywhere, nil)
	written := func(s string) (string, error) {
		var b bytes.Buffer
		err := tmpl.Execute(&b, named(s), nil)
		return b.String(), err
	}
	plain, err := written("plain")
	if err != nil {
		t.Fatal(err)
	}
	want := shape(plain)
	check := func(t interface{ Fatalf(string, ...any) }, s string) {
		page, err := written(s)
		if err != nil {
			t.Fatalf("%q: %v\n%s", s, err, page)
		}
		if diff := cmp.Diff(want, shape(page)); diff != "" {
			t.Fatalf("%q changes the page (-want +got):\n%s\n%s", s, diff, page)
		}
	}
	for _, s := range hostile {
		check(t, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(hostile), rapid.StringN(0, 8, -1)), 1, 4).Draw(t, "parts")
		check(t, strings.Join(parts, ""))
	})
}

// Whatever text is taken as a template either is refused with faults, or writes
// a page or an error, within its limits.
func FuzzParse(f *testing.F) {
	for _, s := range []string{everywhere, "{{range $i, $r := .Plan.Risks}}{{add1 $i}}{{break}}{{end}}", `{{define "a"}}{{.}}{{end}}{{template "a" .Verdict}}`,
		"{{with $x := .Plan.Overview}}{{$x.Name}}{{else}}{{end}}", `{{(index .Plan.Risks 0).Title | upper | printf "%s"}}`, "```\n{{.AsOf}}", "{{/* c */}}", "{{- 1.5 -}} {{'a'}} {{0x1F}} {{1e3}} {{true}}",
		`{{block "b" .}}{{len .Plan.Terms}}{{end}}`, "{{if eq 1 2 3}}{{else if not .Verified}}{{end}}", `{{list 1 "a" true | first}}`, "{{$}}{{$.Plan}}", "{{(.)}}", "{{.Plan.Overview.RollbackSLA.Human.String}}"} {
		f.Add(s)
	}
	p := sample.Packet()
	f.Fuzz(func(t *testing.T, s string) {
		tmpl, err := template.Parse("t", s, &template.Options{MaxSteps: 20_000, MaxBytes: 1 << 16})
		var faulty *template.ParseError
		if err != nil {
			if !errors.As(err, &faulty) || len(faulty.Faults) == 0 {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		var first, second bytes.Buffer
		err1, err2 := tmpl.Execute(&first, p, nil), tmpl.Execute(&second, p, nil)
		if (err1 == nil) != (err2 == nil) || !bytes.Equal(first.Bytes(), second.Bytes()) || err1 != nil && first.Len() > 0 {
			t.Fatalf("%q: %v, %v\n%s\n%s", s, err1, err2, first.Bytes(), second.Bytes())
		}
		if err1 != nil && strings.Contains(err1.Error(), "wrong type for value") {
			t.Fatalf("%q: a type was not checked: %v", s, err1)
		}
	})
}
