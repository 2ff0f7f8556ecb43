package value_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/release/value"
)

func TestDuration(t *testing.T) {
	type row struct {
		Text      string
		Value     time.Duration
		Canonical string
		Human     string
	}
	rows := []row{
		{"PT15M", 15 * time.Minute, "PT15M", "15 minutes"},
		{"PT90M", 90 * time.Minute, "PT1H30M", "1 hour 30 minutes"},
		{"PT0.25S", 250 * time.Millisecond, "PT0.25S", "250 milliseconds"},
		{"PT0.2500S", 250 * time.Millisecond, "PT0.25S", "250 milliseconds"},
		{"PT0.0015S", 1500 * time.Microsecond, "PT0.0015S", "1.5 milliseconds"},
		{"PT0.000001S", time.Microsecond, "PT0.000001S", "1 microsecond"},
		{"PT0.000000002S", 2, "PT0.000000002S", "2 nanoseconds"},
		{"PT90.5S", 90500 * time.Millisecond, "PT1M30.5S", "1 minute 30.5 seconds"},
		{"PT1M0.25S", 60250 * time.Millisecond, "PT1M0.25S", "1 minute 0.25 seconds"},
		{"-PT5M", -5 * time.Minute, "-PT5M", "minus 5 minutes"},
		{"PT0S", 0, "PT0S", "0 seconds"},
		{"-PT0S", 0, "PT0S", "0 seconds"},
		{"PT007M", 7 * time.Minute, "PT7M", "7 minutes"},
		{"PT1S", time.Second, "PT1S", "1 second"},
		{"PT48H", 48 * time.Hour, "PT48H", "48 hours"},
		{"PT2562047H47M16.854775807S", math.MaxInt64, "PT2562047H47M16.854775807S", "2562047 hours 47 minutes 16.854775807 seconds"},
		{"-PT2562047H47M16.854775808S", math.MinInt64, "-PT2562047H47M16.854775808S", "minus 2562047 hours 47 minutes 16.854775808 seconds"},
	}
	for _, want := range rows {
		d, err := value.ParseDuration(want.Text)
		if err != nil {
			t.Error(err)
			continue
		}
		got := row{want.Text, d.Std(), d.String(), d.Human()}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.Text, diff)
		}
	}
}

func TestDurationRefused(t *testing.T) {
	const (
		tooLong = "longer than 292 years, the most that is kept exactly"
		form    = "want the form PT1H30M"
	)
	for text, want := range map[string]string{
		"":                            "is empty",
		"P":                           form,
		"-":                           form,
		"15m":                         form,
		"pt15m":                       form,
		"+PT15M":                      form,
		"P1H":                         form,
		"PT":                          "has no length, write PT0S for none",
		"P1M":                         "months have no fixed length, use a Period",
		"P2Y":                         "years have no fixed length, use a Period",
		"P1D":                         "a day is not always 24 hours, write PT24H or use a Period",
		"P1DT2H":                      "a day is not always 24 hours, write PT24H or use a Period",
		"P2W":                         "a week is not always 168 hours, write PT168H or use a Period",
		"PTM":                         `want a number, got "M"`,
		"PT5":                         `no letter after "5"`,
		"PT5.S":                       "want one to nine decimals after the dot",
		"PT0.1234567890S":             "want one to nine decimals after the dot",
		"PT0.5H":                      "only seconds may have decimals",
		"PT1.0M":                      "only seconds may have decimals",
		"PT1,5S":                      `want hours H, minutes M, seconds S in this order, got "1,5S"`,
		"PT1M1H":                      `want hours H, minutes M, seconds S in this order, got "1H"`,
		"PT1M1M":                      `want hours H, minutes M, seconds S in this order, got "1M"`,
		"PT1H ":                       `want a number, got " "`,
		"PT-5M":                       `want a number, got "-5M"`,
		"PT2562047H47M16.854775808S":  tooLong,
		"-PT2562047H47M16.854775809S": tooLong,
		"PT99999999999999999999999H":  tooLong,
		"PT2562048H":                  tooLong,
	} {
		_, err := value.ParseDuration(text)
		if got := errorText(err); got != `duration "`+text+`": `+want {
			t.Errorf("%q: got %s, want …%s", text, got, want)
		}
	}
}

func TestDurationRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := value.Duration(rapid.Int64().Draw(t, "d"))
		back, err := value.ParseDuration(d.String())
		if err != nil || back != d {
			t.Fatalf("%v: %v, %v", int64(d), back, err)
		}
	})
}

// errorText returns err's text, "" for nil.
func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
