package render_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

const zone = "America/New_York"

var now = time.Date(2026, time.December, 9, 1, 0, 0, 0, time.UTC)

func when(s string) value.When {
	w, err := value.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

func query(connector, kind, name string, yields fact.Yields) fact.Query {
	return fact.NewQuery(connector, kind, yields).With("name", name)
}

func metric(name string, u value.Unit) fact.Query {
	return query("datadog", "metric", name, fact.Number(u))
}

func count(jql string) fact.Query {
	return query("jira", "count", jql, fact.Number(value.Count)).OutOf(query("jira", "count", "fixVersion = 2026.12.0", fact.Number(value.Count)))
}

var approvals = query("jira", "approvals", "REL-100", fact.Approvals())

func samplePlan() release.Plan {
	return release.NewPlan("Atlas", "2026.12.0").WithOverview(release.Overview{
		Name: "Atlas", Version: "2026.12.0", Zone: zone,
		Objectives: []string{"Ship split payments to 100%", "Retire tax engine v1"},
		OutOfScope: []string{"Currency conversion", "Partner webhooks"},
		CodeFreeze: when("2026-12-01T18:00:00-05:00[America/New_York]"),
		Window: release.Window{
			Start: when("2026-12-08T22:00:00-05:00[America/New_York]"), End: when("2026-12-09T02:00:00-05:00[America/New_York]"),
		},
		Components: []release.Component{
			service("orders-api", "4.8.0"), service("billing-api", "3.2.0"),
			service("catalog-api", "7.1.0"), service("notify-worker", "2.9.0"),
			service("edge-gateway", "5.5.0"),
			{Name: "iOS", Kind: release.Mobile, Version: "12.4.0"}, {Name: "Android", Kind: release.Mobile, Version: "12.4.0"},
		},
		Manager: "release-manager", Deputy: "deputy", RollbackSLA: value.Duration(15 * time.Minute),
		Links: []value.Link{"https://wiki.example.com/releases/2026.12.0"},
	}).WithScope(
		scope("REL-101", "split payments", release.MustShip), scope("REL-102", "tax engine v2", release.MustShip),
		scope("REL-103", "rate-limit headers", release.MustShip), scope("REL-104", "facet search", release.Deferrable),
		scope("REL-105", "receipt redesign", release.Deferrable),
	).WithFreezes(
		release.Freeze{ID: "holidays", Reason: "Peak trade", Window: release.Window{Start: when("2026-12-21[America/New_York]"), End: when("2027-01-04[America/New_York]")}},
		release.Freeze{ID: "audit", Reason: "SOC 2 fieldwork", Environments: []string{"production"},
			Window: release.Window{Start: when("2026-12-11[America/New_York]"), End: when("2026-12-14[America/New_York]")}},
	).WithPeople(
		person("okafor", "R. Okafor"), person("brandt", "L. Brandt"), person("haddad", "T. Haddad"), person("silva", "M. Silva"),
		person("chen", "A. Chen"), person("rao", "V. Rao"), person("imai", "K. Imai"),
	).WithRoles(
		role("release-manager", "Release manager", "okafor"), role("deputy", "Deputy release manager", "brandt"),
		role("sre-lead", "SRE lead", "haddad"), role("sre-on-call", "SRE on-call", "imai"),
		role("qa-director", "QA director", "chen"), role("qa-manager", "QA manager", "rao"),
		release.Role{ID: "orders-lead", Title: "Orders lead", Holders: []string{"silva"}, Delegations: []release.Delegation{
			{To: "brandt", From: when("2026-12-01T09:00:00-05:00"), Until: when("2026-12-19T17:00:00-05:00"), Reason: "parental leave"},
		}},
	).WithPolicy(release.Policy{Name: "Release policy 7", Link: "https://wiki.example.com/policy/7", MaxRollback: value.Duration(30 * time.Minute)})
}

func service(name, version string) release.Component {
	return release.Component{Name: name, Kind: release.Service, Version: version, Artifact: value.Sum([]byte(name)),
		Repository: value.Link("https://github.example.com/atlas/" + name)}
}

func scope(id, title string, class release.Class) release.ScopeItem {
	return release.ScopeItem{ID: id, Title: title, Class: class, Status: "Done", Authors: []string{"imai"},
		Link: value.Link("https://jira.example.com/browse/" + id)}
}

func person(id, name string) release.Person {
	return release.Person{ID: id, Name: name, Accounts: []fact.Account{{System: "jira", ID: id}}}
}

func role(id, title string, holders ...string) release.Role {
	return release.Role{ID: id, Title: title, Holders: holders}
}

// measured is a criterion and what its queries answer.
type measured struct {
	gates.Criterion
	seen []float64
}

func read(c gates.Criterion, seen ...float64) measured { return measured{c, seen} }

func gate(g gates.Gate, readings ...measured) gates.Gate {
	for _, r := range readings {
		g = g.WithCriteria(r.Criterion)
	}
	return g.WithEvidence(value.Link("https://evidence.example.com/2026.12.0/" + g.ID()))
}

var signers = map[string]string{"release-manager": "okafor", "sre-lead": "haddad", "qa-director": "chen", "orders-lead": "brandt"}

func sampleReadings() [][]measured {
	over := time.Hour
	return [][]measured{
		{read(gates.AtLeast("coverage", metric("coverage", value.Percent), 80), 84.2)},
		{read(gates.None("codeql", count("labels = codeql AND priority = Critical")).Titled("CodeQL has no critical alert"), 0)},
		{read(gates.AtLeast("signed", metric("builds.signed", value.Count), 1).WithoutWaivers(), 7)},
		{read(gates.AtLeast("regression", metric("regression.pass", value.Percent), 98), 96.5),
			read(gates.None("defects", count("type = Bug AND severity in (1, 2)")), 0)},
		{read(gates.AtMost("migration", metric("migration.0142", value.Minutes), 20).WarnAt(18), 17)},
		{read(gates.AtMost("p95", metric("p95:checkout.latency{env:staging}", value.Milliseconds), 450).SustainedFor(over), 470),
			read(gates.AtMost("errors", metric("errors", value.Count), 0.2).DividedBy(metric("hits", value.Count), 1000, value.Percent), 4, 4000),
			read(gates.AtMost("rollback", metric("rollback.rehearsed", value.Minutes), 15).OfAnyAge("rehearsed once a release"), 9)},
		{read(gates.All("ready", gates.AtLeast("budget", metric("slo.budget", value.Percent), 40),
			gates.AtMost("pages", metric("pages.open", value.Count), 0)).Titled("Production is quiet"), 61, 0),
			read(gates.AtMost("queue", metric("queue.depth", value.Count), 500).AsOptional(), 120)},
		{read(gates.AtMost("canary", metric("p95:checkout.canary", value.Milliseconds), 500).SustainedFor(over / 2).FreshWithin(5 * time.Minute))},
	}
}

func sampleCatalog() gates.Catalog {
	by := func(role, delegate string) gates.SignOff { return gates.SignOff{Role: role, Delegate: delegate} }
	r := sampleReadings()
	c := gates.NewCatalog(
		gate(gates.Entry("development"), r[0]...).WithoutSignOffs("automatic").WithTooling("GitHub Actions"),
		gate(gates.Exit("development"), r[1]...).WithSignOffs(by("orders-lead", "")).WithTooling("CodeQL"),
		gate(gates.Entry("qa"), r[2]...).WithoutSignOffs("automatic").WithTooling("Sigstore"),
		gate(gates.Exit("qa"), r[3]...).WithSignOffs(by("qa-director", "qa-manager")).WithDashboards("https://grafana.example.com/d/qa-burndown"),
		gate(gates.Entry("staging"), r[4]...).WithoutSignOffs("automatic"),
		gate(gates.Exit("staging"), r[5]...).WithSignOffs(by("sre-lead", "sre-on-call")).WithDashboards("https://grafana.example.com/d/staging"),
		gate(gates.Entry("production"), r[6]...).WithSignOffs(by("release-manager", "deputy"), by("sre-lead", "sre-on-call")).WithTooling("Argo CD", "Datadog"),
		gate(gates.Exit("production"), r[7]...).WithSignOffs(by("release-manager", "deputy")).WithDashboards("https://app.datadoghq.example.com/dash/checkout-canary?from=1&to=2"),
	)
	return c.WithApprovals(approvals).WithEnvironments(
		gates.Environment{Name: "development", Tier: gates.PreProduction}, gates.Environment{Name: "qa", Tier: gates.PreProduction},
		gates.Environment{Name: "staging", Tier: gates.PreProduction}, gates.Environment{Name: "production"})
}

func sampleFacts(p packet.Packet) fact.Set {
	at := now.Add(-2 * time.Minute)
	var results []fact.Result
	answer := func(q fact.Query, n float64) {
		r := fact.AnswerNumber(q, at, n)
		if q.Yields.Shape == fact.SeriesShape {
			r = fact.Answer(q, at)
			r.Unit = q.Yields.Unit
			for i := range 61 {
				r.Samples = append(r.Samples, fact.Sample{At: at.Add(time.Duration(i-60) * q.Window.Std() / 60), Value: value.Number(n)})
			}
		}
		results = append(results, r)
	}
	population := map[fact.Query]bool{}
	for _, list := range sampleReadings() {
		for _, r := range list {
			if r.ID == "canary" {
				continue // nobody has measured it yet
			}
			for i, q := range r.Queries() {
				if counted, ok := q.Counted(); ok && !population[counted] {
					population[counted] = true
					answer(counted, 31)
				}
				answer(q, r.seen[i])
			}
		}
	}
	signed := fact.Answer(approvals, at)
	for i, s := range packet.Subjects(p) {
		for _, need := range p.Catalog.Gates[i].SignOffs {
			if by := signers[need.Role]; s.Gate != "production/exit" && by != "okafor" {
				signed.Approvals = append(signed.Approvals, fact.Approval{ID: "APR-" + by, Gate: s.Gate, Subject: s.Digest,
					Role: need.Role, Account: fact.Account{System: "jira", ID: by}, Answer: fact.Approved, At: at.Add(-time.Hour)})
			}
		}
	}
	signed.Approvals = append(signed.Approvals, fact.Approval{ID: "APR-imai", Gate: "production/entry", Subject: packet.Subjects(p)[6].Digest,
		Account: fact.Account{System: "jira", ID: "imai"}, Answer: fact.Approved, At: at})
	return fact.NewSet(append(results, signed)...)
}

// samplePacket is decided: gates that go, one with a waiver, one that does not,
// and two that hold.
func samplePacket(t testing.TB) (packet.Packet, check.Report) {
	t.Helper()
	p := packet.New(samplePlan(), sampleCatalog()).WithWaivers(gates.Waiver{Gate: "qa/exit", Criterion: "regression", Grant: check.Grant{
		Reason: "flaky printer tests, QA-812", Requester: "chen", Approver: "okafor", Expires: when("2026-12-10T12:00:00-05:00")}})
	facts := sampleFacts(p)
	p = p.WithDecisions(gates.Evaluate(p.Catalog, gates.Input{
		Plan: p.Plan, Facts: facts, Now: now, Subjects: packet.Subjects(p), Waivers: p.Waivers,
	}))
	if _, err := packet.Encode(p); err != nil {
		t.Fatal(err)
	}
	return p, packet.Verify(p, &packet.VerifyOptions{Facts: &facts, Now: now})
}
