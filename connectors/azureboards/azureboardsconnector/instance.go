package azureboardsconnector

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// source is the system that answers, as people call it.
const source = "Azure Boards"

// apiVersion is that of every call.
const apiVersion = "7.1"

// instance is one token for one project. It keeps no secret but in the client.
type instance struct {
	client       *upstream.Client
	answers      *joint.Answers
	organization string
	project      string
	site         string
	teams        []string
	categories   map[string]fact.Category
	batch        int
}

// countParams are those of azureboards.Count.
type countParams struct {
	Where string `json:"where" jsonschema_description:"a WIQL condition, as it stands after WHERE"`
}

// itemsParams are those of azureboards.Items and azureboards.LinkedTo.
type itemsParams struct {
	Where  string `json:"where" jsonschema_description:"a WIQL condition, as it stands after WHERE"`
	Linked string `json:"linked,omitzero" jsonschema_description:"host of another tracker: an item with a hyperlink there has that link"`
}

// teamParams are those of azureboards.Iterations.
type teamParams struct {
	Team string `json:"team" jsonschema_description:"the team's name or id"`
}

// burndownParams are those of azureboards.Burndown and azureboards.RemainingWork.
type burndownParams struct {
	Team   string `json:"team" jsonschema_description:"the team's name or id"`
	Number string `json:"number" jsonschema_description:"unfinished or all, a number of items; remaining, a number of hours"`
}

// counted is the answer to a number query.
type counted struct {
	n        float64
	complete bool
	at       time.Time
	link     value.Link
}

// Measure answers a number.
func (in *instance) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	var answer counted
	var err error
	switch {
	case q.Kind == "count" && q.Yields == fact.Number(value.Count):
		var p countParams
		if err := connectors.DecodeParams(q, &p); err != nil {
			return fact.Result{}, err
		}
		answer, err = in.count(ctx, p.Where)
	case q.Kind == "burndown" && q.Yields.Shape == fact.NumberShape:
		var p burndownParams
		if err := connectors.DecodeParams(q, &p); err != nil {
			return fact.Result{}, err
		}
		if want, known := numbers[p.Number]; !known {
			return fact.Result{}, upstream.Invalid("number", "number %q is not known, want unfinished, all or remaining", p.Number)
		} else if q.Yields.Unit != want {
			return fact.Result{}, upstream.Invalid("yields", "number %q is one of %s, not of %q", p.Number, want, q.Yields.Unit)
		}
		answer, err = in.burndown(ctx, p)
	case q.Kind == "count":
		return fact.Result{}, upstream.Invalid("yields", "%s %q cannot be counted, want a number of {count}", q.Yields.Shape, q.Yields.Unit)
	default:
		return fact.Result{}, unknownKind(q)
	}
	if err != nil {
		return fact.Result{}, err
	}
	r := fact.AnswerNumber(q, answer.at, answer.n)
	r.Complete, r.Source, r.Link = answer.complete, source, answer.link
	return r, nil
}

// numbers are what a burn-down can be asked for, and in which unit.
var numbers = map[string]value.Unit{"unfinished": value.Count, "all": value.Count, "remaining": value.Hours}

// List answers a query for work items.
func (in *instance) List(ctx context.Context, q fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	if q.Yields != fact.WorkItems() {
		return connectors.Listed{}, unknownKind(q)
	}
	switch q.Kind {
	case "items":
		var p itemsParams
		if err := connectors.DecodeParams(q, &p); err != nil {
			return connectors.Listed{}, err
		}
		return in.items(ctx, p, cursor, yield)
	case "iterations":
		var p teamParams
		if err := connectors.DecodeParams(q, &p); err != nil {
			return connectors.Listed{}, err
		}
		return connectors.ListPages(ctx, cursor, yield, func(ctx context.Context, cursor string) (connectors.Page, connectors.Listed, error) {
			return in.iterations(ctx, p.Team, cursor)
		})
	}
	return connectors.Listed{}, unknownKind(q)
}

// Close ends the instance.
func (in *instance) Close() error {
	in.client.Close()
	return nil
}

// get is a request of the project.
func (in *instance) get(path string, args ...string) upstream.Request {
	return upstream.Get("/{organization}/{project}"+path, append([]string{in.organization, in.project}, args...)...).With("api-version", apiVersion)
}

// post is a request that reads, though it is sent by POST.
func (in *instance) post(path string, body any) upstream.Request {
	return upstream.Post("/{organization}/{project}"+path, body, in.organization, in.project).ReadOnly().With("api-version", apiVersion)
}

func unknownKind(q fact.Query) error {
	return &connectors.Diagnostic{
		Code: connectors.CodeUnknownKind, Origin: connectors.FromConfig, Path: "kind",
		Summary: fmt.Sprintf("kind %q in shape %s is not answered here", q.Kind, q.Yields.Shape),
	}
}
