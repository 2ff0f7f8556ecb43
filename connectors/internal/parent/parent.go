// Package parent tells a child that its parent died.
//
// On Linux the host also asks the kernel to kill the child, but a host in
// another language may not, and darwin has nothing of the kind. Standard input
// does not tell: go-plugin leaves it to its runner. What remains on every Unix
// is that the child of a dead parent gets another one. Windows keeps the dead
// parent's number; there the watch waits for the process itself.
package parent

import (
	"os"
	"strconv"
	"time"
)

// Variable may hold the process id of the host. Without it, a host that died
// before the watch began is not noticed.
const Variable = "TIDEGATE_CONNECTOR_HOST"

const (
	poll  = time.Second     // how late the death of the parent is noticed
	grace = 2 * time.Second // from there to the end of the process, whatever hangs
)

// Watch calls gone, once, when the parent of this process has died, and ends
// the process shortly after. It returns at once.
func Watch(gone func()) {
	id := os.Getppid()
	if given, err := strconv.Atoi(os.Getenv(Variable)); err == nil {
		id = given
	}
	go func() {
		wait(id)
		time.AfterFunc(grace, func() { os.Exit(1) })
		gone()
	}()
}
