package main

import (
	"time"

	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// flags are the feature flags that the release turns.
func flags() []release.Flag {
	return []release.Flag{{
		Name: "booking.seat_choice", System: "LaunchDarkly", Default: "off", Owner: "booking-lead",
		Toggle: "off to 5%, 25%, 50%, 100% of customers, 30 minutes each", Kill: "Set booking.seat_choice to off for every segment",
		Components: []string{"booking-api", "payments-api"}, Link: "https://flags.example.com/booking.seat_choice",
	}}
}

// errorRate is the part of requests that fail, minute by minute.
var errorRate = datadog.Formula("100 * a / b", value.Percent, "sum:booking.errors{env:production}.as_count()", "sum:booking.requests{env:production}.as_count()")

// errorsFor and slowFor are the two signals that customers feel.
func errorsFor(d time.Duration) release.Condition {
	return release.Condition{Metric: "booking errors", Query: errorRate,
		Beyond: release.Above, Limit: value.Quantity{Value: 1, Unit: value.Percent}, For: value.Duration(d)}
}

func slowFor(d time.Duration) release.Condition {
	return release.Condition{Metric: "Booking p95", Query: metric("p95:booking.latency{env:production}", value.Milliseconds),
		Beyond: release.Above, Limit: value.Quantity{Value: 800, Unit: value.Milliseconds}, For: value.Duration(d)}
}

// impact is where customers are hurt.
func impact() []release.Impact {
	return []release.Impact{
		{ID: "I1", Condition: errorsFor(5 * time.Minute)},
		{ID: "I2", Condition: slowFor(10 * time.Minute)},
	}
}

// success is what the release is measured by.
func success() []release.SuccessMetric {
	return []release.SuccessMetric{{
		Name: "Bookings with a seat", Wanted: release.Above, Target: value.Quantity{Value: 12, Unit: value.Percent}, Source: "Datadog",
		Query: metric("booking.with_seat{env:production}", value.Percent), Link: "https://datadog.example.com/dashboard/seats",
	}}
}

// rollback is the way back: what fires it, who is called, what is owed.
func rollback() release.Rollback {
	return release.Rollback{
		Matrix: []release.Trigger{
			{ID: "T1", When: errorsFor(5 * time.Minute), Action: "Set booking.seat_choice to off", Owner: "sre-on-call", Delegate: "sre-lead",
				Within: value.Duration(5 * time.Minute)},
			{ID: "T2", When: errorsFor(15 * time.Minute), Action: "Roll back every service", Owner: "release-manager", Delegate: "release-deputy",
				Within: value.Duration(5 * time.Minute)},
			{ID: "T3", When: slowFor(10 * time.Minute), Action: "Halt the rollout", Owner: "sre-on-call", Delegate: "sre-lead",
				Within: value.Duration(5 * time.Minute)},
		},
		Escalation: []release.Escalation{
			{After: 0, Role: "sre-on-call", Delegate: "sre-lead"},
			{After: value.Duration(15 * time.Minute), Role: "sre-lead", Delegate: "release-deputy"},
			{After: value.Duration(30 * time.Minute), Role: "steering", Delegate: "release-deputy"},
		},
		Commitments: []release.Commitment{
			{ID: "C1", Text: "Hold the after-action review and publish its actions", Owner: "release-manager", Within: value.Duration(72 * time.Hour)},
		},
	}
}
