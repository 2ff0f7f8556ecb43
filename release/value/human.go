package value

import (
	"strconv"
	"strings"
	"time"
)

// Human returns d in words for a document: "15 minutes", "1 hour 30 minutes", "90.5 seconds" as
// "1 minute 30.5 seconds", "250 milliseconds", "minus 5 minutes", "0 seconds". Hours are the
// largest unit, so 48 hours stay "48 hours". Nothing is rounded.
func (d Duration) Human() string {
	n := d.magnitude()
	parts := make([]string, 0, 3) // stays on the stack
	if h := n / uint64(time.Hour); h > 0 {
		parts = append(parts, plural(h, "hour"))
	}
	if m := n / uint64(time.Minute) % 60; m > 0 {
		parts = append(parts, plural(m, "minute"))
	}
	if s := n % uint64(time.Minute); s > 0 || n == 0 {
		parts = append(parts, humanSeconds(s, n < uint64(time.Second)))
	}
	text := parts[0]
	if len(parts) > 1 {
		text = strings.Join(parts, " ")
	}
	if d < 0 {
		return "minus " + text
	}
	return text
}

// humanSeconds words n nanoseconds, below a minute. Smaller units than the second only appear
// alone: "1 minute 0.25 seconds", but "250 milliseconds".
func humanSeconds(n uint64, alone bool) string {
	unit, name := time.Second, "second"
	if alone && n > 0 {
		switch {
		case n >= uint64(time.Millisecond):
			unit, name = time.Millisecond, "millisecond"
		case n >= uint64(time.Microsecond):
			unit, name = time.Microsecond, "microsecond"
		default:
			unit, name = time.Nanosecond, "nanosecond"
		}
	}
	if n%uint64(unit) == 0 {
		return plural(n/uint64(unit), name)
	}
	return string(appendDecimal(nil, n, uint64(unit))) + " " + name + "s"
}

// Human returns p in words for a document: "7 years", "1 year 6 months", "90 days", "0 days".
func (p Period) Human() string {
	var parts []string
	for _, part := range []struct {
		n    int
		name string
	}{{p.Years, "year"}, {p.Months, "month"}, {p.Days, "day"}} {
		switch {
		case part.n > 0:
			parts = append(parts, plural(uint64(part.n), part.name))
		case part.n < 0: // A fault, which must show in the document.
			parts = append(parts, "minus "+plural(-uint64(part.n), part.name))
		}
	}
	if len(parts) == 0 {
		return "0 days"
	}
	return strings.Join(parts, " ")
}

// plural returns "1 day", "2 days", "0 days".
func plural(n uint64, name string) string {
	if n == 1 {
		return "1 " + name
	}
	return strconv.FormatUint(n, 10) + " " + name + "s"
}
