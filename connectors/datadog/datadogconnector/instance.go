package datadogconnector

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// clock is how far Datadog's clock is from ours, as it said last. Windows end by
// its clock: with ours ten minutes slow the newest would never be asked for.
type clock struct {
	mu    sync.Mutex
	heard time.Time // by our clock; zero: never
	ahead time.Duration
}

// trusted is for how long what was heard of the clock is believed.
const trusted = 10 * time.Minute

func (c *clock) hear(now, date time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard, c.ahead = now, 0
	if !date.IsZero() {
		c.ahead = date.Sub(now)
	}
}

func (c *clock) tell(now time.Time) (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	known := !c.heard.IsZero() && now.Sub(c.heard).Abs() < trusted
	return now.Add(c.ahead).UTC().Truncate(time.Second), known
}

// now is the time by Datadog's clock. Where that is not known it is asked for
// with the one call that needs no scope.
func (in *instance) now(ctx context.Context, question string) (time.Time, error) {
	if t, ok := in.clock.tell(in.client.Now()); ok {
		return t, nil
	}
	_, err := joint.Ask(ctx, in.answers, "clock", question, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, in.validate(ctx)
	})
	if err != nil {
		return time.Time{}, err
	}
	t, _ := in.clock.tell(in.client.Now())
	return t, nil
}

// do sends a request, decodes the answer strictly and hears what time it is.
// Scope is what a 403 may be for.
func do[T any](ctx context.Context, in *instance, r upstream.Request, scope string) (T, upstream.Answer, error) {
	var body upstream.Strict[T]
	a, err := in.client.Do(ctx, r, &body)
	if err != nil {
		return body.Is, a, scoped(err, scope)
	}
	in.clock.hear(in.client.Now(), a.Date)
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
