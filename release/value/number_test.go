package value_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/release/value"
)

func TestNumberJSON(t *testing.T) {
	for _, row := range []struct {
		text string
		want value.Number
	}{
		{"0", 0},
		{"-0", value.Number(math.Copysign(0, -1))},
		{"450", 450},
		{"0.1", 0.1},
		{"-12.5", -12.5},
		{"1e-7", 1e-7},
		{"0.000001", 1e-6},
		{"1e+21", 1e21},
		{"100000000000000000000", 1e20},
		{"1.7976931348623157e+308", math.MaxFloat64},
		{"5e-324", math.SmallestNonzeroFloat64},
		{`"NaN"`, value.Number(math.NaN())},
		{`"Infinity"`, value.Number(math.Inf(1))},
		{`"-Infinity"`, value.Number(math.Inf(-1))},
	} {
		var got value.Number
		if err := json.Unmarshal([]byte(row.text), &got); err != nil {
			t.Error(err)
			continue
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.text, diff)
		}
		if back := string(must(json.Marshal(got))); back != row.text {
			t.Errorf("%s came back as %s", row.text, back)
		}
	}
}

func TestNumberRefused(t *testing.T) {
	for _, text := range []string{
		`null`, `""`, `"450"`, `"nan"`, `"+Infinity"`, `"inf"`, `true`, `{}`, `[1]`, `1e999`, `-1e999`,
		// What only reaches the method when it is called directly.
		``, ` 1`, `01`, `+1`, `1.`, `.5`, `1e`, `1_0`, `0x10`, `NaN`, `Infinity`, `"NaN`,
	} {
		n := value.Number(7)
		if err := n.UnmarshalJSON([]byte(text)); err == nil || n != 7 {
			t.Errorf("%s was read as %v", text, n)
		}
	}
	for _, text := range []string{"", " 1", "nan", "Inf", "1 ", "1e999", "٣"} {
		if n, err := value.ParseNumber(text); err == nil {
			t.Errorf("%q was read as %v", text, n)
		}
	}
	_, err := value.ParseNumber("1e999")
	if got := errorText(err); got != `number "1e999": beyond the range of float64` {
		t.Error(got)
	}
}

// Whatever float64 it is, the text is encoding/json's and reads back to the same bits.
func TestNumberRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := math.Float64frombits(rapid.Uint64().Draw(t, "bits"))
		n := value.Number(f)
		if back := must(value.ParseNumber(n.String())); !back.Equal(n) {
			t.Fatalf("%v came back as %v", n, back)
		}
		if !n.IsFinite() {
			return
		}
		if got, want := string(must(json.Marshal(n))), string(must(json.Marshal(f))); got != want {
			t.Fatalf("got %s, encoding/json has %s", got, want)
		}
	})
}

func TestNumberEqual(t *testing.T) {
	nan, inf := value.Number(math.NaN()), value.Number(math.Inf(1))
	for _, row := range []struct {
		a, b value.Number
		want bool
	}{
		{nan, nan, true}, {nan, 0, false}, {0, nan, false}, {inf, inf, true}, {inf, -inf, false},
		{0, value.Number(math.Copysign(0, -1)), true}, {1, 1, true}, {1, 2, false},
	} {
		if got := row.a.Equal(row.b); got != row.want {
			t.Errorf("%v equal %v: %v", row.a, row.b, got)
		}
	}
}
