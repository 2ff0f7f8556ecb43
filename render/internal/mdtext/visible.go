package mdtext

import (
	"strings"
	"unicode/utf8"
)

// Visible returns what a reader of the rendered page sees of a text that
// [AppendText] wrote: white space at the ends cut and every other run of it one
// space, characters that show nothing as {U+202E}, bytes that are not UTF-8 as
// U+FFFD, the empty text as [NotGiven].
func Visible(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return NotGiven
	}
	if plain(s) {
		return s
	}
	b := make([]byte, 0, len(s)+16)
	for _, r := range s {
		if invisible(r) {
			b = appendVisible(b, r)
		} else {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// plain reports whether all of s is printable ASCII.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}
