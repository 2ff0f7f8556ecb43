package document

import (
	"fmt"
	"slices"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/criteria"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	"github.com/tidegate-go/tidegate/render/internal/page"
)

// GateError is a gate that nobody can be asked to sign off.
type GateError struct {
	Gate   string      // as it was asked for
	Reason GateProblem // why
	Detail string      // why the gate needs no sign-off, where the catalog says so
}

// GateProblem is why nobody can be asked to sign a gate off.
type GateProblem uint8

// The problems.
const (
	UnknownGate GateProblem = iota // the catalog has no such gate, or several
	NoSignOffs                     // the gate has no sign-offs
	NoSubject                      // the gate or the plan has no JSON form, so there is nothing to approve
)

// Error names the gate and says what is wrong.
func (e *GateError) Error() string {
	switch {
	case e.Reason == NoSubject:
		return fmt.Sprintf("document: gate %q has no subject to approve: packet.Encode says why", e.Gate)
	case e.Reason == NoSignOffs && e.Detail != "":
		return fmt.Sprintf("document: gate %q needs no sign-off: %q", e.Gate, e.Detail)
	case e.Reason == NoSignOffs:
		return fmt.Sprintf("document: gate %q has no sign-offs", e.Gate)
	default:
		return fmt.Sprintf("document: the catalog has no gate %q, or several", e.Gate)
	}
}

// SignOffRequest returns the mail that asks for the sign-offs of one gate: which
// subject is approved, by its digest, who is asked and who has answered, by when,
// what is open, and the criteria with what they came to. The subject line is one
// line of text, the body is Markdown. A gate that nobody can be asked for is a
// [*GateError].
//
// Answers count that were given for the subject of the packet as it is; those in
// a decision on another one do not, which the body says.
//
// A sign-off is asked for before the release needs it: before the first deployment
// of the gate's environment begins, of an exit before the last one ends, and of an
// environment without deployments before the window of the release opens.
func SignOffRequest(p packet.Packet, gate string) (subject, body string, err error) {
	r, err := newRequest(&p, gate)
	if err != nil {
		return "", "", err
	}
	o := &p.Plan.Overview
	subject = fmt.Sprintf("Sign-off requested: %s of %s %s, subject %s", mdtext.Visible(gate), mdtext.Visible(o.Name), mdtext.Visible(o.Version), r.digest.Short())
	r.write()
	return subject, string(r.B), nil
}

// request is a mail being written.
type request struct {
	*page.Doc
	packet *packet.Packet
	gate   gates.Gate
	needed []gates.SignOff
	digest value.Digest

	decision gates.Decision // on the subject as it is; zero: there is none
	outdated bool           // there is one on another subject
}

func newRequest(p *packet.Packet, id string) (*request, error) {
	is := func(g gates.Gate) bool { return g.ID() == id }
	i := slices.IndexFunc(p.Catalog.Gates, is)
	if i < 0 || slices.ContainsFunc(p.Catalog.Gates[i+1:], is) {
		return nil, &GateError{Gate: id, Reason: UnknownGate}
	}
	r := &request{Doc: page.New(p, nil), packet: p, gate: p.Catalog.Gates[i]}
	if r.needed = p.Catalog.SignOffs(r.gate); len(r.needed) == 0 {
		return nil, &GateError{Gate: id, Reason: NoSignOffs, Detail: r.gate.NoSignOffs}
	}
	subjects := packet.Subjects(*p)
	j := slices.IndexFunc(subjects, func(s gates.Subject) bool { return s.Gate == id })
	if j < 0 {
		return nil, &GateError{Gate: id, Reason: NoSubject}
	}
	r.digest = subjects[j].Digest
	if d, ok := p.Decisions.Find(id); ok && d.Subject == r.digest {
		r.decision = d
	} else {
		r.outdated = ok
	}
	return r, nil
}

func (r *request) write() {
	o := &r.packet.Plan.Overview
	r.Heading("#")
	r.Lit("Sign-off requested: ")
	r.Text(r.gate.ID())
	r.Lit(" of ")
	r.Text(o.Name)
	r.Lit(" ")
	r.Text(o.Version)
	r.End()
	r.End()
	r.Lit("What is approved: subject `" + r.digest.String() + "`, which is the plan, the components with their artifacts, " +
		"the criteria and sign-offs of this gate, and how strictly its environment is judged. When one of them changes, the sign-off is void.\n\n")
	r.Lit("Answer by ")
	r.deadline()
	r.Lit(". As of ")
	r.Moment(r.packet.AsOf)
	r.Lit(".\n")
	if all := r.Unpinned(); len(all) > 0 {
		r.Lit("\nDevelopment override: nobody pinned the program that answered as ")
		for i, name := range all {
			r.Separate(i)
			r.Text(name)
		}
		r.Lit(".\n")
	}
	r.title("Who is asked")
	for i := range r.needed {
		r.asked(i)
	}
	r.title("What is open")
	r.open()
	r.title("Criteria")
	if len(r.gate.Criteria) == 0 {
		r.Absent("Criteria")
	}
	criteria.List(&r.Pen, r.gate.Criteria, &r.decision, 0)
	r.title("Evidence")
	r.Bullet(0)
	r.Lit("Evidence: ")
	if r.gate.Evidence.IsZero() {
		r.NotGiven()
	} else {
		r.Link(r.gate.Evidence)
	}
	r.End()
	for _, l := range r.gate.Dashboards {
		r.Bullet(0)
		r.Lit("Dashboard: ")
		r.Link(l)
		r.End()
	}
}

func (r *request) title(s string) {
	r.Heading("##")
	r.Lit(s)
	r.End()
	r.End()
}

// deadline writes by when the answer is needed.
func (r *request) deadline() {
	exit := r.gate.Kind == gates.ExitKind
	var at value.When
	for _, w := range r.packet.Plan.Timeline.Windows {
		if w.Environment != r.gate.Environment {
			continue
		}
		is := w.Window.Start
		if exit {
			is = w.Window.End
		}
		if at.IsZero() || exit && before(at, is) || !exit && before(is, at) {
			at = is
		}
	}
	why := "when the first deployment begins"
	switch {
	case !at.IsZero() && exit:
		why = "when the last deployment ends"
	case at.IsZero():
		at, why = r.packet.Plan.Overview.Window.Start, "when the window of the release opens"
	}
	r.When(at)
	r.Lit(", " + why)
	if start, err := at.StrictStart(); err == nil && r.packet.AsOf.After(start) {
		r.Lit(", which has passed")
	}
}

// before reports whether one moment is before another; of moments that are none
// it is not known, and no.
func before(a, b value.When) bool {
	x, err1 := a.StrictStart()
	y, err2 := b.StrictStart()
	return err1 == nil && err2 == nil && x.Before(y)
}

// asked writes one sign-off: the roles, how many of them have signed, and who
// holds them.
func (r *request) asked(i int) {
	s := &r.needed[i]
	signed, need := []gates.Signed(nil), max(s.Quorum, 1)
	if i < len(r.decision.SignOffs) {
		if state := &r.decision.SignOffs[i]; state.Role == s.Role && state.Delegate == s.Delegate {
			signed = state.By
		}
	}
	r.Bullet(0)
	r.Parties(s.Role, s.Delegate)
	r.Lit(": ")
	r.Share("signed", len(signed), need)
	for _, by := range signed {
		r.Lit(", ")
		r.Person(by.Person)
		r.Lit(" ")
		r.Moment(by.At)
	}
	r.End()
	r.holders(s.Role)
	if s.Delegate != "" {
		r.holders(s.Delegate)
	}
}

// holders writes who holds a role, and to whom it is delegated for how long.
func (r *request) holders(role string) {
	r.Bullet(1)
	r.Role(role)
	r.Lit(": ")
	ids, _ := r.Holders(role)
	r.PersonList(ids)
	held, _ := r.packet.Plan.Directory.Role(role)
	for _, d := range held.Delegations {
		r.Lit("; delegated to ")
		r.Person(d.To)
		r.Lit(" ")
		r.Interval(d.From, d.Until)
	}
	r.End()
}

// open writes what stands in the way of the gate beside its sign-offs.
func (r *request) open() {
	if r.outdated {
		r.Lit("- The gate was decided on another subject: what was signed for that does not count.\n")
		return
	}
	steps := r.packet.Decisions.Next(r.packet.Plan, r.packet.Catalog, r.packet.AsOf)
	n := 0
	for i := range steps {
		if steps[i].Gate != r.gate.ID() {
			continue
		}
		for j := range steps[i].Obstacles {
			if o := &steps[i].Obstacles[j]; o.Reason.Code != gates.CodeQuorum {
				r.obstacle(o)
				n++
			}
		}
	}
	if n == 0 {
		r.Lit("- Nothing beside the sign-offs.\n")
	}
}

func (r *request) obstacle(o *gates.Obstacle) {
	r.Bullet(0)
	r.Start(o.Because)
	r.Labelled(", ", o.Off)
	r.Lit("; turned when ")
	r.Text(o.Turn)
	r.Lit("; next: ")
	owners(r.Doc, o.Owners)
	r.End()
}
