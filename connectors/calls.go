package connectors

import (
	"context"
	"fmt"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/release/fact"
)

func (in *instance) check(ctx context.Context) error {
	s, err := in.ready(ctx)
	if err != nil {
		return err
	}
	in.count()
	answer, err := s.client.Check(ctx, &connectorv1.CheckRequest{Instance: in.id})
	if err != nil {
		return in.fault(ctx, s, err)
	}
	return in.worst(answer.GetDiagnostics())
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
	answers, err := in.answers(ctx, request)
	for n, i := range asked {
		if err != nil {
			errs[i] = err
			continue
		}
		results[i], errs[i] = in.answer(answers[n], queries[i])
	}
	return results, errs
}

func (in *instance) answers(ctx context.Context, request *connectorv1.MeasureRequest) ([]*connectorv1.Measurement, error) {
	s, err := in.ready(ctx)
	if err != nil {
		return nil, err
	}
	in.count()
	response, err := s.client.Measure(ctx, request)
	if err != nil {
		d := in.fault(ctx, s, err)
		if d.Code == CodeDown {
			return nil, died{d}
		}
		return nil, d
	}
	in.worked()
	answers := response.GetMeasurements()
	if len(answers) != len(request.Queries) { // whose they are, nobody can know
		return nil, &Diagnostic{Code: CodeBadAnswer, Summary: fmt.Sprintf("%d answers to %d queries", len(answers), len(request.Queries))}
	}
	return answers, nil
}

func (in *instance) answer(m *connectorv1.Measurement, q fact.Query) (fact.Result, error) {
	if f := m.GetFailure(); f != nil {
		return fact.Result{}, in.diagnostic(f)
	}
	r, err := wire.DecodeMeasurement(m, q, in.program.redact.String)
	if err == nil && q.Yields.Shape == fact.NumberShape && (m == nil || m.Value == nil) {
		err = fmt.Errorf("no number, in answer to %s", q.Kind)
	}
	if err != nil {
		return fact.Result{}, &Diagnostic{Code: CodeBadAnswer, Summary: in.text(err.Error())}
	}
	return r, nil
}
