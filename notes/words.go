package notes

import (
	"iter"
	"slices"
	"strings"
	"unicode"
)

// MinWords is how many words a note has at least: fewer tell nobody anything.
// A word is what stands between white space and has a letter or a digit.
const MinWords = 10

// words counts the words of a note's prose.
func (n *Note) words() int {
	count := 0
	for text := range n.prose() {
		for word := range strings.FieldsSeq(text) {
			if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
				count++
			}
		}
	}
	return count
}

// prose returns every text of a note that is written to be read: no ids, no
// links.
func (n *Note) prose() iter.Seq[string] {
	texts := []string{n.Summary, n.Compliance}
	for _, c := range n.Changes {
		texts = append(texts, c.Text, c.ActionRequired)
	}
	for _, c := range n.Risks {
		texts = append(texts, c.Text)
	}
	for _, k := range n.KnownIssues {
		texts = append(texts, k.Text, k.Remedy, k.NoRemedy.Reason)
	}
	return slices.Values(slices.Concat(texts, n.Benefits, n.Remediation))
}
