package compliance

import "github.com/tidegate-go/tidegate/release/check"

// Rules returns the rules that look at the log alone. Ids are those of the
// rule catalogue.
func Rules() []check.Rule[Log] { return nil }
