package render

import "github.com/tidegate-go/tidegate/render/internal/reading"

// Words is how long a page is.
type Words struct {
	// Visible is the number of words that a reader sees, the number that a
	// [Budget] limits: tokens between Unicode white space that hold a letter or
	// a digit. A timestamp, an id or "high/medium" is one word.
	Visible int
	// Segments is the number of word segments of Unicode Standard Annex 29 that
	// hold a letter or a digit. It is larger than Visible where words are joined
	// by signs.
	Segments int
}

// CountWords counts the words of a page of GitHub Flavored Markdown. The page is
// parsed; what counts is the text of headings, paragraphs, list items, table
// cells (the header too), code spans and code blocks, and of links and autolinks.
// Addresses and titles of links, images, raw HTML and comments, the rule of a
// table, list and task markers, and front matter do not count. So the number
// does not depend on the white space of the source.
//
// Counting takes one pass over the parsed document.
func CountWords(page []byte) Words {
	visible, segments := reading.Words(page)
	return Words{visible, segments}
}
