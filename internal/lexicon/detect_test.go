package lexicon_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/lexicon"
)

// find prints what a rule finds in a document as "source:term→suggestion".
func find(t *testing.T, rule string, terms lexicon.Terms, texts ...string) []string {
	t.Helper()
	var sources []lexicon.Source
	for i, text := range texts {
		sources = append(sources, lexicon.Source{Path: fmt.Sprintf("fields[%d]", i), Text: text, Imperative: true})
	}
	doc := lexicon.Read(sources, terms)
	all := []string{}
	for _, d := range lexicon.Detectors() {
		if d.Rule != rule {
			continue
		}
		for _, f := range d.Find(doc) {
			if got := texts[f.Source][f.Start:f.End]; got != f.Term && !strings.EqualFold(got, f.Term) {
				t.Errorf("term %q stands at %q", f.Term, got)
			}
			all = append(all, fmt.Sprintf("%d:%s→%s", f.Source, f.Term, f.Suggest))
		}
	}
	return all
}

// TestAcrossSources shows what the detectors know of the other sources of a document.
func TestAcrossSources(t *testing.T) {
	names := lexicon.Terms{Names: []string{"orders-api", "billing-api", "billings-api"}}
	expand := "expand it where it is first used, as in “change advisory board (CAB)”"
	for _, c := range []struct {
		name, rule string
		terms      lexicon.Terms
		texts      []string
		want       []string
	}{
		{"the first use is named", "LANG-003", lexicon.Terms{}, []string{"The DRE signs.", "The DRE and the DREs."}, []string{"0:DRE→" + expand}},
		{"expanded later", "LANG-003", lexicon.Terms{}, []string{"The DRE signs.", "DRE: directly responsible engineer."}, nil},
		{"in the glossary", "LANG-003", lexicon.Terms{Glossary: []lexicon.Definition{{Acronym: "DRE", Expansion: "directly responsible engineer"}}}, []string{"The DREs sign."}, nil},
		{"allowed by the host", "LANG-003", lexicon.Terms{Acronyms: []string{"DRE"}}, []string{"The DRE signs."}, nil},
		{"an id elsewhere makes a project", "LANG-003", lexicon.Terms{}, []string{"The RELX board.", "RELX-101 is closed."}, nil},
		{"two expansions in two sources", "LANG-004", lexicon.Terms{}, []string{"CAB: change advisory board", "The customer approval board (CAB) decides."},
			[]string{"1:customer approval board (CAB→it stood for another thing before: use one expansion"}},
		{"the nearest name", "SPL-002", names, []string{"Drain biling-api.", "Drain billing-api and billings-api."}, []string{"0:biling-api→billing-api"}},
		{"a name among the names", "SPL-002", names, []string{"Restart billings-api."}, nil},
		{"no names are known", "SPL-002", lexicon.Terms{}, []string{"Restart order-api."}, nil},
		{"the commoner way wins", "SPL-004", lexicon.Terms{}, []string{"Watch ArgoCD.", "Argo CD syncs.", "Argo CD drifts."}, []string{"0:ArgoCD→elsewhere it is “Argo CD”"}},
		{"a product's name", "SPL-001", lexicon.Terms{}, []string{"Open Garfana or Github."}, []string{"0:Garfana→Grafana", "0:Github→GitHub"}},
		{"a component that is called so", "SPL-001", lexicon.Terms{Names: []string{"Github"}}, []string{"Restart Github."}, nil},
		{"the weekday that it is", "MS-014", lexicon.Terms{}, []string{"Due Wednesday 24th November 2026."}, []string{"0:Wednesday 24th November 2026→that day is a Tuesday"}},
		{"a range has two days", "MS-014", lexicon.Terms{}, []string{"Tuesday 23rd - Friday 26th March 2026"},
			[]string{"0:Tuesday 23rd - Friday 26th March 2026→that day is a Monday", "0:Friday 26th March 2026→that day is a Thursday"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, find(t, c.rule, c.terms, c.texts...), cmpEmpty); d != "" {
				t.Errorf("%s (-want +got):\n%s", c.rule, d)
			}
		})
	}
}

var cmpEmpty = cmp.Transformer("empty", func(s []string) []string { return append([]string{}, s...) })

func TestUnknowns(t *testing.T) {
	for _, c := range []struct {
		text     string
		term     string
		question int
	}{
		{"Owner: TBD (question 3)", "TBD", 3},
		{"Owner: TBD, see question 12.", "TBD", 12},
		{"Owner: TBD (issue 4)", "TBD", 4},
		{"Owner: TBD (question #5)", "TBD", 5},
		{"Owner: TBD", "TBD", 0},
		{"Owner: TBD (question three)", "TBD", 0},
		{"Owner: TBD by the SRE lead, who asks question 3", "TBD", 0},
		{"Owner: TBD (question 999999999999)", "TBD", 0},
		{"The date is to be confirmed.", "to be confirmed", 0},
	} {
		doc := lexicon.Read([]lexicon.Source{{Text: c.text}}, lexicon.Terms{})
		got := doc.Unknowns()
		if len(got) != 1 || got[0].Term != c.term || got[0].Question != c.question {
			t.Errorf("Unknowns(%q) = %+v, want %q of question %d", c.text, got, c.term, c.question)
		}
		if unnumbered := doc.UnnumberedUnknowns(); (len(unnumbered) == 1) != (c.question == 0) {
			t.Errorf("UnnumberedUnknowns(%q) = %+v", c.text, unnumbered)
		}
	}
}

// TestImperative shows that obligations are judged only where somebody is told what to do.
func TestImperative(t *testing.T) {
	const text = "The SRE lead should check it; logs will be archived."
	for _, rule := range []string{"LANG-002", "LANG-008"} {
		i := slices.IndexFunc(lexicon.Detectors(), func(d lexicon.Detector) bool { return d.Rule == rule })
		detect := lexicon.Detectors()[i]
		for _, imperative := range []bool{true, false} {
			doc := lexicon.Read([]lexicon.Source{{Text: text, Imperative: imperative}}, lexicon.Terms{})
			if found := detect.Find(doc); (len(found) == 1) != imperative {
				t.Errorf("%s, imperative %t: %+v", rule, imperative, found)
			}
		}
	}
}

// TestGrades shows that what may describe rather than promise weighs less.
func TestGrades(t *testing.T) {
	doc := lexicon.Read([]lexicon.Source{{Text: "It is fairly safe and usually fast; some users wait."}}, lexicon.Terms{})
	var got []string
	for _, f := range slices.Concat(doc.Vague(), doc.Unquantified()) {
		got = append(got, f.Term+" "+f.Grade.String())
	}
	if d := cmp.Diff([]string{"fairly error", "usually warning", "some warning"}, got); d != "" {
		t.Errorf("grades (-want +got):\n%s", d)
	}
}

// TestDetectors holds what callers build on: one detector a rule, in order, and nothing found in an empty document.
func TestDetectors(t *testing.T) {
	var ids []string
	for _, d := range lexicon.Detectors() {
		ids = append(ids, d.Rule)
		if found := d.Find(lexicon.Read(nil, lexicon.Terms{})); len(found) > 0 {
			t.Errorf("%s finds %v in nothing", d.Rule, found)
		}
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("detectors %v are not sorted or not unique", ids)
	}
}

// TestReadIsShared reads one document from several goroutines, as rules do that run side by side.
func TestReadIsShared(t *testing.T) {
	sources, terms := packet(1)
	doc := lexicon.Read(sources, terms)
	results := make(chan string, 4)
	for range cap(results) {
		go func() {
			var all []string
			for _, d := range lexicon.Detectors() {
				all = append(all, fmt.Sprint(d.Find(doc)))
			}
			results <- strings.Join(all, "\n")
		}()
	}
	first := <-results
	for range cap(results) - 1 {
		if next := <-results; next != first {
			t.Errorf("two readings differ:\n%s\n%s", first, next)
		}
	}
}
