package release

import "github.com/tidegate-go/tidegate/release/value"

// Policy is what the organisation demands of every release.
type Policy struct {
	Name string     `json:"name,omitzero"`
	Link value.Link `json:"link,omitzero"`

	// VersionPattern is the regular expression (RE2 syntax) that the release's
	// version matches as a whole. Empty: any version without white space.
	VersionPattern string `json:"versionPattern,omitzero"`

	// MaxRollback is the longest rollback SLA that the policy allows. Zero: any.
	MaxRollback value.Duration `json:"maxRollback,omitzero"`
}
