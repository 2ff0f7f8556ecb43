package render_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// TestCriteria decides one gate with one criterion and reads its bullet.
func TestCriteria(t *testing.T) {
	p95 := gates.AtMost("p95", metric("p95", value.Milliseconds), 450)
	issues, answers := query("jira", "search", "a", fact.WorkItems()), query("jira", "approvals", "b", fact.Approvals())
	seen := func(raw, effective gates.Outcome, code gates.Code, observed, limit float64, unit value.Unit) gates.Assessment {
		return gates.Assessment{Raw: raw, Effective: effective, Code: code, ObservedAt: now.Add(-90 * time.Second),
			Observed: value.Quantity{Value: value.Number(observed), Unit: unit}, Limit: value.Quantity{Value: value.Number(limit), Unit: unit}}
	}
	met := func(observed, limit float64) gates.Assessment {
		return seen(gates.Pass, gates.Pass, gates.CodeMet, observed, limit, value.Count)
	}
	for _, c := range []struct {
		criterion gates.Criterion
		outcome   gates.Assessment
		want      string
	}{
		{p95.SustainedFor(time.Hour), seen(gates.Fail, gates.Fail, gates.CodeNotMet, 470, 450, value.Milliseconds),
			"p95 ≤ 450 ms for 1 hour: **Fail**, observed 470 ms, not met, 1 minute 30 seconds old"},
		{p95, seen(gates.Fail, gates.Pass, gates.CodeNotMet, 470, 450, value.Milliseconds),
			"p95 ≤ 450 ms: **Fail → Pass**, waiver not given, observed 470 ms, not met, 1 minute 30 seconds old"},
		{p95, gates.Assessment{Code: gates.CodeFailed, Detail: "timeout: no answer in 30 s"},
			"p95 ≤ 450 ms: **Unknown**, the query failed (timeout: no answer in 30 s)"},
		{p95.WhenMissing(gates.Fail, ""), gates.Assessment{Raw: gates.Fail, Effective: gates.Fail, Code: gates.CodeDeclared},
			"p95 ≤ 450 ms: **Fail**, no answer, declared; no answer means Fail, since reason not given"},
		{p95, gates.Assessment{Raw: gates.Pass, Effective: gates.Pass, Code: gates.CodeMet}, "p95 ≤ 450 ms: **Pass**, observation not given, age not given"},
		{p95.WithMaxGap(time.Minute), met(3, 4), "p95 ≤ 450 ms without a gap over 1 minute: **Pass**, observed 3, 1 minute 30 seconds old"},
		{p95.ComparedWith(metric("before", value.Milliseconds), 30), met(1, 2),
			"p95 ≤ 450 × the baseline of at least 30 samples: **Pass**, observed 1, 1 minute 30 seconds old"},
		{p95.ComparedBy(probe.Difference, metric("before", value.Milliseconds), 30), met(1, 2),
			"p95 ≤ 450 ms above the baseline of at least 30 samples: **Pass**, observed 1, 1 minute 30 seconds old"},
		{p95.ComparedBy(probe.PercentChange, metric("before", value.Milliseconds), 30), met(1, 2),
			"p95 ≤ 450% over the baseline of at least 30 samples: **Pass**, observed 1, 1 minute 30 seconds old"},
		{p95.SustainedFor(time.Hour).Aggregated(probe.P99), met(1, 2), "p95 ≤ 450 ms as p99 of 1 hour: **Pass**, observed 1, 1 minute 30 seconds old"},
		{gates.Healthy("monitors", query("datadog", "monitors", "a", fact.States())), seen(gates.Unknown, gates.Unknown, gates.CodeMuted, 1, 0, value.Count),
			"monitors at least 1 well and none otherwise: **Unknown**, observed 1, a monitor is muted, 1 minute 30 seconds old"},
		{gates.Checklist("ready", probe.PreRelease), met(0, 0), "ready pre-release tasks all done: **Pass**, observed 0, 1 minute 30 seconds old"},
		{gates.Attested("failover", answers, "sre_lead", time.Hour), met(0, 0),
			"failover done by sre_lead with evidence in the last 1 hour: **Pass**, observed 0, 1 minute 30 seconds old"},
		{gates.AtMost("errors", metric("errors", value.Count).Over(5*time.Minute), 0).AbsentMeans(0, metric("hits", value.Count), 100), met(0, 0),
			"errors ≤ 0 over 5 minutes, no sample means 0 at a traffic of at least 100: **Pass**, observed 0, 1 minute 30 seconds old"},
		{gates.Between("pods", metric("pods", value.Count), 3, 9), met(4, 9), "pods from 3 to 9: **Pass**, observed 4, 1 minute 30 seconds old"},
		{gates.None("bugs", metric("bugs", value.Count)), met(0, 0), "bugs = 0 of a population not given: **Pass**, observed 0, 1 minute 30 seconds old"},
		{gates.None("bugs", count("x")), met(0, 0), "bugs = 0 of jira count: **Pass**, observed 0, 1 minute 30 seconds old"},
		{gates.Count("docs", issues, gates.Match{Category: fact.Done, Label: "doc_s", Status: "Closed"}, 2, gates.NoLimit), met(2, 2),
			"docs ≥ 2 work-items with category done, label doc_s, status Closed: **Pass**, observed 2, 1 minute 30 seconds old"},
		{gates.Count("cab", answers, gates.Match{Answer: "approved"}, 1, 1), met(1, 1),
			"cab = 1 approvals with answer approved: **Pass**, observed 1, 1 minute 30 seconds old"},
		{gates.Count("cab", answers, gates.Match{}, 1, 3), met(1, 1), "cab from 1 to 3 approvals: **Pass**, observed 1, 1 minute 30 seconds old"},
		{gates.Count("open", issues, gates.Match{}, 0, 3), met(1, 3), "open ≤ 3 work-items: **Pass**, observed 1, 1 minute 30 seconds old"},
		{gates.Approved("cab", answers), met(2, 2), "cab approved by everybody asked: **Pass**, 2 of 2 given, 1 minute 30 seconds old"},
		{gates.Done("scope", issues), met(0, 0), "scope all done: **Pass**, 0 open, 1 minute 30 seconds old"},
		{gates.Checked("drift", gates.Custom{Name: "schema_drift"}), gates.Assessment{Raw: gates.Warn, Effective: gates.Warn, Code: gates.CodeNearing, Detail: "2 columns"},
			"drift by check schema_drift: **Warn**, beyond the warning level (2 columns), age not given"},
		{gates.AtLeastOf("regions", 1, p95), met(1, 1), "regions by at least 1 of these: **Pass**, 1 of 1 met, 1 minute 30 seconds old"},
		{gates.Any("either", p95).Titled("One is enough"), met(1, 1), "One is enough (either by any of these): **Pass**, 1 of 1 met, 1 minute 30 seconds old"},
		{gates.Criterion{ID: "empty"}, gates.Assessment{Code: gates.CodeBadTest}, "empty (test not given): **Unknown**, the test cannot be judged"},
		{gates.Done("two", issues).SustainedFor(time.Hour), gates.Assessment{Code: gates.CodeBadTest},
			"two ≤ 0 for 1 hour and also all done: **Unknown**, the test cannot be judged"},
	} {
		t.Run(c.want, func(t *testing.T) {
			c.outcome.Criterion = c.criterion.ID
			p := packet.Packet{Catalog: gates.NewCatalog(gates.Entry("qa", c.criterion))}
			p.Decisions.Gates = []gates.Decision{{Gate: "qa/entry", DecidedAt: now, Outcomes: []gates.Assessment{c.outcome}}}
			page := markdown(t, p, nil)
			wellFormed(t, page, nil)
			if _, after, _ := strings.Cut(page, "\n  - "); !strings.HasPrefix(after, c.want+"\n") {
				got, _, _ := strings.Cut(after, "\n")
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestOutcomesElsewhere(t *testing.T) {
	p95, errs := gates.AtMost("p95", metric("p95", value.Milliseconds), 450), gates.AtMost("errors", metric("errors", value.Count), 1)
	p := packet.Packet{Catalog: gates.NewCatalog(gates.Entry("qa", p95, errs))}
	p.Decisions.Gates = []gates.Decision{{Gate: "qa/entry", Outcomes: []gates.Assessment{
		{Criterion: "gone", Code: gates.CodeStale}, {Criterion: "p95", Raw: gates.Fail, Effective: gates.Fail, Code: gates.CodeNotMet,
			Observed: value.Quantity{Value: 470, Unit: value.Milliseconds}, ObservedAt: now},
	}}}
	page := markdown(t, p, nil)
	wellFormed(t, page, nil)
	for _, want := range []string{"- p95 ≤ 450 ms: **Fail**, observed 470 ms, not met, seen 2026-12-09T01:00:00Z\n", "- errors ≤ 1: **Unknown**, not assessed\n",
		"- gone (not in the catalog): **Unknown**, the result is too old\n"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
}
