package connectors

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"iter"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/keep"
	"github.com/tidegate-go/tidegate/connectors/internal/rate"
	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/release/fact"
)

// maxHeld is how many items, and maxHeldBytes how much, [Fleet.List] holds back until the connector gives
// a cursor from which the list could go on after a crash.
const (
	maxHeld      = 1000
	maxHeldBytes = 16 << 20

	maxRemarks = 10 // that are logged of one list or answer
)

var errStopped = errors.New("the reader stopped")

// List returns the items of one list, page by page, without keeping them. A
// list that ends without an error is complete; the error, a [*Diagnostic], is
// the last that is handed out. After a crash of the connector the list goes on
// where it was: no item is lost, none comes twice. What the source itself lists
// twice does: nothing remembers a list that may have no end.
//
// No page may take longer than [Config.QueryTimeout], not counting the time
// that the caller spends on one. The list as a whole lasts as long as ctx.
func (f *Fleet) List(ctx context.Context, q fact.Query) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(f.life, cancel)()
		in, err := f.find(q.Connector)
		if err != nil { // the name may be of one that never came up
			f.meet(ctx)
			in, err = f.find(q.Connector)
		}
		if err == nil && !q.Yields.Shape.Items() {
			err = &Diagnostic{Code: CodeInvalidQuery, Origin: FromConfig, Summary: fmt.Sprintf("a list has items, no %v", q.Yields.Shape)}
		}
		if err != nil {
			yield(Page{}, err)
			return
		}
		p := &pager{yield: yield, certain: true}
		l := &list{instance: in, query: q, idle: f.config.QueryTimeout, keep: p}
		end, err := l.read(ctx)
		if err == nil {
			err = p.hand("")
		}
		if err == nil && !end.Complete {
			err = &Diagnostic{Code: CodeIncomplete, Summary: "the list ended, but something is missing"}
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(Page{}, err)
		}
	}
}

// pager hands out pages when it is certain that they will not come again.
type pager struct {
	yield   func(Page, error) bool
	held    wire.Items
	bytes   int
	certain bool // what was handed out ends at the list's last cursor
}

// Items is where the next batch is added.
func (p *pager) Items() *wire.Items { return &p.held }

// Mark hands on a batch that ends with a cursor, or what becomes too much.
func (p *pager) Mark(cursor string, size int) error {
	p.bytes += size
	if cursor == "" && p.held.Len() <= maxHeld && p.bytes <= maxHeldBytes {
		return nil
	}
	p.certain = p.certain || cursor != ""
	return p.hand(cursor)
}

func (p *pager) hand(cursor string) error {
	if p.held.Len() == 0 {
		return nil
	}
	p.certain = cursor != ""
	h := p.held
	p.held, p.bytes = wire.Items{}, 0
	if !p.yield(pageOf(h, cursor), nil) {
		return errStopped
	}
	return nil
}

// Rewind goes back to the last cursor, if nothing after it was handed on.
func (p *pager) Rewind() bool {
	p.held, p.bytes = wire.Items{}, 0
	return p.certain
}

// list lists q for a Collect.
func (c *collection) list(in *instance, q fact.Query) {
	ctx, cancel := context.WithTimeout(c.ctx, c.fleet.config.QueryTimeout)
	defer cancel()
	k := &keep.Keeper{Shape: q.Yields.Shape, Most: c.fleet.config.MaxItems}
	l := &list{instance: in, query: q, idle: c.fleet.config.QueryTimeout, keep: k}
	r, err := l.read(ctx)
	if errors.Is(err, keep.ErrFull) {
		r, err = fact.Result{Query: q}, nil
	}
	if err != nil {
		c.fail(q, err)
		return
	}
	kept, once := k.Kept()
	r.WorkItems, r.Incidents, r.Duties = kept.WorkItems, kept.Incidents, kept.Duties
	r.Approvals, r.Deployments, r.States = kept.Approvals, kept.Deployments, kept.States
	r.Complete = r.Complete && once
	c.put(r)
}

// list reads one list, over crashes of its connector.
type list struct {
	instance *instance
	query    fact.Query
	idle     time.Duration // the longest time without an event
	keep     interface {
		Items() *wire.Items                 // to which a batch is added
		Mark(cursor string, size int) error // after a batch
		Rewind() bool                       // to the last cursor; false: it cannot
	}

	cursor  string // from which the list can go on
	seen    map[uint64]bool
	waiting time.Duration // what the source asked for last
	remarks int
	items   int // received
}

var seed = maphash.MakeSeed()

// read returns the end of the list. Attempts are counted from the last that
// brought a cursor, so that a connector that dies now and then gets to the end.
func (l *list) read(ctx context.Context) (fact.Result, error) {
	l.seen = map[uint64]bool{}
	defer func() { l.instance.unsaid(l.remarks) }()
	var why error // it is asked again
	for try := 1; ; try++ {
		from := l.cursor
		r, err := l.attempt(ctx)
		if err == nil || errors.Is(err, keep.ErrFull) || errors.Is(err, errStopped) {
			return r, err
		}
		if l.cursor != from {
			try, why = 1, nil
		}
		wait, ok := pause(ctx, err, try)
		if !ok || !l.keep.Rewind() {
			return r, outlast(l.because(err), why)
		}
		if why = err; !rate.Sleep(ctx, wait) {
			return r, outlast(l.because(expired(ctx)), why)
		}
	}
}

// because names the source's wish to wait as the cause of a timeout.
func (l *list) because(err error) error {
	var d *Diagnostic
	if l.waiting > 0 && errors.As(err, &d) && d.Code == CodeTimeout {
		return &Diagnostic{Code: CodeRateLimited, Origin: FromUpstream, RetryAfter: l.waiting, Summary: "the source asked to wait, and there was no time for it"}
	}
	return err
}

// attempt asks for what comes after the cursor.
func (l *list) attempt(ctx context.Context) (fact.Result, error) {
	in, q := l.instance, l.query
	m, err := wire.EncodeQuery(q)
	if err != nil {
		return fact.Result{}, &Diagnostic{Code: CodeInvalidQuery, Origin: FromConfig, Summary: in.text(err.Error())}
	}
	s, err := in.ready(ctx)
	if err != nil {
		return fact.Result{}, err
	}
	if left := in.limiter().Wait(ctx, q.Kind); left > 0 {
		return fact.Result{}, limited(ctx, left)
	}
	ctx, end := in.observe(ctx, Call{Method: "List", Kind: q.Kind, Queries: 1, Resumed: l.cursor != ""})
	items := l.items
	r, err := l.stream(ctx, s, m)
	end(CallEnd{Err: finally(err), Items: l.items - items})
	return r, err
}

// finally is err unless it is the reader's wish to end.
func finally(err error) error {
	if errors.Is(err, keep.ErrFull) || errors.Is(err, errStopped) {
		return nil
	}
	return err
}

// stream reads the events of one call.
func (l *list) stream(ctx context.Context, s *session, m *connectorv1.Query) (fact.Result, error) {
	in, q := l.instance, l.query
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	idle := time.AfterFunc(l.idle, func() { cancel(late()) })
	defer idle.Stop()
	stream, err := s.client.List(ctx, &connectorv1.ListRequest{Instance: in.id, Query: m, Cursor: l.cursor})
	for err == nil {
		var event *connectorv1.ListResponse
		if event, err = stream.Recv(); err != nil {
			break
		}
		idle.Stop() // the caller may take its time
		if done := event.GetDone(); done != nil {
			in.worked()
			return l.end(done)
		}
		if err := l.event(event); err != nil {
			return fact.Result{}, err
		}
		idle.Reset(l.idle)
	}
	if errors.Is(err, io.EOF) && ctx.Err() == nil {
		if ending(ctx) {
			return fact.Result{}, late()
		}
		return fact.Result{Query: q}, nil // without a Done it is incomplete
	}
	return fact.Result{}, in.fault(ctx, s, err)
}

// ending reports whether the deadline is here. A connector that sees it a
// moment before us ends its stream, and that is late, not merely incomplete.
func ending(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ok && time.Until(end) < 20*time.Millisecond
}

func (l *list) end(done *connectorv1.Done) (fact.Result, error) {
	if f := done.GetFailure(); f != nil {
		return fact.Result{}, l.instance.diagnostic(f)
	}
	r, err := wire.DecodeEnd(done, l.query, l.instance.program.redact.String)
	if err != nil {
		return r, &Diagnostic{Code: CodeBadAnswer, Summary: l.instance.text(err.Error())}
	}
	return r, nil
}

func (l *list) event(event *connectorv1.ListResponse) error {
	switch {
	case event.GetProgress() != nil:
		l.waiting = wire.Waited(event.GetProgress().GetWaiting())
		return nil
	case event.GetDiagnostic() != nil:
		if l.remarks++; l.remarks <= maxRemarks {
			l.instance.remark(event.GetDiagnostic())
		}
		return nil
	case event.GetBatch() == nil:
		return nil // a kind of event that a later minor has
	}
	b := event.GetBatch()
	l.waiting = 0
	l.items += len(b.GetItems())
	if err := l.keep.Items().Decode(b.GetItems(), l.query.Yields.Shape, l.instance.program.redact.String); err != nil {
		return &Diagnostic{Code: CodeBadAnswer, Summary: l.instance.text(err.Error())}
	}
	if c := b.GetCursor(); c != "" {
		sum := maphash.String(seed, c)
		if l.seen[sum] || c == l.cursor {
			return &Diagnostic{Code: CodeCursorLoop, Origin: FromUpstream, Summary: fmt.Sprintf("the list came back to the cursor %q", l.instance.text(clip(c)))}
		}
		l.seen[sum] = true
		l.cursor = c
	}
	return l.keep.Mark(b.GetCursor(), proto.Size(b))
}
