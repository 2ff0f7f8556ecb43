package leak

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// view is one reading of a text, with the place of every byte in the text.
type view struct {
	text, lower string
	from, to    []int32 // of each byte; nil: the view is the text itself
	joined      bool    // line breaks were passed over
	breaks      []int   // where, in the view
}

// place returns the bytes of the original that bytes from and to of the view
// stand for.
func (v *view) place(from, to int) (start, end int) {
	if v.from == nil {
		return from, to
	}
	return int(v.from[from]), int(v.to[to-1])
}

// spans reports whether a line break was passed over between from and to.
func (v *view) spans(from, to int) bool {
	for _, b := range v.breaks {
		if from < b && b < to {
			return true
		}
	}
	return false
}

// views returns the readings of a text: as it reads, without marks and tags,
// and without line breaks, as far as these differ.
func views(text string) []view {
	all := []view{read(text)}
	if strings.ContainsAny(all[0].text, "<*_~`[({") {
		if bare := all[0].without(marks); bare.text != all[0].text {
			all = append(all, bare)
		}
	}
	if last := &all[len(all)-1]; strings.ContainsAny(last.text, "\n\r") {
		joined := last.without(breaks)
		joined.joined = true
		all = append(all, joined)
	}
	return all
}

// maker writes a view.
type maker struct {
	b        strings.Builder
	from, to []int32
}

func (m *maker) add(s string, from, to int) {
	m.b.WriteString(s)
	for range len(s) {
		m.from, m.to = append(m.from, int32(from)), append(m.to, int32(to))
	}
}

func (m *maker) view() view { return view{text: m.b.String(), from: m.from, to: m.to} }

// plain reports a text that reads as it stands.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c == '&' || c == '\\' || c == '%' {
			return false
		}
	}
	return true
}

// read decodes what Markdown and HTML decode, leaves out what cannot be seen
// and writes letters that look alike as one.
func read(s string) view {
	if plain(s) {
		return view{text: s}
	}
	var m maker
	for i := 0; i < len(s); {
		piece, n := next(s[i:])
		for _, r := range piece {
			m.add(seen(r), i, i+n)
		}
		i += n
	}
	return m.view()
}

// next returns what the text begins with, decoded, and its length.
func next(s string) (piece string, n int) {
	switch {
	case s[0] == '&':
		if end := strings.IndexByte(s[:min(len(s), maxReference)], ';'); end > 1 {
			if r := html.UnescapeString(s[:end+1]); r != s[:end+1] {
				return r, end + 1
			}
		}
	case s[0] == '\\' && len(s) > 1 && isPunct(s[1]):
		return s[1:2], 2
	case s[0] == '%' && len(s) > 2:
		if c, ok := unhex(s[1], s[2]); ok && (isAlnum(c) || strings.IndexByte("-._~:/@", c) >= 0) {
			return string(rune(c)), 3
		}
	}
	_, n = utf8.DecodeRuneInString(s)
	return s[:n], n
}

const maxReference = 34 // bytes: "&CounterClockwiseContourIntegral;" is the longest of HTML

func unhex(a, b byte) (byte, bool) {
	const digits = "0123456789abcdef"
	high, low := strings.IndexByte(digits, a|0x20), strings.IndexByte(digits, b|0x20)
	return byte(high<<4 | low), high >= 0 && low >= 0
}

// seen returns a character as readers take it: "" if they do not see it.
func seen(r rune) string {
	switch {
	case r < utf8.RuneSelf:
		return string(r)
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r), strings.ContainsRune(fillers, r):
		return ""
	case unicode.Is(unicode.Zs, r):
		return " "
	case r == '\u2028' || r == '\u2029':
		return "\n"
	}
	if like, ok := alike()[r]; ok {
		return like
	}
	return string(r)
}

// without returns the view without what cut finds at a place: the length of
// what is left out there, and what stands for it.
func (v *view) without(cut func(s string, i int) (n int, instead string)) view {
	var m maker
	var broken []int
	for i := 0; i < len(v.text); {
		n, instead := cut(v.text, i)
		if n == 0 {
			n = 1
			start, end := v.place(i, i+1)
			m.add(v.text[i:i+1], start, end)
		} else {
			start, end := v.place(i, i+n)
			m.add(instead, start, end)
			broken = append(broken, m.b.Len())
		}
		i += n
	}
	bare := m.view()
	bare.breaks = broken
	return bare
}

// marks are emphasis, code marks, tags and comments, and the brackets in which
// a dot, a slash or an at sign is hidden from programs: "[.]", "(at)".
func marks(s string, i int) (n int, instead string) {
	switch c := s[i]; c {
	case '*', '`', '~':
		return 1, ""
	case '_':
		if i == 0 || i+1 == len(s) || !isAlnum(s[i-1]) || !isAlnum(s[i+1]) {
			return 1, ""
		}
	case '<':
		return tag(s[i:]), ""
	case '[', '(', '{':
		for _, d := range defanged {
			if rest := s[i+1:]; len(rest) > len(d.as) && strings.EqualFold(rest[:len(d.as)], d.as) && strings.IndexByte("])}", rest[len(d.as)]) >= 0 {
				return len(d.as) + 2, d.is
			}
		}
	}
	return 0, ""
}

var defanged = []struct{ as, is string }{{".", "."}, {"dot", "."}, {"at", "@"}, {"@", "@"}, {":", ":"}, {"://", "://"}, {"-", "-"}}

// tag returns the length of the HTML tag or comment that s begins with, 0 if
// it begins with none. An autolink is none.
func tag(s string) int {
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end > 0 {
			return end + len("-->")
		}
		return 0
	}
	if len(s) < 3 || !isAlpha(s[1]) && (s[1] != '/' || !isAlpha(s[2])) {
		return 0
	}
	end := strings.IndexAny(s[1:], "<>@:\n")
	if quote := strings.IndexAny(s, `"'`); quote > 0 && quote < end+1 {
		end = strings.IndexByte(s[1:], '>')
	}
	if end < 0 || s[end+1] != '>' {
		return 0
	}
	return end + 2
}

// lower returns the text in lower case, byte for byte: a letter whose small form
// has another length stays, so that places in both are the same.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if small := unicode.ToLower(r); r != utf8.RuneError && utf8.RuneLen(small) == utf8.RuneLen(r) {
			return small
		}
		return r
	}, s)
}

// breaks are line ends and what stands around them.
func breaks(s string, i int) (n int, instead string) {
	for i+n < len(s) && strings.IndexByte(" \t\r\n>", s[i+n]) >= 0 {
		n++
	}
	if !strings.ContainsAny(s[i:i+n], "\r\n") {
		return 0, ""
	}
	return n, ""
}

func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
func isAlnum(c byte) bool { return isAlpha(c) || isDigit(c) }
func isPunct(c byte) bool {
	return c > ' ' && c < utf8.RuneSelf && !isAlnum(c)
}
