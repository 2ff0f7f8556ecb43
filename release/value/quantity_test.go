package value_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/release/value"
)

func TestQuantityIn(t *testing.T) {
	nan := value.Number(math.NaN())
	for _, row := range []struct {
		from value.Quantity
		to   value.Unit
		want value.Number
		ok   bool
	}{
		{value.Quantity{Value: 450, Unit: value.Milliseconds}, value.Seconds, 0.45, true},
		{value.Quantity{Value: 1.1, Unit: value.Seconds}, value.Milliseconds, 1100, true}, // × 1000 is 1100.0000000000002
		{value.Quantity{Value: 0.07, Unit: value.Ratio}, value.Percent, 7, true},          // × 100 is 7.000000000000001
		{value.Quantity{Value: 0.29, Unit: value.Ratio}, value.Percent, 29, true},         // × 100 is 28.999999999999996
		{value.Quantity{Value: 0.5, Unit: value.Percent}, value.Ratio, 0.005, true},
		{value.Quantity{Value: 90, Unit: value.Minutes}, value.Hours, 1.5, true},
		{value.Quantity{Value: 1, Unit: value.Days}, value.Nanoseconds, 86400e9, true},
		{value.Quantity{Value: 1, Unit: value.Mebibytes}, value.Kilobytes, 1048.576, true},
		{value.Quantity{Value: 1.5, Unit: value.Gibibytes}, value.Mebibytes, 1536, true},
		{value.Quantity{Value: 120, Unit: value.PerMinute}, value.PerSecond, 2, true},
		{value.Quantity{Value: 3, Unit: value.MegabytesPerSecond}, value.BytesPerSecond, 3e6, true},
		{value.Quantity{Value: 31, Unit: value.Count}, value.Count, 31, true},
		{value.Quantity{Value: nan, Unit: value.Seconds}, value.Milliseconds, nan, true},
		{value.Quantity{Value: value.Number(math.Inf(-1)), Unit: value.Seconds}, value.Hours, value.Number(math.Inf(-1)), true},
		{value.Quantity{Value: math.MaxFloat64, Unit: value.Hours}, value.Seconds, value.Number(math.Inf(1)), true},
		{value.Quantity{Value: math.MaxFloat64, Unit: value.Mebibytes}, value.Megabytes, value.Number(math.Inf(1)), true},
		{value.Quantity{Value: 31, Unit: value.Count}, value.Ratio, nan, false},
		{value.Quantity{Value: 31, Unit: value.Count}, value.PerSecond, nan, false},
		{value.Quantity{Value: 31, Unit: value.Milliseconds}, value.Bytes, nan, false},
		{value.Quantity{Value: 31}, "", nan, false},
		{value.Quantity{Value: 31, Unit: "furlong"}, "furlong", nan, false},
		{value.Quantity{Value: 31, Unit: value.Seconds}, "furlong", nan, false},
	} {
		got, ok := row.from.In(row.to)
		if !got.Equal(row.want) || ok != row.ok {
			t.Errorf("%v in %s: got %v, %v, want %v, %v", row.from, row.to, got, ok, row.want, row.ok)
		}
	}
}

// There and back differs by the two roundings at most, and not at all for a whole number that goes
// to a smaller unit first.
func TestQuantityThereAndBack(t *testing.T) {
	units := value.Units()
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.SampledFrom(units).Draw(t, "from"), rapid.SampledFrom(units).Draw(t, "to")
		whole := value.Number(rapid.IntRange(-1e6, 1e6).Draw(t, "whole"))
		there, ok := value.Quantity{Value: whole, Unit: from}.In(to)
		if ok != (from.Dimension() == to.Dimension()) {
			t.Fatalf("%s to %s: %v", from, to, ok)
		}
		if !ok {
			return
		}
		back, _ := value.Quantity{Value: there, Unit: to}.In(from)
		if there == value.Number(math.Trunc(float64(there))) && back != whole {
			t.Fatalf("%v %s is %v %s is %v", whole, from, there, to, back)
		}
		f := value.Number(rapid.Float64Range(-1e12, 1e12).Draw(t, "f"))
		there, _ = value.Quantity{Value: f, Unit: from}.In(to)
		back, _ = value.Quantity{Value: there, Unit: to}.In(from)
		if math.Abs(float64(there)) > 1e-300 && math.Abs(float64(back-f)) > 4e-16*math.Abs(float64(f)) {
			t.Fatalf("%v %s is %v %s is %v", f, from, there, to, back)
		}
	})
}

func TestQuantityText(t *testing.T) {
	type row struct {
		Text, Canonical, Human, JSON string
	}
	rows := []row{
		{"450 ms", "450 ms", "450 ms", `{"value":450,"unit":"ms"}`},
		{"0.5%", "0.5%", "0.5%", `{"value":0.5,"unit":"%"}`},
		{"0.5 %", "0.5%", "0.5%", `{"value":0.5,"unit":"%"}`},
		{"31", "31", "31", `{"value":31,"unit":"{count}"}`},
		{"31 {count}", "31", "31", `{"value":31,"unit":"{count}"}`},
		{"0.995 1", "0.995 1", "0.995", `{"value":0.995,"unit":"1"}`},
		{"12 {count}/s", "12 {count}/s", "12/s", `{"value":12,"unit":"{count}/s"}`},
		{"1.50 GiBy", "1.5 GiBy", "1.5 GiB", `{"value":1.5,"unit":"GiBy"}`},
		{"-2 us", "-2 us", "-2 µs", `{"value":-2,"unit":"us"}`},
		{"NaN ms", "NaN ms", "NaN ms", `{"value":"NaN","unit":"ms"}`},
		{"Infinity", "Infinity", "Infinity", `{"value":"Infinity","unit":"{count}"}`},
	}
	for _, want := range rows {
		q, err := value.ParseQuantity(want.Text)
		if err != nil {
			t.Error(err)
			continue
		}
		got := row{want.Text, q.String(), q.Human(), string(must(json.Marshal(q)))}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.Text, diff)
		}
		var back value.Quantity
		if err := json.Unmarshal([]byte(want.JSON), &back); err != nil || !cmp.Equal(q, back) {
			t.Errorf("%s read as %v, %v", want.JSON, back, err)
		}
	}
	for _, text := range []string{"", " ", "ms", "450ms", "450  ms", "450 ms ", " 450 ms", "%", "450 furlong", "1,5 ms"} {
		if q, err := value.ParseQuantity(text); err == nil {
			t.Errorf("%q was read as %v", text, q)
		}
	}
	if got := string(must(json.Marshal(value.Quantity{}))); got != `{"value":0}` {
		t.Error(got)
	}
}

func TestParseUnit(t *testing.T) {
	for _, u := range value.Units() {
		if got, err := value.ParseUnit(string(u)); err != nil || got != u || !u.Known() || u.Dimension() == "" {
			t.Errorf("%s: %v, %v", u, got, err)
		}
	}
	if units := value.Units(); len(slices.Compact(slices.Sorted(slices.Values(units)))) != len(units) {
		t.Error("a unit is listed twice")
	}
	for text, want := range map[string]string{
		"percent": "did you mean %?",
		"MB":      "did you mean MBy, MiBy?",
		"seconds": "did you mean s?",
		"msec":    "did you mean ms?",
		"S":       "did you mean s?",
		"Ms":      "did you mean ms?",
		"mz":      "did you mean ms?",
		"m":       "did you mean min?",
		"{item}":  "did you mean {count}?",
		"count":   "did you mean {count}?",
		"rps":     "did you mean {count}/s?",
		"MiB":     "did you mean MiBy?",
		" ms":     "did you mean ms?",
		"furlong": "want one of ns, us, ms, s, min, h, d, %, 1, {count}, By, kBy, MBy, GBy, KiBy, MiBy, GiBy, " +
			"{count}/h, {count}/min, {count}/s, By/s, kBy/s, MBy/s",
	} {
		_, err := value.ParseUnit(text)
		if got := errorText(err); got != `unit "`+text+`": is not known, `+want {
			t.Errorf("%q: got %s, want …%s", text, got, want)
		}
	}
	unknown := value.Unit("furlong")
	if unknown.Known() || unknown.Dimension() != "" || unknown.Human() != "furlong" {
		t.Error("an unknown unit set in Go must be told from the known")
	}
	if _, err := unknown.MarshalText(); err == nil {
		t.Error("an unknown unit was encoded")
	}
}
