package value

import (
	"errors"
	"strconv"
)

// Errors about a [When]. They are wrapped with the value, see errors.Is.
var (
	// ErrNotGiven says that the When is zero, so there is no moment to judge.
	ErrNotGiven = errors.New("no moment is given")
	// ErrInvalidDate says that the calendar has no such day: 2026-02-30, month 13, year 0000.
	ErrInvalidDate = errors.New("the calendar has no such date")
	// ErrInvalidTime says that clocks show no such time: 24:00:00, minute 60, and second 60,
	// because Go's time and most systems have no leap seconds.
	ErrInvalidTime = errors.New("no clock shows such a time of day")
	// ErrInvalidZone says that the zone tag is not an IANA name, or is a name such as Local that
	// means another zone on every machine.
	ErrInvalidZone = errors.New("not the name of an IANA time zone")
	// ErrNotInstant says that a calendar day was given where one instant is needed.
	ErrNotInstant = errors.New("a calendar day is not one instant")
	// ErrNoOffset says that a local time has neither an offset nor a zone.
	ErrNoOffset = errors.New("a local time without offset or zone is no instant")
	// ErrNoZoneData says that this machine's zone database lacks the zone, or is missing. The
	// name may be misspelt or newer than the database: that cannot be told apart here.
	ErrNoZoneData = errors.New("no data for this time zone on this machine")
	// ErrOffsetMismatch says that the zone had another offset at that moment than the one written.
	ErrOffsetMismatch = errors.New("the offset is not the zone's offset at that moment")
	// ErrGap says that the zone's clocks went forward over that local time or day.
	ErrGap = errors.New("the zone's clocks skip this local time")
	// ErrFold says that the zone's clocks went back and showed that local time twice.
	ErrFold = errors.New("the zone's clocks show this local time twice, write the offset")
)

// maxQuoted is how many bytes of an offending value an error repeats. It holds every valid value
// but long links, and keeps a log line readable when somebody passes a whole file.
const maxQuoted = 120

// quote returns s as a Go string literal for an error, cut to [maxQuoted] bytes.
func quote(s string) string {
	if len(s) > maxQuoted {
		return strconv.Quote(s[:maxQuoted]) + "…"
	}
	return strconv.Quote(s)
}
