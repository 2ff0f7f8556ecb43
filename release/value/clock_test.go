package value_test

import (
	"encoding/json"
	"errors"
	"regexp"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/release/value"
)

func TestParseClock(t *testing.T) {
	for _, s := range []string{"00:00", "09:30", "12:00", "23:59"} {
		if c, err := value.ParseClock(s); err != nil || string(c) != s || c.IsZero() {
			t.Errorf("%s is %q (%v)", s, c, err)
		}
	}
	for _, s := range []string{"24:00", "12:60", "9:30", "09:3", "0930", "09-30", "09:30:00", "09:30Z", " 9:30", "09:30 ", "-1:30", "+1:30",
		"9:30am", "١٢:٣٠", "09:30\n", "noon", "00:00:00.5"} {
		if c, err := value.ParseClock(s); err == nil || string(c) != s {
			t.Errorf("%q is a time of day, %q", s, c)
		}
	}
	if c, err := value.ParseClock(""); !errors.Is(err, value.ErrNotGiven) || !c.IsZero() {
		t.Errorf("nothing is %q (%v)", c, err)
	}
}

// What is no time of day is kept as it is written, for a rule to name it.
func TestClockJSON(t *testing.T) {
	type hours struct {
		From value.Clock `json:"from,omitzero"`
	}
	for _, text := range []string{`{}`, `{"from":"09:30"}`, `{"from":"25:00"}`, `{"from":"half past nine"}`} {
		var h hours
		if err := json.Unmarshal([]byte(text), &h); err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := string(must(json.Marshal(h))); got != text {
			t.Errorf("%s is written as %s", text, got)
		}
	}
}

func TestClockOn(t *testing.T) {
	const layout = "2006-01-02 15:04:05 -0700"
	tests := []struct {
		clock          value.Clock
		zone, at, want string
	}{
		{"09:30", "UTC", "2026-12-08 23:59", "2026-12-08 09:30:00 +0000"},
		{"00:00", "UTC", "2026-12-08 00:00", "2026-12-08 00:00:00 +0000"},
		{"23:59", "UTC", "2026-12-31 00:00", "2026-12-31 23:59:00 +0000"},
		{"09:30", "America/New_York", "2026-12-08 22:00", "2026-12-08 09:30:00 -0500"}, // 9 December in UTC
		{"18:00", "America/New_York", "2026-03-08 01:00", "2026-03-08 18:00:00 -0400"}, // clocks go forward at 02:00
		{"18:00", "America/New_York", "2026-11-01 00:30", "2026-11-01 18:00:00 -0500"}, // and back
		{"00:30", "Africa/Cairo", "2026-04-24 12:00", "2026-04-24 01:30:00 +0300"},     // a time that was skipped
		{"00:00", "Pacific/Apia", "2010-09-26 12:00", "2010-09-26 01:00:00 -1000"},     // a day that began at 01:00
		{"00:30", "Pacific/Apia", "2010-09-26 12:00", "2010-09-26 01:00:00 -1000"},
		{"12:00", "UTC", "2028-02-29 00:00", "2028-02-29 12:00:00 +0000"},
	}
	for _, tt := range tests {
		got, ok := tt.clock.On(local(t, tt.zone, tt.at))
		if !ok || got.Format(layout) != tt.want {
			t.Errorf("%s on %s in %s is %s, %v; want %s", tt.clock, tt.at, tt.zone, got.Format(layout), ok, tt.want)
		}
	}
	for _, c := range []value.Clock{"", "24:00", "9:30", "noon"} {
		if got, ok := c.On(time.Now()); ok || !got.IsZero() {
			t.Errorf("%q is %s", c, got)
		}
	}
}

func FuzzParseClock(f *testing.F) {
	for _, seed := range []string{"", "00:00", "23:59", "24:00", "9:30", "09:30:00", "0x:00", "１２:00"} {
		f.Add(seed)
	}
	form := regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
	day := time.Date(2026, time.December, 8, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		c, err := value.ParseClock(s)
		if string(c) != s || (err == nil) != form.MatchString(s) {
			t.Fatalf("%q is %q (%v)", s, c, err)
		}
		at, ok := c.On(day)
		if ok != (err == nil) || ok && at.Format("15:04") != s {
			t.Fatalf("%q on a day is %s, %v", s, at, ok)
		}
	})
}

func FuzzCalendar(f *testing.F) {
	f.Add(int64(1765123200), 3, "America/New_York", uint8(62))
	f.Add(int64(1325556000), 2, "Pacific/Apia", uint8(0))
	f.Add(int64(-1)<<62, 5, "Africa/Cairo", uint8(255))
	f.Fuzz(func(t *testing.T, unix int64, n int, zone string, days uint8) {
		loc, err := value.LoadZone(zone)
		if err != nil {
			loc = time.UTC
		}
		var c value.Calendar
		for d := value.NoWeekday; d <= value.Sunday; d++ {
			if days&(1<<d) != 0 {
				c.Days = append(c.Days, d)
			}
		}
		at := time.Unix(unix%1e12, 0).In(loc)
		back, ok := c.Before(at, n)
		if ok && n <= 0 != back.Equal(at) || !ok && !back.Equal(at) {
			t.Fatalf("%d working days before %s is %s, %v", n, at, back, ok)
		}
		if got := c.Between(back, at); ok && n > 0 && (got > n || got < n-1) {
			t.Fatalf("%d working days before %s is %s, which is %d", n, at, back, got)
		}
	})
}
