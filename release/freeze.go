package release

import (
	"slices"
	"strings"
)

// Freeze is a span of time in which nothing moves: a feature freeze, a
// blackout over holidays. It holds in the named environments, or in all of
// them if none is named, and yields only to a waiver that names it.
type Freeze struct {
	ID           string   `json:"id"`
	Reason       string   `json:"reason,omitzero"`
	Window       Window   `json:"window"`
	Environments []string `json:"environments,omitzero"`
}

func (f Freeze) clone() Freeze {
	f.Environments = slices.Clone(f.Environments)
	return f
}

// Covers reports whether the freeze speaks of the named environment. Case and
// white space around a name do not let a deployment slip through.
func (f Freeze) Covers(environment string) bool {
	return len(f.Environments) == 0 || slices.ContainsFunc(f.Environments, func(name string) bool {
		return strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(environment))
	})
}
