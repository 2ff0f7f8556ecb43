package evidence

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/release/value"
)

// Retention is for how long records are kept. The zero Retention keeps
// everything for ever.
type Retention struct {
	Kinds []KindRetention // by kind; of several for one kind the longest counts
	Rest  value.Period    // of other kinds; zero: for ever
	Hold  string          // why nothing may be disposed of now, such as a lawsuit; empty: nothing holds it
}

// KindRetention is for how long records of a kind are kept.
type KindRetention struct {
	Kind Kind
	Keep value.Period // zero: for ever
}

// Segment is one file of records, and whether it may be disposed of.
type Segment struct {
	Name  string    `json:"name"` // of the file
	Range           // its records
	Bytes int64     `json:"bytes"`
	Until time.Time `json:"until"`         // the latest moment of a record
	Due   time.Time `json:"due,omitzero"`  // when the last of its records need not be kept any more; zero: never
	Kept  string    `json:"kept,omitzero"` // why it has to stay; empty: it may be disposed of
}

// Retention reports of every segment, oldest first, whether it may be disposed
// of. A segment stays as a whole until its last record need not be kept, while
// it is written, and while no checkpoint covers it.
func (l *Log) Retention(now time.Time, r Retention) ([]Segment, error) {
	l.disk.Lock()
	defer l.disk.Unlock()
	if err := l.failed(); err != nil {
		return nil, err
	}
	names, err := l.folder.List()
	if err != nil {
		return nil, err
	}
	var all []Segment
	for _, name := range names {
		if _, ok := segmentFirst(name); !ok {
			continue
		}
		s, err := l.segmentOf(name, r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b Segment) int { return int(min(max(a.First-b.First, -1), 1)) })
	for i := range all {
		s := &all[i]
		switch end := s.First + s.Count; {
		case r.Hold != "":
			s.Kept = "it is held: " + r.Hold
		case i == len(all)-1:
			s.Kept = "it is being written"
		case end > l.head.Size:
			s.Kept = fmt.Sprintf("the last checkpoint covers %d records only", l.head.Size)
		case s.Due.IsZero():
			s.Kept = "some of its records are kept for ever"
		case now.IsZero() || now.Before(s.Due):
			s.Kept = "until " + s.Due.Format(time.RFC3339)
		}
	}
	return all, nil
}

// segmentOf reads a segment.
func (l *Log) segmentOf(name string, r Retention) (Segment, error) {
	f, err := l.folder.Open(name)
	if err != nil {
		return Segment{}, err
	}
	defer func() { _ = f.Close() }() // it was only read
	first, _ := segmentFirst(name)
	s := Segment{Name: name, Range: Range{First: first}}
	forever := false
	lines := lineReader{r: bufio.NewReaderSize(f, 1<<18), limit: maxLine}
	for {
		line, _, err := lines.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return s, err
		}
		e, err := parseLine(line)
		if err == nil && e.Number != s.First+s.Count {
			err = fmt.Errorf("record %d stands where %d belongs", e.Number, s.First+s.Count)
		}
		if err != nil {
			return s, err
		}
		s.Count++
		at := e.At.Add(e.Behind)
		if at.After(s.Until) {
			s.Until = at
		}
		due, ends := r.due(e.Kind, at)
		if forever = forever || !ends; due.After(s.Due) {
			s.Due = due
		}
	}
	s.Bytes = lines.offset
	if forever {
		s.Due = time.Time{}
	}
	return s, nil
}

// due returns when a record need not be kept any more, if ever. Records of the
// log itself go with the others: what was disposed of is said anew each time.
func (r Retention) due(k Kind, at time.Time) (time.Time, bool) {
	if k == KindLog {
		return at, true
	}
	var due time.Time
	found := false
	for _, of := range r.Kinds {
		if of.Kind != k {
			continue
		}
		if of.Keep.IsZero() || of.Keep.Fault() != nil {
			return time.Time{}, false
		}
		if end := of.Keep.AddTo(at); end.After(due) {
			due = end
		}
		found = true
	}
	if !found {
		if r.Rest.IsZero() || r.Rest.Fault() != nil {
			return time.Time{}, false
		}
		due = r.Rest.AddTo(at)
	}
	return due, true
}

// Dispose removes the segments that Retention says may be disposed of, and
// returns them. First the log says so in a record, and a checkpoint covers that.
// The hashes of what is removed stay: the rest remains provable, and so does a
// removed record that somebody kept.
func (l *Log) Dispose(ctx context.Context, now time.Time, r Retention) ([]Segment, error) {
	all, err := l.Retention(now, r)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(s Segment) bool { return s.Kept != "" })
	if len(all) == 0 {
		return nil, nil
	}
	l.disk.Lock()
	disposed := slices.Clone(l.disposed)
	l.disk.Unlock()
	for _, s := range all {
		if !within(s.Range, disposed) {
			disposed = append(disposed, s.Range)
		}
	}
	body, err := json.Marshal(logBody{Disposed: disposed})
	if err != nil {
		return nil, err
	}
	if _, err := l.append(ctx, Record{Kind: KindLog, Name: "disposed", Body: body}); err != nil {
		return nil, err
	}
	if _, err := l.Checkpoint(); err != nil {
		return nil, err
	}
	l.disk.Lock()
	defer l.disk.Unlock()
	l.disposed = disposed
	var errs []error
	for _, s := range all {
		errs = append(errs, l.folder.Remove(s.Name))
	}
	return all, errors.Join(append(errs, l.folder.Sync())...)
}
