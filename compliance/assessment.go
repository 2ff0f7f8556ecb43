package compliance

import (
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// Assessment is a privacy impact assessment or a legal sign-off: either where
// it stands and who gave it when, or the signed word that none is needed.
type Assessment struct {
	Reference string           `json:"reference,omitzero"` // its number, such as "PIA-77"
	Link      value.Link       `json:"link,omitzero"`      // to the document
	By        string           `json:"by,omitzero"`        // id of a role or a person
	At        value.When       `json:"at,omitzero"`        // when it was given
	None      release.Negative `json:"none,omitzero"`      // none is needed
}

// IsZero reports whether nothing is said.
func (a Assessment) IsZero() bool { return a == Assessment{} }

// Emergency is the way of a change that cannot wait: approvals may be given
// after the fact, until a review that has its own deadline. The zero Emergency
// says that the change takes the ordinary way.
type Emergency struct {
	By        string     `json:"by,omitzero"`        // id of the person who declared it
	At        value.When `json:"at,omitzero"`        // when it was declared
	Reason    string     `json:"reason,omitzero"`    // why the change cannot wait
	ReviewBy  string     `json:"reviewBy,omitzero"`  // id of the role that reviews it
	ReviewDue value.When `json:"reviewDue,omitzero"` // the deadline of the review and of approvals after the fact
	Reviewed  value.When `json:"reviewed,omitzero"`  // when it was reviewed
}

// IsZero reports whether no emergency is declared.
func (e Emergency) IsZero() bool { return e == Emergency{} }
