package datadogconnector

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// scalarParams are those of datadog.Scalar.
type scalarParams struct {
	formulaParams

	Aggregate string `json:"aggregate" jsonschema_description:"avg, min, max, sum or last"`
}

var aggregates = []string{"avg", "min", "max", "sum", "last"}

// scalarAnswer is ScalarFormulaQueryResponse.
type scalarAnswer struct {
	Data *struct {
		Attributes struct {
			Columns []struct {
				Type   string `json:"type"`
				Values []any  `json:"values"` // numbers, or tags of a group
				Meta   struct {
					Unit []*unit `json:"unit"`
				} `json:"meta"`
			} `json:"columns"`
		} `json:"attributes"`
	} `json:"data"`
}

// scalar answers with one number over a window.
func (in *instance) scalar(ctx context.Context, p scalarParams, q fact.Query) (fact.Result, error) {
	terms, err := p.terms()
	switch w := q.Window.Std(); {
	case err != nil:
		return fact.Result{}, err
	case !slices.Contains(aggregates, p.Aggregate):
		return fact.Result{}, upstream.Invalid("aggregate", "aggregate %.40q is not known, want one of %s", p.Aggregate, strings.Join(aggregates, ", "))
	case w < time.Minute || w > maxWindow:
		return fact.Result{}, upstream.Invalid("window", "a window of %s is not between a minute and 15 months", q.Window)
	}
	for i := range terms {
		terms[i].Aggregator = p.Aggregate
	}
	now, err := in.now(ctx, question(q))
	if err != nil {
		return fact.Result{}, err
	}
	to := now.Add(-in.settle).Truncate(time.Minute)
	from := to.Add(-q.Window.Std())
	r := upstream.Post("/api/v2/query/scalar", newV2Request("scalar_request", from, to, terms, p.Formula)).ReadOnly()
	body, a, err := do[scalarAnswer](ctx, in, r, "timeseries_query")
	if err != nil {
		return fact.Result{}, err
	}
	n, told, err := body.number(a)
	if err != nil {
		return fact.Result{}, err
	}
	if err := checkUnit(q.Yields.Unit, told); err != nil {
		return fact.Result{}, err
	}
	return number(q, n, to, in.metricLink(from, to)), nil
}

// number is the only number of the answer.
func (b scalarAnswer) number(a upstream.Answer) (float64, []*unit, error) {
	if b.Data == nil {
		return 0, nil, upstream.BadAnswer(a, "POST /api/v2/query/scalar: answer has no data")
	}
	none := nothing("Datadog has no data for it over the window: no such metric, or no such tags, or nothing reported")
	columns := b.Data.Attributes.Columns
	if len(columns) == 0 {
		return 0, nil, none
	}
	for _, c := range columns {
		if c.Type == "group" || len(c.Values) > 1 {
			return 0, nil, several(len(c.Values), "grouped")
		}
	}
	if len(columns) > 1 || columns[0].Type != "number" {
		return 0, nil, upstream.BadAnswer(a, "POST /api/v2/query/scalar: answer has %d columns, the first of type %.40q; want one number", len(columns), columns[0].Type)
	}
	if len(columns[0].Values) == 0 || columns[0].Values[0] == nil {
		return 0, nil, none
	}
	n, ok := columns[0].Values[0].(float64)
	if !ok {
		return 0, nil, upstream.BadAnswer(a, "POST /api/v2/query/scalar: answer has a value that is no number")
	}
	return n, columns[0].Meta.Unit, nil
}
