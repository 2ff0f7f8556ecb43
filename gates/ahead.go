package gates

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/internal/partial"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// Step is one gate on the way that does not let the release pass, and what
// stands in its way.
type Step struct {
	Gate      string     // its id
	Verdict   Verdict    // NoGo or Hold
	Obstacles []Obstacle // what refuses stands before what holds; never empty
	ChangesAt time.Time  // see [Decision.ChangesAt]
}

// Obstacle is one thing that stands in the way, in the words of who reads it.
type Obstacle struct {
	Reason  Reason  // the same for programs
	Because string  // what is wrong
	Off     string  // by how much, if that was measured: "68 ms above 450 ms"
	Owners  []Owner // who can turn it
	Turn    string  // what would turn it
}

// Owner is a role that has to act and, by name, the people who hold it now:
// holders first, then those to whom it is delegated.
type Owner struct {
	Role, Title string   // the role's id, and its title or else the id
	People      []string // names, or ids of those who have none; none: nobody holds it
}

// String returns the title and, in brackets, the names.
func (o Owner) String() string {
	if len(o.People) == 0 {
		return o.Title + " (nobody)"
	}
	return o.Title + " (" + strings.Join(o.People, ", ") + ")"
}

// Next says what stands between here and the end: every gate of the catalog
// that does not authorize its subject at now, in the order in which a release
// passes them. A gate that was not decided is one of them, and so is a Go that
// has run out or is about another plan or gate than these, see [SubjectsOf].
// Nothing is left if every gate lets the release pass.
func (d Decisions) Next(plan release.Plan, c Catalog, now time.Time) []Step {
	var steps []Step
	p := Prepare(c)
	w := way{plan: &plan, now: now}
	subjects := SubjectsOf(plan, c).byGate(p)
	for _, i := range p.order {
		w.gate = p.gates[i].gate
		decision, decided := d.Find(p.gates[i].id)
		step := Step{Gate: p.gates[i].id, Verdict: decision.Verdict, ChangesAt: decision.ChangesAt}
		for j, because := range decision.Because() {
			step.Obstacles = append(step.Obstacles, w.obstacle(&decision, decision.Reasons[j], because))
		}
		if refusal := decision.Refusal(now, subjects[i]); len(step.Obstacles) == 0 && refusal != "" {
			r, because := Reason{Code: CodeRunOut, Verdict: Hold}, refusal
			if !decided {
				r.Code, because = CodeMissing, "the gate is not decided"
			}
			step.Verdict = Worse(Hold, step.Verdict)
			step.Obstacles = []Obstacle{{Reason: r, Because: because, Owners: w.managers(), Turn: "the gate is decided again"}}
		}
		if len(step.Obstacles) > 0 {
			steps = append(steps, step)
		}
	}
	return steps
}

// way is the plan seen from one gate.
type way struct {
	plan *release.Plan
	gate *Gate
	now  time.Time
}

func (w *way) obstacle(d *Decision, r Reason, because string) Obstacle {
	o := Obstacle{Reason: r, Because: because, Turn: remedies[r.Code], Owners: w.managers()}
	switch r.Code {
	case CodeCriterionFailed, CodeCriterionUnknown, CodeCriterionWarned:
		o.Owners = w.signers()
		w.criterion(d, r, &o)
	case CodeQuorum:
		o.Owners = []Owner{w.owner(r.About)}
		if i := slices.IndexFunc(d.SignOffs, func(s Signature) bool { return s.Role == r.About && !s.Met() }); i >= 0 {
			o.Off = d.SignOffs[i].Sentence()
			if standIn := d.SignOffs[i].Delegate; standIn != "" {
				o.Owners = append(o.Owners, w.owner(standIn))
			}
		}
	case CodeRejected, CodeRejectionUnclear, CodeAuthorUnknown, CodeApprovalsUnknown, CodeNoSubject:
		o.Owners = w.signers()
	case CodeFrozen:
		o.Turn = "the freeze is over" + w.ends(r.About) + ", or a waiver of it is granted"
	case CodeWindowNotOpen:
		o.Turn = "the window opens at " + w.plan.Overview.Window.Start.String()
	case CodeNoExitBefore, CodeNoEntry:
		o.Turn = r.About + " goes"
	}
	if o.Turn == "" {
		o.Turn = "the catalog is mended"
	}
	return o
}

// criterion says by how much a criterion is off, and what would turn it.
func (w *way) criterion(d *Decision, r Reason, o *Obstacle) {
	i := slices.IndexFunc(d.Outcomes, func(a Assessment) bool { return a.Criterion == r.About && a.Code == r.Because })
	if i < 0 {
		o.Turn = "the criterion passes"
		return
	}
	o.Off = d.Outcomes[i].off()
	switch o.Turn = remedies[r.Because]; {
	case o.Off != "":
		o.Turn = "the limit of " + d.Outcomes[i].Limit.String() + " is kept"
	case o.Turn == "":
		o.Turn = "the criterion passes"
	}
	j := slices.IndexFunc(w.gate.Criteria, func(c Criterion) bool { return c.ID == r.About })
	if j >= 0 && w.gate.Criteria[j].NotWaivable || r.Code == CodeCriterionUnknown {
		return
	}
	o.Turn += ", or a waiver is granted"
}

// off says how far a failing number is from its limit.
func (a *Assessment) off() string {
	by := float64(a.Observed.Value - a.Limit.Value)
	if a.Code != CodeNotMet && a.Code != CodeNearing || a.Observed.Unit != a.Limit.Unit || by == 0 || len(a.Of) > 0 {
		return ""
	}
	side := "above"
	if by < 0 {
		side, by = "below", -by
	}
	short := Assessment{Observed: value.Quantity{Value: value.Number(by), Unit: a.Observed.Unit}}
	return fmt.Sprintf("%s %s %s", short.Shown(), side, a.Limit)
}

// ends is when a freeze is over, if there is one of that id.
func (w *way) ends(freeze string) string {
	for _, f := range w.plan.Timeline.Freezes {
		if f.ID == freeze {
			return " at " + f.Window.End.String()
		}
	}
	return ""
}

// signers are the roles that sign the gate off: who answers for it.
func (w *way) signers() []Owner {
	var all []Owner
	for _, s := range w.gate.SignOffs {
		all = append(all, w.owner(s.Role))
	}
	if len(all) == 0 {
		return w.managers()
	}
	return all
}

func (w *way) managers() []Owner {
	if w.plan.Overview.Manager == "" {
		return nil
	}
	return []Owner{w.owner(w.plan.Overview.Manager)}
}

func (w *way) owner(role string) Owner {
	directory := &w.plan.Directory
	o := Owner{Role: role, Title: directory.Title(role)}
	name := func(id string) {
		if p, ok := directory.Person(strings.TrimSpace(id)); ok && p.Name != "" {
			id = p.Name
		}
		if !slices.Contains(o.People, id) {
			o.People = append(o.People, id)
		}
	}
	r, _ := directory.Role(role)
	for _, id := range r.Holders {
		name(id)
	}
	for _, d := range r.Delegations {
		from, err1 := d.From.StrictStart()
		until, err2 := d.Until.StrictEnd()
		if err1 == nil && err2 == nil && !w.now.Before(from) && w.now.Before(until) {
			name(d.To)
		}
	}
	return o
}

// Part is what a release leaves behind: one component, or one region.
type Part struct {
	Component, Region string // names of the plan, of which exactly one is given
}

// Partial is what remains of a release without one part.
type Partial struct {
	Plan      release.Plan // of what remains
	Decisions Decisions    // on what remains, made anew

	Lost      []string // ids of must-ship items that do not ship
	Dropped   []string // ids of deferrable items that do not ship
	Unclear   []string // ids of items that stay, of which the plan does not say that they can
	Notes     []string // ids of items whose notes change
	Entangled []string // components that stay and carry work of an item that does not ship
	Stranded  []string // components that stay and need what is left behind
	Order     []string // ids of the dependencies that remain: what is needed comes first
	Circular  []string // ids of those of which there is no order
}

// Shippable reports whether what remains may ship: nothing that must ship is
// lost, nothing is unclear, entangled, stranded or circular, and every gate goes.
func (p Partial) Shippable() bool {
	return len(p.Lost)+len(p.Unclear)+len(p.Entangled)+len(p.Stranded)+len(p.Circular) == 0 && p.Decisions.Verdict() == Go
}

// Without says what remains of a release without one component or region. An
// item of which a component is left behind does not ship; one without a class
// counts as must-ship, and one that names no component, or one that the plan does
// not have, may be part of what is left behind. A region takes its deployment
// windows along, and everything if it is the only one.
//
// What remains is another release than the one that was approved: it is decided
// anew, on the same facts, and the sign-offs of the whole do not count for it.
// A part that the plan does not have is an error.
func Without(c Catalog, in Input, part Part) (Partial, error) {
	var rest partial.Rest
	var err error
	switch {
	case (part.Component == "") == (part.Region == ""):
		err = fmt.Errorf("a part is one component or one region, not %+v", part)
	case part.Component != "":
		rest, err = partial.WithoutComponent(in.Plan, part.Component)
	default:
		rest, err = partial.WithoutRegion(in.Plan, part.Region)
	}
	if err != nil {
		return Partial{}, err
	}
	in.Plan, in.Subjects, in.Digests.Plan = rest.Plan, SubjectsOf(rest.Plan, c), ""
	return Partial{rest.Plan, Evaluate(c, in), rest.Lost, rest.Dropped, rest.Unclear, rest.Notes,
		rest.Entangled, rest.Stranded, rest.Order, rest.Circular}, nil
}
