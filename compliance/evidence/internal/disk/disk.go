// Package disk is the little of a file system that an evidence log needs, as a
// port: a test can put something behind it that loses power.
package disk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
)

// ErrLocked means that another writer holds the lock.
var ErrLocked = errors.New("another writer holds the lock")

// FS is one flat folder.
type FS interface {
	// Lock takes the lock of the folder until it is closed or the process ends.
	// It does not wait: if another holds it, the error is [ErrLocked].
	Lock(name string) (io.Closer, error)
	// List returns the names of the files in order.
	List() ([]string, error)
	// Open opens a file for reading.
	Open(name string) (File, error)
	// Create makes a file for appending. It must not exist yet.
	Create(name string) (File, error)
	// Append opens a file for appending and reading. It must exist.
	Append(name string) (File, error)
	// Remove removes a file.
	Remove(name string) error
	// Sync makes the names of the folder durable.
	Sync() error
}

// File is an open file.
type File interface {
	io.Reader
	io.ReaderAt
	io.Writer // at the end
	io.Closer
	// Sync makes what was written durable.
	Sync() error
	// Truncate cuts the file to a length in bytes.
	Truncate(size int64) error
	// Size is the length in bytes.
	Size() (int64, error)
}

// Folder is a folder of the operating system.
type Folder string

// Make makes the folder, for the owner to write, if it does not exist.
func (d Folder) Make() error {
	if err := os.MkdirAll(string(d), 0o750); err != nil {
		return err
	}
	return Folder(filepath.Dir(string(d))).Sync()
}

// List implements [FS].
func (d Folder) List() ([]string, error) {
	entries, err := os.ReadDir(string(d))
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	slices.Sort(names)
	return names, nil
}

// Open implements [FS].
func (d Folder) Open(name string) (File, error) { return d.open(name, os.O_RDONLY) }

// Create implements [FS].
func (d Folder) Create(name string) (File, error) {
	return d.open(name, os.O_RDWR|os.O_APPEND|os.O_CREATE|os.O_EXCL)
}

// Append implements [FS].
func (d Folder) Append(name string) (File, error) { return d.open(name, os.O_RDWR|os.O_APPEND) }

func (d Folder) open(name string, flag int) (File, error) {
	f, err := os.OpenFile(d.path(name), flag, 0o640)
	if err != nil {
		return nil, err
	}
	return file{f}, nil
}

// Remove implements [FS].
func (d Folder) Remove(name string) error { return os.Remove(d.path(name)) }

// Sync implements [FS]. Windows has no such thing: there the names are the
// file system's to keep.
func (d Folder) Sync() error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(string(d))
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (d Folder) path(name string) string { return filepath.Join(string(d), filepath.Base(name)) }

type file struct{ *os.File }

// Size implements [File].
func (f file) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
