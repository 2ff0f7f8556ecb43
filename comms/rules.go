package comms

import "github.com/tidegate-go/tidegate/release/check"

// Rules returns the rules that look at the plan of communications alone. Ids
// are those of the rule catalogue.
func Rules() []check.Rule[Plan] { return nil }
