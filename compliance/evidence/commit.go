package evidence

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Names of the files of a log.
const (
	lockFile        = "lock"
	hashesFile      = "hashes"
	checkpointsFile = "checkpoints.jsonl"
	segmentHead     = "records-"
	segmentTail     = ".jsonl"
)

// segmentName is the name of the segment that begins with a record.
func segmentName(first int64) string {
	return fmt.Sprintf("%s%012d%s", segmentHead, first, segmentTail)
}

// segmentFirst is the number of the first record of a segment.
func segmentFirst(name string) (int64, bool) {
	digits := strings.TrimSuffix(strings.TrimPrefix(name, segmentHead), segmentTail)
	var first int64
	if _, err := fmt.Sscanf(digits, "%d", &first); err != nil || segmentName(first) != name {
		return 0, false
	}
	return first, true
}

// commit makes a group durable. The group takes records until its turn comes.
func (l *Log) commit(g *group) {
	l.disk.Lock()
	defer l.disk.Unlock()
	l.mu.Lock()
	l.open = nil
	err := l.err
	l.mu.Unlock()
	if err == nil {
		if err = l.write(g); err != nil {
			err = fmt.Errorf("%w: record %d and what follows: %w", ErrFailed, g.first, err)
			l.fail(err)
		}
	}
	g.err = err
	close(g.done)
}

// write writes a group and waits until it is durable. Meanwhile the tree grows:
// a group that does not become durable fails the log, so nothing is undone.
func (l *Log) write(g *group) error {
	if l.segment == nil || l.segmentSize >= l.segmentBytes {
		if err := l.rotate(g.first); err != nil {
			return err
		}
	}
	if err := writeAll(l.segment, g.lines); err != nil {
		return err
	}
	l.segmentSize += int64(len(g.lines))
	grown := make(chan error, 1)
	if len(g.ends) > 16 {
		go func() { grown <- l.grow(g) }()
	} else {
		grown <- l.grow(g)
	}
	err := l.segment.Sync()
	if treeErr := <-grown; err == nil {
		err = treeErr
	}
	return err
}

// grow adds the lines of a group to the tree.
func (l *Log) grow(g *group) error {
	start := 0
	for _, end := range g.ends {
		hashes, err := l.tree.add(tlog.RecordHash(g.lines[start:end]))
		if err != nil {
			return err
		}
		for _, h := range hashes {
			l.unwritten = append(l.unwritten, h[:]...)
		}
		start = end + 1
	}
	if len(l.unwritten) < 1<<16 {
		return nil
	}
	return l.flush()
}

// flush writes the hashes that are waiting. They can be made again from the
// lines, so that only a checkpoint waits until they are durable.
func (l *Log) flush() error {
	if len(l.unwritten) == 0 {
		return nil
	}
	err := writeAll(l.hashes, l.unwritten)
	l.unwritten = l.unwritten[:0]
	return err
}

// rotate begins a new segment. All that is in the one before is durable.
func (l *Log) rotate(first int64) error {
	f, err := l.folder.Create(segmentName(first))
	if err != nil {
		return err
	}
	old := l.segment
	l.segment, l.segmentSize = f, 0
	if old != nil {
		if err := old.Close(); err != nil {
			return err
		}
	}
	return l.folder.Sync()
}

// checkpoint signs and stores what is durable. An error of the disk fails the
// log; one of the key does not.
func (l *Log) checkpoint() (Checkpoint, error) {
	if l.head.Note != "" && l.head.Size == l.tree.size {
		return l.head, nil
	}
	root, err := l.tree.root()
	if err != nil {
		return Checkpoint{}, err
	}
	c, err := Checkpoint{Origin: l.key.Name(), Size: l.tree.size, Root: root, At: l.now().UTC().Round(0)}.sign(l.key)
	if err != nil {
		return Checkpoint{}, err
	}
	if _, err := ParseCheckpoint(c.Note, l.key.public); err != nil {
		return Checkpoint{}, fmt.Errorf("the key signs what its public key does not verify: %w", err)
	}
	if err := l.store(c); err != nil {
		err = fmt.Errorf("%w: checkpoint of %d records: %w", ErrFailed, c.Size, err)
		l.fail(err)
		return Checkpoint{}, err
	}
	l.head = c
	return c, nil
}

// store makes the hashes durable, and then the checkpoint that rests on them.
func (l *Log) store(c Checkpoint) error {
	if err := l.flush(); err != nil {
		return err
	}
	if err := l.hashes.Sync(); err != nil {
		return err
	}
	line, err := checkpointLine(c.Note)
	if err != nil {
		return err
	}
	if err := writeAll(l.checkpoints, line); err != nil {
		return err
	}
	return l.checkpoints.Sync()
}

// checkpointLine is a signed checkpoint as one line: a JSON string.
func checkpointLine(text string) ([]byte, error) {
	line, err := json.Marshal(text)
	return append(line, '\n'), err
}

// writeAll writes all of b: a short write is an error too.
func writeAll(w io.Writer, b []byte) error {
	n, err := w.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	return err
}
