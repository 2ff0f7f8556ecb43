package datadogconnector

import (
	"cmp"
	"context"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Version is the connector's version, Semantic Versioning.
const Version = "0.1.0"

// kinds are the kinds of queries.
var kinds = []string{"metric", "formula", "scalar", "comparison", "monitors", "slo", "tests"}

// New returns the connector.
func New() connectors.Connector { return newWith(upstream.Options{}) }

// newWith returns the connector with a clock and randomness of a test's.
func newWith(opts upstream.Options) connectors.Connector {
	about := connectors.Description{
		Name: datadog.Connector, Version: Version,
		Summary: "Metrics, monitors, service level objectives and test results of a Datadog organisation.",
		// Datadog's default is 1,600 timeseries queries an hour (docs.datadoghq.com,
		// API Reference, Rate Limits); of the others it publishes no number.
		RateLimits: []connectors.RateLimit{
			{Name: "timeseries", Kinds: []string{"metric", "formula", "scalar", "comparison"}, PerSecond: 0.4, Burst: 100},
			{Name: "api", Kinds: []string{"monitors", "slo", "tests"}, PerSecond: 1, Burst: 50},
		},
	}
	open := func(_ context.Context, config Config) (*instance, error) { return newInstance(&config, opts) }
	return connectors.Define(about, open,
		connectors.Measures("metric", "The latest bucket of a metric query, or its buckets over a window.", (*instance).metric, fact.NumberShape, fact.SeriesShape),
		connectors.Measures("formula", "The latest bucket of an expression of metric queries, or its buckets over a window.", (*instance).formula, fact.NumberShape, fact.SeriesShape),
		connectors.Measures("scalar", "One number made of metric queries over a window.", (*instance).scalar),
		connectors.Measures("comparison", "A canary, its baseline, its share of the traffic and the requests behind them.", (*instance).comparison, fact.NumberShape, fact.SeriesShape),
		connectors.Measures("monitors", "The monitors that have all of some tags: their states, or how many there are.", (*instance).countMonitors),
		connectors.Lists("monitors", "", fact.StateShape, (*instance).listMonitors),
		connectors.Measures("slo", "A service level objective: indicator, error budget, burn rate, events, or its state.", (*instance).slo),
		connectors.Lists("slo", "", fact.StateShape, (*instance).sloState),
		connectors.Measures("tests", "How many tests of CI Visibility passed, failed and were skipped.", (*instance).tests),
	)
}

// source is the system that answers, as people call it.
const source = "Datadog"

// instance is one organisation at one site. It keeps no secret but in the client.
type instance struct {
	client   *upstream.Client
	answers  *joint.Answers
	app      string
	kinds    []string
	settle   time.Duration
	monitors int // that one query reads
	pageSize int // of lists of monitors; 0: all at once
}

func newInstance(config *Config, opts upstream.Options) (*instance, error) {
	if err := config.faults(); err != nil {
		return nil, err
	}
	client, err := config.client(opts)
	if err != nil {
		return nil, err
	}
	proven := config.Kinds
	if len(proven) == 0 {
		proven = kinds
	}
	return &instance{
		client: client, answers: joint.New(client.Now), app: config.app(), kinds: proven,
		settle:   cmp.Or(config.Settle.Std(), settle),
		monitors: cmp.Or(config.MaxMonitors, maxMonitors),
		pageSize: config.PageSize,
	}, nil
}

// Close ends the client.
func (in *instance) Close() error { //nolint:unparam // an io.Closer
	in.client.Close()
	return nil
}
