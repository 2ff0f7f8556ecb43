package zones

import "github.com/tidegate-go/tidegate/release/check"

// UnplacedOn is [Unplaced] on a machine whose zones load as load says.
func UnplacedOn[T any](p *check.Pass[T], at check.Path, err error, load Loader) {
	unplaced(p, at, err, load)
}
