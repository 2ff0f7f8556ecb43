package connectortest

import (
	"context"
	"slices"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Kinds that [Broken] adds.
const (
	panicKind = "exam-panic"
	loopKind  = "exam-loop"
)

// Broken returns the connector with two faults that a sound one cannot be made
// to have: it panics on [PanicQuery], and its source turns in a circle on
// [LoopQuery]. With it the exam proves that neither harms the answers beside
// them; everything else is the connector's own.
func Broken(c connectors.Connector) connectors.Connector { return broken{c} }

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
