package main

import (
	"time"

	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
)

// datadogStandIn is Datadog with what was measured until the snapshot: a slow
// hour in staging, and nothing of production yet. It refuses one request because
// of its rate limit.
func datadogStandIn() (*datadogtest.Server, error) {
	server, err := datadogtest.Start()
	if err != nil {
		return nil, err
	}
	set := func(query string, unit datadogtest.Unit, interval time.Duration, back time.Duration, value func(at time.Time) float64) {
		server.SetMetric(query, datadogtest.Series{Unit: unit, Interval: interval, Points: datadogtest.Every(interval, seenAt.Add(-back), seenAt, value)})
	}
	once := func(query string, unit datadogtest.Unit, at time.Time, value float64) {
		server.SetMetric(query, datadogtest.Series{Unit: unit, Interval: time.Hour, Points: []datadogtest.Point{{At: at.Truncate(time.Hour), Value: value}}})
	}
	slow := func(at time.Time) float64 {
		i := int(at.Sub(seenAt.Add(-time.Hour)) / time.Minute)
		ms := 402 + 7*(i%9)
		if i >= 44 && i < 48 {
			ms += 60
		}
		return float64(ms)
	}
	set("p95:booking.latency{env:staging}", datadogtest.Millisecond, time.Minute, 2*time.Hour, slow)
	set("p95:booking.latency{env:staging,release:2026.11.0}", datadogtest.Millisecond, time.Minute, 2*time.Hour, func(at time.Time) float64 { return float64(395 + 5*(at.Minute()%7)) })
	set("sum:booking.errors{env:staging}.as_count()", datadogtest.Request, time.Minute, 2*time.Hour, func(at time.Time) float64 { return float64(at.Minute() % 2) })
	set("sum:booking.requests{env:staging}.as_count()", datadogtest.Request, time.Minute, 2*time.Hour, func(time.Time) float64 { return 802 })
	set("ci.suite.passed{suite:regression}", datadogtest.Percent, 5*time.Minute, time.Hour, func(time.Time) float64 { return 97.4 })
	set("max:jira.open_bugs{release:2026.12.0}", datadogtest.Unit{}, time.Hour, 16*24*time.Hour, openBugsAt)
	once("min:ci.coverage{release:2026.12.0}", datadogtest.Percent, seenAt.Add(-6*time.Hour), 84.2)
	once("max:migration.duration{id:0142}", datadogtest.Unit{Family: "time", Name: "minute"}, seenAt.Add(-9*24*time.Hour), 13.5)
	once("max:rehearsal.rollback{release:2026.12.0}", datadogtest.Unit{Family: "time", Name: "minute"}, instant(berlin("2026-12-03T14:30:00")), 11)
	server.SetSLOs(budget(61.3))
	server.SetMonitors(
		datadogtest.Monitor{ID: 4101, Name: "Booking latency", Tags: []string{"service:booking", "env:production"}, Changed: seenAt.Add(-72 * time.Hour)},
		datadogtest.Monitor{ID: 4102, Name: "Booking errors", Tags: []string{"service:booking", "env:production"}, Changed: seenAt.Add(-72 * time.Hour)},
	)
	server.Fail(1, datadogtest.Limited("0"))
	return server, nil
}

// openBugsAt is how many bugs were open: day by day fewer.
func openBugsAt(at time.Time) float64 {
	days := []float64{31, 33, 34, 30, 29, 29, 28, 25, 22, 20, 19, 18, 14, 11, 9}
	i := int(at.Sub(seenAt.Add(-14*24*time.Hour)) / (24 * time.Hour))
	return days[min(max(i, 0), len(days)-1)]
}

// budget is the objective of the booking API with so much of its budget left.
func budget(left float64) datadogtest.SLO {
	const target = 99.9
	return datadogtest.SLO{ID: objective, Name: "Bookings are answered", SLI: target + (100-target)*left/100, Targets: map[string]datadogtest.Target{"30d": {Target: target}}}
}
