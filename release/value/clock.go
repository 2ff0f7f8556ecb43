package value

import (
	"fmt"
	"time"
)

// Clock is a time of day to the minute, such as "09:30", in whatever zone the
// place where it stands says. The empty Clock is none at all, not midnight.
// One that is no time of day is kept as it is written, so that a rule can name
// it: [Clock.Fault] says what is wrong.
type Clock string

// ParseClock reads a time of day in the form 15:04, from 00:00 to 23:59.
func ParseClock(s string) (Clock, error) {
	c := Clock(s)
	return c, c.Fault()
}

// Fault returns why c is no time of day, and nil if it is one. None is
// [ErrNotGiven].
func (c Clock) Fault() error {
	if c == "" {
		return fmt.Errorf("time of day %q: %w", "", ErrNotGiven)
	}
	if _, err := time.Parse("15:04", string(c)); err != nil || len(c) != len("15:04") {
		return fmt.Errorf("time of day %s: want the form 09:30, from 00:00 to 23:59", quote(string(c)))
	}
	return nil
}

// IsZero reports whether no time of day is given.
func (c Clock) IsZero() bool { return c == "" }

// On returns the moment at which the clocks of t's zone show c on t's day, and
// false if c is no time of day. A time that a clock change skips or repeats is
// read as [time.Date] reads it, or as the start of the day if that is on the
// day before.
func (c Clock) On(t time.Time) (time.Time, bool) {
	of, err := time.Parse("15:04", string(c))
	if err != nil || c.Fault() != nil {
		return time.Time{}, false
	}
	year, month, day := t.Date()
	return onDay(time.Date(year, month, day, of.Hour(), of.Minute(), 0, 0, t.Location()), t), true
}
