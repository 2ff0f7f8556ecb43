package notes

import (
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// Note tells one audience of the release.
type Note struct {
	Summary     string       `json:"summary,omitzero"`     // one or two sentences
	Changes     []Change     `json:"changes,omitzero"`     // what is different for the reader
	Benefits    []string     `json:"benefits,omitzero"`    // what the reader has of it
	Risks       []Callout    `json:"risks,omitzero"`       // risks of the plan that the reader has to know of
	KnownIssues []KnownIssue `json:"knownIssues,omitzero"` // what the release leaves wrong
	Remediation []string     `json:"remediation,omitzero"` // what to do when it goes wrong
	Links       []Link       `json:"links,omitzero"`       // where the reader finds more
	Compliance  string       `json:"compliance,omitzero"`  // how the release meets its obligations; for leadership
}

// Change is one thing that is different after the release.
type Change struct {
	ID    string   `json:"id"`             // unique within the note; a re-draft knows the change by it
	Text  string   `json:"text"`           // what is different, in the reader's words
	Items []string `json:"items,omitzero"` // ids of the scope items that it tells of

	// ActionRequired is what the reader has to do. It is the text again where
	// the change is nothing but an instruction; empty: nothing.
	ActionRequired string     `json:"actionRequired,omitzero"`
	Link           value.Link `json:"link,omitzero"` // to more about it
}

// Callout draws attention to a risk of the plan. Rating, mitigation and
// contingency stand in the plan, once, so that they cannot contradict it.
type Callout struct {
	Risk string `json:"risk"` // id of a risk of the plan
	Text string `json:"text"` // what it means to the reader
}

// KnownIssue is what the release leaves wrong, and what helps until it is
// mended.
type KnownIssue struct {
	ID       string           `json:"id"`                // unique within the note
	Text     string           `json:"text"`              // what is wrong, as the reader meets it
	Remedy   string           `json:"remedy,omitzero"`   // what the reader does about it; empty: see NoRemedy
	NoRemedy release.Negative `json:"noRemedy,omitzero"` // nothing helps
}

// Link is where the reader finds more.
type Link struct {
	Kind LinkKind   `json:"kind"` // what sort of page it is
	Name string     `json:"name"` // what is there
	URL  value.Link `json:"url"`  // its address
}

// NewNote returns the note with its summary and changes.
func NewNote(summary string, changes ...Change) Note {
	return Note{Summary: summary}.WithChanges(changes...)
}

// WithSummary returns the note with the summary replaced.
func (n Note) WithSummary(text string) Note {
	n = n.Clone()
	n.Summary = text
	return n
}

// WithChanges returns the note with changes added.
func (n Note) WithChanges(changes ...Change) Note {
	n = n.Clone()
	n.Changes = append(n.Changes, lists.Clone(changes, Change.clone)...)
	return n
}

// WithBenefits returns the note with benefits added.
func (n Note) WithBenefits(benefits ...string) Note {
	n = n.Clone()
	n.Benefits = append(n.Benefits, benefits...)
	return n
}

// WithRisks returns the note with callouts added.
func (n Note) WithRisks(callouts ...Callout) Note {
	n = n.Clone()
	n.Risks = append(n.Risks, callouts...)
	return n
}

// WithKnownIssues returns the note with known issues added.
func (n Note) WithKnownIssues(issues ...KnownIssue) Note {
	n = n.Clone()
	n.KnownIssues = append(n.KnownIssues, issues...)
	return n
}

// WithRemediation returns the note with guidance added.
func (n Note) WithRemediation(steps ...string) Note {
	n = n.Clone()
	n.Remediation = append(n.Remediation, steps...)
	return n
}

// WithLinks returns the note with links added.
func (n Note) WithLinks(links ...Link) Note {
	n = n.Clone()
	n.Links = append(n.Links, links...)
	return n
}

// WithCompliance returns the note with the compliance narrative replaced.
func (n Note) WithCompliance(text string) Note {
	n = n.Clone()
	n.Compliance = text
	return n
}

// Clone returns a copy that shares no memory with n.
func (n Note) Clone() Note {
	n.Changes = lists.Clone(n.Changes, Change.clone)
	n.Benefits = slices.Clone(n.Benefits)
	n.Risks = slices.Clone(n.Risks)
	n.KnownIssues = slices.Clone(n.KnownIssues)
	n.Remediation = slices.Clone(n.Remediation)
	n.Links = slices.Clone(n.Links)
	return n
}

func (c Change) clone() Change {
	c.Items = slices.Clone(c.Items)
	return c
}

// Items returns the ids of the scope items that the note's changes tell of:
// sorted, each once.
func (n Note) Items() []string {
	var ids []string
	for _, c := range n.Changes {
		ids = append(ids, c.Items...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// LinkKind is what is behind a link. The zero value says nothing and is a
// fault.
type LinkKind uint8

// The kinds.
const (
	NoLinkKind LinkKind = iota
	KnowledgeBase
	Dashboard
	Runbook
	OtherLink
)

var linkKindNames = []string{"none", "knowledge-base", "dashboard", "runbook", "other"}

// String returns the kind's name as it stands in JSON.
func (k LinkKind) String() string { return enum.String("link kind", linkKindNames, k) }

// MarshalText implements [encoding.TextMarshaler].
func (k LinkKind) MarshalText() ([]byte, error) { return enum.Marshal("link kind", linkKindNames, k) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown kind is an error.
func (k *LinkKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("link kind", linkKindNames, k, text)
}
