package review

import (
	"slices"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Automated wants a criterion in every gate that a machine judges by itself.
func Automated(c *Catalog, report Report) string {
	return c.each(func(g *Gate) {
		if !g.Wants(automated) {
			report(check.Missing(g.criteria(), "a criterion of "+g.ID+" that is measured without anybody's word", "ask a suite, a metric, a count, a monitor or a deployment"))
		}
	})
}

// Baseline wants in staging and production, in every environment, that the new
// version is compared with what was before or is beside it.
func Baseline(c *Catalog, report Report) string {
	all, reason := c.gated(Staging, Production)
	for _, e := range all {
		if g := place(e); !has(e, baseline) {
			report(check.Missing(g.criteria(), "the performance baseline of "+e.Name, "compare a latency or a throughput with an earlier release, or a canary with the version beside it"))
		}
	}
	return reason
}

// Rehearsal wants the way back rehearsed before a release leaves staging.
func Rehearsal(c *Catalog, report Report) string {
	all, reason := c.gated(Staging)
	var last *Gate
	for _, e := range all {
		for _, g := range e.Gates {
			if !g.Exit {
				continue
			}
			if last = g; g.Wants(rehearsed) {
				return ""
			}
		}
	}
	switch {
	case last != nil:
		report(check.Missing(last.criteria(), "the rehearsal of the way back", "a rollback that was never tried has no duration"))
	case reason == "":
		return "nothing leaves staging"
	}
	return reason
}

// Coverage wants a limit of the part of the code that tests run, in development
// or QA, and limits of coverage that can be.
func Coverage(c *Catalog, report Report) string {
	_ = c.each(func(g *Gate) { tests(g.Criteria, func(c *Criterion) { checkCoverage(c, report) }) })
	all := slices.DeleteFunc(c.of(Development, QA), func(e *Environment) bool { return len(e.Gates) == 0 })
	if len(all) == 0 {
		return "no environment with a gate is for development or QA"
	}
	if !anywhere(all, coverage) {
		report(check.Missing(place(all[0]).criteria(), "the least coverage by tests", "give a suite its coverage, or a limit whose id says coverage"))
	}
	return ""
}

func checkCoverage(c *Criterion, report Report) {
	if c.AtLeast == nil || !coverage(c) {
		return
	}
	if part, ok := c.AtLeast.Limit.In(value.Ratio); ok && !(part > 0 && part <= 1) {
		report(check.Invalid(c.At.Field("atLeast").Field("limit"), c.AtLeast.Limit, "is no coverage above 0 and at most 100 %"))
	}
}

// Burndown wants in QA that the work which remains comes to nothing, or a limit
// of what may be open.
func Burndown(c *Catalog, report Report) string {
	all, reason := c.gated(QA)
	if reason == "" && !anywhere(all, burndown) {
		report(check.Missing(place(all[0]).criteria(), "the burn-down of defects in QA", "project what remains, or limit what may be open"))
	}
	return reason
}

// Canaries wants a canary in production that ends with all of the traffic, and
// does not begin with it.
func Canaries(c *Catalog, report Report) string {
	all, reason := c.gated(Production)
	for _, e := range all {
		for _, g := range e.Gates {
			tests(g.Criteria, func(c *Criterion) { checkCanary(c, report) })
		}
	}
	if reason == "" && !anywhere(all, canary) {
		report(check.Missing(place(all[0]).criteria(), "the canary in production", "compare the new version with the old one, step by step"))
	}
	return reason
}

func checkCanary(c *Criterion, report Report) {
	if c.Kinds.Canary == nil || len(c.Kinds.Canary.Steps) == 0 {
		return
	}
	steps, at := c.Kinds.Canary.Steps, c.At.Field("canary").Field("steps")
	switch last := steps[len(steps)-1].Share; {
	case last != 100:
		report(check.Invalid(at.Index(len(steps)-1).Field("share"), last.String()+"%", "is the last step, and not all of the traffic"))
	case len(steps) == 1:
		report(check.Invalid(at, "100%", "is all of the traffic at once"))
	}
}

// Watched wants a dashboard at every gate of staging and production, and links
// that lead somewhere at any gate.
func Watched(c *Catalog, report Report) string {
	_ = c.each(func(g *Gate) {
		for i, link := range g.Dashboards {
			at := g.At.Field("dashboards").Index(i)
			if err := link.Fault(); err != nil {
				report(check.Unusable(at, err))
			} else if j := slices.Index(g.Dashboards, link); j < i {
				report(check.Duplicate(at, link, g.At.Field("dashboards").Index(j)))
			}
		}
	})
	all, reason := c.gated(Staging, Production)
	for _, e := range all {
		for _, g := range e.Gates {
			if len(g.Dashboards) == 0 {
				report(check.Missing(g.At.Field("dashboards"), "the dashboard of "+g.ID, "link what is watched while it is decided"))
			}
		}
	}
	return reason
}

// each calls f with every gate.
func (c *Catalog) each(f func(*Gate)) string {
	n := 0
	for _, e := range c.Environments {
		for _, g := range e.Gates {
			f(g)
			n++
		}
	}
	if n == 0 {
		return "there is no gate"
	}
	return ""
}

// has reports whether a gate of the environment has a criterion of a kind.
func has(e *Environment, is func(*Criterion) bool) bool {
	return slices.ContainsFunc(e.Gates, func(g *Gate) bool { return g.Wants(is) })
}

func anywhere(all []*Environment, is func(*Criterion) bool) bool {
	return slices.ContainsFunc(all, func(e *Environment) bool { return has(e, is) })
}
