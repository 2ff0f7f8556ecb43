// Package lexicon reads the prose of a release document once and finds in it what the language rules forbid: vague
// words, hedges, undefined acronyms, relative dates, misspelt names, dates that cannot be.
//
// [Read] splits every text into tokens with byte offsets, looks each word up once and walks one table of all phrases of
// all rules, so that a detector only looks at what was met. Code spans, link targets and URLs are tokens that no word
// rule reads. Everything is a pure function of its arguments; a [Document] may be read by several goroutines.
//
// The detectors are heuristics, so they are measured: testdata holds labelled sentences, one half of them written
// without knowledge of the lists, and the test prints precision and recall of every rule.
//
// # Sources of the word lists
//
// The lists were started from npm packages under the MIT licence, pruned to what a release document must not say, and
// completed with phrases of the trade: weasel-words 0.1.1 (Duncan Beevers), weasels 2.0.1, hedges 2.0.1, fillers 2.0.1
// and buzzwords 1.4.0 (Titus Wormer). Words with a lawful use there ("about", "all", "only", "own", "up") are left out
// or guarded by their neighbours.
package lexicon

import (
	"cmp"
	"iter"
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
)

// Grade is how much a term weighs. The zero value is the strict one.
type Grade uint8

// The grades.
const (
	Error   Grade = iota // nobody can act on it, or it is wrong
	Warning              // vague in most places, lawful in some
	Info                 // a matter of style
)

var gradeNames = []string{"error", "warning", "info"}

// String returns "error", "warning" or "info".
func (g Grade) String() string { return enum.String("grade", gradeNames, g) }

// Source is one prose field.
type Source struct {
	Path       string
	Text       string
	Imperative bool // it tells somebody what to do: a gate, a checklist item
}

// Definition is an acronym and what it stands for.
type Definition struct {
	Acronym, Expansion string
}

// Terms is what a document may presuppose.
type Terms struct {
	Names    []string     // components and services as they are spelt
	Glossary []Definition // terms that the document defines outside of its prose
	Acronyms []string     // further ones that need no definition: environments, projects
}

// Found is a term that a rule forbids.
type Found struct {
	Source     int    // index of the source
	Start, End int    // bytes of its text
	Term       string // the text there
	Suggest    string // what to write instead, or how to find it; "" if that is plain
	Grade      Grade
}

// Document is texts with their tokens and what was met in them, read once for all detectors.
type Document struct {
	sources []Source
	terms   Terms
	tokens  []Token
	bounds  []int32         // tokens of source i are tokens[bounds[i]:bounds[i+1]]
	names   map[string]bool // of terms
	hits    [rules][]hit
	dates   []date
	// dates of source i begin at dateBounds[i]
	dateBounds []int32
	table      *table
}

// Read tokenises the sources and meets them with the word lists.
func Read(sources []Source, terms Terms) *Document {
	d := &Document{sources: sources, terms: terms, table: words(), bounds: make([]int32, 1, len(sources)+1)}
	d.names = make(map[string]bool, len(terms.Names))
	for _, name := range terms.Names {
		d.names[name] = true
	}
	size := 0
	for _, s := range sources {
		size += len(s.Text)
	}
	sc := scanner{tokens: make([]Token, 0, size/5+len(sources))}
	for i, s := range sources {
		sc.s, sc.i, sc.begins, sc.unclosed, sc.comments = s.Text, 0, true, 0, false
		from := len(sc.tokens)
		sc.run()
		tokens := sc.tokens[from:]
		for j := range tokens {
			if t := &tokens[j]; t.Kind == Word || t.Kind == Identifier || t.Kind == Number {
				t.word = d.table.lookup(s.Text[t.Start:t.End])
			}
		}
		d.table.match(int32(i), s.Text, tokens, &d.hits)
		d.bounds = append(d.bounds, int32(len(sc.tokens)))
	}
	d.tokens = sc.tokens
	for i := range sources {
		d.readDates(i)
	}
	return d
}

// Len returns the number of sources.
func (d *Document) Len() int { return len(d.sources) }

// Source returns source i.
func (d *Document) Source(i int) Source { return d.sources[i] }

// Tokens returns the tokens of source i; they must not be modified.
func (d *Document) Tokens(i int) []Token { return d.tokens[d.bounds[i]:d.bounds[i+1]] }

// found makes a finding of the tokens from to before to of a text.
func (d *Document) found(text, from, to int, grade Grade, suggest string) Found {
	tokens := d.Tokens(text)
	start, end := int(tokens[from].Start), int(tokens[to-1].End)
	return Found{text, start, end, d.sources[text].Text[start:end], suggest, grade}
}

// listed returns what was met of a rule's phrases and is not spared by their guards.
func (d *Document) listed(r rule) []Found {
	var all []Found
	for v := range d.met(r) {
		all = append(all, d.found(v.text, v.i, v.j, v.entry.grade, v.entry.hint))
	}
	return all
}

// met yields what was met of a rule's phrases and is not spared by their guards; where they overlap, the first and
// longest.
func (d *Document) met(r rule) iter.Seq[view] {
	return func(yield func(view) bool) {
		text, end := int32(-1), int32(0)
		for _, h := range d.hits[r] {
			if h.text == text && h.from < end {
				continue
			}
			v := d.view(h)
			if v.entry.guard != nil && v.entry.guard(v) || r < placeholder && v.mentioned() {
				continue
			}
			text, end = h.text, h.to
			if !yield(v) {
				return
			}
		}
	}
}

// rule numbers the rules whose phrases stand in the table.
type rule uint8

const (
	vague rule = iota
	hedge
	contextual
	relative
	quantity
	placeholder
	unknown
	spelling
	framework
	variant // one of several accepted spellings of one term
	rules
)

// Detector finds what one rule of the catalogue forbids.
type Detector struct {
	Rule string // the rule's id: "LANG-001"
	Find func(*Document) []Found
}

// Detectors returns the detectors, by rule id. What they return is ordered by source and offset.
func Detectors() []Detector {
	return []Detector{
		{"ISS-007", (*Document).UnnumberedUnknowns},
		{"LANG-001", (*Document).Vague},
		{"LANG-002", (*Document).Hedges},
		{"LANG-003", (*Document).UndefinedAcronyms},
		{"LANG-004", (*Document).AmbiguousAcronyms},
		{"LANG-005", (*Document).ExternalContext},
		{"LANG-006", (*Document).RelativeDates},
		{"LANG-007", (*Document).Unquantified},
		{"LANG-008", (*Document).Ownerless},
		{"LANG-009", (*Document).Placeholders},
		{"MS-014", (*Document).WrongWeekdays},
		{"MS-015", (*Document).ImpossibleDates},
		{"SPL-001", (*Document).Misspelt},
		{"SPL-002", (*Document).NearNames},
		{"SPL-003", (*Document).MisspeltFrameworks},
		{"SPL-004", (*Document).MixedCasing},
		{"TIME-001", (*Document).ForeignDates},
	}
}

// sortFound orders findings by source and offset.
func sortFound(all []Found) {
	slices.SortStableFunc(all, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
}
