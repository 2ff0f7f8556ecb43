package datadogconnector

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// sloParams are those of the queries about an objective.
type sloParams struct {
	ID        string `json:"id" jsonschema_description:"of the objective"`
	Of        string `json:"of" jsonschema_description:"sli, error-budget, burn-rate, bad, all or state"`
	Timeframe string `json:"timeframe,omitzero" jsonschema_description:"7d, 30d or 90d: whose target is meant"`
}

// history is GET /api/v1/slo/{id}/history (SLOHistoryResponse).
type history struct {
	Data *struct {
		Overall struct {
			SLI     *float64            `json:"sli_value"`
			Budget  map[string]*float64 `json:"error_budget_remaining"`
			Errors  []json.RawMessage   `json:"errors"`
			Preview bool                `json:"preview"`
		} `json:"overall"`
		Series     *sloSeries           `json:"series"`
		Thresholds map[string]threshold `json:"thresholds"`
		Type       string               `json:"type"`
	} `json:"data"`
}

type threshold struct {
	Target  *float64 `json:"target"`
	Warning *float64 `json:"warning"`
}

// sloSeries are the events of an objective that counts some.
type sloSeries struct {
	Numerator   sloEvents `json:"numerator"`
	Denominator sloEvents `json:"denominator"`
}

type sloEvents struct {
	Sum *float64 `json:"sum"`
}

// told is what of an objective's history has no fault.
type told struct {
	sli      *float64 // percent; nil: no data
	budget   map[string]*float64
	series   *sloSeries
	targets  map[string]threshold
	complete bool // not replayed at the moment
	from, to time.Time
	answer   upstream.Answer
}

// maxHistory bounds windows: the longest timeframe.
const maxHistory = 90 * 24 * time.Hour

// history asks for the history of an objective over a window up to now.
func (in *instance) history(ctx context.Context, id string, window time.Duration, asked string) (told, error) {
	switch {
	case id == "":
		return told{}, upstream.Invalid("id", "id is missing, want that of an objective")
	case window < time.Minute || window > maxHistory:
		return told{}, upstream.Invalid("window", "a window of %v is not between a minute and 90 days", window)
	}
	now, err := in.now(ctx, asked)
	if err != nil {
		return told{}, err
	}
	to := now.Truncate(time.Minute)
	from := to.Add(-window)
	return joint.Ask(ctx, in.answers, fmt.Sprintf("slo %q %v", id, window), asked, func(ctx context.Context) (told, error) {
		r := upstream.Get("/api/v1/slo/{slo}/history", id).With("from_ts", seconds(from)).With("to_ts", seconds(to))
		body, a, err := do[history](ctx, in, r, "slos_read")
		if err != nil {
			return told{}, err
		}
		return body.read(a, from, to)
	})
}

// read refuses an answer that has errors or says what cannot be.
func (h history) read(a upstream.Answer, from, to time.Time) (told, error) {
	const at = "GET /api/v1/slo/{slo}/history: answer "
	if h.Data == nil {
		return told{}, upstream.BadAnswer(a, at+"has no data")
	}
	o := h.Data.Overall
	if len(o.Errors) > 0 {
		return told{}, upstream.BadAnswer(a, at+"has errors: %.200s", o.Errors[0])
	}
	if o.SLI != nil && !(*o.SLI >= 0 && *o.SLI <= 100) {
		return told{}, upstream.BadAnswer(a, at+"has an indicator of %v %%", *o.SLI)
	}
	t := told{sli: o.SLI, budget: o.Budget, series: h.Data.Series, targets: h.Data.Thresholds, complete: !o.Preview, from: from, to: to, answer: a}
	if t.series == nil {
		return t, nil
	}
	good, all := t.series.Numerator.Sum, t.series.Denominator.Sum
	if good == nil || all == nil || *good < 0 || *all < *good {
		return told{}, upstream.BadAnswer(a, at+"has no count of good events out of all")
	}
	if *all == 0 {
		t.sli = nil // of no events none went wrong, which says nothing
	}
	return t, nil
}

// target is what the objective wants in a timeframe, in percent.
func (t told) target(timeframe string) (threshold, error) {
	is, ok := t.targets[timeframe]
	switch {
	case datadog.Timeframe(timeframe).Length() == 0:
		return is, upstream.Invalid("timeframe", "timeframe %.40q is none of 7d, 30d and 90d", timeframe)
	case !ok || is.Target == nil:
		return is, nothing("the objective has no target for %s", timeframe)
	case !(*is.Target > 0 && *is.Target < 100):
		return is, upstream.BadAnswer(t.answer, "the objective has a target of %v %%, which leaves no error budget", *is.Target)
	}
	return is, nil
}

// slo answers a number about an objective.
func (in *instance) slo(ctx context.Context, p sloParams, q fact.Query) (fact.Result, error) {
	unit, ok := map[string]value.Unit{"sli": value.Percent, "error-budget": value.Percent, "burn-rate": value.Ratio, "bad": value.Count, "all": value.Count}[p.Of]
	if !ok {
		return fact.Result{}, upstream.Invalid("of", "of %.40q is not known, want sli, error-budget, burn-rate, bad or all", p.Of)
	}
	if err := wants(q, unit); err != nil {
		return fact.Result{}, err
	}
	if p.Of == "error-budget" && q.Window.Std() != datadog.Timeframe(p.Timeframe).Length() {
		return fact.Result{}, upstream.Invalid("window", "an error budget is that of its timeframe %.40q, not of %s", p.Timeframe, q.Window)
	}
	t, err := in.history(ctx, p.ID, q.Window.Std(), question(q))
	if err != nil {
		return fact.Result{}, err
	}
	n, err := t.number(p)
	if err != nil {
		return fact.Result{}, err
	}
	r := number(q, n, t.to, in.sloLink(p.ID))
	r.Complete = t.complete
	return r, nil
}

// number is what is asked about the objective.
func (t told) number(p sloParams) (float64, error) {
	switch {
	case (p.Of == "bad" || p.Of == "all") && t.series == nil:
		return 0, upstream.Invalid("of", "the objective counts no events; its type is not metric")
	case p.Of == "bad":
		return *t.series.Denominator.Sum - *t.series.Numerator.Sum, nil
	case p.Of == "all":
		return *t.series.Denominator.Sum, nil
	case t.sli == nil:
		return 0, nothing("the objective has no indicator over the window: nothing was measured or counted")
	case p.Of == "sli":
		return *t.sli, nil
	}
	is, err := t.target(p.Timeframe)
	if err != nil {
		return 0, err
	}
	if p.Of == "burn-rate" {
		return (100 - *t.sli) / (100 - *is.Target), nil
	}
	left := t.budget[p.Timeframe]
	if left == nil {
		return 0, upstream.BadAnswer(t.answer, "the history does not say what is left of the error budget of %s", p.Timeframe)
	}
	// 100·(1-(100-sli)/(100-target)) is what is left. Datadog rounds both numbers
	// for people, so they are only to be on the same side.
	if reckoned := 100 * (*t.sli - *is.Target) / (100 - *is.Target); *left > 100 || math.IsNaN(*left) || *left > 0 && reckoned < -1 || *left < -1 && reckoned > 1 {
		return 0, upstream.BadAnswer(t.answer, "an error budget of %v %% does not go with an indicator of %v %% and a target of %v %%", *left, *t.sli, *is.Target)
	}
	return *left, nil
}

// sloState lists the state of an objective.
func (in *instance) sloState(ctx context.Context, p sloParams, _ string) (page connectors.Page, l connectors.Listed, err error) {
	l = connectors.Listed{Source: source, Link: in.sloLink(p.ID)}
	if p.Of != "state" {
		return page, l, upstream.Invalid("of", "of %.40q has no states", p.Of)
	}
	asked := fmt.Sprintf("slo state %q %s", p.ID, p.Timeframe)
	t, err := in.history(ctx, p.ID, datadog.Timeframe(p.Timeframe).Length(), asked)
	if err != nil {
		return page, l, err
	}
	is, err := t.target(p.Timeframe)
	if err != nil {
		return page, l, err
	}
	body, a, err := do[struct {
		Data *struct {
			Name string `json:"name"`
		} `json:"data"`
	}](ctx, in, upstream.Get("/api/v1/slo/{slo}", p.ID), "slos_read")
	switch {
	case err != nil:
		return page, l, err
	case body.Data == nil:
		return page, l, upstream.BadAnswer(a, "GET /api/v1/slo/{slo}: answer has no data")
	}
	l.Complete, l.ObservedAt = t.complete, t.to
	page.States = []fact.State{{ID: p.ID, Title: body.Data.Name, Group: p.Timeframe, Status: is.health(t.sli), Link: l.Link}}
	return page, l, nil
}

func (is threshold) health(sli *float64) fact.Health {
	switch {
	case sli == nil:
		return fact.NoData
	case *sli < *is.Target:
		return fact.Alerting
	case is.Warning != nil && *sli < *is.Warning:
		return fact.Warned
	}
	return fact.Healthy
}

func (in *instance) sloLink(id string) value.Link {
	return value.Link(in.app + "/slo?slo_id=" + url.QueryEscape(id))
}
