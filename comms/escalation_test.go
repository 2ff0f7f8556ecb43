package comms_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// An event that does not say which blocker it is about ends no escalation, though
// the error of Expand names it and the schedule is used nevertheless.
func TestAcknowledgedWhat(t *testing.T) {
	opened := time.Date(2026, 12, 9, 4, 2, 0, 0, time.UTC)
	after := value.At(opened.Add(time.Minute))
	plan := comms.NewPlan().WithEscalation(comms.Level{Role: "a", After: value.Duration(15 * time.Minute), Channels: []comms.Channel{{Kind: comms.PagerDuty, Address: "shop"}}})
	for _, tt := range []struct {
		kind          release.EventKind
		blocker, said string
		over          bool
	}{
		{release.BlockerAcknowledged, "BL-1", "BL-1", true},
		{release.BlockerClosed, "BL-1", "BL-1", true},
		{release.BlockerAcknowledged, "BL-1", "BL-2", false},
		{release.BlockerAcknowledged, "BL-1", "", false},
		{release.BlockerClosed, "BL-1", "", false},
		{release.BlockerAcknowledged, "", "BL-2", false},
		{release.BlockerAcknowledged, "", "", false},
	} {
		events := []release.Event{{ID: "E1", Kind: release.BlockerOpened, At: value.At(opened), About: tt.blocker, Critical: true}, {ID: "E2", Kind: tt.kind, At: after, About: tt.said}}
		s, err := comms.Expand(plan, release.Plan{}, events, opened, opened.Add(time.Hour))
		if (err != nil) != (tt.blocker == "" || tt.said == "") || len(s.Instants) != 1 {
			t.Fatalf("%d instants, %v", len(s.Instants), err)
		}
		if got := !s.Instants[0].Ended.IsZero(); got != tt.over {
			t.Errorf("%s of %q, said of %q: over is %t, want %t", tt.kind, tt.blocker, tt.said, got, tt.over)
		}
	}
}
