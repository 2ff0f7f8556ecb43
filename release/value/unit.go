package value

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Unit is a unit of measure as its case-sensitive code in UCUM, the Unified Code for Units of
// Measure (https://ucum.org/ucum), which OpenTelemetry uses too. The constants are all that
// convert; any other string can be set in Go and is then not [Unit.Known].
type Unit string

// Units of time. A day is 24 hours here, as in UCUM; a day of the calendar is a [Period].
const (
	Nanoseconds  Unit = "ns"
	Microseconds Unit = "us"
	Milliseconds Unit = "ms"
	Seconds      Unit = "s"
	Minutes      Unit = "min"
	Hours        Unit = "h"
	Days         Unit = "d"
)

// Shares of a whole: 50 % are a ratio of 0.5.
const (
	Percent Unit = "%"
	Ratio   Unit = "1"
)

// Count is a number of things, whatever the query counts. UCUM writes things as an annotation in
// braces and equates every annotation with 1; here counts and ratios do not convert into each
// other, since 31 incidents are not 3100 %. Only this one annotation is known.
const Count Unit = "{count}"

// Amounts of data, decimal and binary. UCUM's byte is By; kBy is 1000 By, KiBy 1024 By.
const (
	Bytes     Unit = "By"
	Kilobytes Unit = "kBy"
	Megabytes Unit = "MBy"
	Gigabytes Unit = "GBy"
	Kibibytes Unit = "KiBy"
	Mebibytes Unit = "MiBy"
	Gibibytes Unit = "GiBy"
)

// Counts per time.
const (
	PerSecond Unit = "{count}/s"
	PerMinute Unit = "{count}/min"
	PerHour   Unit = "{count}/h"
)

// Amounts of data per second.
const (
	BytesPerSecond     Unit = "By/s"
	KilobytesPerSecond Unit = "kBy/s"
	MegabytesPerSecond Unit = "MBy/s"
)

// Dimension is what a unit measures. Units convert only inside one dimension.
type Dimension string

// The dimensions of the known units; the zero Dimension is that of an unknown unit.
const (
	DimensionTime     Dimension = "time"
	DimensionRatio    Dimension = "ratio"
	DimensionCount    Dimension = "count"
	DimensionData     Dimension = "data"
	DimensionRate     Dimension = "rate"
	DimensionDataRate Dimension = "data rate"
)

// scale is one row of the table of units: how many of the dimension's smallest unit it is, and
// what a document prints after the number.
type scale struct {
	unit      Unit
	dimension Dimension
	size      uint64
	human     string
}

// scales holds every known unit, in the order that errors list them. The sizes are exact and
// small enough that no product of a size with a float's 53 bits is rounded twice.
var scales = []scale{
	{Nanoseconds, DimensionTime, 1, "ns"},
	{Microseconds, DimensionTime, 1e3, "µs"},
	{Milliseconds, DimensionTime, 1e6, "ms"},
	{Seconds, DimensionTime, 1e9, "s"},
	{Minutes, DimensionTime, 60e9, "min"},
	{Hours, DimensionTime, 3600e9, "h"},
	{Days, DimensionTime, 86400e9, "d"},
	{Percent, DimensionRatio, 1, "%"},
	{Ratio, DimensionRatio, 100, ""},
	{Count, DimensionCount, 1, ""},
	{Bytes, DimensionData, 1, "B"},
	{Kilobytes, DimensionData, 1e3, "kB"},
	{Megabytes, DimensionData, 1e6, "MB"},
	{Gigabytes, DimensionData, 1e9, "GB"},
	{Kibibytes, DimensionData, 1 << 10, "KiB"},
	{Mebibytes, DimensionData, 1 << 20, "MiB"},
	{Gibibytes, DimensionData, 1 << 30, "GiB"},
	{PerHour, DimensionRate, 1, "/h"},
	{PerMinute, DimensionRate, 60, "/min"},
	{PerSecond, DimensionRate, 3600, "/s"},
	{BytesPerSecond, DimensionDataRate, 1, "B/s"},
	{KilobytesPerSecond, DimensionDataRate, 1e3, "kB/s"},
	{MegabytesPerSecond, DimensionDataRate, 1e6, "MB/s"},
}

// scale finds u's row.
func (u Unit) scale() (scale, bool) {
	i := slices.IndexFunc(scales, func(row scale) bool { return row.unit == u })
	if i < 0 {
		return scale{}, false
	}
	return scales[i], true
}

// Units returns every known unit, smallest first within a dimension but for the binary amounts,
// which follow the decimal ones.
func Units() []Unit {
	units := make([]Unit, len(scales))
	for i, row := range scales {
		units[i] = row.unit
	}
	return units
}

// ParseUnit reads the code of a known unit. Others are refused with the known ones that are near,
// so "percent" is answered with "%" and "MB" with "MBy".
func ParseUnit(s string) (Unit, error) {
	if s == "" {
		return "", errors.New(`unit "": is empty`)
	}
	if u := Unit(s); u.Known() {
		return u, nil
	}
	near := nearUnits(s)
	if len(near) == 0 {
		return "", fmt.Errorf("unit %s: is not known, want one of %s", quote(s), listUnits(Units()))
	}
	return "", fmt.Errorf("unit %s: is not known, did you mean %s?", quote(s), listUnits(near))
}

func listUnits(units []Unit) string {
	texts := make([]string, len(units))
	for i, u := range units {
		texts[i] = string(u)
	}
	return strings.Join(texts, ", ")
}

// Known reports whether u is one of the constants.
func (u Unit) Known() bool {
	_, ok := u.scale()
	return ok
}

// Dimension returns what u measures, "" for an unknown unit.
func (u Unit) Dimension() Dimension {
	row, _ := u.scale()
	return row.dimension
}

// Human returns what a document prints after the number: "ms", "%", "MB", "/s", nothing for counts
// and ratios, and an unknown unit's own code. See [Quantity.Human].
func (u Unit) Human() string {
	if row, ok := u.scale(); ok {
		return row.human
	}
	return string(u)
}

// IsZero reports whether no unit is given.
func (u Unit) IsZero() bool { return u == "" }

// String returns the code.
func (u Unit) String() string { return string(u) }

// MarshalText writes the code. It fails for an unknown unit, which could not be read again.
func (u Unit) MarshalText() ([]byte, error) {
	if _, err := ParseUnit(string(u)); err != nil {
		return nil, err
	}
	return []byte(u), nil
}

// UnmarshalText reads what [ParseUnit] reads.
func (u *Unit) UnmarshalText(text []byte) error {
	v, err := ParseUnit(string(text))
	if err == nil {
		*u = v
	}
	return err
}
