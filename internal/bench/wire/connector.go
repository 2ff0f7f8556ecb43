package wire

import (
	"context"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Connector answers the questions of the benchmark.
type Connector struct{}

type config struct {
	Token connectors.Secret `json:"token"`
}

type echoParams struct {
	Text string `json:"text"`
}

type worksParams struct {
	Count string `json:"count"`
}

// settings are those that every launch has.
func settings() config { return config{Token: connectors.NewSecret("bench-t0ken-0123456789abcdef")} }

// Describe implements [connectors.Connector].
func (Connector) Describe() connectors.Description {
	return connectors.Description{Name: name, Version: "1.0.0", Summary: "Answers the benchmark.", Config: config{}, Kinds: []connectors.Kind{
		{Name: echo, Params: echoParams{}, Shapes: []fact.Shape{fact.NumberShape}},
		{Name: works, Params: worksParams{}, Shapes: []fact.Shape{fact.WorkItemShape}},
	}}
}

// Open implements [connectors.Connector].
func (Connector) Open(_ context.Context, s connectors.Settings) (connectors.Instance, error) {
	var c config
	return instance{}, s.Decode(&c)
}

type instance struct{}

func (instance) Check(context.Context) error { return nil }
func (instance) Close() error                { return nil }

func (instance) Measure(_ context.Context, q fact.Query) (fact.Result, error) {
	r := fact.AnswerNumber(q, now, 7)
	r.Source, r.Link = source, answered
	return r, nil
}

// List makes pages of the size that a source would have.
func (instance) List(_ context.Context, q fact.Query, _ string, yield func(connectors.Page) error) (connectors.Listed, error) {
	items, err := counted(string(q.Params))
	if err != nil {
		return connectors.Listed{}, err
	}
	for i := 0; i < items; i += batchSize {
		page := connectors.Page{WorkItems: make([]fact.WorkItem, 0, batchSize), Cursor: cursor(i + batchSize)}
		for j := i; j < min(i+batchSize, items); j++ {
			page.WorkItems = append(page.WorkItems, item(j))
		}
		if err := yield(page); err != nil {
			return connectors.Listed{}, err
		}
	}
	return connectors.Listed{Complete: true, ObservedAt: now}, nil
}
