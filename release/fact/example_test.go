package fact_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// "No open blockers" means something only out of a population.
func ExampleNewQuery() {
	all := fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 2026.12.0")
	blockers := all.With("jql", "fixVersion = 2026.12.0 AND priority = Blocker").OutOf(all)
	fmt.Println(blockers)
	population, ok := blockers.Counted()
	fmt.Println(population == all, ok)
	// Output:
	// jira count {"jql":"fixVersion = 2026.12.0 AND priority = Blocker"}
	// true true
}

// What is equal is asked once, and populations are asked too.
func ExampleMergeQueries() {
	all := fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "all")
	open := all.With("jql", "open").OutOf(all)
	for _, q := range fact.MergeQueries([]fact.Query{open}, []fact.Query{open, all}) {
		fmt.Println(q)
	}
	// Output:
	// jira count {"jql":"all"}
	// jira count {"jql":"open"}
}

func ExampleParseParams() {
	p, err := fact.ParseParams(`{ "to": 12345678901234567890, "from": "a" }`)
	fmt.Println(p, err)
	_, err = fact.ParseParams(`{"jql": "open", "jql": "closed"}`)
	fmt.Println(err)
	// Output:
	// {"from":"a","to":12345678901234567890} <nil>
	// params "{\"jql\": \"open\", \"jql\": \"closed\"}": 1:17: jql: duplicate key "jql"
}

// Yields constructors say what form an answer has, and in which unit.
func ExampleYields() {
	for _, y := range []fact.Yields{fact.Number(value.Count), fact.Series(value.Milliseconds), fact.WorkItems(),
		fact.Incidents(), fact.Duties(), fact.Approvals(), fact.Deployments(), fact.States()} {
		fmt.Println(y.Shape, y.Unit, y.Shape.Items())
	}
	// Output:
	// number {count} false
	// series ms false
	// work-items  true
	// incidents  true
	// duties  true
	// approvals  true
	// deployments  true
	// states  true
}

func ExampleAnswer() {
	q := fact.NewQuery("jira", "search", fact.WorkItems())
	r := fact.Answer(q, time.Date(2026, 12, 7, 12, 0, 0, 0, time.UTC))
	r.WorkItems = []fact.WorkItem{{ID: "REL-101", Title: "Pay with a gift card", Category: fact.Done}}
	fmt.Println(r.Complete, r.Len(), r.ObservedAt)
	// Output: true 1 2026-12-07 12:00:00 +0000 UTC
}

func ExampleAnswerNumber() {
	q := fact.NewQuery("datadog", "metric", fact.Number(value.Milliseconds))
	r := fact.AnswerNumber(q, time.Date(2026, 12, 7, 12, 0, 0, 0, time.UTC), 420)
	fmt.Println(r.Value, r.Failed())
	// Output: 420 ms false
}

func ExampleAnswerFailure() {
	q := fact.NewQuery("datadog", "metric", fact.Number(value.Milliseconds))
	r := fact.AnswerFailure(q, time.Date(2026, 12, 7, 12, 0, 0, 0, time.UTC), "timeout", "no answer within 10s")
	fmt.Println(r.Failed(), r.Complete, r.ObservedAt.IsZero())
	// Output: true false true
}

// One result is an answer; none and several are not.
func ExampleNewSet() {
	at := time.Date(2026, 12, 7, 12, 0, 0, 0, time.UTC)
	q := fact.NewQuery("jira", "count", fact.Number(value.Count))
	set := fact.NewSet(fact.AnswerNumber(q, at, 0))
	_, once := set.Find(q)
	_, twice := set.WithResults(fact.AnswerNumber(q, at, 7)).Find(q)
	_, never := set.Find(q.With("jql", "open"))
	fmt.Println(once, twice, never)
	// Output: 1 2 0
}

// A query is its parameters as they stand, in JSON as well.
func ExampleParams() {
	text, err := json.Marshal(fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "open"))
	fmt.Println(string(text), err)
	// Output: {"connector":"jira","kind":"count","params":{"jql":"open"},"yields":{"shape":"number","unit":"{count}"}} <nil>
}

// What a program that nobody pinned has said is named, so that decisions can say so.
func ExampleSet_Unpinned() {
	r := fact.AnswerNumber(fact.NewQuery("github", "failed-runs", fact.Number(value.Count)), time.Date(2026, 1, 7, 12, 0, 0, 0, time.UTC), 0)
	r.Program = fact.Program{Trust: fact.Unpinned, Name: "github", Version: "0.1.0"}
	fmt.Println(fact.NewSet(r).Unpinned())
	// Output: [github]
}
