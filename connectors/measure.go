package connectors

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/release/fact"
)

const (
	maxQueries = 100 // of one Measure, as the contract has it
	maxAtOnce  = 8   // queries of one Measure that are asked at the same time
)

// Measure implements the contract: each query is answered, or failed, on its own.
func (s *server) Measure(ctx context.Context, r *connectorv1.MeasureRequest) (*connectorv1.MeasureResponse, error) {
	ctx, cancel := within(ctx) // one deadline for those that wait for their turn too
	defer cancel(nil)
	queries := r.GetQueries()
	answers := make([]*connectorv1.Measurement, len(queries))
	var (
		group sync.WaitGroup
		slots = make(chan struct{}, maxAtOnce)
	)
	for i, m := range queries {
		if len(queries) > maxQueries {
			answers[i] = s.failed(&Diagnostic{Code: CodeInvalidQuery, Origin: FromConfig,
				Summary: fmt.Sprintf("%d queries in one call; at most %d", len(queries), maxQueries)})
			continue
		}
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			answers[i] = s.measure(ctx, r.GetInstance(), m)
		})
	}
	group.Wait()
	s.fit(answers)
	return &connectorv1.MeasureResponse{Measurements: answers}, nil
}

// measure answers one query. It runs in a goroutine of its own, where a panic
// would end the process.
func (s *server) measure(ctx context.Context, id string, m *connectorv1.Query) *connectorv1.Measurement {
	var answer *connectorv1.Measurement
	err := protect(withLogger(ctx, s.log), func() (err error) {
		answer, err = s.answer(ctx, id, m)
		return err
	})
	if err != nil {
		return s.failed(err)
	}
	return answer
}

func (s *server) answer(ctx context.Context, id string, m *connectorv1.Query) (*connectorv1.Measurement, error) {
	q, err := s.query(m, false)
	if err != nil {
		return nil, err
	}
	result, err := ask(ctx, s, id, func(ctx context.Context, instance Instance) (fact.Result, error) {
		return instance.Measure(ctx, q)
	})
	switch {
	case err != nil:
		return nil, err
	case !result.Query.IsZero() && result.Query.Ask != q.Ask: // its number says nothing about q
		return nil, &Diagnostic{Code: CodeBadAnswer, Summary: fmt.Sprintf("the answer to %v is that to another query: %v", q, result.Query)}
	case result.Failed():
		return nil, &Diagnostic{Code: result.Failure.Code, Summary: result.Failure.Message}
	}
	result.Query, result.CollectedAt = q, time.Now()
	answer, err := wire.EncodeMeasurement(result, s.book.String)
	if err != nil {
		return nil, &Diagnostic{Code: CodeBadAnswer, Summary: err.Error()}
	}
	return answer, nil
}

// fit fails the answers that do not fit into one message with those before them.
func (s *server) fit(answers []*connectorv1.Measurement) {
	room := handshake.MaxMessage - 1<<20 // for what failures take
	for i, m := range answers {
		size := proto.Size(m)
		if size <= room {
			room -= size
			continue
		}
		answers[i] = s.failed(&Diagnostic{Code: CodeTooLarge, Summary: fmt.Sprintf("an answer of %d bytes does not fit into the message", size)})
	}
}

func (s *server) failed(err error) *connectorv1.Measurement {
	list := diagnose(err, s.book.String)
	return &connectorv1.Measurement{Failure: first(list)}
}

// first folds diagnostics into one where the contract has room for one: the
// others are its detail.
func first(list []*connectorv1.Diagnostic) *connectorv1.Diagnostic {
	if len(list) == 0 {
		return nil
	}
	for _, more := range list[1:] {
		list[0].Detail += "\nalso " + more.GetCode() + ": " + more.GetSummary()
	}
	return list[0]
}

// query reads a query and refuses what the description does not promise, so
// that connectors see only kinds, shapes and parameters that they declared.
func (s *server) query(m *connectorv1.Query, listed bool) (fact.Query, error) {
	invalid := func(path, format string, args ...any) error {
		return &Diagnostic{Code: CodeInvalidQuery, Path: path, Origin: FromConfig, Summary: fmt.Sprintf(format, args...)}
	}
	q, err := wire.DecodeQuery(m, s.description.Name)
	if err != nil {
		return q, invalid("", "%v", err)
	}
	kind, ok := s.description.kind(q.Kind)
	if !ok {
		return q, &Diagnostic{Code: CodeUnknownKind, Path: "kind", Origin: FromConfig,
			Summary: fmt.Sprintf("%s has no queries of kind %q", s.description.Name, q.Kind)}
	}
	if shape := q.Yields.Shape; !slices.Contains(kind.Shapes, shape) {
		return q, invalid("shape", "%s queries do not answer in the shape %v", q.Kind, shape)
	} else if shape.Items() != listed {
		return q, invalid("shape", "numbers and series are measured, items are listed; this is %v", shape)
	}
	return q, kind.check(q)
}

// check decodes the parameters as the connector will, so that the faults of
// all connectors are reported alike.
func (k Kind) check(q fact.Query) error {
	t := reflect.TypeOf(k.Params)
	if t == nil {
		t = reflect.TypeFor[struct{}]()
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return DecodeParams(q, reflect.New(t).Interface())
}
