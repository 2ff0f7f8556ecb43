//go:build !windows

package parent

import (
	"testing"
	"time"
)

func TestUntilTheParentIsAnother(t *testing.T) {
	ids, tick := []int{7, 7, 7, 1}, make(chan time.Time, 10)
	for range cap(tick) {
		tick <- time.Time{}
	}
	asked := 0
	until(7, func() int { asked++; return ids[asked-1] }, tick)
	if asked != 4 {
		t.Errorf("asked %d times, want 4", asked)
	}
}
