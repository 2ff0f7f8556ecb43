package connectors

import (
	"context"
	"errors"
	"strconv"
	"sync"

	"google.golang.org/grpc"

	"github.com/tidegate-go/tidegate/connectors/internal/batch"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/release/fact"
)

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
	items := wire.Items{WorkItems: p.WorkItems, Incidents: p.Incidents, Duties: p.Duties, Approvals: p.Approvals, Deployments: p.Deployments, States: p.States}
	list, err := items.Encode(l.shape, l.clean)
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
