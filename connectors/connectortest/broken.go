package connectortest

import (
	"context"
	"os"
	"path"
	"slices"
	"testing"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Kinds that [Broken] adds.
const (
	panicKind = "exam-panic"
	loopKind  = "exam-loop"
)

// brokenArg makes a test binary the program of the broken connector.
const brokenArg = "broken"

// Broken returns the connector with two faults that a sound one cannot be made
// to have: it panics on [PanicQuery], and its source turns in a circle on
// [LoopQuery]. With it the exam proves that neither harms the answers beside
// them; everything else is the connector's own.
func Broken(c connectors.Connector) connectors.Connector { return broken{c} }

// ServeBroken serves the connector [Broken] if [Harness.Breaking] made this test
// binary its program, and reports whether it did. TestMain calls it first.
func ServeBroken(c connectors.Connector) bool {
	if len(os.Args) != 2 || os.Args[1] != brokenArg {
		return false
	}
	connectors.Serve(Broken(c))
	return true
}

// Breaking returns the harness for the cases that are named with its connector
// [Broken], in this process and as a program, which is the test binary; for any
// other case it is h.
func (h Harness) Breaking(t *testing.T, cases ...string) Harness {
	t.Helper()
	if slices.Contains(cases, path.Base(t.Name())) {
		h.Connector, h.Program = Broken(h.Connector), []string{os.Args[0], brokenArg}
	}
	return h
}

// PanicQuery is the query on which a [Broken] connector of that name panics.
func PanicQuery(connector string) fact.Query {
	return fact.NewQuery(connector, panicKind, fact.Number("1"))
}

// LoopQuery is the list of a [Broken] connector of that name that has no end.
func LoopQuery(connector string) fact.Query {
	return fact.NewQuery(connector, loopKind, fact.WorkItems())
}

type broken struct{ connectors.Connector }

// Describe adds the two kinds.
func (b broken) Describe() connectors.Description {
	d := b.Connector.Describe()
	d.Kinds = append(slices.Clip(d.Kinds),
		connectors.Kind{Name: panicKind, Summary: "Panics.", Shapes: []fact.Shape{fact.NumberShape}},
		connectors.Kind{Name: loopKind, Summary: "Turns in a circle.", Shapes: []fact.Shape{fact.WorkItemShape}})
	return d
}

// Open opens the connector's own instance.
func (b broken) Open(ctx context.Context, s connectors.Settings) (connectors.Instance, error) {
	in, err := b.Connector.Open(ctx, s)
	if err != nil {
		return nil, err
	}
	return brokenInstance{in}, nil
}

type brokenInstance struct{ connectors.Instance }

// Measure panics, or answers as the connector does.
func (b brokenInstance) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	if q.Kind == panicKind {
		panic("asked to")
	}
	return b.Instance.Measure(ctx, q)
}

// List turns in a circle, or lists as the connector does.
func (b brokenInstance) List(ctx context.Context, q fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	if q.Kind != loopKind {
		return b.Instance.List(ctx, q, cursor, yield)
	}
	for {
		if err := yield(connectors.Page{WorkItems: []fact.WorkItem{{ID: "1", Title: "again"}}, Cursor: "again"}); err != nil {
			return connectors.Listed{}, err
		}
	}
}
