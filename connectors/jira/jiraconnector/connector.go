package jiraconnector

import (
	"context"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Version is the connector's version, Semantic Versioning.
const Version = "0.1.0"

// New returns the connector.
func New() connectors.Connector { return connector{} }

type connector struct {
	upstream upstream.Options // clock and randomness, for tests
}

// Describe says what the connector can do.
func (connector) Describe() connectors.Description {
	numbers, lists := []fact.Shape{fact.NumberShape}, []fact.Shape{fact.WorkItemShape}
	return connectors.Description{
		Name:    jira.Connector,
		Version: Version,
		Summary: "Counts and lists issues, approvals, versions and sprints of a Jira Cloud site.",
		Config:  Config{},
		Kinds: []connectors.Kind{
			{Name: "count", Summary: "How many issues match a JQL expression.", Params: countParams{}, Shapes: numbers},
			{Name: "items", Summary: "The issues that match a JQL expression.", Params: itemsParams{}, Shapes: lists},
			{Name: "approvals", Summary: "The approvals of the issues that match a JQL expression.", Params: approvalParams{}, Shapes: []fact.Shape{fact.ApprovalShape}},
			{Name: "version", Summary: "The issues of a fix version, counted, or the version itself.", Params: versionParams{},
				Shapes: []fact.Shape{fact.NumberShape, fact.WorkItemShape}},
			{Name: "burndown", Summary: "The issues of a board's active sprint, counted.", Params: boardParams{}, Shapes: numbers},
		},
		// Jira does not publish a number for its burst limit per endpoint, and it
		// answers 429 when it is reached. This is a rate that leaves room for people.
		RateLimits: []connectors.RateLimit{{Name: "api", PerSecond: 10, Burst: 20}},
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
	in := &instance{
		client: client, site: config.site(), projects: config.Projects, boards: config.Boards,
		lag:       time.Duration(config.IndexLag),
		maxIssues: config.MaxIssues, pageSize: config.PageSize,
	}
	if in.maxIssues == 0 {
		in.maxIssues = maxCount
	}
	if in.pageSize == 0 {
		in.pageSize = maxPage
	}
	return in, nil
}
