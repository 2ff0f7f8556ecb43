//go:build unix

package disk

import (
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// Lock implements [FS]: flock(2), which ends with the process that holds it.
func (d Folder) Lock(name string) (io.Closer, error) {
	f, err := os.OpenFile(d.path(name), os.O_RDWR|os.O_CREATE, 0o640)
	if err != nil {
		return nil, err
	}
	switch err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); {
	case errors.Is(err, unix.EWOULDBLOCK):
		return nil, errors.Join(fmt.Errorf("%s: %w", d.path(name), ErrLocked), f.Close())
	case err != nil:
		return nil, errors.Join(fmt.Errorf("%s: %w", d.path(name), err), f.Close())
	}
	return f, nil
}
