package packet_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// A hundred published release notes of Kubernetes 1.36, told to customers: each
// error has been read beside its note, and is one.
func TestRealNotes(t *testing.T) {
	raw, err := os.ReadFile("../../../shared/real/kubernetes-1.36/release-notes-draft.json")
	if err != nil {
		t.Skipf("no real notes beside the checkout: %v", err)
	}
	var published map[string]struct{ Text string }
	if err := json.Unmarshal(raw, &published); err != nil {
		t.Fatal(err)
	}
	ids := slices.Sorted(maps.Keys(published))
	p := goodPacket()
	p.Notes.Customers.Changes, p.Plan.Policy.LinkHosts = nil, nil // the policy of another organisation
	for i := range 100 {
		id := ids[i*len(ids)/100]
		p.Notes.Customers = p.Notes.Customers.WithChanges(notes.Change{ID: id, Text: published[id].Text})
	}
	var got []string
	for _, f := range packet.Verify(p, everything()).Findings {
		if f.Severity != check.Error || !f.Path.Within("notes.customers.changes") {
			continue
		}
		for i, c := range p.Notes.Customers.Changes {
			if f.Path.Within(check.Path("notes.customers.changes").Index(i)) {
				got = append(got, fmt.Sprintf("%s %s %s", c.ID, f.Rule, f.Message))
			}
		}
	}
	want := []string{
		`136269 LANG-001 "very": is vague`, // "scheduling many pods very rapidly": how many, how rapidly?
		`136269 LANG-001 "rapidly": is vague`,
		`136269 LANG-007 "many": has no number`,
		`136368 LANG-007 "several": has no number`,           // "Promoted several EndpointSlice metrics": which?
		`137108 LANG-007 "a few": has no number`,             // "Fixed a few log calls"
		`137147 LANG-007 "a large number of": has no number`, // "the cluster has a large number of namespaces": from how many on?
		`138244 LANG-007 "many": has no number`,              // "On systems with many NUMA nodes"
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
