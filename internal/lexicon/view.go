package lexicon

import "strings"

// guard reports whether what was met is lawful where it stands.
type guard func(v view) bool

// view is tokens i to before j of a text with their neighbours.
type view struct {
	d      *Document
	text   int
	s      string
	tokens []Token
	i, j   int
	entry  *entry // what was met there; nil if no phrase was
}

func (d *Document) view(h hit) view {
	v := d.viewAt(int(h.text), int(h.from), int(h.to))
	v.entry = &d.table.entries[h.entry]
	return v
}

func (d *Document) viewAt(text, i, j int) view {
	return view{d: d, text: text, s: d.sources[text].Text, tokens: d.Tokens(text), i: i, j: j}
}

// at returns token k's text, "" outside of the sentence's text.
func (v view) at(k int) string {
	if k < 0 || k >= len(v.tokens) {
		return ""
	}
	return v.s[v.tokens[k].Start:v.tokens[k].End]
}

// is reports whether token k is one of the words, in any case.
func (v view) is(k int, words ...string) bool {
	t := v.at(k)
	for _, w := range words {
		if t != "" && strings.EqualFold(t, w) {
			return true
		}
	}
	return false
}

// next and before compare the token after and before what was met, within its sentence.
func (v view) next(words ...string) bool {
	return v.j < len(v.tokens) && !v.tokens[v.j].first && v.is(v.j, words...)
}

func (v view) before(words ...string) bool {
	return v.i > 0 && !v.tokens[v.i].first && v.is(v.i-1, words...)
}

// class returns the classes of token k.
func (v view) class(k int) class {
	if k < 0 || k >= len(v.tokens) {
		return 0
	}
	return v.d.table.classes[v.tokens[k].word]
}

// nextIs and beforeIs ask for a class.
func (v view) nextIs(c class) bool {
	return v.j < len(v.tokens) && !v.tokens[v.j].first && v.class(v.j)&c != 0
}

func (v view) beforeIs(c class) bool { return v.i > 0 && !v.tokens[v.i].first && v.class(v.i-1)&c != 0 }

// kind returns the kind of token k, Mark outside of the text.
func (v view) kind(k int) Kind {
	if k < 0 || k >= len(v.tokens) {
		return Mark
	}
	return v.tokens[k].Kind
}

// reach is how many tokens a guard looks back and ahead at most: more than a readable sentence has.
const reach = 80

// sentence returns the tokens lo to before hi of the sentence around i.
func (v view) sentence() (lo, hi int) {
	lo, hi = v.i, v.i+1
	for lo > max(0, v.i-reach) && !v.tokens[lo].first {
		lo--
	}
	for hi < min(len(v.tokens), v.i+reach) && !v.tokens[hi].first {
		hi++
	}
	return lo, hi
}

// sentenceHas reports whether a word of the class stands in the sentence.
func (v view) sentenceHas(c class) bool {
	lo, hi := v.sentence()
	for k := lo; k < hi; k++ {
		if v.class(k)&c != 0 {
			return true
		}
	}
	return false
}

// quoted reports whether what was met stands between double quotes.
func (v view) quoted() bool {
	open := false
	for k := max(0, v.i-reach); k < v.i; k++ {
		switch v.at(k) {
		case `"`:
			open = !open
		case "“", "«":
			open = true
		case "”", "»":
			open = false
		}
	}
	if !open {
		return false
	}
	for k := v.j; k < min(len(v.tokens), v.j+reach); k++ {
		if v.is(k, `"`, "”", "»") {
			return true
		}
	}
	return false
}

// named reports whether the word met is part of a name: capitalised within a sentence, beside another capital.
func (v view) named() bool {
	t := v.tokens[v.i]
	if !t.shape.title() {
		return false
	}
	if t.first {
		return v.company()
	}
	next := v.j < len(v.tokens) && !v.tokens[v.j].first && v.tokens[v.j].shape&capital != 0
	last := v.i > 0 && v.tokens[v.i-1].shape&capital != 0 && v.kind(v.i-1) == Word
	return next || last
}

// company reports a name that begins a sentence: more capitals follow, two of them or up to a mark, and they are no
// product's, month's or weekday's: "Many Hands Logistics", "Tomorrow Health, a customer", but not "Many GitHub users".
func (v view) company() bool {
	k := v.j
	for k < len(v.tokens) && !v.tokens[k].first && v.kind(k) == Word && v.tokens[k].shape&capital != 0 {
		k++
	}
	if k == v.j || v.class(v.j)&(weekday|month) != 0 || v.d.table.product(v.tokens[v.j].word) {
		return false
	}
	return k-v.j > 1 || v.is(k, ",")
}

// mentioned reports that the words met are all that stands between double quotes.
func (v view) mentioned() bool { return v.is(v.i-1, `"`, "“") && v.is(v.j, `"`, "”") }
