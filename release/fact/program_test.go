package fact_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
)

func TestUnpinned(t *testing.T) {
	by := func(q fact.Query, trust fact.Trust) fact.Result {
		r := fact.Answer(q, at)
		r.Program.Trust = trust
		return r
	}
	other := fact.NewQuery("alpha", "count", fact.WorkItems())
	failed := fact.AnswerFailure(blockers, at, "timeout", "")
	failed.Program.Trust = fact.Unpinned
	for name, tc := range map[string]struct {
		set  fact.Set
		want []string
	}{
		"none":         {fact.Set{}, nil},
		"others":       {fact.NewSet(by(latency, fact.Unvouched), by(issues, fact.Own), by(other, fact.Pinned)), nil},
		"once, sorted": {fact.NewSet(by(issues, fact.Unpinned), by(other, fact.Unpinned), failed), []string{"alpha", issues.Connector}},
	} {
		if diff := cmp.Diff(tc.want, tc.set.Unpinned()); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

// The zero value is the strict one, and no other trust is read.
func TestTrust(t *testing.T) {
	var p fact.Program
	if p.Trust != fact.Unvouched || p.Trust.String() != "unvouched" {
		t.Error(p.Trust)
	}
	for _, trust := range []fact.Trust{fact.Unpinned, fact.Own, fact.Pinned} {
		text, err := strictjson.Encode(fact.Program{Trust: trust})
		if err != nil {
			t.Fatal(err)
		}
		var back fact.Program
		if err := strictjson.Decode(text, &back, nil); err != nil || back.Trust != trust {
			t.Errorf("%s is read as %v, %v", text, back.Trust, err)
		}
	}
	if err := strictjson.Decode([]byte(`{"trust":"sure"}`), &p, nil); err == nil {
		t.Error("an unknown trust is read")
	}
	if _, err := strictjson.Encode(fact.Program{Trust: 9}); err == nil {
		t.Error("an unknown trust is written")
	}
}
