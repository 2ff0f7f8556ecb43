package compliance

import (
	"time"

	"github.com/tidegate-go/tidegate/release/check"
)

// Unplaced is the check of a moment that cannot be placed, on a machine whose
// zones load as load says.
func Unplaced(err error, load func(string) (*time.Location, error)) func(*check.Pass[Log]) {
	return func(p *check.Pass[Log]) { unplaced(p, "approvals", err, load) }
}
