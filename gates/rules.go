package gates

import (
	"fmt"
	"slices"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Validate runs [Rules] and returns what they find.
func (c Catalog) Validate() check.Findings { return check.Run(&c, Rules(), nil).Findings }

const gatesPath check.Path = "gates"

// Rules returns the rules of a catalog. Ids are those of the rule catalogue.
func Rules() []check.Rule[Catalog] {
	return slices.Concat(gateRules(), criterionRules())
}

func gateRules() []check.Rule[Catalog] {
	return []check.Rule[Catalog]{
		{ID: "GATE-002", Doc: "Every environment has an entry gate and an exit gate, each with a criterion that decides.",
			Bad:   func(c *Catalog) { c.Gates = c.Gates[1:] },
			Check: checkSides},
		{ID: "GATE-004", Doc: "Every gate says where its evidence is kept.",
			Bad: func(c *Catalog) { c.Gates[0].Evidence = "" },
			Check: perGate(func(p *check.Pass[Catalog], at check.Path, g *Gate) {
				switch err := g.Evidence.Fault(); {
				case g.Evidence == "":
					p.Report(check.Missing(at.Field("evidence"), "the evidence repository of "+g.ID(), "link the place where what was seen is kept"))
				case err != nil:
					p.Report(check.Invalid(at.Field("evidence"), g.Evidence, err.Error()))
				}
			})},
		{ID: "GATE-005", Doc: "Every gate has somebody who signs off, or says why it needs nobody.",
			Bad: func(c *Catalog) {
				c.Gates[0].SignOffs, c.Gates[0].NoSignOffs = nil, ""
				for i := range c.Environments {
					c.Environments[i].SignOffs = nil
				}
			},
			Check: perGate(func(p *check.Pass[Catalog], at check.Path, g *Gate) {
				if len(p.Subject.SignOffs(*g)) == 0 && check.Blank(g.NoSignOffs) {
					p.Report(check.Missing(at.Field("signOffs"), "the sign-off of "+g.ID(), "name a role, of the gate or of its environment, or say in noSignOffs why none is needed"))
				}
				if len(g.SignOffs) > maxSignOffs {
					p.Report(check.Invalid(at.Field("signOffs"), len(g.SignOffs), fmt.Sprintf("a gate has at most %d sign-offs", maxSignOffs)))
				}
			})},
		{ID: "GATE-006", Doc: "Every sign-off names a role, a delegate other than the role itself, and no negative quorum.",
			Bad: func(c *Catalog) { c.Gates[0].SignOffs = []SignOff{{Role: "sre-lead"}} },
			Check: func(p *check.Pass[Catalog]) {
				for i, e := range p.Subject.Environments {
					checkSignOffs(p, check.Path("environments").Index(i).Field("signOffs"), e.SignOffs)
				}
				for i, g := range p.Subject.Gates {
					checkSignOffs(p, check.Path("gates").Index(i).Field("signOffs"), g.SignOffs)
				}
			}},
		{ID: "GATE-030", Doc: "Evidence that is kept is named, with its format, who puts it there and when.",
			Bad: func(c *Catalog) { c.Gates[0].Captures = []Capture{{What: "report"}} },
			Check: perGate(func(p *check.Pass[Catalog], at check.Path, g *Gate) {
				for i, c := range g.Captures {
					checkCapture(p, at.Field("captures").Index(i), c)
				}
			})},
		{ID: "GATE-021", Doc: "A gate is in the catalog once, is an entry or an exit, and of an environment that is listed.",
			Bad:   func(c *Catalog) { c.Gates = append(c.Gates, c.Gates[0]) },
			Check: checkGateIDs},
		{ID: "GATE-028", Doc: "An age limit is positive and at most 31 days, the clock skew at most an hour.",
			Bad: func(c *Catalog) { c.MaxAge = maxMaxAge + 1 },
			Check: func(p *check.Pass[Catalog]) {
				if c := p.Subject; c.MaxAge < 0 || c.MaxAge > maxMaxAge {
					p.Report(check.Invalid("maxAge", c.MaxAge, "is not between 0 and "+maxMaxAge.String()))
				}
				if c := p.Subject; c.ClockSkew < 0 || c.ClockSkew > maxClockSkew {
					p.Report(check.Invalid("clockSkew", c.ClockSkew, "is not between 0 and "+maxClockSkew.String()))
				}
			}},
		{ID: "GATE-024", Doc: "A gate with sign-offs knows where approvals come from.",
			Bad: func(c *Catalog) { c.Approvals = nil },
			Check: func(p *check.Pass[Catalog]) {
				signed := slices.ContainsFunc(p.Subject.Gates, func(g Gate) bool { return len(p.Subject.SignOffs(g)) > 0 })
				if signed && len(p.Subject.Approvals) == 0 {
					p.Report(check.Missing("approvals", "the query for approvals", "without it no sign-off can count"))
				}
				for i, q := range p.Subject.Approvals {
					if q.Yields.Shape != fact.ApprovalShape {
						p.Report(check.Invalid(check.Path("approvals").Index(i).Field("yields"), q.Yields.Shape, "does not yield approvals"))
					}
				}
			}},
	}
}

func perGate(f func(*check.Pass[Catalog], check.Path, *Gate)) func(*check.Pass[Catalog]) {
	return func(p *check.Pass[Catalog]) {
		for i := range p.Subject.Gates {
			f(p, gatesPath.Index(i), &p.Subject.Gates[i])
		}
	}
}

func checkSides(p *check.Pass[Catalog]) {
	var order []string
	for _, e := range p.Subject.Environments {
		order = append(order, e.Name)
	}
	type sides struct{ entry, exit bool }
	has := map[string]sides{}
	for i, g := range p.Subject.Gates {
		if !slices.Contains(order, g.Environment) {
			order = append(order, g.Environment)
		}
		s := has[g.Environment]
		has[g.Environment] = sides{s.entry || g.Kind == EntryKind, s.exit || g.Kind == ExitKind}
		if !slices.ContainsFunc(g.Criteria, func(c Criterion) bool { return !c.Optional }) {
			p.Report(check.Missing(gatesPath.Index(i).Field("criteria"), "a criterion that decides "+g.ID(), ""))
		}
	}
	if len(order) == 0 {
		p.Report(check.Missing(gatesPath, "the first gate", "a release without gates is never go"))
	}
	for _, name := range order {
		if s := has[name]; !s.entry || !s.exit {
			what := Gate{Environment: name, Kind: EntryKind}
			if s.entry {
				what.Kind = ExitKind
			}
			p.Report(check.Missing(gatesPath, "the gate "+what.ID(), "every environment has an entry and an exit"))
		}
	}
}

func checkGateIDs(p *check.Pass[Catalog]) {
	listed := map[string]bool{}
	for i, e := range p.Subject.Environments {
		if at := check.Path("environments").Index(i).Field("name"); e.Name == "" || listed[e.Name] {
			p.Report(check.Invalid(at, e.Name, "an environment has a name of its own"))
		}
		listed[e.Name] = true
	}
	first := map[string]check.Path{}
	for i, g := range p.Subject.Gates {
		at := gatesPath.Index(i)
		if g.Kind != EntryKind && g.Kind != ExitKind {
			p.Report(check.Invalid(at.Field("kind"), g.Kind, "is neither entry nor exit"))
		}
		if len(listed) > 0 && !listed[g.Environment] {
			p.Report(check.Unresolved(at.Field("environment"), g.Environment, "an environment of the catalog"))
		}
		if other, ok := first[g.ID()]; ok {
			p.Report(check.Duplicate(at, g.ID(), other))
			continue
		}
		first[g.ID()] = at
	}
}

func criterionRules() []check.Rule[Catalog] {
	return []check.Rule[Catalog]{
		{ID: "GATE-003", Doc: "Every criterion has exactly one test, and the test can be judged.",
			Bad:   func(c *Catalog) { c.Gates[0].Criteria[0] = Criterion{ID: c.Gates[0].Criteria[0].ID} },
			Check: perCriterion(checkTest)},
		{ID: "GATE-018", Doc: "Numbers are asked for in a unit that is known.",
			Bad: func(c *Catalog) {
				c.Gates[0].Criteria[0] = AtMost("rate", fact.NewQuery("x", "y", fact.Number("furlongs")), 1)
			},
			Check: perCriterion(func(p *check.Pass[Catalog], at check.Path, c *Criterion) {
				for _, m := range c.measures() {
					if u := m.Query.Yields.Unit; !u.Known() {
						p.Report(check.Invalid(at, u, "is not a known unit"))
					}
				}
			})},
		{ID: "GATE-022", Doc: "A criterion's id is unique in its gate.",
			Bad: func(c *Catalog) { c.Gates[0].Criteria = append(c.Gates[0].Criteria, c.Gates[0].Criteria[0]) },
			Check: perGate(func(p *check.Pass[Catalog], at check.Path, g *Gate) {
				first := map[string]check.Path{}
				walk(g.Criteria, at.Field("criteria"), func(at check.Path, c *Criterion) {
					switch other, ok := first[c.ID]; {
					case c.ID == "":
						p.Report(check.Missing(at.Field("id"), "the criterion's id", ""))
					case ok:
						p.Report(check.Duplicate(at.Field("id"), c.ID, other))
					default:
						first[c.ID] = at.Field("id")
					}
				})
			})},
		{ID: "GATE-023", Doc: "A count that may be zero says out of what.",
			Bad: func(c *Catalog) {
				c.Gates[0].Criteria[0] = None("open", fact.NewQuery("x", "y", fact.WorkItems()))
			},
			Check: perCriterion(func(p *check.Pass[Catalog], at check.Path, c *Criterion) {
				demand := func(test string, q fact.Query) {
					if q.Population == (fact.Ask{}) {
						p.Report(check.Missing(at.Field(test).Field("query").Field("outOf"), "the population of "+c.ID,
							"a search that finds nothing proves nothing unless it is known what it searched; until then the criterion is unknown"))
					}
				}
				if c.None != nil {
					demand("none", c.None.Query)
				}
				if c.Quiet != nil {
					demand("quiet", c.Quiet.Query)
				}
			})},
		{ID: "GATE-025", Doc: "What a missing answer means is declared with a reason, unless it means fail.",
			Bad: func(c *Catalog) { c.Gates[0].Criteria[0].Missing = Missing{Outcome: Pass} },
			Check: perCriterion(func(p *check.Pass[Catalog], at check.Path, c *Criterion) {
				if o := c.Missing.Outcome; (o == Pass || o == Warn) && check.Blank(c.Missing.Reason) {
					p.Report(check.Missing(at.Field("missing").Field("reason"), "the reason why no answer means "+o.String(), "without it no answer stays unknown"))
				}
			})},
	}
}

// perCriterion runs f over every criterion, nested ones included.
func perCriterion(f func(*check.Pass[Catalog], check.Path, *Criterion)) func(*check.Pass[Catalog]) {
	return perGate(func(p *check.Pass[Catalog], at check.Path, g *Gate) {
		walk(g.Criteria, at.Field("criteria"), func(at check.Path, c *Criterion) { f(p, at, c) })
	})
}

func walk(cs []Criterion, at check.Path, f func(check.Path, *Criterion)) {
	for i := range cs {
		c, at := &cs[i], at.Index(i)
		f(at, c)
		for _, group := range []struct {
			field string
			of    []Criterion
		}{{"all", c.All.criteria()}, {"any", c.Any.criteria()}, {"atLeastOf", c.AtLeastOf.criteria()}} {
			walk(group.of, at.Field(group.field).Field("of"), f)
		}
	}
}

func (g *Group) criteria() []Criterion {
	if g == nil {
		return nil
	}
	return g.Of
}

func (q *Quorum) criteria() []Criterion {
	if q == nil {
		return nil
	}
	return q.Of
}

func checkSignOffs(p *check.Pass[Catalog], list check.Path, all []SignOff) {
	for i, s := range all {
		at := list.Index(i)
		if check.Blank(s.Role) {
			p.Report(check.Missing(at.Field("role"), "the role of the sign-off", ""))
		}
		if s.Delegate == "" {
			p.Report(check.Missing(at.Field("delegate"), "the delegate of "+s.Role, "name the role that stands in"))
		} else if s.Delegate == s.Role {
			p.Report(check.Invalid(at.Field("delegate"), s.Delegate, "is the role itself"))
		}
		if s.Quorum < 0 {
			p.Report(check.Invalid(at.Field("quorum"), s.Quorum, "is not a number of people"))
		}
	}
}

func checkCapture(p *check.Pass[Catalog], at check.Path, c Capture) {
	for _, part := range []struct{ field, text string }{{"what", c.What}, {"format", c.Format}, {"by", c.By}, {"when", c.When}} {
		if check.Blank(part.text) {
			p.Report(check.Missing(at.Field(part.field), "of the evidence to keep, "+part.field, ""))
		}
	}
	if err := c.Where.Fault(); c.Where != "" && err != nil {
		p.Report(check.Unusable(at.Field("where"), err))
	}
}

// checkTest asks the evaluator itself whether it could ever judge the
// criterion, so that the rule and the evaluation cannot disagree.
func checkTest(p *check.Pass[Catalog], at check.Path, c *Criterion) {
	if n := c.tests(); n != 1 {
		p.Report(check.Invalid(at, c.ID, fmt.Sprintf("has %d tests, want exactly one", n)))
		return
	}
	for _, t := range c.Kinds.Tests() {
		if fault := t.Fault(); fault != "" {
			p.Report(check.Invalid(at, c.ID, fault))
			return
		}
	}
	if n := new(Prepared).prepareNode(c); n.bad {
		p.Report(check.Invalid(at, c.ID, "cannot be judged: its queries yield something else or cover other windows, its limits are not in a matching unit, its numbers make no sense, or a group has what belongs to its criteria"))
	}
}
