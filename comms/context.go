package comms

import (
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

// Context is a plan of communications beside the plan of its release, for rules
// that need both. It holds pointers so that a packet can lend its parts; its
// field names are those of a packet, and so are the paths of what is found.
type Context struct {
	Plan    *Plan         `json:"comms"`
	Release *release.Plan `json:"plan"`
}

// PlanRules returns the rules that look at the plan of communications beside
// the plan of its release. Ids are those of the rule catalogue.
func PlanRules() []check.Rule[Context] { return nil }
