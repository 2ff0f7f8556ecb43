package value_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/release/value"
)

// A permission that is dated without a zone holds only while no reading of the
// date denies it.
func TestStrictEnds(t *testing.T) {
	tests := []struct{ text, start, end string }{
		{"2026-12-08", "2026-12-08T12:00:00Z", "2026-12-08T10:00:00Z"},
		{"2026-12-08[Europe/Berlin]", "2026-12-07T23:00:00Z", "2026-12-08T23:00:00Z"},
		{"2026-12-08T22:00:00-05:00", "2026-12-09T03:00:00Z", "2026-12-09T03:00:00Z"},
		{"2026-12-08[AoE]", "2026-12-09T12:00:00Z", "2026-12-09T12:00:00Z"},
	}
	for _, tt := range tests {
		w, err := value.ParseWhen(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		start, err1 := w.StrictStart()
		end, err2 := w.StrictEnd()
		if err1 != nil || err2 != nil {
			t.Fatalf("%s: %v, %v", tt.text, err1, err2)
		}
		if got := start.UTC().Format(time.RFC3339); got != tt.start {
			t.Errorf("%s: StrictStart = %s, want %s", tt.text, got, tt.start)
		}
		if got := end.UTC().Format(time.RFC3339); got != tt.end {
			t.Errorf("%s: StrictEnd = %s, want %s", tt.text, got, tt.end)
		}
	}
}

func TestStrictEndsOfNothing(t *testing.T) {
	if _, err := (value.When{}).StrictStart(); err == nil {
		t.Error("the zero When has a start")
	}
	if _, err := (value.When{}).StrictEnd(); err == nil {
		t.Error("the zero When has an end")
	}
}

func TestLinkRedacted(t *testing.T) {
	for link, want := range map[value.Link]string{
		"https://host.example/path":             "https://host.example/path",
		"https://user:secret@host.example/path": "…@host.example/path",
		"mailto:someone@host.example":           "mailto:someone@host.example",
		"":                                      "",
	} {
		if got := link.Redacted(); got != want {
			t.Errorf("%q is shown as %q, want %q", string(link), got, want)
		}
	}
}
