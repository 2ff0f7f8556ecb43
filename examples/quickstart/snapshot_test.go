package main

import (
	"fmt"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// TestSnapshot keeps facts.json what this file generates. Approvals name the
// digest of what they approve, so the file changes with plan and policy. It is
// embedded, so it is made first and the other goldens after it:
//
//	go test ./examples/quickstart -run TestSnapshot -update
func TestSnapshot(t *testing.T) {
	text, err := packet.Marshal(generate())
	if err != nil {
		t.Fatal(err)
	}
	golden.Assert(t, "facts.json", text)
}

// generate is what the sources answered. Nothing is known of production yet.
func generate() fact.Set {
	percent := func(query string, n float64) fact.Result { return number(metric(query, value.Percent), n) }
	minutes := func(query string, n float64) fact.Result { return number(metric(query, value.Minutes), n) }
	count := func(query string, n float64) fact.Result { return number(metric(query, value.Count), n) }
	return fact.NewSet(
		percent("min:ci.coverage{release:2026.12.0}", 84.2),
		deployed("qa"), deployed("staging"),
		percent("ci.suite.passed{suite:regression}", 97.4),
		minutes("max:migration.duration{id:0142}", 13.5),
		latency(), baseline(), bugs(),
		number(repositories, 9), number(secrets, 0), granted(approvalsOf("SEC-77"), "iris", berlin("2026-12-03T15:00:00")),
		granted(attested("failover"), "emil", berlin("2026-12-03T15:10:00")),
		count("sum:booking.errors{env:staging}", 31), count("sum:booking.requests{env:staging}", 48_112),
		rehearsal(),
		signedOff(),
		percent("slo.error_budget{service:booking-api}", 61.3),
		fact.AnswerFailure(openIncidents, seenAt, "timeout", "no answer within 10 seconds"),
		number(services, 5), duty(),
		storeReview("MER-IOS", fact.Pending), storeReview("MER-AND", fact.Approved),
	)
}

func number(q fact.Query, n float64) fact.Result {
	r := fact.AnswerNumber(q, seenAt, n)
	r.Source = map[string]string{"datadog": "Datadog", "pagerduty": "PagerDuty", "github": "GitHub"}[q.Connector]
	return r
}

func deployed(environment string) fact.Result {
	r := fact.Answer(deployments(environment), seenAt)
	r.Source = "GitHub"
	for i, c := range plan().Overview.Components {
		r.Deployments = append(r.Deployments, fact.Deployment{
			ID: fmt.Sprintf("%s-%d", environment, 900+i), Component: c.Name, Version: c.Version, Artifact: c.Artifact,
			Environment: environment, Status: "succeeded", Finished: decidedAt.Add(-5 * time.Hour),
		})
	}
	return r
}

// latency is a slow hour: the limit is 450 ms.
func latency() fact.Result {
	r := fact.Answer(metric("p95:booking.latency{env:staging}", value.Milliseconds).Over(time.Hour), seenAt)
	r.Query.Yields.Shape = fact.SeriesShape
	r.Source, r.Unit = "Datadog", value.Milliseconds
	for i := range 60 {
		ms := 402 + 7*(i%9)
		if i >= 44 && i < 48 {
			ms += 60
		}
		r.Samples = append(r.Samples, fact.Sample{At: seenAt.Add(time.Duration(i-59) * time.Minute), Value: value.Number(ms)})
	}
	return r
}

// baseline is the same hour of the release before.
func baseline() fact.Result {
	r := latency()
	r.Query = r.Query.With("query", "p95:booking.latency{env:staging,release:2026.11.0}")
	for i := range r.Samples {
		r.Samples[i].Value = value.Number(395 + 5*(i%7))
	}
	return r
}

// bugs are those open, day by day.
func bugs() fact.Result {
	r := fact.Answer(openBugs, seenAt)
	r.Source, r.Unit = "Datadog", value.Count
	for i, n := range []int{31, 33, 34, 30, 29, 29, 28, 25, 22, 20, 19, 18, 14, 11, 9} {
		r.Samples = append(r.Samples, fact.Sample{At: seenAt.Add(time.Duration(i-14) * 24 * time.Hour), Value: value.Number(n)})
	}
	return r
}

// rehearsal is as old as the dry run of which it is.
func rehearsal() fact.Result {
	r := number(metric("max:rehearsal.rollback{release:2026.12.0}", value.Minutes), 11)
	r.ObservedAt = instant(berlin("2026-12-03T15:30:00"))
	return r
}

// granted is one answer to a request, with its record.
func granted(q fact.Query, by string, at value.When) fact.Result {
	r := fact.Answer(q, seenAt)
	r.Source = "Jira Service Management"
	r.Approvals = []fact.Approval{{ID: "record of " + by, Answer: fact.Approved, Account: fact.Account{System: "jira", ID: by + "@example.com"},
		At: instant(at), Link: "https://jira.example.com/browse/MER-440"}}
	return r
}

func instant(w value.When) time.Time {
	t, err := w.Instant()
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// duty is who is on call now, for the night of the deployment.
func duty() fact.Result {
	r := fact.Answer(onCall, seenAt)
	r.Source = "PagerDuty"
	r.Duties = []fact.Duty{{Policy: "Booking", Level: 1, Account: fact.Account{System: "pagerduty", ID: "P-fatou"},
		From: decidedAt.Add(-4 * time.Hour), Until: decidedAt.Add(20 * time.Hour)}}
	return r
}

func storeReview(issue string, answer fact.Answered) fact.Result {
	r := fact.Answer(approvalsOf(issue), seenAt)
	r.Source = "Jira"
	a := fact.Approval{ID: issue, Answer: answer, Requested: decidedAt.Add(-50 * time.Hour)}
	if answer == fact.Approved {
		a.At = decidedAt.Add(-20 * time.Hour)
	}
	r.Approvals = []fact.Approval{a}
	return r
}

// signedOff are the answers to the gates' requests. One is by an author, one
// is of an earlier plan, and production lacks the SRE lead's.
func signedOff() fact.Result {
	subjects := map[string]value.Digest{}
	for _, s := range gates.SubjectsOf(plan(), catalog()) {
		subjects[s.Gate] = s.Digest
	}
	answer := func(id, gate, person string, ago time.Duration) fact.Approval {
		return fact.Approval{ID: id, Gate: gate, Subject: subjects[gate], Account: fact.Account{System: "jira", ID: person + "@example.com"},
			Answer: fact.Approved, At: decidedAt.Add(-ago)}
	}
	r := fact.Answer(signOffs, seenAt)
	r.Source = "Jira"
	r.Approvals = []fact.Approval{
		answer("MER-501", "development/exit", "goran", 96*time.Hour),
		answer("MER-502", "qa/exit", "dora", 7*time.Hour),
		answer("MER-503", "staging/exit", "noor", 3*time.Hour),
		answer("MER-504", "staging/exit", "emil", 2*time.Hour),
		answer("MER-505", "production/entry", "anja", time.Hour),
		answer("MER-506", "production/entry", "emil", 30*time.Hour),
	}
	r.Approvals[5].Subject = value.Sum([]byte("the plan of the day before"))
	return r
}
