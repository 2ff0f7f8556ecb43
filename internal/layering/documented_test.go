package layering_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var exampleFunc = regexp.MustCompile(`(?m)^func Example(?:_?[A-Za-z0-9_]*)\(\)`)

func TestDocumented(t *testing.T) {
	g := load(t, false, "./...")
	examples := map[string]bool{}
	for _, p := range g.sorted() {
		for _, f := range slices.Concat(p.TestGoFiles, p.XTestGoFiles) {
			b, err := os.ReadFile(filepath.Join(p.Dir, f))
			if err != nil {
				t.Fatal(err)
			}
			if exampleFunc.Match(b) {
				examples[p.ImportPath] = true
			}
		}
	}
	report(t, checkDocumented(g, examples))
}

// checkDocumented reports packages without a package comment and, among those that users import, without an Example.
func checkDocumented(g graph, examples map[string]bool) []string {
	var bad []string
	for _, p := range g.sorted() {
		name, ours := rel(p.ImportPath)
		if !ours {
			continue
		}
		internal := slices.Contains(strings.Split(name, "/"), "internal")
		if p.Doc == "" && !internal {
			bad = append(bad, name+" has no package comment")
		}
		if p.Name == "main" || internal || match("examples/...", name) {
			continue // no library of users'
		}
		if !examples[p.ImportPath] {
			bad = append(bad, name+" has no Example in its tests: show the first thing that a user does with it")
		}
	}
	return bad
}
