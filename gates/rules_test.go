package gates_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/check"
)

// sound is a catalog in which no rule finds anything.
func sound() gates.Catalog {
	gate := func(g gates.Gate) gates.Gate {
		return g.WithSignOffs(lead).WithEvidence("https://evidence.example.com/1")
	}
	return gates.NewCatalog(
		gate(gates.Entry("staging", gates.AtMost("p95", latency, 450))),
		gate(gates.Exit("staging", gates.None("blockers", blockers))),
		gate(gates.Entry("production", gates.Approved("change", change))),
		gate(gates.Exit("production", gates.Any("either", gates.Done("scope", issues), gates.AtMost("hour", hourly, 450)))),
	).WithEnvironments(gates.Environment{Name: "staging", Tier: gates.PreProduction}, gates.Environment{Name: "production"}).
		WithApprovals(signOffs)
}

func TestRules(t *testing.T) {
	for _, err := range check.Examine(sound, gates.Rules(), nil) {
		t.Error(err)
	}
}

func TestFindings(t *testing.T) {
	tests := []struct {
		name string
		edit func(*gates.Catalog)
		want []string // rule at path
	}{
		{"sound", func(*gates.Catalog) {}, nil},
		{"nothing", func(c *gates.Catalog) { *c = gates.Catalog{} }, []string{"GATE-002 gates"}},
		{"a nested criterion without a test", func(c *gates.Catalog) { c.Gates[3].Criteria[0].Any.Of[1] = gates.Criterion{ID: "hour"} },
			[]string{"GATE-003 gates[3].criteria[0].any.of[1]"}},
		{"a nested id that repeats", func(c *gates.Catalog) { c.Gates[3].Criteria[0].Any.Of[1].ID = "either" },
			[]string{"GATE-022 gates[3].criteria[0].any.of[1].id"}},
		{"a delegate who is the role", func(c *gates.Catalog) { c.Gates[1].SignOffs[0].Delegate = lead.Role },
			[]string{"GATE-006 gates[1].signOffs[0].delegate"}},
		{"approvals that are something else", func(c *gates.Catalog) { c.Approvals[0] = issues },
			[]string{"GATE-024 approvals[0].yields"}},
		{"evidence that is no link", func(c *gates.Catalog) { c.Gates[0].Evidence = "somewhere safe" },
			[]string{"GATE-004 gates[0].evidence"}},
		{"an environment that is not listed", func(c *gates.Catalog) { c.Environments = c.Environments[:1] },
			[]string{"GATE-021 gates[2].environment", "GATE-021 gates[3].environment"}},
		{"a sustained count", func(c *gates.Catalog) { c.Gates[1].Criteria[0] = c.Gates[1].Criteria[0].WithMaxGap(1) },
			[]string{"GATE-003 gates[1].criteria[0]", "GATE-018 gates[1].criteria[0]"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := sound()
			tt.edit(&c)
			var got []string
			for _, f := range c.Validate() {
				got = append(got, fmt.Sprintf("%s %s", f.Rule, f.Path))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
