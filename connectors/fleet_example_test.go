package connectors_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// weather is a connector: how it describes itself, opens and answers.
type weather struct{}

func (weather) Describe() connectors.Description {
	return connectors.Description{Name: "weather", Version: "1.0.0", Summary: "Says how warm it is.", Kinds: []connectors.Kind{
		{Name: "storms", Shapes: []fact.Shape{fact.NumberShape}},
		{Name: "works", Shapes: []fact.Shape{fact.WorkItemShape}},
	}}
}

func (weather) Open(context.Context, connectors.Settings) (connectors.Instance, error) {
	return weather{}, nil
}

func (weather) Check(context.Context) error { return nil }

func (weather) Measure(_ context.Context, q fact.Query) (fact.Result, error) {
	return fact.AnswerNumber(q, time.Date(2026, 1, 7, 12, 0, 0, 0, time.UTC), 2), nil
}

func (weather) List(_ context.Context, _ fact.Query, _ string, yield func(connectors.Page) error) (connectors.Listed, error) {
	return connectors.Listed{Complete: true}, yield(connectors.Page{WorkItems: []fact.WorkItem{{ID: "W-1"}, {ID: "W-2"}}})
}

func (weather) Close() error { return nil }

// A program that passes the connector to Main first thing says Self: "weather"
// instead and has it in a process of its own.
func ExampleOpen() {
	fleet, err := connectors.Open(context.Background(), connectors.Config{
		Connectors: []connectors.Launch{{InProcess: weather{}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer fleet.Close()
	for _, s := range fleet.Status() {
		fmt.Println(s.Name, s.Version, s.From, s.State)
	}
	// Output: weather 1.0.0 in-process ready
}

// What nobody can answer is in the set, too, and says why.
func ExampleFleet_Collect() {
	fleet, err := connectors.Open(context.Background(), connectors.Config{
		Connectors: []connectors.Launch{{InProcess: weather{}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer fleet.Close()
	facts := fleet.Collect(context.Background(), []fact.Query{
		fact.NewQuery("weather", "storms", fact.Number(value.Count)),
		fact.NewQuery("jira", "count", fact.Number(value.Count)),
	})
	for _, r := range facts.Results {
		fmt.Println(r.Query, r.Value.Value, r.Failure.Code)
	}
	// Output:
	// jira count 0 unknown-connector
	// weather storms 2
}

// A long list passes by without being kept; without an error it is complete.
func ExampleFleet_List() {
	fleet, err := connectors.Open(context.Background(), connectors.Config{
		Connectors: []connectors.Launch{{InProcess: weather{}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer fleet.Close()
	for page, err := range fleet.List(context.Background(), fact.NewQuery("weather", "works", fact.WorkItems())) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, item := range page.WorkItems {
			fmt.Println(item.ID)
		}
	}
	// Output:
	// W-1
	// W-2
}
