package value

import (
	"fmt"
	"strings"
	"time"
)

// Precision is how closely a [When] tells its moment.
type Precision uint8

// The precisions. The zero Precision is that of the zero When only.
const (
	NoPrecision       Precision = iota // nothing is given
	InstantPrecision                   // a date and a time of day
	DatePrecision                      // a day of the calendar
	DeadlinePrecision                  // the end of a day anywhere on earth
)

// String returns "none", "instant", "date" or "deadline".
func (p Precision) String() string {
	switch p {
	case InstantPrecision:
		return "instant"
	case DatePrecision:
		return "date"
	case DeadlinePrecision:
		return "deadline"
	}
	return "none"
}

// deadlineTag is the suffix of a deadline. It is ours, not IANA's: "anywhere on earth" is the
// custom of calls for papers, by which a day is over when it is over at UTC−12, the last place
// to leave it. IEEE 802.16 working groups introduced it.
const deadlineTag = "AoE"

// offsetKind tells apart the ways to write the offset, since Z and +00:00 differ (RFC 9557 §2).
type offsetKind uint8

const (
	noOffset       offsetKind = iota
	zuluOffset                // Z: UTC is known, the local offset is not
	numericOffset             // +01:00
	negativeOffset            // -05:00, and -00:00, which RFC 3339 §4.3 gives the meaning of Z
)

// When is a moment as somebody wrote it. It keeps the local fields, the offset and the zone, each
// of the last two only if written, and the precision; nothing is resolved until [When.Instant],
// [When.Interval] or [When.Compare] ask. Its text is RFC 3339 with RFC 9557's zone suffix:
//
//	2026-12-08T22:00:00-05:00[America/New_York]   an instant, its offset and zone
//	2026-12-08T22:00:00.250-05:00                 an instant and its offset
//	2026-12-09T03:00:00Z                          an instant in UTC
//	2026-12-08T22:00:00[America/New_York]         an instant, its offset left to the zone
//	2026-12-08T22:00:00                           a local time that nobody can place
//	2026-12-08[Europe/Berlin]                     a day in a place
//	2026-12-08                                    a day wherever it is
//	2026-12-08[AoE]                               the deadline at the end of that day at UTC−12
//
// The forms without offset are not RFC 3339, which has no local times, but ISO 8601 and what
// Temporal reads; the tag AoE is this package's own. Dates and times that cannot be (30 February,
// 24:00:00) are kept as well and told by [When.Fault].
//
// == and [When.Equal] compare what is written, so two texts of one instant differ; [When.Compare]
// compares moments. The zero When is no moment.
type When struct {
	zone   string // the name in brackets, "" for none and for a deadline
	nano   uint32
	year   uint16
	offset uint16 // minutes, without sign

	month, day, hour, minute, second uint8

	decimals  uint8 // of the second, as written: .5 and .50 differ
	kind      offsetKind
	precision Precision
}

// At returns the instant t with t's offset. Time in UTC has offset Z; a location whose name has a
// slash, such as Europe/Berlin, becomes the zone. Other names (Local, EST, those of
// time.FixedZone) are dropped, since nothing tells an IANA zone from an abbreviation. Decimals are
// as many as needed.
//
// The zero time.Time gives the zero When. An offset with seconds, which some zones had until
// 1972 and RFC 3339 cannot write, gives way to Z. A year outside 0 to 9999 becomes 0, an
// ErrInvalidDate.
func At(t time.Time) When {
	if t.IsZero() {
		return When{}
	}
	name := t.Location().String()
	_, seconds := t.Zone()
	w := When{precision: InstantPrecision}
	switch {
	case seconds%60 != 0 || seconds <= -24*3600 || seconds >= 24*3600:
		t, w.kind = t.UTC(), zuluOffset
	case seconds == 0 && name == "UTC":
		w.kind = zuluOffset
	case seconds < 0:
		w.kind, w.offset = negativeOffset, uint16(-seconds/60)
	default:
		w.kind, w.offset = numericOffset, uint16(seconds/60)
	}
	if strings.Contains(name, "/") && zoneSyntax(name) == nil {
		w.zone = name
	}
	year, month, day := t.Date()
	w.setDate(year, month, day)
	hour, minute, second := t.Clock()
	w.hour, w.minute, w.second = uint8(hour), uint8(minute), uint8(second)
	w.nano = uint32(t.Nanosecond())
	for n := uint64(w.nano); n > 0; n = n * 10 % 1e9 {
		w.decimals++
	}
	return w
}

// Date returns the day as a When. It is kept as given, not carried over as time.Date does, so that
// month 13 stays a fault that [When.Fault] names; a number that cannot be written in its two or
// four digits becomes 0, or 99 for a month or day, which is a fault as well.
func Date(year int, month time.Month, day int) When {
	w := When{precision: DatePrecision}
	w.setDate(year, month, day)
	return w
}

// AoE returns the deadline at the end of the day anywhere on earth: the instant when the day ends
// at UTC−12, which is noon UTC of the next day. Impossible days are kept as [Date] keeps them.
func AoE(year int, month time.Month, day int) When {
	w := Date(year, month, day)
	w.precision = DeadlinePrecision
	return w
}

func (w *When) setDate(year int, month time.Month, day int) {
	if year > 9999 || year < 0 {
		year = 0 // Not 9999, which is a year.
	}
	w.year = uint16(year)
	w.month = uint8(min(max(month, 0), 99))
	w.day = uint8(min(max(day, 0), 99))
}

// In returns w with the zone tag replaced, or removed for "". The local time and the offset stay:
// an offset that the zone does not have is told by [When.Instant]. On a date, "AoE" makes the
// deadline. A deadline has its place already and is returned unchanged, and so is the zero When.
//
// A name that is none is kept and told by [When.Fault].
func (w When) In(zone string) When {
	switch w.precision {
	case NoPrecision, DeadlinePrecision:
		return w
	case DatePrecision:
		if zone == deadlineTag {
			w.precision, zone = DeadlinePrecision, ""
		}
	}
	w.zone = zone
	return w
}

// Precision returns how closely w tells its moment.
func (w When) Precision() Precision { return w.precision }

// Zone returns the zone's name as written, "" for none and for a deadline.
func (w When) Zone() string { return w.zone }

// HasOffset reports whether an offset is written, Z included.
func (w When) HasOffset() bool { return w.kind != noOffset }

// IsZero reports whether no moment is given.
func (w When) IsZero() bool { return w == When{} }

// Equal reports whether w and v are written alike; it is ==, for go-cmp. It does not compare
// moments, see [When.Compare].
func (w When) Equal(v When) bool { return w == v }

// Weekday returns the day of the week of the written date. It is false if the date is invalid.
func (w When) Weekday() (time.Weekday, bool) {
	if w.dateFault() != nil {
		return 0, false
	}
	return time.Unix(w.wall(), 0).UTC().Weekday(), true
}

// Fault says what is wrong with w without asking a zone database: ErrNotGiven, ErrInvalidDate,
// ErrInvalidTime or ErrInvalidZone. Gaps, folds, mismatches and missing offsets are told by
// [When.Instant] and [When.Interval], which tell these as well.
func (w When) Fault() error {
	if w.IsZero() {
		return fmt.Errorf("when %q: %w", "", ErrNotGiven)
	}
	if err := w.dateFault(); err != nil {
		return w.wrap(err)
	}
	if w.precision == InstantPrecision && (w.hour > 23 || w.minute > 59 || w.second > 59) {
		return w.wrap(ErrInvalidTime)
	}
	if w.zone != "" {
		if err := zoneFault(w.zone); err != nil {
			return w.wrap(err)
		}
	}
	return nil
}

// dateFault checks the date against the Gregorian calendar, which RFC 3339 extends to year 1.
func (w When) dateFault() error {
	if w.year == 0 || w.month < 1 || w.month > 12 || w.day < 1 {
		return ErrInvalidDate
	}
	t := time.Date(int(w.year), time.Month(w.month), int(w.day), 0, 0, 0, 0, time.UTC)
	if t.Day() != int(w.day) {
		return ErrInvalidDate
	}
	return nil
}

// wrap names w in an error.
func (w When) wrap(err error) error {
	return fmt.Errorf("when %s: %w", quote(w.String()), err)
}
