package connectors

import (
	"context"
	"fmt"
	"math"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/release/fact"
)

// check asks whether the instance can answer, and keeps what it says.
func (in *instance) check(ctx context.Context) error {
	err := in.asked(ctx)
	in.mu.Lock()
	defer in.mu.Unlock()
	in.checked, in.lacks = in.fleet.config.Now(), ""
	if err != nil {
		in.lacks = err.Error()
	}
	return err
}

func (in *instance) asked(ctx context.Context) error {
	s, err := in.ready(ctx)
	if err != nil {
		return err
	}
	ctx, end := in.observe(ctx, Call{Method: "Check"})
	answer, err := s.client.Check(ctx, &connectorv1.CheckRequest{Instance: in.id})
	if err != nil {
		err = in.fault(ctx, s, err)
	} else {
		in.worked()
		err = in.worst(answer.GetDiagnostics())
	}
	end(CallEnd{Err: err})
	return err
}

// measure asks the queries in one call. Every query has a result or an error.
func (in *instance) measure(ctx context.Context, queries []fact.Query) ([]fact.Result, []error) {
	results, errs := make([]fact.Result, len(queries)), make([]error, len(queries))
	request := &connectorv1.MeasureRequest{Instance: in.id}
	var asked []int
	for i, q := range queries {
		m, err := wire.EncodeQuery(q)
		if err != nil {
			errs[i] = &Diagnostic{Code: CodeInvalidQuery, Origin: FromConfig, Summary: in.text(err.Error())}
			continue
		}
		request.Queries = append(request.Queries, m)
		asked = append(asked, i)
	}
	if len(asked) == 0 {
		return results, errs
	}
	answers, end, err := in.answers(ctx, request)
	failed := 0
	for n, i := range asked {
		if err != nil {
			errs[i] = err
			continue
		}
		if results[i], errs[i] = in.answer(answers[n], queries[i]); errs[i] != nil {
			failed++
		}
	}
	end(CallEnd{Err: err, Failed: failed})
	return results, errs
}

// answers makes the call, and leaves it to the caller to say how it ended.
func (in *instance) answers(ctx context.Context, request *connectorv1.MeasureRequest) (list []*connectorv1.Measurement, end func(CallEnd), err error) {
	s, err := in.ready(ctx)
	if err != nil {
		return nil, func(CallEnd) {}, err
	}
	ctx, end = in.observe(ctx, Call{Method: "Measure", Kind: kindOf(request.GetQueries()), Queries: len(request.GetQueries())})
	response, err := s.client.Measure(ctx, request)
	if err != nil {
		d := in.fault(ctx, s, err)
		if d.Code == CodeDown {
			return nil, end, died{d}
		}
		return nil, end, d
	}
	in.worked()
	answers := response.GetMeasurements()
	if len(answers) != len(request.Queries) { // whose they are, nobody can know
		return nil, end, &Diagnostic{Code: CodeBadAnswer, Summary: fmt.Sprintf("%d answers to %d queries", len(answers), len(request.Queries))}
	}
	return answers, end, nil
}

// kindOf is the kind of the queries, "" if there are several.
func kindOf(queries []*connectorv1.Query) string {
	kind := queries[0].GetKind()
	for _, q := range queries {
		if q.GetKind() != kind {
			return ""
		}
	}
	return kind
}

// numbered refuses what is no answer to a number query.
func numbered(m *connectorv1.Measurement, q fact.Query) error {
	switch n := m.GetValue(); {
	case m == nil || m.Value == nil:
		return fmt.Errorf("no number, in answer to %s", q.Kind)
	case math.IsNaN(n) || math.IsInf(n, 0):
		return fmt.Errorf("%v is no number, in answer to %s", n, q.Kind)
	}
	return nil
}

func (in *instance) answer(m *connectorv1.Measurement, q fact.Query) (fact.Result, error) {
	if f := m.GetFailure(); f != nil {
		return fact.Result{}, in.diagnostic(f)
	}
	r, err := wire.DecodeMeasurement(m, q, in.program.redact.String)
	if err == nil && q.Yields.Shape == fact.NumberShape {
		err = numbered(m, q)
	}
	if err != nil {
		return fact.Result{}, &Diagnostic{Code: CodeBadAnswer, Summary: in.text(err.Error())}
	}
	return r, nil
}
