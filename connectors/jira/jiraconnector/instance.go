package jiraconnector

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// source is the system that answers, as people call it.
const source = "Jira"

// instance is one account at one site. It keeps no secret but in the client.
type instance struct {
	client    *upstream.Client
	site      string
	projects  []string
	boards    []int64
	maxIssues int
	pageSize  int
	lag       time.Duration // of the search index
}

// counted is the answer to a number query.
type counted struct {
	n        int64
	complete bool
	at       time.Time
	link     value.Link
}

// Measure answers a count.
func (in *instance) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	switch {
	case q.Kind != "count" && q.Kind != "version" && q.Kind != "burndown":
		return fact.Result{}, unknownKind(q)
	case q.Yields != fact.Number(value.Count):
		return fact.Result{}, upstream.Invalid("yields", "%s %q cannot be measured, want a number of {count}", q.Yields.Shape, q.Yields.Unit)
	}
	answer, err := in.measure(ctx, q)
	if err != nil {
		return fact.Result{}, err
	}
	return fact.Result{
		Query: q, Complete: answer.complete, ObservedAt: answer.at, Source: source, Link: answer.link,
		Value: value.Quantity{Value: value.Number(answer.n), Unit: value.Count},
	}, nil
}

func (in *instance) measure(ctx context.Context, q fact.Query) (counted, error) {
	switch q.Kind {
	case "version":
		p, err := params[versionParams](q)
		if err != nil {
			return counted{}, err
		}
		return in.countVersion(ctx, p)
	case "burndown":
		p, err := params[boardParams](q)
		if err != nil {
			return counted{}, err
		}
		return in.burndown(ctx, p)
	default:
		p, err := params[countParams](q)
		if err != nil {
			return counted{}, err
		}
		return in.count(ctx, p.JQL, p.Reconcile)
	}
}

// List answers a query for work items or approvals.
func (in *instance) List(ctx context.Context, q fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	want := fact.WorkItems()
	switch q.Kind {
	case "items", "version":
	case "approvals":
		want = fact.Approvals()
	default:
		return connectors.Listed{}, unknownKind(q)
	}
	if q.Yields != want {
		return connectors.Listed{}, upstream.Invalid("yields", "%s cannot be listed, want %s", q.Yields.Shape, want.Shape)
	}
	switch q.Kind {
	case "version":
		p, err := params[versionParams](q)
		if err != nil {
			return connectors.Listed{}, err
		}
		return in.listVersion(ctx, p, cursor, yield)
	case "approvals":
		p, err := params[approvalParams](q)
		if err != nil {
			return connectors.Listed{}, err
		}
		return in.approvals(ctx, p, cursor, yield)
	}
	p, err := params[itemsParams](q)
	if err != nil {
		return connectors.Listed{}, err
	}
	return in.items(ctx, p, cursor, yield)
}

// Close ends the instance.
func (in *instance) Close() error {
	in.client.Close()
	return nil
}

func unknownKind(q fact.Query) error {
	return &connectors.Diagnostic{
		Code: connectors.CodeUnknownKind, Origin: connectors.FromConfig, Path: "kind",
		Summary: fmt.Sprintf("kind %q in shape %s is not answered here", q.Kind, q.Yields.Shape),
	}
}
