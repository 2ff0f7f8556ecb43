package value_test

import (
	"errors"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/release/value"
)

func TestParseWhen(t *testing.T) {
	type row struct {
		Text      string
		Precision value.Precision
		Zone      string
		HasOffset bool
		Date      string
	}
	const instant, date, deadline = value.InstantPrecision, value.DatePrecision, value.DeadlinePrecision
	rows := []row{
		{"2026-12-08T22:00:00-05:00[America/New_York]", instant, "America/New_York", true, "2026-12-08"},
		{"2026-12-08T22:00:00-05:00", instant, "", true, "2026-12-08"},
		{"2026-12-08T22:00:00[America/New_York]", instant, "America/New_York", false, "2026-12-08"},
		{"2026-12-08T22:00:00", instant, "", false, "2026-12-08"},
		{"2026-12-08T22:00:00Z", instant, "", true, "2026-12-08"},
		{"2026-12-08T22:00:00+00:00", instant, "", true, "2026-12-08"},
		{"2026-12-08T22:00:00-00:00", instant, "", true, "2026-12-08"},
		{"2026-12-08T22:00:00+23:59", instant, "", true, "2026-12-08"},
		{"2026-12-08T22:00:00.5Z", instant, "", true, "2026-12-08"},
		{"2026-12-08T22:00:00.500Z[Etc/GMT+12]", instant, "Etc/GMT+12", true, "2026-12-08"},
		{"2026-12-08T22:00:00.000000001Z", instant, "", true, "2026-12-08"},
		{"2026-12-08T22:00:00.000", instant, "", false, "2026-12-08"},
		{"2026-12-08", date, "", false, "2026-12-08"},
		{"2026-12-08[Europe/Berlin]", date, "Europe/Berlin", false, "2026-12-08"},
		{"2026-12-08[Local]", date, "Local", false, "2026-12-08"},
		{"2026-02-04[AoE]", deadline, "", false, "2026-02-04"},
		{"2026-02-30", date, "", false, "2026-02-30"},
		{"2026-13-01T24:00:60Z", instant, "", true, "2026-13-01"},
		{"0000-00-00", date, "", false, "0000-00-00"},
		{"9999-99-99T99:99:99.999999999", instant, "", false, "9999-99-99"},
	}
	for _, want := range rows {
		w, err := value.ParseWhen(want.Text)
		if err != nil {
			t.Error(err)
			continue
		}
		got := row{w.String(), w.Precision(), w.Zone(), w.HasOffset(), w.DateString()}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.Text, diff)
		}
	}
}

func TestParseWhenRefused(t *testing.T) {
	const (
		date     = "want a date as 2026-12-08"
		clock    = "want T and a time with seconds after the date, as in 2026-12-08T22:00:00"
		decimals = "want one to nine decimals after the dot"
		offset   = "want Z or an offset as -05:00 after the time, got "
		tags     = "want one zone in brackets and no further tags"
		badZone  = "not the name of an IANA time zone"
	)
	for text, want := range map[string]string{
		"":                                       "is empty",
		"tomorrow":                               date,
		"2026-12":                                date,
		"20261208":                               date,
		"+2026-12-08":                            date,
		"12026-12-08":                            date,
		"2026-12-8":                              date,
		"2026-12-08 22:00:00Z":                   clock,
		"2026-12-08t22:00:00Z":                   clock,
		"2026-12-08T22:00Z":                      clock,
		"2026-12-08Z":                            clock,
		"2026-12-08T22:00:00z":                   offset + `"z"`,
		"2026-12-08T22:00:00.Z":                  decimals,
		"2026-12-08T22:00:00.0123456789Z":        decimals,
		"2026-12-08T22:00:00,5Z":                 offset + `",5Z"`,
		"2026-12-08T22:00:00+0100":               offset + `"+0100"`,
		"2026-12-08T22:00:00+24:00":              "offset +24:00 is not between -23:59 and +23:59",
		"2026-12-08T22:00:00-01:60":              "offset -01:60 is not between -23:59 and +23:59",
		"2026-12-08T22:00:00Z ":                  `want a zone in brackets, got " "`,
		"2026-12-08[Europe/Berlin":               `want a zone in brackets, got "[Europe/Berlin"`,
		"2026-12-08[!Europe/Berlin]":             "leave out the critical flag !, every disagreement of zone and offset is an error",
		"2026-12-08[u-ca=hebrew]":                tags,
		"2026-12-08[Europe/Berlin][u-ca=hebrew]": tags,
		"2026-12-08[Europe/Berlin]x":             tags,
		"2026-12-08[aoe]":                        "want [AoE], and only after a date",
		"2026-12-08T22:00:00[AoE]":               "want [AoE], and only after a date",
		"2026-12-08[]":                           `zone "": ` + badZone,
		"2026-12-08[+01:00]":                     `zone "+01:00": ` + badZone,
		"2026-12-08[../etc/passwd]":              `zone "../etc/passwd": ` + badZone,
		"2026-12-08[/Europe/Berlin]":             `zone "/Europe/Berlin": ` + badZone,
		"2026-12-08[Europe Berlin]":              `zone "Europe Berlin": ` + badZone,
	} {
		_, err := value.ParseWhen(text)
		if got := errorText(err); got != `when "`+text+`": `+want {
			t.Errorf("%q: got %s, want …%s", text, got, want)
		}
	}
}

func TestWhenFault(t *testing.T) {
	for text, want := range map[string]error{
		"2026-02-30":                   value.ErrInvalidDate,
		"2026-02-29":                   value.ErrInvalidDate,
		"2028-02-29":                   nil,
		"2026-13-01T10:00:00Z":         value.ErrInvalidDate,
		"2026-00-01":                   value.ErrInvalidDate,
		"2026-01-00[AoE]":              value.ErrInvalidDate,
		"0000-01-01":                   value.ErrInvalidDate,
		"0001-01-01":                   nil,
		"9999-12-31[AoE]":              nil,
		"2026-12-08T24:00:00Z":         value.ErrInvalidTime,
		"2026-12-08T23:60:00":          value.ErrInvalidTime,
		"2016-12-31T23:59:60Z":         value.ErrInvalidTime,
		"2026-12-08T23:59:59.999":      nil,
		"2026-12-08[Local]":            value.ErrInvalidZone,
		"2026-12-08[localtime]":        value.ErrInvalidZone,
		"2026-12-08[right/UTC]":        value.ErrInvalidZone,
		"2026-12-08[Atlantis/Capital]": nil, // Only a zone database can tell.
	} {
		w := must(value.ParseWhen(text))
		if err := w.Fault(); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", text, err, want)
		}
		if want == nil {
			continue
		}
		if _, err := w.Instant(); !errors.Is(err, want) {
			t.Errorf("%s: instant has %v, want %v", text, err, want)
		}
		if _, _, err := w.Interval(); !errors.Is(err, want) {
			t.Errorf("%s: interval has %v, want %v", text, err, want)
		}
	}
	if err := (value.When{}).Fault(); !errors.Is(err, value.ErrNotGiven) {
		t.Error(err)
	}
}

func TestAt(t *testing.T) {
	newYork := must(value.LoadZone("America/New_York"))
	for _, row := range []struct {
		t    time.Time
		want string
	}{
		{time.Date(2026, 12, 8, 22, 0, 0, 0, newYork), "2026-12-08T22:00:00-05:00[America/New_York]"},
		{time.Date(2026, 12, 9, 3, 0, 0, 0, time.UTC), "2026-12-09T03:00:00Z"},
		{time.Date(2026, 12, 9, 3, 0, 0, 1, time.UTC), "2026-12-09T03:00:00.000000001Z"},
		{time.Date(2026, 12, 9, 3, 0, 0, 250e6, time.UTC), "2026-12-09T03:00:00.25Z"},
		{time.Date(2026, 12, 9, 3, 0, 0, 999999999, time.UTC), "2026-12-09T03:00:00.999999999Z"},
		{time.Date(2026, 12, 9, 3, 0, 0, 0, time.FixedZone("EST", -5*3600)), "2026-12-09T03:00:00-05:00"},
		{time.Date(2026, 12, 9, 3, 0, 0, 0, time.FixedZone("", 0)), "2026-12-09T03:00:00+00:00"},
		{time.Date(2026, 12, 9, 3, 0, 0, 0, time.FixedZone("x", 25*3600)), "2026-12-08T02:00:00Z"},
		{time.Date(1800, 1, 1, 0, 0, 0, 0, newYork), "1800-01-01T04:56:02Z[America/New_York]"},
		{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), "0000-01-01T00:00:00Z"},
		{time.Time{}, ""},
	} {
		w := value.At(row.t)
		if w.String() != row.want {
			t.Errorf("%v: got %s, want %s", row.t, w, row.want)
		}
		if row.want == "" || w.Fault() != nil {
			continue
		}
		if got := must(w.Instant()); !got.Equal(row.t) {
			t.Errorf("%v came back as %v", row.t, got)
		}
	}
}

func TestDateKeepsFaults(t *testing.T) {
	for _, row := range []struct {
		year, month, day int
		want             string
	}{
		{2026, 12, 8, "2026-12-08"}, {2026, 2, 30, "2026-02-30"}, {2026, 13, 1, "2026-13-01"}, {2026, 1, -5, "2026-01-00"},
		{2026, 400, 400, "2026-99-99"}, {12026, 1, 1, "0000-01-01"}, {-1, 1, 1, "0000-01-01"},
	} {
		if got := value.Date(row.year, time.Month(row.month), row.day).String(); got != row.want {
			t.Errorf("got %s, want %s", got, row.want)
		}
		if got := value.AoE(row.year, time.Month(row.month), row.day).String(); got != row.want+"[AoE]" {
			t.Errorf("got %s, want %s[AoE]", got, row.want)
		}
	}
	if value.Date(0, 0, 0).IsZero() {
		t.Error("a date of noughts is a fault, not the zero When")
	}
}

func TestWhenIn(t *testing.T) {
	for _, row := range []struct{ from, zone, want string }{
		{"2026-12-08T22:00:00-05:00", "America/New_York", "2026-12-08T22:00:00-05:00[America/New_York]"},
		{"2026-12-08T22:00:00-05:00[America/New_York]", "", "2026-12-08T22:00:00-05:00"},
		{"2026-12-08", "Europe/Berlin", "2026-12-08[Europe/Berlin]"},
		{"2026-12-08[Europe/Berlin]", "AoE", "2026-12-08[AoE]"},
		{"2026-12-08[AoE]", "Europe/Berlin", "2026-12-08[AoE]"},
	} {
		got := must(value.ParseWhen(row.from)).In(row.zone)
		if want := must(value.ParseWhen(row.want)); got != want {
			t.Errorf("%s in %s: got %s, want %s", row.from, row.zone, got, want)
		}
	}
	if !(value.When{}).In("Europe/Berlin").IsZero() {
		t.Error("no moment has no zone")
	}
	for _, zone := range []string{"AoE", "aoe", "a]b", "../x", "Europe Berlin"} {
		w := must(value.ParseWhen("2026-12-08T22:00:00Z")).In(zone)
		if text, err := w.MarshalText(); err == nil || !errors.Is(w.Fault(), value.ErrInvalidZone) {
			t.Errorf("zone %q: encoded as %s, fault %v", zone, text, w.Fault())
		}
	}
}

func TestWhenIsSmallAndComparable(t *testing.T) {
	if size := unsafe.Sizeof(value.When{}); size > 32 {
		t.Errorf("%d bytes", size)
	}
	if day, ok := must(value.ParseWhen("2026-12-08T22:00:00")).Weekday(); day != time.Tuesday || !ok {
		t.Error(day, ok)
	}
	if _, ok := must(value.ParseWhen("2026-02-30")).Weekday(); ok {
		t.Error("30 February has no weekday")
	}
	if _, ok := (value.When{}).Weekday(); ok {
		t.Error("no moment has no weekday")
	}
}

func TestAtRoundTrip(t *testing.T) {
	zones := []string{"UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"}
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-4e9, 4e9).Draw(t, "unix"), rapid.Int64Range(0, 999999999).Draw(t, "nano"))
		at = at.In(must(value.LoadZone(rapid.SampledFrom(zones).Draw(t, "zone"))))
		w := value.At(at)
		if back := must(value.ParseWhen(w.String())); back != w {
			t.Fatalf("%s came back as %s", w, back)
		}
		if got := must(w.Instant()); !got.Equal(at) {
			t.Fatalf("%s is %v, want %v", w, got, at)
		}
	})
}
