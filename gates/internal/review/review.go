// Package review has the rules that look at what the gates of a release test,
// stage by stage. What counts is what a gate is not passed without: not what is
// optional, and of a group only what as many of its criteria are as have to pass
// at least once.
package review

import (
	"slices"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Stage is what an environment is for. The values are those of gates.Stage.
type Stage uint8

// The stages, in the order in which a release passes them.
const (
	NoStage Stage = iota
	Development
	QA
	Staging
	Production
)

var stageNames = []string{"none", "development", "QA", "staging", "production"}

// String returns the stage's name for sentences.
func (s Stage) String() string {
	if int(s) < len(stageNames) {
		return stageNames[s]
	}
	return "unknown"
}

// Tier says how much is at stake. The values are those of gates.Tier.
type Tier uint8

// The tiers.
const (
	TopTier Tier = iota
	PreProduction
)

// Environment is one environment and its gates, in the order of the catalog.
type Environment struct {
	Name        string
	At          check.Path // "" if only gates name it
	Said, Usual Stage      // by the environment itself, and by its name
	Tier        Tier
	Gates       []*Gate
}

// Stage is the environment's: what it says, or what its name says.
func (e *Environment) Stage() Stage {
	if e.Said != NoStage {
		return e.Said
	}
	return e.Usual
}

// Gate is one gate.
type Gate struct {
	ID          string
	At          check.Path
	Entry, Exit bool
	Dashboards  []value.Link
	Criteria    []Criterion // those that decide
}

// criteria is where the gate's criteria stand.
func (g *Gate) criteria() check.Path { return g.At.Field("criteria") }

// Wants reports whether the gate is not passed without a criterion of a kind.
func (g *Gate) Wants(is func(*Criterion) bool) bool {
	return slices.ContainsFunc(g.Criteria, func(c Criterion) bool { return c.wants(is) })
}

// Criterion is one criterion: a test, or a group of which so many have to pass.
type Criterion struct {
	At   check.Path
	Of   []Criterion
	Need int

	ID, Title       string
	Optional        bool
	Kinds           *probe.Kinds
	AtMost, AtLeast *probe.Threshold
	Between         *probe.Range
	Custom          bool
}

// wants reports whether the criterion does not pass without one of a kind: so
// few of a group are of another that they do not suffice.
func (c *Criterion) wants(is func(*Criterion) bool) bool {
	if len(c.Of) == 0 {
		return is(c)
	}
	others := 0
	for i := range c.Of {
		if !c.Of[i].wants(is) {
			others++
		}
	}
	return others < c.Need
}

// tests calls f with every criterion of a list that is a test, also where
// another one of its group would do.
func tests(all []Criterion, f func(*Criterion)) {
	for i := range all {
		if f(&all[i]); len(all[i].Of) > 0 {
			tests(all[i].Of, f)
		}
	}
}

// required calls f with every criterion of a list that has to pass.
func required(all []Criterion, f func(*Criterion)) {
	for i := range all {
		if f(&all[i]); all[i].Need >= len(all[i].Of) {
			required(all[i].Of, f)
		}
	}
}

// Catalog is the environments, in the order in which a release passes them.
type Catalog struct{ Environments []Environment }

// of returns the environments of the stages.
func (c *Catalog) of(stages ...Stage) []*Environment {
	var all []*Environment
	for i := range c.Environments {
		if e := &c.Environments[i]; slices.Contains(stages, e.Stage()) {
			all = append(all, e)
		}
	}
	return all
}

// Report takes findings.
type Report func(...check.Finding)

// place is where something is missing of an environment: its exit gate, or else
// its first.
func place(e *Environment) *Gate {
	if i := slices.IndexFunc(e.Gates, func(g *Gate) bool { return g.Exit }); i >= 0 {
		return e.Gates[i]
	}
	if len(e.Gates) > 0 {
		return e.Gates[0]
	}
	return nil
}

// gated are the environments that have a gate. Those without are another
// rule's; a stage without any cannot be judged.
func (c *Catalog) gated(stages ...Stage) ([]*Environment, string) {
	all := slices.DeleteFunc(c.of(stages...), func(e *Environment) bool { return len(e.Gates) == 0 })
	for _, s := range stages {
		if !slices.ContainsFunc(all, func(e *Environment) bool { return e.Stage() == s }) {
			return all, "no environment with a gate is for " + s.String()
		}
	}
	return all, ""
}

// Stages wants an environment of each stage, in their order, and production
// graded as such.
func Stages(c *Catalog, report Report) string {
	listed := check.Path("gates")
	var before *Environment
	for i := range c.Environments {
		e := &c.Environments[i]
		if e.At != "" {
			listed = "environments"
			checkStage(e, report)
		}
		switch s := e.Stage(); {
		case s == NoStage || s > Production:
		case before != nil && s < before.Stage() && e.At != "":
			report(check.OutOfOrder(e.At, e.Name, "is for "+s.String()+" and comes after "+before.Name, before.At))
		default:
			before = e
		}
	}
	for s := Development; s <= Production; s++ {
		if len(c.of(s)) == 0 {
			report(check.Missing(listed, "the environment for "+s.String(), "list it, or say by its stage which one it is"))
		}
	}
	return ""
}

func checkStage(e *Environment, report Report) {
	if e.Tier > PreProduction {
		report(check.Invalid(e.At.Field("tier"), uint8(e.Tier), "is no tier"))
	}
	switch s := e.Stage(); {
	case s > Production:
		report(check.Invalid(e.At.Field("stage"), uint8(s), "is no stage"))
	case e.Usual != NoStage && e.Usual != s:
		report(check.Invalid(e.At.Field("stage"), s, "is not what an environment called "+e.Name+" is for"))
	case s == Production && e.Tier == PreProduction:
		report(check.Invalid(e.At.Field("tier"), "pre-production", "is not the tier of "+e.Name+", which is production"))
	}
}
