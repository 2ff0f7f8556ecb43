package leak

import "strings"

// term is a name or a phrase by its words.
type term struct {
	words []string
	why   string
}

// minUntold is how many words a title has at least for its words alone to give
// it away: shorter ones are said of other things as well.
const minUntold = 3

// addTerm adds a text that is found by its words, under the first. One with
// fewer words than wanted is left out, unless it has a digit, as ids do.
func addTerm(to map[string][]term, text, why string, least int) {
	words := wordsOf(text)
	if len(words) == 0 || len(words) < least && !strings.ContainsAny(text, "0123456789") {
		return
	}
	to[words[0]] = append(to[words[0]], term{words, why})
}

// names finds internal systems and work that is not to be told.
func (s *search) names() {
	if len(s.guard.systems)+len(s.guard.untold) == 0 {
		return
	}
	words := s.words()
	for i := range words {
		s.terms(s.guard.systems[words[i].lower], words, i, System, "-_.")
		s.terms(s.guard.untold[words[i].lower], words, i, Item, " \t\n\r-_*\"'`,.:;()–—‘’“”")
	}
}

// terms looks for those that begin with word i.
func (s *search) terms(list []term, words []word, i int, kind Kind, between string) {
	for _, t := range list {
		if s.follows(words, i, t.words, between) {
			s.add(words[i].start, words[i+len(t.words)-1].end, kind, t.why)
		}
	}
}

// follows reports whether the words stand from i on, with nothing but the given
// marks between them.
func (s *search) follows(words []word, i int, want []string, between string) bool {
	if i+len(want) > len(words) {
		return false
	}
	for j, w := range want {
		if words[i+j].lower != w {
			return false
		}
		if j > 0 && strings.Trim(s.view.text[words[i+j-1].end:words[i+j].start], between) != "" {
			return false
		}
	}
	return true
}
