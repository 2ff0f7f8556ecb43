package evidence

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidegate-go/tidegate/compliance/evidence/internal/disk"
)

// Create makes a new log in a folder, which is made if it does not exist, and
// signs the checkpoint of no records. A folder with files of a log is an
// [ErrExists].
func Create(dir string, o Options) (*Log, error) {
	if o.folder == nil {
		if err := disk.Folder(dir).Make(); err != nil {
			return nil, err
		}
	}
	l, err := begin(dir, o)
	if err != nil {
		return nil, err
	}
	if err := l.create(); err != nil {
		return nil, errors.Join(err, l.release())
	}
	return l, nil
}

func (l *Log) create() error {
	names, err := l.folder.List()
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, segment := segmentFirst(name); segment || name == hashesFile || name == checkpointsFile {
			return fmt.Errorf("%w: %s", ErrExists, name)
		}
	}
	if l.hashes, err = l.folder.Create(hashesFile); err != nil {
		return err
	}
	if l.checkpoints, err = l.folder.Create(checkpointsFile); err != nil {
		return err
	}
	if err := l.folder.Sync(); err != nil {
		return err
	}
	_, err = l.checkpoint()
	return err
}

// begin takes the lock of a folder.
func begin(dir string, o Options) (*Log, error) {
	s, err := newSigner(o.Origin, o.Key)
	if err != nil {
		return nil, err
	}
	l := &Log{key: s, folder: o.folder, now: o.Now, segmentBytes: o.SegmentBytes}
	if l.folder == nil {
		l.folder = disk.Folder(dir)
	}
	if l.now == nil {
		l.now = time.Now
	}
	if l.segmentBytes <= 0 {
		l.segmentBytes = defaultSegment
	}
	l.lock, err = l.folder.Lock(lockFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	return l, err
}

// Recovery says what Resume found and did.
type Recovery struct {
	Report  Report  // of the log as it was found, without the faults that a crash left
	Dropped int64   // bytes after the last whole record that were no record, and are cut off
	From    int64   // number of the next record
	Faults  []Fault // what a crash left, which is put right now
}

// Resume opens a log that was closed, or whose writer died. It verifies all of
// it. What a crash can leave behind the last durable record is cut off and said,
// also in a record of the log itself; nothing that was acknowledged is lost by
// that. Any other fault is a [*DamageError], and nothing is changed. A folder
// without a log is an [ErrNone].
//
// Records that no checkpoint covers yet are kept as they are found.
func Resume(dir string, o Options) (*Log, Recovery, error) {
	l, err := begin(dir, o)
	if err != nil {
		return nil, Recovery{}, err
	}
	r, err := l.resume()
	if err != nil {
		return nil, r, errors.Join(err, l.release())
	}
	return l, r, nil
}

func (l *Log) resume() (Recovery, error) {
	var fresh []byte
	s := &scan{source: writable{l.folder}, key: l.key.public, fresh: func(hashes []tlog.Hash) {
		for _, h := range hashes {
			fresh = append(fresh, h[:]...)
		}
	}}
	if err := s.run(); err != nil {
		return Recovery{}, err
	}
	r := Recovery{Report: s.report, Dropped: s.tail.length, From: s.next}
	if slices.ContainsFunc(s.report.Faults, func(f Fault) bool { return !f.crash }) {
		return r, &DamageError{s.report.Faults}
	}
	r.Faults, r.Report.Faults = s.report.Faults, nil
	if err := l.restore(s, fresh); err != nil {
		return r, err
	}
	if r.Dropped == 0 {
		return r, nil
	}
	body, err := json.Marshal(logBody{Dropped: r.Dropped})
	if err == nil {
		_, err = l.append(context.Background(), Record{Kind: KindLog, Name: "resumed", Body: body})
	}
	return r, err
}

// restore opens the files where the scan found them to end.
func (l *Log) restore(s *scan, fresh []byte) (err error) {
	l.tree, l.next, l.latest, l.head, l.disposed = s.tree, s.next, s.latest, s.report.Head, s.report.Disposed
	if l.hashes, err = l.cut(hashesFile, 32*storedCount(s.report.Covered)); err != nil {
		return err
	}
	if err := writeAll(l.hashes, fresh); err != nil {
		return err
	}
	if l.checkpoints, err = l.cut(checkpointsFile, s.ckptValid); err != nil {
		return err
	}
	names, err := l.folder.List()
	if err != nil {
		return err
	}
	last := ""
	for _, name := range names {
		first, ok := segmentFirst(name)
		if before, any := segmentFirst(last); ok && (!any || first > before) {
			last = name
		}
	}
	if last != "" {
		end := int64(-1)
		if s.tail.found {
			end = s.tail.offset
		}
		if l.segment, err = l.cut(last, end); err != nil {
			return err
		}
		if l.segmentSize, err = l.segment.Size(); err != nil {
			return err
		}
	}
	if err := l.folder.Sync(); err != nil {
		return err
	}
	_, err = l.checkpoint()
	return err
}

// cut opens a file for appending after it is cut to a length, which makes that
// durable; below 0 it is as long as it is. A file that is not there is made.
func (l *Log) cut(name string, size int64) (disk.File, error) {
	f, err := l.folder.Append(name)
	if errors.Is(err, fs.ErrNotExist) {
		f, err = l.folder.Create(name)
	}
	if err != nil {
		return nil, err
	}
	if size >= 0 {
		err = f.Truncate(size)
	}
	if err = errors.Join(err, f.Sync()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// writable reads from a folder that is going to be written.
type writable struct{ disk.FS }

func (w writable) open(name string) (io.ReadCloser, error) { return w.Open(name) }
