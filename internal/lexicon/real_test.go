package lexicon_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/tidegate-go/tidegate/internal/lexicon"
)

// realNotes returns the text of the published release notes of Kubernetes 1.36, in order of their pull requests.
func realNotes(t testing.TB) []lexicon.Source {
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
