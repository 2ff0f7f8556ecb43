// Package zones tells a time zone with a wrong name from a machine that has no zones.
package zones

import (
	"errors"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Loader loads a time zone by name, as [value.LoadZone] does.
type Loader func(string) (*time.Location, error)

// Bare reports whether err is a zone without data on a machine that has no data
// of any zone: then nobody can tell whether the name is wrong.
func (load Loader) Bare(err error) bool {
	if !errors.Is(err, value.ErrNoZoneData) {
		return false
	}
	_, none := load("Europe/London")
	return none != nil
}

// Unplaced reports what cannot be placed in time because of err, which names
// it. A zone of which this machine has no data is a wrong name, unless the
// machine is bare: then the rule is not evaluated.
func Unplaced[T any](p *check.Pass[T], at check.Path, err error) {
	unplaced(p, at, err, value.LoadZone)
}

func unplaced[T any](p *check.Pass[T], at check.Path, err error, load Loader) {
	if load.Bare(err) {
		p.NotEvaluated(err.Error())
		return
	}
	p.Report(check.Unusable(at, err))
}
