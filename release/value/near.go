package value

import "strings"

// habits are spellings that people and vendors use, in lower case, and the units they may stand
// for. Datadog's metric units are among them (docs.datadoghq.com/metrics/units).
var habits = map[string][]Unit{
	"nanosecond": {Nanoseconds}, "nsec": {Nanoseconds},
	"microsecond": {Microseconds}, "µs": {Microseconds}, "μs": {Microseconds}, "usec": {Microseconds},
	"millisecond": {Milliseconds}, "msec": {Milliseconds}, "millis": {Milliseconds},
	"second": {Seconds}, "sec": {Seconds},
	"minute": {Minutes}, "m": {Minutes}, "mins": {Minutes},
	"hour": {Hours}, "hr": {Hours}, "hrs": {Hours},
	"day":     {Days},
	"percent": {Percent}, "pct": {Percent}, "percentage": {Percent},
	"ratio": {Ratio}, "fraction": {Ratio},
	"count": {Count}, "item": {Count}, "{item}": {Count}, "{request}": {Count}, "{error}": {Count},
	"byte": {Bytes}, "b": {Bytes},
	"kilobyte": {Kilobytes}, "kb": {Kilobytes, Kibibytes},
	"megabyte": {Megabytes}, "mb": {Megabytes, Mebibytes},
	"gigabyte": {Gigabytes}, "gb": {Gigabytes, Gibibytes},
	"kibibyte": {Kibibytes}, "kib": {Kibibytes},
	"mebibyte": {Mebibytes}, "mib": {Mebibytes},
	"gibibyte": {Gibibytes}, "gib": {Gibibytes},
	"/s": {PerSecond}, "rps": {PerSecond}, "qps": {PerSecond}, "1/s": {PerSecond}, "hz": {PerSecond},
	"/min": {PerMinute}, "rpm": {PerMinute}, "1/min": {PerMinute},
	"/h": {PerHour}, "1/h": {PerHour},
	"b/s": {BytesPerSecond}, "kb/s": {KilobytesPerSecond}, "mb/s": {MegabytesPerSecond},
}

// nearUnits returns the known units that s may have meant, at most three: those of the same letters
// in another case, else those of a known habit, else those one edit away.
func nearUnits(s string) []Unit {
	if len(s) > 16 {
		return nil // Nothing that long is near, and edits cost the product of the lengths.
	}
	lower := strings.ToLower(strings.TrimSpace(s))
	var same []Unit
	for _, row := range scales {
		if strings.EqualFold(lower, string(row.unit)) {
			same = append(same, row.unit)
		}
	}
	if len(same) > 0 {
		return same
	}
	if units, ok := habits[lower]; ok {
		return units
	}
	if units, ok := habits[strings.TrimSuffix(lower, "s")]; ok {
		return units
	}
	var near []Unit
	for _, row := range scales {
		if len(near) < 3 && edits(lower, strings.ToLower(string(row.unit))) == 1 {
			near = append(near, row.unit)
		}
	}
	return near
}

// edits returns the Levenshtein distance of two short texts in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			above := row[j+1]
			row[j+1] = min(above+1, row[j]+1, diagonal+1)
			if a[i] == b[j] {
				row[j+1] = min(row[j+1], diagonal)
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
