package value_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/release/value"
)

func TestPeriod(t *testing.T) {
	type row struct {
		Text      string
		Value     value.Period
		Canonical string
		Human     string
	}
	rows := []row{
		{"P7Y", value.Period{Years: 7}, "P7Y", "7 years"},
		{"P1Y6M", value.Period{Years: 1, Months: 6}, "P1Y6M", "1 year 6 months"},
		{"P18M", value.Period{Months: 18}, "P18M", "18 months"},
		{"P090D", value.Period{Days: 90}, "P90D", "90 days"},
		{"P2W", value.Period{Days: 14}, "P14D", "14 days"},
		{"P0D", value.Period{}, "P0D", "0 days"},
		{"P0Y0M", value.Period{}, "P0D", "0 days"},
		{"P9999999D", value.Period{Days: 9999999}, "P9999999D", "9999999 days"},
	}
	for _, want := range rows {
		p, err := value.ParsePeriod(want.Text)
		if err != nil {
			t.Error(err)
			continue
		}
		got := row{want.Text, p, p.String(), p.Human()}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.Text, diff)
		}
	}
}

func TestPeriodRefused(t *testing.T) {
	const order = "want years Y, months M, days D in this order, or weeks W alone, got "
	for text, want := range map[string]string{
		"":                       "is empty",
		"7Y":                     "want the form P1Y6M10D",
		"P":                      "has no length, write P0D for none",
		"-P1D":                   "a period is not negative",
		"P-1D":                   `want a number and a letter, got "-1D"`,
		"PT15M":                  "hours, minutes and seconds have a fixed length, use a Duration",
		"P1DT2H":                 "hours, minutes and seconds have a fixed length, use a Duration",
		"P1M2Y":                  order + `"2Y"`,
		"P1M2W":                  order + `"2W"`,
		"P1D1D":                  order + `"1D"`,
		"P1.5Y":                  order + `"1.5Y"`,
		"P10000000D":             "longer than 9999999 days, months or years",
		"P99999999999999999999Y": "longer than 9999999 days, months or years",
		"P1428572W":              "longer than 9999999 days, months or years",
		"P7":                     `want a number and a letter, got "7"`,
		"P7y":                    order + `"7y"`,
		"PW":                     `want a number and a letter, got "W"`,
	} {
		_, err := value.ParsePeriod(text)
		if got := errorText(err); got != `period "`+text+`": `+want {
			t.Errorf("%q: got %s, want …%s", text, got, want)
		}
	}
}

func TestPeriodAddTo(t *testing.T) {
	for _, row := range []struct{ from, period, want string }{
		{"2026-01-31T10:00:00Z", "P1M", "2026-02-28T10:00:00Z"},
		{"2028-01-31T10:00:00Z", "P1M", "2028-02-29T10:00:00Z"},
		{"2028-02-29T10:00:00Z", "P1Y", "2029-02-28T10:00:00Z"},
		{"2028-02-29T10:00:00Z", "P4Y", "2032-02-29T10:00:00Z"},
		{"2026-08-31T10:00:00Z", "P18M", "2028-02-29T10:00:00Z"},
		{"2026-01-31T10:00:00Z", "P1M1D", "2026-03-01T10:00:00Z"},
		{"2026-12-31T10:00:00.5Z", "P2W", "2027-01-14T10:00:00.5Z"},
		{"2026-10-24T10:00:00+02:00[Europe/Berlin]", "P1D", "2026-10-25T10:00:00+01:00[Europe/Berlin]"},
		{"2026-10-25T02:30:00+01:00[Europe/Berlin]", "P0D", "2026-10-25T02:30:00+01:00[Europe/Berlin]"},
	} {
		from, period := must(value.ParseWhen(row.from)), must(value.ParsePeriod(row.period))
		start := must(from.Instant())
		if from.Zone() != "" {
			start = start.In(must(value.LoadZone(from.Zone())))
		}
		if got := value.At(period.AddTo(start)).String(); got != row.want {
			t.Errorf("%s + %s = %s, want %s", row.from, row.period, got, row.want)
		}
	}
}

func TestPeriodFault(t *testing.T) {
	for _, p := range []value.Period{{Years: -1}, {Months: -1}, {Days: math.MinInt}, {Days: 10_000_000}} {
		if p.Fault() == nil {
			t.Errorf("%v: no fault", p)
		}
		if _, err := p.MarshalText(); err == nil {
			t.Errorf("%v: encoded", p)
		}
	}
	if got := (value.Period{Years: 1, Days: -2}).Human(); got != "1 year minus 2 days" {
		t.Error(got)
	}
}

func TestPeriodAddsInOrder(t *testing.T) {
	part := rapid.IntRange(0, 500)
	rapid.Check(t, func(t *rapid.T) {
		p := value.Period{Years: part.Draw(t, "y"), Months: part.Draw(t, "m"), Days: part.Draw(t, "d")}
		if back := must(value.ParsePeriod(p.String())); back != p {
			t.Fatalf("%v came back as %v", p, back)
		}
		start := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "start"), 0).UTC()
		end := p.AddTo(start)
		if end.Before(start) || end.Format("15:04:05") != start.Format("15:04:05") {
			t.Fatalf("%v + %v = %v", start, p, end)
		}
		if whole := (value.Period{Months: 12*p.Years + p.Months, Days: p.Days}).AddTo(start); !whole.Equal(end) {
			t.Fatalf("%v: 12 months are no year: %v, %v", p, whole, end)
		}
	})
}

// must returns v, or panics with err, which fails the test.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
