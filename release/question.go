package release

import (
	"fmt"
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Questions is the register of open issues.
type Questions struct {
	Items []Question `json:"items,omitzero"`
	None  Negative   `json:"none,omitzero"` // nothing is open
}

// Question is one thing that somebody has to clear up.
type Question struct {
	Number    int          `json:"number"` // from 1, without gaps
	Text      string       `json:"text"`
	Owner     string       `json:"owner,omitzero"` // id of a role or a person
	Due       value.When   `json:"due,omitzero"`
	Blocking  bool         `json:"blocking,omitzero"` // the release does not go before it is answered
	Addressee Domain       `json:"addressee"`
	Prompt    string       `json:"prompt,omitzero"` // the question to ask, or the item for an agenda
	About     []check.Path `json:"about,omitzero"`  // what of the packet waits for the answer
	Link      value.Link   `json:"link,omitzero"`
	Answer    Answer       `json:"answer,omitzero"`
}

// Answer is what came of a question. The zero Answer says that it is open.
type Answer struct {
	Text string     `json:"text,omitzero"`
	By   string     `json:"by,omitzero"` // id of a person
	At   value.When `json:"at,omitzero"`
}

// IsZero reports whether there is no answer.
func (a Answer) IsZero() bool { return a == Answer{} }

// Open reports whether nobody has answered yet.
func (q Question) Open() bool { return check.Blank(q.Answer.Text) }

func (q Question) clone() Question {
	q.About = slices.Clone(q.About)
	return q
}

func (q Questions) clone() Questions {
	q.Items = copies(q.Items, Question.clone)
	return q
}

// TBD is how a text says that it is not decided yet: only by naming the
// question of the register that will decide it.
func TBD(question int) string { return fmt.Sprintf("TBD (question %d)", question) }

// Domain is who has to answer a question. The zero value is nobody.
type Domain uint8

// The domains.
const (
	NoDomain Domain = iota
	Engineering
	Product
	ComplianceTeam
)

var domainNames = []string{"none", "engineering", "product", "compliance"}

// String returns the domain's name as it stands in JSON.
func (d Domain) String() string { return enum.String("domain", domainNames, d) }

// MarshalText implements [encoding.TextMarshaler].
func (d Domain) MarshalText() ([]byte, error) { return enum.Marshal("domain", domainNames, d) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown domain is an error.
func (d *Domain) UnmarshalText(text []byte) error {
	return enum.Unmarshal("domain", domainNames, d, text)
}
