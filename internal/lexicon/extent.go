package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// extent returns where the word or identifier that begins here ends, and which of the two it is.
//
// A joiner belongs to it when a letter or digit follows. Digits, underscores, dots and what begins with a sign make an
// identifier; a slash between plain words does not.
func (sc *scanner) extent() (int, Kind) {
	s, end, kind := sc.s, sc.i, Word
	for end < len(s) && strings.IndexByte("/.~-@#$_{", s[end]) >= 0 {
		if s[end] != '_' {
			kind = Identifier
		}
		end++
	}
	for end < len(s) {
		c := s[end]
		switch {
		case isLetterByte(c):
			end++
			continue
		case isDigitByte(c):
			kind = Identifier
			end++
			continue
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[end:])
			if unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) {
				end += n
				continue
			}
			if r == '’' && followsLetter(s, end+n) {
				end += n
				continue
			}
			if r == '‑' && followsLetter(s, end+n) { // non-breaking hyphen
				end += n
				continue
			}
			return end, kind
		}
		n, k := joiner(s, sc.i, end)
		if n == 0 {
			return end, kind
		}
		if k == Identifier {
			kind = k
		}
		end += n
	}
	return end, kind
}

// joiner returns how many bytes at i join the parts of one token, and what they make of it.
func joiner(s string, start, i int) (int, Kind) {
	start = max(start, i-maxJoined)
	if i+1 >= len(s) {
		return 0, Word
	}
	next := s[i+1]
	plain := isLetterByte(next) || isDigitByte(next)
	switch s[i] {
	case '-', '\'', '&':
		if plain || next >= utf8.RuneSelf && s[i] == '-' && followsLetter(s, i+1) {
			return 1, Word
		}
	case '_':
		if plain || next == '_' {
			return 1, Identifier
		}
	case '.':
		if plain && (!isUpperByte(next) || !isWordOnly(s[start:i])) {
			return 1, Identifier
		}
	case '/':
		if plain {
			return 1, Word
		}
		if next == '{' {
			return 2, Identifier
		}
	case '}':
		if strings.IndexByte(s[start:i], '{') >= 0 {
			return 1, Identifier
		}
	case '@', ':', '+', '=':
		if plain && (s[i] == '@' || s[start] == '-' && s[i] == '=' || s[i] == ':' && isDigitByte(next) && strings.ContainsAny(s[start:i], "./")) {
			return 1, Identifier
		}
	}
	return 0, Word
}

// isWordOnly reports lower-case letters only, so that in "done.Next" the dot ends a sentence.
func isWordOnly(s string) bool {
	for i := range len(s) {
		if !isLetterByte(s[i]) || i > 0 && isUpperByte(s[i]) {
			return false
		}
	}
	return len(s) > 2
}

func followsLetter(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

// abbreviation returns where an abbreviation with dots ends: "e.g.", "p.m.", "T.B.D."; 0 if there is none.
func abbreviation(s string, i int) int {
	end := i
	for end+1 < len(s) && isLetterByte(s[end]) && s[end+1] == '.' {
		end += 2
	}
	if end-i < 4 || end < len(s) && (isLetterByte(s[end]) || isDigitByte(s[end])) {
		return 0
	}
	return end
}

// url returns where the URL that begins here ends; 0 if there is none.
func (sc *scanner) url() int {
	s := sc.s[sc.i:]
	n := 0
	for n < len(s) && n < 16 && (isLetterByte(s[n]) || n > 0 && (isDigitByte(s[n]) || s[n] == '+')) {
		n++
	}
	if n == 0 || n == len(s) {
		return 0
	}
	switch {
	case strings.HasPrefix(s[n:], "://"):
	case strings.HasPrefix(s, "mailto:"), strings.HasPrefix(s, "www."):
	default:
		return 0
	}
	end, open := n, 0
scan:
	for end < len(s) {
		switch c := s[end]; c {
		case ' ', '\t', '\r', '\n', '<', '>', '"', '`', '|':
			break scan
		case '(':
			open++
		case ')':
			if open--; open < 0 {
				break scan
			}
		}
		end++
	}
	for end > n && strings.IndexByte(".,;:!?'*]", s[end-1]) >= 0 {
		end--
	}
	return sc.i + end
}
