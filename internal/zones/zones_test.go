package zones_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidegate-go/tidegate/internal/zones"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// A zone without data is wrong, unless the machine has no data of any zone.
func TestUnplaced(t *testing.T) {
	full := func(string) (*time.Location, error) { return time.UTC, nil }
	bare := func(string) (*time.Location, error) { return nil, value.ErrNoZoneData }
	noZone := fmt.Errorf("zone Europe/Atlantis: %w", value.ErrNoZoneData)
	for _, tt := range []struct {
		machine string
		load    zones.Loader
		err     error
		want    check.RuleResult
		path    check.Path
	}{
		{"with zones", full, noZone, check.RuleResult{Rule: "X", State: check.Failed}, "at"},
		{"without zones", bare, noZone, check.RuleResult{Rule: "X", State: check.NotEvaluated, Reason: noZone.Error()}, ""},
		{"without zones", bare, value.ErrInvalidDate, check.RuleResult{Rule: "X", State: check.Failed}, "at"},
	} {
		rule := check.Rule[struct{}]{ID: "X", Check: func(p *check.Pass[struct{}]) { zones.UnplacedOn(p, "at", tt.err, tt.load) }}
		report := check.Run(new(struct{}), []check.Rule[struct{}]{rule}, nil)
		if diff := cmp.Diff([]check.RuleResult{tt.want}, report.Rules); diff != "" {
			t.Errorf("a machine %s, %v:\n%s", tt.machine, tt.err, diff)
		}
		if found := len(report.Findings) == 1 && report.Findings[0].Path == tt.path; found != (tt.path != "") {
			t.Errorf("a machine %s, %v: found %v", tt.machine, tt.err, report.Findings)
		}
	}
}
