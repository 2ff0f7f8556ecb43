package page

import (
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/criteria"
)

// environment is one section of the catalog and the positions of its gates.
type environment struct {
	name  string
	tier  gates.Tier
	stage gates.Stage
	gates []int
}

// environments lists those of the catalog in order, and after them those that
// only gates name, which count as production.
func environments(c *gates.Catalog) []environment {
	all := make([]environment, 0, len(c.Environments)+1)
	at := make(map[string]int, len(c.Environments))
	add := func(e environment) int {
		i, ok := at[e.name]
		if !ok {
			i = len(all)
			at[e.name] = i
			all = append(all, e)
		}
		return i
	}
	for _, e := range c.Environments {
		add(environment{name: e.Name, tier: e.Tier, stage: e.Stage})
	}
	for i := range c.Gates {
		e := add(environment{name: c.Gates[i].Environment, tier: gates.Production})
		all[e].gates = append(all[e].gates, i)
	}
	return all
}

// preProduction reports whether the catalog says that an environment is not
// production.
func (d *Doc) preProduction(name string) bool {
	for i := range d.packet.Catalog.Environments {
		if e := &d.packet.Catalog.Environments[i]; e.Name == name {
			return e.Tier == gates.PreProduction
		}
	}
	return false
}

// freshness writes how long an observation counts, or that there are no gates.
func (d *Doc) freshness() {
	c := &d.packet.Catalog
	if len(d.environments) == 0 {
		d.Absent("Gates")
	}
	if len(d.environments) == 0 || d.Level > 1 {
		return
	}
	age := c.MaxAge
	if age <= 0 {
		age = value.Duration(gates.DefaultMaxAge)
	}
	d.Lit("An observation counts for ")
	d.Duration(age)
	d.Lit(", unless its criterion says otherwise.\n")
}

// environment writes the gates of one environment.
func (d *Doc) environment(i int) {
	e := &d.environments[i]
	d.Heading("###")
	d.Text(e.name)
	if d.Level == 0 {
		d.kindOf(e)
	}
	d.End()
	d.Gap()
	d.side(e, "Entry", func(k gates.Kind) bool { return k == gates.EntryKind })
	d.side(e, "Exit", func(k gates.Kind) bool { return k == gates.ExitKind })
	for _, i := range e.gates {
		if k := d.packet.Catalog.Gates[i].Kind; k != gates.EntryKind && k != gates.ExitKind {
			d.gate("Neither entry nor exit", i)
		}
	}
}

// kindOf writes what sort of environment it is.
func (d *Doc) kindOf(e *environment) {
	d.Lit(" (")
	if e.stage != gates.NoStage {
		d.Text(e.stage.String())
		d.Lit(", ")
	}
	if e.tier == gates.PreProduction {
		d.Lit("pre-production)")
	} else {
		d.Lit("production)")
	}
}

// side writes the gates of one side, or that there is none.
func (d *Doc) side(e *environment, name string, is func(gates.Kind) bool) {
	found := false
	for _, i := range e.gates {
		if is(d.packet.Catalog.Gates[i].Kind) {
			d.gate(name, i)
			found = true
		}
	}
	if !found {
		d.Bullet(0)
		d.Lit(name)
		d.Lit(": not given\n")
	}
}

// undecided is what a gate without decision came to. Nothing writes to it.
var undecided gates.Decision

func (d *Doc) gate(name string, at int) {
	g, decision := &d.packet.Catalog.Gates[at], d.decisions.of[at]
	if decision == nil {
		decision = &undecided
	}
	if d.Level > 0 {
		d.gateLine(name, g, decision)
		return
	}
	d.Bullet(0)
	d.Lit(name)
	d.Lit(": ")
	d.verdict(decision.Verdict)
	if decision == &undecided {
		d.Lit(", not decided")
	}
	d.End()
	if len(g.Criteria) == 0 {
		d.Bullet(1)
		d.Lit("Criteria: not given\n")
	}
	criteria.List(&d.Pen, g.Criteria, decision, 1)
	if !g.NoManual.IsZero() {
		d.Bullet(1)
		d.Lit("Manual steps: ")
		d.Negative(&g.NoManual)
		d.End()
	}
	d.signOffs(g, decision)
	d.Bullet(1)
	d.Lit("Evidence: ")
	if g.Evidence.IsZero() {
		d.NotGiven()
	} else {
		d.Link(g.Evidence)
	}
	d.Lit("; tooling: ")
	d.List(g.Tooling, ", ")
	d.Lit("; dashboards: ")
	d.Links(g.Dashboards)
	d.End()
	for i := range g.Captures {
		d.capture(&g.Captures[i])
	}
}

// capture writes a piece of evidence that is kept.
func (d *Doc) capture(c *gates.Capture) {
	d.Bullet(1)
	d.Lit("Keep: ")
	d.Text(c.What)
	d.Lit(" as ")
	d.Text(c.Format)
	d.Lit(" by ")
	d.Role(c.By)
	d.Lit(", ")
	d.Text(c.When)
	if !c.Where.IsZero() {
		d.Lit(", at ")
		d.Link(c.Where)
	}
	d.End()
}

// signOffs writes who has to sign, who did, and which answers do not count.
func (d *Doc) signOffs(g *gates.Gate, decision *gates.Decision) {
	needed := d.packet.Catalog.SignOffs(*g)
	if g.NoSignOffs != "" {
		d.Bullet(1)
		d.Lit("Sign-off: none needed, ")
		d.Text(g.NoSignOffs)
		d.End()
	} else if len(needed) == 0 {
		d.Bullet(1)
		d.Lit("Sign-off: not given\n")
	}
	for i := range needed {
		d.Bullet(1)
		d.Lit("Sign-off: ")
		d.signOff(&needed[i], signature(decision.SignOffs, i, &needed[i]))
		d.End()
	}
	d.refused(1, decision.Refused)
}

// refused writes one bullet for each approval that does not count.
func (d *Doc) refused(level int, all []gates.Refused) {
	for i := range all {
		r := &all[i]
		d.Bullet(level)
		d.Lit("Not counted: approval ")
		d.Text(r.Approval)
		d.Lit(" by ")
		if r.Person != "" {
			d.Person(r.Person)
			d.Lit(", ")
		}
		d.Text(r.Account)
		d.Lit(": ")
		d.Text(r.Code.Words())
		d.End()
	}
}

// signature finds the state of the sign-off at i, first where it is likely to be.
func signature(all []gates.Signature, i int, s *gates.SignOff) *gates.Signature {
	is := func(have *gates.Signature) bool { return have.Role == s.Role && have.Delegate == s.Delegate }
	if i < len(all) && is(&all[i]) {
		return &all[i]
	}
	for j := range all {
		if is(&all[j]) {
			return &all[j]
		}
	}
	return nil
}

func (d *Doc) signOff(s *gates.SignOff, state *gates.Signature) {
	d.Role(s.Role)
	d.Lit(" / ")
	if s.Delegate == "" {
		d.Lit("delegate ")
	}
	d.Role(s.Delegate)
	d.Lit(", ")
	if state == nil {
		d.Number(max(s.Quorum, 1))
		d.Lit(" needed, answers not given")
		return
	}
	d.Number(len(state.By))
	d.Lit(" of ")
	d.Number(state.Need)
	separator := ": "
	for i := range state.By {
		by := &state.By[i]
		d.Lit(separator)
		d.Person(by.Person)
		d.Lit(" ")
		if by.At.IsZero() {
			d.Lit("at a time ")
		}
		d.Moment(by.At)
		d.Lit(" (")
		if by.Delegated {
			d.Lit("delegated, ")
		}
		d.Text(by.Approval)
		d.Lit(")")
		separator = ", "
	}
}
