package main

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/internal/bench/engines"
	"github.com/tidegate-go/tidegate/internal/bench/ledger"
	"github.com/tidegate-go/tidegate/internal/bench/measure"
	"github.com/tidegate-go/tidegate/internal/bench/paper"
	"github.com/tidegate-go/tidegate/internal/bench/ranks"
	"github.com/tidegate-go/tidegate/internal/bench/wire"
)

// row is one line of the report: a piece of our work beside a peer's.
type row struct {
	name       string
	ours, peer string // names of works; without a peer, allocations are counted
	limit      float64
	faster     bool    // the limit is how many times faster ours is, not how many times slower it may be
	asFast     bool    // the limit is the part of the peer's throughput that ours has to reach
	memory     bool    // the limit is in MiB
	bytes      bool    // what is compared is bytes
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
	{name: "Markdown, against text/template with sprig", ours: paper.MarkdownTidegate, peer: paper.TextTemplate, limit: 10, faster: true},
	{name: "Fit to a word budget, against one goldmark parse of the body", ours: paper.FitTidegate, peer: paper.ParseBody, limit: 4},
	{name: "Verify, against one goldmark parse", ours: paper.VerifyTidegate, peer: paper.GoldmarkParse, limit: 3},
	{name: "Decode, against json.Unmarshal", ours: paper.DecodeTidegate, peer: paper.Unmarshal, limit: 1.2},
}

// rankRows have no target in the design: a test of ranks is a small part of a
// decision, and has to be right first.
var rankRows = []row{
	{name: "Mann-Whitney of 1440 and 1440 samples, against go-moremath", ours: ranks.DayTidegate, peer: ranks.DayMoremath, faster: true, untargeted: true},
	{name: "Mann-Whitney of 25 and 25 samples with ties, counted", ours: ranks.TiedTidegate, peer: ranks.TiedMoremath, faster: true, untargeted: true},
	{name: "Mann-Whitney of 50 and 50 samples without ties, counted", ours: ranks.ExactTidegate, peer: ranks.ExactMoremath, faster: true, untargeted: true},
}

var unaryRows = []row{
	{name: "unary connector call with AutoMTLS, 200 B, p50", ours: wire.CallAutoMTLS, peer: wire.RawUnary, limit: 1.4},
	{name: "unary connector call without TLS", ours: wire.CallPlain, peer: wire.RawUnary, untargeted: true},
	{name: "unary connector call with AutoMTLS, 200 B, p50 of a whole Collect of one query", ours: wire.CollectOne, peer: wire.RawUnary, limit: 1.4},
	{name: "unary connector call, each of 40 queries in one Collect", ours: wire.CollectMany, peer: wire.RawUnary, untargeted: true},
	{name: "unary connector call, Check instead of Collect", ours: wire.CheckOne, peer: wire.RawUnary, untargeted: true},
	{name: "unary connector call, Collect in process", ours: wire.CollectHere, peer: wire.RawUnary, untargeted: true},
}

var listRows = []row{
	{name: "List of 100,000 items, each", ours: wire.ListTidegate, peer: wire.ListRaw, limit: 0.8, asFast: true},
	{name: "List of 100,000 items, memory of the host above idle", ours: wire.ListTidegate + wire.Host, peer: wire.ListRaw + wire.Host, limit: 24, memory: true},
	{name: "List of 100,000 items, memory of the connector above idle", ours: wire.ListTidegate + wire.Server, peer: wire.ListRaw + wire.Server, limit: 24, memory: true},
	{name: "List of 100,000 items, peak memory of the host", ours: wire.ListTidegate + wire.Host + wire.Peak,
		peer: wire.ListRaw + wire.Host + wire.Peak, memory: true, untargeted: true},
	{name: "List of 100,000 items, peak memory of the connector", ours: wire.ListTidegate + wire.Server + wire.Peak,
		peer: wire.ListRaw + wire.Server + wire.Peak, memory: true, untargeted: true},
}

var startRows = []row{
	{name: "cold start of four connectors with AutoMTLS and SHA-256, against one", ours: wire.StartFour, peer: wire.StartOne, limit: 3},
	{name: "cold start of four and their Close, against one", ours: wire.LifeFour, peer: wire.LifeOne, untargeted: true},
	{name: "cold start of four without SHA-256, by Self, against one", ours: wire.StartFourSelf, peer: wire.StartOneSelf, untargeted: true},
}

// ledgerRows are the appends of the evidence log. The last one asks for the
// design's rate by itself; the bare loop beside it says what the disk gives.
func ledgerRows() []row {
	var rows []row
	for _, n := range ledger.Writers {
		rows = append(rows,
			row{name: fmt.Sprintf("evidence append, %d writers, against bare append and fsync", n), ours: ledger.Ours(n), peer: ledger.Bare(n), limit: 0.8, asFast: true, untargeted: n == 16},
			row{name: fmt.Sprintf("evidence append, %d writers, p99", n), ours: ledger.OursP99(n), peer: ledger.BareP99(n), untargeted: true})
	}
	const many = 256
	return append(rows,
		row{name: "evidence append, 256 writers, against 100,000 a second", ours: ledger.Ours(many), peer: ledger.AsManyAsWanted, limit: 1, asFast: true},
		row{name: "evidence append, bytes a record of 222 B, against the bare line", ours: ledger.OursBytes(many), peer: ledger.BareBytes(many), bytes: true})
}

var ledgerLongRows = []row{
	{name: "evidence proof of inclusion among 1,000,000, against its check by tlog", ours: ledger.ProveTidegate, peer: ledger.CheckTlog, untargeted: true},
	{name: "evidence check of that proof, against tlog", ours: ledger.CheckTidegate, peer: ledger.CheckTlog, untargeted: true},
	{name: "evidence verify, each of 1,000,000 records, against reading and hashing", ours: ledger.VerifyTidegate, peer: ledger.HashLines, untargeted: true},
	{name: "evidence verify of 1,000,000 records, memory above idle, against 100,000", ours: ledger.VerifyLong, peer: ledger.VerifyShort, limit: 24, memory: true},
}

// paperGrowthRows compare each size of the packet with the smallest, per byte of
// what is written or read.
func paperGrowthRows() ([]row, error) {
	var rows []row
	for _, size := range paper.Sizes[1:] {
		page, encoded, err := paper.Grown(size)
		if err != nil {
			return nil, err
		}
		for _, work := range []struct {
			name, of string
			units    float64
		}{{"Markdown", paper.MarkdownTidegate, page}, {"Fit to a word budget", paper.FitTidegate, page}, {"Decode", paper.DecodeTidegate, encoded}} {
			rows = append(rows, row{name: fmt.Sprintf("%s, growth %d×, per byte", work.name, size), ours: paper.Growth(work.of, size),
				peer: paper.Growth(work.of, paper.Sizes[0]), limit: 1.2, units: work.units})
		}
	}
	return rows, nil
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
	cost, ok := costs[r.ours]
	if !ok {
		return r.name + " | not measured | - | - | - | MISS"
	}
	if r.memory {
		ours, peer := float64(cost.Bytes)/(1<<20), float64(costs[r.peer].Bytes)/(1<<20)
		target, said := fmt.Sprintf("≤ %g MiB", r.limit), verdict(ours <= r.limit)
		if r.untargeted {
			target, said = "none", "-"
		}
		return fmt.Sprintf("%s | %s | %s | %.2f× | %s | %s", r.name, spread(cost, ours, mebibytes), spread(costs[r.peer], peer, mebibytes), ours/peer, target, said)
	}
	if r.bytes {
		ours, peer := cost.Bytes, costs[r.peer].Bytes
		return fmt.Sprintf("%s | %d B | %d B | %.2f× | none | -", r.name, ours, peer, float64(ours)/float64(peer))
	}
	if r.peer == "" {
		return fmt.Sprintf("%s | %d | - | - | ≤ %g | %s", r.name, cost.Allocations, r.limit, verdict(float64(cost.Allocations) <= r.limit))
	}
	ours, peer := cost.Nanoseconds/max(r.units, 1), costs[r.peer].Nanoseconds
	ratio, sign, unit := ours/peer, "≤", "×"
	met := ratio <= r.limit
	if r.faster || r.asFast {
		ratio, sign, unit = peer/ours, "≥", "× faster"
		met = ratio >= r.limit
	}
	if r.asFast {
		unit = "× as fast"
	}
	target, said := fmt.Sprintf("%s %g%s", sign, r.limit, unit), verdict(met)
	if r.untargeted {
		target, said = "none", "-"
	}
	return fmt.Sprintf("%s | %s | %s | %.2f%s | %s | %s", r.name, spread(cost, ours, human), spread(costs[r.peer], peer, human), ratio, unit, target, said)
}

// spread is the median of a cost with its quartiles, all of them per unit.
func spread(c measure.Cost, median float64, print func(float64) string) string {
	all := max(c.Nanoseconds, float64(c.Bytes))
	if c.High == 0 || all == 0 {
		return print(median)
	}
	return fmt.Sprintf("%s (%s to %s)", print(median), print(median*c.Low/all), print(median*c.High/all))
}

func mebibytes(n float64) string { return fmt.Sprintf("%.1f MiB", n) }

func verdict(met bool) string {
	if met {
		return "ok"
	}
	return "MISS"
}

func human(nanoseconds float64) string {
	return time.Duration(nanoseconds).Round(10 * time.Nanosecond).String()
}
