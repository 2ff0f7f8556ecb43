package gates

import (
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/assign"
	"github.com/tidegate-go/tidegate/gates/internal/people"
	"github.com/tidegate-go/tidegate/release/fact"
)

// maxSignOffs is how many sign-offs one gate can have: what a person may sign
// is kept as the bits of one word.
const maxSignOffs = 64

// signing is the approvals of one evaluation, arranged by gate, and who is who.
type signing struct {
	people  people.Directory
	ballots []int     // by person: one more than the position of the ballot in the gate at hand
	room    []ballot  // for those of the gate at hand
	authors []string  // sorted
	barred  []string  // sorted
	filed   []filed   // approvals, those of one gate chained
	ends    []chain   // by gate
	strays  []Refused // approvals that name a gate the catalog does not have
	nobody  *string   // an author who is nobody in the directory, so may be anybody; nil if there is none
	unknown Code      // why the approvals are not known; "" if they are
	detail  string    // of that, in the source's words
	until   time.Time // when they have to be asked again
}

// filed is an approval and the next one of its gate, chain the first and the
// last one of a gate; both count from 1, and 0 is none.
type filed struct {
	approval *fact.Approval
	next     int32
}

type chain struct{ first, last int32 }

// newSigning reads every approval once. If one source cannot be used nobody
// knows whether it holds a rejection, so the approvals as a whole are unknown.
func newSigning(e *evaluation) signing {
	s := signing{ends: make([]chain, len(e.p.gates))}
	if len(e.p.approvals) == 0 {
		s.unknown = CodeMissing
		return s
	}
	for _, slot := range e.p.approvals {
		r, code := e.result(slot, e.p.catalog.maxAge(), false)
		if code == "" && r.Query.Yields.Shape != fact.ApprovalShape {
			code = CodeBadTest
		}
		if code != "" {
			s.unknown, s.detail = code, failure(r)
			return s
		}
		if until := seen(r).Add(e.p.catalog.maxAge()); s.until.IsZero() || until.Before(s.until) {
			s.until = until
		}
		s.filed = slices.Grow(s.filed, len(r.Approvals))
		for i := range r.Approvals {
			s.file(e, &r.Approvals[i])
		}
	}
	s.authors = e.in.Plan.Authors()
	s.readDirectory(e)
	s.barred = e.barred
	for _, ids := range [][]string{s.authors, s.barred} {
		for _, id := range ids {
			if !s.people.Knows(id) {
				s.nobody = &id
			}
		}
	}
	return s
}

// barred arranges ids for look-up: sorted, each once, without white space.
func barred(ids []string) []string {
	var all []string
	for _, id := range ids {
		all = append(all, strings.TrimSpace(id))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (s *signing) readDirectory(e *evaluation) {
	s.people = people.Read(&e.in.Plan.Directory)
	s.ballots = make([]int, len(e.in.Plan.Directory.People))
}

// file puts an approval to its gate. One that names none of the catalog's, and
// any rejection, is put where its subject says, since a subject is one gate's;
// what then fits nowhere but names something is reported.
func (s *signing) file(e *evaluation, a *fact.Approval) {
	gate, ok := e.p.index[a.Gate]
	if (!ok || a.Answer == fact.Rejected) && a.Subject != "" {
		if i := slices.Index(e.subjects, a.Subject); i >= 0 {
			gate, ok = i, true
		}
	}
	switch {
	case ok:
		s.filed = append(s.filed, filed{approval: a})
		last := int32(len(s.filed))
		if c := &s.ends[gate]; c.first == 0 {
			c.first, c.last = last, last
		} else {
			s.filed[c.last-1].next, c.last = last, last
		}
	case a.Gate != "" || a.Subject != "":
		s.strays = append(s.strays, Refused{a.ID, a.Account.String(), "", CodeUnknownGate})
	}
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
		g.d.Reasons[len(g.d.Reasons)-1].Detail = s.detail
		return
	}
	if s.nobody != nil {
		g.because(Hold, CodeAuthorUnknown, *s.nobody, "")
	}
	g.limit(s.until)
	ballots := s.room[:0]
	for i := s.ends[gate].first; i != 0; i = s.filed[i-1].next {
		ballots = g.count(s.filed[i-1].approval, ballots)
	}
	for i := range ballots {
		s.ballots[ballots[i].at] = 0
	}
	s.room = ballots
	g.assign(ballots)
	for i := range g.d.SignOffs {
		if !g.d.SignOffs[i].Met() {
			g.because(Hold, CodeQuorum, required[i].Role, "")
		}
	}
}

// ballot is what one person said, in whatever roles and accounts.
type ballot struct {
	at      int // in the directory; people who may be one have one
	person  string
	may     uint64 // sign-offs that the person may answer
	via     uint64 // those of them by delegation
	first   *fact.Approval
	expires time.Time // of the answer that runs out first; zero: none does
}

// count judges one answer: it becomes part of a ballot, or is refused.
func (g *gateRun) count(a *fact.Approval, ballots []ballot) []ballot {
	if a.Answer != fact.Approved && a.Answer != fact.Rejected {
		return ballots // silence is not an answer, nor is what nobody knows
	}
	s := &g.e.signing
	person, id, known := s.people.Person(a.Account)
	if a.Answer == fact.Rejected {
		g.reject(a, id)
		return ballots
	}
	var may, via uint64
	if id != "" {
		may, via = g.mandate(id, a.Role, a.At)
	}
	switch {
	case !known:
		g.refuse(a, "", CodeNoPerson)
	case id == "":
		g.refuse(a, "", CodeAmbiguousAccount)
	case !g.d.Subject.Valid() || a.Subject != g.d.Subject:
		g.refuse(a, id, CodeOtherSubject)
	case a.At.IsZero():
		g.refuse(a, id, CodeNoTime)
	case a.At.Sub(g.e.in.Now) > g.e.p.skew:
		g.refuse(a, id, CodeFuture)
	case may == 0:
		g.refuse(a, id, CodeNoRole)
	case s.people.Among(id, s.authors):
		g.refuse(a, id, CodeAuthor)
	case s.people.Among(id, s.barred):
		g.refuse(a, id, CodeBarred)
	case !a.Expires.IsZero() && !g.e.in.Now.Before(a.Expires):
		g.refuse(a, id, CodeExpired)
	default:
		return s.cast(ballots, ballot{s.people.One(person), id, may, via, a, a.Expires})
	}
	return ballots
}

// reject judges a rejection. What would make an approval not count makes a
// rejection doubtful, and a doubtful rejection holds the gate: only that it is
// of another subject, or by somebody without any mandate, lets it pass.
func (g *gateRun) reject(a *fact.Approval, person string) {
	var may uint64
	if person != "" {
		may, _ = g.mandate(person, "", a.At)
	}
	switch {
	case a.Subject != "" && g.d.Subject.Valid() && a.Subject != g.d.Subject:
		g.refuse(a, person, CodeOtherSubject)
	case person == "", a.Subject == "":
		g.because(Hold, CodeRejectionUnclear, a.ID, "")
	case may != 0:
		g.because(NoGo, CodeRejected, person, "")
	case a.At.IsZero() && g.delegate(person):
		g.because(Hold, CodeRejectionUnclear, a.ID, "")
	default:
		g.refuse(a, person, CodeNoRole)
	}
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

func (g *gateRun) refuse(a *fact.Approval, person string, code Code) {
	g.d.Refused = append(g.d.Refused, Refused{a.ID, a.Account.String(), person, code})
}

// mandate returns the sign-offs that the person may answer at that moment, as
// bits, and those of them that only a delegation allows. An answer for a named
// role is for that role only.
func (g *gateRun) mandate(person, answering string, at time.Time) (may, via uint64) {
	for i := range g.pg.gate.SignOffs {
		required := &g.pg.gate.SignOffs[i]
		if answering != "" && answering != required.Role {
			continue
		}
		allowed, delegated := g.e.signing.people.Mandate(required.Role, required.Delegate, person, at)
		if allowed {
			may |= 1 << i
		}
		if delegated {
			via |= 1 << i
		}
	}
	return may, via
}

// delegate reports whether some delegation of the gate's roles names the person.
func (g *gateRun) delegate(person string) bool {
	return slices.ContainsFunc(g.pg.gate.SignOffs, func(s SignOff) bool { return g.e.signing.people.Delegate(s.Role, person) })
}

// assign gives every ballot to at most one sign-off so that as many people as
// possible count: one person never counts twice.
func (g *gateRun) assign(ballots []ballot) {
	may, need := make([]uint64, len(ballots)), make([]int, len(g.pg.gate.SignOffs))
	for b := range ballots {
		may[b] = ballots[b].may
	}
	for i, r := range g.pg.gate.SignOffs {
		need[i] = r.need()
	}
	for i, signed := range assign.Assign(may, need) {
		out := &g.d.SignOffs[i]
		if len(signed) > 0 {
			out.By = make([]Signed, 0, len(signed))
		}
		for _, b := range signed {
			ballot := &ballots[b]
			if !ballot.expires.IsZero() {
				g.limit(ballot.expires)
			}
			out.By = append(out.By, Signed{ballot.person, ballot.first.ID, ballot.first.At, ballot.via>>i&1 == 1})
		}
	}
}
