package mdtext

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// Count counts the visible words of Markdown that was written with this
// package: headings, paragraphs, bullets, task boxes, tables, inline links, code
// spans of one backtick and escapes, no ordered list and no other construct. On
// such text it agrees with a count on the parsed document, in one pass over the
// bytes and without memory.
func Count(b []byte) int {
	n, inWord, inCode, fresh := 0, false, false, true
	for i := 0; i < len(b); {
		if fresh {
			i += markers(b[i:])
			fresh, inWord, inCode = false, false, false
			continue
		}
		c := b[i]
		switch {
		case c == '\n':
			fresh = true
		case c == ' ', c == '|' && !inCode:
			inWord = false
		case c == '`':
			inCode = !inCode
		case inCode:
		case c == '\\':
			i++ // what follows is punctuation
		case c == ']' && i+1 < len(b) && b[i+1] == '(':
			i += max(bytes.IndexByte(b[i:], ')'), 0)
		}
		if i >= len(b) {
			break
		}
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(b[i:])
		}
		if !inWord && Alphanumeric(r) {
			inWord = true
			n++
		}
		i += size
	}
	return n
}

// markers returns how long the markers are that begin a line: indentation, a
// bullet and its task box.
func markers(line []byte) int {
	n := 0
	for n < len(line) && line[n] == ' ' {
		n++
	}
	if !bytes.HasPrefix(line[n:], []byte("- ")) {
		return n
	}
	n += len("- ")
	if bytes.HasPrefix(line[n:], []byte("[ ] ")) || bytes.HasPrefix(line[n:], []byte("[x] ")) {
		n += len("[x] ")
	}
	return n
}

// Alphanumeric reports whether a token with r in it is a word: r is a letter or
// a digit of any script.
func Alphanumeric(r rune) bool {
	if r < utf8.RuneSelf {
		return alphanumeric(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
