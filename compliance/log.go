package compliance

import (
	"slices"

	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Log is the compliance evidence log of a release: every approval with the
// controls it satisfies, where its evidence is kept and for how long.
type Log struct {
	Repository value.Link   `json:"repository,omitzero"` // where evidence is kept whose approval names no place of its own
	Retention  value.Period `json:"retention,omitzero"`  // for how long, unless an approval says otherwise
	Requester  string       `json:"requester,omitzero"`  // id of the person who asked for the change
	Deployers  []string     `json:"deployers,omitzero"`  // ids of the people who deploy it
	Approvals  []Approval   `json:"approvals,omitzero"`  // every one that the release needs, also those that are not required
	Privacy    Assessment   `json:"privacy,omitzero"`    // the privacy impact assessment
	Legal      Assessment   `json:"legal,omitzero"`      // the legal sign-off
	Emergency  Emergency    `json:"emergency,omitzero"`  // zero: the change takes the ordinary way
	Checkpoint Checkpoint   `json:"checkpoint,omitzero"` // of the evidence log, as it was before the packet entered it; zero: there is none
}

// Checkpoint says what an evidence log held at one moment: whoever has it from a
// packet sees whether what the packet rests on is changed later.
type Checkpoint struct {
	Log  string       `json:"log"`           // name of the evidence log
	Size int          `json:"size"`          // how many records it covers
	Root value.Digest `json:"root,omitzero"` // of the tree of RFC 6962 over them
}

// IsZero reports whether there is no checkpoint.
func (c Checkpoint) IsZero() bool { return c == Checkpoint{} }

// NewLog returns the log that keeps its evidence in a repository for a time.
func NewLog(repository value.Link, retention value.Period) Log {
	return Log{Repository: repository, Retention: retention}
}

// WithPeople returns the log with the requester replaced and deployers added,
// each by the id of a person. None of them approves the change.
func (l Log) WithPeople(requester string, deployers ...string) Log {
	l = l.Clone()
	l.Requester = requester
	l.Deployers = append(l.Deployers, deployers...)
	return l
}

// WithApprovals returns the log with approvals added.
func (l Log) WithApprovals(approvals ...Approval) Log {
	l = l.Clone()
	l.Approvals = append(l.Approvals, lists.Clone(approvals, Approval.Clone)...)
	return l
}

// WithPrivacy returns the log with the privacy impact assessment replaced.
func (l Log) WithPrivacy(a Assessment) Log {
	l = l.Clone()
	l.Privacy = a
	return l
}

// WithLegal returns the log with the legal sign-off replaced.
func (l Log) WithLegal(a Assessment) Log {
	l = l.Clone()
	l.Legal = a
	return l
}

// WithEmergency returns the log with the emergency replaced.
func (l Log) WithEmergency(e Emergency) Log {
	l = l.Clone()
	l.Emergency = e
	return l
}

// WithCheckpoint returns the log with the checkpoint of the evidence log replaced.
func (l Log) WithCheckpoint(c Checkpoint) Log {
	l = l.Clone()
	l.Checkpoint = c
	return l
}

// Clone returns a copy that shares no memory with l.
func (l Log) Clone() Log {
	l.Deployers = slices.Clone(l.Deployers)
	l.Approvals = lists.Clone(l.Approvals, Approval.Clone)
	return l
}

// ForGate returns the approvals of the gate with the given id, such as
// "production/entry".
func (l Log) ForGate(id string) []Approval {
	var of []Approval
	for _, a := range l.Approvals {
		if a.Gate == id {
			of = append(of, a.Clone())
		}
	}
	return of
}

// EvidenceOf returns the evidence of an approval of the log: its own, and the
// log's repository and retention where it names none.
func (l Log) EvidenceOf(a Approval) Evidence {
	e := a.Evidence
	if e.Location.IsZero() {
		e.Location = l.Repository
	}
	if e.Retention.IsZero() {
		e.Retention = l.Retention
	}
	return e
}

// Validate runs [Rules] without clock and facts and returns what they find.
func (l Log) Validate() check.Findings { return check.Run(&l, Rules(), nil).Findings }
