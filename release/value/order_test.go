package value_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/release/value"
)

func TestCompare(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want value.Order
	}{
		{"2026-12-08T22:00:00-05:00", "2026-12-09T03:00:00Z", value.Same},
		{"2026-12-08T22:00:00-05:00", "2026-12-09T03:00:00.000000001Z", value.Before},
		{"2026-12-08T22:00:00-05:00", "2026-12-08T22:00:00Z", value.After},
		{"2026-12-08", "2026-12-08", value.Overlaps},
		{"2026-12-08", "2026-12-09", value.Overlaps}, // 50 hours each
		{"2026-12-08", "2026-12-11", value.Before},
		{"2026-12-08[Europe/Berlin]", "2026-12-09[Europe/Berlin]", value.Before},
		{"2026-12-08[Europe/Berlin]", "2026-12-08[America/New_York]", value.Overlaps},
		{"2026-12-08T00:00:00+01:00", "2026-12-08[Europe/Berlin]", value.Overlaps}, // the day's first instant
		{"2026-12-07T23:59:59+01:00", "2026-12-08[Europe/Berlin]", value.Before},
		{"2026-12-09T00:00:00+01:00", "2026-12-08[Europe/Berlin]", value.After}, // the end is exclusive
		{"2026-12-08[AoE]", "2026-12-09T12:00:00Z", value.Same},
		{"2026-12-08[AoE]", "2026-12-08", value.After}, // the deadline is when the day is over everywhere
		{"2026-12-09T11:59:59Z", "2026-12-08[AoE]", value.Before},
	} {
		a, b := must(value.ParseWhen(row.a)), must(value.ParseWhen(row.b))
		if got, err := a.Compare(b); got != row.want || err != nil {
			t.Errorf("%s to %s: got %s, %v, want %s", a, b, got, err, row.want)
		}
	}
	day := must(value.ParseWhen("2026-12-08"))
	for text, want := range map[string]error{
		"2026-12-08T22:00:00":          value.ErrNoOffset,
		"2026-02-30":                   value.ErrInvalidDate,
		"2026-12-08[Atlantis/Capital]": value.ErrNoZoneData,
	} {
		w := must(value.ParseWhen(text))
		if got, err := w.Compare(day); got != value.Overlaps || !errors.Is(err, want) {
			t.Errorf("%s: got %s, %v", text, got, err)
		}
		if got, err := day.Compare(w); got != value.Overlaps || !errors.Is(err, want) {
			t.Errorf("%s: got %s, %v", text, got, err)
		}
	}
	if got, err := day.Compare(value.When{}); got != value.Overlaps || !errors.Is(err, value.ErrNotGiven) {
		t.Error(got, err)
	}
}

func TestCompareProperties(t *testing.T) {
	mirror := map[value.Order]value.Order{
		value.Before: value.After, value.After: value.Before, value.Same: value.Same, value.Overlaps: value.Overlaps,
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyWhen().Draw(t, "a"), anyWhen().Draw(t, "b"), anyWhen().Draw(t, "c")
		ab, err := a.Compare(b)
		ba, errBack := b.Compare(a)
		if (err == nil) != (errBack == nil) || ba != mirror[ab] {
			t.Fatalf("%s is %s %s, which is %s (%v, %v)", a, ab, b, ba, err, errBack)
		}
		bc, _ := b.Compare(c)
		if ac, err := a.Compare(c); ab == value.Before && bc == value.Before && (ac != value.Before || err != nil) {
			t.Fatalf("%s before %s before %s, but %s", a, b, c, ac)
		}
		if aa, err := a.Compare(a); err == nil && (aa == value.Same) != (a.Precision() != value.DatePrecision) {
			t.Fatalf("%s is %s itself", a, aa)
		}
	})
}
