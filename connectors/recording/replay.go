package recording

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Source is who answers questions: a [connectors.Fleet], a [Recorder] or a
// [Replay]. A program that asks through it can be tested with any of them.
type Source interface {
	Collect(ctx context.Context, queries ...[]fact.Query) fact.Set
	List(ctx context.Context, q fact.Query) iter.Seq2[connectors.Page, error]
}

var _ = []Source{(*connectors.Fleet)(nil), (*Recorder)(nil), (*Replay)(nil)}

// Replay answers from a recording. A question that was recorded several times
// gets its answers in their order, and from the last on always that. Its methods
// may be called at the same time.
type Replay struct {
	recording Recording
	by        map[way][]*Exchange

	mu    sync.Mutex
	asked map[way]int
}

// way is a question and how it was asked.
type way struct {
	ask    fact.Ask
	listed bool
}

// NewReplay returns a replay of the recording. The error is that of
// [Recording.Validate].
func NewReplay(r Recording) (*Replay, error) {
	if err := r.Validate(); err != nil {
		return nil, err
	}
	r.Exchanges = slices.Clone(r.Exchanges)
	p := &Replay{recording: r, by: map[way][]*Exchange{}, asked: map[way]int{}}
	for i := range r.Exchanges {
		x := &r.Exchanges[i]
		x.Result, x.Pages = x.Result.Clone(), slices.Clone(x.Pages)
		w := way{x.Result.Query.Ask, x.Listed}
		p.by[w] = append(p.by[w], x)
	}
	return p, nil
}

// next returns the answer whose turn it is, or the one that was given last if
// that is gone on with. One that was asked the other way answers if no other does.
func (p *Replay) next(ask fact.Ask, listed, again bool) (*Exchange, *connectors.Diagnostic) {
	w := way{ask, listed}
	if len(p.by[w]) == 0 {
		w.listed = !listed
	}
	all := p.by[w]
	if len(all) == 0 {
		what := fmt.Sprintf("the recording has no answer to %.200s", fact.Query{Ask: ask})
		if n := p.recording.LeftOut; n > 0 {
			what += fmt.Sprintf("; %d answers were left out of it", n)
		}
		return nil, &connectors.Diagnostic{Code: CodeNotRecorded, Origin: connectors.FromConfig, Summary: what}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !again {
		p.asked[w]++
	}
	return all[min(max(p.asked[w], 1), len(all))-1], nil
}

// Collect answers the questions, populations included, with the facts that were
// recorded, as [connectors.Fleet.Collect] would. Nothing of them is new: judge
// them by the moment of the recording. One that was not recorded failed with the
// code [CodeNotRecorded].
func (p *Replay) Collect(ctx context.Context, queries ...[]fact.Query) fact.Set {
	all := fact.MergeQueries(queries...)
	results := make([]fact.Result, len(all))
	for i, q := range all {
		results[i] = p.collect(ctx, q)
	}
	return fact.NewSet(results...)
}

func (p *Replay) collect(ctx context.Context, q fact.Query) fact.Result {
	failed := func(d *connectors.Diagnostic) fact.Result {
		return fact.Result{Query: q, Failure: fact.Failure{Code: d.Code, Message: d.Summary}}
	}
	if ctx.Err() != nil {
		return failed(&connectors.Diagnostic{Code: connectors.CodeCanceled, Summary: "the host gave up"})
	}
	x, missing := p.next(q.Ask, false, false)
	if missing != nil {
		return failed(missing)
	}
	return x.fact()
}

// List answers one list, page by page as it was recorded; one that was collected
// has a single page. A list that was cut, or ended without being complete, ends
// with the code [connectors.CodeIncomplete].
func (p *Replay) List(ctx context.Context, q fact.Query) iter.Seq2[connectors.Page, error] {
	return func(yield func(connectors.Page, error) bool) {
		x, missing := p.next(q.Ask, true, false)
		switch {
		case missing != nil:
			yield(connectors.Page{}, missing)
			return
		case !q.Yields.Shape.Items():
			yield(connectors.Page{}, &connectors.Diagnostic{Code: connectors.CodeInvalidQuery, Origin: connectors.FromConfig,
				Summary: fmt.Sprintf("a list has items, no %v", q.Yields.Shape)})
			return
		}
		for _, page := range x.pages() {
			if ctx.Err() != nil {
				yield(connectors.Page{}, &connectors.Diagnostic{Code: connectors.CodeCanceled, Summary: "the host gave up"})
				return
			}
			if !yield(page, nil) {
				return
			}
		}
		if err := x.ending(); err != nil {
			yield(connectors.Page{}, err)
		}
	}
}

// ending is the error with which a list ends, nil if it is complete.
func (x *Exchange) ending() error {
	switch {
	case x.Result.Failed():
		return x.failure()
	case x.Truncated:
		return &connectors.Diagnostic{Code: connectors.CodeIncomplete, Summary: "the list goes on, but the recording was cut here"}
	case !x.Result.Complete:
		return &connectors.Diagnostic{Code: connectors.CodeIncomplete, Summary: "the list ended, but something is missing"}
	default:
		return nil
	}
}

// pages are those of the list, copied for who reads them.
func (x *Exchange) pages() []connectors.Page {
	r := x.Result.Clone()
	marks := x.Pages
	if len(marks) == 0 && r.Len() > 0 {
		marks = []Page{{Items: r.Len()}}
	}
	var all []connectors.Page
	from := 0
	for _, m := range marks {
		to := from + m.Items
		all = append(all, connectors.Page{WorkItems: part(r.WorkItems, from, to), Incidents: part(r.Incidents, from, to), Duties: part(r.Duties, from, to),
			Approvals: part(r.Approvals, from, to), Deployments: part(r.Deployments, from, to), States: part(r.States, from, to), Cursor: m.Cursor})
		from = to
	}
	return all
}

// part is a part of a list; of one that is not the answer's there is none.
func part[T any](all []T, from, to int) []T {
	if to > len(all) {
		return nil
	}
	return all[from:to:to]
}
