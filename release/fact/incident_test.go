package fact_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
)

// How long it took is known only where both moments are, in their order.
func TestTimeToAcknowledge(t *testing.T) {
	opened := time.Date(2026, time.December, 9, 6, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		incident fact.Incident
		want     time.Duration
		known    bool
	}{
		"acknowledged":       {fact.Incident{Opened: opened, Acknowledged: opened.Add(3 * time.Minute)}, 3 * time.Minute, true},
		"at once":            {fact.Incident{Opened: opened, Acknowledged: opened}, 0, true},
		"not acknowledged":   {fact.Incident{Opened: opened}, 0, false},
		"resolved, and gone": {fact.Incident{Opened: opened, Resolved: opened.Add(time.Hour)}, 0, false},
		"opened at no time":  {fact.Incident{Acknowledged: opened}, 0, false},
		"before it opened":   {fact.Incident{Opened: opened, Acknowledged: opened.Add(-time.Minute)}, 0, false},
	} {
		if got, known := tt.incident.TimeToAcknowledge(); got.Std() != tt.want || known != tt.known {
			t.Errorf("%s: %v, %v; want %v, %v", name, got, known, tt.want, tt.known)
		}
	}
}
