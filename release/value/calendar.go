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
// years before. A time of day that a clock change skips or repeats there is
// read as [time.Date] reads it, or as the start of the day if that is on the
// day before.
func (c Calendar) Before(t time.Time, n int) (time.Time, bool) {
	if n <= 0 {
		return t, true
	}
	for back := 1; back <= maxCalendarDays; back++ {
		if day, ok := noonOf(t, -back); ok && c.Works(day) {
			if n--; n == 0 {
				return onDay(t.AddDate(0, 0, -back), day), true
			}
		}
	}
	return t, false
}

// Between counts the working days after the day of from, up to and including
// the day of until, both read in until's zone. It is 0 if until is not later.
// Of a span of more than ten years the first ten count.
func (c Calendar) Between(from, until time.Time) int {
	from = from.In(until.Location())
	days := civilDay(until, 0).Sub(civilDay(from, 0)) / (24 * time.Hour)
	n := 0
	for i := range int(min(max(days, 0), maxCalendarDays)) {
		if day, ok := noonOf(from, i+1); ok && c.Works(day) {
			n++
		}
	}
	return n
}

// civilDay returns t's day, or the one so many days later, as a day of the
// calendar, which no clock change moves.
func civilDay(t time.Time, later int) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day+later, 12, 0, 0, 0, time.UTC)
}

// noonOf returns noon of the day so many days after t's in t's zone. It is
// false if the zone skipped that day, as Samoa skipped 30 December 2011: days
// are counted one by one, since a step from a time of day that does not exist
// would land on a neighbour and count it twice.
func noonOf(t time.Time, later int) (time.Time, bool) {
	year, month, day := civilDay(t, later).Date()
	noon := time.Date(year, month, day, 12, 0, 0, 0, t.Location())
	y, m, d := noon.Date()
	return noon, y == year && m == month && d == day
}

// onDay returns t if it is on the day of which noon is given, and otherwise the
// first moment of that day: [time.Date] may read a midnight that is skipped as
// an hour of the day before.
func onDay(t, noon time.Time) time.Time {
	y1, m1, d1 := t.Date()
	y2, m2, d2 := noon.Date()
	if y1 == y2 && m1 == m2 && d1 == d2 {
		return t
	}
	start, _ := dayOf(t.Location(), time.Date(y2, m2, d2, 0, 0, 0, 0, time.UTC).Unix())
	return time.Unix(start, 0).In(t.Location())
}
