package value

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxPeriod is the most years, months or days that a Period's text may have: far beyond the year
// 9999 in days already, and small enough that no sum overflows.
const maxPeriod = 9_999_999

// Period is a length on the calendar: years, months and days, none of them negative. Its text is
// an ISO 8601 duration of the date designators: "P7Y", "P1Y6M", "P90D", "P0D".
//
// A period is kept as it is given: P18M and P1Y6M mean the same and are different values. There
// is no comparison, since the order depends on where the period starts: P1M is longer than P30D
// from 1 January and shorter from 1 February. Add both to the start and compare the times.
type Period struct {
	Years, Months, Days int // none below 0
}

// ParsePeriod reads "P" followed by years Y, months M and days D in this order, each a whole number
// up to 9 999 999 and at most once; or weeks W alone, which become days. Hours, minutes and
// seconds are refused: they are a [Duration].
func ParsePeriod(s string) (Period, error) {
	p, err := parsePeriod(s)
	if err != nil {
		return Period{}, fmt.Errorf("period %s: %w", quote(s), err)
	}
	return p, nil
}

func parsePeriod(s string) (Period, error) {
	rest, ok := strings.CutPrefix(s, "P")
	switch {
	case s == "":
		return Period{}, errors.New("is empty")
	case strings.HasPrefix(s, "-"):
		return Period{}, errors.New("a period is not negative")
	case !ok:
		return Period{}, errors.New("want the form P1Y6M10D")
	case strings.Contains(rest, "T"):
		return Period{}, errors.New("hours, minutes and seconds have a fixed length, use a Duration")
	case rest == "":
		return Period{}, errors.New("has no length, write P0D for none")
	}
	if n := digits(rest); rest[n:] == "W" && n > 0 {
		weeks, err := periodNumber(rest[:n])
		if err != nil || weeks > maxPeriod/7 {
			return Period{}, errPeriodTooLong
		}
		return Period{Days: 7 * weeks}, nil
	}
	return sumPeriod(rest)
}

var errPeriodTooLong = fmt.Errorf("longer than %d days, months or years", maxPeriod)

// sumPeriod reads "1Y6M10D".
func sumPeriod(s string) (Period, error) {
	var p Period
	letters, parts := "YMD", []*int{&p.Years, &p.Months, &p.Days}
	for s != "" {
		n := digits(s)
		if n == 0 || n == len(s) {
			return Period{}, fmt.Errorf("want a number and a letter, got %s", quote(s))
		}
		i := strings.IndexByte(letters, s[n])
		if i < 0 {
			return Period{}, fmt.Errorf("want years Y, months M, days D in this order, or weeks W alone, got %s", quote(s))
		}
		number, err := periodNumber(s[:n])
		if err != nil {
			return Period{}, err
		}
		*parts[i] = number
		letters, parts, s = letters[i+1:], parts[i+1:], s[n+1:]
	}
	return p, nil
}

func periodNumber(s string) (int, error) {
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil || n > maxPeriod {
		return 0, errPeriodTooLong
	}
	return int(n), nil
}

// Fault says what is wrong with a period made in Go: a part that is negative or above 9 999 999.
func (p Period) Fault() error {
	for _, n := range []int{p.Years, p.Months, p.Days} {
		if n < 0 {
			return fmt.Errorf("period %q: a period is not negative", p.String())
		}
		if n > maxPeriod {
			return fmt.Errorf("period %q: %w", p.String(), errPeriodTooLong)
		}
	}
	return nil
}

// AddTo returns t moved by p on the calendar of t's location, at the same clock time. Years and
// months go first; where the month reached is too short the day becomes its last day, so 31
// January plus P1M is 28 or 29 February, and 29 February plus P1Y is 28 February; then the days
// are added. This is java.time's and Temporal's rule, not [time.Time.AddDate]'s, which runs over
// into March. A clock time that the location skips or repeats on the day reached is resolved as
// [time.Date] does. Adding P0D changes nothing.
func (p Period) AddTo(t time.Time) time.Time {
	if p.IsZero() {
		return t // Not through time.Date, which would move the second 01:30 of a fold to the first.
	}
	year, month, day := t.Date()
	// The first of the month cannot run over, so time.Date only carries months into years.
	first := time.Date(year+p.Years, month+time.Month(p.Months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return time.Date(first.Year(), first.Month(), min(day, last)+p.Days,
		t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
}

// IsZero reports whether p has no length, which in a field means that none is given.
func (p Period) IsZero() bool { return p == Period{} }

// String returns the canonical text: years, months and days that are not zero, or "P0D". A
// negative part shows with its minus, which ParsePeriod refuses.
func (p Period) String() string {
	if p.IsZero() {
		return "P0D"
	}
	out := append(make([]byte, 0, 16), 'P')
	for i, n := range [...]int{p.Years, p.Months, p.Days} {
		if n != 0 {
			out = append(strconv.AppendInt(out, int64(n), 10), "YMD"[i])
		}
	}
	return string(out)
}

// MarshalText writes the canonical text. It fails where [Period.Fault] does.
func (p Period) MarshalText() ([]byte, error) {
	if err := p.Fault(); err != nil {
		return nil, err
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads what [ParsePeriod] reads.
func (p *Period) UnmarshalText(text []byte) error {
	v, err := ParsePeriod(string(text))
	if err == nil {
		*p = v
	}
	return err
}
