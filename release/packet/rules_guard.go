package packet

import (
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// guardRules look at the gates beside the plan: its thresholds and its rollback
// SLA, and at who is on call.
func guardRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "GATE-016", Doc: "What a gate to or in production lets pass does not hurt customers yet: its limits are within the thresholds of customer impact for the same signal.",
			Bad:   func(p *Packet) { p.Plan.Overview.Impact[0].Limit.Value = 0.1 },
			Check: checkImpactLimits},
		{ID: "GATE-019", Doc: "The rollback was rehearsed in no more time than the rollback SLA.",
			Bad:   func(p *Packet) { p.Plan.Overview.RollbackSLA = value.Duration(time.Minute) },
			Check: checkRehearsal},
		{ID: "COM-015", Severity: check.Warning, Doc: "Whoever sends by virtue of being on call is on call when the message goes out.",
			Bad:   func(p *Packet) { p.Plan.Directory.Roles[3].OnCall.Level = 2 },
			Check: checkOnDuty},
	}
}

const gatesPath = catalogPath + ".gates"

// checkImpactLimits compares limits on the very signal that a threshold of
// customer impact reads. A ratio or a comparison is another signal, and so is
// the other side of the limit.
func checkImpactLimits(p *check.Pass[Packet]) {
	compared := false
	for i, g := range p.Subject.Catalog.Gates {
		if !guardsProduction(p.Subject.Catalog, g) {
			continue
		}
		gates.Walk(g.Criteria, gatesPath.Index(i).Field("criteria"), func(at check.Path, c *gates.Criterion) {
			for j, impact := range p.Subject.Plan.Overview.Impact {
				field, limit, ok := limitOn(c, impact)
				if !ok {
					continue
				}
				most, told := impact.Limit.In(limit.Unit)
				if !told || !limit.Value.IsFinite() || !most.IsFinite() {
					p.NotEvaluated("the limit of " + c.ID + " and that of " + impact.ID + " are not in comparable units")
					continue
				}
				compared = true
				if impact.Beyond == release.Above && limit.Value > most || impact.Beyond == release.Below && limit.Value < most {
					p.Report(check.Invalid(field.Under(at), limit.Human(), "lets pass what hurts customers, which begins at "+impact.Limit.Human()).
						WithRelated(check.Path("plan.overview.impact").Index(j).Field("limit")))
				}
			}
		})
	}
	if !compared {
		p.NotEvaluated("no gate of production limits what a threshold of customer impact reads")
	}
}

func guardsProduction(c gates.Catalog, g gates.Gate) bool {
	i := slices.IndexFunc(c.Environments, func(e gates.Environment) bool { return e.Name == g.Environment })
	return i < 0 || c.Environments[i].Tier == gates.Production
}

// limitOn returns the limit that a criterion sets on the wrong side of what an
// impact reads, and its field below the criterion.
func limitOn(c *gates.Criterion, impact release.Impact) (field check.Path, limit value.Quantity, ok bool) {
	same := func(m gates.Measure) bool {
		a, b := m.Query.Ask, impact.Query.Ask
		plain := m.Per == (gates.Denominator{}) && m.Baseline == (gates.Baseline{})
		return plain && !impact.Query.IsZero() && a.Connector == b.Connector && a.Kind == b.Kind && a.Params == b.Params
	}
	switch {
	case c.AtMost != nil && impact.Beyond == release.Above && same(c.AtMost.Measure):
		return "atMost.limit", c.AtMost.Limit, true
	case c.AtLeast != nil && impact.Beyond == release.Below && same(c.AtLeast.Measure):
		return "atLeast.limit", c.AtLeast.Limit, true
	case c.Between != nil && impact.Beyond == release.Above && same(c.Between.Measure):
		return "between.high", c.Between.High, true
	case c.Between != nil && impact.Beyond == release.Below && same(c.Between.Measure):
		return "between.low", c.Between.Low, true
	}
	return "", value.Quantity{}, false
}

// checkRehearsal reads what the rehearsal took from the facts, and else from
// what was observed for the decision.
func checkRehearsal(p *check.Pass[Packet]) {
	sla, asked, told := p.Subject.Plan.Overview.RollbackSLA, false, false
	for i, g := range p.Subject.Catalog.Gates {
		gates.Walk(g.Criteria, gatesPath.Index(i).Field("criteria"), func(at check.Path, c *gates.Criterion) {
			if c.Rehearsed == nil {
				return
			}
			asked = true
			decision, _ := p.Subject.Decisions.Find(g.ID())
			took, ok := rehearsed(p.Facts, c, decision)
			if !ok || sla <= 0 {
				return
			}
			told = true
			if took > sla {
				p.Report(check.Invalid(at, took, "is longer than the rollback SLA of "+sla.String()).WithRelated("plan.overview.rollbackSLA"))
			}
		})
	}
	switch {
	case !asked:
		p.NotEvaluated("no gate asks for a rehearsal of the rollback")
	case !told:
		p.NotEvaluated("nobody knows how long the rehearsal took, or how long it may")
	}
}

func rehearsed(facts *fact.Set, c *gates.Criterion, decision gates.Decision) (value.Duration, bool) {
	var seen value.Quantity
	if facts != nil {
		if r, n := facts.Find(c.Rehearsed.Took); n == 1 && !r.Failed() {
			seen = r.Value
		}
	}
	for _, a := range decision.Outcomes {
		if a.Criterion == c.ID && seen.IsZero() {
			seen = a.Observed
		}
	}
	seconds, ok := seen.In(value.Seconds)
	if !ok || !seconds.IsFinite() || seconds <= 0 || seconds > 1e9 {
		return 0, false
	}
	return value.Duration(float64(seconds) * float64(time.Second)), true
}

// checkDashboardsListed wants the dashboards of gates among those of the tooling.
func checkDashboardsListed(p *check.Pass[Packet]) {
	listed := map[value.Link]bool{}
	for _, t := range p.Subject.Plan.Tooling.Dashboards {
		listed[t.Link] = true
	}
	for i, g := range p.Subject.Catalog.Gates {
		for j, link := range g.Dashboards {
			if !listed[link] {
				p.Report(check.Unresolved(gatesPath.Index(i).Field("dashboards").Index(j), link.Redacted(), "a dashboard of the tooling").
					WithRelated("plan.tooling.dashboards"))
			}
		}
	}
}

// checkOnDuty looks at senders whose role is a place in a rotation, at the
// moment of the message, and at every moment of the window for what may go out
// at any.
func checkOnDuty(p *check.Pass[Packet]) {
	if p.Facts == nil {
		p.NotEvaluated("facts are not given")
		return
	}
	looked := false
	for i, m := range p.Subject.Comms.Messages {
		role, ok := p.Subject.Plan.Directory.Role(m.Sender)
		if !ok || role.OnCall.IsZero() {
			continue
		}
		from, until, ok := sentBetween(m, p.Subject.Plan.Overview)
		if !ok {
			continue
		}
		at := commsPath.Field("messages").Index(i).Field("sender")
		duties, whole := dutiesOf(p.Facts, p.Subject.Plan.Tracking.OnCall)
		if !whole {
			p.NotEvaluated("nobody knows who is on call")
			return
		}
		looked = true
		if free, gap := uncovered(duties, role.OnCall, from, until); gap {
			p.Report(check.Invalid(at, m.Sender, fmt.Sprintf("nobody is on call for %s at level %d at %s", role.OnCall.Policy, role.OnCall.Level, free.UTC().Format(time.RFC3339))))
		}
	}
	if !looked {
		p.NotEvaluated("nobody sends by virtue of being on call at a time that is known")
	}
}

// sentBetween returns when a message may go out.
func sentBetween(m comms.Message, o release.Overview) (from, until time.Time, ok bool) {
	if t, err := m.Trigger.Moment(o); err == nil {
		return t, t, true
	}
	from, err1 := o.Window.Start.Instant()
	until, err2 := o.Window.End.Instant()
	return from, until, err1 == nil && err2 == nil && from.Before(until) && m.Phase == comms.During
}

// dutiesOf returns the shifts that complete answers list.
func dutiesOf(facts *fact.Set, asked []fact.Query) (all []fact.Duty, whole bool) {
	for _, q := range asked {
		r, n := facts.Find(q)
		if n != 1 || r.Failed() || !r.Complete {
			return nil, false
		}
		all = append(all, r.Duties...)
	}
	return all, len(asked) > 0
}

// uncovered returns the first moment between from and until, both included, in
// which nobody has the duty.
func uncovered(duties []fact.Duty, place release.OnCall, from, until time.Time) (time.Time, bool) {
	for {
		end, covered := from, false
		for _, d := range duties {
			if d.Policy != place.Policy || d.Level != place.Level || d.From.After(from) {
				continue
			}
			if d.Until.IsZero() {
				return from, false
			}
			if d.Until.After(end) {
				end, covered = d.Until, true
			}
		}
		switch {
		case !covered:
			return from, true
		case end.After(until):
			return from, false
		}
		from = end
	}
}
