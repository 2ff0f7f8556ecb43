package lexicon_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/lexicon"
)

// realNotes returns the published release notes of Kubernetes 1.36, ordered by the id of their pull request.
func realNotes(t *testing.T) []lexicon.Source {
	t.Helper()
	raw, err := os.ReadFile("../../../shared/real/kubernetes-1.36/release-notes-draft.json")
	if err != nil {
		t.Skipf("no real notes beside the checkout: %v", err)
	}
	var notes map[string]struct{ Text string }
	if err := json.Unmarshal(raw, &notes); err != nil {
		t.Fatal(err)
	}
	var all []lexicon.Source
	for _, id := range slices.Sorted(maps.Keys(notes)) {
		all = append(all, lexicon.Source{Path: id, Text: notes[id].Text})
	}
	return all
}

// TestRealNotes compares the findings that weigh an error in 100 of the notes with those that were read and are not in
// dispute: each is a vague word, a quantity without a number, or an acronym that the notes expand nowhere.
func TestRealNotes(t *testing.T) {
	notes := realNotes(t)
	random := rand.New(rand.NewPCG(1, 36))
	random.Shuffle(len(notes), func(i, j int) { notes[i], notes[j] = notes[j], notes[i] })
	notes = notes[:min(100, len(notes))]
	slices.SortFunc(notes, func(a, b lexicon.Source) int { return strings.Compare(a.Path, b.Path) })
	doc := lexicon.Read(notes, lexicon.Terms{})
	var got []string
	for _, d := range lexicon.Detectors() {
		for _, f := range d.Find(doc) {
			if f.Grade == lexicon.Error {
				got = append(got, fmt.Sprintf("%s %s %q", d.Rule, notes[f.Source].Path, f.Term))
			}
		}
	}
	want := []string{
		`LANG-001 135511 "significantly"`,
		`LANG-001 136954 "In the future"`,
		`LANG-001 137145 "if desired"`,
		`LANG-003 134290 "KCM"`,
		`LANG-003 137170 "DRA"`, // expanded only in a note that is not in the sample
		`LANG-003 137346 "CEL"`,
		`LANG-003 137555 "NRI"`,
		`LANG-003 138035 "CDI"`,
		`LANG-007 135511 "many"`,
		`LANG-007 137108 "a few"`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("errors in real notes (-read +got):\n%s", d)
	}
}
