//go:build !unix && !windows

package disk

import (
	"errors"
	"io"
)

// Lock implements [FS]. Without a lock there is no single writer, and so no log.
func (Folder) Lock(string) (io.Closer, error) { return nil, errors.ErrUnsupported }
