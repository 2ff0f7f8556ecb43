// Package golden compares what a test made with a file kept beside it.
//
// The -update flag, false by default, rewrites the files instead:
//
//	go test ./render -run TestMarkdown -update
//
// Only packages whose tests import golden know the flag, so name the package rather than ./... .
package golden

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite golden files with what the tests made")

// Assert reports an error with a diff unless the file at path, relative to the test's folder, holds exactly got.
// With -update it writes the file and its folder instead. The test goes on after an error, so that one run shows
// every file that differs.
func Assert(t testing.TB, path string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(path)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		t.Errorf("golden: %v", err)
		return
	}
	if !missing && bytes.Equal(want, got) {
		return
	}
	if *update {
		if err := write(path, got); err != nil {
			t.Errorf("golden: %v", err)
		}
		return
	}
	if missing {
		t.Errorf("golden: %s is missing; make it with: %s", path, command(t))
		return
	}
	t.Errorf("golden: %s differs (-want +got):\n%s\nif the new text is right: %s",
		path, cmp.Diff(string(want), string(got)), command(t))
}

func write(path string, b []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644)
}

// command is what rewrites the golden files of the running test, to be run in the test's folder.
func command(t testing.TB) string {
	name, _, _ := strings.Cut(t.Name(), "/")
	return "go test -run '^" + name + "$' -update"
}
