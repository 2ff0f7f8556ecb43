package evidence_test

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/tidegate-go/tidegate/compliance/evidence"
)

// A segment that a writer began and never wrote to is not part of a copy, and the
// log goes on in it.
func TestCopyOfEmptySegment(t *testing.T) {
	dir := created(t, 12, options())
	begun := "records-000000000012.jsonl"
	if err := os.WriteFile(filepath.Join(dir, begun), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l, r, err := evidence.Resume(dir, options())
	if err != nil || r.Dropped != 0 {
		t.Fatal(r, err)
	}
	defer func() { _ = l.Close() }()
	copied := func() []string {
		var names []string
		to := t.TempDir()
		if _, err := l.Copy(func(name string) (io.WriteCloser, error) {
			names = append(names, name)
			return os.Create(filepath.Join(to, name))
		}); err != nil {
			t.Fatal(err)
		}
		if r := verified(t, to, nil); r.Err() != nil {
			t.Error(r.Err())
		}
		return names
	}
	if names := copied(); len(names) != 3 || slices.Contains(names, begun) {
		t.Errorf("copied %q", names)
	}
	fill(t, l, 1)
	if names := copied(); len(names) != 4 || !slices.Contains(names, begun) {
		t.Errorf("copied %q", names)
	}
}
