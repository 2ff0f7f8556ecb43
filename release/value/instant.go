package value

import (
	"fmt"
	"time"
)

// wall returns the written local date and time in seconds as if it were Unix time in UTC.
func (w When) wall() int64 {
	return time.Date(int(w.year), time.Month(w.month), int(w.day),
		int(w.hour), int(w.minute), int(w.second), 0, time.UTC).Unix()
}

// east returns the written offset in seconds east of UTC.
func (w When) east() int64 {
	if w.kind == negativeOffset {
		return -int64(w.offset) * 60
	}
	return int64(w.offset) * 60
}

// offsetUnknown reports whether the offset only says what UTC is: Z, and -00:00 (RFC 3339 §4.3).
// With a zone they are never inconsistent (RFC 9557 §3.4).
func (w When) offsetUnknown() bool {
	return w.kind == zuluOffset || w.kind == negativeOffset && w.offset == 0
}

// Instant returns the moment in UTC.
//
//   - An offset decides, also between the two meanings of a local time that a clock change
//     repeats. With a zone beside it, the zone must have that offset at that moment
//     (ErrOffsetMismatch); Z and -00:00 go with every zone.
//   - A zone alone is asked for its offset, and fails where its clocks skip the local time
//     (ErrGap) or show it twice (ErrFold).
//   - Neither is ErrNoOffset.
//   - A deadline is noon UTC of the following day, when the day has ended at UTC−12.
//   - A date is ErrNotInstant, see [When.Interval].
//
// A zone that this machine does not know is ErrNoZoneData, even if an offset is written: it may be
// misspelt, and the two would go unchecked. What [When.Fault] finds is an error too.
func (w When) Instant() (time.Time, error) {
	if err := w.Fault(); err != nil {
		return time.Time{}, err
	}
	switch w.precision {
	case DatePrecision:
		return time.Time{}, w.wrap(ErrNotInstant)
	case DeadlinePrecision:
		return utc(w.wall()+(24+12)*3600, 0), nil
	}
	unix, err := w.resolve()
	if err != nil {
		return time.Time{}, w.wrap(err)
	}
	return utc(unix, w.nano), nil
}

func utc(unix int64, nano uint32) time.Time { return time.Unix(unix, int64(nano)).UTC() }

// resolve returns the Unix time of a faultless date and time.
func (w When) resolve() (int64, error) {
	unix := w.wall() - w.east()
	if w.zone == "" {
		if !w.HasOffset() {
			return 0, ErrNoOffset
		}
		return unix, nil
	}
	loc, err := LoadZone(w.zone)
	if err != nil {
		return 0, err
	}
	if !w.HasOffset() {
		return resolveIn(loc, w.wall())
	}
	if _, offset := time.Unix(unix, 0).In(loc).Zone(); int64(offset) != w.east() && !w.offsetUnknown() {
		return 0, fmt.Errorf("%s has %s then: %w", w.zone, offsetText(int64(offset)), ErrOffsetMismatch)
	}
	return unix, nil
}

// resolveIn returns the one Unix time at which loc's clocks show the wall time.
func resolveIn(loc *time.Location, wall int64) (int64, error) {
	switch found := instantsOf(loc, wall); len(found) {
	case 0:
		return 0, ErrGap
	case 1:
		return found[0], nil
	default:
		return 0, fmt.Errorf("at %s and %s: %w", offsetText(wall-found[0]), offsetText(wall-found[1]), ErrFold)
	}
}

// offsetText writes an offset for an error: "-05:00", or "-04:56:02" as zones had it long ago.
func offsetText(seconds int64) string {
	layout := "-07:00"
	if seconds%60 != 0 {
		layout = "-07:00:00"
	}
	return time.Unix(0, 0).In(time.FixedZone("", int(seconds))).Format(layout)
}

// Interval returns the span of time, in UTC, in which the moment lies: start inclusive, end
// exclusive.
//
//   - An instant and a deadline are points: start and end are both what [When.Instant] returns.
//   - A date in a zone is that zone's day, of 23, 24 or 25 hours and sometimes others. A day that
//     the zone skipped (30 December 2011 in Samoa) is ErrGap.
//   - A date without zone is the whole time in which it is that date somewhere on earth: from its
//     start at UTC+14, Kiribati's offset, to its end at UTC−12. These are 50 hours.
//
// Errors are those of [When.Instant] but ErrNotInstant.
func (w When) Interval() (start, end time.Time, err error) {
	if w.precision != DatePrecision {
		start, err = w.Instant()
		return start, start, err
	}
	if err := w.Fault(); err != nil {
		return time.Time{}, time.Time{}, err
	}
	midnight := w.wall()
	if w.zone == "" {
		return utc(midnight-14*3600, 0), utc(midnight+(24+12)*3600, 0), nil
	}
	loc, err := LoadZone(w.zone)
	if err != nil {
		return time.Time{}, time.Time{}, w.wrap(err)
	}
	from, to := dayOf(loc, midnight)
	if from == to {
		return time.Time{}, time.Time{}, w.wrap(ErrGap)
	}
	return utc(from, 0), utc(to, 0), nil
}
