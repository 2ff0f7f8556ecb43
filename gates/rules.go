package gates

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Validate runs [Rules] and returns what they find.
func (c Catalog) Validate() check.Findings { return check.Run(&c, Rules(), nil).Findings }

const (
	gatesPath        check.Path = "gates"
	environmentsPath check.Path = "environments"
)

// Rules returns the rules of a catalog. Ids are those of the rule catalogue.
func Rules() []check.Rule[Catalog] {
	return slices.Concat(catalogRules(), gateRules(), stageRules(), criterionRules())
}

func catalogRules() []check.Rule[Catalog] {
	return []check.Rule[Catalog]{
		{ID: "GATE-002", Doc: "Every environment has an entry gate and an exit gate, each with a criterion that decides.",
			Bad:   func(c *Catalog) { c.Gates = c.Gates[1:] },
			Check: checkSides},
		{ID: "GATE-021", Doc: "A gate is in the catalog once, is an entry or an exit, and of an environment that is listed once, as is the environment that a deployment is looked for in.",
			Bad:   func(c *Catalog) { c.Gates = append(c.Gates, c.Gates[0]) },
			Check: checkGateIDs},
		{ID: "GATE-024", Doc: "A gate with sign-offs knows where approvals come from.",
			Bad:   func(c *Catalog) { c.Approvals = nil },
			Check: checkApprovals},
		{ID: "GATE-028", Doc: "An age limit is positive and at most 31 days, the clock skew at most an hour.",
			Bad: func(c *Catalog) { c.MaxAge = maxMaxAge + 1 },
			Check: func(p *check.Pass[Catalog]) {
				c := p.Subject
				if c.MaxAge < 0 || c.MaxAge > maxMaxAge {
					p.Report(check.Invalid("maxAge", c.MaxAge, "is not between 0 and "+maxMaxAge.String()))
				}
				if c.ClockSkew < 0 || c.ClockSkew > maxClockSkew {
					p.Report(check.Invalid("clockSkew", c.ClockSkew, "is not between 0 and "+maxClockSkew.String()))
				}
				perCriterion(func(p *check.Pass[Catalog], at check.Path, c *Criterion) {
					if c.MaxAge < 0 || c.MaxAge > maxMaxAge {
						p.Report(check.Invalid(at.Field("maxAge"), c.MaxAge, "is not between 0 and "+maxMaxAge.String()))
					}
				})(p)
			}},
	}
}

func gateRules() []check.Rule[Catalog] {
	return []check.Rule[Catalog]{
		{ID: "GATE-004", Doc: "Every gate says where its evidence is kept.",
			Bad: func(c *Catalog) { c.Gates[0].Evidence = "" },
			Check: perGate(func(p *check.Pass[Catalog], at check.Path, g *Gate) {
				switch err := g.Evidence.Fault(); {
				case g.Evidence == "":
					p.Report(check.Missing(at.Field("evidence"), "the evidence repository of "+g.ID(), "link the place where what was seen is kept"))
				case err != nil:
					p.Report(check.Unusable(at.Field("evidence"), err))
				}
			})},
		{ID: "GATE-005", Doc: "Every gate has somebody who signs off, itself or by its environment, or says why it needs nobody.",
			Bad: func(c *Catalog) {
				c.Gates[0] = c.Gates[0].WithoutSignOffs("")
				for i := range c.Environments {
					c.Environments[i].SignOffs = nil
				}
			},
			Check: checkSigned},
		{ID: "GATE-006", Doc: "Every sign-off names a role, a delegate other than the role itself, and no negative quorum; a role signs a gate once.",
			Bad: func(c *Catalog) { c.Gates[0].SignOffs = []SignOff{{Role: "sre-lead"}} },
			Check: func(p *check.Pass[Catalog]) {
				for i, e := range p.Subject.Environments {
					checkSignOffs(p, environmentsPath.Index(i).Field("signOffs"), e.SignOffs)
				}
				for i, g := range p.Subject.Gates {
					checkSignOffs(p, gatesPath.Index(i).Field("signOffs"), g.SignOffs)
				}
			}},
		{ID: "GATE-007", Doc: "Every gate names its tools, each once, or links its dashboards.",
			Bad:   func(c *Catalog) { c.Gates[0].Tooling, c.Gates[0].Dashboards = nil, nil },
			Check: perGate(checkTooling)},
		{ID: "GATE-009", Severity: check.Warning, Doc: "Every gate has a step that a person takes, which is an attestation, a checklist, an approval given elsewhere or work items, or somebody says why none is needed.",
			Bad: func(c *Catalog) {
				c.Gates[0].Criteria, c.Gates[0].NoManual = []Criterion{{ID: "nothing"}}, release.Negative{}
			},
			Check: perGate(checkManual)},
		{ID: "GATE-030", Doc: "Every gate keeps evidence, each piece named once, with its format, who puts it there and when.",
			Bad: func(c *Catalog) { c.Gates[0].Captures = []Capture{{What: "report"}} },
			Check: perGate(func(p *check.Pass[Catalog], at check.Path, g *Gate) {
				if at = at.Field("captures"); len(g.Captures) == 0 {
					p.Report(check.Missing(at, "what is kept of "+g.ID(), "name the report or the log that proves it"))
				}
				for i, c := range g.Captures {
					checkCapture(p, at.Index(i), c)
					if j := slices.IndexFunc(g.Captures, func(o Capture) bool { return o.What == c.What }); j < i {
						p.Report(check.Duplicate(at.Index(i).Field("what"), c.What, at.Index(j).Field("what")))
					}
				}
			})},
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
	order := p.Subject.names()
	type sides struct{ entry, exit bool }
	has := map[string]sides{}
	for i, g := range p.Subject.Gates {
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
		for _, side := range []struct {
			kind Kind
			has  bool
		}{{EntryKind, has[name].entry}, {ExitKind, has[name].exit}} {
			if !side.has {
				p.Report(check.Missing(gatesPath, "the gate "+Gate{Environment: name, Kind: side.kind}.ID(), "every environment has an entry and an exit"))
			}
		}
	}
}

// names lists the environments, and after them those that only gates name.
func (c *Catalog) names() []string {
	var all []string
	for _, e := range c.Environments {
		if !slices.Contains(all, e.Name) {
			all = append(all, e.Name)
		}
	}
	for _, g := range c.Gates {
		if !slices.Contains(all, g.Environment) {
			all = append(all, g.Environment)
		}
	}
	return all
}

func checkGateIDs(p *check.Pass[Catalog]) {
	listed := map[string]bool{}
	for i, e := range p.Subject.Environments {
		at := environmentsPath.Index(i).Field("name")
		switch {
		case check.Blank(e.Name):
			p.Report(check.Missing(at, "the name of the environment", ""))
		case listed[e.Name]:
			p.Report(check.Invalid(at, e.Name, "an environment has a name of its own"))
		case strings.Contains(e.Name, "/"):
			p.Report(check.Invalid(at, e.Name, "a slash ends the environment in the name of a gate"))
		}
		listed[e.Name] = true
	}
	environment := func(at check.Path, name string) {
		switch {
		case check.Blank(name):
			p.Report(check.Missing(at, "the environment of the gate", ""))
		case len(listed) > 0 && !listed[name]:
			p.Report(check.Unresolved(at, name, "an environment of the catalog"))
		}
	}
	first := map[string]check.Path{}
	for i, g := range p.Subject.Gates {
		at := gatesPath.Index(i)
		if g.Kind != EntryKind && g.Kind != ExitKind {
			p.Report(check.Invalid(at.Field("kind"), g.Kind, "is neither entry nor exit"))
		}
		environment(at.Field("environment"), g.Environment)
		Walk(g.Criteria, at.Field("criteria"), func(at check.Path, c *Criterion) {
			if c.Deployed != nil && c.Deployed.Environment != "" {
				environment(at.Field("deployed").Field("environment"), c.Deployed.Environment)
			}
		})
		if other, ok := first[g.ID()]; ok {
			p.Report(check.Duplicate(at, g.ID(), other))
			continue
		}
		first[g.ID()] = at
	}
}

func checkApprovals(p *check.Pass[Catalog]) {
	signed := slices.ContainsFunc(p.Subject.Gates, func(g Gate) bool { return len(p.Subject.SignOffs(g)) > 0 })
	if signed && len(p.Subject.Approvals) == 0 {
		p.Report(check.Missing("approvals", "the query for approvals", "without it no sign-off can count"))
	}
	for i, q := range p.Subject.Approvals {
		at := check.Path("approvals").Index(i)
		if s := q.Yields.Shape; s != fact.ApprovalShape && (s != fact.NoShape || q.IsZero()) {
			p.Report(check.Invalid(at.Field("yields").Field("shape"), q.Yields.Shape, "does not yield approvals"))
		}
		if j := slices.IndexFunc(p.Subject.Approvals, func(o fact.Query) bool { return o.Ask == q.Ask }); j < i {
			p.Report(check.Duplicate(at, q, check.Path("approvals").Index(j)))
		}
	}
}

func checkSigned(p *check.Pass[Catalog]) {
	tooMany := func(at check.Path, all []SignOff) {
		if len(all) > maxSignOffs {
			p.Report(check.Invalid(at.Field("signOffs"), len(all), fmt.Sprintf("a gate has at most %d sign-offs", maxSignOffs)))
		}
	}
	for i, e := range p.Subject.Environments {
		tooMany(environmentsPath.Index(i), e.SignOffs)
	}
	perGate(func(p *check.Pass[Catalog], at check.Path, g *Gate) {
		switch none := !check.Blank(g.NoSignOffs); {
		case none && len(g.SignOffs) > 0:
			p.Report(check.Invalid(at.Field("noSignOffs"), g.NoSignOffs, "says that nobody signs, and the gate has sign-offs"))
		case !none && len(p.Subject.SignOffs(*g)) == 0:
			p.Report(check.Missing(at.Field("signOffs"), "the sign-off of "+g.ID(), "name a role, of the gate or of its environment, or say in noSignOffs why none is needed"))
		}
		tooMany(at, g.SignOffs)
	})(p)
}

func checkSignOffs(p *check.Pass[Catalog], list check.Path, all []SignOff) {
	for i, s := range all {
		at := list.Index(i)
		j := slices.IndexFunc(all, func(o SignOff) bool { return o.Role == s.Role })
		switch {
		case check.Blank(s.Role):
			p.Report(check.Missing(at.Field("role"), "the role of the sign-off", ""))
		case j < i:
			p.Report(check.Duplicate(at.Field("role"), s.Role, list.Index(j).Field("role")))
		}
		switch {
		case check.Blank(s.Delegate):
			p.Report(check.Missing(at.Field("delegate"), "the delegate of "+s.Role, "name the role that stands in"))
		case s.Delegate == s.Role:
			p.Report(check.Invalid(at.Field("delegate"), s.Delegate, "is the role itself"))
		}
		if s.Quorum < 0 {
			p.Report(check.Invalid(at.Field("quorum"), s.Quorum, "is not a number of people"))
		}
	}
}

func checkTooling(p *check.Pass[Catalog], at check.Path, g *Gate) {
	if at = at.Field("tooling"); len(g.Tooling)+len(g.Dashboards) == 0 {
		p.Report(check.Missing(at, "the tool of "+g.ID(), "name what a person looks at, or link a dashboard"))
	}
	for i, name := range g.Tooling {
		if check.Blank(name) {
			p.Report(check.Missing(at.Index(i), "the name of the tool", ""))
		} else if j := slices.Index(g.Tooling, name); j < i {
			p.Report(check.Duplicate(at.Index(i), name, at.Index(j)))
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
