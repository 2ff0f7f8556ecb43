package datadogconnector

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// Check proves the API key, and then for each kind of query that the settings
// name that the application key may ask it.
func (in *instance) Check(ctx context.Context) error {
	if err := in.validate(ctx); err != nil {
		return err
	}
	now, err := in.now(ctx, "check")
	if err != nil {
		return err
	}
	proven := map[string]bool{}
	for _, kind := range in.kinds {
		for _, p := range proofs(kind, now) {
			if proven[p.name] {
				continue
			}
			proven[p.name] = true
			if err := p.ask(ctx, in); err != nil {
				return about("applicationKey", err)
			}
		}
	}
	return nil
}

// about says of a refusal which setting it is about.
func about(path string, err error) error {
	var d *connectors.Diagnostic
	if !errors.As(err, &d) || d.Code != connectors.CodeForbidden && d.Code != connectors.CodeUnauthorized {
		return err
	}
	said := *d
	said.Path = path
	return &said
}

// validate proves the API key. It says nothing of the application key.
func (in *instance) validate(ctx context.Context) error {
	body, a, err := do[struct {
		Valid *bool `json:"valid"`
	}](ctx, in, upstream.Get("/api/v1/validate"), "")
	var d *connectors.Diagnostic
	switch {
	case errors.As(err, &d) && d.Code == connectors.CodeForbidden:
		said := *d // this call needs no scope, so it is the key
		said.Path = "apiKey"
		said.Summary += "; the API key is not one of this site's"
		return &said
	case err != nil:
		return err
	case body.Valid == nil:
		return upstream.BadAnswer(a, "GET /api/v1/validate: answer does not say whether the API key is valid")
	case !*body.Valid:
		bad := upstream.BadAnswer(a, "GET /api/v1/validate: the API key is not valid")
		bad.Code, bad.Path = connectors.CodeUnauthorized, "apiKey"
		return bad
	}
	return nil
}

// proof is one small request that a scope is needed for.
type proof struct {
	name string
	ask  func(context.Context, *instance) error
}

func proofs(kind string, now time.Time) []proof {
	switch kind {
	case "monitors":
		return []proof{
			{"monitors_read", func(ctx context.Context, in *instance) error {
				_, _, err := in.monitorPage(ctx, nil, 0, 1)
				return err
			}},
			{"monitors_downtime", func(ctx context.Context, in *instance) error {
				_, err := in.downtimePage(ctx, 0, 1)
				return err
			}},
		}
	case "slo":
		return []proof{{"slos_read", func(ctx context.Context, in *instance) error {
			list, a, err := do[struct {
				Data []struct{} `json:"data"`
			}](ctx, in, upstream.Get("/api/v1/slo").With("limit", "1"), "slos_read")
			if err == nil && list.Data == nil {
				return upstream.BadAnswer(a, "GET /api/v1/slo: answer has no array of objectives")
			}
			return err
		}}}
	case "tests":
		return []proof{{"ci_visibility_read", func(ctx context.Context, in *instance) error {
			_, _, err := in.aggregate(ctx, "@test.status:fail", now.Add(-time.Minute), now)
			return err
		}}}
	default:
		return []proof{{"timeseries_query", func(ctx context.Context, in *instance) error {
			// A metric that Datadog itself makes; that it has no data is no fault.
			_, _, err := in.query(ctx, "avg:datadog.estimated_usage.hosts{*}", now.Add(-time.Minute), now)
			return err
		}}}
	}
}

func seconds(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }
