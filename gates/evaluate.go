package gates

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/join"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Input is everything that a decision depends on. Evaluate does not modify it.
type Input struct {
	Plan     release.Plan // what is to be released
	Facts    fact.Set     // what is known, at most as old as criteria allow
	Now      time.Time    // zero: nothing can be judged
	Subjects Subjects     // see [SubjectsOf]; a gate without one holds
	Waivers  []Waiver     // of criteria and freezes

	// Barred are the ids of people who may neither sign nor grant exceptions,
	// beside the authors of the plan's scope: who asked for the change, who
	// deploys it. Like an author, one who is nobody in the directory may be
	// anybody, and holds every gate that has sign-offs.
	Barred []string

	Custom map[string]CheckFunc // code for custom criteria, by name

	// Digests of the stored bytes of plan, facts and waivers. Catalog is filled in.
	Digests Digests
}

// Evaluate decides the catalog once. Hosts that decide it repeatedly call
// [Prepare] themselves.
func Evaluate(c Catalog, in Input) Decisions { return Prepare(c).Evaluate(in) }

// Evaluate decides every gate. It is a pure function of the input.
func (p *Prepared) Evaluate(in Input) Decisions {
	e := &evaluation{p: p, in: &in}
	e.barred, e.unpinned = barred(in.Barred), in.Facts.Unpinned()
	out := Decisions{Engine: Engine, DecidedAt: in.Now, Barred: e.barred, Unpinned: e.unpinned, Digests: in.Digests, Gates: make([]Decision, len(p.gates))}
	e.digest()
	out.Digests.Catalog = p.digest
	e.decisions = out.Gates
	for _, i := range p.order {
		e.decide(i)
	}
	if e.waivers != nil {
		out.Waivers = e.waivers.uses
	}
	out.Strays = e.signing.strays
	return out
}

// evaluation is the state of one Evaluate: the input, arranged for look-up,
// and room for what comes out.
type evaluation struct {
	p         *Prepared
	in        *Input
	subjects  []value.Digest // by gate
	answers   []int32        // by slot: position of the result, or missing, or contradicted
	waivers   *waivers
	freezes   []freezeSpan
	signing   signing
	window    productionWindow
	barred    []string  // sorted
	unpinned  []string  // sorted
	future    time.Time // when something that is of the future now is not any more
	decisions []Decision

	room       []Assessment // still free
	numbers    []int        // still free
	signatures []Signature  // still free
	given      []fact.Result
	run        gateRun // of the gate at hand
	scene      scene   // of the criterion at hand
}

// digest arranges the input. Everything here is linear in its size.
func (e *evaluation) digest() {
	e.subjects = e.in.Subjects.byGate(e.p)
	e.answers = join.Results(e.p.queries, e.in.Facts.Results)
	e.waivers = newWaivers(e)
	e.freezes = freezeSpans(e.in.Plan.Timeline.Freezes)
	e.room = make([]Assessment, e.p.nodes)
	e.numbers = make([]int, e.p.uses)
	e.signatures = make([]Signature, e.p.signOffs)
	e.signing = newSigning(e)
	e.window = newProductionWindow(e.in.Plan.Overview.Window)
	e.future = e.nextObserved()
}

// nextObserved is when the first result or answer that is of the future now
// will not be so any more.
func (e *evaluation) nextObserved() time.Time {
	var next time.Time
	horizon := e.in.Now.Add(e.p.skew)
	for i := range e.in.Facts.Results {
		r := &e.in.Facts.Results[i]
		if at := seen(r); at.After(horizon) {
			next = earlier(next, at.Add(-e.p.skew))
		}
		for j := range r.Approvals {
			if at := r.Approvals[j].At; at.After(horizon) {
				next = earlier(next, at.Add(-e.p.skew))
			}
		}
	}
	return next
}

// decide fills the decision of gate i. The gates of earlier environments are
// decided already.
func (e *evaluation) decide(i int) {
	pg := &e.p.gates[i]
	d := &e.decisions[i]
	*d = Decision{Gate: pg.id, Environment: pg.gate.Environment, Kind: pg.gate.Kind, Verdict: Go,
		DecidedAt: e.in.Now, Barred: slices.Clone(e.barred), Unpinned: slices.Clone(e.unpinned), Subject: e.subjects[e.p.index[pg.id]]}
	g := &e.run
	*g = gateRun{e: e, pg: pg, d: d}
	g.faults()
	g.criteria()
	g.freezes()
	g.signOffs(i)
	g.sequence()
	g.productionWindow()
	d.Reasons = sorted(d.Reasons)
	if d.Verdict == Go && !g.until.IsZero() && !e.in.Now.Before(g.until) {
		g.because(Hold, CodeRunOut, "", "")
	}
	g.turn(e.future)
	d.ChangesAt = earlier(g.until, g.turns)
	if d.Verdict == Go {
		g.limit(e.in.Now.Add(e.p.catalog.maxAge())) // nothing holds longer than facts may be old
		d.ValidUntil, d.ChangesAt = g.until, g.until
	}
}

// gateRun is the decision of one gate being made.
type gateRun struct {
	e  *evaluation
	pg *preparedGate
	d  *Decision

	recording bool      // the criterion being assessed is optional and decides nothing
	until     time.Time // when the first thing that a Go would rest on runs out
	turns     time.Time // when the first thing that stands in its way may pass by itself
}

// because adds a reason, which is never Go, and lowers the verdict.
func (g *gateRun) because(v Verdict, code Code, about string, because Code) {
	g.d.Reasons = append(g.d.Reasons, Reason{Code: code, Verdict: v, About: about, Because: because})
	g.d.Verdict = Worse(g.d.Verdict, v)
}

// limit bounds how long a Go holds.
func (g *gateRun) limit(t time.Time) {
	if g.until.IsZero() || t.Before(g.until) {
		g.until = t
	}
}

// turn notes a moment at which something that stands in the way passes by
// itself. It does not bound a Go.
func (g *gateRun) turn(t time.Time) {
	if !t.Before(g.e.in.Now) {
		g.turns = earlier(g.turns, t)
	}
}

// earlier returns the earlier of two moments, of which the zero one is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func (g *gateRun) faults() {
	if g.e.in.Now.IsZero() {
		g.because(Hold, CodeNoClock, "", "")
	}
	for _, code := range g.pg.faults {
		g.because(Hold, code, "", "")
	}
	if !g.d.Subject.Valid() {
		g.because(Hold, CodeNoSubject, "", "")
	}
}

func (g *gateRun) criteria() {
	n := len(g.pg.criteria)
	g.d.Outcomes = g.e.take(n)
	for i := range g.pg.criteria {
		a := &g.d.Outcomes[i]
		g.recording = g.pg.criteria[i].c.Optional
		g.assess(&g.pg.criteria[i], a)
		if a.Optional = g.recording; a.Optional {
			continue
		}
		switch {
		case a.Effective == Fail:
			g.because(NoGo, CodeCriterionFailed, a.Criterion, a.Code)
		case a.Effective == Warn && g.pg.production:
			g.because(Hold, CodeCriterionWarned, a.Criterion, a.Code)
		case a.Effective == Warn, a.Effective == Pass:
		default:
			g.because(Hold, CodeCriterionUnknown, a.Criterion, a.Code)
		}
	}
}

// waive looks for a waiver and writes down what it rests on.
func (g *gateRun) waive(key waiverKey, o Outcome, refuse Code) bool {
	i, ok := g.e.waivers.take(key, o, refuse)
	if !ok {
		return false
	}
	w := &g.e.waivers.all[i]
	g.d.Waived = append(g.d.Waived, Waived{w.Criterion, w.Freeze, w.Grant})
	g.limit(g.e.waivers.until[i])
	return true
}

// sequence holds a gate that is not yet reached: the exit of the environment
// before is not go, which holds its own entry as well, or that entry is not.
func (g *gateRun) sequence() {
	if g.pg.needsExit && len(g.pg.exitBefore) == 0 {
		g.because(Hold, CodeNoExitBefore, g.pg.before, CodeMissing)
		return
	}
	if g.after(CodeNoExitBefore, g.pg.exitBefore) {
		g.after(CodeNoEntry, g.pg.entries)
	}
}

// after holds the gate unless each of the gates goes, which it reports. An
// entry that holds only because the deployment window is over does not hold the
// exit: the window says when an environment may be entered, and it is left later.
func (g *gateRun) after(code Code, gates []int) bool {
	for _, i := range gates {
		switch before := &g.e.decisions[i]; {
		case before.Verdict == Go:
			g.limit(before.ValidUntil)
		case code == CodeNoEntry && before.Verdict == Hold && before.only(CodeWindowOver):
			if !before.ChangesAt.IsZero() {
				g.limit(before.ChangesAt)
			}
		default:
			g.because(Hold, code, before.Gate, Code(before.Verdict.String()))
			g.turn(before.ChangesAt)
			return false
		}
	}
	return true
}

// only reports whether the code is the one reason against a Go.
func (d *Decision) only(code Code) bool {
	return len(d.Reasons) > 0 && !slices.ContainsFunc(d.Reasons, func(r Reason) bool { return r.Code != code })
}

// take hands out room for n assessments; all of it was made at once.
func (e *evaluation) take(n int) []Assessment {
	if n == 0 {
		return nil
	}
	out := e.room[:n:n]
	e.room = e.room[n:]
	return out
}

// sorted puts what refuses before what holds and keeps the order otherwise.
func sorted(reasons []Reason) []Reason {
	refusing := 0
	for i, r := range reasons {
		if r.Verdict != NoGo {
			continue
		}
		copy(reasons[refusing+1:i+1], reasons[refusing:i])
		reasons[refusing] = r
		refusing++
	}
	return reasons
}
