package gates_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
)

// unpinned is the stored scene, of whose facts some were made with the override
// for development.
func unpinned() scene {
	s := storedScene()
	s.facts = slices.Clone(s.facts)
	for i := range s.facts {
		s.facts[i].Program.Trust = fact.Unpinned
	}
	return s
}

// Every decision says which connectors nobody pinned, also one that does not
// look at their facts, and the verdict is another matter.
func TestDecisionsSayWhatIsUnpinned(t *testing.T) {
	s := unpinned()
	want := fact.NewSet(s.facts...).Unpinned()
	if len(want) == 0 {
		t.Fatal("nothing in the scene is unpinned")
	}
	d := s.decide()
	if diff := cmp.Diff(want, d.Unpinned); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, g := range d.Gates {
		if diff := cmp.Diff(want, g.Unpinned); diff != "" {
			t.Errorf("%s (-want +got):\n%s", g.Gate, diff)
		}
		g.Unpinned[0] = "changed"
	}
	if d.Unpinned[0] == "changed" {
		t.Error("a decision shares its list")
	}
	if line := d.HandOver(s.plan, s.catalog, s.now); !strings.HasSuffix(line, "; development override: "+strings.Join(want, ", ")+" not pinned") {
		t.Errorf("handed over as %q", line)
	}
	if pinned := storedScene().decide(); pinned.Unpinned != nil || pinned.Gates[0].Unpinned != nil || pinned.Verdict() != d.Verdict() {
		t.Errorf("without the override: %v, %v", pinned.Unpinned, pinned.Verdict())
	}
}

// The mark is a part of the record: it is replayed, and nobody takes it off.
func TestUnpinnedIsReplayed(t *testing.T) {
	s := unpinned()
	r := record(t, s)
	opts := &gates.ReplayOptions{Custom: s.custom}
	d, err := gates.Replay(r, opts)
	if err != nil || len(d.Unpinned) == 0 {
		t.Fatalf("%v, unpinned %q", err, d.Unpinned)
	}
	for name, without := range map[string]func(*gates.Decisions){
		"decisions": func(d *gates.Decisions) { d.Unpinned = nil },
		"a gate":    func(d *gates.Decisions) { d.Gates[0].Unpinned = nil },
	} {
		for _, engine := range []string{gates.Engine, "tidegate.decision/0"} {
			opts.Engine = engine
			var changed gates.Decisions
			if err := strictjson.Decode(r.Decisions, &changed, nil); err != nil {
				t.Fatal(err)
			}
			changed.Engine = engine
			same := r
			same.Decisions = encode(t, changed)
			without(&changed)
			stripped := r
			stripped.Decisions = encode(t, changed)
			if bytes.Equal(same.Decisions, stripped.Decisions) {
				t.Fatal("nothing was taken off")
			}
			if _, err := gates.Replay(same, opts); err != nil {
				t.Errorf("%s, engine %s, as it was: %v", name, engine, err)
			}
			if _, err := gates.Replay(stripped, opts); err == nil {
				t.Errorf("%s, engine %s: replayed without the mark", name, engine)
			}
		}
	}
}
