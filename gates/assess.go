package gates

import (
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/join"
	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/gates/internal/people"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// assess fills the assessment of one criterion: what was measured, and what
// remains of it after waivers.
func (g *gateRun) assess(n *node, a *Assessment) {
	a.Criterion = n.c.ID
	if n.of != nil && !n.bad {
		g.group(n, a)
	} else {
		a.Raw, a.Code = g.measure(n, a)
		if n.c.Missing.Outcome != Unknown && !g.e.answered(n) {
			a.Raw, a.Code = n.declared(a)
		}
		a.Effective = a.Raw
	}
	a.Results = slices.Clip(a.Results)
	g.waiveOutcome(n, a)
}

// measure runs the criterion's test.
func (g *gateRun) measure(n *node, a *Assessment) (Outcome, Code) {
	switch {
	case n.bad:
		return Unknown, CodeBadTest
	case g.e.in.Now.IsZero():
		return Unknown, CodeNoClock
	case n.c.AtMost != nil:
		return g.threshold(n, &n.c.AtMost.Measure, a)
	case n.c.AtLeast != nil:
		return g.threshold(n, &n.c.AtLeast.Measure, a)
	case n.c.Between != nil:
		return g.threshold(n, &n.c.Between.Measure, a)
	case n.test != nil:
		return g.probe(n, a)
	case n.c.Custom != nil:
		return g.custom(n, n.c.Custom, a)
	default:
		return Unknown, CodeBadTest
	}
}

// probe runs a test of package probe and writes down what it says.
func (g *gateRun) probe(n *node, a *Assessment) (Outcome, Code) {
	g.e.scene = scene{g, n, a}
	said := n.test.Judge(&g.e.scene)
	a.Observed, a.Limit = said.Observed, said.Limit
	if said.Detail != "" {
		a.Detail = check.OneLine(said.Detail)
	}
	if !g.recording {
		if !said.Until.IsZero() {
			g.limit(said.Until)
		}
		g.turn(said.Turns)
	}
	return Outcome(said.Outcome), Code(said.Code)
}

// answered reports whether some query of the test has an answer, usable or not:
// then what is missing is half of it, and not declared away.
func (e *evaluation) answered(n *node) bool {
	answered := func(slot int) bool {
		if slot == none {
			return false
		}
		at := e.answers[slot]
		return at == join.Contradicted || at >= 0 && !e.in.Facts.Results[at].Failed()
	}
	return slices.ContainsFunc(n.asked, func(q asked) bool { return answered(q.slot) }) || slices.ContainsFunc(n.custom, answered) ||
		answered(n.query.slot) || answered(n.per) || answered(n.baseline.slot) || answered(n.proof)
}

// declared applies what the criterion says that no answer means, to any of its
// queries. Only Fail can be said without a reason.
func (n *node) declared(a *Assessment) (Outcome, Code) {
	m := n.c.Missing
	unanswered := a.Code == CodeMissing || a.Code == CodeFailed
	if !unanswered || m.Outcome == Unknown || m.Outcome > Pass {
		return a.Raw, a.Code
	}
	if m.Outcome != Fail && check.Blank(m.Reason) {
		return a.Raw, a.Code
	}
	if !check.Blank(m.Reason) {
		a.Detail = m.Reason
	}
	return m.Outcome, CodeDeclared
}

// waiveOutcome applies a waiver to what would decide.
func (g *gateRun) waiveOutcome(n *node, a *Assessment) {
	if g.e.waivers == nil {
		return
	}
	key := waiverKey{gate: g.pg.id, criterion: n.c.ID}
	switch {
	case g.recording:
		g.e.waivers.take(key, Pass, "") // nothing to waive in what does not decide
	case n.locked, a.Effective != Pass && structural(a):
		g.e.waivers.take(key, a.Effective, CodeNotWaivable)
	case slices.Contains(g.pg.faults, CodeDuplicateID):
		g.e.waivers.take(key, a.Effective, CodeAmbiguousScope)
	case g.waive(key, a.Effective, ""):
		a.Effective = Pass
	}
}

// structural reports whether a criterion, or one of its group, is unknown because
// of the catalog or the host's code. That is to be mended, not waived.
func structural(a *Assessment) bool {
	for i := range a.Of {
		if structural(&a.Of[i]) {
			return true
		}
	}
	c := a.Code
	return a.Effective == Unknown && (c == CodeBadTest || c == CodeNoCheck || c == CodeCheckPanicked || c == CodeNoClock)
}

// group judges the criteria of a group and counts what they came to, once as
// measured and once after waivers.
func (g *gateRun) group(n *node, a *Assessment) {
	a.Of = g.e.take(len(n.of))
	var raw, effective poll
	for i := range n.of {
		child := &a.Of[i]
		g.assess(&n.of[i], child)
		raw.add(child.Raw, child.Code)
		effective.add(child.Effective, child.Code)
		if !child.ObservedAt.IsZero() && (a.ObservedAt.IsZero() || child.ObservedAt.Before(a.ObservedAt)) {
			a.ObservedAt = child.ObservedAt
		}
	}
	a.Raw, a.Code = raw.outcome(n.need)
	a.Effective, _ = effective.outcome(n.need)
	for i := range a.Of {
		if a.Raw != Pass && a.Of[i].Raw == a.Raw {
			a.Detail = a.Of[i].Criterion // the first that it hangs on
			break
		}
	}
	a.Observed = counted(raw.pass + raw.warn)
	a.Limit = counted(n.need)
}

func counted(n int) value.Quantity {
	return value.Quantity{Value: value.Number(n), Unit: value.Count}
}

// CheckFunc judges a custom criterion. It has to be pure: what it is given
// decides what it returns, and it modifies none of it. It is called only when
// every result is there, complete and fresh; one that panics is Unknown.
type CheckFunc func(CheckInput) Judgement

// CheckInput is what a custom check may look at.
type CheckInput struct {
	Params  fact.Params   // of the criterion
	Results []fact.Result // of the criterion's queries, in their order
	Plan    release.Plan  // what is decided on
	Now     time.Time     // the moment of the decision
}

// Judgement is what a custom check says. Detail is one line for people; it is
// printed and must not carry a secret.
type Judgement struct {
	Outcome Outcome // the zero value is Unknown
	Detail  string  // empty: the code says it all
}

func (g *gateRun) custom(n *node, c *Custom, a *Assessment) (Outcome, Code) {
	judge := g.e.in.Custom[c.Name]
	if judge == nil {
		a.Detail = "no check is named " + c.Name
		return Unknown, CodeNoCheck
	}
	if g.e.given == nil {
		g.e.given = make([]fact.Result, g.e.p.customs)
	}
	size := len(n.custom)
	results := g.e.given[:size:size]
	g.e.given = g.e.given[size:]
	for i, slot := range n.custom {
		r, code := g.look(n, slot, a)
		if code != "" {
			return Unknown, code
		}
		results[i] = r.Clone() // what the check does to it stays there
	}
	said, panicked := call(judge, CheckInput{c.Params, results, g.e.in.Plan, g.e.in.Now})
	a.Detail = check.OneLine(said.Detail)
	switch {
	case panicked:
		return Unknown, CodeCheckPanicked
	case said.Outcome == Pass:
		return Pass, CodeMet
	case said.Outcome == Warn:
		return Warn, CodeNearing
	case said.Outcome == Fail:
		return Fail, CodeNotMet
	default:
		return Unknown, CodeUndecided
	}
}

func call(judge CheckFunc, in CheckInput) (j Judgement, panicked bool) {
	defer func() {
		if v := recover(); v != nil {
			j, panicked = Judgement{Detail: fmt.Sprint(v)}, true
		}
	}()
	return judge(in), false
}

// scene is what a test of package probe may look at: one criterion at a time.
type scene struct {
	g *gateRun
	n *node
	a *Assessment
}

// Look returns the usable result of query i.
func (s *scene) Look(i int) (*fact.Result, judge.Code) {
	r, code := s.g.look(s.n, s.n.asked[i].slot, s.a)
	return r, judge.Code(code)
}

// Proves reports whether the population of query i counts something.
func (s *scene) Proves(i int) bool { return s.g.proves(s.n, s.n.asked[i].population, s.a) }

// Now is the moment of the decision.
func (s *scene) Now() time.Time { return s.g.e.in.Now }

// Skew is how far ahead of Now a source's clock may be.
func (s *scene) Skew() time.Duration { return s.g.e.p.skew }

// Plan is the plan.
func (s *scene) Plan() *release.Plan { return &s.g.e.in.Plan }

// Environment is what the gate guards.
func (s *scene) Environment() string { return s.g.d.Environment }

// Person returns whose account it is.
func (s *scene) Person(account fact.Account) (string, judge.Code) {
	switch _, id, known := s.g.e.directory().Person(account); {
	case !known:
		return "", judge.NoPerson
	case id == "":
		return "", judge.Ambiguous
	default:
		return id, ""
	}
}

// Mandate reports whether the person may answer for the role at that moment.
func (s *scene) Mandate(role, person string, at time.Time) bool {
	may, _ := s.g.e.directory().Mandate(role, "", person, at)
	return may
}

// directory is who is who, read when it is first asked for.
func (e *evaluation) directory() *people.Directory {
	if e.signing.ballots == nil {
		e.signing.readDirectory(e)
	}
	return &e.signing.people
}
