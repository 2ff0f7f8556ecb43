package gatestest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/gatestest"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// However a kind is set up, its table is built and strict.
func TestBoundariesOfVariants(t *testing.T) {
	canary := func(u, share value.Unit, edit func(*probe.Canary)) gates.Criterion {
		c := probe.NewCanary(track("canary", u).OutOf(traffic), track("stable", u), track("share", share),
			probe.Step{Share: 50, Soak: value.Duration(5 * time.Minute)}, probe.Step{Share: 75, Soak: value.Duration(40 * time.Minute)})
		c.Bad = probe.Higher
		edit(&c)
		return gates.Canary("c", c)
	}
	open := func(window time.Duration, deadline value.When) gates.Criterion {
		return gates.BurnDown("c", fact.NewQuery("jira", "history", fact.Series(value.Hours)).Over(window).OutOf(traffic), deadline)
	}
	deployments := fact.NewQuery("ci", "deployments", fact.Deployments())
	tests := probe.Suite{Passed: failures, Failed: events("failed", 0), Skipped: events("skipped", 0), Least: 1, MostSkipped: probe.NoLimit}
	for name, c := range map[string]gates.Criterion{
		"canary: lower is bad":         canary(value.Milliseconds, value.Percent, func(c *probe.Canary) { c.Bad = probe.Lower }),
		"canary: counts":               canary(value.Count, value.Ratio, func(*probe.Canary) {}),
		"canary: nothing is tolerated": canary(value.Milliseconds, value.Percent, func(c *probe.Canary) { c.Tolerance, c.Effect = 0, 0 }),
		"canary: no outliers":          canary(value.Milliseconds, value.Percent, func(c *probe.Canary) { c.Outliers, c.Effect = probe.DropOutliers, 0.6 }),
		"canary: no number dropped":    canary(value.Milliseconds, value.Percent, func(c *probe.Canary) { c.NaN = probe.DropNaN }),
		"canary: few samples":          canary(value.Milliseconds, value.Percent, func(c *probe.Canary) { c.MinSamples = 2 }),
		"canary: a short gap":          canary(value.Milliseconds, value.Percent, func(c *probe.Canary) { c.MaxGap = value.Duration(5 * time.Second) }),
		"canary: all of the traffic": canary(value.Milliseconds, value.Percent, func(c *probe.Canary) {
			c.Full, c.Steps[1].Share = track("before", value.Milliseconds), 100
		}),
		"a week to a date":     open(7*24*time.Hour, value.Date(2026, time.March, 1)),
		"a quarter to a date":  open(91*24*time.Hour, value.AoE(2026, time.March, 1)),
		"hours to a moment":    open(36*time.Hour, value.At(gatestest.Now)),
		"minutes to a moment":  open(47*time.Minute, value.At(gatestest.Now)),
		"all of a budget":      gates.Budget("c", errorsOver(time.Hour, 3), 99.95, 100),
		"none of a budget":     gates.Budget("c", errorsOver(time.Hour, 20_000_000), 99.99, 0),
		"a third of a budget":  gates.Budget("c", errorsOver(time.Hour, 0.5), 99.5, 33.333),
		"the pace of a budget": gates.BurnRate("c", 99, 1, errorsOver(72*time.Hour, 100), errorsOver(6*time.Hour, 1)),
		"one test":             gates.Suite("c", tests),
		"one state":            gates.Healthy("c", fact.NewQuery("datadog", "monitors", fact.States())),
		"a status that failed": gates.Deployed("c", probe.Deployed{Query: deployments, Environment: "eu", Components: []string{"api", "web"},
			Succeeded: []string{"done", "live"}, Failed: []string{"failed"}}),
		"a short gap":          gates.AtMost("c", hourly, 450).WithMaxGap(10 * time.Second),
		"a percentile of many": gates.AtLeast("c", hourly, 450).Aggregated("p99.9"),
		"a negative limit":     gates.Between("c", fact.NewQuery("datadog", "metric", fact.Number(value.Percent)), -3, -1),
		"fewer than before":    gates.AtLeast("c", track("now", value.Count), -5).ComparedBy(probe.Difference, track("before", value.Count), 3),
		"a phase":              gates.Checklist("c", probe.PostRelease),
	} {
		t.Run(name, func(t *testing.T) {
			plan := release.NewPlan("Atlas", "1")
			plan.Overview.Components = []release.Component{{Name: "shop"}}
			text, err := gatestest.BoundaryTable{Plan: plan}.Text(gates.Exit("staging", c).WithoutSignOffs("a test"))
			if err != nil {
				t.Fatal(err)
			}
			if strict(t, text) != 1 || !strings.Contains(text, " fail ") {
				t.Errorf("it is never seen to pass and to fail:\n%s", text)
			}
		})
	}
}
