package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tokenize splits a text of Markdown into tokens, in order and without overlap. White space and the marks of emphasis
// belong to none. Any string is a text; bytes that are not UTF-8 are marks.
func Tokenize(s string) []Token {
	sc := scanner{s: s, begins: true}
	sc.run()
	return sc.tokens
}

type scanner struct {
	s      string
	i      int
	tokens []Token
	begins bool // the next word begins a sentence

	unclosed uint8 // bit n: no run of n backticks follows
	comments bool  // no comment ends any more
}

func (sc *scanner) run() {
	for sc.i < len(sc.s) {
		switch c := sc.s[sc.i]; {
		case c == '\n':
			sc.newline()
		case c == ' ' || c == '\t' || c == '\r' || c == '*':
			sc.i++
		case c == '`':
			sc.code()
		case c == '<' || c == '&':
			sc.angle()
		case c == ']':
			sc.bracket()
		case c >= '0' && c <= '9':
			sc.number()
		case sc.startsWord():
			sc.word()
		default:
			sc.mark()
		}
	}
}

func (sc *scanner) emit(kind Kind, end int) {
	t := Token{Start: int32(sc.i), End: int32(end), Kind: kind}
	if kind == Word || kind == Identifier || kind == Number {
		t.shape = shapeOf(sc.s[sc.i:end])
	}
	if kind != Mark {
		t.first, sc.begins = sc.begins, false
	}
	sc.tokens = append(sc.tokens, t)
	sc.i = end
}

// newline ends a sentence where Markdown ends a block: at an empty line, and where the next line is a list item, a
// heading, a quote or a table row.
func (sc *scanner) newline() {
	for sc.i++; sc.i < len(sc.s) && strings.IndexByte(" \t\r", sc.s[sc.i]) >= 0; {
		sc.i++
	}
	rest := sc.s[sc.i:]
	if rest == "" || strings.IndexByte("\n-*+#>|", rest[0]) >= 0 {
		sc.begins = true
		return
	}
	if n := digitsOf(rest); n > 0 && n < len(rest) && (rest[n] == '.' || rest[n] == ')') {
		sc.begins = true
	}
}

func (sc *scanner) mark() {
	r, n := utf8.DecodeRuneInString(sc.s[sc.i:])
	if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
		sc.i += n
		return
	}
	end := sc.i + n
	sc.emit(Mark, end)
	switch r {
	case '.', '!', '?':
		if end == len(sc.s) || strings.IndexByte(" \n\t\r\"'*)", sc.s[end]) >= 0 {
			sc.begins = true
		}
	case '…', '|', '•', ';', '—':
		sc.begins = true
	case '-', '+', '#', '>':
		// A list marker, heading or quote leaves the beginning to the first word.
	}
}

// startsWord reports whether a word or an identifier begins here.
func (sc *scanner) startsWord() bool {
	c := sc.s[sc.i]
	if isLetterByte(c) {
		return true
	}
	if c >= utf8.RuneSelf {
		r, _ := utf8.DecodeRuneInString(sc.s[sc.i:])
		return unicode.IsLetter(r)
	}
	if strings.IndexByte("/.~-@#$_{", c) < 0 || sc.i+1 >= len(sc.s) || sc.glued() {
		return false
	}
	next := sc.s[sc.i+1]
	if c == '.' && sc.i > 0 && sc.s[sc.i-1] == '.' {
		return false // an ellipsis
	}
	switch c {
	case '-':
		return isLetterByte(next) || next == '-' && sc.i+2 < len(sc.s) && isLetterByte(sc.s[sc.i+2])
	case '#', '@', '$':
		return isLetterByte(next) || isDigitByte(next)
	case '{':
		return isLetterByte(next) && strings.IndexByte(sc.s[sc.i:min(len(sc.s), sc.i+maxZone)], '}') > 0
	case '.', '~':
		return next == '/' || c == '.' && (isLetterByte(next) || strings.HasPrefix(sc.s[sc.i:], "../"))
	}
	return isLetterByte(next) || next == '{'
}

// glued reports whether the byte before belongs to a word.
func (sc *scanner) glued() bool {
	return sc.i > 0 && (isLetterByte(sc.s[sc.i-1]) || isDigitByte(sc.s[sc.i-1]) || sc.s[sc.i-1] == ')')
}

// number scans what begins with a digit: counts, percentages, times, dates, and ids such as 5xx or 30-minute.
func (sc *scanner) number() {
	s, i := sc.s, sc.i
	end := i
	for end < len(s) {
		c := s[end]
		if isLetterByte(c) || isDigitByte(c) || c == '%' {
			end++
			continue
		}
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[end:])
			if !unicode.IsLetter(r) {
				break
			}
			end += n
			continue
		}
		if strings.IndexByte("-./:,+_", c) < 0 || end+1 >= len(s) {
			break
		}
		next := s[end+1]
		if c == ',' && digitsOf(s[end+1:]) != 3 {
			break
		}
		if !isLetterByte(next) && !isDigitByte(next) {
			break
		}
		if (c == '/' || c == '.') && isUpperByte(next) && end > i && s[end-1] != 'T' {
			break // "40%.Next", "5/Team"
		}
		end++
	}
	if end < len(s) && s[end] == '[' && strings.IndexByte(s[i:end], 'T') > 0 { // the zone of RFC 9557
		if n := strings.IndexByte(s[end:min(len(s), end+maxZone)], ']'); n > 0 {
			end += n + 1
		}
	}
	sc.emit(Number, end)
}

// word scans a word, an identifier or a URL.
func (sc *scanner) word() {
	if end := sc.url(); end > 0 {
		sc.emit(URL, end)
		return
	}
	if end := abbreviation(sc.s, sc.i); end > 0 {
		sc.emit(Word, end)
		return
	}
	end, kind := sc.extent()
	text := sc.s[sc.i:end]
	if kind == Identifier && strings.IndexByte(text, '@') > 0 {
		kind = URL
	}
	if kind == Word && text[0] == '_' { // emphasis
		n := len(text) - len(strings.TrimLeft(text, "_"))
		text = text[n:]
		sc.i += n
	}
	if kind == Word && strings.IndexByte(text, '/') > 0 {
		sc.split(end)
		return
	}
	if kind == Word {
		if n := possessive(text); n > 0 {
			sc.emit(Word, end-n)
			sc.i += n
			return
		}
	}
	sc.emit(kind, end)
}

// split emits the words of "High/Medium" and the slashes between them.
func (sc *scanner) split(end int) {
	for sc.i < end {
		n := strings.IndexByte(sc.s[sc.i:end], '/')
		if n < 0 {
			sc.emit(Word, end)
			return
		}
		sc.emit(Word, sc.i+n)
		sc.emit(Mark, sc.i+1)
	}
}

// possessive is the length of a final 's, or of a final apostrophe.
func possessive(s string) int {
	for _, tail := range [...]string{"'s", "’s"} {
		if len(s) > len(tail) && strings.HasSuffix(s, tail) {
			return len(tail)
		}
	}
	return 0
}

func isLetterByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isUpperByte(c byte) bool  { return c >= 'A' && c <= 'Z' }
func isDigitByte(c byte) bool  { return c >= '0' && c <= '9' }
func isLower(r rune) bool      { return unicode.IsLower(r) }
func isUpper(r rune) bool      { return unicode.IsUpper(r) }

func digitsOf(s string) int {
	n := 0
	for n < len(s) && isDigitByte(s[n]) {
		n++
	}
	return n
}
