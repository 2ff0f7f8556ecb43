package evidence

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/release/value"
)

// Report is what [Verify] found.
type Report struct {
	Size       int64      `json:"size"`                // how many records were appended, also those that were disposed of
	Records    int64      `json:"records"`             // how many were read and hold
	Covered    int64      `json:"covered"`             // how many the last checkpoint covers
	Signed     int        `json:"checkpoints"`         // how many checkpoints hold
	Head       Checkpoint `json:"-"`                   // the last of them
	From       time.Time  `json:"from,omitzero"`       // the earliest moment of a record
	Until      time.Time  `json:"until,omitzero"`      // the latest
	Backwards  []int64    `json:"backwards,omitzero"`  // numbers of records at which the clock had gone backwards, at most 100
	Roots      []Root     `json:"-"`                   // of the sizes that were asked for and reached
	Disposed   []Range    `json:"disposed,omitzero"`   // what retention removed, as the log says itself
	Faults     []Fault    `json:"faults,omitzero"`     // at most 100
	MoreFaults int64      `json:"moreFaults,omitzero"` // how many are not listed
}

// Root is the root of the tree of the first records of a log.
type Root struct {
	Size int64
	Root value.Digest
}

// Range is a run of records.
type Range struct {
	First int64 `json:"first"` // number of the first one
	Count int64 `json:"count"`
}

// maxListed bounds lists in a report: it stays small, whatever was done to a log.
const maxListed = 100

// Err is nil if nothing is wrong and every record is covered by a checkpoint,
// and a [*DamageError] otherwise.
func (r Report) Err() error {
	faults := slices.Clone(r.Faults)
	if r.Covered < r.Size {
		faults = append(faults, Fault{Code: BadCheckpoint, File: checkpointsFile, Record: r.Covered,
			Detail: fmt.Sprintf("no checkpoint covers the last %d records", r.Size-r.Covered)})
	}
	if len(faults) == 0 {
		return nil
	}
	return &DamageError{faults}
}

// VerifyOptions are what [Verify] may be told. Nil means the defaults.
type VerifyOptions struct {
	// Visit is called with every record that holds by itself, in order. What it
	// is given counts once Verify returned and its report has no fault. The
	// entry's bytes are valid until Visit returns. An error ends the reading.
	Visit func(Entry) error

	// Sizes are of earlier states of the log, in records, whose roots the report
	// is to have: those of checkpoints that were kept elsewhere.
	Sizes []int64
}

// Verify reads a log that nobody writes, from the folder of its files, and
// verifies it by its public key: every line, their order and moments, the
// hashes that are kept of them, and the root of each checkpoint. It reads each
// file once, in memory that does not grow with the log, but for 48 bytes a
// checkpoint.
//
// Faults are in the report; the error says that there is no log, that the folder
// cannot be read, or is the one of Visit.
func Verify(folder fs.FS, key PublicKey, opts *VerifyOptions) (Report, error) {
	var o VerifyOptions
	if opts != nil {
		o = *opts
	}
	s := &scan{source: readOnly{folder}, key: key, visit: o.Visit, sizes: slices.Sorted(slices.Values(o.Sizes))}
	err := s.run()
	return s.report, err
}

// source is where a scan reads from.
type source interface {
	List() ([]string, error)
	open(name string) (io.ReadCloser, error)
}

type readOnly struct{ fs.FS }

func (r readOnly) List() ([]string, error) {
	entries, err := fs.ReadDir(r.FS, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, nil
}

func (r readOnly) open(name string) (io.ReadCloser, error) { return r.Open(name) }
