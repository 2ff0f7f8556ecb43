package main

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// seen is what was measured on the day that one release left staging.
type seen struct {
	p95      float64 // ms, the worst minute of an hour
	errors   float64 // failed requests
	requests float64
	open     float64 // defects that were open
	defects  float64 // defects of the release
	coverage float64 // %; below zero: the query failed
}

// measured are the last 20 releases of an invented team, one a fortnight.
var measured = [20]seen{
	{402, 41, 51_200, 3, 28, 84.1}, {411, 38, 49_800, 2, 31, 84.4}, {408, 55, 50_900, 5, 22, 83.9}, {425, 61, 52_300, 6, 35, 82.7},
	{431, 47, 50_100, 4, 19, 82.9}, {419, 40, 48_700, 1, 26, 83.3}, {444, 88, 51_900, 7, 41, 81.2}, {452, 52, 50_600, 3, 24, 81.0},
	{438, 44, 52_800, 4, 30, 81.5}, {417, 39, 9_400, 2, 18, 82.2}, {409, 36, 51_500, 2, 27, 83.0}, {398, 35, 53_000, 0, 21, 84.8},
	{405, 105, 50_700, 5, 33, 85.2}, {401, 42, 51_100, 3, 25, 85.9}, {413, 43, 52_000, 9, 44, 79.6}, {422, 46, 51_800, 6, 29, 80.3},
	{415, 41, 52_600, 4, 23, -1}, {407, 37, 53_400, 2, 20, 84.0}, {403, 34, 54_100, 1, 22, 85.5}, {399, 33, 54_900, 1, 24, 86.3},
}

var (
	p95      = metric("p95:checkout.latency{env:staging}", value.Milliseconds)
	errors   = metric("sum:checkout.errors{env:staging}", value.Count)
	requests = metric("sum:checkout.requests{env:staging}", value.Count)
	coverage = metric("min:ci.coverage", value.Percent)
	defects  = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "type = Bug")
	open     = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "type = Bug AND statusCategory != Done").OutOf(defects)
	signed   = fact.NewQuery("jira", "approvals", fact.Approvals()).With("jql", "type = Sign-off")
)

func metric(query string, unit value.Unit) fact.Query {
	return fact.NewQuery("datadog", "metric", fact.Number(unit)).With("query", query)
}

// history is what was decided on then, as it would be read from where it is
// stored: plan, facts, approvals and the catalog of that day.
func history() []gates.Past {
	all := make([]gates.Past, len(measured))
	first := time.Date(2026, time.January, 13, 20, 0, 0, 0, time.UTC)
	for i, s := range measured {
		version := fmt.Sprintf("2026.%02d", i+1)
		at := first.AddDate(0, 0, 14*i)
		plan := release.NewPlan("checkout", version).
			WithPeople(release.Person{ID: "emil", Name: "Emil Kral", Accounts: []fact.Account{{System: "jira", ID: "emil"}}}).
			WithRoles(release.Role{ID: "sre-lead", Title: "SRE lead", Holders: []string{"emil"}})
		subjects := gates.SubjectsOf(plan, policy())
		all[i] = gates.Past{Release: version, Catalog: policy(), Input: gates.Input{
			Plan: plan, Now: at, Subjects: subjects, Facts: fact.NewSet(s.facts(at, subjects)...),
		}}
	}
	return all
}

func (s seen) facts(at time.Time, subjects gates.Subjects) []fact.Result {
	approvals := fact.Answer(signed, at)
	for _, subject := range subjects {
		approvals.Approvals = append(approvals.Approvals, fact.Approval{ID: subject.Gate, Gate: subject.Gate, Subject: subject.Digest,
			Account: fact.Account{System: "jira", ID: "emil"}, Answer: fact.Approved, At: at.Add(-time.Hour)})
	}
	covered := fact.AnswerNumber(coverage, at, s.coverage)
	if s.coverage < 0 {
		covered = fact.AnswerFailure(coverage, at, "timeout", "no answer within 10 seconds")
	}
	return []fact.Result{
		fact.AnswerNumber(p95, at, s.p95), fact.AnswerNumber(errors, at, s.errors), fact.AnswerNumber(requests, at, s.requests),
		fact.AnswerNumber(open, at, s.open), fact.AnswerNumber(defects, at, s.defects), covered, approvals,
	}
}
