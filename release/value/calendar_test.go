package value_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/release/value"
)

// shop works from Monday to Friday, and not on two holidays of the winter.
var shop = value.Calendar{Holidays: []value.When{value.Date(2026, time.December, 25), value.Date(2027, time.January, 1)}}

// sunday is when a shop of another country opens its week.
var sunday = value.Calendar{Days: []value.Weekday{value.Sunday, value.Monday, value.Tuesday, value.Wednesday, value.Thursday}}

// closed is a calendar that nobody works by.
var closed = value.Calendar{Days: []value.Weekday{value.NoWeekday}}

// local reads a time in a zone of this machine.
func local(t *testing.T, zone, text string) time.Time {
	t.Helper()
	loc, err := value.LoadZone(zone)
	if err != nil {
		t.Skip(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", text, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestCalendarWorks(t *testing.T) {
	nine := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 9, 0, 0, 0, time.UTC)
	}
	odd := value.Calendar{Holidays: []value.When{
		value.At(nine(2026, 12, 8)), value.AoE(2026, 12, 9), value.Date(2026, 2, 30), {}, // none of them is a day off
		value.Date(2026, 12, 10).In("Asia/Tokyo"), // is one, wherever it is read
	}}
	tests := []struct {
		name     string
		calendar value.Calendar
		at       time.Time
		want     bool
	}{
		{"a Monday", value.Calendar{}, nine(2026, 12, 7), true},
		{"a Friday", value.Calendar{}, nine(2026, 12, 11), true},
		{"a Saturday", value.Calendar{}, nine(2026, 12, 12), false},
		{"a Sunday", value.Calendar{}, nine(2026, 12, 13), false},
		{"a holiday", shop, nine(2026, 12, 25), false},
		{"the same day of another year", shop, nine(2028, 12, 25), true},
		{"a Sunday where it is worked", sunday, nine(2026, 12, 13), true},
		{"a Friday where it is not", sunday, nine(2026, 12, 11), false},
		{"no day at all", closed, nine(2026, 12, 7), false},
		{"a moment is no holiday", odd, nine(2026, 12, 8), true},
		{"a deadline is no holiday", odd, nine(2026, 12, 9), true},
		{"30 February is not 2 March", odd, nine(2026, 3, 2), true},
		{"a date with a zone is a holiday", odd, nine(2026, 12, 10), false},
		{"the last minute of Friday", value.Calendar{}, local(t, "America/New_York", "2026-12-11 23:59"), true},
		{"the day is that of its own zone", value.Calendar{}, local(t, "Pacific/Auckland", "2026-12-12 08:00"), false}, // Friday in UTC
	}
	for _, tt := range tests {
		if got := tt.calendar.Works(tt.at); got != tt.want {
			t.Errorf("%s: Works(%s) = %v", tt.name, tt.at, got)
		}
	}
}

func TestCalendarBefore(t *testing.T) {
	const layout = "Mon 2006-01-02 15:04 -0700"
	tests := []struct {
		name, zone, at string
		calendar       value.Calendar
		n              int
		want           string
	}{
		{"no day is the moment itself", "UTC", "2026-12-12 10:30", shop, 0, "Sat 2026-12-12 10:30 +0000"},
		{"fewer than none too", "UTC", "2026-12-12 10:30", shop, -3, "Sat 2026-12-12 10:30 +0000"},
		{"inside a week", "UTC", "2026-12-10 10:30", shop, 3, "Mon 2026-12-07 10:30 +0000"},
		{"over a weekend", "UTC", "2026-12-14 10:30", shop, 1, "Fri 2026-12-11 10:30 +0000"},
		{"from a Sunday", "UTC", "2026-12-13 10:30", shop, 1, "Fri 2026-12-11 10:30 +0000"},
		{"from a Saturday two days", "UTC", "2026-12-12 10:30", shop, 2, "Thu 2026-12-10 10:30 +0000"},
		{"over a holiday", "UTC", "2026-12-28 10:30", shop, 1, "Thu 2026-12-24 10:30 +0000"},
		{"over the year's end", "UTC", "2027-01-04 10:30", shop, 2, "Wed 2026-12-30 10:30 +0000"},
		{"where Sunday is worked", "UTC", "2026-12-14 10:30", sunday, 2, "Thu 2026-12-10 10:30 +0000"},
		{"over 29 February", "UTC", "2028-03-01 10:30", shop, 2, "Mon 2028-02-28 10:30 +0000"},
		{"clocks went forward between", "America/New_York", "2026-03-09 10:30", shop, 1, "Fri 2026-03-06 10:30 -0500"},
		{"clocks went back between", "America/New_York", "2026-11-02 10:30", shop, 1, "Fri 2026-10-30 10:30 -0400"},
		// 02:30 did not exist on Sunday 8 March, which must not move the days before it.
		{"a time that was skipped on the way", "America/New_York", "2026-03-09 02:30", shop, 1, "Fri 2026-03-06 02:30 -0500"},
		// In Cairo the clocks of Friday 24 April went from 00:00 to 01:00.
		{"midnight that was skipped on the way", "Africa/Cairo", "2026-04-28 00:00", shop, 3, "Thu 2026-04-23 00:00 +0200"},
		{"a day that began at 01:00", "Pacific/Apia", "2010-09-27 00:30", sunday, 1, "Sun 2010-09-26 01:00 -1000"},
		// Samoa had no Friday 30 December 2011.
		{"a day that was skipped", "Pacific/Apia", "2012-01-03 10:30", value.Calendar{}, 2, "Thu 2011-12-29 10:30 -1000"},
	}
	for _, tt := range tests {
		got, ok := tt.calendar.Before(local(t, tt.zone, tt.at), tt.n)
		if diff := cmp.Diff(tt.want, got.Format(layout)); diff != "" || !ok {
			t.Errorf("%s: ok is %v (-want +got):\n%s", tt.name, ok, diff)
		}
	}
}

// The search ends, with what it found on its last day.
func TestCalendarBeforeEnds(t *testing.T) {
	at := time.Date(2026, time.December, 7, 9, 0, 0, 0, time.UTC)
	every := value.Calendar{Days: []value.Weekday{1, 2, 3, 4, 5, 6, 7}}
	if got, ok := every.Before(at, 3660); !ok || !got.Equal(at.AddDate(0, 0, -3660)) {
		t.Errorf("the last day that is looked at: %s, %v", got, ok)
	}
	for name, c := range map[string]value.Calendar{"too many": every, "nobody works": closed} {
		if got, ok := c.Before(at, 3661); ok || !got.Equal(at) {
			t.Errorf("%s: %s, %v", name, got, ok)
		}
	}
	if _, ok := closed.Before(at, 1); ok {
		t.Error("a day is found that nobody works on")
	}
	if _, ok := shop.Before(at, math.MaxInt); ok {
		t.Error("more working days are found than days")
	}
}

func TestCalendarBetween(t *testing.T) {
	tests := []struct {
		name, zone, from, until string
		calendar                value.Calendar
		want                    int
	}{
		{"one day", "UTC", "2026-12-08 09:00", "2026-12-08 18:00", shop, 0},
		{"the next day, hours later", "UTC", "2026-12-08 23:59", "2026-12-09 00:00", shop, 1},
		{"a week", "UTC", "2026-12-07 09:00", "2026-12-14 09:00", shop, 5},
		{"a weekend", "UTC", "2026-12-11 18:00", "2026-12-13 18:00", shop, 0},
		{"a holiday", "UTC", "2026-12-24 09:00", "2026-12-28 09:00", shop, 1},
		{"the year's end", "UTC", "2026-12-30 09:00", "2027-01-04 09:00", shop, 2},
		{"where Sunday is worked", "UTC", "2026-12-10 09:00", "2026-12-13 09:00", sunday, 1},
		{"the wrong way round", "UTC", "2026-12-14 09:00", "2026-12-07 09:00", shop, 0},
		{"nobody works", "UTC", "2026-12-07 09:00", "2026-12-14 09:00", closed, 0},
		{"clocks go forward", "America/New_York", "2026-03-06 02:30", "2026-03-09 02:30", shop, 1},
		{"clocks go back", "America/New_York", "2026-10-30 23:30", "2026-11-02 00:30", shop, 1},
		{"midnight is skipped", "Africa/Cairo", "2026-04-22 00:30", "2026-04-27 00:30", shop, 3},
		{"a day is skipped", "Pacific/Apia", "2011-12-28 10:30", "2012-01-02 10:30", value.Calendar{}, 2},
	}
	for _, tt := range tests {
		if got := tt.calendar.Between(local(t, tt.zone, tt.from), local(t, tt.zone, tt.until)); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

// Both ends are read in the zone of the second.
func TestCalendarBetweenZones(t *testing.T) {
	from := time.Date(2026, time.December, 8, 2, 0, 0, 0, time.UTC) // Monday evening in New York
	until := local(t, "America/New_York", "2026-12-08 09:00")
	if got := shop.Between(from, until); got != 1 {
		t.Errorf("from Monday to Tuesday in New York: %d", got)
	}
	if got := shop.Between(from, until.UTC()); got != 0 {
		t.Errorf("inside Tuesday in UTC: %d", got)
	}
}

// A calendar is asked about any moment that a time holds, and answers at once.
func TestCalendarBetweenEnds(t *testing.T) {
	first, last := time.Unix(math.MinInt64, 0).UTC(), time.Unix(math.MaxInt64, 0).UTC()
	every := value.Calendar{Days: []value.Weekday{1, 2, 3, 4, 5, 6, 7}}
	far := time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)
	if got := every.Between(time.Time{}, far); got != 3660 {
		t.Errorf("ten years have %d days", got)
	}
	for _, from := range []time.Time{first, {}, far, last} {
		for _, until := range []time.Time{first, {}, far, last} {
			if got := every.Between(from, until); got < 0 || got > 3660 {
				t.Errorf("from %d to %d: %d", from.Unix(), until.Unix(), got)
			}
		}
	}
}

// Going back n working days leaves n of them in between, and the first is worked.
func TestCalendarBeforeCounts(t *testing.T) {
	zones := []string{"UTC", "America/New_York", "Africa/Cairo", "Pacific/Apia", "Asia/Kolkata"}
	var places []*time.Location
	for _, z := range zones {
		loc, err := value.LoadZone(z)
		if err != nil {
			t.Skip(err)
		}
		places = append(places, loc)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := value.Calendar{Days: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) value.Weekday {
			return value.Weekday(rapid.IntRange(1, 7).Draw(t, "day"))
		}), 1, 7).Draw(t, "days")}
		loc := rapid.SampledFrom(places).Draw(t, "zone")
		at := time.Unix(rapid.Int64Range(1.3e9, 1.8e9).Draw(t, "unix"), 0).In(loc)
		n := rapid.IntRange(1, 300).Draw(t, "n")
		back, ok := c.Before(at, n)
		if !ok || !back.Before(at) {
			t.Fatalf("%s is %v before %s", back, ok, at)
		}
		// Between leaves out its first day and counts its last one; Before does the opposite.
		got := c.Between(back, at)
		if c.Works(back) {
			got++
		} else {
			t.Fatalf("%s is not worked", back)
		}
		if c.Works(at) {
			got--
		}
		if got != n {
			t.Fatalf("%d working days before %s is %s, which is %d", n, at, back, got)
		}
	})
}

func TestCalendarCloneAndJSON(t *testing.T) {
	c := value.Calendar{Days: []value.Weekday{value.Monday}, Holidays: []value.When{value.Date(2026, 12, 25)}}
	text := `{"days":["monday"],"holidays":["2026-12-25"]}`
	fork := c.Clone()
	fork.Days[0], fork.Holidays[0] = value.Sunday, value.Date(2027, 1, 1)
	if got := string(must(json.Marshal(c))); got != text {
		t.Errorf("%s", got)
	}
	var back value.Calendar
	if err := json.Unmarshal([]byte(text), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, back); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := string(must(json.Marshal(value.Calendar{}))); got != `{}` {
		t.Errorf("the zero calendar is %s", got)
	}
}

func TestWeekday(t *testing.T) {
	names := []string{"none", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
	for i, name := range names {
		var d value.Weekday
		if err := d.UnmarshalText([]byte(name)); err != nil || d != value.Weekday(i) || d.String() != name {
			t.Errorf("%s is %d, %s (%v)", name, d, d, err)
		}
	}
	for _, text := range []string{"", "Monday", "mon", "1", "weekday(9)"} {
		d := value.Friday
		if err := d.UnmarshalText([]byte(text)); err == nil || d != value.Friday {
			t.Errorf("%q is read as %s", text, d)
		}
	}
	if _, err := value.Weekday(9).MarshalText(); err == nil {
		t.Error("day 9 has a text")
	}
}
