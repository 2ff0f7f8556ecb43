package azureboardsconnector

import (
	"cmp"
	"context"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Version is the connector's version, Semantic Versioning.
const Version = "0.1.0"

// New returns the connector.
func New() connectors.Connector { return connector{} }

type connector struct {
	upstream upstream.Options // clock, randomness and limits, for tests
}

// Describe says what the connector can do.
func (connector) Describe() connectors.Description {
	numbers, lists := []fact.Shape{fact.NumberShape}, []fact.Shape{fact.WorkItemShape}
	return connectors.Description{
		Name:    azureboards.Connector,
		Version: Version,
		Summary: "Counts and lists work items and iterations of an Azure Boards project.",
		Config:  Config{},
		Kinds: []connectors.Kind{
			{Name: "count", Summary: "How many work items fulfil a WIQL condition.", Params: countParams{}, Shapes: numbers},
			{Name: "items", Summary: "The work items that fulfil a WIQL condition.", Params: itemsParams{}, Shapes: lists},
			{Name: "iterations", Summary: "The iterations of a team.", Params: teamParams{}, Shapes: lists},
			{Name: "burndown", Summary: "The items of a team's current iteration, counted, or the hours of work that remain.", Params: burndownParams{}, Shapes: numbers},
		},
		// Azure DevOps counts in units of its own, 200 in 5 minutes, delays what is
		// above and says so in Retry-After ("Rate and usage limits",
		// learn.microsoft.com). This is a rate that leaves room for people.
		RateLimits: []connectors.RateLimit{{Name: "api", PerSecond: 5, Burst: 20}},
	}
}

// Open opens an instance from a [Config].
func (c connector) Open(_ context.Context, settings connectors.Settings) (connectors.Instance, error) {
	var config Config
	if err := settings.Decode(&config); err != nil {
		return nil, err
	}
	if err := config.faults(); err != nil {
		return nil, err
	}
	client, err := config.client(c.upstream)
	if err != nil {
		return nil, err
	}
	return &instance{
		client: client, answers: joint.New(client.Now), organization: config.Organization, project: config.Project, site: config.site(), teams: config.Teams,
		categories: config.States.categories(), batch: cmp.Or(config.BatchSize, maxBatch),
	}, nil
}
