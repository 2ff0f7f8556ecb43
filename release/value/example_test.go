package value_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/release/value"
)

func ExampleParseDuration() {
	d, err := value.ParseDuration("PT90M")
	fmt.Println(d, d.Human(), err)
	_, err = value.ParseDuration("P1M")
	fmt.Println(err)
	// Output:
	// PT1H30M 1 hour 30 minutes <nil>
	// duration "P1M": months have no fixed length, use a Period
}

func ExampleParsePeriod() {
	p, err := value.ParsePeriod("P1Y6M")
	fmt.Println(p, p.Human(), err)
	fmt.Println(p.AddTo(time.Date(2026, 8, 31, 0, 0, 0, 0, time.UTC)).Format(time.DateOnly))
	// Output:
	// P1Y6M 1 year 6 months <nil>
	// 2028-02-29
}

func ExampleParseNumber() {
	n, err := value.ParseNumber("NaN")
	fmt.Println(n, n.IsFinite(), n.Equal(n), err)
	// Output: NaN false true <nil>
}

func ExampleParseUnit() {
	u, err := value.ParseUnit("{count}/s")
	fmt.Println(u, u.Dimension(), err)
	_, err = value.ParseUnit("MB")
	fmt.Println(err)
	// Output:
	// {count}/s rate <nil>
	// unit "MB": is not known, did you mean MBy, MiBy?
}

func ExampleParseQuantity() {
	q, err := value.ParseQuantity("450 ms")
	fmt.Println(q, err)
	seconds, ok := q.In(value.Seconds)
	fmt.Println(seconds, ok)
	// Output:
	// 450 ms <nil>
	// 0.45 true
}

func ExampleQuantity() {
	text, err := json.Marshal(value.Quantity{Value: 0.5, Unit: value.Percent})
	fmt.Println(string(text), err)
	// Output: {"value":0.5,"unit":"%"} <nil>
}

func ExampleUnits() {
	for _, u := range value.Units() {
		if u.Dimension() == value.DimensionRatio {
			fmt.Println(u)
		}
	}
	// Output:
	// %
	// 1
}

func ExampleParseWhen() {
	w, err := value.ParseWhen("2026-11-01T01:30:00[America/New_York]")
	fmt.Println(w.Zone(), w.HasOffset(), err)
	_, err = w.Instant()
	fmt.Println(err, errors.Is(err, value.ErrFold))
	// Output:
	// America/New_York false <nil>
	// when "2026-11-01T01:30:00[America/New_York]": at -04:00 and -05:00: the zone's clocks show this local time twice, write the offset true
}

func ExampleAt() {
	w := value.At(time.Date(2026, 12, 8, 22, 0, 0, 0, time.UTC))
	fmt.Println(w, w.Precision())
	// Output: 2026-12-08T22:00:00Z instant
}

func ExampleDate() {
	w := value.Date(2026, time.October, 25).In("Europe/Berlin")
	start, end, err := w.Interval()
	fmt.Println(w, end.Sub(start), err)
	fmt.Println(value.Date(2026, time.February, 30).Fault())
	// Output:
	// 2026-10-25[Europe/Berlin] 25h0m0s <nil>
	// when "2026-02-30": the calendar has no such date
}

func ExampleAoE() {
	deadline := value.AoE(2026, time.February, 4)
	at, err := deadline.Instant()
	fmt.Println(deadline, at, err)
	// Output: 2026-02-04[AoE] 2026-02-05 12:00:00 +0000 UTC <nil>
}

func ExampleWhen_Compare() {
	start := value.Date(2026, time.December, 8)
	sent, err := value.ParseWhen("2026-12-08T22:00:00-05:00")
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(sent.Compare(start))
	fmt.Println(sent.Compare(start.In("Asia/Tokyo")))
	// Output:
	// overlaps <nil>
	// after <nil>
}

func ExampleLoadZone() {
	loc, err := value.LoadZone("Europe/Berlin")
	fmt.Println(loc, err)
	_, err = value.LoadZone("Local")
	fmt.Println(err)
	// Output:
	// Europe/Berlin <nil>
	// zone "Local": not the name of an IANA time zone
}

func ExampleSum() {
	fmt.Println(value.Sum([]byte("abc")).Short())
	// Output: ba7816bf8f01
}

func ExampleParseDigest() {
	_, err := value.ParseDigest("md5:900150983cd24fb0d6963f7d28e17f72")
	fmt.Println(err)
	// Output: digest "md5:900150983cd24fb0d6963f7d28e17f72": algorithm "md5" is not taken, use sha256
}

func ExampleParseLink() {
	l, err := value.ParseLink("https://example.com/wiki/Go_(game)")
	fmt.Println(l.Href(), err)
	_, err = value.ParseLink("https://admin:hunter2@example.com/")
	fmt.Println(err)
	// Output:
	// https://example.com/wiki/Go_%28game%29 <nil>
	// link "…@example.com/": has a user, who does not belong in a link
}

func ExampleParseClock() {
	from, err := value.ParseClock("09:00")
	opens, ok := from.On(time.Date(2026, time.December, 8, 22, 0, 0, 0, time.UTC))
	fmt.Println(opens, ok, err)
	_, err = value.ParseClock("9am")
	fmt.Println(err)
	// Output:
	// 2026-12-08 09:00:00 +0000 UTC true <nil>
	// time of day "9am": want the form 09:30, from 00:00 to 23:59
}

// Three working days before the window opens, over a weekend and a holiday.
func ExampleCalendar_Before() {
	calendar := value.Calendar{Holidays: []value.When{value.Date(2026, time.November, 26)}}
	window := time.Date(2026, time.November, 30, 22, 0, 0, 0, time.UTC)
	submit, ok := calendar.Before(window, 3)
	fmt.Println(submit.Format("Monday 2006-01-02 15:04"), ok)
	// Output: Tuesday 2026-11-24 22:00 true
}

func ExampleCalendar_Between() {
	var calendar value.Calendar // Monday to Friday
	submitted := time.Date(2026, time.December, 4, 12, 0, 0, 0, time.UTC)
	decided := time.Date(2026, time.December, 8, 15, 0, 0, 0, time.UTC)
	fmt.Println(calendar.Between(submitted, decided))
	// Output: 2
}

func ExampleCalendar_Works() {
	calendar := value.Calendar{Days: []value.Weekday{value.Sunday, value.Monday}}
	fmt.Println(calendar.Works(time.Date(2026, time.December, 13, 9, 0, 0, 0, time.UTC)))
	// Output: true
}
