package reading

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

// parser reads GitHub Flavored Markdown. It keeps nothing between pages.
var parser = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

// Words counts the visible words of a page, and the word segments of UAX 29 that
// they consist of; see render.CountWords, which says what is counted.
func Words(page []byte) (visible, segments int) {
	src := afterFrontMatter(page)
	eachBlock(src, func(block []byte) {
		visible += tokens(block)
		segments += wordSegments(block)
	})
	return visible, segments
}

// afterFrontMatter returns the page without the metadata that some sites put
// between two lines of dashes at its head.
func afterFrontMatter(page []byte) []byte {
	rest, ok := bytes.CutPrefix(page, []byte("---\n"))
	if !ok {
		return page
	}
	for line := range bytes.Lines(rest) {
		rest = rest[len(line):]
		if l := bytes.TrimRight(line, "\r\n"); string(l) == "---" || string(l) == "..." {
			return rest
		}
	}
	return page
}

// tokens counts runs between Unicode white space that hold a letter or a digit.
func tokens(b []byte) int {
	n, counted := 0, false
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		i += size
		switch {
		case unicode.IsSpace(r):
			counted = false
		case !counted && mdtext.Alphanumeric(r):
			counted = true
			n++
		}
	}
	return n
}

// wordSegments counts the segments between word boundaries of UAX 29 that hold a
// letter or a digit.
func wordSegments(b []byte) int {
	n := 0
	for all := words.FromBytes(b); all.Next(); {
		if bytes.ContainsFunc(all.Value(), mdtext.Alphanumeric) {
			n++
		}
	}
	return n
}
