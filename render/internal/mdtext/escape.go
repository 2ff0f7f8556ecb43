// Package mdtext writes text of users into Markdown so that it stays text, and
// counts the words of what was written.
package mdtext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/release/value"
)

// NotGiven stands where the packet says nothing.
const NotGiven = "not given"

// AppendText appends text of a user for the middle of a line: a paragraph, a
// heading, a table cell, the text of a link.
func AppendText(b []byte, s string) []byte { return appendEscaped(b, s, false) }

// AppendStart appends text of a user that begins a block, such as a list item,
// where "- " and "1. " have a meaning too.
func AppendStart(b []byte, s string) []byte { return appendEscaped(b, s, true) }

// AppendCode appends s as a code span if its bytes need no escaping there, and
// as text otherwise: in a table cell a backslash before a pipe has no reading
// that all parsers share.
func AppendCode(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == '`' || c == '\\' || c == '|' {
			return AppendText(b, s)
		}
	}
	if s == "" {
		return AppendText(b, s)
	}
	return append(append(append(b, '`'), s...), '`')
}

// AppendLink appends a link with the given text, and the link itself as text if
// it has a fault.
func AppendLink(b []byte, text string, l value.Link) []byte {
	href := l.Href()
	if href == "" {
		return AppendText(b, l.Redacted())
	}
	return AppendHref(b, text, href)
}

// AppendHref appends a link to what [value.Link.Href] vouches for.
func AppendHref(b []byte, text, href string) []byte {
	b = AppendText(append(b, '['), text)
	return append(append(append(b, "]("...), href...), ')')
}

// special marks the bytes that appendEscaped has to look at.
var special = func() (t [256]bool) {
	for c := range t {
		t[c] = c <= ' ' || c >= 0x7f || strings.IndexByte("\\`*_[]|~<&!#:.@/", byte(c)) >= 0
	}
	return t
}()

func appendEscaped(b []byte, s string, start bool) []byte {
	s = strings.TrimSpace(s)
	if s == "" {
		return append(b, NotGiven...)
	}
	i := 0
	if start {
		b, i = appendOpening(b, s)
	}
	run := i
	for i < len(s) {
		if !special[s[i]] {
			i++
			continue
		}
		b = append(b, s[run:i]...)
		b, i = appendSpecial(b, s, i)
		run = i
	}
	return append(b, s[run:]...)
}

// appendOpening appends what could open a block and returns how much of s that
// was: a quote, a heading, an underline, a bullet, a definition, the number of a
// list.
func appendOpening(b []byte, s string) ([]byte, int) {
	if strings.IndexByte("#+-=>:", s[0]) >= 0 {
		return append(b, '\\', s[0]), 1
	}
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n == 0 || n == len(s) || s[n] != '.' && s[n] != ')' {
		return b, 0
	}
	if n+1 < len(s) && s[n+1] > ' ' && s[n+1] < utf8.RuneSelf {
		return b, 0 // "2026.12": no list begins without a space
	}
	return append(append(b, s[:n]...), '\\', s[n]), n + 1
}

// appendSpecial appends the character at i, escaped or replaced if it has to
// be, and returns where the next one begins.
func appendSpecial(b []byte, s string, i int) ([]byte, int) {
	c := s[i]
	switch {
	case c >= utf8.RuneSelf:
		return appendRune(b, s, i)
	case c == ' ' || c >= '\t' && c <= '\r':
		return append(b, ' '), skipSpace(s, i)
	case c < ' ' || c == 0x7f:
		return appendVisible(b, rune(c)), i + 1
	case c == '@':
		return appendAt(b, s, i)
	case escapes(s, i):
		return append(b, '\\', c), i + 1
	default:
		return append(b, c), i + 1
	}
}

// escapes reports whether the punctuation at i could mean something there.
// What follows the end of s is not known, and taken for the worst.
func escapes(s string, i int) bool {
	last := i+1 == len(s)
	switch s[i] {
	case '_': // inside a word it is a letter
		return i == 0 || last || !alphanumeric(s[i-1]) || !alphanumeric(s[i+1])
	case '<': // of a tag, a comment or an autolink
		return last || letter(s[i+1]) || strings.IndexByte("/!?", s[i+1]) >= 0
	case '&':
		return reference(s[i+1:])
	case '!', '#': // of an image; of the end of a heading
		return last
	case ':':
		return strings.HasPrefix(s[i+1:], "//")
	case '/': // of an address without a scheme, which some renderers link
		return i+1 < len(s) && s[i+1] == '/' && (i == 0 || !alphanumeric(s[i-1]) && strings.IndexByte(":/", s[i-1]) < 0)
	case '.':
		return i >= 3 && strings.EqualFold(s[i-3:i], "www")
	default:
		return true
	}
}

// appendAt appends the at signs at i, as a code span if they could be part of
// an address or a mention. A backslash is not enough: cmark-gfm, which GitHub
// runs, looks for addresses after it has taken the backslashes out, and GitHub
// looks for mentions in the finished page. Neither looks into code.
func appendAt(b []byte, s string, i int) ([]byte, int) {
	end := i
	for end < len(s) && s[end] == '@' {
		end++
	}
	if end < len(s) && s[end] == ' ' {
		return append(b, s[i:end]...), end // "at 3 @ 5"
	}
	return append(append(append(b, '`'), s[i:end]...), '`'), end
}

// reference reports whether what follows an ampersand could make it a character
// reference.
func reference(s string) bool {
	i := 0
	for i < len(s) && (alphanumeric(s[i]) || s[i] == '#') {
		i++
	}
	return i == len(s) || s[i] == ';'
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func alphanumeric(c byte) bool { return letter(c) || c >= '0' && c <= '9' }

// appendRune appends the character outside of ASCII at i.
func appendRune(b []byte, s string, i int) ([]byte, int) {
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case unicode.IsSpace(r):
		return append(b, ' '), skipSpace(s, i)
	case invisible(r):
		return appendVisible(b, r), i + size
	default:
		return utf8.AppendRune(b, r), i + size // a byte that is not UTF-8 becomes U+FFFD
	}
}

func skipSpace(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsSpace(r) {
			break
		}
		i += size
	}
	return i
}

// blank are characters that Unicode calls graphic and that show nothing: the
// grapheme joiner, fillers of Hangul, Khmer vowels that are inherent, Mongolian
// and supplementary variation selectors, the Braille pattern without dots. The
// selectors U+FE00 to U+FE0F stay: emoji are written with them.
var blank = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x034f, Hi: 0x034f, Stride: 1}, {Lo: 0x115f, Hi: 0x1160, Stride: 1}, {Lo: 0x17b4, Hi: 0x17b5, Stride: 1},
		{Lo: 0x180b, Hi: 0x180f, Stride: 1}, {Lo: 0x2800, Hi: 0x2800, Stride: 1}, {Lo: 0x3164, Hi: 0x3164, Stride: 1},
		{Lo: 0xffa0, Hi: 0xffa0, Stride: 1},
	},
	R32: []unicode.Range32{{Lo: 0xe0100, Hi: 0xe01ef, Stride: 1}},
}

func invisible(r rune) bool { return !unicode.IsGraphic(r) || unicode.Is(blank, r) }

// appendVisible appends "{U+202E}".
func appendVisible(b []byte, r rune) []byte {
	const digits = "0123456789ABCDEF"
	b = append(b, "{U+"...)
	for shift := 20; shift >= 0; shift -= 4 {
		if d := r >> shift; d > 0 || shift < 16 {
			b = append(b, digits[d&0xf])
		}
	}
	return append(b, '}')
}
