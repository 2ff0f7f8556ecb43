// Package reading reads Markdown back: what a page shows, parsed by somebody
// else's parser from the bytes that were written.
package reading

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// appendInline appends what a reader sees of the inline content of n: text with
// escapes and character references resolved, code spans, the text of links and
// autolinks, line breaks as line feeds. Images and raw HTML are no text.
func appendInline(b, src []byte, n ast.Node) []byte {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b = appendUnescaped(b, c.Segment.Value(src), c.IsRaw())
			if c.SoftLineBreak() || c.HardLineBreak() {
				b = append(b, '\n')
			}
		case *ast.String:
			b = append(b, c.Value...)
		case *ast.CodeSpan:
			b = appendCode(b, src, c)
		case *ast.AutoLink:
			b = append(b, c.Label(src)...)
		case *ast.Image, *ast.RawHTML, *east.TaskCheckBox:
		default:
			b = appendInline(b, src, c)
		}
	}
	return b
}

func appendCode(b, src []byte, n ast.Node) []byte {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b = append(b, t.Segment.Value(src)...)
		}
	}
	return b
}

// appendUnescaped resolves backslashes before punctuation and character
// references, as CommonMark 0.31 has them in sections 2.4 and 2.5.
func appendUnescaped(b, s []byte, raw bool) []byte {
	if raw {
		return append(b, s...)
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && punctuation(s[i+1]):
			i++
			b = append(b, s[i])
		case c == '&':
			text, n := reference(s[i:])
			b = append(b, text...)
			i += n - 1
		default:
			b = append(b, c)
		}
	}
	return b
}

// longest is the most bytes of a character reference: the longest name of HTML,
// CounterClockwiseContourIntegral, with its ampersand and semicolon.
const longest = 33

// reference returns the text of a character reference at the head of s and how
// long it is there; the ampersand alone if there is none.
func reference(s []byte) (string, int) {
	end := 1
	for end < len(s) && end < longest && (s[end] == '#' || alphanumeric(s[end])) {
		end++
	}
	if end == len(s) || s[end] != ';' {
		return "&", 1
	}
	written := string(s[:end+1])
	if text := html.UnescapeString(written); text != written && (text == ";" || !strings.HasSuffix(text, ";")) {
		return text, end + 1
	}
	return "&", 1
}

func alphanumeric(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}

func punctuation(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}
