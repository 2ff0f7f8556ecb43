package hosttest

import "os"

// Env is what a connector has to see of the host's environment so that
// [NoSleep] is for it, too.
var Env = []string{"GORACE"}

// NoSleep lets programs with the race detector end at once, which otherwise
// sleep for a second at their end.
func NoSleep() {
	if err := os.Setenv("GORACE", "atexit_sleep_ms=0"); err != nil {
		panic(err)
	}
}
