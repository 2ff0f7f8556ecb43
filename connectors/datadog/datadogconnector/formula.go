package datadogconnector

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// formulaParams are those of datadog.Formula and, with an aggregate, of
// datadog.Scalar.
type formulaParams struct {
	Formula string `json:"formula" jsonschema_description:"an expression of a, b, c and d"`
	A       string `json:"a" jsonschema_description:"a metric query"`
	B       string `json:"b,omitzero" jsonschema_description:"a metric query"`
	C       string `json:"c,omitzero" jsonschema_description:"a metric query"`
	D       string `json:"d,omitzero" jsonschema_description:"a metric query"`
}

// terms are the queries by their names.
func (p formulaParams) terms() ([]v2Query, error) {
	if strings.TrimSpace(p.Formula) == "" {
		return nil, upstream.Invalid("formula", `formula is empty, want an expression such as "a"`)
	}
	var all []v2Query
	for i, text := range []string{p.A, p.B, p.C, p.D} {
		name := string(rune('a' + i))
		switch {
		case strings.TrimSpace(text) != "":
			all = append(all, v2Query{DataSource: "metrics", Name: name, Query: text})
		case i == 0:
			return nil, upstream.Invalid("a", "a is empty, want a metric query")
		}
	}
	return all, nil
}

// v2Query is one query of a request to v2 (MetricsTimeseriesQuery, MetricsScalarQuery).
type v2Query struct {
	DataSource string `json:"data_source"`
	Name       string `json:"name"`
	Query      string `json:"query"`
	Aggregator string `json:"aggregator,omitempty"`
}

type v2Formula struct {
	Formula string `json:"formula"`
}

// v2Request is the body of POST /api/v2/query/timeseries and /scalar.
type v2Request struct {
	Data struct {
		Type       string `json:"type"`
		Attributes struct {
			From     int64       `json:"from"`
			To       int64       `json:"to"`
			Interval int64       `json:"interval,omitempty"`
			Queries  []v2Query   `json:"queries"`
			Formulas []v2Formula `json:"formulas"`
		} `json:"attributes"`
	} `json:"data"`
}

func newV2Request(kind string, from, to time.Time, queries []v2Query, formulas ...string) v2Request {
	var r v2Request
	r.Data.Type = kind
	r.Data.Attributes.From, r.Data.Attributes.To, r.Data.Attributes.Queries = from.UnixMilli(), to.UnixMilli(), queries
	for _, f := range formulas {
		r.Data.Attributes.Formulas = append(r.Data.Attributes.Formulas, v2Formula{f})
	}
	return r
}

// timeseriesAnswer is TimeseriesFormulaQueryResponse.
type timeseriesAnswer struct {
	Data *struct {
		Attributes struct {
			Series []struct {
				Index *int     `json:"query_index"`
				Tags  []string `json:"group_tags"`
				Unit  []*unit  `json:"unit"`
			} `json:"series"`
			Times  []int64      `json:"times"`
			Values [][]*float64 `json:"values"`
		} `json:"attributes"`
	} `json:"data"`
}

// columns are several series on the same timestamps.
type columns struct {
	times  []time.Time
	values [][]*float64 // one for each formula, nil where nothing matches
	units  [][]*unit
	length time.Duration // of a bucket, as far as the times tell
	sure   time.Duration // how long it is at least; 0: exactly so
	over   time.Time     // what ends later is not whole
	from   time.Time
}

// formula answers an expression of metric queries.
func (in *instance) formula(ctx context.Context, p formulaParams, q fact.Query) (fact.Result, error) {
	terms, err := p.terms()
	if err != nil {
		return fact.Result{}, err
	}
	back, err := reach(q)
	if err != nil {
		return fact.Result{}, err
	}
	c, err := in.timeseries(ctx, q, back, terms, p.Formula)
	if err != nil {
		return fact.Result{}, err
	}
	b, err := c.buckets(0)
	if err != nil {
		return fact.Result{}, err
	}
	return b.answer(q, in.metricLink(c.from, c.over))
}

// step is the length of the buckets that are asked for. Datadog takes a longer
// one if there would be too many.
func step(back time.Duration) time.Duration {
	switch {
	case back <= 12*time.Hour:
		return time.Minute
	case back <= 4*24*time.Hour:
		return 5 * time.Minute
	}
	return time.Hour
}

// timeseries asks for expressions of queries over the time up to now.
func (in *instance) timeseries(ctx context.Context, q fact.Query, back time.Duration, terms []v2Query, formulas ...string) (columns, error) {
	now, err := in.now(ctx, question(q))
	if err != nil {
		return columns{}, err
	}
	length := step(back)
	to := now.Add(-in.settle).Truncate(length)
	r := newV2Request("timeseries_request", to.Add(-back).Truncate(length), to, terms, formulas...)
	r.Data.Attributes.Interval = length.Milliseconds()
	key, err := json.Marshal(terms)
	if err != nil {
		return columns{}, err
	}
	return joint.Ask(ctx, in.answers, fmt.Sprintf("timeseries %v %s %q", back, key, formulas), question(q), func(ctx context.Context) (columns, error) {
		body, a, err := do[timeseriesAnswer](ctx, in, upstream.Post("/api/v2/query/timeseries", r).ReadOnly(), "timeseries_query")
		if err != nil {
			return columns{}, err
		}
		c, err := body.columns(a, len(formulas))
		c.from, c.over = to.Add(-back), to
		c.measure(length)
		return c, err
	})
}

// columns reads the answer to n formulas: each has one series or none.
func (b timeseriesAnswer) columns(a upstream.Answer, n int) (columns, error) {
	const at = "POST /api/v2/query/timeseries: answer "
	if b.Data == nil {
		return columns{}, upstream.BadAnswer(a, at+"has no data")
	}
	got := b.Data.Attributes
	c := columns{values: make([][]*float64, n), units: make([][]*unit, n)}
	if len(got.Series) != len(got.Values) {
		return c, upstream.BadAnswer(a, at+"has %d series and %d lists of values", len(got.Series), len(got.Values))
	}
	for i, ms := range got.Times {
		t := time.UnixMilli(ms).UTC()
		if i > 0 {
			d := t.Sub(c.times[i-1])
			if d <= 0 {
				return c, upstream.BadAnswer(a, at+"has buckets that are not in the order of time")
			}
		}
		c.times = append(c.times, t)
	}
	for i, s := range got.Series {
		switch {
		case s.Index == nil || *s.Index < 0 || *s.Index >= n:
			return c, upstream.BadAnswer(a, at+"has a series of no query")
		case c.values[*s.Index] != nil:
			return c, several(len(got.Series), strings.Join(s.Tags, ","))
		case len(got.Values[i]) != len(got.Times):
			return c, upstream.BadAnswer(a, at+"has %d times and %d values", len(got.Times), len(got.Values[i]))
		}
		c.values[*s.Index], c.units[*s.Index] = got.Values[i], s.Unit
	}
	return c, nil
}

// measure finds out how long a bucket is, if one of a length was asked for: that
// or, with a rollup or too many of them, longer. Only buckets with data may have
// come, so the time between two can be many buckets; but each begins at a
// multiple of their length.
func (c *columns) measure(asked time.Duration) {
	even := len(c.times) > 2
	var least, common time.Duration
	for i, t := range c.times {
		since := time.Duration(t.UnixMilli()) * time.Millisecond
		for common, since = since, common; since != 0; { // the greatest common divisor
			common, since = since, common%since
		}
		if i == 0 {
			continue
		}
		d := t.Sub(c.times[i-1])
		even = even && d == c.times[1].Sub(c.times[0])
		if least == 0 || d < least {
			least = d
		}
	}
	c.length = asked
	switch {
	case least == 0:
	case least < asked || common < asked:
		c.length = least
	default:
		c.length = common
	}
	if !even || c.length != least {
		c.sure = min(asked, c.length)
	}
}

// buckets are those of one column.
func (c columns) buckets(i int) (buckets, error) {
	return c.filtered(i, func(int) bool { return true })
}

// filtered are those of one column at the positions that are kept.
func (c columns) filtered(i int, keep func(at int) bool) (buckets, error) {
	var samples []fact.Sample
	for at, v := range c.values[i] {
		if v != nil && keep(at) {
			samples = append(samples, fact.Sample{At: c.times[at], Value: value.Number(*v)})
		}
	}
	b, err := whole(samples, c.length, c.over)
	b.unit, b.sure = c.units[i], c.sure
	return b, err
}
