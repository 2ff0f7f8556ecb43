package evidence

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// scan is one reading of a whole log.
type scan struct {
	source
	key   PublicKey
	visit func(Entry) error // nil: nobody wants them
	sizes []int64           // whose roots are wanted, sorted, without those that were passed
	fresh func([]tlog.Hash) // takes the hashes of what no checkpoint covers; nil: nobody wants them

	report      Report
	checkpoints []milestone // in order of size
	passed      int         // how many of them the records have reached

	tree   tree
	next   int64     // number of the next record
	group  int64     // of the last record
	latest time.Time // of all records so far
	blind  bool      // a record before could not be read: what it said of the clock and its group is not known
	broken bool      // a hash before could not be had: roots cannot be told

	stored    *bufio.Reader // the hashes that are kept; nil: there are none any more
	holes     []Range       // records that are not there, and have to be accounted for
	tail      tail
	ckptValid int64 // length of the checkpoints up to the last that holds
}

// milestone is what is kept of a checkpoint.
type milestone struct {
	size int64
	root tlog.Hash
}

// tail is where the last lines stop making sense, if they do.
type tail struct {
	found   bool
	segment string
	offset  int64 // of the first line that makes none
	number  int64 // of the record that it should be
	length  int64 // bytes from there to the end
	durable bool  // what follows was written after that was durable: no crash explains it
}

// run reads everything.
func (s *scan) run() error {
	names, err := s.List()
	if err != nil {
		return err
	}
	var segments []string
	for _, name := range names {
		if _, ok := segmentFirst(name); ok {
			segments = append(segments, name)
		} else if !slices.Contains([]string{lockFile, hashesFile, checkpointsFile}, name) {
			s.fault(Fault{Code: UnexpectedFile, File: name, Record: -1, Detail: "it is none of the files of a log"})
		}
	}
	slices.Sort(segments) // twelve digits and more: see below
	slices.SortStableFunc(segments, func(a, b string) int { return len(a) - len(b) })
	if len(segments) == 0 && !slices.Contains(names, checkpointsFile) && !slices.Contains(names, hashesFile) {
		return ErrNone
	}
	if err := s.readCheckpoints(); err != nil {
		return err
	}
	hashes, err := s.open(hashesFile)
	switch {
	case err == nil:
		defer func() { _ = hashes.Close() }() // it was only read
		s.stored = bufio.NewReaderSize(hashes, 1<<16)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	s.milestones()
	for _, name := range segments {
		if err := s.readSegment(name); err != nil {
			return err
		}
	}
	if s.tail.found && s.tail.segment != segments[len(segments)-1] {
		s.tail.durable = true // a segment begins once the one before is durable
	}
	s.end()
	return nil
}

// fault notes a fault.
func (s *scan) fault(f Fault) {
	if len(s.report.Faults) < maxListed {
		s.report.Faults = append(s.report.Faults, f)
	} else {
		s.report.MoreFaults++
	}
}

// readCheckpoints verifies every checkpoint by itself.
func (s *scan) readCheckpoints() error {
	f, err := s.open(checkpointsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	lines := lineReader{r: bufio.NewReader(f), limit: 1 << 16}
	var bad []Fault
	for number := 1; ; number++ {
		line, complete, err := lines.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		c, err := s.parseCheckpoint(line, complete)
		if err != nil {
			bad = append(bad, Fault{Code: BadCheckpoint, File: checkpointsFile, Record: -1, Detail: fmt.Sprintf("line %d: %v", number, err)})
			bad = bad[:min(len(bad), maxListed+1)]
			continue
		}
		for _, f := range bad { // others follow, so no crash explains them
			s.fault(f)
		}
		bad, s.ckptValid = nil, lines.offset
		root, _ := hashOf(c.Root) // it was read from one
		s.checkpoints = append(s.checkpoints, milestone{c.Size, root})
		s.report.Signed, s.report.Head, s.report.Covered = s.report.Signed+1, c, c.Size
	}
	for _, f := range bad {
		f.crash = lines.offset-s.ckptValid <= int64(1024+len(s.key.Origin())) // as long as one, which is written at a time
		s.fault(f)
	}
	return nil
}

func (s *scan) parseCheckpoint(line []byte, complete bool) (Checkpoint, error) {
	var text string
	if !complete {
		return Checkpoint{}, errors.New("the line has no end")
	}
	if err := json.Unmarshal(line, &text); err != nil {
		return Checkpoint{}, err
	}
	if again, err := checkpointLine(text); err != nil || string(again[:len(again)-1]) != string(line) {
		return Checkpoint{}, errors.New("it is written in another form")
	}
	c, err := ParseCheckpoint(text, s.key)
	if err == nil && s.report.Signed > 0 && c.Size <= s.report.Covered {
		err = fmt.Errorf("it covers %d records, the one before %d", c.Size, s.report.Covered)
	}
	return c, err
}

// milestones compares the tree with the checkpoints of its size.
func (s *scan) milestones() {
	for len(s.sizes) > 0 && s.sizes[0] <= s.next {
		if root, err := s.tree.root(); err == nil && !s.broken && s.sizes[0] == s.tree.size {
			s.report.Roots = append(s.report.Roots, Root{s.tree.size, root})
		}
		s.sizes = s.sizes[1:]
	}
	for s.passed < len(s.checkpoints) && s.checkpoints[s.passed].size <= s.next {
		m := s.checkpoints[s.passed]
		s.passed++
		root, err := s.tree.root()
		switch {
		case s.broken || err != nil:
			s.fault(Fault{Code: WrongRoot, File: checkpointsFile, Record: m.size - 1, Detail: fmt.Sprintf("the root of %d records cannot be told, since some are not known", m.size)})
		case root != digestOf(m.root):
			s.fault(Fault{Code: WrongRoot, File: checkpointsFile, Record: m.size - 1,
				Detail: fmt.Sprintf("the first %d records have the root %s, but %s was signed", m.size, root, digestOf(m.root))})
		}
	}
}

// end judges what can be judged once everything was read.
func (s *scan) end() {
	s.report.Size = s.next
	if s.next < s.report.Covered {
		s.fault(Fault{Code: Missing, File: checkpointsFile, Record: s.next,
			Detail: fmt.Sprintf("records %d to %d were cut off: a checkpoint covers %d", s.next, s.report.Covered-1, s.report.Covered)})
	}
	if s.report.Signed == 0 {
		s.fault(Fault{Code: BadCheckpoint, File: checkpointsFile, Record: -1, Detail: "no checkpoint holds", crash: s.next == 0})
	}
	for _, h := range s.holes {
		if !within(h, s.report.Disposed) {
			s.fault(Fault{Code: Missing, File: segmentName(h.First), Record: h.First,
				Detail: fmt.Sprintf("records %d to %d are missing, and the log does not say that they were disposed of", h.First, h.First+h.Count-1)})
		}
	}
	if s.tail.durable {
		for i := range s.report.Faults {
			s.report.Faults[i].crash = false
		}
	}
}

// within reports whether every record of a range is in one of the others.
func within(r Range, others []Range) bool {
	others = slices.SortedFunc(slices.Values(others), func(a, b Range) int { return cmp.Compare(a.First, b.First) })
	for _, o := range others {
		if end := o.First + o.Count; o.First <= r.First && end > r.First {
			r = Range{end, r.Count - (end - r.First)}
		}
	}
	return r.Count <= 0
}

// lineReader reads lines of bounded length.
type lineReader struct {
	r      *bufio.Reader
	limit  int
	long   []byte // a line that is longer than the buffer of r
	offset int64  // after the last line
}

// next returns the next line without its line feed, and whether it had one. The
// bytes are valid until the next call. A line over the limit is cut there.
func (l *lineReader) next() (line []byte, complete bool, err error) {
	line, err = l.r.ReadSlice('\n')
	l.offset += int64(len(line))
	if err == bufio.ErrBufferFull {
		l.long = append(l.long[:0], line...)
		for err == bufio.ErrBufferFull {
			line, err = l.r.ReadSlice('\n')
			l.offset += int64(len(line))
			if len(l.long) <= l.limit {
				l.long = append(l.long, line...)
			}
		}
		line = l.long
	}
	if err == io.EOF && len(line) > 0 {
		return line, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return line[:len(line)-1], true, nil
}
