package value

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
)

// Weekday is a day of the week. The zero Weekday is none.
type Weekday uint8

// The days, as ISO 8601 numbers them.
const (
	NoWeekday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
	Sunday
)

var weekdayNames = []string{"none", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// String returns the day's English name in lower case.
func (d Weekday) String() string { return enum.String("weekday", weekdayNames, d) }

// MarshalText implements [encoding.TextMarshaler].
func (d Weekday) MarshalText() ([]byte, error) { return enum.Marshal("weekday", weekdayNames, d) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown day is an error.
func (d *Weekday) UnmarshalText(text []byte) error {
	return enum.Unmarshal("weekday", weekdayNames, d, text)
}

func weekdayOf(t time.Time) Weekday {
	if d := t.Weekday(); d != time.Sunday {
		return Weekday(d)
	}
	return Sunday
}

// Calendar says which days are worked. The zero Calendar works from Monday to
// Friday and knows no holiday.
type Calendar struct {
	Days     []Weekday `json:"days,omitzero"`     // none: Monday to Friday
	Holidays []When    `json:"holidays,omitzero"` // dates; anything else is not looked at
}

// Clone returns a copy that shares no memory with c.
func (c Calendar) Clone() Calendar {
	c.Days = slices.Clone(c.Days)
	c.Holidays = slices.Clone(c.Holidays)
	return c
}

// Works reports whether the day on which t falls in its own zone is worked.
func (c Calendar) Works(t time.Time) bool {
	day := weekdayOf(t)
	if len(c.Days) == 0 && day >= Saturday || len(c.Days) > 0 && !slices.Contains(c.Days, day) {
		return false
	}
	year, month, date := t.Date()
	return !slices.ContainsFunc(c.Holidays, func(h When) bool {
		return h.precision == DatePrecision && int(h.year) == year && time.Month(h.month) == month && int(h.day) == date
	})
}

// maxCalendarDays bounds the search for working days: a calendar of which ten
// years have too few is one that nobody works by.
const maxCalendarDays = 3660

// Before returns the moment n working days before t, at the same time of day
// in t's zone: the days between the two, t's own day not among them, have n
// working days. It is false if the calendar has no n working days in the ten
// years before.
func (c Calendar) Before(t time.Time, n int) (time.Time, bool) {
	back := t
	for range maxCalendarDays {
		if n <= 0 {
			return back, true
		}
		back = back.AddDate(0, 0, -1)
		if c.Works(back) {
			n--
		}
	}
	return t, n <= 0
}

// Between counts the working days after the day of from, up to and including
// the day of until, both read in until's zone. It is 0 if until is not later.
// Spans of more than ten years count as ten.
func (c Calendar) Between(from, until time.Time) int {
	from = from.In(until.Location())
	n := 0
	for day := from.AddDate(0, 0, 1); n < maxCalendarDays; day = day.AddDate(0, 0, 1) {
		y1, m1, d1 := day.Date()
		y2, m2, d2 := until.Date()
		if time.Date(y1, m1, d1, 0, 0, 0, 0, time.UTC).After(time.Date(y2, m2, d2, 0, 0, 0, 0, time.UTC)) {
			return n
		}
		if c.Works(day) {
			n++
		}
	}
	return n
}
