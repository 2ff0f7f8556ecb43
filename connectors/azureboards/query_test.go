package azureboards_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Every query says whom to ask and what it yields, its parameters are canonical,
// and what is counted of an iteration is out of its items.
func TestQueries(t *testing.T) {
	number := fact.Number(value.Count)
	for _, tt := range []struct {
		q      fact.Query
		kind   string
		yields fact.Yields
		outOf  bool
	}{
		{azureboards.Count("a"), "count", number, false},
		{azureboards.Items("a"), "items", fact.WorkItems(), false},
		{azureboards.LinkedTo("a", "b"), "items", fact.WorkItems(), false},
		{azureboards.Iterations("t"), "iterations", fact.WorkItems(), false},
		{azureboards.Burndown("t"), "burndown", number, true},
		{azureboards.RemainingWork("t"), "burndown", fact.Number(value.Hours), true},
	} {
		population, outOf := tt.q.Counted()
		if tt.q.Connector != azureboards.Connector || tt.q.Kind != tt.kind || tt.q.Yields != tt.yields || outOf != tt.outOf {
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
	for in, want := range map[string]string{``: `''`, `a and b`: `'a and b'`, `x' OR [System.Id] > 0`: `'x'' OR [System.Id] > 0'`, `Shop\Web`: `'Shop\Web'`} {
		if got := azureboards.Quote(in); got != want {
			t.Errorf("Quote(%q) = %s, want %s", in, got, want)
		}
	}
}
