//go:build !windows

package parent

import (
	"os"
	"time"
)

// wait returns when the parent is another than id.
func wait(id int) { until(id, os.Getppid, time.Tick(poll)) }

func until(id int, current func() int, tick <-chan time.Time) {
	for current() == id {
		<-tick
	}
}
