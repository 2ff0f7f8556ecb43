package datadogconnector

import (
	"context"
	"errors"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// now is the time by Datadog's clock. Where that is not known it is asked for
// with the one call that needs no scope.
func (in *instance) now(ctx context.Context, question string) (time.Time, error) {
	if t, known := in.client.SystemNow(); known {
		return t, nil
	}
	_, err := joint.Ask(ctx, in.answers, "clock", question, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, in.validate(ctx)
	})
	if err != nil {
		return time.Time{}, err
	}
	t, _ := in.client.SystemNow()
	return t, nil
}

// do sends a request and decodes the answer strictly. Scope is what a 403 may be for.
func do[T any](ctx context.Context, in *instance, r upstream.Request, scope string) (T, upstream.Answer, error) {
	var body upstream.Strict[T]
	a, err := in.client.Do(ctx, r, &body)
	if err != nil {
		return body.Is, a, scoped(err, scope)
	}
	return body.Is, a, nil
}

// scoped says of a refusal what was needed: Datadog only says "Forbidden".
// Several may have the same diagnostic, so it is not changed but copied.
func scoped(err error, scope string) error {
	var d *connectors.Diagnostic
	if scope == "" || !errors.As(err, &d) || d.Code != connectors.CodeForbidden {
		return err
	}
	said := *d
	said.Summary += "; a key is wrong, or the application key lacks the scope " + scope
	return &said
}

// number is the complete answer to a query for a number.
func number(q fact.Query, n float64, at time.Time, link value.Link) fact.Result {
	r := fact.AnswerNumber(q, at.UTC(), n)
	r.Source, r.Link = source, link
	return r
}

// nothing is the failure of a query that found no data: no zero.
func nothing(format string, args ...any) error {
	d := upstream.Invalid("query", format, args...)
	d.Code, d.Origin = connectors.CodeNotFound, connectors.FromUpstream
	return d
}

// wants refuses units in which a query of a fixed one cannot be answered.
func wants(q fact.Query, unit value.Unit) error {
	if q.Yields.Unit != unit {
		return upstream.Invalid("yields", "a %s query of this kind yields %q, not %q", q.Kind, unit, q.Yields.Unit)
	}
	return nil
}
