package lexicon

import (
	"slices"
	"strings"
	"sync"
)

// wordID numbers the lower-case words of the tables; 0 is every other word.
type wordID uint16

// class is a set of what is known of a word.
type class uint32

// list is phrases of one rule that share their grade, advice and guard.
type list struct {
	rule  rule
	grade Grade
	hint  string
	guard guard  // nil: always found
	text  string // phrases, one a line or parted by semicolons; (a|b) is either, (a|) is a or nothing
}

// entry is what a phrase of the table means.
type entry struct {
	rule    rule
	grade   Grade
	hint    string
	guard   guard
	accepts []string // of a name: the spellings that are right
	plain   bool     // of a name: an ordinary word in lower case
}

// table is every word and phrase of the package: words by number, their classes, and an automaton of phrases.
type table struct {
	ids     map[string]wordID
	classes []class
	roots   []int32          // the state after the first word of a phrase, by word; 0 if no phrase begins so
	next    map[uint64]int32 // state and word to state
	ends    [][]int32        // entries that end in a state
	entries []entry

	products names // the names of products that are one word
}

var words = sync.OnceValue(func() *table {
	t := &table{ids: make(map[string]wordID, 8192), classes: make([]class, 1, 8192)}
	for _, c := range wordClasses {
		for w := range strings.FieldsSeq(c.words) {
			t.classes[t.id(w)] |= c.class
		}
	}
	b := newBuilder(t)
	for _, lists := range [][]list{vagueLists, hedgeLists, contextLists, relativeLists, quantityLists, placeholderLists, unknownLists} {
		for _, l := range lists {
			n := t.entry(entry{rule: l.rule, grade: l.grade, hint: l.hint, guard: l.guard})
			for phrase := range strings.SplitSeq(strings.ReplaceAll(l.text, ";", "\n"), "\n") {
				b.add(phrase, n)
			}
		}
	}
	b.addNames()
	b.build()
	t.products = indexNames(b.products)
	return t
})

func (t *table) entry(e entry) int32 {
	t.entries = append(t.entries, e)
	return int32(len(t.entries) - 1)
}

func (t *table) id(w string) wordID {
	if id, ok := t.ids[w]; ok {
		return id
	}
	id := wordID(len(t.classes))
	t.ids[w] = id
	t.classes = append(t.classes, 0)
	return id
}

// lookup returns the number of a token's text in lower case.
func (t *table) lookup(s string) wordID {
	var buf [64]byte
	if len(s) > len(buf) {
		return 0
	}
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 {
			return t.ids[strings.ReplaceAll(strings.ToLower(s), "’", "'")]
		}
		if isUpperByte(c) {
			c |= 0x20
		}
		buf[i] = c
	}
	return t.ids[string(buf[:len(s)])]
}

// hit is a phrase met in a text: tokens from to before to.
type hit struct {
	text     int32
	from, to int32
	entry    int32
}

// match walks the automaton over the tokens of one text and adds all that it meets, by rule: ordered by where it begins,
// then longest first.
func (t *table) match(text int32, s string, tokens []Token, hits *[rules][]hit) {
	var met []hit
	for i := range tokens {
		tok := &tokens[i]
		var state int32
		switch {
		case tok.word != 0:
			state = t.roots[tok.word]
		case tok.shape&hyphened != 0 && tok.Kind == Word:
			state = t.hyphenated(s[tok.Start:tok.End])
		}
		met = met[:0]
		for j := i + 1; state != 0; j++ {
			for _, e := range t.ends[state] {
				met = append(met, hit{text, int32(i), int32(j), e})
			}
			if j == len(tokens) || tokens[j].word == 0 || tokens[j].first {
				break
			}
			state = t.next[uint64(state)<<16|uint64(tokens[j].word)]
		}
		for _, h := range slices.Backward(met) {
			r := t.entries[h.entry].rule
			hits[r] = append(hits[r], h)
		}
	}
}

// hyphenated returns the state after the parts of a compound, so that "end-of-day" is "end of day".
func (t *table) hyphenated(s string) int32 {
	var state int32
	for first := true; ; first = false {
		part, rest, more := strings.Cut(s, "-")
		id := t.lookup(part)
		switch {
		case id == 0:
			return 0
		case first:
			state = t.roots[id]
		default:
			state = t.next[uint64(state)<<16|uint64(id)]
		}
		if state == 0 || !more {
			return state
		}
		s = rest
	}
}
