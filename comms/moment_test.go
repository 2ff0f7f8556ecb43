package comms_test

import (
	"errors"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestMoment(t *testing.T) {
	o := sample.Plan().Overview
	o.FeatureFreeze = sample.When("2026-11-24")
	o.CodeFreeze = sample.When("2026-12-01[Asia/Tokyo]")
	nowhere := release.Overview{FeatureFreeze: value.Date(2026, 11, 24)}
	tests := []struct {
		name    string
		trigger comms.Trigger
		in      release.Overview
		want    string
		err     error
	}{
		{"a moment", comms.At(sample.When("2026-12-01T12:00:00-05:00")), o, "2026-12-01T17:00:00Z", nil},
		{"a moment of a zone", comms.At(sample.When("2026-12-01T12:00:00[America/New_York]")), o, "2026-12-01T17:00:00Z", nil},
		{"the first of a fold", comms.At(sample.When("2026-11-01T01:30:00-04:00[America/New_York]")), o, "2026-11-01T05:30:00Z", nil},
		{"a deadline", comms.At(value.AoE(2026, 12, 1)), o, "2026-12-02T12:00:00Z", nil},
		{"the window opens", comms.On(comms.WindowOpens), o, "2026-12-09T03:00:00Z", nil},
		{"before it opens", comms.Before(comms.WindowOpens, hours(26)), o, "2026-12-08T01:00:00Z", nil},
		{"after it closes", comms.After(comms.WindowCloses, hours(12)), o, "2026-12-09T19:00:00Z", nil},
		{"a freeze of a day in the operating zone", comms.On(comms.FeatureFreeze), o, "2026-11-24T05:00:00Z", nil},
		{"a freeze of a day in its own zone", comms.On(comms.CodeFreeze), o, "2026-11-30T15:00:00Z", nil},

		{"nothing", comms.Trigger{}, o, "", comms.ErrUnforeseen},
		{"daily", comms.Daily("10:00"), o, "", comms.ErrUnforeseen},
		{"a breach", comms.On(comms.Breach), o, "", comms.ErrUnforeseen},
		{"an event without name", comms.On(99), o, "", comms.ErrUnforeseen},
		{"a day", comms.At(value.Date(2026, 12, 1)), o, "", value.ErrNotInstant},
		{"a gap", comms.At(sample.When("2026-03-08T02:30:00[America/New_York]")), o, "", value.ErrGap},
		{"a fold", comms.At(sample.When("2026-11-01T01:30:00[America/New_York]")), o, "", value.ErrFold},
		{"no window", comms.On(comms.WindowOpens), release.Overview{}, "", value.ErrNotGiven},
		{"a freeze of a day in no zone", comms.On(comms.FeatureFreeze), nowhere, "", value.ErrNotInstant},
		{"a freeze in a zone that is none", comms.On(comms.FeatureFreeze), release.Overview{FeatureFreeze: value.Date(2026, 11, 24), Zone: "Nowhere/Land"}, "", value.ErrNoZoneData},
	}
	for _, tt := range tests {
		got, err := tt.trigger.Moment(tt.in)
		if !errors.Is(err, tt.err) || tt.err == nil && err != nil {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.err)
		}
		if err == nil && got.Format(time.RFC3339) != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got.Format(time.RFC3339), tt.want)
		}
		if err != nil && !got.IsZero() {
			t.Errorf("%s: fails and gives %s", tt.name, got)
		}
	}
}
