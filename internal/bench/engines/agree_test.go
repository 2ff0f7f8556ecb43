package engines_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/bench/engines"
)

// TestAgree holds the numbers of the report together: engines that do not
// judge alike cannot be compared. Every criterion of every situation counts.
func TestAgree(t *testing.T) {
	tidegate, peers := engines.NewTidegate(1), newPeers(t)
	chance := rand.New(rand.NewPCG(1, 2))
	situations := []engines.Situation{engines.Healthy(tidegate, 1)}
	for range 600 {
		situations = append(situations, engines.Random(tidegate, chance))
	}
	seen := map[string]map[gates.Outcome]int{}
	for i, s := range situations {
		want := map[string]bool{}
		for _, d := range tidegate.Evaluate(s.Facts).Gates {
			for _, a := range d.Outcomes {
				want[d.Environment+"/"+a.Criterion] = a.Effective == gates.Pass
				if seen[a.Criterion] == nil {
					seen[a.Criterion] = map[gates.Outcome]int{}
				}
				seen[a.Criterion][a.Effective]++
			}
		}
		if len(want) != 40 {
			t.Fatalf("tidegate judges %d criteria, want 40", len(want))
		}
		for name, judge := range peers {
			if diff := cmp.Diff(want, judge(s)); diff != "" {
				t.Fatalf("situation %d: %s judges otherwise (-tidegate +peer):\n%s", i, name, diff)
			}
		}
	}
	for _, c := range engines.Criteria {
		for _, o := range []gates.Outcome{gates.Pass, gates.Fail, gates.Unknown} {
			if seen[c.ID][o] < 20 && (c.Kind != engines.Fresh || o != gates.Fail) {
				t.Errorf("%s came to %s only %d times: the situations do not try it", c.ID, o, seen[c.ID][o])
			}
		}
	}
}

// newPeers returns the engines that have to agree, each telling what passes.
func newPeers(t *testing.T) map[string]func(engines.Situation) map[string]bool {
	t.Helper()
	program, err := engines.NewCEL()
	if err != nil {
		t.Fatal(err)
	}
	data, err := engines.NewRegoData()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := engines.NewRegoRules()
	if err != nil {
		t.Fatal(err)
	}
	rego := func(r *engines.Rego) func(engines.Situation) map[string]bool {
		return func(s engines.Situation) map[string]bool {
			in, err := engines.NewRegoInput(s)
			if err != nil {
				t.Fatal(err)
			}
			set, err := r.Evaluate(in)
			if err != nil {
				t.Fatal(err)
			}
			return passes(func(_ int, id string) bool { return slices.Contains(set, any(id)) })
		}
	}
	return map[string]func(engines.Situation) map[string]bool{
		"CEL": func(s engines.Situation) map[string]bool {
			in, err := engines.NewCELInput(s)
			if err != nil {
				t.Fatal(err)
			}
			pass := make([]bool, len(engines.Environments)*len(engines.Criteria))
			program.Evaluate(in, pass)
			return passes(func(i int, _ string) bool { return pass[i] })
		},
		"Rego with the catalogue as data": rego(data),
		"Rego with a rule each":           rego(rules),
	}
}

func passes(pass func(i int, id string) bool) map[string]bool {
	all := map[string]bool{}
	for _, env := range engines.Environments {
		for _, c := range engines.Criteria {
			id := env + "/" + c.ID
			all[id] = pass(len(all), id)
		}
	}
	return all
}
