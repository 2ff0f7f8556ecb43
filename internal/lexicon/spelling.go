package lexicon

import (
	"slices"
	"strings"
)

// Misspelt finds product names in another spelling than their maker's (SPL-001).
func (d *Document) Misspelt() []Found { return d.named(spelling) }

// MisspeltFrameworks finds compliance frameworks and standards in another spelling (SPL-003).
func (d *Document) MisspeltFrameworks() []Found { return d.named(framework) }

// named returns the names of a rule that are met in a spelling that is not theirs, alone or as the first part of a
// compound: "Github-hosted".
func (d *Document) named(r rule) []Found {
	all := d.listed(r)
	for text := range d.sources {
		tokens := d.Tokens(text)
		for i, t := range tokens {
			if t.shape&hasUpper == 0 || t.word != 0 || t.Kind == Number || t.Kind == Identifier && r != framework {
				continue
			}
			v := d.viewAt(text, i, i+1)
			if d.known(v.at(i)) {
				continue
			}
			if f, ok := v.compound(r); ok {
				all = append(all, f)
			}
		}
	}
	sortFound(all)
	return all
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

// name returns the name of the rule of which the word is a wrong spelling, nil if there is none.
func (t *table) name(r rule, word string) *entry {
	state := t.roots[t.lookup(word)]
	if state == 0 {
		return nil
	}
	for _, n := range t.ends[state] {
		if e := &t.entries[n]; e.rule == r && !slices.Contains(e.accepts, word) && !(e.plain && shapeOf(word).lower()) {
			return e
		}
	}
	return nil
}

// known reports a component's or service's name as it is spelt.
func (d *Document) known(s string) bool { return d.names[s] }

// MixedCasing finds terms that the document writes in two ways (SPL-004), "Argo CD" and "ArgoCD" or "Release Manager"
// and "release manager": every use of the rarer way, or of the later one.
func (d *Document) MixedCasing() []Found {
	groups := map[string]*uses{}
	var order []*uses
	group := func(key string) *uses {
		g := groups[key]
		if g == nil {
			g = &uses{}
			groups[key] = g
			order = append(order, g)
		}
		return g
	}
	for v := range d.met(variant) {
		f := d.found(v.text, v.i, v.j, Warning, "")
		g := group(v.entry.hint)
		g.folded = true
		g.all = append(g.all, f)
	}
	d.eachCapital(group)
	if len(groups) > 0 {
		d.eachUse(groups)
	}
	var all []Found
	for _, g := range order {
		all = append(all, g.rarer()...)
	}
	sortFound(all)
	return all
}

// uses is all uses of one term.
type uses struct {
	all    []Found
	folded bool // spellings differ, case does not count
	camel  bool // it has capitals within, which no sentence's beginning explains
}

// rarer returns the uses that are not in the commonest way, or the first one among equals.
func (u *uses) rarer() []Found {
	count := map[string]int{}
	way := func(f Found) string {
		if u.folded {
			return strings.ToLower(f.Term)
		}
		return f.Term
	}
	best := ""
	for _, f := range u.all {
		count[way(f)]++
	}
	if len(count) < 2 {
		return nil
	}
	for _, f := range u.all {
		if best == "" || count[way(f)] > count[best] {
			best = way(f)
		}
	}
	shown := best
	var rare []Found
	for _, f := range u.all {
		if way(f) == best {
			shown = f.Term
		}
	}
	for _, f := range u.all {
		if way(f) != best {
			f.Suggest = "elsewhere it is “" + shown + "”"
			rare = append(rare, f)
		}
	}
	return rare
}

// eachCapital calls yield with the terms, in lower case, whose capitals no sentence's beginning gave them: words and
// pairs of words.
func (d *Document) eachCapital(yield func(key string) *uses) {
	for text := range d.sources {
		for i, t := range d.Tokens(text) {
			if t.Kind != Word || t.shape&hasUpper == 0 {
				continue
			}
			v := d.viewAt(text, i, i+1)
			if v.capitalPair() {
				yield(strings.ToLower(v.pair()))
			}
			if v.cased() {
				g := yield(strings.ToLower(v.at(i)))
				g.camel = g.camel || t.shape.camel()
			}
		}
	}
}

// eachUse adds to the groups every use of their terms, in capitals or not.
func (d *Document) eachUse(groups map[string]*uses) {
	for text := range d.sources {
		tokens := d.Tokens(text)
		for i, t := range tokens {
			if t.Kind != Word {
				continue
			}
			v := d.viewAt(text, i, i+1)
			if i+1 < len(tokens) && t.shape&innerUpper == 0 && tokens[i+1].Kind == Word && !tokens[i+1].first && v.spaced() && (tokens[i+1].shape.lower() || v.capitalPair()) {
				term := v.pair()
				if t.shape&capital != 0 && tokens[i+1].shape.lower() { // a sentence begins, or the first word is a name
					term = strings.ToLower(term)
				}
				groups[strings.ToLower(term)].add(d, text, i, i+2, term)
			}
			switch {
			case t.shape.lower() && d.table.classes[t.word]&homograph == 0:
				groups[v.at(i)].add(d, text, i, i+1, v.at(i))
			case t.shape&hasUpper != 0:
				if g := groups[strings.ToLower(v.at(i))]; g != nil && (v.cased() || g.camel && t.shape.title()) {
					g.add(d, text, i, i+1, v.at(i))
				}
			}
		}
	}
}

// add adds a use of a term that is compared by case.
func (u *uses) add(d *Document, text, from, to int, term string) {
	if u != nil && !u.folded {
		f := d.found(text, from, to, Warning, "")
		f.Term = term
		u.all = append(u.all, f)
	}
}

// pair returns tokens i and i+1 and what stands between them.
func (v view) pair() string {
	return v.s[v.tokens[v.i].Start:v.tokens[v.i+1].End]
}

// spaced reports white space between token i and the next.
func (v view) spaced() bool {
	return v.tokens[v.i+1].Start > v.tokens[v.i].End && v.s[v.tokens[v.i].End:v.tokens[v.i+1].Start] == " "
}

// capitalPair reports "Release Manager" alone: no third capital makes it a longer name.
func (v view) capitalPair() bool {
	if v.i+1 >= len(v.tokens) || v.kind(v.i+1) != Word || v.tokens[v.i+1].first || !v.tokens[v.i].shape.title() || !v.tokens[v.i+1].shape.title() || !v.spaced() {
		return false
	}
	third := v.i+2 < len(v.tokens) && !v.tokens[v.i+2].first && v.tokens[v.i+2].shape&capital != 0
	last := v.i > 0 && !v.tokens[v.i].first && v.tokens[v.i-1].shape&capital != 0 && !v.tokens[v.i-1].first
	return !third && !last && v.class(v.i)&(weekday|month) == 0 && v.class(v.i+1)&(weekday|month) == 0
}

// cased reports a word whose capitals are its own.
func (v view) cased() bool {
	t := v.tokens[v.i]
	c := v.class(v.i)
	switch {
	case t.shape&(hasDigit|plural) != 0 || c&(common|month|weekday) != 0:
		return false
	case t.shape.camel() && t.shape&hyphened == 0:
		return true
	case t.shape.upper():
		return t.End-t.Start > 2
	case t.shape.title():
		lowerBefore := v.i > 0 && !t.first && v.kind(v.i-1) == Word && (v.tokens[v.i-1].shape.lower() || v.class(v.i-1)&determiner != 0)
		capitalAfter := v.i+1 < len(v.tokens) && !v.tokens[v.i+1].first && (v.tokens[v.i+1].shape&capital != 0 || v.kind(v.i+1) == Number || v.kind(v.i+1) == Identifier)
		return lowerBefore && !capitalAfter
	}
	return false
}
