package lexicon

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
)

// builder gathers phrases as a nondeterministic automaton whose state 0 is the start of every phrase, and turns it into
// the deterministic one of the table. Alternatives share their states, so that lists may multiply without cost.
type builder struct {
	t      *table
	edges  []map[wordID][]int32
	accept [][]int32

	products []string // their names of one word, with a tilde where [entry.plain]
}

func newBuilder(t *table) *builder {
	b := &builder{t: t}
	b.state()
	return b
}

func (b *builder) state() int32 {
	b.edges = append(b.edges, nil)
	b.accept = append(b.accept, nil)
	return int32(len(b.edges) - 1)
}

// add adds a phrase, in which (a|b c|) stands for a, for b c, or for nothing.
func (b *builder) add(phrase string, entry int32) {
	from := []int32{0}
	for phrase = strings.TrimSpace(phrase); phrase != ""; phrase = strings.TrimSpace(phrase) {
		if phrase[0] == '(' {
			group, rest, _ := strings.Cut(phrase[1:], ")")
			from, phrase = b.choose(from, group), rest
			continue
		}
		n := strings.IndexAny(phrase, " (")
		if n < 0 {
			n = len(phrase)
		}
		to := b.state()
		b.connect(from, phrase[:n], to)
		from, phrase = []int32{to}, phrase[n:]
	}
	for _, s := range from {
		if s != 0 {
			b.accept[s] = append(b.accept[s], entry)
		}
	}
}

// choose adds the alternatives of a group after the states from; it returns the states after them.
func (b *builder) choose(from []int32, group string) []int32 {
	end := b.state()
	after := []int32{end}
	for choice := range strings.SplitSeq(group, "|") {
		parts := strings.Fields(choice)
		if len(parts) == 0 {
			after = append(after, from...)
			continue
		}
		at := from
		for i, w := range parts {
			to := end
			if i < len(parts)-1 {
				to = b.state()
			}
			b.connect(at, w, to)
			at = []int32{to}
		}
	}
	return after
}

func (b *builder) connect(from []int32, word string, to int32) {
	id := b.t.id(strings.TrimSuffix(word, "'s")) // the scanner cuts it too
	for _, s := range from {
		if b.edges[s] == nil {
			b.edges[s] = map[wordID][]int32{}
		}
		b.edges[s][id] = append(b.edges[s][id], to)
	}
}

// addNames adds the names of products and frameworks, and the terms that are spelt in several accepted ways.
//
// A line is the right spellings, parted by slashes, the first being advised; then after a colon further wrong ones.
// Every other letter case of a right one is wrong too, but for lower case where a tilde says that it is
// ordinary words.
func (b *builder) addNames() {
	for _, l := range []struct {
		rule rule
		text string
	}{{spelling, productNames}, {framework, frameworkNames}} {
		for line := range strings.SplitSeq(l.text, "\n") {
			right, wrong, _ := strings.Cut(line, ":")
			right, plain := strings.CutSuffix(strings.TrimSpace(right), "~")
			if right == "" {
				continue
			}
			accepts := strings.Split(strings.TrimSpace(right), "/")
			e := entry{rule: l.rule, hint: accepts[0], guard: unlessSpelt, accepts: accepts, plain: plain}
			if l.rule == spelling && !strings.ContainsAny(accepts[0], " .0123456789") && len(accepts[0]) > 3 {
				name := accepts[0]
				if plain {
					name += "~"
				}
				b.products = append(b.products, name)
			}
			n := b.t.entry(e)
			phrases := append(slices.Clone(accepts), strings.Split(wrong, ",")...)
			if l.rule == framework {
				phrases = append(phrases, joinings(accepts[0])...)
			}
			for _, phrase := range phrases {
				b.add(strings.ToLower(phrase), n)
			}
			if plain {
				b.t.classes[b.t.id(strings.ToLower(accepts[0]))] |= homograph
			}
		}
	}
	for line := range strings.SplitSeq(variantNames, "\n") {
		n := b.t.entry(entry{rule: variant, hint: line, guard: view.identifier})
		for way := range strings.SplitSeq(line, "/") {
			b.add(strings.ToLower(way), n)
		}
	}
}

// joinings returns what people make of the space in "SOC 2" and "PCI DSS".
func joinings(name string) []string {
	head, tail, ok := strings.Cut(name, " ")
	if !ok {
		return nil
	}
	return []string{head + tail, head + "-" + tail, head + "_" + tail}
}

// build makes the table's automaton by the subset construction. State 0 of it is the start, which nothing leads back to.
func (b *builder) build() {
	t := b.t
	t.roots, t.next, t.ends = make([]int32, len(t.classes)), make(map[uint64]int32, 4*len(b.edges)), [][]int32{nil}
	numbers := map[string]int32{}
	sets := [][]int32{{0}}
	for n := 0; n < len(sets); n++ {
		moves := map[wordID][]int32{}
		for _, s := range sets[n] {
			for w, to := range b.edges[s] {
				moves[w] = append(moves[w], to...)
			}
		}
		for _, w := range slices.Sorted(maps.Keys(moves)) {
			set := moves[w]
			slices.Sort(set)
			set = slices.Compact(set)
			key := setKey(set)
			to, ok := numbers[key]
			if !ok {
				to = int32(len(sets))
				numbers[key] = to
				sets = append(sets, set)
				t.ends = append(t.ends, b.accepted(set))
			}
			if n == 0 {
				t.roots[w] = to
			} else {
				t.next[uint64(n)<<16|uint64(w)] = to
			}
		}
	}
}

func setKey(set []int32) string {
	key := make([]byte, 0, 4*len(set))
	for _, s := range set {
		key = binary.LittleEndian.AppendUint32(key, uint32(s))
	}
	return string(key)
}

// accepted returns the entries that end in a set of states, as the lists order them.
func (b *builder) accepted(set []int32) []int32 {
	var all []int32
	for _, s := range set {
		all = append(all, b.accept[s]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
