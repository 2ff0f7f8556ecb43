package main

import (
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/value"
)

// limits are what the proposal changes.
type limits struct {
	p95      float64 // ms
	errors   float64 // % of requests
	open     float64 // defects
	coverage float64 // %
}

// policy is the catalog that is in force.
func policy() gates.Catalog { return catalog(limits{p95: 450, errors: 0.2, open: 8, coverage: 80}) }

// proposal is the catalog that somebody would like: faster, and with a warning
// level for coverage turned into a limit, but with more errors allowed.
func proposal() gates.Catalog { return catalog(limits{p95: 430, errors: 0.25, open: 8, coverage: 82}) }

func catalog(l limits) gates.Catalog {
	signOff := gates.SignOff{Role: "sre-lead"}
	return gates.NewCatalog(
		gates.Exit("staging",
			gates.AtMost("p95", p95, l.p95),
			gates.AtMost("errors", errors, l.errors).DividedBy(requests, 10_000, value.Percent),
			gates.AtMost("open-defects", open, l.open),
		).WithSignOffs(signOff),
		gates.Entry("production", gates.AtLeast("coverage", coverage, l.coverage)).WithSignOffs(signOff),
	).WithEnvironments(
		gates.Environment{Name: "staging", Tier: gates.PreProduction}, gates.Environment{Name: "production"},
	).WithApprovals(signed)
}
