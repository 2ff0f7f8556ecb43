package datadogconnector

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// testParams are those of the queries of a datadog.Suite.
type testParams struct {
	Query string `json:"query" jsonschema_description:"a query of the test explorer of CI Visibility"`
	Of    string `json:"of" jsonschema_description:"passed, failed, skipped or all"`
}

// statusFacet is how a test ended: pass, fail or skip.
const statusFacet = "@test.status"

// maxStatuses is how many results are asked for; there are three.
const maxStatuses = 10

// aggregateRequest is the body of POST /api/v2/ci/tests/analytics/aggregate
// (CIAppTestsAggregateRequest).
type aggregateRequest struct {
	Compute []map[string]string `json:"compute"`
	Filter  map[string]string   `json:"filter"`
	GroupBy []map[string]any    `json:"group_by"`
}

// aggregateAnswer is CIAppTestsAnalyticsAggregateResponse.
type aggregateAnswer struct {
	Data *struct {
		Buckets []struct {
			By       map[string]json.RawMessage `json:"by"`
			Computes map[string]json.RawMessage `json:"computes"`
		} `json:"buckets"`
	} `json:"data"`
	Meta struct {
		Status   string            `json:"status"`
		Warnings []json.RawMessage `json:"warnings"`
	} `json:"meta"`
}

// results are how many tests ended in which way.
type results struct {
	by       map[string]float64
	complete bool
}

// aggregate counts tests by their results.
func (in *instance) aggregate(ctx context.Context, query string, from, to time.Time) (results, upstream.Answer, error) {
	ms := func(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }
	body, a, err := do[aggregateAnswer](ctx, in, upstream.Post("/api/v2/ci/tests/analytics/aggregate", aggregateRequest{
		Compute: []map[string]string{{"aggregation": "count", "type": "total"}},
		Filter:  map[string]string{"query": query, "from": ms(from), "to": ms(to)},
		GroupBy: []map[string]any{{"facet": statusFacet, "limit": maxStatuses}},
	}).ReadOnly(), "ci_visibility_read")
	if err != nil {
		return results{}, a, err
	}
	r, err := body.read(a)
	return r, a, err
}

func (b aggregateAnswer) read(a upstream.Answer) (results, error) {
	const at = "POST /api/v2/ci/tests/analytics/aggregate: answer "
	if b.Data == nil || b.Data.Buckets == nil {
		return results{}, upstream.BadAnswer(a, at+"has no array of buckets")
	}
	if b.Meta.Status != "done" {
		return results{}, upstream.BadAnswer(a, at+"has status %.40q instead of done", b.Meta.Status)
	}
	r := results{by: map[string]float64{}, complete: len(b.Meta.Warnings) == 0 && len(b.Data.Buckets) < maxStatuses}
	for _, bucket := range b.Data.Buckets {
		var status string
		var n float64
		if json.Unmarshal(bucket.By[statusFacet], &status) != nil || json.Unmarshal(bucket.Computes["c0"], &n) != nil || n < 0 {
			return results{}, upstream.BadAnswer(a, at+"has a bucket that is no result with its count")
		}
		if _, again := r.by[status]; again {
			return results{}, upstream.BadAnswer(a, at+"has the result %.40q twice", status)
		}
		r.by[status] = n
		r.complete = r.complete && (status == "pass" || status == "fail" || status == "skip")
	}
	return r, nil
}

// tests answers how many tests ended in one way.
func (in *instance) tests(ctx context.Context, p testParams, q fact.Query) (fact.Result, error) {
	status, ok := map[string]string{"passed": "pass", "failed": "fail", "skipped": "skip", "all": ""}[p.Of]
	switch w := q.Window.Std(); {
	case strings.TrimSpace(p.Query) == "":
		return fact.Result{}, upstream.Invalid("query", "query is empty: it would be every test of the organisation")
	case !strings.Contains(p.Query, "test_level:"):
		return fact.Result{}, upstream.Invalid("query", "query does not say test_level:test: sessions, modules and suites would count as tests")
	case !ok:
		return fact.Result{}, upstream.Invalid("of", "of %.40q is not known, want passed, failed, skipped or all", p.Of)
	case w < time.Minute || w > maxHistory:
		return fact.Result{}, upstream.Invalid("window", "a window of %s is not between a minute and 90 days", q.Window)
	}
	if err := wants(q, value.Count); err != nil {
		return fact.Result{}, err
	}
	now, err := in.now(ctx, question(q))
	if err != nil {
		return fact.Result{}, err
	}
	type counted struct {
		results

		at time.Time
	}
	got, err := joint.Ask(ctx, in.answers, fmt.Sprintf("tests %v %q", q.Window, p.Query), question(q), func(ctx context.Context) (counted, error) {
		r, a, err := in.aggregate(ctx, p.Query, now.Add(-q.Window.Std()), now)
		return counted{r, in.client.Observed(a)}, err
	})
	if err != nil {
		return fact.Result{}, err
	}
	n := got.by[status]
	if status == "" {
		for _, one := range got.by { // whole numbers: the order does not matter
			n += one
		}
	}
	r := number(q, n, got.at, value.Link(in.app+"/ci/test-runs?query="+url.QueryEscape(p.Query)))
	r.Complete = got.complete
	return r, nil
}
