package layering_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// files are the repository's files, with slashes, relative to its root: what git tracks or would add, else what lies
// in the folder.
func files(t *testing.T) []string {
	t.Helper()
	found := walk(t) // also without need: go test notices new files only in folders that a test has read
	cmd := exec.CommandContext(t.Context(), "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = root(t)
	out, err := cmd.Output()
	if err != nil || len(out) == 0 {
		return found
	}
	var known []string
	for f := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if _, err := os.Stat(filepath.Join(root(t), filepath.FromSlash(f))); err == nil { // else deleted
			known = append(known, f)
		}
	}
	return known
}

func walk(t *testing.T) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root(t), func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == ".git" {
				return filepath.SkipDir
			}
			return nil
		}
		f, err := filepath.Rel(root(t), file)
		found = append(found, filepath.ToSlash(f))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root(t), filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTopLevel(t *testing.T) {
	report(t, checkTopLevel(files(t)))
}

func checkTopLevel(files []string) []string {
	var bad []string
	for _, f := range files {
		top, _, _ := strings.Cut(f, "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(topLevel, top) {
			bad = append(bad, top+": not at the top level, which is drawn in topLevel in internal/layering/table_test.go")
		}
	}
	return slices.Compact(bad)
}

var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

func TestSizes(t *testing.T) {
	lines := map[string]int{}
	for _, f := range files(t) {
		if strings.HasSuffix(f, ".go") && !slices.Contains(strings.Split(f, "/"), "testdata") {
			if b := read(t, f); !generated.Match(b) {
				lines[f] = bytes.Count(b, []byte("\n"))
			}
		}
	}
	report(t, checkSizes(lines))
}

// checkSizes reports files with too many lines and folders with too many files.
func checkSizes(lines map[string]int) []string {
	var bad []string
	count := map[string]int{}
	for f, n := range lines {
		limit := maxLines
		if strings.HasSuffix(f, "_test.go") {
			limit = maxTestLines
		} else {
			count[path.Dir(f)]++
		}
		if n > limit {
			bad = append(bad, fmt.Sprintf("%s: %d lines, at most %d: a file is a noun, cut it in two", f, n, limit))
		}
	}
	for dir, n := range count {
		if n > maxFiles {
			bad = append(bad, fmt.Sprintf("%s: %d files, at most %d: a package is one thing, cut it in two", dir, n, maxFiles))
		}
	}
	slices.Sort(bad)
	return bad
}

// A goMod is what go mod edit -json says of one go.mod.
type goMod struct {
	Require []struct{ Path string }
	Replace []struct{ Old, New struct{ Path string } }
}

func TestGoMod(t *testing.T) {
	for _, f := range files(t) {
		if path.Base(f) != "go.mod" || slices.Contains(strings.Split(f, "/"), "testdata") {
			continue
		}
		var m goMod
		if err := json.Unmarshal(run(t, nil, "go", "mod", "edit", "-json", f), &m); err != nil {
			t.Fatal(err)
		}
		report(t, checkGoMod(path.Dir(f), m))
	}
}

// checkGoMod reports replaces that would not hold elsewhere: users cannot build a root with one, and a nested module
// replaces the root, which it must test as it lies there, by the relative way up.
func checkGoMod(dir string, m goMod) []string {
	if dir == "." {
		if len(m.Replace) > 0 {
			return []string{"go.mod: replace: users of the module would not get it"}
		}
		return nil
	}
	var bad []string
	up := strings.TrimSuffix(strings.Repeat("../", strings.Count(dir, "/")+1), "/")
	replaced := false
	for _, r := range m.Replace {
		if r.Old.Path != module || r.New.Path != up {
			bad = append(bad, dir+"/go.mod: replaces "+r.Old.Path+" by "+r.New.Path+": only the root, by "+up)
			continue
		}
		replaced = true
	}
	for _, r := range m.Require {
		if r.Path == module && !replaced {
			bad = append(bad, dir+"/go.mod: requires the root: must replace it by "+up)
		}
	}
	return bad
}

// Built from parts, so that this file does not match itself.
var machinePath = regexp.MustCompile(`(?:^|[^\w.~\-/]|file://)/(?:work|root|home|Users)/`)

func TestNoMachinePaths(t *testing.T) {
	for _, f := range files(t) {
		report(t, checkMachinePath(f, read(t, f)))
	}
}

func checkMachinePath(file string, content []byte) []string {
	if bytes.IndexByte(content, 0) >= 0 {
		return nil // binary
	}
	for line := range bytes.Lines(content) {
		if machinePath.Match(line) {
			return []string{file + ": names a folder of one machine: " + string(bytes.TrimSpace(line))}
		}
	}
	return nil
}
