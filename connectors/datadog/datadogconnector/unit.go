package datadogconnector

import (
	"fmt"

	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/value"
)

// unit is a unit as Datadog tells it (MetricsQueryUnit, Unit). What is counted
// per time comes as two of them.
type unit struct {
	Family string `json:"family"`
	Name   string `json:"name"`
}

// units are the names of Datadog's units that are no counts of things
// (docs.datadoghq.com, Metrics, Units).
var units = map[string]value.Unit{
	"nanosecond": value.Nanoseconds, "microsecond": value.Microseconds, "millisecond": value.Milliseconds,
	"second": value.Seconds, "minute": value.Minutes, "hour": value.Hours, "day": value.Days,
	"percent": value.Percent, "fraction": value.Ratio,
	"byte": value.Bytes, "kilobyte": value.Kilobytes, "megabyte": value.Megabytes, "gigabyte": value.Gigabytes,
	"kibibyte": value.Kibibytes, "mebibyte": value.Mebibytes, "gibibyte": value.Gibibytes,
}

// rates are units per time.
var rates = map[[2]value.Unit]value.Unit{
	{value.Count, value.Seconds}: value.PerSecond, {value.Count, value.Minutes}: value.PerMinute, {value.Count, value.Hours}: value.PerHour,
	{value.Bytes, value.Seconds}: value.BytesPerSecond, {value.Kilobytes, value.Seconds}: value.KilobytesPerSecond,
	{value.Megabytes, value.Seconds}: value.MegabytesPerSecond,
}

// measured are the families of which every unit is a measure; one that is not
// among units has none of ours.
var measured = map[string]bool{"time": true, "percentage": true, "bytes": true, "frequency": true, "temperature": true, "currency": true}

// checkUnit refuses a declared unit when Datadog tells another one.
func checkUnit(declared value.Unit, told []*unit) error {
	if len(told) == 0 || told[0] == nil && (len(told) < 2 || told[1] == nil) {
		return nil // it does not say
	}
	name, is := "", value.Unit("")
	switch base := told[0]; {
	case base == nil:
		is = value.Count // a number of nothing in particular, per time
	case units[base.Name] != "":
		name, is = base.Name, units[base.Name]
	case measured[base.Family]:
		name = base.Name
	default:
		name, is = base.Name, value.Count
	}
	if len(told) > 1 && told[1] != nil {
		name += " per " + told[1].Name
		is = rates[[2]value.Unit{is, units[told[1].Name]}]
	}
	if is != declared {
		return upstream.Invalid("yields.unit", "the query declares the unit %q, and Datadog has it in %s%s", declared, name, known(is))
	}
	return nil
}

func known(is value.Unit) string {
	if is == "" {
		return ""
	}
	return fmt.Sprintf(", which is %q", is)
}
