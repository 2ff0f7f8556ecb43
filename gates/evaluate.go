package gates

import (
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/join"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Input is everything that a decision depends on. Evaluate does not modify it.
type Input struct {
	Plan     release.Plan
	Facts    fact.Set
	Now      time.Time // zero: nothing can be judged
	Subjects Subjects  // see [SubjectsOf]; a gate without one holds
	Waivers  []Waiver
	Custom   map[string]CheckFunc // code for custom criteria, by name

	// Digests of the stored bytes of plan, facts and waivers. Catalog is filled in.
	Digests Digests
}

// Evaluate decides the catalog once. Hosts that decide it repeatedly call
// [Prepare] themselves.
func Evaluate(c Catalog, in Input) Decisions { return Prepare(c).Evaluate(in) }

// Evaluate decides every gate. It is a pure function of the input.
func (p *Prepared) Evaluate(in Input) Decisions {
	e := &evaluation{p: p, in: &in}
	e.digest()
	out := Decisions{Engine: Engine, DecidedAt: in.Now, Digests: in.Digests, Gates: make([]Decision, len(p.gates))}
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
	decisions []Decision

	room       []Assessment // still free
	numbers    []int        // still free
	signatures []Signature  // still free
	given      []fact.Result
	scene      scene // of the criterion at hand
}

// digest arranges the input. Everything here is linear in its size.
func (e *evaluation) digest() {
	e.subjects = e.in.Subjects.byGate(e.p)
	e.answers = join.Results(e.p.queries, e.in.Facts.Results)
	e.waivers = newWaivers(e.in)
	e.freezes = freezeSpans(e.in.Plan.Timeline.Freezes)
	e.room = make([]Assessment, e.p.nodes)
	e.numbers = make([]int, e.p.uses)
	e.signatures = make([]Signature, e.p.signOffs)
	e.signing = newSigning(e)
	e.window = newProductionWindow(e.in.Plan.Overview.Window)
}

// decide fills the decision of gate i. The gates of earlier environments are
// decided already.
func (e *evaluation) decide(i int) {
	pg := &e.p.gates[i]
	d := &e.decisions[i]
	*d = Decision{Gate: pg.id, Environment: pg.gate.Environment, Kind: pg.gate.Kind, Verdict: Go,
		DecidedAt: e.in.Now, Subject: e.subjects[e.p.index[pg.id]]}
	g := gateRun{e: e, pg: pg, d: d}
	g.limit(e.in.Now.Add(e.p.catalog.maxAge())) // nothing holds longer than facts may be old
	g.faults()
	g.criteria()
	g.freezes()
	g.signOffs(i)
	g.sequence()
	g.productionWindow()
	d.Reasons = sorted(d.Reasons)
	if d.Verdict == Go && !e.in.Now.Before(g.until) {
		g.because(Hold, CodeRunOut, "", "")
	}
	if d.Verdict == Go {
		d.ValidUntil = g.until
	}
}

// gateRun is the decision of one gate being made.
type gateRun struct {
	e  *evaluation
	pg *preparedGate
	d  *Decision

	recording bool      // the criterion being assessed is optional and decides nothing
	until     time.Time // when the first thing that a Go would rest on runs out
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

func (g *gateRun) sequence() {
	if !g.pg.needsExit {
		return
	}
	if len(g.pg.exitBefore) == 0 {
		g.because(Hold, CodeNoExitBefore, g.pg.before, CodeMissing)
		return
	}
	for _, i := range g.pg.exitBefore {
		exit := &g.e.decisions[i]
		if exit.Verdict != Go {
			g.because(Hold, CodeNoExitBefore, exit.Gate, Code(exit.Verdict.String()))
			return
		}
		g.limit(exit.ValidUntil)
	}
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
