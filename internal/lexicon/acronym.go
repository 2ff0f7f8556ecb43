package lexicon

import (
	"slices"
	"strings"
	"sync"
)

// expansion is a place where the document says what an acronym stands for.
type expansion struct {
	acronym string
	long    string // as [plainExpansion] has it
	found   Found
}

// UndefinedAcronyms finds the first use of each acronym that the document does not expand and that is neither in the
// glossary nor common in release engineering (LANG-003). Ids, flags, names and emphasised words are no acronyms.
func (d *Document) UndefinedAcronyms() []Found {
	known := map[string]bool{}
	for _, e := range d.expansions() {
		known[e.acronym] = true
	}
	for _, g := range d.terms.Glossary {
		known[singular(g.Acronym)] = true
	}
	for _, a := range d.terms.Acronyms {
		known[a] = true
	}
	for _, name := range d.terms.Names {
		for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return strings.ContainsRune(" -_./", r) }) {
			known[part] = true
		}
	}
	for i := range d.sources {
		d.idPrefixes(i, known)
	}
	var all []Found
	small := d.lowerWords()
	for i := range d.sources {
		d.eachAcronym(i, func(v view, start, end int) {
			short := singular(v.s[start:end])
			if known[short] || v.emphasised() || v.projectKey() || small()[strings.ToLower(v.s[start:end])] {
				return
			}
			known[short] = true
			all = append(all, Found{i, start, end, v.s[start:end], "expand it where it is first used, as in “change advisory board (CAB)”", Error})
		})
	}
	return all
}

// lowerWords returns the words that the document also has in lower case, which in capitals are stressed. They are gathered
// when first asked for: most documents have no acronym to ask about.
func (d *Document) lowerWords() func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		all := map[string]bool{}
		for i, source := range d.sources {
			for _, t := range d.Tokens(i) {
				if n := t.End - t.Start; t.Kind == Word && t.shape.lower() && n > 1 && n < 8 {
					all[source.Text[t.Start:t.End]] = true
				}
			}
		}
		return all
	})
}

// idPrefixes marks the letters of ids: where REL-101 is an id, REL is a project and no acronym.
func (d *Document) idPrefixes(text int, known map[string]bool) {
	s := d.sources[text].Text
	for _, t := range d.Tokens(text) {
		if t.Kind != Identifier || t.shape&(hasUpper|hasDigit) != hasUpper|hasDigit {
			continue
		}
		id := s[t.Start:t.End]
		if n := strings.IndexByte(id, '-'); n > 1 && n+1 < len(id) && isDigitByte(id[n+1]) {
			known[id[:n]] = true
		}
	}
}

// eachAcronym calls yield with the bytes of every run of 2 to 6 capitals that is a word or a part of one, but for the
// listed ones and the words that people write in capitals.
func (d *Document) eachAcronym(text int, yield func(v view, start, end int)) {
	s := d.sources[text].Text
	for i, t := range d.Tokens(text) {
		if t.Kind != Word || t.shape&innerUpper == 0 || d.table.classes[t.word]&(acronym|common) != 0 && t.shape.upper() {
			continue
		}
		start := int(t.Start)
		for part := range strings.SplitSeq(s[t.Start:t.End], "-") {
			end := start + len(part)
			if sh := shapeOf(part); (sh.upper() || sh&plural != 0) && sh&hasDigit == 0 {
				word := singular(part)
				if len(word) >= 2 && len(word) <= 6 && d.table.classes[d.table.lookup(word)]&(acronym|common) == 0 && !d.table.product(d.table.lookup(word)) && !strings.HasSuffix(word, ".") && !stressed(word) {
					yield(d.viewAt(text, i, i+1), start, end)
				}
			}
			start = end + 1
		}
	}
}

// stressed reports the ending of a verb in capitals, "ADDED", and Roman numerals.
func stressed(word string) bool {
	if strings.Trim(word, "IVX") == "" {
		return true
	}
	return len(word) > 4 && (strings.HasSuffix(word, "ED") || strings.HasSuffix(word, "ING"))
}

func singular(s string) string {
	if len(s) > 2 && s[len(s)-1] == 's' {
		return s[:len(s)-1]
	}
	return s
}

// emphasised reports a word among others in capitals, one of which is an ordinary word: "DO NOT MERGE".
func (v view) emphasised() bool {
	for _, k := range [...]int{v.i - 1, v.i + 1} {
		if v.kind(k) == Word && v.tokens[k].shape.upper() && v.class(k)&common != 0 && v.tokens[k].End-v.tokens[k].Start > 1 {
			return v.tokens[v.i].End-v.tokens[v.i].Start > 3
		}
	}
	return v.is(v.i-1, "$") || v.is(v.i+1, "=")
}

// projectKey reports the key of a tracker's project: "Jira REL".
func (v view) projectKey() bool {
	return v.before("jira", "project", "confluence", "space", "key", "board", "boards", "prefix", "queue") && !v.next("team")
}

// AmbiguousAcronyms finds acronyms that the document, or it and the glossary, expand in two ways (LANG-004). It returns
// every expansion that differs from the first.
func (d *Document) AmbiguousAcronyms() []Found {
	first := map[string]string{}
	for _, g := range d.terms.Glossary {
		if a := singular(g.Acronym); first[a] == "" {
			first[a] = plainExpansion(g.Expansion)
		}
	}
	var all []Found
	for _, e := range d.expansions() {
		switch first[e.acronym] {
		case "":
			first[e.acronym] = e.long
		case e.long:
		default:
			f := e.found
			f.Suggest = "it stood for another thing before: use one expansion"
			all = append(all, f)
		}
	}
	return all
}

// plainExpansion makes expansions comparable: case, hyphens, small words, plurals and -ise or -ize do not matter.
func plainExpansion(s string) string {
	var parts []string
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" -‑/\t\n", r) }) {
		w = strings.Trim(w, `"'.,“”`)
		if !smallWord(w) && w != "" {
			parts = append(parts, strings.ReplaceAll(strings.TrimSuffix(w, "s"), "z", "s"))
		}
	}
	return strings.Join(parts, " ")
}

func smallWord(w string) bool {
	return slices.Contains([]string{"of", "the", "and", "for", "to", "in", "on", "a", "an", "&", "at", "with", "by"}, w)
}

// expansions returns the expansions in the order of the document: "change advisory board (CAB)", "CAB (change advisory
// board)", "CAB: change advisory board", "CAB stands for …", "change advisory board, or CAB".
func (d *Document) expansions() []expansion {
	var all []expansion
	for text := range d.sources {
		s := d.sources[text].Text
		for i, t := range d.Tokens(text) {
			sh := t.shape
			if t.Kind != Word || sh&innerUpper == 0 || !sh.upper() && sh&plural == 0 || t.End-t.Start > 8 {
				continue
			}
			v := d.viewAt(text, i, i+1)
			short := singular(s[t.Start:t.End])
			if from, to := v.longForm(short); to > from {
				f := d.found(text, min(from, i), max(to, i+1), Error, "")
				all = append(all, expansion{short, plainExpansion(s[v.tokens[from].Start:v.tokens[to-1].End]), f})
			}
		}
	}
	return all
}

// longForm returns the tokens from and before to that expand the acronym at i.
func (v view) longForm(short string) (from, to int) {
	if v.is(v.i-1, "(", "or", "called", "as", "abbreviated", "hereafter", "short", "“", `"`) {
		k := v.i - 1
		for k > max(0, v.i-8) && v.is(k, "(", "or", "called", "as", "abbreviated", "hereafter", "short", "for", ",", "“", `"`, "known", "to") {
			k--
		}
		if from, to := v.longBefore(short, k+1); to > from {
			return from, to
		}
	}
	k := v.i + 1
	switch {
	case v.is(k, "(", "=", "–", "—", "-", ":", ","):
		k++
	case v.is(k, "stands", "short") && v.is(k+1, "for"):
		k += 2
	case v.is(k, "is") && v.is(k+1, "short") && v.is(k+2, "for"):
		k += 3
	case v.is(k, "means", "denotes", "is", "abbreviates"):
		k++
	default:
		return 0, 0
	}
	for k < v.i+8 && v.is(k, "the", "a", "an", "our", "“", `"`, "i.e.", "for") {
		k++
	}
	return v.longAfter(short, k)
}

// longBefore finds the long form that ends before token end: by initials, else by the letters (Schwartz and Hearst, A
// simple algorithm for identifying abbreviation definitions in biomedical text, PSB 2003).
func (v view) longBefore(short string, end int) (from, to int) {
	most := min(len(short)+5, 2*len(short))
	matched := -1
	for k, n := end-1, 0; k >= 0 && n < most && v.kind(k) == Word && !v.is(k, short); k, n = k-1, n+1 {
		text := v.s[v.tokens[k].Start:v.tokens[end-1].End]
		if spells(short, text) {
			return k, end
		}
		if matched < 0 && n > 0 && abbreviates(short, text) {
			matched = k
		}
		if v.tokens[k].first {
			break
		}
	}
	if matched < 0 {
		return 0, 0
	}
	return matched, end
}

// longAfter finds the long form that begins at token start.
func (v view) longAfter(short string, start int) (from, to int) {
	most := min(len(short)+5, 2*len(short))
	matched := -1
	for k, n := start, 0; n < most && k < len(v.tokens) && v.kind(k) == Word; k, n = k+1, n+1 {
		text := v.s[v.tokens[start].Start:v.tokens[k].End]
		if spells(short, text) {
			return start, k + 1
		}
		if matched < 0 && n > 0 && abbreviates(short, text) {
			matched = k + 1
		}
	}
	return start, matched
}

// spells reports whether the first letters of the words give the acronym, with or without those of the small words.
func spells(short, long string) bool {
	short = strings.ToLower(short)
	return initials(long, false) == short || initials(long, true) == short
}

// initials returns the first letters of the words in lower case, of the small ones if asked.
func initials(s string, small bool) string {
	var b strings.Builder
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" -/\t\n", r) }) {
		if small || !smallWord(w) {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// abbreviates reports whether the letters of short occur in order in long, the first at the start of its first word and
// the last in its last word.
func abbreviates(short, long string) bool {
	short, long = strings.ToLower(short), strings.ToLower(long)
	if long == "" || short[0] != long[0] || len(initials(long, false)) < len(short)-1 {
		return false // "CAB (chaired by V. Rao)"
	}
	i := len(short) - 1
	for j := len(long) - 1; j > 0 && i > 0; j-- {
		if long[j] == ' ' && i == len(short)-1 {
			return false
		}
		if long[j] == short[i] {
			i--
		}
	}
	return i == 0
}
