package packet_test

import (
	"slices"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// Forks of a packet share no memory: with it, with each other, with what they are given.
func TestPacketForks(t *testing.T) {
	given := fullPacket()
	type p = packet.Packet
	forktest.Run(t, everyPacket,
		forktest.Fork[p]{Name: "Clone", Make: p.Clone},
		forktest.Fork[p]{Name: "New", Make: func(p p) p { return packet.New(p.Plan, p.Catalog) }},
		forktest.Fork[p]{Name: "WithDecisions", Make: func(p p) p { return p.WithDecisions(given.Decisions) }},
		forktest.Fork[p]{Name: "WithWaivers", Make: func(p p) p { return p.WithWaivers(given.Waivers...) }},
	)
}

// everyPacket is a packet whose catalog has every kind of test, and whose facts
// nobody vouches for.
func everyPacket() packet.Packet {
	p := fullPacket()
	p.Decisions.Unpinned, p.Decisions.Gates[0].Unpinned = []string{"jira"}, []string{"jira"}
	p.Catalog = everyCatalog()
	p.Plan.Tracking.Questions = slices.Clone(p.Plan.Tracking.Scope)
	return p
}

func everyCatalog() gates.Catalog {
	c := goodCatalog()
	c.Gates[0] = c.Gates[0].WithCriteria(gates.Criterion{ID: "every", Kinds: everyKind(probe.Kinds{})})
	return c
}

// The same of the catalog and its parts, as a packet holds them.
func TestCatalogForks(t *testing.T) {
	given := everyCatalog()
	type c = gates.Catalog
	forktest.Run(t, everyCatalog,
		forktest.Fork[c]{Name: "Clone", Make: c.Clone},
		forktest.Fork[c]{Name: "NewCatalog", Make: func(c c) c { return gates.NewCatalog(c.Gates...) }},
		forktest.Fork[c]{Name: "WithGates", Make: func(c c) c { return c.WithGates(given.Gates...) }},
		forktest.Fork[c]{Name: "WithEnvironments", Make: func(c c) c { return c.WithEnvironments(given.Environments...) }},
		forktest.Fork[c]{Name: "WithApprovals", Make: func(c c) c { return c.WithApprovals(given.Approvals...) }},
	)
}

// fullGate has a criterion of every kind.
func fullGate() gates.Gate {
	g := everyCatalog().Gates[0]
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
	of := slices.DeleteFunc(fullGate().Criteria, func(c gates.Criterion) bool { return c.ID == "every" })[3:6] // a group among them
	c := gates.All("all", of...)
	c.Any, c.AtLeastOf = gates.Any("", of...).Any, gates.AtLeastOf("", 1, of...).AtLeastOf
	c.AtMost, c.AtLeast, c.Between = gates.AtMost("", latency, 1).AtMost, gates.AtLeast("", latency, 1).AtLeast, gates.Between("", latency, 1, 2).Between
	c.None, c.Count, c.Approved = gates.None("", blockers).None, gates.Count("", issues, gates.Match{}, 0, 1).Count, gates.Approved("", change).Approved
	c.Done = gates.Done("", issues).Done
	c.Kinds = everyKind(c.Kinds)
	c.Custom = gates.Checked("", gates.Custom{Name: "x", Queries: []fact.Query{smoke}}).Custom
	return c
}

// everyKind adds the kinds of tests beside those of counts and lists.
func everyKind(k probe.Kinds) probe.Kinds {
	canary, deployed := probe.NewCanary(latency, latency, latency, probe.Step{Share: 5}), probe.NewDeployed(issues, "done")
	deployed.Components, deployed.Failed = []string{"api"}, []string{"failed"}
	k.Canary, k.BurnDown = gates.Canary("", canary).Canary, gates.BurnDown("", latency, value.Date(2026, 12, 4)).BurnDown
	k.Budget, k.BurnRate = gates.Budget("", probe.Errors{}, 99, 1).Budget, gates.BurnRate("", 99, 1, probe.Errors{}, probe.Errors{}).BurnRate
	k.Healthy, k.Quiet = gates.Healthy("", issues).Healthy, gates.Quiet("", issues, time.Hour).Quiet
	k.Suite, k.Rehearsed = gates.Suite("", probe.Suite{}).Suite, gates.Rehearsed("", latency, time.Hour).Rehearsed
	k.Deployed, k.Attested = gates.Deployed("", deployed).Deployed, gates.Attested("", change, "x", time.Hour).Attested
	k.Inside = gates.Inside("", probe.Inside{Open: make([]release.Window, 1), Closed: make([]release.Window, 1)}).Inside
	k.Checklist = gates.Checklist("", probe.Rollback).Checklist
	return k
}

func TestCriterionForks(t *testing.T) {
	given := gates.Custom{Name: "x", Queries: everyTest().Custom.Queries}
	of, kinds := everyTest().All.Of, everyTest().Kinds
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
		forktest.Fork[c]{Name: "ComparedBy", Make: func(c c) c { return c.ComparedBy(probe.Difference, latency, 3) }},
		forktest.Fork[c]{Name: "Aggregated", Make: func(c c) c { return c.Aggregated(probe.P95) }},
		forktest.Fork[c]{Name: "AbsentMeans", Make: func(c c) c { return c.AbsentMeans(0, requests, 1) }},
		forktest.Fork[c]{Name: "WarnAt", Make: func(c c) c { return c.WarnAt(1) }},
		forktest.Fork[c]{Name: "Canary", Make: func(c) c { return gates.Canary("x", *kinds.Canary) }},
		forktest.Fork[c]{Name: "Deployed", Make: func(c) c { return gates.Deployed("x", *kinds.Deployed) }},
		forktest.Fork[c]{Name: "Inside", Make: func(c) c { return gates.Inside("x", *kinds.Inside) }},
		forktest.Fork[c]{Name: "Checked", Make: func(c) c { return gates.Checked("x", given) }},
		forktest.Fork[c]{Name: "All", Make: func(c) c { return gates.All("x", of...) }},
		forktest.Fork[c]{Name: "Any", Make: func(c) c { return gates.Any("x", of...) }},
		forktest.Fork[c]{Name: "AtLeastOf", Make: func(c) c { return gates.AtLeastOf("x", 1, of...) }},
	)
}
