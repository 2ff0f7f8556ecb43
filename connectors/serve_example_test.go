package connectors_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// tides is a whole connector, but for the outside system, which is a map.
type tides struct{}

// tidesConfig is what one instance is opened with.
type tidesConfig struct {
	Site  string            `json:"site" jsonschema_description:"where the tables are"`
	Token connectors.Secret `json:"token,omitzero"`
}

// levelParams are the parameters of a query of the kind "level".
type levelParams struct {
	Port string `json:"port"`
}

func (tides) Describe() connectors.Description {
	return connectors.Description{
		Name: "tides", Version: "1.0.0", Summary: "Says how high the water is.", Config: tidesConfig{},
		Kinds: []connectors.Kind{
			{Name: "level", Summary: "The level at a port.", Params: levelParams{}, Shapes: []fact.Shape{fact.NumberShape}},
		},
	}
}

// Open reads the settings and calls nobody.
func (tides) Open(_ context.Context, settings connectors.Settings) (connectors.Instance, error) {
	var c tidesConfig
	if err := settings.Decode(&c); err != nil {
		return nil, err // says which fields are wrong
	}
	return &table{config: c, levels: map[string]float64{"Hamburg": 4}}, nil
}

// table is one instance.
type table struct {
	config tidesConfig
	levels map[string]float64
}

func (*table) Check(context.Context) error { return nil }

func (t *table) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	var p levelParams
	if err := connectors.DecodeParams(q, &p); err != nil {
		return fact.Result{}, err
	}
	level, ok := t.levels[p.Port]
	if !ok {
		return fact.Result{}, &connectors.Diagnostic{Code: connectors.CodeNotFound, Path: "port",
			Origin: connectors.FromConfig, Summary: fmt.Sprintf("no port %q", p.Port)}
	}
	connectors.Logger(ctx).Debug("looked up", "port", p.Port)
	r := fact.AnswerNumber(q, time.Date(2026, 1, 7, 12, 0, 0, 0, time.UTC), level) // complete, with the query's unit
	r.Source = "Tide table"
	return r, nil
}

// List is never called: no kind has a shape of items.
func (*table) List(context.Context, fact.Query, string, func(connectors.Page) error) (connectors.Listed, error) {
	return connectors.Listed{}, errors.ErrUnsupported
}

func (*table) Close() error { return nil }

// A whole connector, asked in the same process.
func ExampleConnector() {
	fleet, err := connectors.Open(context.Background(), connectors.Config{Connectors: []connectors.Launch{
		{InProcess: tides{}, Settings: tidesConfig{Site: "https://tides.example.com", Token: connectors.NewSecret("t0ken")}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer fleet.Close()
	level := fact.NewQuery("tides", "level", fact.Number(value.Count))
	facts := fleet.Collect(context.Background(), []fact.Query{level.With("port", "Hamburg"), level.With("port", "Bern"), level})
	for _, r := range facts.Results {
		fmt.Printf("%v: %v %v %v\n", r.Query, r.Value, r.Complete, r.Failure.Message)
	}
	// Output:
	// tides level: 0 false port: is required
	// tides level {"port":"Bern"}: 0 false no port "Bern"
	// tides level {"port":"Hamburg"}: 4 true
}

// The main function of a connector's program.
func ExampleServe() {
	connectors.Serve(tides{})
}

// A program that has its connectors in itself: started by [connectors.Open]
// for a Launch with Self it serves one of them, otherwise it is the host.
func ExampleMain() {
	if connectors.Main(tides{}, weather{}) {
		return
	}
	fleet, err := connectors.Open(context.Background(), connectors.Config{
		Connectors: []connectors.Launch{{Self: "weather"}},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer fleet.Close()
}
