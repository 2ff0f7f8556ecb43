package jira_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Every query says whom to ask and what it yields, and its parameters are canonical.
func TestQueries(t *testing.T) {
	number, items := fact.Number(value.Count), fact.WorkItems()
	for _, tt := range []struct {
		q      fact.Query
		kind   string
		yields fact.Yields
		outOf  bool
	}{
		{jira.Count("a = b"), "count", number, false},
		{jira.Items("a = b"), "items", items, false},
		{jira.ItemsWith("a = b", jira.Fields{Note: "N", Link: "L", Labels: []string{"A", "B"}}), "items", items, false},
		{jira.Reconcile(jira.Count("a = b").OutOf(jira.Count("c = d")), 10001, 10002), "count", number, true},
		{jira.Approvals("a = b"), "approvals", fact.Approvals(), false},
		{jira.SignOffs("a = b", jira.SignOff{Gate: "G", Subject: "S"}), "approvals", fact.Approvals(), false},
		{jira.Unresolved("SHOP", "1.0"), "version", number, true},
		{jira.Version("SHOP", "1.0"), "version", items, false},
		{jira.Burndown(7), "burndown", number, true},
	} {
		population, outOf := tt.q.Counted()
		if tt.q.Connector != jira.Connector || tt.q.Kind != tt.kind || tt.q.Yields != tt.yields || outOf != tt.outOf {
			t.Errorf("%v yields %v out of %v", tt.q, tt.q.Yields, population)
		}
		if err := tt.q.Params.Fault(); err != nil {
			t.Errorf("%v: %v", tt.q, err)
		}
		if outOf && (population.Kind != tt.kind || population.Yields != number) {
			t.Errorf("%v is out of %v", tt.q, population)
		}
	}
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		``: `""`, `a and b`: `"a and b"`, `x" OR "a" = "a`: `"x\" OR \"a\" = \"a"`, `end\`: `"end\\"`, "a\nb": `"a\nb"`,
	} {
		if got := jira.Quote(in); got != want {
			t.Errorf("Quote(%q) = %s, want %s", in, got, want)
		}
	}
}
