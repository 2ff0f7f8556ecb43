package gates

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// maxSignOffs is how many sign-offs one gate can have: what a person may sign
// is kept as the bits of one word.
const maxSignOffs = 64

// signing is the approvals of one evaluation, arranged by gate, and who is who.
type signing struct {
	people  map[fact.Account]int // position in the directory, or ambiguous
	roles   map[string]*release.Role
	holds   map[holding]bool
	ballots []int    // by person: one more than the position of the ballot in the gate at hand
	authors []string // sorted
	byGate  [][]*fact.Approval
	unknown Code      // why the approvals are not known; "" if they are
	until   time.Time // when they have to be asked again
}

// holding is that a person holds a role, not by delegation.
type holding struct{ role, person string }

// ambiguous marks an account that two people claim.
const ambiguous = -1

// newSigning reads every approval once. If one source cannot be used nobody
// knows whether it holds a rejection, so the approvals as a whole are unknown.
func newSigning(e *evaluation) signing {
	s := signing{byGate: make([][]*fact.Approval, len(e.p.gates))}
	if len(e.p.approvals) == 0 {
		s.unknown = CodeMissing
		return s
	}
	total := 0
	for _, slot := range e.p.approvals {
		r, code := e.result(slot, e.p.catalog.maxAge(), false)
		if code == "" && r.Query.Yields.Shape != fact.ApprovalShape {
			code = CodeBadTest
		}
		if code != "" {
			s.unknown = code
			return s
		}
		if until := r.ObservedAt.Add(e.p.catalog.maxAge()); s.until.IsZero() || until.Before(s.until) {
			s.until = until
		}
		total += len(r.Approvals)
		for i := range r.Approvals {
			if gate, ok := e.p.index[r.Approvals[i].Gate]; ok {
				s.byGate[gate] = append(s.byGate[gate], &r.Approvals[i])
			}
		}
	}
	if total > 0 {
		s.readDirectory(&e.in.Plan)
	}
	return s
}

func (s *signing) readDirectory(plan *release.Plan) {
	d := &plan.Directory
	s.people = make(map[fact.Account]int, 2*len(d.People))
	first := make(map[string]int, len(d.People))
	for i := range d.People {
		p := &d.People[i]
		if _, ok := first[p.ID]; !ok {
			first[p.ID] = i // an id listed twice is one person
		}
		for _, account := range p.Accounts {
			if other, ok := s.people[account]; ok && other != first[p.ID] {
				s.people[account] = ambiguous
				continue
			}
			s.people[account] = first[p.ID]
		}
	}
	delete(s.people, fact.Account{}) // an approval without an account is nobody's
	s.ballots = make([]int, len(d.People))
	s.roles = make(map[string]*release.Role, len(d.Roles))
	s.holds = make(map[holding]bool, 2*len(d.Roles))
	for i := range d.Roles {
		r := &d.Roles[i]
		if _, ok := s.roles[r.ID]; ok {
			continue // a rule of the plan reports it; the first one counts
		}
		s.roles[r.ID] = r
		for _, person := range r.Holders {
			s.holds[holding{r.ID, person}] = true
		}
	}
	s.authors = plan.Authors()
}

// signOffs judges the answers to the gate's request and whether they suffice.
func (g *gateRun) signOffs(gate int) {
	required := g.pg.gate.SignOffs
	if len(required) == 0 || len(required) > maxSignOffs {
		return // NoSignOffs says why, or a fault holds the gate
	}
	n := len(required)
	g.d.SignOffs, g.e.signatures = g.e.signatures[:n:n], g.e.signatures[n:]
	for i, r := range required {
		g.d.SignOffs[i] = Signature{Role: r.Role, Delegate: r.Delegate, Need: r.need()}
	}
	s := &g.e.signing
	if s.unknown != "" {
		g.because(Hold, CodeApprovalsUnknown, "", s.unknown)
		return
	}
	g.limit(s.until)
	var ballots []ballot
	for _, a := range s.byGate[gate] {
		ballots = g.count(a, ballots)
	}
	for i := range ballots {
		s.ballots[ballots[i].at] = 0
	}
	g.assign(ballots)
	for i := range g.d.SignOffs {
		if !g.d.SignOffs[i].Met() {
			g.because(Hold, CodeQuorum, required[i].Role, "")
		}
	}
}

// ballot is what one person said, in whatever roles and accounts.
type ballot struct {
	at      int // in the directory
	person  string
	may     uint64 // sign-offs that the person may answer
	via     uint64 // those of them by delegation
	first   *fact.Approval
	expires time.Time // of the answer that runs out first; zero: none does
}

// count judges one answer: it becomes part of a ballot, a rejection, or is refused.
func (g *gateRun) count(a *fact.Approval, ballots []ballot) []ballot {
	if a.Answer == fact.Pending {
		return ballots // silence is not an answer
	}
	s := &g.e.signing
	person, known := s.people[a.Account]
	switch {
	case !known:
		return g.refuse(a, "", CodeNoPerson, ballots)
	case person == ambiguous:
		return g.refuse(a, "", CodeAmbiguousAccount, ballots)
	}
	id := g.e.in.Plan.Directory.People[person].ID
	may, via := g.mandate(id, a)
	switch {
	case !g.d.Subject.Valid() || a.Subject != g.d.Subject:
		return g.refuse(a, id, CodeOtherSubject, ballots)
	case a.At.IsZero():
		return g.refuse(a, id, CodeNoTime, ballots)
	case a.At.Sub(g.e.in.Now) > g.e.p.skew:
		return g.refuse(a, id, CodeFuture, ballots)
	case may == 0:
		return g.refuse(a, id, CodeNoRole, ballots)
	case a.Answer == fact.Rejected:
		g.because(NoGo, CodeRejected, id, "")
		return ballots
	case g.authored(id):
		return g.refuse(a, id, CodeAuthor, ballots)
	case !a.Expires.IsZero() && !g.e.in.Now.Before(a.Expires):
		return g.refuse(a, id, CodeExpired, ballots)
	}
	return s.cast(ballots, ballot{person, id, may, via, a, a.Expires})
}

func (g *gateRun) authored(person string) bool {
	_, author := slices.BinarySearch(g.e.signing.authors, person)
	return author
}

// cast adds a ballot, or adds it to the one that the person cast before.
func (s *signing) cast(ballots []ballot, b ballot) []ballot {
	if s.ballots[b.at] == 0 {
		ballots = append(ballots, b)
		s.ballots[b.at] = len(ballots)
		return ballots
	}
	o := &ballots[s.ballots[b.at]-1]
	own := o.may&^o.via | b.may&^b.via // what one of the answers allowed without a delegation
	o.may |= b.may
	o.via = o.may &^ own
	if !b.expires.IsZero() && (o.expires.IsZero() || b.expires.Before(o.expires)) {
		o.expires = b.expires
	}
	return ballots
}

func (g *gateRun) refuse(a *fact.Approval, person string, code Code, ballots []ballot) []ballot {
	g.d.Refused = append(g.d.Refused, Refused{a.ID, a.Account.String(), person, code})
	return ballots
}

// mandate returns the sign-offs that the person may answer with this approval,
// as bits, and those of them that only a delegation allows.
func (g *gateRun) mandate(person string, a *fact.Approval) (may, via uint64) {
	for i, required := range g.pg.gate.SignOffs {
		if a.Role != "" && a.Role != required.Role {
			continue
		}
		role := g.e.signing.roles[required.Role]
		switch {
		case role == nil:
		case g.e.signing.holds[holding{role.ID, person}]:
			may |= 1 << i
		case g.delegated(role, required.Delegate, person, a.At):
			may |= 1 << i
			via |= 1 << i
		}
	}
	return may, via
}

// delegated reports whether the role was handed to the person for that moment.
// If the sign-off names a role that stands in, the person has to hold it: to
// hold it by delegation is not enough, since delegation does not cascade.
func (g *gateRun) delegated(role *release.Role, standIn, person string, at time.Time) bool {
	if standIn != "" && !g.e.signing.holds[holding{standIn, person}] {
		return false
	}
	for _, d := range role.Delegations {
		if d.To != person {
			continue
		}
		from, err1 := d.From.StrictStart()
		until, err2 := d.Until.StrictEnd()
		if err1 == nil && err2 == nil && !at.Before(from) && at.Before(until) {
			return true
		}
	}
	return false
}

// assign gives every ballot to at most one sign-off so that as many people as
// possible count: one person never counts twice, and somebody who may sign for
// two roles is used where nobody else can. It is bipartite matching by
// augmenting paths with capacities (H. W. Kuhn, The Hungarian Method for the
// Assignment Problem, 1955); ballots are tried in their order, so the result
// is the same for the same input.
func (g *gateRun) assign(ballots []ballot) {
	required := g.pg.gate.SignOffs
	m := matching{ballots: ballots, required: required, signed: make([][]int, len(required))}
	for b := range ballots {
		m.visited = 0
		m.place(b)
	}
	for i, signed := range m.signed {
		if len(signed) > 0 {
			g.d.SignOffs[i].By = make([]Signed, 0, len(signed))
		}
		for _, b := range signed {
			ballot := &ballots[b]
			if !ballot.expires.IsZero() {
				g.limit(ballot.expires)
			}
			out := &g.d.SignOffs[i]
			out.By = append(out.By, Signed{ballot.person, ballot.first.ID, ballot.first.At, ballot.via>>i&1 == 1})
		}
	}
}

type matching struct {
	ballots  []ballot
	required []SignOff
	signed   [][]int // by sign-off: the ballots that it has
	visited  uint64  // sign-offs that the search has been at
}

// place finds a sign-off for ballot b, moving others if that makes room.
func (m *matching) place(b int) bool {
	for s := range m.required {
		bit := uint64(1) << s
		if m.ballots[b].may&bit == 0 || m.visited&bit != 0 {
			continue
		}
		m.visited |= bit
		if len(m.signed[s]) < m.required[s].need() {
			m.signed[s] = append(m.signed[s], b)
			return true
		}
		for i, other := range m.signed[s] {
			if m.place(other) {
				m.signed[s][i] = b
				return true
			}
		}
	}
	return false
}
