package connectortest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Fake is a connector that answers from facts, for tests of hosts and
// policies. Set its fields before it is used; the counters may be read always.
type Fake struct {
	Name   string // empty: "fake"
	Config any    // zero value of the config struct; nil: none

	// Facts are the answers. The connector's name and the population of their
	// queries do not matter. Their kinds are the fake's, with any parameters.
	Facts fact.Set

	// PageSize is how many items a page has; 0: all.
	PageSize int

	// Ask, if set, is called first, with "check", "measure" or "list" and the
	// query; its error is the answer. It may block until its context ends.
	Ask func(ctx context.Context, call string, q fact.Query) error

	Opened, Closed, Checked, Measured, Listed atomic.Int64
}

// NewFake returns a fake with the given name that answers from facts.
func NewFake(name string, facts fact.Set) *Fake { return &Fake{Name: name, Facts: facts} }

// Describe implements [connectors.Connector].
func (f *Fake) Describe() connectors.Description {
	d := connectors.Description{Name: f.name(), Version: "0.0.0", Summary: "Answers what a test tells it to.", Config: f.Config}
	for _, r := range f.Facts.Results {
		i := slices.IndexFunc(d.Kinds, func(k connectors.Kind) bool { return k.Name == r.Query.Kind })
		if i < 0 {
			i = len(d.Kinds)
			d.Kinds = append(d.Kinds, connectors.Kind{Name: r.Query.Kind, Summary: "A fact of the test.", Params: map[string]any{}})
		}
		if shape := r.Query.Yields.Shape; !slices.Contains(d.Kinds[i].Shapes, shape) {
			d.Kinds[i].Shapes = append(d.Kinds[i].Shapes, shape)
		}
	}
	return d
}

func (f *Fake) name() string {
	if f.Name == "" {
		return "fake"
	}
	return f.Name
}

// Open implements [connectors.Connector].
func (f *Fake) Open(context.Context, connectors.Settings) (connectors.Instance, error) {
	f.Opened.Add(1)
	return fakeInstance{f}, nil
}

type fakeInstance struct{ *Fake }

func (f fakeInstance) ask(ctx context.Context, call string, q fact.Query) error {
	if f.Ask == nil {
		return ctx.Err()
	}
	return f.Ask(ctx, call, q)
}

// Check implements [connectors.Instance].
func (f fakeInstance) Check(ctx context.Context) error {
	f.Checked.Add(1)
	return f.ask(ctx, "check", fact.Query{})
}

// Measure implements [connectors.Instance].
func (f fakeInstance) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	f.Measured.Add(1)
	if err := f.ask(ctx, "measure", q); err != nil {
		return fact.Result{}, err
	}
	r, err := f.find(q)
	r.Query = q // the fact may name another connector
	return r, err
}

// List implements [connectors.Instance]; its cursors are "1", "2" and so on.
func (f fakeInstance) List(ctx context.Context, q fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	f.Listed.Add(1)
	if err := f.ask(ctx, "list", q); err != nil {
		return connectors.Listed{}, err
	}
	r, err := f.find(q)
	if err != nil {
		return connectors.Listed{}, err
	}
	if r.Failed() {
		return connectors.Listed{}, &connectors.Diagnostic{Code: r.Failure.Code, Summary: r.Failure.Message}
	}
	pages := f.pages(r)
	from := 0
	if cursor != "" {
		if from, err = strconv.Atoi(cursor); err != nil || from < 1 || from > len(pages) {
			return connectors.Listed{}, &connectors.Diagnostic{Code: connectors.CodeInvalidQuery, Path: "cursor", Summary: fmt.Sprintf("no page %q", cursor)}
		}
	}
	for i := from; i < len(pages); i++ {
		pages[i].Cursor = strconv.Itoa(i + 1)
		if err := yield(pages[i]); err != nil {
			return connectors.Listed{}, err
		}
	}
	return connectors.Listed{Complete: r.Complete, ObservedAt: r.ObservedAt, Source: r.Source, Link: r.Link}, nil
}

// Close implements [connectors.Instance].
func (f fakeInstance) Close() error {
	f.Closed.Add(1)
	return nil
}

func (f fakeInstance) find(q fact.Query) (fact.Result, error) {
	for _, r := range f.Facts.Results {
		if a := r.Query.Ask; a.Kind == q.Kind && a.Params == q.Params && a.Window == q.Window && a.Yields == q.Yields {
			return r, nil
		}
	}
	return fact.Result{}, &connectors.Diagnostic{Code: connectors.CodeNotFound, Summary: "no fact answers " + q.String()}
}

func (f fakeInstance) pages(r fact.Result) []connectors.Page {
	size := f.PageSize
	if size <= 0 {
		size = max(r.Len(), 1)
	}
	var pages []connectors.Page
	for from := 0; from < r.Len(); from += size {
		until := min(from+size, r.Len())
		var p connectors.Page
		switch r.Query.Yields.Shape {
		case fact.WorkItemShape:
			p.WorkItems = r.WorkItems[from:until]
		case fact.IncidentShape:
			p.Incidents = r.Incidents[from:until]
		case fact.DutyShape:
			p.Duties = r.Duties[from:until]
		case fact.ApprovalShape:
			p.Approvals = r.Approvals[from:until]
		case fact.DeploymentShape:
			p.Deployments = r.Deployments[from:until]
		case fact.StateShape:
			p.States = r.States[from:until]
		}
		pages = append(pages, p)
	}
	return pages
}
