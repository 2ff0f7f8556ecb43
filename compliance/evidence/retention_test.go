package evidence_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/release/value"
)

// monthly is a log with a record a month, of which every fourth is a message,
// and three in a segment.
func monthly(t *testing.T) (dir string, l *evidence.Log, lines [][]byte) {
	t.Helper()
	at := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	o := options()
	o.Now = func() time.Time { return at }
	o.SegmentBytes = 300
	dir = t.TempDir()
	l, err := evidence.Create(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	for i := range 14 {
		r := record(i)
		if i%4 == 3 {
			r.Kind = evidence.KindMessage
		}
		if _, err := l.Append(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		at = at.AddDate(0, 1, 0)
	}
	if _, err := l.Checkpoint(); err != nil {
		t.Fatal(err)
	}
	verified(t, dir, func(e evidence.Entry) error {
		lines = append(lines, slices.Clone(e.Line))
		return nil
	})
	return dir, l, lines
}

var (
	forAYear = evidence.Retention{Kinds: []evidence.KindRetention{{Kind: evidence.KindFacts, Keep: value.Period{Months: 6}}}, Rest: value.Period{Years: 1}}
	march    = time.Date(2027, time.March, 15, 0, 0, 0, 0, time.UTC)
)

func TestRetention(t *testing.T) {
	_, l, _ := monthly(t)
	held := forAYear
	held.Hold = "case 17"
	never := forAYear
	never.Rest = value.Period{}
	longest := forAYear
	longest.Kinds = append(slices.Clone(longest.Kinds), evidence.KindRetention{Kind: evidence.KindFacts, Keep: value.Period{Years: 9}})
	tests := []struct {
		name   string
		now    time.Time
		policy evidence.Retention
		want   string // of each segment: why it is kept
	}{
		{"in the end", march.AddDate(9, 0, 0), forAYear, " | | | |it is being written"},
		{"in March", march, forAYear, " |until 2027-04-01|until 2027-08-01|until 2027-12-01|it is being written"},
		{"nothing is said", march, evidence.Retention{}, "for ever|for ever|for ever|for ever|it is being written"},
		{"messages for ever", march.AddDate(9, 0, 0), never, " |for ever|for ever|for ever|it is being written"},
		{"the longest counts", march, longest, "until 2035|until 2035|until 2035|until 2035|it is being written"},
		{"held", march.AddDate(9, 0, 0), held, "case 17|case 17|case 17|case 17|case 17"},
		{"without a clock", time.Time{}, forAYear, "until|until|until|until|it is being written"},
	}
	for _, tt := range tests {
		all, err := l.Retention(tt.now, tt.policy)
		if err != nil {
			t.Fatal(err)
		}
		var kept []string
		for _, s := range all {
			kept = append(kept, s.Kept)
		}
		want := strings.Split(tt.want, "|")
		if !slices.EqualFunc(kept, want, func(got, want string) bool {
			return strings.Contains(got, strings.TrimSpace(want)) && (got == "") == (strings.TrimSpace(want) == "")
		}) {
			t.Errorf("%s: %q\nwant %q", tt.name, kept, want)
		}
	}
}

// What is disposed of is gone and said; the rest is provable, and so is what was
// removed, to whoever kept it.
func TestDispose(t *testing.T) {
	dir, l, lines := monthly(t)
	before := l.Head()
	gone, err := l.Dispose(t.Context(), march.AddDate(0, 2, 0), forAYear)
	if err != nil || len(gone) == 0 {
		t.Fatalf("%v, %v", gone, err)
	}
	for _, s := range gone {
		if _, err := os.Stat(filepath.Join(dir, s.Name)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: %v", s.Name, err)
		}
	}
	later, err := l.Dispose(t.Context(), march.AddDate(5, 0, 0), forAYear)
	if err != nil || len(later) == 0 {
		t.Fatalf("%v, %v", later, err)
	}
	head := l.Head()
	for i, line := range lines {
		p, err := l.ProveInclusion(int64(i), head.Size)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Check(line, head); err != nil {
			t.Errorf("record %d: %v", i, err)
		}
	}
	if p, err := l.ProveConsistency(before.Size, head.Size); err != nil || p.Check(before, head) != nil {
		t.Errorf("%v, %v", err, p.Check(before, head))
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	r := verified(t, dir, nil)
	if err := r.Err(); err != nil || r.Records >= int64(len(lines)) || r.Size != int64(len(lines))+2 {
		t.Errorf("%+v, %v", r, err)
	}
	again, _, err := evidence.Resume(dir, options())
	if err != nil {
		t.Fatal(err)
	}
	_ = again.Close()

	// what is removed without that is missing
	rest, err := filepath.Glob(filepath.Join(dir, "records-*"))
	if err != nil || len(rest) < 2 {
		t.Fatalf("%q, %v", rest, err)
	}
	if err := os.Remove(rest[0]); err != nil {
		t.Fatal(err)
	}
	if r := verified(t, dir, nil); r.Err() == nil || r.Faults[0].Code != evidence.Missing {
		t.Errorf("%+v", r)
	}
}

// Proofs of every record at every size hold, and hold for nothing else.
func TestProofs(t *testing.T) {
	l, err := evidence.Create(t.TempDir(), options())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	heads := []evidence.Checkpoint{l.Head()}
	for i := range 9 {
		if _, err := l.Append(t.Context(), record(i)); err != nil {
			t.Fatal(err)
		}
		c, err := l.Checkpoint()
		if err != nil {
			t.Fatal(err)
		}
		heads = append(heads, c)
	}
	for older := range int64(10) {
		for newer := max(older, 1); newer < 10; newer++ {
			p, err := l.ProveConsistency(older, newer)
			if err != nil || p.Check(heads[older], heads[newer]) != nil {
				t.Errorf("%d and %d: %v, %v", older, newer, err, p.Check(heads[older], heads[newer]))
			}
			wrong := heads[older]
			wrong.Root = value.Sum([]byte("another"))
			if older > 0 && p.Check(wrong, heads[newer]) == nil {
				t.Errorf("%d and %d: another root", older, newer)
			}
		}
	}
	for _, at := range [][2]int64{{-1, 5}, {5, 5}, {0, 10}, {0, 0}} {
		if _, err := l.ProveInclusion(at[0], at[1]); !errors.Is(err, evidence.ErrProof) {
			t.Errorf("%v: %v", at, err)
		}
	}
}
