package value

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Duration is an exact length of time in nanoseconds, at most about 292 years either way, as
// [time.Duration]. Its text is an ISO 8601 duration of hours, minutes and seconds: "PT15M",
// "PT1H30M", "PT0.25S", "-PT5M", "PT0S". A leading minus is ISO 8601-2's.
//
// Days, weeks, months and years are refused, since they have no exact length: a day has 23 or 25
// hours twice a year. Write PT24H, or use a [Period].
type Duration time.Duration

// ParseDuration reads "PT" followed by hours, minutes and seconds in this order, each at most
// once and at least one of them, whole numbers but for the seconds, which may have up to nine
// decimals after a dot. Numbers may exceed their usual range: PT90M is PT1H30M, and that is how
// String writes it. A length beyond 292 years is refused, as are lower-case letters.
func ParseDuration(s string) (Duration, error) {
	d, err := parseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("duration %s: %w", quote(s), err)
	}
	return d, nil
}

func parseDuration(s string) (Duration, error) {
	if s == "" {
		return 0, errors.New("is empty")
	}
	rest, negative := strings.CutPrefix(s, "-")
	rest, ok := strings.CutPrefix(rest, "P")
	if !ok {
		return 0, errors.New("want the form PT1H30M")
	}
	clock, ok := strings.CutPrefix(rest, "T")
	if !ok {
		return 0, calendarDesignator(rest)
	}
	if clock == "" {
		return 0, errors.New("has no length, write PT0S for none")
	}
	total, err := sumClock(clock)
	if err != nil {
		return 0, err
	}
	// The magnitude is unsigned so that the most negative length, which has no positive twin, is
	// read.
	switch {
	case negative && total <= 1<<63:
		return Duration(-total), nil
	case !negative && total <= math.MaxInt64:
		return Duration(total), nil
	}
	return 0, errTooLong
}

var errTooLong = errors.New("longer than 292 years, the most that is kept exactly")

// calendarDesignator explains why "P" + rest is no exact length.
func calendarDesignator(rest string) error {
	switch i := strings.IndexAny(rest, "YMWD"); {
	case i < 0:
		return errors.New("want the form PT1H30M")
	case rest[i] == 'Y':
		return errors.New("years have no fixed length, use a Period")
	case rest[i] == 'M':
		return errors.New("months have no fixed length, use a Period")
	case rest[i] == 'W':
		return errors.New("a week is not always 168 hours, write PT168H or use a Period")
	}
	return errors.New("a day is not always 24 hours, write PT24H or use a Period")
}

// sumClock adds up "1H30M0.25S" in nanoseconds, at most 1<<63.
func sumClock(s string) (uint64, error) {
	total := uint64(0)
	units := []struct {
		letter byte
		size   uint64
	}{{'H', uint64(time.Hour)}, {'M', uint64(time.Minute)}, {'S', uint64(time.Second)}}
	for s != "" {
		whole, fraction, letter, rest, err := designated(s)
		if err != nil {
			return 0, err
		}
		for len(units) > 0 && units[0].letter != letter {
			units = units[1:]
		}
		if len(units) == 0 {
			return 0, fmt.Errorf("want hours H, minutes M, seconds S in this order, got %s", quote(s))
		}
		if fraction != 0 && letter != 'S' {
			return 0, errors.New("only seconds may have decimals")
		}
		if whole > 1<<63/units[0].size {
			return 0, errTooLong
		}
		if total += whole*units[0].size + fraction; total > 1<<63 {
			return 0, errTooLong
		}
		units, s = units[1:], rest
	}
	return total, nil
}

// designated cuts one "12.5S" off s: the whole part, the decimals in billionths, the letter. A
// whole part beyond uint64 comes back as the largest, which every caller finds too long.
func designated(s string) (whole, fraction uint64, letter byte, rest string, err error) {
	i := digits(s)
	if i == 0 {
		return 0, 0, 0, "", fmt.Errorf("want a number, got %s", quote(s))
	}
	whole, err = strconv.ParseUint(s[:i], 10, 64)
	if err != nil {
		whole = math.MaxUint64
	}
	rest = s[i:]
	if decimals, ok := strings.CutPrefix(rest, "."); ok {
		n := digits(decimals)
		if n == 0 || n > 9 {
			return 0, 0, 0, "", errors.New("want one to nine decimals after the dot")
		}
		if fraction = billionths(decimals[:n]); decimals[n:] != "" && decimals[n] != 'S' {
			return 0, 0, 0, "", errors.New("only seconds may have decimals")
		}
		rest = decimals[n:]
	}
	if rest == "" {
		return 0, 0, 0, "", fmt.Errorf("no letter after %s", quote(s))
	}
	return whole, fraction, rest[0], rest[1:], nil
}

// Std returns d for the standard library.
func (d Duration) Std() time.Duration { return time.Duration(d) }

// IsZero reports whether d is zero, which in a field means that no length is given.
func (d Duration) IsZero() bool { return d == 0 }

// magnitude returns d's length without its sign, which fits for every d.
func (d Duration) magnitude() uint64 {
	if d < 0 {
		return -uint64(d)
	}
	return uint64(d)
}

// String returns the canonical text: hours without limit, minutes and seconds below 60, no part
// that is zero, decimals without trailing zeros, and "PT0S" for no length.
func (d Duration) String() string {
	if d == 0 {
		return "PT0S"
	}
	n := d.magnitude()
	out := make([]byte, 0, 24)
	if d < 0 {
		out = append(out, '-')
	}
	out = append(out, "PT"...)
	if h := n / uint64(time.Hour); h > 0 {
		out = append(strconv.AppendUint(out, h, 10), 'H')
	}
	if m := n / uint64(time.Minute) % 60; m > 0 {
		out = append(strconv.AppendUint(out, m, 10), 'M')
	}
	if s := n % uint64(time.Minute); s > 0 {
		out = append(appendDecimal(out, s, uint64(time.Second)), 'S')
	}
	return string(out)
}

// MarshalText writes the canonical text. It does not fail.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDuration] reads.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := ParseDuration(string(text))
	if err == nil {
		*d = v
	}
	return err
}
