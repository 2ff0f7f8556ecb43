package lexicon

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/edits"
)

// NearNames finds what is nearly the name of a component or service, but is not it (SPL-002): at most two edits away,
// one for short names and plain words. Ordinary words, other known names, and names that differ in a number or in what
// kind of component they are ("orders-api", "orders-app") are left alone.
func (d *Document) NearNames() []Found {
	if len(d.terms.Names) == 0 {
		return nil
	}
	names := indexNames(d.terms.Names)
	seen := map[string]string{} // token to name, "" for none
	var all []Found
	for text := range d.sources {
		s := d.sources[text].Text
		for i, t := range d.Tokens(text) {
			if t.Kind != Word && t.Kind != Identifier || t.word != 0 && t.shape&hyphened == 0 || t.End-t.Start < 5 || t.End-t.Start > maxName ||
				t.End-t.Start < 6 && t.Kind == Word && t.shape&(hyphened|innerUpper) == 0 {
				continue
			}
			token := s[t.Start:t.End]
			name, ok := seen[token]
			if !ok {
				name = names.near(token)
				seen[token] = name
			}
			if name == "" || t.first && strings.EqualFold(token, name) && token[1:] == name[1:] {
				continue
			}
			all = append(all, d.found(text, i, i+1, Error, name))
		}
	}
	return all
}

const maxName = 64 // bytes; longer tokens are no names

// names is the known names by length and first letter, and by length and last letter: two edits rarely hit both ends.
type names struct {
	exact   map[string]string // lower case to name
	buckets map[uint32][]nameEntry
}

type nameEntry struct {
	lower, name string
	letters     uint64
	plain       bool // an ordinary word in lower case
}

func indexNames(list []string) names {
	n := names{map[string]string{}, map[uint32][]nameEntry{}}
	for _, name := range list {
		name, plain := strings.CutSuffix(name, "~")
		lower := strings.ToLower(name)
		if n.exact[lower] != "" && n.exact[lower] != name || lower == "" || len(lower) > maxName {
			continue
		}
		n.exact[lower] = name
		e := nameEntry{lower, name, letters(lower), plain}
		for _, key := range keys(lower, len(lower)) {
			n.buckets[key] = append(n.buckets[key], e)
		}
	}
	return n
}

func keys(s string, length int) [2]uint32 {
	return [2]uint32{uint32(length)<<8 | uint32(s[0]), 1<<16 | uint32(length)<<8 | uint32(s[len(s)-1])}
}

// letters is the set of letters and digits of a text in lower case.
func letters(s string) uint64 {
	var set uint64
	for i := range len(s) {
		set |= 1 << (s[i] & 63)
	}
	return set
}

// near returns the name that the token nearly is, "" if none or if it is one.
func (n names) near(token string) string {
	lower := strings.ToLower(token)
	if name := n.exact[lower]; name != "" {
		if name == token || !structured(name) {
			return "" // "Checkout" may begin a sentence or a title
		}
		return name
	}
	set := letters(lower)
	best, distance := "", 3
	for length := len(lower) - 2; length <= len(lower)+2; length++ {
		for _, key := range keys(lower, length) {
			for _, e := range n.buckets[key] {
				if bits.OnesCount64(e.letters^set) > 4 {
					continue
				}
				most := allowed(token, e.name)
				if most == 0 {
					continue
				}
				got := edits.Distance(lower, e.lower, 3)
				if got <= most && (got < distance || got == distance && e.name < best) && !another(lower, e.lower) {
					best, distance = e.name, got
				}
			}
		}
	}
	return best
}

// product returns the product whose name the unknown word nearly is, "" if none: two neighbours swapped; or one other
// edit, if the name is so long or so spelt that no other word is as near.
func (n names) product(token string) string {
	lower := strings.ToLower(token)
	capitals := lower != token
	if !capitals && len(token) < 8 {
		return ""
	}
	set := letters(lower)
	for length := len(lower) - 1; length <= len(lower)+1; length++ {
		for _, key := range keys(lower, length) {
			for _, e := range n.buckets[key] {
				if bits.OnesCount64(e.letters^set) <= 2 && e.nearly(lower, capitals) {
					return e.name
				}
			}
		}
	}
	return ""
}

func (e nameEntry) nearly(lower string, capitals bool) bool {
	if len(lower) == len(e.lower) && e.letters == letters(lower) && edits.Distance(lower, e.lower, 2) == 1 {
		return capitals || !e.plain
	}
	long := len(e.name) >= 7 || len(e.name) == 6 && shapeOf(e.name).camel()
	if e.plain {
		long = len(e.name) >= 9 && capitals
	}
	return long && lower[0] == e.lower[0] && !inflected(lower, e.lower) && edits.Distance(lower, e.lower, 2) == 1
}

// structured reports a name that no ordinary word looks like.
func structured(s string) bool {
	return strings.ContainsAny(s, "-_.0123456789") || shapeOf(s).camel()
}

// allowed returns how many edits may part a token and a name: two for long structured ones, one for shorter ones and
// between plain words of seven letters or more, none otherwise.
func allowed(token, name string) int {
	n := min(len(token), len(name))
	switch {
	case structured(name) && n >= 8 && (structured(token) || n >= 9):
		return 2
	case structured(name) && n >= 6 && structured(token):
		return 1
	case !structured(name) && n >= 7 && !structured(token):
		if token[0]|0x20 != name[0]|0x20 || inflected(strings.ToLower(token), strings.ToLower(name)) {
			return 0
		}
		return 1
	}
	return 0
}

// inflected reports a plural or another form of the same word.
func inflected(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	n := 0
	for n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= len(b)-1 && slices.Contains([]string{"s", "es", "d", "r", "e", "y", "ing", "ed", "er", "or", "n", "t", "l"}, a[n:])
}

// another reports two things that differ in more than spelling: in a number, or in the kind of component.
func another(a, b string) bool {
	cut := func(r rune) bool { return strings.ContainsRune("-_./", r) }
	as, bs := strings.FieldsFunc(a, cut), strings.FieldsFunc(b, cut)
	if len(as) != len(bs) {
		return len(as) > 0 && len(bs) > 0 && numbered(as[len(as)-1]) != numbered(bs[len(bs)-1])
	}
	table := words()
	for i := range as {
		x, y := as[i], bs[i]
		if x == y {
			continue
		}
		if digitsIn(x) != digitsIn(y) {
			return true
		}
		kind := table.classes[table.lookup(x)]&component != 0 && table.classes[table.lookup(y)]&component != 0
		if kind && !inflected(x, y) || min(len(x), len(y)) <= 3 && edits.Distance(x, y, 2) > 1 {
			return true
		}
	}
	return false
}

func numbered(s string) bool { return digitsIn(s) != "" }

func digitsIn(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// compound looks for a name of the rule in the first one or two parts of a compound, or in any part between slashes.
func (v view) compound(r rule) (Found, bool) {
	text := v.at(v.i)
	for at := 0; at < len(text); {
		part, _, _ := strings.Cut(text[at:], "/")
		ends := [3]int{len(part)}
		if n := strings.IndexByte(part, '-'); n > 0 {
			ends[2] = n
			if m := strings.IndexByte(part[n+1:], '-'); m > 0 {
				ends[1] = n + 1 + m
			}
		}
		for _, end := range ends {
			if end == 0 || end == len(text) {
				continue
			}
			if e := v.d.table.name(r, part[:end]); e != nil {
				start := int(v.tokens[v.i].Start) + at
				return Found{v.text, start, start + end, part[:end], e.hint, Error}, true
			}
		}
		at += len(part) + 1
	}
	return Found{}, false
}

// product reports the first word of a product's name that is no ordinary word.
func (t *table) product(w wordID) bool {
	if w == 0 || t.roots[w] == 0 {
		return false
	}
	for _, n := range t.ends[t.roots[w]] {
		if e := &t.entries[n]; e.rule == spelling && !e.plain {
			return true
		}
	}
	return false
}

// name returns the name of the rule of which the word is a wrong spelling, nil if there is none.
func (t *table) name(r rule, word string) *entry {
	state := t.roots[t.lookup(word)]
	if state == 0 {
		return nil
	}
	for _, n := range t.ends[state] {
		if e := &t.entries[n]; e.rule == r && !slices.Contains(e.accepts, word) && (!e.plain || !shapeOf(word).lower()) {
			return e
		}
	}
	return nil
}
