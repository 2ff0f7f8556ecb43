package value_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/release/value"
)

func TestInstant(t *testing.T) {
	for _, row := range []struct {
		text, want string
		err        error
	}{
		{"2026-12-08T22:00:00-05:00", "2026-12-09T03:00:00Z", nil},
		{"2026-12-08T22:00:00-05:00[America/New_York]", "2026-12-09T03:00:00Z", nil},
		{"2026-12-08T22:00:00.25[America/New_York]", "2026-12-09T03:00:00.25Z", nil},
		{"2026-12-08T22:00:00Z[America/New_York]", "2026-12-08T22:00:00Z", nil},
		{"2026-12-08T22:00:00-00:00[America/New_York]", "2026-12-08T22:00:00Z", nil},
		{"2026-12-08T22:00:00+00:00[America/New_York]", "", value.ErrOffsetMismatch},
		{"2026-12-08T22:00:00-04:00[America/New_York]", "", value.ErrOffsetMismatch},
		{"2026-12-08T22:00:00-05:00[Atlantis/Capital]", "", value.ErrNoZoneData},
		{"2026-12-08T22:00:00[Atlantis/Capital]", "", value.ErrNoZoneData},
		{"2026-12-08T22:00:00", "", value.ErrNoOffset},
		{"2026-12-08", "", value.ErrNotInstant},
		{"2026-02-04[AoE]", "2026-02-05T12:00:00Z", nil},
		{"2026-12-31[AoE]", "2027-01-01T12:00:00Z", nil},
		// New York: 02:00 to 03:00 on 8 March, 02:00 to 01:00 on 1 November.
		{"2026-03-08T01:59:59[America/New_York]", "2026-03-08T06:59:59Z", nil},
		{"2026-03-08T02:00:00[America/New_York]", "", value.ErrGap},
		{"2026-03-08T02:59:59.999[America/New_York]", "", value.ErrGap},
		{"2026-03-08T03:00:00[America/New_York]", "2026-03-08T07:00:00Z", nil},
		{"2026-03-08T02:30:00-05:00[America/New_York]", "", value.ErrOffsetMismatch},
		{"2026-11-01T00:59:59[America/New_York]", "2026-11-01T04:59:59Z", nil},
		{"2026-11-01T01:00:00[America/New_York]", "", value.ErrFold},
		{"2026-11-01T01:59:59[America/New_York]", "", value.ErrFold},
		{"2026-11-01T02:00:00[America/New_York]", "2026-11-01T07:00:00Z", nil},
		{"2026-11-01T01:30:00-04:00[America/New_York]", "2026-11-01T05:30:00Z", nil},
		{"2026-11-01T01:30:00-05:00[America/New_York]", "2026-11-01T06:30:00Z", nil},
		// Lord Howe moves by half an hour: 02:00 to 02:30 on 4 October, 02:00 to 01:30 on 5 April.
		{"2026-10-04T02:15:00[Australia/Lord_Howe]", "", value.ErrGap},
		{"2026-10-04T02:30:00[Australia/Lord_Howe]", "2026-10-03T15:30:00Z", nil},
		{"2026-04-05T01:29:59[Australia/Lord_Howe]", "2026-04-04T14:29:59Z", nil},
		{"2026-04-05T01:30:00[Australia/Lord_Howe]", "", value.ErrFold},
		{"2026-04-05T02:00:00[Australia/Lord_Howe]", "2026-04-04T15:30:00Z", nil},
		// Samoa went over the date line and had no 30 December 2011.
		{"2011-12-29T23:59:59[Pacific/Apia]", "2011-12-30T09:59:59Z", nil},
		{"2011-12-30T12:00:00[Pacific/Apia]", "", value.ErrGap},
		{"2011-12-31T00:00:00[Pacific/Apia]", "2011-12-30T10:00:00Z", nil},
		// Casablanca is an hour back in Ramadan: 03:00 to 02:00 on 15 February 2026, 02:00 to 03:00 on 22 March.
		{"2026-02-15T02:30:00[Africa/Casablanca]", "", value.ErrFold},
		{"2026-03-22T02:30:00[Africa/Casablanca]", "", value.ErrGap},
		{"2026-06-01T12:00:00[Africa/Casablanca]", "2026-06-01T11:00:00Z", nil},
		// The last day of a leap year under a zone's future rules, where Time.ZoneBounds errs.
		{"2048-12-31T12:00:00[America/New_York]", "2048-12-31T17:00:00Z", nil},
	} {
		got, err := must(value.ParseWhen(row.text)).Instant()
		if !errors.Is(err, row.err) || err == nil && got.Format(time.RFC3339Nano) != row.want {
			t.Errorf("%s: got %v, %v, want %s, %v", row.text, got, err, row.want, row.err)
		}
		if err == nil && got.Location() != time.UTC {
			t.Errorf("%s: in %v", row.text, got.Location())
		}
	}
}

func TestInterval(t *testing.T) {
	for _, row := range []struct {
		text, start string
		hours       float64
		err         error
	}{
		{"2026-12-08T22:00:00-05:00", "2026-12-09T03:00:00Z", 0, nil},
		{"2026-02-04[AoE]", "2026-02-05T12:00:00Z", 0, nil},
		{"2026-12-08", "2026-12-07T10:00:00Z", 50, nil},
		{"2026-12-08[Europe/Berlin]", "2026-12-07T23:00:00Z", 24, nil},
		{"2026-03-29[Europe/Berlin]", "2026-03-28T23:00:00Z", 23, nil},
		{"2026-10-25[Europe/Berlin]", "2026-10-24T22:00:00Z", 25, nil},
		{"2026-10-04[Australia/Lord_Howe]", "2026-10-03T13:30:00Z", 23.5, nil},
		{"2011-12-29[Pacific/Apia]", "2011-12-29T10:00:00Z", 24, nil},
		{"2011-12-30[Pacific/Apia]", "", 0, value.ErrGap},
		{"2018-11-04[America/Sao_Paulo]", "2018-11-04T03:00:00Z", 23, nil}, // begins at 01:00
		{"2018-02-17[America/Sao_Paulo]", "2018-02-17T02:00:00Z", 25, nil}, // 23:00 twice
		{"2006-10-29[America/St_Johns]", "2006-10-29T02:30:00Z", 25, nil},  // began at 00:00, 00:01 went to 23:01
		{"2006-10-28[America/St_Johns]", "2006-10-28T02:30:00Z", 25, nil},  // and so overlaps it by an hour
		{"2026-12-08[Atlantis/Capital]", "", 0, value.ErrNoZoneData},
		{"2026-12-08T22:00:00", "", 0, value.ErrNoOffset},
	} {
		start, end, err := must(value.ParseWhen(row.text)).Interval()
		if !errors.Is(err, row.err) || err == nil && (start.Format(time.RFC3339) != row.start || end.Sub(start).Hours() != row.hours) {
			t.Errorf("%s: got %v, %v h, %v, want %s, %v h, %v", row.text, start, end.Sub(start).Hours(), err, row.start, row.hours, row.err)
		}
	}
}

// Judges Instant by walking every quarter of an hour around clock changes and asking package time
// which local time it shows.
func TestInstantAgainstClock(t *testing.T) {
	for zone, day := range map[string]string{
		"America/New_York":    "2026-03-08",
		"Europe/Berlin":       "2026-10-25",
		"Australia/Lord_Howe": "2026-04-05",
		"Pacific/Apia":        "2011-12-30",
		"Africa/Casablanca":   "2026-02-15",
		"America/St_Johns":    "2006-10-29",
		"Asia/Manila":         "1844-12-31",
		"Pacific/Kwajalein":   "1993-08-21",
		"Antarctica/Troll":    "2026-03-29",
		"Europe/Dublin":       "2048-12-31",
	} {
		loc, noon := must(value.LoadZone(zone)), must(time.Parse(time.DateOnly, day)).Add(12*time.Hour)
		const quarter = 15 * time.Minute
		shown := map[string][]time.Time{} // by local time
		for at := noon.Add(-72 * time.Hour).Truncate(quarter); at.Before(noon.Add(72 * time.Hour)); at = at.Add(time.Minute) {
			local := at.In(loc).Format("2006-01-02T15:04:05")
			shown[local] = append(shown[local], at)
		}
		for local := noon.Add(-40 * time.Hour); local.Before(noon.Add(40 * time.Hour)); local = local.Add(quarter) {
			text := local.Format("2006-01-02T15:04:05")
			want := shown[text]
			got, err := must(value.ParseWhen(text + "[" + zone + "]")).Instant()
			switch {
			case len(want) == 0 && zone == "Asia/Manila" && err == nil: // Its local mean time has seconds.
			case len(want) == 0 && !errors.Is(err, value.ErrGap),
				len(want) == 1 && (err != nil || !got.Equal(want[0])),
				len(want) > 1 && !errors.Is(err, value.ErrFold):
				t.Errorf("%s[%s]: got %v, %v, want %v", text, zone, got, err, want)
			}
		}
	}
}

func TestLoadZone(t *testing.T) {
	first, again := must(value.LoadZone("Europe/Berlin")), must(value.LoadZone("Europe/Berlin"))
	if first != again {
		t.Error("loaded twice")
	}
	if must(value.LoadZone("UTC")) != time.UTC {
		t.Error("UTC is not time.UTC")
	}
	for name, want := range map[string]error{
		"": value.ErrInvalidZone, "Local": value.ErrInvalidZone, "AoE": value.ErrInvalidZone, "../UTC": value.ErrInvalidZone,
		"/etc/localtime": value.ErrInvalidZone, "posix/UTC": value.ErrInvalidZone, "a..b": value.ErrInvalidZone,
		"Europe": value.ErrNoZoneData, "Europe/Bonn": value.ErrNoZoneData,
	} {
		if loc, err := value.LoadZone(name); !errors.Is(err, want) {
			t.Errorf("%q: got %v, %v, want %v", name, loc, err, want)
		}
	}
}

// Every text that parses has an error or an interval that does not end before it starts.
func TestIntervalIsForward(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWhen().Draw(t, "w")
		start, end, err := w.Interval()
		if err == nil && end.Before(start) {
			t.Fatalf("%s: %v to %v", w, start, end)
		}
		if at, err := w.Instant(); err == nil && (!at.Equal(start) || !at.Equal(end)) {
			t.Fatalf("%s: %v is not %v to %v", w, at, start, end)
		}
	})
}

// anyWhen draws moments close enough together to overlap, often on the days of clock changes.
func anyWhen() *rapid.Generator[value.When] {
	return rapid.Custom(func(t *rapid.T) value.When {
		text := rapid.SampledFrom([]string{"2026-10-24", "2026-10-25", "2026-10-26", "2026-03-29", "2011-12-30", "2026-02-30"}).Draw(t, "date")
		if rapid.Bool().Draw(t, "timed") {
			text += rapid.SampledFrom([]string{"T00:00:00", "T02:30:00", "T12:00:00.5", "T23:59:59"}).Draw(t, "time")
			text += rapid.SampledFrom([]string{"", "Z", "+02:00", "+01:00", "-12:00"}).Draw(t, "offset")
			text += rapid.SampledFrom([]string{"", "[Europe/Berlin]", "[Pacific/Apia]"}).Draw(t, "zone")
		} else {
			text += rapid.SampledFrom([]string{"", "[AoE]", "[Europe/Berlin]", "[Pacific/Apia]", "[Atlantis/Capital]"}).Draw(t, "tag")
		}
		return must(value.ParseWhen(text))
	})
}
