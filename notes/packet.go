package notes

import (
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release"
)

// Packet is the release notes packet: one release told to three audiences.
type Packet struct {
	Customers  Note `json:"customers,omitzero"`  // who use what is released
	Support    Note `json:"support,omitzero"`    // internal support
	Leadership Note `json:"leadership,omitzero"` // who answer for it

	NoRisks       release.Negative `json:"noRisks,omitzero"`       // no note has a risk to tell
	NoKnownIssues release.Negative `json:"noKnownIssues,omitzero"` // no note has a known issue to tell

	// Gaps is what the draft could not find out. While there is one, nobody
	// can tell whether the notes are complete.
	Gaps []Gap `json:"gaps,omitzero"`

	// Drafted is what the last draft said, by which [Redraft] tells what people
	// have changed since; nothing if no draft was made by it.
	Drafted []Statement `json:"drafted,omitzero"`

	// Conflicts are what people changed and whose source has changed since.
	Conflicts []Conflict `json:"conflicts,omitzero"`
}

// Gap is one reason why drafted notes may say less than they have to.
type Gap struct {
	About  string `json:"about"`  // in one line: the query, or the id of the item
	Reason string `json:"reason"` // in one line
}

// New returns the packet of three notes.
func New(customers, support, leadership Note) Packet {
	return Packet{Customers: customers.Clone(), Support: support.Clone(), Leadership: leadership.Clone()}
}

// WithCustomers returns the packet with the note to customers replaced.
func (p Packet) WithCustomers(n Note) Packet { return p.With(Customers, n) }

// WithSupport returns the packet with the note to internal support replaced.
func (p Packet) WithSupport(n Note) Packet { return p.With(Support, n) }

// WithLeadership returns the packet with the note to leadership replaced.
func (p Packet) WithLeadership(n Note) Packet { return p.With(Leadership, n) }

// With returns the packet with the note to one audience replaced. An audience
// that is none has no note, and the packet stays as it is.
func (p Packet) With(a Audience, n Note) Packet {
	p = p.Clone()
	if at := p.note(a); at != nil {
		*at = n.Clone()
	}
	return p
}

// WithoutRisks returns the packet that has no risk to tell, on the word of
// whoever is named.
func (p Packet) WithoutRisks(by, reason string) Packet {
	p = p.Clone()
	p.NoRisks = release.Negative{By: by, Reason: reason}
	return p
}

// WithoutKnownIssues returns the packet that has no known issue to tell, on the
// word of whoever is named.
func (p Packet) WithoutKnownIssues(by, reason string) Packet {
	p = p.Clone()
	p.NoKnownIssues = release.Negative{By: by, Reason: reason}
	return p
}

// WithGaps returns the packet with gaps added.
func (p Packet) WithGaps(gaps ...Gap) Packet {
	p = p.Clone()
	p.Gaps = append(p.Gaps, gaps...)
	return p
}

// Clone returns a copy that shares no memory with p.
func (p Packet) Clone() Packet {
	for _, a := range Audiences() {
		*p.note(a) = p.note(a).Clone()
	}
	p.Gaps = slices.Clone(p.Gaps)
	p.Drafted, p.Conflicts = slices.Clone(p.Drafted), slices.Clone(p.Conflicts)
	return p
}

// Note returns the note to one audience. An audience that is none has the zero
// Note.
func (p Packet) Note(a Audience) Note {
	if n := p.note(a); n != nil {
		return *n
	}
	return Note{}
}

// note returns where the note to the audience is, or nil.
func (p *Packet) note(a Audience) *Note {
	switch a {
	case Customers:
		return &p.Customers
	case Support:
		return &p.Support
	case Leadership:
		return &p.Leadership
	default:
		return nil
	}
}

// Announced returns the ids of the scope items whose changes are told to the
// given audiences, or to any audience if none is given: sorted, each once.
func (p Packet) Announced(to ...Audience) []string {
	if len(to) == 0 {
		to = Audiences()
	}
	var ids []string
	for _, a := range to {
		ids = append(ids, p.Note(a).Items()...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Audience is whom a note is for. The zero value is nobody.
type Audience uint8

// The audiences.
const (
	NoAudience Audience = iota
	Customers
	Support // those who answer customers
	Leadership
)

var audienceNames = []string{"none", "customers", "support", "leadership"}

// Audiences returns the audiences that a packet has a note for, in order.
func Audiences() []Audience { return []Audience{Customers, Support, Leadership} }

// String returns the audience's name as it stands in JSON.
func (a Audience) String() string { return enum.String("audience", audienceNames, a) }

// MarshalText implements [encoding.TextMarshaler].
func (a Audience) MarshalText() ([]byte, error) { return enum.Marshal("audience", audienceNames, a) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown audience is an error.
func (a *Audience) UnmarshalText(text []byte) error {
	return enum.Unmarshal("audience", audienceNames, a, text)
}
