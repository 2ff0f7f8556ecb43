package fact_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var (
	at       = time.Date(2026, time.December, 7, 12, 0, 0, 0, time.UTC)
	blockers = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "priority = Blocker")
	latency  = fact.NewQuery("datadog", "metric", fact.Series(value.Milliseconds)).With("query", "p95:latency{*}").Over(time.Hour)
	issues   = fact.NewQuery("jira", "search", fact.WorkItems())
)

func TestSetFind(t *testing.T) {
	one, two := fact.AnswerNumber(blockers, at, 1), fact.AnswerNumber(blockers, at, 2)
	other := fact.AnswerNumber(blockers.With("jql", "priority = Minor"), at, 9)
	tests := []struct {
		name string
		set  fact.Set
		want int
	}{
		{"nothing asked", fact.Set{}, 0},
		{"something else asked", fact.NewSet(other), 0},
		{"one answer", fact.NewSet(other, one), 1},
		{"two answers", fact.NewSet(one, other, two), 2},
		{"the same answer twice", fact.NewSet(one, one), 2},
		{"out of order", fact.Set{Results: []fact.Result{fact.Answer(latency, at), one, fact.Answer(latency, at)}}, 1},
	}
	for _, tt := range tests {
		r, n := tt.set.Find(blockers)
		if n != tt.want {
			t.Errorf("%s: found %d, want %d", tt.name, n, tt.want)
		}
		if n == 0 && !cmp.Equal(r, fact.Result{}) {
			t.Errorf("%s: nothing found is %v", tt.name, r)
		}
		if n == 1 && !cmp.Equal(r, one) {
			t.Errorf("%s: found %v", tt.name, r)
		}
	}
	// The population is no part of the question.
	if _, n := fact.NewSet(one).Find(blockers.OutOf(issues)); n != 1 {
		t.Errorf("a query with a population has %d answers, want that of the query without", n)
	}
}

func TestNewSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var results []fact.Result
		for i, q := range rapid.SliceOfN(anyQuery(), 0, 8).Draw(t, "queries") {
			results = append(results, fact.AnswerNumber(q, at, float64(i)))
		}
		cut := rapid.IntRange(0, len(results)).Draw(t, "cut")
		set := fact.NewSet(results[:cut]...)
		before := append([]fact.Result{}, set.Results...)
		all := set.WithResults(results[cut:]...)
		if !all.Sorted() || !set.Sorted() {
			t.Fatal("not sorted")
		}
		if len(all.Results) != len(results) {
			t.Fatalf("%d results of %d", len(all.Results), len(results))
		}
		if diff := cmp.Diff(fact.NewSet(results...), all); diff != "" {
			t.Fatalf("in two steps (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(before, append([]fact.Result{}, set.Results...)); diff != "" {
			t.Fatalf("the first set changed (-want +got):\n%s", diff)
		}
		for i, r := range results {
			if r.Value.Value != value.Number(i) {
				t.Fatal("the arguments were sorted in place")
			}
		}
	})
	if (fact.Set{Results: []fact.Result{fact.Answer(issues, at), fact.Answer(latency, at)}}).Sorted() {
		t.Error("jira comes before datadog")
	}
}

func TestAnswers(t *testing.T) {
	want := fact.Result{Query: blockers, Complete: true, ObservedAt: at, CollectedAt: at}
	if diff := cmp.Diff(want, fact.Answer(blockers, at)); diff != "" {
		t.Errorf("Answer (-want +got):\n%s", diff)
	}
	want.Value = value.Quantity{Value: 3, Unit: value.Count}
	if diff := cmp.Diff(want, fact.AnswerNumber(blockers, at, 3)); diff != "" {
		t.Errorf("AnswerNumber (-want +got):\n%s", diff)
	}
	// A failure is never complete and was observed at no time.
	failed := fact.AnswerFailure(blockers, at, "timeout", "no answer within 10s")
	want = fact.Result{Query: blockers, Failure: fact.Failure{Code: "timeout", Message: "no answer within 10s"}, CollectedAt: at}
	if diff := cmp.Diff(want, failed); diff != "" {
		t.Errorf("AnswerFailure (-want +got):\n%s", diff)
	}
	if !failed.Failed() || fact.Answer(blockers, at).Failed() || !(fact.Result{Failure: fact.Failure{Message: "?"}}).Failed() {
		t.Error("Failed")
	}
	if zero := (fact.Result{}); zero.Complete || !zero.ObservedAt.IsZero() || zero.Value.Unit != "" {
		t.Error("the zero result is an answer")
	}
}

// Only the list that the query's shape names is counted.
func TestResultLen(t *testing.T) {
	r := fact.Result{Samples: make([]fact.Sample, 1), WorkItems: make([]fact.WorkItem, 2), Incidents: make([]fact.Incident, 3),
		Duties: make([]fact.Duty, 4), Approvals: make([]fact.Approval, 5), Deployments: make([]fact.Deployment, 6), States: make([]fact.State, 7)}
	for i, y := range []fact.Yields{fact.Series(""), fact.WorkItems(), fact.Incidents(), fact.Duties(), fact.Approvals(), fact.Deployments(), fact.States()} {
		r.Query.Yields = y
		if r.Len() != i+1 {
			t.Errorf("%s: Len = %d, want %d", y.Shape, r.Len(), i+1)
		}
	}
	for _, y := range []fact.Yields{{}, fact.Number(value.Count), {Shape: 99}} {
		r.Query.Yields = y
		if r.Len() != 0 {
			t.Errorf("%s: Len = %d", y.Shape, r.Len())
		}
	}
}

// Everything that a source can say is written and read back, not-numbers too.
func TestSetRoundTrip(t *testing.T) {
	series := fact.Answer(latency, at)
	series.Unit = value.Milliseconds
	for i, n := range []float64{450, math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1), 1e-300, math.MaxFloat64} {
		series.Samples = append(series.Samples, fact.Sample{At: at.Add(time.Duration(i) * time.Minute), Value: value.Number(n)})
	}
	work := fact.Answer(issues, at)
	ada := fact.Account{System: "jira", ID: "ada"}
	work.WorkItems = []fact.WorkItem{{ID: "REL-1", Title: "Line\nbreak <b>", Category: fact.InProgress, Assignee: ada, Author: ada,
		Labels: []string{"a"}, Components: []string{}, Updated: at, Link: "https://jira.example.com/browse/REL-1"}}
	work.Source, work.Link = "Jira", "https://jira.example.com/issues"
	work.Program = fact.Program{Trust: fact.Pinned, Name: "jira", Version: "1.2.3", Digest: value.Sum(nil)}
	rest := fact.Answer(fact.NewQuery("pagerduty", "all", fact.Incidents()), at.In(time.FixedZone("", 3600)))
	rest.Incidents = []fact.Incident{{ID: "P1", Title: "Down", Opened: at}}
	rest.Duties = []fact.Duty{{Policy: "sre", Level: 1, Account: ada, From: at, Until: at.Add(time.Hour)}}
	rest.Approvals = []fact.Approval{{ID: "A1", Gate: "staging/exit", Subject: value.Sum(nil), Account: ada, Answer: fact.Rejected, At: at, Expires: at}}
	rest.Deployments = []fact.Deployment{{ID: "D1", Component: "orders-api", Artifact: value.Sum(nil), Environment: "staging", Started: at}}
	rest.States = []fact.State{{ID: "1", Title: "p95", Status: fact.Muted, Group: "host:a", Since: at, Link: "https://monitors.example.com/1"}, {ID: "2"}}
	sets := map[string]fact.Set{
		"empty": fact.NewSet(),
		"full": fact.NewSet(series, work, rest, fact.AnswerNumber(blockers.OutOf(issues), at, math.NaN()),
			fact.AnswerNumber(blockers, at, math.Inf(-1)), fact.AnswerFailure(issues, at, "timeout", "")),
	}
	for name, want := range sets {
		text, err := strictjson.Encode(want)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got fact.Set
		if err := strictjson.Decode(text, &got, nil); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		again, err := strictjson.Encode(got)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(text), string(again)); diff != "" {
			t.Errorf("%s: bytes (-want +got):\n%s", name, diff)
		}
	}
}
