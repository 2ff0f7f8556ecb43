package value_test

import (
	"bytes"
	"encoding"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/release/value"
)

// everything has each type as a plan would have it.
type everything struct {
	For      value.Duration `json:"for,omitzero"`
	Keep     value.Period   `json:"keep,omitzero"`
	Limit    value.Number   `json:"limit"`
	Unit     value.Unit     `json:"unit,omitzero"`
	Observed value.Quantity `json:"observed,omitzero"`
	At       value.When     `json:"at,omitzero"`
	Digest   value.Digest   `json:"digest,omitzero"`
	Run      value.Link     `json:"run,omitzero"`
}

func TestJSONRoundTrip(t *testing.T) {
	for _, text := range []string{
		`{"limit":0}`,
		`{"for":"PT15M","keep":"P7Y","limit":"NaN","unit":"%","observed":{"value":450,"unit":"ms"},` +
			`"at":"2026-12-08T22:00:00.50-05:00[America/New_York]",` +
			`"digest":"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",` +
			`"run":"https://example.com/run?a=1&b=<2>"}`,
		`{"limit":-0,"observed":{"value":"-Infinity"},"at":"2026-02-30[AoE]","run":"no link"}`,
	} {
		var v everything
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Error(err)
			continue
		}
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(v); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(text+"\n", out.String()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// text is what every type but Number and Quantity has.
type text interface {
	encoding.TextMarshaler
	String() string
	IsZero() bool
}

var (
	_ text = value.Duration(0)
	_ text = value.Period{}
	_ text = value.Unit("")
	_ text = value.When{}
	_ text = value.Digest("")
	_ text = value.Link("")
)

func TestEmptyTextIsRefused(t *testing.T) {
	for _, v := range []encoding.TextUnmarshaler{
		new(value.Duration), new(value.Period), new(value.Unit), new(value.When), new(value.Digest), new(value.Link),
	} {
		if err := v.UnmarshalText(nil); err == nil {
			t.Errorf("%T read the empty text", v)
		}
	}
}

// A zero value without a text form fails to encode; no length has one.
func TestZero(t *testing.T) {
	for _, row := range []struct {
		v    text
		want string
	}{
		{value.Duration(0), "PT0S"}, {value.Period{}, "P0D"},
		{value.Unit(""), ""}, {value.When{}, ""}, {value.Digest(""), ""}, {value.Link(""), ""},
	} {
		got, err := row.v.MarshalText()
		if string(got) != row.want || (err == nil) != (row.want != "") || row.v.String() != row.want || !row.v.IsZero() {
			t.Errorf("%T: %q, %v", row.v, got, err)
		}
	}
	if !(value.Quantity{}).IsZero() || (value.Quantity{Unit: value.Count}).IsZero() {
		t.Error("only a quantity without number and unit is not given")
	}
}

// An error repeats the start of what it is given, not a whole file.
func TestErrorsAreShort(t *testing.T) {
	long := string(bytes.Repeat([]byte("9"), 1<<16))
	for name, parse := range map[string]func(string) error{
		"duration": func(s string) error { _, err := value.ParseDuration("PT" + s); return err },
		"period":   func(s string) error { _, err := value.ParsePeriod("P" + s); return err },
		"number":   func(s string) error { _, err := value.ParseNumber(s); return err },
		"unit":     func(s string) error { _, err := value.ParseUnit(s); return err },
		"quantity": func(s string) error { _, err := value.ParseQuantity(s + " ms"); return err },
		"when":     func(s string) error { _, err := value.ParseWhen("2026-12-08[" + s); return err },
		"digest":   func(s string) error { _, err := value.ParseDigest(s + ":"); return err },
		"link":     func(s string) error { _, err := value.ParseLink(s + "@" + s); return err },
	} {
		if got := errorText(parse(long)); got == "" || len(got) > 500 {
			t.Errorf("%s: %d bytes", name, len(got))
		}
	}
}
