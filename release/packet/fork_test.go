package packet_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// Forks of a packet share no memory: with it, with each other, with what they are given.
func TestPacketForks(t *testing.T) {
	given := fullPacket()
	type p = packet.Packet
	forktest.Run(t, fullPacket,
		forktest.Fork[p]{Name: "Clone", Make: p.Clone},
		forktest.Fork[p]{Name: "New", Make: func(p p) p { return packet.New(p.Plan, p.Catalog) }},
		forktest.Fork[p]{Name: "WithDecisions", Make: func(p p) p { return p.WithDecisions(given.Decisions) }},
		forktest.Fork[p]{Name: "WithWaivers", Make: func(p p) p { return p.WithWaivers(given.Waivers...) }},
	)
}

// The same of the catalog and its parts, as a packet holds them.
func TestCatalogForks(t *testing.T) {
	given := goodCatalog()
	type c = gates.Catalog
	forktest.Run(t, goodCatalog,
		forktest.Fork[c]{Name: "Clone", Make: c.Clone},
		forktest.Fork[c]{Name: "NewCatalog", Make: func(c c) c { return gates.NewCatalog(c.Gates...) }},
		forktest.Fork[c]{Name: "WithGates", Make: func(c c) c { return c.WithGates(given.Gates...) }},
		forktest.Fork[c]{Name: "WithEnvironments", Make: func(c c) c { return c.WithEnvironments(given.Environments...) }},
		forktest.Fork[c]{Name: "WithApprovals", Make: func(c c) c { return c.WithApprovals(given.Approvals...) }},
	)
}

// fullGate has a criterion of every kind.
func fullGate() gates.Gate {
	g := goodCatalog().Gates[0]
	for _, other := range goodCatalog().Gates[1:] {
		g = g.WithCriteria(other.Criteria...)
	}
	return g
}

func TestGateForks(t *testing.T) {
	given := fullGate()
	type g = gates.Gate
	forktest.Run(t, fullGate,
		forktest.Fork[g]{Name: "Clone", Make: g.Clone},
		forktest.Fork[g]{Name: "Entry", Make: func(g g) g { return gates.Entry("x", g.Criteria...) }},
		forktest.Fork[g]{Name: "Exit", Make: func(g g) g { return gates.Exit("x", g.Criteria...) }},
		forktest.Fork[g]{Name: "WithCriteria", Make: func(g g) g { return g.WithCriteria(given.Criteria...) }},
		forktest.Fork[g]{Name: "WithSignOffs", Make: func(g g) g { return g.WithSignOffs(given.SignOffs...) }},
		forktest.Fork[g]{Name: "WithoutSignOffs", Make: func(g g) g { return g.WithoutSignOffs("nobody is there") }},
		forktest.Fork[g]{Name: "WithEvidence", Make: func(g g) g { return g.WithEvidence("https://example.com") }},
		forktest.Fork[g]{Name: "WithTooling", Make: func(g g) g { return g.WithTooling(given.Tooling...) }},
		forktest.Fork[g]{Name: "WithDashboards", Make: func(g g) g { return g.WithDashboards(given.Dashboards...) }},
	)
}

// everyTest is one criterion that nests all kinds of tests.
func everyTest() gates.Criterion {
	of := fullGate().Criteria[3:6] // a group among them
	c := gates.All("all", of...)
	c.Any, c.AtLeastOf = gates.Any("", of...).Any, gates.AtLeastOf("", 1, of...).AtLeastOf
	c.AtMost, c.AtLeast, c.Between = gates.AtMost("", latency, 1).AtMost, gates.AtLeast("", latency, 1).AtLeast, gates.Between("", latency, 1, 2).Between
	c.None, c.Count, c.Approved = gates.None("", blockers).None, gates.Count("", issues, gates.Match{}, 0, 1).Count, gates.Approved("", change).Approved
	c.Done = gates.Done("", issues).Done
	c.Custom = gates.Checked("", gates.Custom{Name: "x", Queries: []fact.Query{smoke}}).Custom
	return c
}

func TestCriterionForks(t *testing.T) {
	given := gates.Custom{Name: "x", Queries: everyTest().Custom.Queries}
	of := everyTest().All.Of
	type c = gates.Criterion
	forktest.Run(t, everyTest,
		forktest.Fork[c]{Name: "Clone", Make: c.Clone},
		forktest.Fork[c]{Name: "Titled", Make: func(c c) c { return c.Titled("x") }},
		forktest.Fork[c]{Name: "FreshWithin", Make: func(c c) c { return c.FreshWithin(time.Minute) }},
		forktest.Fork[c]{Name: "OfAnyAge", Make: func(c c) c { return c.OfAnyAge("x") }},
		forktest.Fork[c]{Name: "WhenMissing", Make: func(c c) c { return c.WhenMissing(gates.Fail, "x") }},
		forktest.Fork[c]{Name: "AsOptional", Make: c.AsOptional},
		forktest.Fork[c]{Name: "WithoutWaivers", Make: c.WithoutWaivers},
		forktest.Fork[c]{Name: "SustainedFor", Make: func(c c) c { return c.SustainedFor(time.Hour) }},
		forktest.Fork[c]{Name: "WithMaxGap", Make: func(c c) c { return c.WithMaxGap(time.Hour) }},
		forktest.Fork[c]{Name: "DividedBy", Make: func(c c) c { return c.DividedBy(requests, 1, value.Ratio) }},
		forktest.Fork[c]{Name: "ComparedWith", Make: func(c c) c { return c.ComparedWith(latency, 3) }},
		forktest.Fork[c]{Name: "AbsentMeans", Make: func(c c) c { return c.AbsentMeans(0, requests, 1) }},
		forktest.Fork[c]{Name: "WarnAt", Make: func(c c) c { return c.WarnAt(1) }},
		forktest.Fork[c]{Name: "Checked", Make: func(c) c { return gates.Checked("x", given) }},
		forktest.Fork[c]{Name: "All", Make: func(c) c { return gates.All("x", of...) }},
		forktest.Fork[c]{Name: "Any", Make: func(c) c { return gates.Any("x", of...) }},
		forktest.Fork[c]{Name: "AtLeastOf", Make: func(c) c { return gates.AtLeastOf("x", 1, of...) }},
	)
}
