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

// generate is what the sources answered that no connector is asked for.
func generate() fact.Set {
	return fact.NewSet(
		deployed("qa"), deployed("staging"),
		number(repositories, 9), number(secrets, 0), granted(approvalsOf("SEC-77"), "iris", berlin("2026-12-03T15:00:00")),
		granted(attested("failover"), "emil", berlin("2026-12-03T15:10:00")),
		signedOff(),
		storeReview("MER-IOS", fact.Pending), storeReview("MER-AND", fact.Approved),
	)
}

func number(q fact.Query, n float64) fact.Result {
	r := fact.AnswerNumber(q, seenAt, n)
	r.Source = "GitHub"
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

// granted is one answer to a request, with its record.
func granted(q fact.Query, by string, at value.When) fact.Result {
	r := fact.Answer(q, seenAt)
	r.Source = "Jira Service Management"
	r.Approvals = []fact.Approval{{ID: "record of " + by, Answer: fact.Approved, Account: fact.Account{System: "jira", ID: by + "@example.com"},
		At: instant(at), Link: "https://jira.example.com/browse/MER-440"}}
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
