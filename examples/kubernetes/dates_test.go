package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/release/value"
)

func TestParseDate(t *testing.T) {
	for _, tt := range []struct {
		in, at, until, weekday, note, fault string
	}{
		{in: "Monday 12th January 2026", at: "2026-01-12"},
		{in: "Wednesday 4th February 2026 (AoE) / Thursday 5th February 2026, 12:00 UTC", at: "2026-02-04[AoE]"},
		{in: "Thursday 5th February 2026, 12:00 UTC / Wednesday 4th February 2026 (AoE)", at: "2026-02-05T12:00:00Z"},
		{in: "Monday 23rd - Thursday 26th March 2026", at: "2026-03-23", until: "2026-03-26"},
		{in: "Monday 30th March – Friday 3rd April 2026", at: "2026-03-30", until: "2026-04-03"},
		{in: "[02:00 UTC Friday 14th February 2025", at: ""},
		{in: "02:00 UTC Friday 14th February 2025 / 18:00 PST Thursday 13th February 2025", at: "2025-02-14T02:00:00Z"},
		{in: "Thursday 13th February 2025 / 02:00 UTC Friday 14th February 2025", at: "2025-02-14T02:00:00Z"},
		{in: "6:30 pm PDT Thursday 20th March 2025", at: "2025-03-20T18:30:00-07:00"},
		{in: "23:59 AoE 4 Feb 2026", at: "2026-02-04[AoE]"},
		{in: "18:00 AoE 4 Feb 2026", at: "2026-02-04T18:00:00-12:00"},
		{in: "Weds, Feb. 4th, 2026", at: "2026-02-04"},
		{in: "thurs 5 february 2026", at: "2026-02-05"},
		{in: "Sept 1st 2026", at: "2026-09-01"},
		{in: "2026-02-04", at: "2026-02-04"},
		{in: "2026-2-4 to 2026-2-6", at: "2026-02-04", until: "2026-02-06"},
		{in: "5th February 2026 12:00", at: "2026-02-05T12:00:00"},
		{in: "5th February 2026 UTC", at: "2026-02-05[UTC]"},
		{in: "Tuesday 4th February 2026", at: "2026-02-04", weekday: "2026-02-04 is a Wednesday, not a Tuesday"},
		{in: "Wednesday 4th February 2026 (AoE) / Friday 5th February 2026, 12:00 UTC", at: "2026-02-04[AoE]", weekday: "2026-02-05 is a Thursday, not a Friday"},
		{in: "Tuesday 23rd - Wednesday 26th March 2026", at: "2026-03-23", until: "2026-03-26",
			weekday: "2026-03-23 is a Monday, not a Tuesday; 2026-03-26 is a Thursday, not a Wednesday"},
		{in: "Wednesday 26nd July 2023", at: "2023-07-26"},
		{in: "26nd July 2023", at: "2023-07-26", note: "26nd for 26th"},
		{in: "Tuesday 26nd July 2023", at: "2023-07-26", weekday: "2023-07-26 is a Wednesday, not a Tuesday", note: "26nd for 26th"},
		{in: "23th July 2023", at: "2023-07-23"},
		{in: "Sunday 23th July 2023", at: "2023-07-23"},
		{in: "30th February 2026", at: "2026-02-30", fault: "when \"2026-02-30\": the calendar has no such date"},
		{in: "Friday 29th February 2026 (AoE) / Saturday 1st March 2026, 12:00 UTC", at: "2026-02-29[AoE]", weekday: "2026-03-01 is a Sunday, not a Saturday",
			fault: "when \"2026-02-29[AoE]\": the calendar has no such date"},
		{in: "27th - 30th February 2026", at: "2026-02-27", until: "2026-02-30", fault: "when \"2026-02-30\": the calendar has no such date"},
		{in: "2026-13-08", at: "2026-13-08", fault: "when \"2026-13-08\": the calendar has no such date"},
		{in: "25:00 UTC 1st March 2026", at: "2026-03-01T25:00:00Z", fault: "when \"2026-03-01T25:00:00Z\": no clock shows such a time of day"},
		{in: "11th 12th January 2026"},
		{in: ""},
		{in: "soon"},
		{in: "January 2026"},
		{in: "12th January"},
		{in: "12 2026"},
		{in: "13:00 pm UTC 1st March 2026"},
		{in: "Thursday 26th - Monday 23rd March 2026"},
		{in: "1st - 2nd - 3rd March 2026"},
		{in: "- 3rd March 2026"},
		{in: "3rd March 2026 PST"},
		{in: "Friday 3rd Saturday March 2026"},
		{in: "3rd March 2026 / "},
		{in: "01:00 UTC Wednesday 26th July 2023 / 17:00 PDT Tuesday 25th July 2023"},
		{in: "Wednesday 4th February 2026 (AoE) / Friday 6th February 2026, 12:00 UTC"},
		{in: strings.Repeat("March ", 60)},
	} {
		d, err := parseDate(tt.in)
		if tt.at == "" {
			if err == nil {
				t.Errorf("%q: got %s, want an error", tt.in, d.at)
			}
			continue
		}
		fault := ""
		if d.fault != nil {
			fault = d.fault.Error()
		}
		got := []string{d.at.String(), d.until.String(), strings.Join(d.weekdays, "; "), strings.Join(d.notes, "; "), fault}
		if diff := cmp.Diff([]string{tt.at, tt.until, tt.weekday, tt.note, tt.fault}, got); err != nil || diff != "" {
			t.Errorf("%q: %v (-want +got)\n%s", tt.in, err, diff)
		}
	}
}

// What is read can be placed on the calendar unless it says that it cannot, is
// written again in its JSON form, and does not end before it begins.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{
		"Wednesday 4th February 2026 (AoE) / Thursday 5th February 2026, 12:00 UTC", "Monday 23rd - Thursday 26th March 2026",
		"02:00 UTC Friday 14th February 2025 / 18:00 PST Thursday 13th February 2025", "2026-2-4 to 2026-2-6", "Tuesday 4th Feb 2026 6:30pm", "/-/", "31st February 2026 / 30th - 99th February 2026, 25:61 UTC",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := parseDate(s)
		if err != nil {
			return
		}
		for _, w := range []value.When{d.at, d.until} {
			if w.IsZero() {
				continue
			}
			if err := w.Fault(); err != nil && d.fault == nil {
				t.Errorf("%q: %v", s, err)
			}
			if again, err := value.ParseWhen(w.String()); err != nil || again != w {
				t.Errorf("%q: %s is read again as %s, %v", s, w, again, err)
			}
		}
		if d.at.IsZero() {
			t.Errorf("%q: no moment and no error", s)
		}
		if !d.until.IsZero() {
			if order, err := d.at.Compare(d.until); err == nil && order == value.After {
				t.Errorf("%q: ends at %s before it begins at %s", s, d.until, d.at)
			}
		}
	})
}
