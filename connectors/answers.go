package connectors

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"github.com/tidegate-go/tidegate/connectors/internal/batch"
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
		answer := func() {
			defer func() { <-slots }()
			answers[i] = s.measure(ctx, r.GetInstance(), m)
		}
		if i == len(queries)-1 { // nobody else is waiting for this goroutine
			answer()
		} else {
			group.Go(answer)
		}
	}
	group.Wait()
	s.fit(answers)
	return &connectorv1.MeasureResponse{Measurements: answers}, nil
}

// measure answers one query. It may run in a goroutine of its own, where a panic
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

// List implements the contract: whatever happens, the last event is Done.
func (s *server) List(r *connectorv1.ListRequest, stream grpc.ServerStreamingServer[connectorv1.ListResponse]) error {
	sender := batch.New(stream.Send, nil)
	var done *connectorv1.Done
	err := protect(withLogger(stream.Context(), s.log), func() (err error) {
		done, err = s.list(stream.Context(), r, sender)
		return err
	})
	if err != nil {
		done = &connectorv1.Done{Failure: first(diagnose(err, s.book.String))}
	}
	return sender.End(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Done{Done: done}})
}

func (s *server) list(ctx context.Context, r *connectorv1.ListRequest, sender *batch.Sender) (*connectorv1.Done, error) {
	q, err := s.query(r.GetQuery(), true)
	if err != nil {
		return nil, err
	}
	from, err := batch.ParsePosition(r.GetCursor())
	if err != nil {
		return nil, &Diagnostic{Code: CodeInvalidQuery, Path: "cursor", Summary: err.Error()}
	}
	listed, err := ask(ctx, s, r.GetInstance(), func(ctx context.Context, instance Instance) (Listed, error) {
		l := &listing{shape: q.Yields.Shape, clean: s.book.String, sender: sender, skip: from.Skip,
			at: batch.Position{Cursor: from.Cursor}, seen: map[string]bool{from.Cursor: true}}
		defer func() { _ = l.end() }() // also when the connector panics
		listed, err := instance.List(ctx, q, from.Cursor, func(page Page) error { return l.page(ctx, page) })
		if fault := l.end(); fault != nil {
			err = fault // even if the connector went on or kept it to itself
		}
		return listed, err
	})
	if err != nil {
		return nil, err
	}
	end := fact.Result{Query: q, Complete: listed.Complete, ObservedAt: listed.ObservedAt, Source: listed.Source, Link: listed.Link}
	done, err := wire.EncodeEnd(end, s.book.String)
	if err != nil {
		return nil, &Diagnostic{Code: CodeBadAnswer, Summary: err.Error()}
	}
	return done, nil
}

// listing is the state of one list. Connectors may yield from several goroutines.
type listing struct {
	mu     sync.Mutex
	shape  fact.Shape
	clean  func(string) string
	sender *batch.Sender
	at     batch.Position  // of the next page's first item
	skip   int             // items that the host has, of those that come first
	seen   map[string]bool // the source's cursors
	err    error           // what ended the list
}

// page sends one page. Its error is final: every later call returns it.
func (l *listing) page(ctx context.Context, p Page) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = context.Cause(ctx)
	}
	if l.err == nil { // protected here, because the goroutine may be the connector's own
		l.err = protect(ctx, func() error { return l.take(p) })
	}
	return l.err
}

// end refuses every later page: its List has returned. It returns what ended
// the list before.
func (l *listing) end() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	fault := l.err
	if l.err == nil {
		l.err = batch.ErrEnded
	}
	return fault
}

func (l *listing) take(p Page) error {
	n := p.Len()
	if p.Waiting > 0 && n == 0 && p.Cursor == "" {
		return l.sender.Event(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Progress{
			Progress: &connectorv1.Progress{Waiting: wire.Wait(p.Waiting)}}})
	}
	if p.Cursor != "" && l.seen[p.Cursor] {
		return &Diagnostic{Code: CodeCursorLoop, Origin: FromUpstream,
			Summary: "the source came back to a cursor that it has given before: " + strconv.Quote(clip(p.Cursor))}
	}
	l.seen[p.Cursor] = true
	list, err := p.items().Encode(l.shape, l.clean)
	if err != nil {
		return &Diagnostic{Code: CodeBadAnswer, Summary: err.Error()}
	}
	from, end := l.at, l.at.After(n, p.Cursor)
	l.at = end
	known := min(l.skip, n)
	l.skip -= known
	from.Skip += known
	if err := l.sender.Add(list[known:], from, end); !errors.Is(err, batch.ErrTooLarge) {
		return err
	}
	return &Diagnostic{Code: CodeTooLarge, Summary: batch.ErrTooLarge.Error()}
}
