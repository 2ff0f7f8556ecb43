package compliance

import (
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Approval is one approval that the release needs, and what became of it.
type Approval struct {
	ID       string   `json:"id"`                // unique in the log
	Title    string   `json:"title"`             // what is approved, in one line
	Gate     string   `json:"gate,omitzero"`     // id of the gate that it opens, such as "production/entry"; empty: it opens none
	Controls []string `json:"controls,omitzero"` // ids of [Controls], such as CC8.1
	Clauses  []string `json:"clauses,omitzero"`  // of the change-management policy

	Responsible string `json:"responsible,omitzero"` // id of a role
	Delegate    string `json:"delegate,omitzero"`    // id of the role that stands in

	Status      Status       `json:"status"`               // the zero value is pending
	By          string       `json:"by,omitzero"`          // id of the person who answered
	At          value.When   `json:"at,omitzero"`          // when
	ByDelegate  bool         `json:"byDelegate,omitzero"`  // the person stood in for the responsible role
	Reason      string       `json:"reason,omitzero"`      // why a delegate answered, why it was rejected, why it is not required
	Subject     value.Digest `json:"subject,omitzero"`     // of what was approved
	Retroactive bool         `json:"retroactive,omitzero"` // given after the fact, in an emergency
	Evidence    Evidence     `json:"evidence,omitzero"`    // what proves it
}

// Evidence is what proves an approval and where it is kept.
type Evidence struct {
	Location  value.Link   `json:"location,omitzero"`  // none: the log's repository
	Digest    value.Digest `json:"digest,omitzero"`    // of the bytes that are kept there
	Format    string       `json:"format,omitzero"`    // such as "Jira issue" or "PDF"
	Retention value.Period `json:"retention,omitzero"` // none: the log's
}

// NewApproval returns the approval that a role gives, or its delegate, with
// nothing answered yet.
func NewApproval(id, title, responsible, delegate string) Approval {
	return Approval{ID: id, Title: title, Responsible: responsible, Delegate: delegate}
}

// ForGate returns the approval with the gate replaced that it opens.
func (a Approval) ForGate(id string) Approval {
	a = a.Clone()
	a.Gate = id
	return a
}

// WithControls returns the approval with ids of controls added.
func (a Approval) WithControls(ids ...string) Approval {
	a = a.Clone()
	a.Controls = append(a.Controls, ids...)
	return a
}

// WithClauses returns the approval with clauses of the change-management
// policy added.
func (a Approval) WithClauses(clauses ...string) Approval {
	a = a.Clone()
	a.Clauses = append(a.Clauses, clauses...)
	return a
}

// WithEvidence returns the approval with the evidence replaced.
func (a Approval) WithEvidence(e Evidence) Approval {
	a = a.Clone()
	a.Evidence = e
	return a
}

// Approve returns the approval as given by a person at a moment, for a subject.
func (a Approval) Approve(by string, at value.When, subject value.Digest) Approval {
	a = a.Clone()
	a.Status, a.By, a.At, a.Subject = Approved, by, at, subject
	return a
}

// Delegated returns the approval as answered by a delegate, with the reason.
func (a Approval) Delegated(reason string) Approval {
	a = a.Clone()
	a.ByDelegate, a.Reason = true, reason
	return a
}

// Clone returns a copy that shares no memory with a.
func (a Approval) Clone() Approval {
	a.Controls = slices.Clone(a.Controls)
	a.Clauses = slices.Clone(a.Clauses)
	return a
}

// Status is what became of an approval. The zero value is pending.
type Status uint8

// The states.
const (
	Pending Status = iota
	Approved
	Rejected
	NotRequired
)

var statusNames = []string{"pending", "approved", "rejected", "not-required"}

// String returns the state's name as it stands in JSON.
func (s Status) String() string { return enum.String("status", statusNames, s) }

// MarshalText implements [encoding.TextMarshaler].
func (s Status) MarshalText() ([]byte, error) { return enum.Marshal("status", statusNames, s) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown state is an error.
func (s *Status) UnmarshalText(text []byte) error {
	return enum.Unmarshal("status", statusNames, s, text)
}
