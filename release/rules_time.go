package release

import (
	"errors"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// moment reports a When that is not given, has no offset or is not one instant.
func moment(p *check.Pass[Plan], at check.Path, what string, w value.When) {
	if w.IsZero() {
		p.Report(check.Missing(at, what, "write it with date, time and offset"))
	} else if _, err := w.Instant(); err != nil {
		unplaced(p, at, err, value.LoadZone)
	} else if w.Precision() == value.InstantPrecision && !w.HasOffset() {
		p.Report(check.Invalid(at, w, "has no offset"))
	}
}

// readable reports a When that is not given or cannot be placed in time.
func readable(p *check.Pass[Plan], at check.Path, what string, w value.When) {
	if w.IsZero() {
		p.Report(check.Missing(at, what, ""))
	} else if _, _, err := w.Interval(); err != nil {
		unplaced(p, at, err, value.LoadZone)
	}
}

// ordered reports a span that does not end after it begins. Two dates are a
// span of whole days, which may be the same one. It is false if that cannot be
// told, which is another finding.
func ordered(p *check.Pass[Plan], at check.Path, first, last string, start, end value.When) bool {
	from, startOver, err1 := start.Interval()
	_, until, err2 := end.Interval()
	if err1 != nil || err2 != nil {
		return false
	}
	days := start.Precision() == value.DatePrecision && end.Precision() == value.DatePrecision
	if !from.Before(until) || days && until.Before(startOver) {
		p.Report(check.OutOfOrder(at.Field(last), end, "is not after the start "+start.String(), at.Field(first)))
	}
	return true
}

// zoneLoader loads a time zone by name, as [value.LoadZone] does.
type zoneLoader func(string) (*time.Location, error)

// unplaced reports what cannot be placed in time because of err, which names it. A zone of
// which this machine has no data is a wrong name, unless the machine has no
// data of any zone: then nobody can tell.
func unplaced(p *check.Pass[Plan], at check.Path, err error, load zoneLoader) {
	if errors.Is(err, value.ErrNoZoneData) {
		if _, none := load("Europe/London"); none != nil {
			p.NotEvaluated(err.Error())
			return
		}
	}
	p.Report(check.Unusable(at, err))
}
