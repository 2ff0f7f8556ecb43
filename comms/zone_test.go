package comms_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// A zone without data is wrong, unless the machine has no data of any zone.
func TestZoneOnMachines(t *testing.T) {
	full := func(string) (*time.Location, error) { return time.UTC, nil }
	bare := func(string) (*time.Location, error) { return nil, value.ErrNoZoneData }
	for _, tt := range []struct {
		machine string
		load    func(string) (*time.Location, error)
		err     error
		want    check.State
	}{
		{"with zones", full, value.ErrNoZoneData, check.Failed},
		{"without zones", bare, value.ErrNoZoneData, check.NotEvaluated},
		{"without zones", bare, value.ErrInvalidDate, check.Failed},
	} {
		rule := check.Rule[comms.Plan]{ID: "X", Check: comms.Unplaced(tt.err, tt.load)}
		if got := check.Run(new(comms.Plan), []check.Rule[comms.Plan]{rule}, nil).Rules[0].State; got != tt.want {
			t.Errorf("a machine %s, %v: %s, want %s", tt.machine, tt.err, got, tt.want)
		}
	}
}
