package packet_test

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// now is the moment of the decisions, inside the deployment window.
var now = sample.Open

func when(text string) value.When {
	w, err := value.ParseWhen(text)
	if err != nil {
		panic(err)
	}
	return w
}

// goodPlan is the sample as it is when the window is open: what was due is done.
func goodPlan() release.Plan {
	p := sample.Plan()
	p.Timeline.Milestones[4].Completed = when("2026-12-07T14:50:00-05:00[America/New_York]")
	p.Timeline.Milestones[5].Completed = when("2026-12-07T20:00:00-05:00[America/New_York]")
	p.Dependencies.Items[0].Status = release.Ready
	p.Questions.Items[0].Answer = release.Answer{Text: "The store answered on the day", By: "ken", At: when("2026-12-07T09:00:00-05:00")}
	return p
}

var (
	latency   = fact.NewQuery("datadog", "metric", fact.Number(value.Milliseconds)).With("query", "p95:checkout")
	faults    = fact.NewQuery("datadog", "metric", fact.Number(value.Count)).With("query", "errors")
	requests  = fact.NewQuery("datadog", "metric", fact.Number(value.Count)).With("query", "requests")
	coverage  = fact.NewQuery("ci", "coverage", fact.Number(value.Percent))
	replicas  = fact.NewQuery("cluster", "replicas", fact.Number(value.Count))
	allIssues = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 2026.12.0")
	blockers  = allIssues.With("jql", "fixVersion = 2026.12.0 AND priority = Blocker").OutOf(allIssues)
	issues    = fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", "fixVersion = 2026.12.0")
	incidents = fact.NewQuery("pagerduty", "incidents", fact.Incidents())
	change    = fact.NewQuery("jira", "approvals", fact.Approvals()).With("issue", "CHG-1")

	exploration = fact.NewQuery("jira", "approvals", fact.Approvals()).With("issue", "REL-7")
	smoke       = fact.NewQuery("ci", "runs", fact.Deployments())
	before      = latency.With("query", "p95:checkout@before")
	wayBack     = fact.NewQuery("datadog", "metric", fact.Number(value.Minutes)).With("query", "rehearsal")
	signOffs    = fact.NewQuery("jira", "approvals", fact.Approvals()).With("jql", "type = Sign-off")
)

// goodCatalog guards four environments on both sides, with every kind of test.
func goodCatalog() gates.Catalog {
	covered := gates.AtLeast("coverage", coverage, 80).Titled("Line coverage of the changed code")
	scaled := gates.Between("replicas", replicas, 3, 10)
	tracked := gates.Done("issues", issues)
	calm := gates.Count("incidents", incidents, gates.Match{Status: "triggered"}, 0, 0)
	fast := gates.AtMost("p95", latency, 450).SustainedFor(time.Hour).WarnAt(400).FreshWithin(5 * time.Minute)
	clean := gates.None("blockers", blockers)
	healthy := gates.AtMost("error-rate", faults, 1).DividedBy(requests, 1000, value.Percent)
	granted := gates.Approved("change", change).WithoutWaivers()
	smoked := gates.Checked("smoke", gates.Custom{Name: "smoke", Params: `{"suite":"checkout"}`, Queries: []fact.Query{smoke}})
	compared := gates.AtMost("p95-baseline", latency, 1.1).SustainedFor(time.Hour).ComparedWith(before, 20)
	rehearsed := gates.Rehearsed("rehearsal", wayBack, 14*24*time.Hour)
	explored := gates.Attested("exploration", exploration, "qa-lead", 7*24*time.Hour)
	ramped := gates.Canary("canary", ramp())
	signed := func(g gates.Gate) gates.Gate {
		return g.WithEvidence(value.Link("https://evidence.example.com/2026.12.0/" + g.ID())).
			WithSignOffs(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"}).
			WithCaptures(gates.Capture{What: "report of the criteria", Format: "JSON", By: "sre-lead", When: "before the decision"}).
			WithTooling("Datadog").WithDashboards("https://datadog.example.com/dashboard/checkout")
	}
	alone := func(g gates.Gate) gates.Gate {
		return signed(g).WithoutManualSteps("sre-lead", "the pipeline does all of it")
	}
	return gates.NewCatalog(
		alone(gates.Entry("dev", covered)), alone(gates.Exit("dev", covered, scaled)),
		signed(gates.Entry("qa", tracked, clean)), signed(gates.Exit("qa", gates.All("quality", tracked, calm), clean, explored)),
		alone(gates.Entry("staging", smoked)), alone(gates.Exit("staging", fast, gates.Any("either", scaled, healthy), clean, compared, rehearsed)),
		signed(gates.Entry("production", granted, gates.AtLeastOf("two-of-three", 2, clean, calm, covered))).
			WithSignOffs(gates.SignOff{Role: "release-manager", Delegate: "release-deputy"}),
		alone(gates.Exit("production", fast, healthy, ramped, compared)),
	).WithEnvironments(
		gates.Environment{Name: "dev", Tier: gates.PreProduction},
		gates.Environment{Name: "qa", Tier: gates.PreProduction}.WithSignOffs(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"}),
		gates.Environment{Name: "staging", Tier: gates.PreProduction}, gates.Environment{Name: "production"},
	).WithApprovals(signOffs)
}

// ramp is a canary of half of the traffic and then all of it.
func ramp() probe.Canary {
	half := value.Duration(30 * time.Minute)
	c := probe.NewCanary(hourly("p95:checkout.canary"), hourly("p95:checkout"), hourly("share").With("of", "traffic"),
		probe.Step{Share: 50, Soak: half}, probe.Step{Share: 100, Soak: half})
	c.Share.Yields.Unit = value.Percent
	c.Full, c.MinSamples = hourly("p95:checkout@before"), 10
	return c
}

func hourly(query string) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Series(value.Milliseconds)).With("query", query).Over(time.Hour)
}

// variedFacts answer every query of the catalog so that every gate is passed.
func variedFacts(p packet.Packet) fact.Set {
	seen := now.Add(-time.Minute)
	list := func(q fact.Query, fill func(*fact.Result)) fact.Result {
		r := fact.Answer(q, seen)
		fill(&r)
		return r
	}
	series := func(q fact.Query, at func(minutesAgo int) value.Number) fact.Result {
		q = q.Over(time.Hour)
		q.Yields.Shape = fact.SeriesShape
		return list(q, func(r *fact.Result) {
			r.Unit = q.Yields.Unit
			for i := range 61 {
				r.Samples = append(r.Samples, fact.Sample{At: seen.Add(time.Duration(i-60) * time.Minute), Value: at(60 - i)})
			}
		})
	}
	steady := func(ago int) value.Number { return value.Number(380 + ago*7%11) }
	canary := ramp()
	return fact.NewSet(
		fact.AnswerNumber(faults, seen, 12), fact.AnswerNumber(requests, seen, 40000), fact.AnswerNumber(coverage, seen, 91.5),
		fact.AnswerNumber(replicas, seen, 6), fact.AnswerNumber(allIssues, seen, 31), fact.AnswerNumber(blockers, seen, 0),
		series(latency, steady), series(before, steady), series(canary.Canary, steady),
		series(canary.Share, func(ago int) value.Number {
			if ago > 30 {
				return 50
			}
			return 100
		}),
		fact.AnswerNumber(wayBack, now.Add(-5*24*time.Hour), 11),
		list(exploration, func(r *fact.Result) {
			r.Approvals = []fact.Approval{{ID: "REL-7", Answer: fact.Approved, At: now.Add(-4 * 24 * time.Hour), Account: fact.Account{System: "jira", ID: "grace@example.com"},
				Link: "https://jira.example.com/browse/REL-7"}}
		}),
		list(issues, func(r *fact.Result) {
			r.WorkItems = []fact.WorkItem{{ID: "REL-101", Title: "Pay with a gift card", Category: fact.Done}}
		}),
		list(incidents, func(r *fact.Result) {
			r.Incidents = []fact.Incident{{ID: "P1", Title: "Slow mails", Status: "resolved"}}
		}),
		list(change, func(r *fact.Result) {
			r.Approvals = []fact.Approval{{ID: "CHG-1", Answer: fact.Approved, At: seen}}
		}),
		list(smoke, func(r *fact.Result) {
			r.Deployments = []fact.Deployment{{ID: "run-7", Component: "orders-api", Environment: "staging", Status: "passed"}}
		}),
		list(signOffs, func(r *fact.Result) {
			for _, s := range packet.Subjects(p) {
				r.Approvals = append(r.Approvals, answer(s, "edsger"))
				if s.Gate == "production/entry" {
					r.Approvals = append(r.Approvals, answer(s, "barbara"))
				}
			}
		}),
	)
}

func answer(s gates.Subject, person string) fact.Approval {
	return fact.Approval{ID: s.Gate + " by " + person, Gate: s.Gate, Subject: s.Digest, Account: fact.Account{System: "jira", ID: person + "@example.com"},
		Answer: fact.Approved, At: now.Add(-time.Hour)}
}

// decide evaluates the packet's catalog.
func decide(p packet.Packet, facts fact.Set) packet.Packet {
	return p.WithDecisions(gates.Evaluate(p.Catalog, gates.Input{
		Plan: p.Plan, Facts: facts, Now: now, Barred: []string{"ken"}, Subjects: packet.Subjects(p), Waivers: p.Waivers,
		Custom: map[string]gates.CheckFunc{"smoke": func(gates.CheckInput) gates.Judgement { return gates.Judgement{Outcome: gates.Pass} }},
	}))
}

// undecided is the sample with the catalog of this test.
func undecided() packet.Packet {
	p := packet.New(goodPlan(), goodCatalog()).WithNotes(sample.Notes()).WithComms(sample.Comms()).WithCompliance(sample.Compliance())
	board, entry := &p.Compliance.Approvals[3], &p.Compliance.Approvals[10]
	*board = board.Approve("edsger", when("2026-12-07T14:50:00-05:00"), value.Sum([]byte(board.ID))).Delegated("The committee asked the SRE lead")
	*entry = entry.Approve("barbara", when("2026-12-08T21:30:00-05:00"), value.Sum([]byte(entry.ID)))
	board.Evidence.Digest, entry.Evidence.Digest = value.Sum([]byte("evidence of A4")), value.Sum([]byte("evidence of A11"))
	return p
}

// goodPacket is a packet in which no rule finds anything and every gate is Go.
func goodPacket() packet.Packet { return sample.Packet() }

// goodFacts are those that it is decided on.
func goodFacts() fact.Set {
	p := goodPacket()
	return sample.Facts(p.Plan, p.Catalog, now)
}

// fullPacket has something in every list: beside the good one a waiver, a
// waived criterion, an answer that does not count and a reason to hold.
func fullPacket() packet.Packet {
	p := undecided().WithWaivers(
		gates.Waiver{Gate: "dev/exit", Criterion: "replicas", CoversUnknown: true, Grant: check.Grant{Reason: "one node is away",
			Requester: "ken", Approver: "barbara", Expires: when("2026-12-24")}},
		gates.Waiver{Gate: "dev/exit", Criterion: "gone", Grant: check.Grant{Reason: "?", Requester: "ken", Approver: "barbara", Expires: when("2026-12-24")}})
	p.Notes = p.Notes.WithGaps(notes.Gap{About: "jira items", Reason: "timeout"})
	p.Notes.Drafted = []notes.Statement{{Audience: notes.Customers, List: "changes", ID: "REL-101", Field: "text", Text: "Gift cards."}}
	p.Notes.Conflicts = []notes.Conflict{{Audience: notes.Customers, List: "changes", ID: "REL-101", Field: "text", Was: "Gift cards.", Now: "Gift cards below 500 EUR."}}
	p.Plan.Policy.Confidential = release.Confidential{Hosts: []string{"corp.example.com"}, Projects: []string{"OPS"}, Systems: []string{"pay-gw"},
		Embargoed: []string{"CVE-2026-10011"}, Lawful: []string{"GIFT-100"}}
	facts := variedFacts(p)
	for i := range facts.Results {
		r := &facts.Results[i]
		switch r.Query {
		case replicas:
			*r = fact.AnswerNumber(replicas, now, 1)
		case signOffs:
			r.Approvals = slices.DeleteFunc(r.Approvals, func(a fact.Approval) bool { return a.Gate == "production/exit" })
			stray := answer(gates.Subject{Gate: "perf/exit", Digest: value.Sum([]byte("gone"))}, "ada")
			r.Approvals = append(r.Approvals, answer(packet.Subjects(p)[7], "ada"), stray)
		}
	}
	return decide(p, facts)
}

// options are what every rule needs on the good packet.
func options() *check.Options {
	facts, log := goodFacts(), sample.Conduct()
	return &check.Options{Now: now, Facts: &facts, Extra: []any{&log}}
}

// everything is the same for Verify.
func everything() *packet.VerifyOptions {
	facts, log := goodFacts(), sample.Conduct()
	return &packet.VerifyOptions{Now: now, Facts: &facts, Log: &log}
}

// found lists the findings of the packet as rule@path, but for the one that
// says that there are errors although every gate goes.
func found(p packet.Packet) []string {
	var list []string
	for _, f := range packet.Verify(p, &packet.VerifyOptions{Now: now}).Findings {
		if at := f.Rule + "@" + string(f.Path); at != "X-008@decisions" {
			list = append(list, at)
		}
	}
	return list
}

// varied is a packet whose gates have every kind of test, and are Go.
func varied() packet.Packet {
	p := undecided()
	return decide(p, variedFacts(p))
}

// decideAnew decides a packet that is the good one but for some changes.
func decideAnew(p packet.Packet) packet.Packet { return packet.Record(sample.Decide(p)) }
