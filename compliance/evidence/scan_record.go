package evidence

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"
)

// readSegment reads one segment.
func (s *scan) readSegment(name string) error {
	f, err := s.open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	first, _ := segmentFirst(name)
	if first > s.next && !s.tail.found {
		if n := len(s.holes); n > 0 && s.holes[n-1].First+s.holes[n-1].Count == s.next {
			s.holes[n-1].Count += first - s.next
		} else {
			s.holes = append(s.holes, Range{s.next, first - s.next})
		}
		s.substitute(first)
	}
	if first < s.next && !s.tail.found {
		s.fault(Fault{Code: OutOfOrder, File: name, Record: first, Detail: fmt.Sprintf("the segment stands where record %d belongs", s.next)})
	}
	lines := lineReader{r: bufio.NewReaderSize(f, 1<<18), limit: maxLine}
	for {
		offset := lines.offset
		line, complete, err := lines.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := s.line(name, offset, line, complete); err != nil {
			return err
		}
		if s.tail.found && s.tail.segment == name {
			s.tail.length = lines.offset - s.tail.offset
		}
	}
}

// line judges one line, which should be the next record.
func (s *scan) line(name string, offset int64, line []byte, complete bool) error {
	e, err := parseLine(line)
	switch {
	case s.tail.found:
		s.tail.durable = s.tail.durable || s.tail.segment != name || err == nil && e.Group > s.tail.number
		return nil
	case !complete:
		s.bad(name, offset, Fault{Code: Torn, Record: s.next, Detail: fmt.Sprintf("the line of %d bytes has no end", len(line))})
	case err != nil:
		s.bad(name, offset, Fault{Code: Altered, Record: s.next, Detail: err.Error()})
		s.substitute(s.next + 1)
	case e.Number < s.next:
		s.bad(name, offset, Fault{Code: OutOfOrder, Record: e.Number, Detail: fmt.Sprintf("it stands again, or too late, where record %d belongs", s.next)})
	case e.Number > s.next:
		s.bad(name, offset, Fault{Code: Missing, Record: s.next, Detail: fmt.Sprintf("records %d to %d are not there: record %d follows", s.next, e.Number-1, e.Number)})
		if s.substitute(e.Number); s.next == e.Number && !s.tail.found {
			return s.record(name, offset, e)
		}
	default:
		return s.record(name, offset, e)
	}
	return nil
}

// bad notes a fault of a line. Where no checkpoint covers it, the log ends there.
func (s *scan) bad(name string, offset int64, f Fault) {
	f.File = name
	s.blind = true
	if s.next >= s.report.Covered {
		s.tail = tail{found: true, segment: name, offset: offset, number: s.next}
		f.crash = true
	}
	s.fault(f)
}

// record takes the next record.
func (s *scan) record(name string, offset int64, e Entry) error {
	leaf, covered := tlog.RecordHash(e.Line), e.Number < s.report.Covered
	if kept, ok := s.kept(); covered && ok && kept != leaf {
		s.bad(name, offset, Fault{Code: Altered, Record: e.Number, Detail: fmt.Sprintf("its hash is %s, but %s is kept", digestOf(leaf), digestOf(kept))})
		s.add(kept)
		return nil
	}
	if e.Group != e.Number && e.Group != s.group && !s.blind {
		s.fault(Fault{Code: Altered, File: name, Record: e.Number, Detail: fmt.Sprintf("it says that it was written together with record %d, which was written with another", e.Group)})
	}
	s.group = e.Group
	s.clock(name, e)
	s.add(leaf)
	if e.Kind == KindLog {
		var body logBody
		if err := json.Unmarshal(e.Body, &body); err != nil {
			s.fault(Fault{Code: Altered, File: name, Record: e.Number, Detail: "what the log says of itself cannot be read: " + err.Error()})
		}
		s.report.Disposed = append(s.report.Disposed, body.Disposed...)
	}
	s.report.Records++
	if s.visit != nil {
		return s.visit(e)
	}
	return nil
}

// clock judges the moment of a record.
func (s *scan) clock(name string, e Entry) {
	if e.At.Before(s.latest) && e.Behind != s.latest.Sub(e.At) && !s.blind || e.Behind != 0 && !e.At.Before(s.latest) && !s.blind {
		s.fault(Fault{Code: BackDated, File: name, Record: e.Number,
			Detail: fmt.Sprintf("its moment is %s, the latest before is %s, and it says to be %s behind", e.At, s.latest, e.Behind)})
	}
	if e.Behind != 0 && len(s.report.Backwards) < maxListed {
		s.report.Backwards = append(s.report.Backwards, e.Number)
	}
	if at := e.At.Add(e.Behind); at.After(s.latest) {
		s.latest = at
	}
	if s.report.From.IsZero() || e.At.Before(s.report.From) {
		s.report.From = e.At
	}
	s.report.Until, s.blind = s.latest, false
}

// substitute takes the hashes that are kept of records that are not there, up
// to the record of a number.
func (s *scan) substitute(upTo int64) {
	for s.next < upTo && !s.tail.found {
		h, ok := s.kept()
		if !ok {
			s.broken, s.next = true, upTo
			break
		}
		s.add(h)
	}
	s.blind = true
	s.milestones()
}

// kept returns the hash that is kept of the next record, if there is one that
// counts: beyond the last checkpoint they may be what a crash left.
func (s *scan) kept() (h tlog.Hash, ok bool) {
	if s.stored == nil || s.next >= s.report.Covered {
		return h, false
	}
	if _, err := io.ReadFull(s.stored, h[:]); err != nil {
		s.stored = nil
		s.fault(Fault{Code: Missing, File: hashesFile, Record: s.next, Detail: "the hashes that are kept end here"})
		return h, false
	}
	return h, true
}

// add adds the hash of the next record, and compares those of the subtrees that
// it completes with what is kept.
func (s *scan) add(leaf tlog.Hash) {
	number := s.next
	s.next++
	if s.broken {
		return
	}
	hashes, err := s.tree.add(leaf)
	if err != nil {
		s.broken, s.stored = true, nil
		return
	}
	if number >= s.report.Covered {
		if s.fresh != nil {
			s.fresh(hashes)
		}
		return
	}
	for _, h := range hashes[1:] {
		var kept tlog.Hash
		if s.stored == nil {
			break
		}
		if _, err := io.ReadFull(s.stored, kept[:]); err != nil || kept != h {
			s.stored = nil // what follows would be compared with something else
			s.fault(Fault{Code: Altered, File: hashesFile, Record: number, Detail: "the hash that is kept of a subtree that ends here is another"})
		}
	}
	s.milestones()
}

// logBody is what the log says of itself.
type logBody struct {
	Disposed []Range `json:"disposed,omitempty"` // records that are removed
	Dropped  int64   `json:"dropped,omitempty"`  // bytes that a crash left and that were no record
}
