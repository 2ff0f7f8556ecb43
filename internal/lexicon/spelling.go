package lexicon

import "strings"

// Misspelt finds product names in another spelling than their maker's (SPL-001).
func (d *Document) Misspelt() []Found {
	all := d.named(spelling)
	for text := range d.sources {
		for i, t := range d.Tokens(text) {
			if t.Kind != Word || t.word != 0 || t.End-t.Start < 4 || t.End-t.Start > maxName || t.shape&(hyphened|plural) != 0 {
				continue
			}
			v := d.viewAt(text, i, i+1)
			if name := d.table.products.product(v.at(i)); name != "" && !d.known(v.at(i)) && !v.surname() {
				all = append(all, d.found(text, i, i+1, Error, name))
			}
		}
	}
	sortFound(all)
	return all
}

// surname reports a word after an initial: "R. Decker".
func (v view) surname() bool {
	return v.is(v.i-1, ".") && v.i > 1 && v.tokens[v.i-2].End-v.tokens[v.i-2].Start == 1
}

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

// identifier reports a name as programs have them: "dryRun".
func (v view) identifier() bool {
	return v.tokens[v.i].shape.camel() && v.tokens[v.i].shape&capital == 0
}

// uses is all uses of one term.
type uses struct {
	all    []Found
	folded bool // spellings differ, case does not count
	camel  bool // its capitals are its own wherever it stands: it has some within, or is a product's name
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
			stressed := t.shape.upper() && d.table.classes[t.word]&acronym == 0 && !d.table.product(t.word)
			if v.cased() && !stressed || t.shape.title() && d.table.product(t.word) {
				g := yield(strings.ToLower(v.at(i)))
				g.camel = g.camel || t.shape.camel() || d.table.product(t.word)
			}
		}
	}
}

// eachUse adds to the groups every use of their terms, in capitals or not.
func (d *Document) eachUse(groups map[string]*uses) {
	var begins, pairs [256]bool // bytes that a term of one or two words begins with: most words need no look-up
	for key := range groups {
		two := strings.IndexByte(key, ' ') > 0
		begins[key[0]] = begins[key[0]] || !two
		pairs[key[0]] = pairs[key[0]] || two
	}
	for text := range d.sources {
		s, tokens := d.sources[text].Text, d.Tokens(text)
		for i, t := range tokens {
			first := s[t.Start]
			if isUpperByte(first) {
				first |= 0x20
			}
			if t.Kind != Word || !begins[first] && !pairs[first] {
				continue
			}
			v := d.viewAt(text, i, i+1)
			if pairs[first] {
				v.usePair(groups)
			}
			if begins[first] {
				v.useWord(groups)
			}
		}
	}
}

func (v view) usePair(groups map[string]*uses) {
	t := v.tokens[v.i]
	if v.i+1 >= len(v.tokens) || t.shape&innerUpper != 0 || !v.spaced() {
		return
	}
	next := v.tokens[v.i+1]
	if next.Kind != Word || next.first || !next.shape.lower() && !v.capitalPair() {
		return
	}
	term := v.pair()
	if t.shape&capital != 0 && next.shape.lower() { // a sentence begins, or the first word is a name
		term = strings.ToLower(term)
	}
	groups[strings.ToLower(term)].add(v.d, v.text, v.i, v.i+2, term)
}

func (v view) useWord(groups map[string]*uses) {
	t, term := v.tokens[v.i], v.at(v.i)
	switch {
	case t.shape.lower() && v.class(v.i)&homograph == 0:
		groups[term].add(v.d, v.text, v.i, v.i+1, term)
	case t.shape&hasUpper != 0:
		if g := groups[strings.ToLower(term)]; g != nil && (v.cased() || g.camel && t.shape.title()) {
			g.add(v.d, v.text, v.i, v.i+1, term)
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
	if v.tokens[v.i].first && v.class(v.i)&determiner != 0 {
		return false
	}
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
		return t.shape&capital != 0 || v.d.table.product(t.word)
	case t.shape.upper():
		return t.End-t.Start > 2
	case t.shape.title():
		lowerBefore := v.i > 0 && !t.first && v.kind(v.i-1) == Word && (v.tokens[v.i-1].shape.lower() || v.class(v.i-1)&determiner != 0)
		capitalAfter := v.i+1 < len(v.tokens) && !v.tokens[v.i+1].first && (v.tokens[v.i+1].shape&capital != 0 || v.kind(v.i+1) == Number || v.kind(v.i+1) == Identifier)
		return lowerBefore && !capitalAfter
	}
	return false
}
