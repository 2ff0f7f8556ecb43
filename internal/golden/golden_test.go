package golden

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recorder is a testing.TB that keeps what Assert reports.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper()      {}
func (r *recorder) Name() string { return "TestPage/long" }
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func TestAssert(t *testing.T) {
	tests := []struct {
		name   string
		stored string // "" means that there is no file
		got    string
		update bool
		says   []string // parts of the one error; none means no error
		after  string   // what the file holds afterwards; "" means that there is none
	}{
		{name: "equal", stored: "a\n", got: "a\n", after: "a\n"},
		{name: "different", stored: "a\nb\n", got: "a\nc\n", says: []string{"differs", "b", "c", "-run '^TestPage$' -update"}, after: "a\nb\n"},
		{name: "line ends count", stored: "a\r\n", got: "a\n", says: []string{"differs"}, after: "a\r\n"},
		{name: "missing", got: "a\n", says: []string{"is missing; make it with: go test -run '^TestPage$' -update"}},
		{name: "missing although nothing was made", says: []string{"is missing"}},
		{name: "update", stored: "a\n", got: "b\n", update: true, after: "b\n"},
		{name: "update makes the file and its folder", got: "b\n", update: true, after: "b\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "testdata", "page.golden")
			if tt.stored != "" {
				if err := write(path, []byte(tt.stored)); err != nil {
					t.Fatal(err)
				}
			}
			defer func(was bool) { *update = was }(*update)
			*update = tt.update

			r := &recorder{TB: t}
			Assert(r, path, []byte(tt.got))

			if len(tt.says) == 0 && len(r.errors) > 0 {
				t.Errorf("unexpected: %q", r.errors)
			}
			if len(tt.says) > 0 && len(r.errors) != 1 {
				t.Fatalf("got %d errors, want 1: %q", len(r.errors), r.errors)
			}
			for _, part := range tt.says {
				if !strings.Contains(r.errors[0], part) {
					t.Errorf("error lacks %q:\n%s", part, r.errors[0])
				}
			}
			after, err := os.ReadFile(path)
			if err != nil && tt.after != "" {
				t.Error(err)
			}
			if string(after) != tt.after {
				t.Errorf("file holds %q, want %q", after, tt.after)
			}
		})
	}
}

// A folder where the file should be is an error of its own, not a missing file.
func TestAssertUnreadable(t *testing.T) {
	r := &recorder{TB: t}
	Assert(r, t.TempDir(), []byte("a"))
	if len(r.errors) != 1 || strings.Contains(r.errors[0], "missing") {
		t.Errorf("got %q, want one error that is not about a missing file", r.errors)
	}
}

func TestUpdateIsOffByDefault(t *testing.T) {
	if got := flag.Lookup("update").DefValue; got != "false" {
		t.Errorf("-update defaults to %s: goldens would rewrite themselves", got)
	}
}
