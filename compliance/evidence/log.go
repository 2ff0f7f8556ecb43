package evidence

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidegate-go/tidegate/compliance/evidence/internal/disk"
	"github.com/tidegate-go/tidegate/release/value"
)

// Errors that a host branches on. A [*DamageError] is another.
var (
	ErrExists  = errors.New("there is a log already")
	ErrNone    = errors.New("there is no log")
	ErrLocked  = disk.ErrLocked // another writer has the log
	ErrClosed  = errors.New("the log is closed")
	ErrFailed  = errors.New("the log failed and takes nothing more until it is resumed")
	ErrRefused = errors.New("record cannot be stored")
)

// Options are what a log is opened with.
type Options struct {
	Origin string        // the name of the log, such as "releases.example.com/checkout"; no spaces and plus signs
	Key    crypto.Signer // of ed25519, by which checkpoints are signed; it may be a device

	Now          func() time.Time // the clock, for many goroutines; nil: time.Now
	SegmentBytes int64            // a segment that is this long is not written any more; 0: 64 MiB

	folder disk.FS // for tests that lose power; nil: the one of the operating system
}

const defaultSegment = 64 << 20

// Log is an open log. There is one writer of a folder at a time; its methods
// may be called by many goroutines.
type Log struct {
	key          signer
	folder       disk.FS
	now          func() time.Time
	segmentBytes int64
	lock         io.Closer

	mu     sync.Mutex // guards what follows
	next   int64      // number of the next record
	latest time.Time  // of all records
	open   *group     // that takes records
	err    error      // why nothing is taken any more

	disk        sync.Mutex // guards what follows; taken before mu
	tree        tree       // of what is durable
	segment     disk.File  // the last one
	segmentSize int64
	hashes      disk.File
	unwritten   []byte // hashes that are not in their file yet
	checkpoints disk.File
	head        Checkpoint // the last one
	disposed    []Range    // what retention removed
}

// group is what is made durable at once: whoever finds none open leads one.
type group struct {
	first int64
	lines []byte
	ends  []int // of each line, before its line feed
	done  chan struct{}
	err   error // once done is closed
}

// Receipt says where a record stands. Whoever has it knows that the record is
// durable.
type Receipt struct {
	Number int64        // of the record, from 0
	At     time.Time    // by the log's clock
	Leaf   value.Digest // hash of its line in the tree of RFC 6962
}

// Append stores a record and returns once it is durable. Records of several
// goroutines are made durable together.
//
// After an error the record is not acknowledged: it may be stored or not, which
// the next Resume tells. An error that wraps [ErrRefused] is about the record,
// and another may follow. After any other the log takes nothing more. When ctx
// ends while another goroutine writes, its error is returned, and the record is
// not acknowledged either.
func (l *Log) Append(ctx context.Context, r Record) (Receipt, error) {
	if err := r.check(); err != nil {
		return Receipt{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if r.Kind == KindLog {
		return Receipt{}, fmt.Errorf("%w: kind %q is the log's own", ErrRefused, r.Kind)
	}
	if err := ctx.Err(); err != nil {
		return Receipt{}, err
	}
	return l.append(ctx, r)
}

func (l *Log) append(ctx context.Context, r Record) (Receipt, error) {
	l.mu.Lock()
	if l.err != nil {
		defer l.mu.Unlock()
		return Receipt{}, l.err
	}
	g, leads := l.open, false
	if g == nil {
		g, leads = &group{first: l.next, done: make(chan struct{})}, true
		l.open = g
	}
	receipt := l.enter(g, r)
	l.mu.Unlock()
	if leads {
		l.commit(g) // others wait for it: it is not given up
	} else {
		select {
		case <-g.done:
		case <-ctx.Done():
			return Receipt{}, ctx.Err()
		}
	}
	if g.err != nil {
		return Receipt{}, g.err
	}
	return receipt, nil
}

// enter writes a record's line into a group.
func (l *Log) enter(g *group, r Record) Receipt {
	e := Entry{Record: r, Number: l.next, Group: g.first, At: l.now().UTC().Round(0)}
	if e.At.Before(l.latest) {
		e.Behind = l.latest.Sub(e.At)
	} else {
		l.latest = e.At
	}
	l.next++
	start := len(g.lines)
	g.lines = appendLine(g.lines, &e)
	receipt := Receipt{e.Number, e.At, digestOf(tlog.RecordHash(g.lines[start:]))}
	g.ends = append(g.ends, len(g.lines))
	g.lines = append(g.lines, '\n')
	return receipt
}

// Checkpoint signs what is durable now, and stores the signed checkpoint. If
// nothing was appended since the last one, it is returned.
func (l *Log) Checkpoint() (Checkpoint, error) {
	l.disk.Lock()
	defer l.disk.Unlock()
	if err := l.failed(); err != nil {
		return Checkpoint{}, err
	}
	return l.checkpoint()
}

// Head returns the last checkpoint.
func (l *Log) Head() Checkpoint {
	l.disk.Lock()
	defer l.disk.Unlock()
	return l.head
}

// Key returns the public key of the log.
func (l *Log) Key() PublicKey { return l.key.public }

// Close signs a last checkpoint, if the log has not failed, and lets go of the
// folder. Records that are being appended are waited for.
func (l *Log) Close() error {
	l.disk.Lock()
	defer l.disk.Unlock()
	err := l.failed()
	if errors.Is(err, ErrClosed) {
		return err
	}
	if err == nil {
		_, err = l.checkpoint()
	}
	l.fail(ErrClosed)
	return errors.Join(err, l.release())
}

func (l *Log) failed() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

func (l *Log) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.err = err
}

// release closes the files, and the lock as the last of them.
func (l *Log) release() error {
	var errs []error
	for _, f := range []disk.File{l.segment, l.hashes, l.checkpoints} {
		if f != nil {
			errs = append(errs, f.Close())
		}
	}
	return errors.Join(append(errs, l.lock.Close())...)
}
