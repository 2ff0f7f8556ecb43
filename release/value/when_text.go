package value

import (
	"errors"
	"fmt"
	"strings"
)

// ParseWhen reads one of the forms listed at [When]. The form is strict, so that String gives the
// same bytes back: capital T and Z, seconds written, at most nine decimals after a dot, an offset
// up to 23:59, and at most one zone in brackets. RFC 9557's critical flag "!", further tags such
// as [u-ca=hebrew] and offsets in brackets are refused.
//
// Only the form is judged: fields of the right number of digits are read whatever they say, see
// [When.Fault], and no zone is looked up.
func ParseWhen(s string) (When, error) {
	w, err := parseWhen(s)
	if err != nil {
		return When{}, fmt.Errorf("when %s: %w", quote(s), err)
	}
	return w, nil
}

func parseWhen(s string) (When, error) {
	if s == "" {
		return When{}, errors.New("is empty")
	}
	w := When{precision: DatePrecision}
	if !fields(s, "dddd-dd-dd") {
		return When{}, errors.New("want a date as 2026-12-08")
	}
	w.year = uint16(two(s))*100 + uint16(two(s[2:]))
	w.month, w.day = two(s[5:]), two(s[8:])
	rest := s[len("2006-01-02"):]
	if rest != "" && rest[0] != '[' {
		var err error
		if rest, err = w.parseTime(rest); err != nil {
			return When{}, err
		}
	}
	if rest == "" {
		return w, nil
	}
	return w, w.parseTag(rest)
}

// fields reports whether s starts with the pattern, in which d is a digit.
func fields(s, pattern string) bool {
	if len(s) < len(pattern) {
		return false
	}
	for i := range len(pattern) {
		if pattern[i] == 'd' {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
		} else if s[i] != pattern[i] {
			return false
		}
	}
	return true
}

// two reads two digits.
func two(s string) uint8 { return 10*(s[0]-'0') + s[1] - '0' }

// parseTime reads "T22:00:00.25-05:00" and returns what follows.
func (w *When) parseTime(s string) (rest string, err error) {
	if !fields(s, "Tdd:dd:dd") {
		return "", errors.New("want T and a time with seconds after the date, as in 2026-12-08T22:00:00")
	}
	w.precision = InstantPrecision
	w.hour, w.minute, w.second = two(s[1:]), two(s[4:]), two(s[7:])
	s = s[len("T15:04:05"):]
	if decimals, ok := strings.CutPrefix(s, "."); ok {
		n := digits(decimals)
		if n == 0 || n > 9 {
			return "", errors.New("want one to nine decimals after the dot")
		}
		w.nano, w.decimals = uint32(billionths(decimals[:n])), uint8(n)
		s = decimals[n:]
	}
	return w.parseOffset(s)
}

// parseOffset reads "Z", "-05:00" or nothing and returns what follows.
func (w *When) parseOffset(s string) (rest string, err error) {
	if s == "" || s[0] == '[' {
		return s, nil
	}
	switch {
	case s[0] == 'Z':
		w.kind = zuluOffset
		return s[1:], nil
	case fields(s, "+dd:dd"):
		w.kind = numericOffset
	case fields(s, "-dd:dd"):
		w.kind = negativeOffset
	default:
		return "", fmt.Errorf("want Z or an offset as -05:00 after the time, got %s", quote(s))
	}
	hours, minutes := two(s[1:]), two(s[4:])
	if hours > 23 || minutes > 59 {
		return "", fmt.Errorf("offset %s is not between -23:59 and +23:59", s[:len("+01:00")])
	}
	w.offset = uint16(hours)*60 + uint16(minutes)
	return s[len("+01:00"):], nil
}

// parseTag reads "[Europe/Berlin]" or "[AoE]", to the end.
func (w *When) parseTag(s string) error {
	name, rest, closed := strings.Cut(strings.TrimPrefix(s, "["), "]")
	switch {
	case s[0] != '[' || !closed:
		return fmt.Errorf("want a zone in brackets, got %s", quote(s))
	case strings.HasPrefix(name, "!"):
		return errors.New("leave out the critical flag !, every disagreement of zone and offset is an error")
	case strings.Contains(name, "=") || rest != "":
		return errors.New("want one zone in brackets and no further tags")
	case name == deadlineTag && w.precision == DatePrecision:
		w.precision = DeadlinePrecision
		return nil
	case strings.EqualFold(name, deadlineTag):
		return errors.New("want [AoE], and only after a date")
	}
	w.zone = name
	return zoneSyntax(name)
}

// String returns the text as it was written, "" for the zero When.
func (w When) String() string {
	if w.IsZero() {
		return ""
	}
	out := w.appendDate(make([]byte, 0, len("2006-01-02T15:04:05.123456789-05:00[]")+len(w.zone)))
	if w.precision == InstantPrecision {
		out = w.appendOffset(w.appendTime(out))
	}
	switch {
	case w.precision == DeadlinePrecision:
		out = append(out, "["+deadlineTag+"]"...)
	case w.zone != "":
		out = append(append(append(out, '['), w.zone...), ']')
	}
	return string(out)
}

// DateString returns the written date, "2026-12-08", whether it is valid or not, and "" for the
// zero When.
func (w When) DateString() string {
	if w.IsZero() {
		return ""
	}
	return string(w.appendDate(nil))
}

func (w When) appendDate(out []byte) []byte {
	out = append(appendPadded(out, int(w.year), 4), '-')
	out = append(appendPadded(out, int(w.month), 2), '-')
	return appendPadded(out, int(w.day), 2)
}

func (w When) appendTime(out []byte) []byte {
	out = append(appendPadded(append(out, 'T'), int(w.hour), 2), ':')
	out = append(appendPadded(out, int(w.minute), 2), ':')
	out = appendPadded(out, int(w.second), 2)
	if w.decimals > 0 {
		n := len(out) + 1 + int(w.decimals)
		out = appendPadded(append(out, '.'), int(w.nano), 9)[:n]
	}
	return out
}

func (w When) appendOffset(out []byte) []byte {
	sign := byte('+')
	switch w.kind {
	case noOffset:
		return out
	case zuluOffset:
		return append(out, 'Z')
	case negativeOffset:
		sign = '-'
	}
	out = append(appendPadded(append(out, sign), int(w.offset/60), 2), ':')
	return appendPadded(out, int(w.offset%60), 2)
}

// MarshalText writes the text as it was written. It fails for the zero When (mark the field
// omitzero) and for a zone set by [When.In] that could not be read again.
func (w When) MarshalText() ([]byte, error) {
	if w.IsZero() {
		return nil, fmt.Errorf("when %q: %w", "", ErrNotGiven)
	}
	if w.zone == "" {
		return []byte(w.String()), nil
	}
	if err := zoneSyntax(w.zone); err != nil {
		return nil, w.wrap(err)
	}
	if strings.EqualFold(w.zone, deadlineTag) {
		return nil, w.wrap(ErrInvalidZone) // In made what ParseWhen refuses: an instant's AoE, or aoe.
	}
	return []byte(w.String()), nil
}

// UnmarshalText reads what [ParseWhen] reads.
func (w *When) UnmarshalText(text []byte) error {
	v, err := ParseWhen(string(text))
	if err == nil {
		*w = v
	}
	return err
}
