package parent

import "os"

// wait returns when the process id has ended. One that cannot be opened has.
func wait(id int) {
	process, err := os.FindProcess(id)
	if err != nil {
		return
	}
	_, _ = process.Wait() // a handle that cannot be waited for tells nothing more
}
