package release

import (
	"slices"

	"github.com/tidegate-go/tidegate/release/value"
)

// Policy is what the organisation demands of every release. It is part of the
// packet, so that the packet can be judged by itself. A zero limit demands
// nothing.
type Policy struct {
	Name string     `json:"name,omitzero"`
	Link value.Link `json:"link,omitzero"`

	// VersionPattern is the regular expression (RE2 syntax) that the release's
	// version matches as a whole. Empty: any version without white space.
	VersionPattern string `json:"versionPattern,omitzero"`

	MaxRollback    value.Duration `json:"maxRollback,omitzero"`    // the longest rollback SLA
	CustomerNotice value.Duration `json:"customerNotice,omitzero"` // from the notice to customers until the window opens
	CABLeadDays    int            `json:"cabLeadDays,omitzero"`    // working days from the submission to the change advisory board until it decides
	MinRetention   value.Period   `json:"minRetention,omitzero"`   // how long evidence is kept at least
	ReviewWithin   value.Duration `json:"reviewWithin,omitzero"`   // after an emergency change, until it is reviewed

	LinkHosts []string       `json:"linkHosts,omitzero"` // hosts that links may name; none: any
	Calendar  value.Calendar `json:"calendar,omitzero"`  // which days are worked, in the operating zone
	WorkFrom  value.Clock    `json:"workFrom,omitzero"`  // when work begins, in the operating zone
	WorkUntil value.Clock    `json:"workUntil,omitzero"`
}

func (p Policy) clone() Policy {
	p.LinkHosts = slices.Clone(p.LinkHosts)
	p.Calendar = p.Calendar.Clone()
	return p
}
