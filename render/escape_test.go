package render_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	back "github.com/tidegate-go/tidegate/render/internal/reading"
)

// visible is what the package comment promises that a reader sees of s.
func visible(s string) string {
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		return "not given"
	}
	var b strings.Builder
	for _, r := range s { // a byte that is not UTF-8 ranges as U+FFFD
		switch {
		case !unicode.IsGraphic(r), r == '\u034f', r == '\u115f', r == '\u1160', r == '\u17b4', r == '\u17b5', r >= '\u180b' && r <= '\u180f',
			r == '\u2800', r == '\u3164', r == '\uffa0', r >= 0xe0100 && r <= 0xe01ef:
			fmt.Fprintf(&b, "{%U}", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// places puts s in every place where a page has text.
func places(s string) string {
	var b []byte
	lit := func(s string) { b = append(b, s...) }
	lit("# Title: ")
	b = mdtext.AppendText(b, s)
	lit("\n\n## ")
	b = mdtext.AppendText(b, s)
	lit("\n\nParagraph ")
	b = mdtext.AppendText(b, s)
	lit(".\n\n")
	b = mdtext.AppendStart(b, s)
	lit("\n\n- ")
	b = mdtext.AppendStart(b, s)
	lit("\n- ")
	b = mdtext.AppendStart(b, s)
	lit(": ")
	b = mdtext.AppendText(b, s)
	lit("; ")
	b = mdtext.AppendText(b, s)
	lit("\n  - ")
	b = mdtext.AppendStart(b, s)
	lit("\n\n| Field | Value |\n| --- | --- |\n| ")
	b = mdtext.AppendText(b, s)
	lit(" | (")
	b = mdtext.AppendText(b, s)
	lit(") |\n| ")
	b = mdtext.AppendCode(b, s)
	lit(" | ")
	b = mdtext.AppendLink(b, s, "https://example.com/a?b=1&c=2")
	lit(" |\n")
	return string(b)
}

func checkPlaces(t *testing.T, s string) {
	t.Helper()
	page, want := places(s), visible(s)
	if !utf8.ValidString(page) {
		t.Fatalf("%q makes a page that is not UTF-8", s)
	}
	wellFormed(t, page, map[string]bool{"https://example.com/a?b=1&c=2": true})
	root := parse(page)
	var got []string
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindHeading, ast.KindParagraph, ast.KindTextBlock, east.KindTableCell:
			if entering {
				got = append(got, shown(t, page, n))
			}
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	wanted := []string{"Title: " + want, want, "Paragraph " + want + ".", want, want, want + ": " + want + "; " + want, want,
		"Field", "Value", want, "(" + want + ")", want, want}
	if len(got) != len(wanted) {
		t.Fatalf("%q makes %d blocks, want %d:\n%s", s, len(got), len(wanted), page)
	}
	for i := range got {
		if got[i] != wanted[i] {
			t.Errorf("%q, block %d: shows %q, want %q\n%s", s, i, got[i], wanted[i], page)
		}
	}
	if n := len(all(root, ast.KindLink)); n != 1 {
		t.Errorf("%q makes %d links, want 1", s, n)
	}
}

var hostile = []string{
	"", " ", "\u3000\n", "plain", "two  words", " ends \t", "a|b", `a\|b`, `a\\|b`, `\`, `\\`, `ends\`, "`code`", "``", "a `b", "*a*", "**a**", "_a_",
	"__a__", "snake_case_name", "a_b_", "~a~", "~~a~~", "[a](https://evil.example)", "![a](https://evil.example/x.png)", "!", "yes!", "[ ] task",
	"[x] task", "[^1]", "[a]: https://evil.example", "<b>bold</b>", "<script>alert(1)</script>", "<!-- a", "<?php", "</p>", "<", "a <", "a < b", "<15",
	"<https://evil.example>", "<a@evil.example>", "<1@evil.example>", "&amp;", "&copy;", "&#65;", "&#x41;", "&lt", "&", "R&D", "a &b; c", "# heading",
	"#", "###### six", "C#", "a #", "a ##", "a ## #", "- bullet", "+ bullet", "* bullet", "-", "---", "- - -", "***", "___", "===", "=", "> quote", ">",
	"1. one", "1) one", "1.", "123456789. n", "2026.12.0", "1.0", "1.\u3000a", "```", "~~~", "    indented", "\tindented", "a\nb", "a\r\nb", "a\r\rb",
	"a\n\n# b", "a\n| b | c |\n| --- | --- |\n", "a\u2028b", "a\u0085b", "a\vb", "a\fb", "http://evil.example", "https://evil.example/?a=b&c", "see www.evil.example.",
	"WWW.evil.example", "wwww.evil.example", "a@evil.example", "a.b+c@evil.example", "@here", "x @here", "a @ b", "@", "@@", "a@@b.example", "`@b.example", "a@`", "`@`", "a@.b", "a@,b", "a@\u3000b", "ftp://evil.example", "mailto:a@evil.example",
	"xmpp:a@evil.example", "HTTPS://EVIL.EXAMPLE", "(http://evil.example)", "\x00", "a\x01b", "\x7f", "\u202eevil", "a\u200bb", "\ufeffa", "a\u00adb",
	"\u2066a\u2069", "👩\u200d💻", "⚠\ufe0f", "\u3164", "\u2800", "a\U000e0041b", "a\U000e0100b", "\xff", "a\xc3", "\ufffd", "{U+202E}", "é ü ≤ 漢字",
	":-: | :-:", "--- | ---", ": definition", "$x$", ":+1:", "\"quoted\" 'text'", "a--b", "a...b", "| a |", "||", "a\\", "\\*a*", "\\\\*a*", "**Go**",
	"{{ .Name }}", "](https://evil.example)", ") |", "a]b", "[[a]]", "not given",
	"<javascript:alert(1)>", "[a](javascript:alert(1))", "[a](<data:text/html;base64,PHA+> \"t\")", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
	"<a href=\"https://evil.example\">a</a>", "<![CDATA[ a ]]>", "<!DOCTYPE html>", "&#106;avascript:alert(1)", "&NewLine;# a", "&Tab;a", "&lt;b&gt;", "a&#10;b", "&nbsp;&nbsp;a",
	"a<br>b", "a  \nb", "a\\\nb", "\u061ca", "\u200ea\u200f", "\u2067a\u2069", "a\u2060b", "a\u180eb", "\U000e0001a", "ﷺ", "a\u0300\u0301\u0302\u0303\u0304b", "\u0085", "\x1b[31mred\x1b[0m",
	"\x08\x08a", "\r- a", "a\u2029# b", "@octo-org/team", "cc:@user", "user@", "octo/repo#1", "octo/repo@deadbeef1", "GH-1", "!1", "AB#1", "%1 ~bug &1 $1", "^alert#1", "[issue:1]",
	":rocket:", "$a$ and $$b$$", "$`a`$", "`` `a` ``", "a`b`c`", "***a**b*", "__a_b__", "*a **b* c**", "~~~a~~~", "[a][b]", "[a][]", "![a][b]", "[a]: <https://evil.example> 'b'", "[^a]: b",
	"a | b \\| c \\\\| d", "|---|", "\\|", "a\\\n|b", "- [ ] a", "1) a", "+", "* * *", "+ [x] a", "0. a", "=====", "    \t# a", "\ufeff# a", "\u00a0- a", "\u2003> a", "//evil.example", "see //evil.example", "(//evil.example)", "///a", "a//b", "https:/\\evil.example",
	"HtTpS://evil.example", "http\u200b://evil.example", "https://evil.example\u202e/exe.gpj", "a.b@evil.example.", "mailto:a@evil.example?subject=b", "xmpp:a@b.example/c", "ftp://a.example/", "www\\.evil.example",
	strings.Repeat("long ", 5000), strings.Repeat("*", 300), strings.Repeat("[", 300),
}

func TestEscape(t *testing.T) {
	for _, s := range hostile {
		t.Run(fmt.Sprintf("%.40q", s), func(t *testing.T) { checkPlaces(t, s) })
	}
}

// The page of strings is for other readers: linters, and a renderer of JavaScript.
func TestStrings(t *testing.T) {
	var b []byte
	b = append(b, "# Strings\n\n| No. | Cell | Code |\n| --- | --- | --- |\n"...)
	short := slices.DeleteFunc(slices.Clone(hostile), func(s string) bool { return len(s) > 400 })
	for i, s := range short {
		b = fmt.Appendf(b, "| %d | ", i)
		b = mdtext.AppendText(b, s)
		b = append(b, " | "...)
		b = append(mdtext.AppendCode(b, s), " |\n"...)
	}
	b = append(b, '\n')
	for _, s := range short {
		b = append(mdtext.AppendStart(append(b, "- "...), s), '\n')
	}
	golden.Assert(t, "testdata/strings.md", b)
	wellFormed(t, string(b), nil)
	page := back.Read(b)
	for i, s := range short {
		if got, want := page.Tables[0].Rows[i], []string{strconv.Itoa(i), visible(s), visible(s)}; !slices.Equal(got, want) {
			t.Errorf("row %q, want %q", got, want)
		}
		if got := page.Items[i].Text; got != visible(s) {
			t.Errorf("item %q, want %q", got, visible(s))
		}
	}
}

func TestEscapeKeepsPlainTextReadable(t *testing.T) {
	for _, s := range []string{"checkout.split_payments off to 100%", "Errors >1.0% for 5 minutes", "2026.12.0", "migration <20 minutes", "R&D (phase 2)", "T-24h",
		"Slack #war-room", "p95 ≤ 450 ms", "5/25/50/100%", "Done: yes"} {
		if got := string(mdtext.AppendText(nil, s)); got != s {
			t.Errorf("%q is written as %q", s, got)
		}
	}
}

func TestLink(t *testing.T) {
	for _, c := range []struct{ text, link, want string }{
		{"KB-501", "https://help.example.com/501", "[KB-501](https://help.example.com/501)"},
		{"a]b", "https://help.example.com/(1)|x", `[a\]b](https://help.example.com/%281%29%7Cx)`},
		{"KB-501", "javascript:alert(1)", "javascript:alert(1)"},
		{"KB-501", "//evil.example", `\//evil.example`},
		{"KB-501", "", "not given"},
	} {
		if got := string(mdtext.AppendLink(nil, c.text, value.Link(c.link))); got != c.want {
			t.Errorf("%s to %s is written as %s, want %s", c.text, c.link, got, c.want)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1<<10 {
			return // goldmark takes quadratic time for some texts
		}
		checkPlaces(t, s)
	})
}
