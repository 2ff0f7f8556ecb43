package evidence

import (
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidegate-go/tidegate/release/value"
)

// ErrProof means that a proof does not prove what it is asked to.
var ErrProof = errors.New("proof does not hold")

// Inclusion proves that a record is among those of a checkpoint, without the
// others: the audit path of RFC 6962, section 2.1.1.
type Inclusion struct {
	Number int64          `json:"number"`          // of the record
	Size   int64          `json:"size"`            // of the checkpoint
	Hashes []value.Digest `json:"hashes,omitzero"` // from the leaf to the root
}

// Consistency proves that the records of an older checkpoint are the first ones
// of a newer, without any of them: RFC 6962, section 2.1.2.
type Consistency struct {
	Older  int64          `json:"older"`           // size of the older checkpoint
	Newer  int64          `json:"newer"`           // size of the newer one
	Hashes []value.Digest `json:"hashes,omitzero"` // in the order of the RFC
}

// ProveInclusion proves that a record is in the tree of the first size records.
// The record may have been disposed of.
func (l *Log) ProveInclusion(number, size int64) (Inclusion, error) {
	l.disk.Lock()
	defer l.disk.Unlock()
	if err := l.provable(number+1, size); err != nil {
		return Inclusion{}, err
	}
	if number < 0 {
		return Inclusion{}, fmt.Errorf("%w: record %d", ErrProof, number)
	}
	hashes, err := tlog.ProveRecord(size, number, tlog.HashReaderFunc(l.readHashes))
	return Inclusion{number, size, digestsOf(hashes)}, err
}

// ProveConsistency proves that the first records, older of them, are the first
// ones of newer records.
func (l *Log) ProveConsistency(older, newer int64) (Consistency, error) {
	l.disk.Lock()
	defer l.disk.Unlock()
	if err := l.provable(older, newer); err != nil {
		return Consistency{}, err
	}
	if older == 0 {
		return Consistency{Newer: newer}, nil // every log begins with no records
	}
	hashes, err := tlog.ProveTree(newer, older, tlog.HashReaderFunc(l.readHashes))
	return Consistency{older, newer, digestsOf(hashes)}, err
}

func (l *Log) provable(older, newer int64) error {
	if err := l.failed(); err != nil {
		return err
	}
	if older < 0 || older > newer || newer > l.tree.size || newer < 1 {
		return fmt.Errorf("%w: %d of %d records, the log has %d", ErrProof, older, newer, l.tree.size)
	}
	return l.flush()
}

// readHashes reads hashes that are kept.
func (l *Log) readHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if n, err := l.hashes.ReadAt(out[i][:], 32*index); n < len(out[i]) {
			return nil, fmt.Errorf("hash %d: %w", index, err)
		}
	}
	return out, nil
}

// Check reports whether the proof holds for the stored line of a record and a
// checkpoint, which is verified already. If not, the error is an [ErrProof].
func (p Inclusion) Check(line []byte, c Checkpoint) error {
	hashes, err1 := hashesOf(p.Hashes)
	root, err2 := hashOf(c.Root)
	err := errors.Join(err1, err2)
	if err == nil && p.Size != c.Size {
		err = fmt.Errorf("it is for %d records, the checkpoint covers %d", p.Size, c.Size)
	}
	if err == nil {
		err = tlog.CheckRecord(hashes, p.Size, root, p.Number, tlog.RecordHash(line))
	}
	if err != nil {
		return fmt.Errorf("%w: record %d: %w", ErrProof, p.Number, err)
	}
	return nil
}

// Check reports whether the proof holds for two checkpoints, which are verified
// already. If not, the error is an [ErrProof].
func (p Consistency) Check(older, newer Checkpoint) error {
	hashes, err1 := hashesOf(p.Hashes)
	from, err2 := hashOf(older.Root)
	to, err3 := hashOf(newer.Root)
	err := errors.Join(err1, err2, err3)
	switch {
	case err != nil:
	case p.Older != older.Size || p.Newer != newer.Size:
		err = fmt.Errorf("it is for %d and %d records, the checkpoints cover %d and %d", p.Older, p.Newer, older.Size, newer.Size)
	case older.Origin != newer.Origin:
		err = fmt.Errorf("one is of log %q, the other of %q", older.Origin, newer.Origin)
	case p.Older == 0:
		if empty, treeErr := new(tree).root(); treeErr != nil || len(hashes) > 0 || older.Root != empty {
			err = errors.New("the root of no records is another")
		}
	default:
		err = tlog.CheckTree(hashes, p.Newer, to, p.Older, from)
	}
	if err != nil {
		return fmt.Errorf("%w: %d and %d records: %w", ErrProof, p.Older, p.Newer, err)
	}
	return nil
}

func digestsOf(hashes []tlog.Hash) []value.Digest {
	var all []value.Digest
	for _, h := range hashes {
		all = append(all, digestOf(h))
	}
	return all
}

func hashesOf(digests []value.Digest) ([]tlog.Hash, error) {
	all := make([]tlog.Hash, len(digests))
	for i, d := range digests {
		h, err := hashOf(d)
		if err != nil {
			return nil, err
		}
		all[i] = h
	}
	return all, nil
}

// Copy writes the files of the log as they are now to what create makes for
// their names: segments, hashes and checkpoints. It signs a checkpoint first, so
// that the copy is covered. Appends wait until it is done.
func (l *Log) Copy(create func(name string) (io.WriteCloser, error)) (Checkpoint, error) {
	l.disk.Lock()
	defer l.disk.Unlock()
	if err := l.failed(); err != nil {
		return Checkpoint{}, err
	}
	c, err := l.checkpoint()
	if err != nil {
		return Checkpoint{}, err
	}
	names, err := l.folder.List()
	if err != nil {
		return Checkpoint{}, err
	}
	for _, name := range names {
		if _, segment := segmentFirst(name); !segment && name != hashesFile && name != checkpointsFile {
			continue
		}
		if name == l.emptySegment() {
			continue // nothing was written since it was begun
		}
		if err := l.copyFile(name, create); err != nil {
			return Checkpoint{}, err
		}
	}
	return c, nil
}

// emptySegment is the name of the last segment, if it has no record yet: a writer
// that died when it had begun one leaves that. Otherwise it is empty.
func (l *Log) emptySegment() string {
	if l.segment == nil || l.segmentSize > 0 {
		return ""
	}
	return segmentName(l.tree.size)
}

func (l *Log) copyFile(name string, create func(name string) (io.WriteCloser, error)) error {
	from, err := l.folder.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // it was only read
	to, err := create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}
