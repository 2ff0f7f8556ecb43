package gatestest_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/gatestest"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// productionExit is a policy of the kinds that package probe judges.
func productionExit() gates.Gate {
	series := func(track string, u value.Unit) fact.Query {
		return fact.NewQuery("datadog", "metric", fact.Series(u)).With("track", track).Over(time.Hour)
	}
	count := func(name string) fact.Query {
		return fact.NewQuery("ci", "tests", fact.Number(value.Count)).With("outcome", name)
	}
	canary := probe.NewCanary(series("canary", value.Milliseconds), series("stable", value.Milliseconds), series("share", value.Percent),
		probe.Step{Share: 25, Soak: value.Duration(30 * time.Minute)})
	burndown := fact.NewQuery("jira", "history", fact.Series(value.Count)).Over(10 * 24 * time.Hour)
	services := fact.NewQuery("pagerduty", "services", fact.Number(value.Count))
	return gates.Exit("production",
		gates.Canary("canary", canary),
		gates.BurnDown("open", burndown, value.At(gatestest.Now.Add(5*24*time.Hour))),
		gates.Quiet("soak", fact.NewQuery("pagerduty", "incidents", fact.Incidents()).OutOf(services), 24*time.Hour),
		gates.Healthy("monitors", fact.NewQuery("datadog", "monitors", fact.States())),
		gates.Deployed("digests", probe.NewDeployed(fact.NewQuery("ci", "deployments", fact.Deployments()), "success")),
		gates.Suite("smoke", probe.Suite{Passed: count("passed"), Failed: count("failed"), Skipped: count("skipped"), Least: 40}),
	).WithoutSignOffs("the machine decides")
}

func TestRunKinds(t *testing.T) {
	digest := value.Sum([]byte("api"))
	plan := release.NewPlan("atlas", "1")
	plan.Overview = plan.Overview.WithComponents(release.Component{Name: "api", Artifact: digest})
	deployed := func(d value.Digest) gatestest.Fact {
		return gatestest.Deployments("digests", fact.Deployment{ID: "1", Component: "api", Environment: "production", Artifact: d, Status: "success", Finished: gatestest.Now.Add(-time.Hour)})
	}
	monitors := func(h fact.Health) gatestest.Fact {
		return gatestest.States("monitors", fact.State{ID: "1", Title: "p95", Status: h})
	}
	canary := func(ms float64) gatestest.Fact { return gatestest.Numbers("canary", ms, 400, 25) }
	open := gatestest.Series("open", 50, 45, 40, 35, 30, 25, 20, 15, 10, 5)
	smoke := func(passed, failed float64) gatestest.Fact { return gatestest.Numbers("smoke", passed, failed, 0) }
	down := fact.Incident{ID: "P1", Opened: gatestest.Now.Add(-time.Hour)}
	sound := func(more ...gatestest.Fact) []gatestest.Fact { return more }
	gatestest.Run(t, productionExit(), []gatestest.Case{
		{Name: "sound", Plan: plan, Facts: sound(canary(405), open, gatestest.Incidents("soak"), monitors(fact.Healthy), deployed(digest), smoke(40, 0)), Want: gates.Go},
		{Name: "slow canary", Plan: plan, Facts: sound(canary(480), open, gatestest.Incidents("soak"), monitors(fact.Healthy), deployed(digest), smoke(40, 0)),
			Want: gates.NoGo, Because: []string{"canary"}},
		{Name: "an incident", Plan: plan, Facts: sound(canary(405), open, gatestest.Incidents("soak", down), monitors(fact.Healthy), deployed(digest), smoke(40, 0)),
			Want: gates.NoGo, Because: []string{"soak"}},
		{Name: "a muted monitor", Plan: plan, Facts: sound(canary(405), open, gatestest.Incidents("soak"), monitors(fact.Muted), deployed(digest), smoke(40, 0)),
			Want: gates.Hold, Because: []string{"monitors"}},
		{Name: "another build", Plan: plan, Facts: sound(canary(405), open, gatestest.Incidents("soak"), monitors(fact.Healthy), deployed(value.Sum(nil)), smoke(40, 0)),
			Want: gates.NoGo, Because: []string{"digests"}},
		{Name: "nothing ran", Plan: plan, Facts: sound(canary(405), gatestest.Series("open", 5, 5, 5, 5, 5, 5, 5, 5, 5, 5), gatestest.Incidents("soak"), monitors(fact.Healthy), deployed(digest), smoke(0, 0)),
			Want: gates.NoGo, Because: []string{"open", "smoke"}},
	})
}

func TestFactsOfKindsRefuse(t *testing.T) {
	for name, f := range map[string]gatestest.Fact{
		"too few numbers":   gatestest.Numbers("canary", 1, 2),
		"no such criterion": gatestest.Numbers("canar", 1, 2, 3),
		"no such list":      gatestest.States("monitor"),
	} {
		if d, err := gatestest.Decide(productionExit(), gatestest.Case{Facts: gatestest.Facts(f)}); err == nil {
			t.Errorf("%s: decided %s", name, d.Verdict)
		}
	}
}
