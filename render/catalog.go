package render

import (
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/value"
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

// catalog writes every gate, by environment.
func (d *doc) catalog() {
	c := &d.packet.Catalog
	d.section("Risk Gate Catalog")
	age := c.MaxAge
	if age <= 0 {
		age = value.Duration(gates.DefaultMaxAge)
	}
	d.lit("An observation counts for ")
	d.duration(age)
	d.lit(", unless its criterion says otherwise.\n")
	all := environments(c)
	if len(all) == 0 {
		d.lit("\nGates: not given.\n")
	}
	for i := range all {
		d.environment(&all[i])
	}
}

func (d *doc) environment(e *environment) {
	d.heading("###")
	d.text(e.name)
	d.lit(" (")
	if e.stage != gates.NoStage {
		d.text(e.stage.String())
		d.lit(", ")
	}
	if e.tier == gates.PreProduction {
		d.lit("pre-production)")
	} else {
		d.lit("production)")
	}
	d.end()
	d.gap()
	d.side(e, "Entry", func(k gates.Kind) bool { return k == gates.EntryKind })
	d.side(e, "Exit", func(k gates.Kind) bool { return k == gates.ExitKind })
	for _, i := range e.gates {
		if k := d.packet.Catalog.Gates[i].Kind; k != gates.EntryKind && k != gates.ExitKind {
			d.gate("Neither entry nor exit", i)
		}
	}
}

// side writes the gates of one side, or that there is none.
func (d *doc) side(e *environment, name string, is func(gates.Kind) bool) {
	found := false
	for _, i := range e.gates {
		if is(d.packet.Catalog.Gates[i].Kind) {
			d.gate(name, i)
			found = true
		}
	}
	if !found {
		d.bullet(0)
		d.lit(name)
		d.lit(": not given\n")
	}
}

// undecided is what a gate without decision came to. Nothing writes to it.
var undecided gates.Decision

func (d *doc) gate(name string, at int) {
	g, decision := &d.packet.Catalog.Gates[at], d.decisions.of[at]
	if decision == nil {
		decision = &undecided
	}
	d.bullet(0)
	d.lit(name)
	d.lit(": ")
	d.verdict(decision.Verdict)
	if decision == &undecided {
		d.lit(", not decided")
	}
	d.end()
	if len(g.Criteria) == 0 {
		d.bullet(1)
		d.lit("Criteria: not given\n")
	}
	d.criteria(g.Criteria, decision.Outcomes, decision, 1)
	if !g.NoManual.IsZero() {
		d.bullet(1)
		d.lit("Manual steps: ")
		d.negative(&g.NoManual)
		d.end()
	}
	d.signOffs(g, decision)
	d.bullet(1)
	d.lit("Evidence: ")
	if g.Evidence.IsZero() {
		d.lit(notGiven)
	} else {
		d.link(g.Evidence)
	}
	d.lit("; tooling: ")
	d.list(g.Tooling, ", ")
	d.lit("; dashboards: ")
	d.links(g.Dashboards)
	d.end()
	for i := range g.Captures {
		d.capture(&g.Captures[i])
	}
}

// capture writes a piece of evidence that is kept.
func (d *doc) capture(c *gates.Capture) {
	d.bullet(1)
	d.lit("Keep: ")
	d.text(c.What)
	d.lit(" as ")
	d.text(c.Format)
	d.lit(" by ")
	d.role(c.By)
	d.lit(", ")
	d.text(c.When)
	if !c.Where.IsZero() {
		d.lit(", at ")
		d.link(c.Where)
	}
	d.end()
}

// signOffs writes who has to sign, who did, and which answers do not count.
func (d *doc) signOffs(g *gates.Gate, decision *gates.Decision) {
	needed := d.packet.Catalog.SignOffs(*g)
	if g.NoSignOffs != "" {
		d.bullet(1)
		d.lit("Sign-off: none needed, ")
		d.text(g.NoSignOffs)
		d.end()
	} else if len(needed) == 0 {
		d.bullet(1)
		d.lit("Sign-off: not given\n")
	}
	for i := range needed {
		d.bullet(1)
		d.lit("Sign-off: ")
		d.signOff(&needed[i], signature(decision.SignOffs, i, &needed[i]))
		d.end()
	}
	d.refused(1, decision.Refused)
}

// refused writes one bullet for each approval that does not count.
func (d *doc) refused(level int, all []gates.Refused) {
	for i := range all {
		r := &all[i]
		d.bullet(level)
		d.lit("Not counted: approval ")
		d.text(r.Approval)
		d.lit(" by ")
		if r.Person != "" {
			d.person(r.Person)
			d.lit(", ")
		}
		d.text(r.Account)
		d.lit(": ")
		d.text(r.Code.Words())
		d.end()
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

func (d *doc) signOff(s *gates.SignOff, state *gates.Signature) {
	d.role(s.Role)
	d.lit(" / ")
	if s.Delegate == "" {
		d.lit("delegate ")
	}
	d.role(s.Delegate)
	d.lit(", ")
	if state == nil {
		d.number(max(s.Quorum, 1))
		d.lit(" needed, answers not given")
		return
	}
	d.number(len(state.By))
	d.lit(" of ")
	d.number(state.Need)
	separator := ": "
	for i := range state.By {
		by := &state.By[i]
		d.lit(separator)
		d.person(by.Person)
		d.lit(" ")
		if by.At.IsZero() {
			d.lit("at a time ")
		}
		d.moment(by.At)
		d.lit(" (")
		if by.Delegated {
			d.lit("delegated, ")
		}
		d.text(by.Approval)
		d.lit(")")
		separator = ", "
	}
}
