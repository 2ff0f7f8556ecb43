package plain

import (
	"strings"
	"unicode"
)

// Printable leaves out what would move the cursor, colour the rest, or turn
// the reading direction of a terminal. White space stays.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s)
}
