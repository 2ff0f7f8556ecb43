package datadogconnector

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// metricParams are those of datadog.Metric.
type metricParams struct {
	Query string `json:"query" jsonschema_description:"a metric query, such as avg:system.load.1{env:staging}"`
}

// queryAnswer is GET /api/v1/query (MetricsQueryResponse). It has a status of
// its own, which can be an error beside the 200 of HTTP.
type queryAnswer struct {
	Status string         `json:"status"`
	Series *[]querySeries `json:"series"`
}

type querySeries struct {
	Scope    string       `json:"scope"`
	Interval int64        `json:"interval"` // seconds, whatever the description says
	Points   [][]*float64 `json:"pointlist"`
	Unit     []*unit      `json:"unit"`
}

// metric answers a metric query.
func (in *instance) metric(ctx context.Context, p metricParams, q fact.Query) (fact.Result, error) {
	if strings.TrimSpace(p.Query) == "" {
		return fact.Result{}, upstream.Invalid("query", "query is empty, want a metric query")
	}
	back, err := reach(q)
	if err != nil {
		return fact.Result{}, err
	}
	now, err := in.now(ctx, q.String())
	if err != nil {
		return fact.Result{}, err
	}
	from := now.Add(-in.settle - back)
	type read struct {
		series []querySeries
		answer upstream.Answer
	}
	request := fmt.Sprintf("query %v %s", back, p.Query)
	got, err := joint.Ask(ctx, in.answers, request, question(q), func(ctx context.Context) (read, error) {
		series, a, err := in.query(ctx, p.Query, from, now)
		return read{series, a}, err
	})
	if err != nil {
		return fact.Result{}, err
	}
	b, err := in.one(got.series, got.answer, back+in.settle)
	if err != nil {
		return fact.Result{}, err
	}
	return b.answer(q, in.metricLink(b.end.Add(-back), b.end))
}

// question names a query for the sharing of answers: its shape and unit too.
func question(q fact.Query) string { return fmt.Sprintf("%v %v", q, q.Yields) }

// query asks for a timeseries.
func (in *instance) query(ctx context.Context, text string, from, to time.Time) ([]querySeries, upstream.Answer, error) {
	r := upstream.Get("/api/v1/query").With("from", seconds(from)).With("to", seconds(to)).With("query", text)
	body, a, err := do[queryAnswer](ctx, in, r, "timeseries_query")
	switch {
	case err != nil:
		return nil, a, err
	case body.Status != "ok":
		return nil, a, upstream.BadAnswer(a, "GET /api/v1/query: answer has status %.40q instead of ok", body.Status)
	case body.Series == nil:
		return nil, a, upstream.BadAnswer(a, "GET /api/v1/query: answer has no array of series")
	}
	return *body.Series, a, nil
}

// one is the one series that there may be. Where it is not said how long its
// buckets are, none is longer than all that was asked for.
func (in *instance) one(series []querySeries, a upstream.Answer, longest time.Duration) (buckets, error) {
	over := in.client.Observed(a).Add(-in.settle)
	if len(series) == 0 {
		return whole(nil, 0, over)
	}
	if len(series) > 1 {
		return buckets{}, several(len(series), series[0].Scope+", "+series[1].Scope)
	}
	s := series[0]
	var samples []fact.Sample
	for _, p := range s.Points {
		if len(p) != 2 || p[0] == nil {
			return buckets{}, upstream.BadAnswer(a, "GET /api/v1/query: answer has a point that is no time and value")
		}
		if p[1] == nil {
			continue // no data
		}
		samples = append(samples, fact.Sample{At: time.UnixMilli(int64(*p[0])).UTC(), Value: value.Number(*p[1])})
	}
	length := time.Duration(s.Interval) * time.Second
	if s.Interval == 0 {
		length = longest
	}
	b, err := whole(samples, length, over)
	if err != nil {
		return b, upstream.BadAnswer(a, "GET /api/v1/query: answer %v", err)
	}
	b.unit = s.Unit
	return b, nil
}
