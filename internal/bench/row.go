package main

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/internal/bench/engines"
	"github.com/tidegate-go/tidegate/internal/bench/measure"
	"github.com/tidegate-go/tidegate/internal/bench/paper"
)

// row is one line of the report: a piece of our work beside a peer's.
type row struct {
	name       string
	ours, peer string // names of works; without a peer, allocations are counted
	limit      float64
	faster     bool    // the limit is how many times faster ours is, not how many times slower it may be
	units      float64 // of growth: how many times the peer's work ours is
	untargeted bool    // for information
}

var evaluateRows = []row{
	{name: "Evaluate, against Rego with the catalogue as data", ours: engines.EvaluateTidegate, peer: engines.EvaluateRegoData, limit: 10, faster: true},
	{name: "Evaluate, against Rego with a rule each", ours: engines.EvaluateTidegate, peer: engines.EvaluateRegoRules, faster: true, untargeted: true},
	{name: "Evaluate, against CEL for a bool", ours: engines.EvaluateTidegate, peer: engines.EvaluateCEL, limit: 2},
	{name: "Evaluate without sign-offs, against CEL for a bool", ours: engines.EvaluateCriteria, peer: engines.EvaluateCEL, untargeted: true},
	{name: "Evaluate, allocations", ours: engines.EvaluateTidegate, limit: 60},
}

var paperRows = []row{
	{name: "Markdown, against json.MarshalIndent", ours: paper.MarkdownTidegate, peer: paper.MarshalIndent, limit: 0.5},
	{name: "Markdown, against text/template", ours: paper.MarkdownTidegate, peer: paper.TextTemplate, limit: 10, faster: true},
	{name: "Verify, against one goldmark parse", ours: paper.VerifyTidegate, peer: paper.GoldmarkParse, limit: 3},
	{name: "Decode, against json.Unmarshal", ours: paper.DecodeTidegate, peer: paper.Unmarshal, limit: 1.2},
}

// growthRows compare each size with the smallest, per unit.
func growthRows() []row {
	var rows []row
	for _, size := range engines.Sizes[1:] {
		limit := 1.2
		if size >= 1000 {
			limit = 2
		}
		rows = append(rows, row{name: fmt.Sprintf("Evaluate, growth %d×, per unit", size), ours: engines.Growth(size),
			peer: engines.Growth(engines.Sizes[0]), limit: limit, units: float64(size)})
	}
	return rows
}

// line is the row as printed.
func (r row) line(costs map[string]measure.Cost) string {
	cost := costs[r.ours]
	if r.peer == "" {
		return fmt.Sprintf("%s | %d | - | - | ≤ %g | %s", r.name, cost.Allocations, r.limit, verdict(float64(cost.Allocations) <= r.limit))
	}
	ours, peer := cost.Nanoseconds/max(r.units, 1), costs[r.peer].Nanoseconds
	ratio, sign, unit := ours/peer, "≤", "×"
	met := ratio <= r.limit
	if r.faster {
		ratio, sign, unit = peer/ours, "≥", "× faster"
		met = ratio >= r.limit
	}
	target, said := fmt.Sprintf("%s %g%s", sign, r.limit, unit), verdict(met)
	if r.untargeted {
		target, said = "none", "-"
	}
	return fmt.Sprintf("%s | %s | %s | %.2f%s | %s | %s", r.name, human(ours), human(peer), ratio, unit, target, said)
}

func verdict(met bool) string {
	if met {
		return "ok"
	}
	return "MISS"
}

func human(nanoseconds float64) string {
	return time.Duration(nanoseconds).Round(10 * time.Nanosecond).String()
}
