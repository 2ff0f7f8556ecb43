package lexicon_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/internal/lexicon"
)

// The floors that the test half holds, and the sizes that make them mean something.
const (
	precisionFloor = 0.95
	recallFloor    = 0.85
	minPositive    = 15
	minNegative    = 30
)

// sentence is one labelled line of the corpus: "+<TAB>sentence<TAB>expected span" or "-<TAB>sentence".
type sentence struct {
	line       int
	positive   bool
	text, span string
	terms      lexicon.Terms
	imperative bool
}

// readCorpus reads a file of labelled sentences. Lines "@names=", "@glossary=", "@acronyms=" and "@imperative=" hold for
// the sentences after them.
func readCorpus(t *testing.T, path, rule string) []sentence {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []sentence
	context := sentence{imperative: rule == "LANG-002" || rule == "LANG-008"}
	n := 0
	for line := range strings.SplitSeq(string(text), "\n") {
		n++
		fields := strings.Split(line, "\t")
		switch {
		case strings.TrimSpace(line) == "" || line[0] == '#':
		case line[0] == '@':
			key, value, _ := strings.Cut(line[1:], "=")
			setContext(t, &context, key, value)
		case len(fields) >= 2 && (fields[0] == "+" || fields[0] == "-"):
			s := context
			s.line, s.positive, s.text = n, fields[0] == "+", fields[1]
			if len(fields) > 2 {
				s.span = strings.TrimSpace(fields[2])
			}
			if s.span != "" && !strings.Contains(s.text, s.span) {
				t.Errorf("%s:%d: %q is not in the sentence", path, n, s.span)
			}
			all = append(all, s)
		default:
			t.Errorf("%s:%d: %q is no labelled sentence", path, n, line)
		}
	}
	return all
}

func setContext(t *testing.T, s *sentence, key, value string) {
	t.Helper()
	list := func(sep string) []string {
		var all []string
		for part := range strings.SplitSeq(value, sep) {
			if part = strings.TrimSpace(part); part != "" {
				all = append(all, part)
			}
		}
		return all
	}
	switch strings.TrimSpace(key) {
	case "names":
		s.terms.Names = list(",")
	case "acronyms", "allowed", "environments":
		s.terms.Acronyms = list(",")
	case "glossary":
		s.terms.Glossary = nil
		sep := ","
		if strings.Contains(value, ";") {
			sep = ";"
		}
		for _, entry := range list(sep) {
			short, long, _ := strings.Cut(entry, ":")
			s.terms.Glossary = append(s.terms.Glossary, lexicon.Definition{Acronym: strings.TrimSpace(short), Expansion: strings.TrimSpace(long)})
		}
	case "imperative":
		s.imperative = strings.TrimSpace(value) == "true"
	default:
		t.Errorf("unknown context %q", key)
	}
}

// score is how a detector did on a file.
type score struct {
	truePositive, falsePositive, positives, negatives int
}

// wilson is the 95% interval of a proportion (E. B. Wilson, Probable inference, the law of succession, and statistical
// inference, JASA 1927).
func wilson(hits, n int) (share, low, high float64) {
	if n == 0 {
		return 0, 0, 1
	}
	const z = 1.959964
	p, m := float64(hits)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return p, middle - half, middle + half
}

func (s score) precision() (p, low, high float64) {
	return wilson(s.truePositive, s.truePositive+s.falsePositive)
}

func (s score) recall() (r, low, high float64) { return wilson(s.truePositive, s.positives) }

func (s score) String() string {
	p, plow, phigh := s.precision()
	r, rlow, rhigh := s.recall()
	return fmt.Sprintf("n %2d+ %3d−  precision %.3f [%.3f, %.3f]  recall %.3f [%.3f, %.3f]",
		s.positives, s.negatives, p, plow, phigh, r, rlow, rhigh)
}

// measure runs one detector over the sentences, each a document of its own. A positive counts as found if a span is
// reported that overlaps the expected one, if that is given.
func measure(t *testing.T, detect lexicon.Detector, sentences []sentence) score {
	t.Helper()
	var sc score
	for _, s := range sentences {
		doc := lexicon.Read([]lexicon.Source{{Path: "text", Text: s.text, Imperative: s.imperative}}, s.terms)
		found := detect.Find(doc)
		if !s.positive {
			sc.negatives++
			if len(found) > 0 {
				sc.falsePositive++
				t.Logf("line %d: %q found in a negative: %s", s.line, found[0].Term, s.text)
			}
			continue
		}
		sc.positives++
		at := strings.Index(s.text, s.span)
		hit := false
		for _, f := range found {
			hit = hit || s.span == "" || f.Start < at+len(s.span) && at < f.End
		}
		if hit {
			sc.truePositive++
			continue
		}
		t.Logf("line %d: missed in a positive: %s", s.line, s.text)
	}
	return sc
}

// TestCorpus measures every detector on both halves of the corpus and holds the floors on the half that the authors of
// the lists did not write.
func TestCorpus(t *testing.T) {
	for _, half := range []string{"train", "test"} {
		t.Run(half, func(t *testing.T) {
			for _, d := range lexicon.Detectors() {
				t.Run(d.Rule, func(t *testing.T) {
					sentences := readCorpus(t, filepath.Join("testdata", half, d.Rule+".txt"), d.Rule)
					sc := measure(t, d, sentences)
					t.Logf("%s %s", d.Rule, sc)
					if sc.positives < minPositive || sc.negatives < minNegative {
						t.Errorf("too few sentences to judge: %d+ %d−", sc.positives, sc.negatives)
					}
					if p, _, _ := sc.precision(); p < precisionFloor {
						t.Errorf("precision %.3f is below %.2f", p, precisionFloor)
					}
					if r, _, _ := sc.recall(); r < recallFloor {
						t.Errorf("recall %.3f is below %.2f", r, recallFloor)
					}
				})
			}
		})
	}
}
