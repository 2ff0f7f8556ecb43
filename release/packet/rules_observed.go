package packet

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// observedRules are those of gates that need decisions or the directory.
func observedRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "GATE-020", Doc: "What a criterion passed with keeps its limit, was as fresh as it has to be, and is not contradicted by the facts.",
			Bad: func(p *Packet) {
				for i := range p.Decisions.Gates {
					for j := range p.Decisions.Gates[i].Outcomes {
						p.Decisions.Gates[i].Outcomes[j].ObservedAt = p.Decisions.DecidedAt.Add(-time.Hour * 24 * 365)
					}
				}
			},
			Check: checkObserved},
		{ID: "GATE-031", Doc: "Whoever a gate names beside its sign-offs is in the directory, and what a deployment is looked for of is a component of the plan.",
			Bad: func(p *Packet) {
				p.Catalog.Gates[0].NoManual = release.Negative{By: "nobody", Reason: "it is automatic"}
			},
			Check: checkNamed},
	}
}

func checkNamed(p *check.Pass[Packet]) {
	plan := &p.Subject.Plan
	components := map[string]bool{}
	for _, c := range plan.Overview.Components {
		components[c.Name] = true
	}
	for i := range p.Subject.Catalog.Gates {
		g := &p.Subject.Catalog.Gates[i]
		at := gatesPath.Index(i)
		if by := g.NoManual.By; by != "" {
			if _, ok := plan.Directory.Party(by); !ok {
				p.Report(check.Unresolved(at.Field("noManual").Field("by"), by, "a role or a person of the directory"))
			}
		}
		gates.Walk(g.Criteria, at.Field("criteria"), func(at check.Path, c *gates.Criterion) {
			if c.Attested != nil && c.Attested.Role != "" {
				if _, ok := plan.Directory.Role(c.Attested.Role); !ok {
					p.Report(check.Unresolved(at.Field("attested").Field("role"), c.Attested.Role, "a role of the directory"))
				}
			}
			if c.Deployed != nil {
				for j, name := range c.Deployed.Components {
					if !components[name] {
						p.Report(check.Unresolved(at.Field("deployed").Field("components").Index(j), name, "a component of the plan"))
					}
				}
			}
		})
	}
}

// checkObserved judges what was recorded against the catalog as it stands, and
// where facts and the clock are given, also what they say of it now.
func checkObserved(p *check.Pass[Packet]) {
	if len(p.Subject.Decisions.Gates) == 0 {
		p.NotEvaluated("nothing is decided")
		return
	}
	now := present(p)
	if now == nil {
		p.NotEvaluated("the facts or the clock are not given: what is recorded is judged, and not compared with them")
	}
	for i := range p.Subject.Decisions.Gates {
		d := &p.Subject.Decisions.Gates[i]
		o := observed{pass: p, decision: d, now: map[string]gates.Assessment{}}
		if current, ok := now.find(d.Gate); ok {
			o.remember(current.Outcomes)
		}
		for _, g := range p.Subject.Catalog.Gates {
			if g.ID() == d.Gate {
				o.outcomes(decisionsPath.Field("gates").Index(i).Field("outcomes"), g.Criteria, d.Outcomes)
				break
			}
		}
	}
}

// decisions are those of now, or nil.
type decisions struct{ gates.Decisions }

func present(p *check.Pass[Packet]) *decisions {
	if p.Facts == nil || p.Now.IsZero() {
		return nil
	}
	return &decisions{gates.Evaluate(p.Subject.Catalog, gates.Input{Plan: p.Subject.Plan, Facts: *p.Facts, Now: p.Now})}
}

func (d *decisions) find(gate string) (gates.Decision, bool) {
	if d == nil {
		return gates.Decision{}, false
	}
	return d.Find(gate)
}

// observed looks at the outcomes of one decision.
type observed struct {
	pass     *check.Pass[Packet]
	decision *gates.Decision
	now      map[string]gates.Assessment // by the criterion's id
}

func (o *observed) remember(all []gates.Assessment) {
	for _, a := range all {
		o.now[a.Criterion] = a
		o.remember(a.Of)
	}
}

func (o *observed) outcomes(at check.Path, cs []gates.Criterion, all []gates.Assessment) {
	for i := range all {
		for j := range cs {
			if c := &cs[j]; c.ID == all[i].Criterion {
				o.outcome(at.Index(i), c, &all[i])
				o.outcomes(at.Index(i).Field("of"), c.Children(), all[i].Of)
				break
			}
		}
	}
}

func (o *observed) outcome(at check.Path, c *gates.Criterion, a *gates.Assessment) {
	declared := c.Missing.Outcome == a.Raw && (a.Code == gates.CodeMissing || a.Code == gates.CodeFailed)
	if a.Raw != gates.Pass && a.Raw != gates.Warn || declared {
		return
	}
	if why := breaks(c, a, o.pass.Subject.Plan.Overview.RollbackSLA); why != "" {
		o.pass.Report(check.Invalid(at.Field("observed"), a.Observed.Human(), c.ID+" of "+o.decision.Gate+" passed with it, and "+why))
	}
	o.fresh(at.Field("observedAt"), c, a)
	if is, ok := o.now[c.ID]; ok && is.Raw == gates.Fail && !is.Observed.IsZero() && len(is.Of) == 0 {
		o.pass.Report(check.Invalid(at.Field("observed"), a.Observed.Human(),
			fmt.Sprintf("%s of %s passed with it, and the facts say %s against %s", c.ID, o.decision.Gate, is.Observed.Human(), is.Limit.Human())))
	}
}

// fresh wants the age that the criterion, or else the catalog, allows.
func (o *observed) fresh(at check.Path, c *gates.Criterion, a *gates.Assessment) {
	most := c.MaxAge.Std()
	if most == 0 {
		most = o.pass.Subject.Catalog.MaxAge.Std()
	}
	if most == 0 {
		most = gates.DefaultMaxAge
	}
	if len(c.Children()) > 0 || len(c.Queries()) == 0 {
		return // it looked at no result itself
	}
	switch age := o.decision.DecidedAt.Sub(a.ObservedAt); {
	case a.ObservedAt.IsZero():
		o.pass.Report(check.Missing(at, "the moment at which "+c.ID+" of "+o.decision.Gate+" was observed", ""))
	case age > most && check.Blank(c.AnyAge):
		o.pass.Report(check.Invalid(at, a.ObservedAt.UTC().Format(time.RFC3339),
			fmt.Sprintf("%s of %s passed with what was older than %s", c.ID, o.decision.Gate, value.Duration(most).Human())))
	}
}

// breaks says how what was observed breaks the limit of the criterion, or
// nothing if it keeps it or has none that a single quantity breaks.
func breaks(c *gates.Criterion, a *gates.Assessment, sla value.Duration) string {
	seen := a.Observed
	switch k := c.Kinds; {
	case c.AtMost != nil:
		return beyond(seen, c.AtMost.Limit, 1)
	case c.AtLeast != nil:
		return beyond(seen, c.AtLeast.Limit, -1)
	case c.Between != nil:
		if why := beyond(seen, c.Between.Low, -1); why != "" {
			return why
		}
		return beyond(seen, c.Between.High, 1)
	case k.None != nil:
		return beyond(seen, count(0), 1)
	case k.Count != nil && k.Count.Most != probe.NoLimit:
		return beyond(seen, count(k.Count.Most), 1)
	case k.Count != nil:
		return beyond(seen, count(k.Count.Least), -1)
	case k.Budget != nil:
		return beyond(seen, k.Budget.Least, -1)
	case k.BurnRate != nil && a.Raw == gates.Pass: // one that warns is beyond in one of its windows
		return beyond(seen, value.Quantity{Value: k.BurnRate.Most, Unit: value.Ratio}, 1)
	case k.Suite != nil && !k.Suite.Coverage.IsZero():
		return beyond(seen, k.Suite.LeastCoverage, -1)
	case k.Suite != nil:
		return beyond(seen, count(k.Suite.Least), -1)
	case k.Rehearsed != nil:
		return beyond(seen, value.Quantity{Value: value.Number(sla.Std().Seconds()), Unit: value.Seconds}, 1)
	}
	return ""
}

func count(n int) value.Quantity { return value.Quantity{Value: value.Number(n), Unit: value.Count} }

// beyond says that a quantity is above a limit, for side 1, or below it, for -1,
// or cannot be compared with it.
func beyond(seen, limit value.Quantity, side int) string {
	n, ok := seen.In(limit.Unit)
	switch {
	case !ok || !n.IsFinite():
		return "that cannot be compared with the limit of " + limit.Human()
	case side > 0 && n > limit.Value:
		return "at most " + limit.Human() + " is allowed"
	case side < 0 && n < limit.Value:
		return "at least " + limit.Human() + " is wanted"
	}
	return ""
}
