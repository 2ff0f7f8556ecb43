package datadog

import (
	"encoding/json"
	"time"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Monitors asks for the states of the monitors that have all of the tags, one
// for each group: OK, warn, alert, no data, or muted. Tags are those of the
// monitor itself, such as "service:booking", and no parts of its query.
func Monitors(tags ...string) fact.Query {
	return tagged(fact.NewQuery(Connector, "monitors", fact.States()), tags)
}

// MonitorCount asks how many monitors have all of the tags: what [Monitors] is
// out of.
func MonitorCount(tags ...string) fact.Query {
	return tagged(fact.NewQuery(Connector, "monitors", fact.Number(value.Count)), tags)
}

func tagged(q fact.Query, tags []string) fact.Query {
	for _, tag := range tags {
		if !utf8.ValidString(tag) {
			return q.With("tags", tag) // which Fault reports, where JSON would replace it
		}
	}
	text, err := json.Marshal(map[string][]string{"tags": tags})
	if err != nil {
		return q // texts always encode
	}
	if q.Params, err = fact.ParseParams(string(text)); err != nil {
		q.Params = fact.Params(text) // nil tags: for Fault to report
	}
	return q
}

// Timeframe is one for which an objective has a target, as Datadog names it.
type Timeframe string

// The timeframes that objectives can have.
const (
	Week    Timeframe = "7d"
	Month   Timeframe = "30d"
	Quarter Timeframe = "90d"
)

// Length is how long the timeframe is, 0 for one that is none.
func (t Timeframe) Length() time.Duration {
	return map[Timeframe]time.Duration{Week: 7 * day, Month: 30 * day, Quarter: 90 * day}[t]
}

const day = 24 * time.Hour

// SLI asks for the indicator of an objective in percent, over a window that has
// to be given, up to 90 days.
func SLI(id string) fact.Query { return slo(id, "sli", fact.Number(value.Percent)) }

// ErrorBudget asks which part of the error budget of an objective is left, in
// percent, below zero once it is overspent. The objective has to have a target
// for the timeframe.
func ErrorBudget(id string, over Timeframe) fact.Query {
	return slo(id, "error-budget", fact.Number(value.Percent)).With("timeframe", string(over)).Over(over.Length())
}

// BurnRate asks how fast the error budget is spent over a window that has to be
// given: (1-indicator)/(1-target), with the target of the timeframe. A rate of 1
// spends exactly the budget.
func BurnRate(id string, target Timeframe) fact.Query {
	return slo(id, "burn-rate", fact.Number(value.Ratio)).With("timeframe", string(target))
}

// BadEvents asks how many events of an objective went wrong over a window that
// has to be given, out of [AllEvents]. Only objectives of type metric count.
func BadEvents(id string, over time.Duration) fact.Query {
	return slo(id, "bad", fact.Number(value.Count)).Over(over).OutOf(AllEvents(id, over))
}

// AllEvents asks how many events an objective counted over a window.
func AllEvents(id string, over time.Duration) fact.Query {
	return slo(id, "all", fact.Number(value.Count)).Over(over)
}

// SLO asks for the state of an objective over a timeframe: OK while its target
// is met, warn below its warning, alert below its target.
func SLO(id string, over Timeframe) fact.Query {
	return fact.NewQuery(Connector, "slo", fact.States()).With("id", id).With("of", "state").With("timeframe", string(over))
}

func slo(id, of string, yields fact.Yields) fact.Query {
	return fact.NewQuery(Connector, "slo", yields).With("id", id).With("of", of)
}

// Suite is how a suite of tests ended, out of all that were run or skipped.
type Suite struct{ Passed, Failed, Skipped fact.Query }

// Tests asks how many tests of CI Visibility passed, failed and were skipped
// over a window that ends now. The query is one of its explorer, such as
//
//	test_level:test @test.service:booking @git.commit.sha:1f7e702
//
// and each run of a test counts: name the commit or the pipeline. A query that
// does not say test_level is refused: sessions, modules and suites are events
// with a result as well.
func Tests(query string, over time.Duration) Suite {
	of := func(part string) fact.Query {
		return fact.NewQuery(Connector, "tests", fact.Number(value.Count)).With("query", query).With("of", part).Over(over)
	}
	all := of("all")
	return Suite{of("passed").OutOf(all), of("failed").OutOf(all), of("skipped").OutOf(all)}
}
