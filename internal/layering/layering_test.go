package layering_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func report(t *testing.T, violations []string) {
	t.Helper()
	for _, v := range violations {
		t.Error(v)
	}
}

func TestRooms(t *testing.T) {
	g := load(t, false, "./...")
	if len(g) < 2 {
		t.Fatalf("go list found %d packages: nothing is checked", len(g))
	}
	report(t, checkRooms(g, rooms))
}

func TestNever(t *testing.T) {
	g := load(t, false, "./...")
	for _, row := range nevers {
		t.Run(row.id, func(t *testing.T) { report(t, checkNever(g, row)) })
	}
}

func TestReach(t *testing.T) {
	for _, row := range reaches {
		t.Run(row.id, func(t *testing.T) {
			var patterns []string
			for _, p := range row.patterns {
				if hasGo(t, p) {
					patterns = append(patterns, p)
				}
			}
			if len(patterns) == 0 {
				t.Skipf("none of %s exists yet", strings.Join(row.patterns, " "))
			}
			report(t, checkReach(load(t, true, patterns...), row))
		})
	}
}

// hasGo reports whether the folder of a go list pattern holds packages.
func hasGo(t *testing.T, pattern string) bool {
	t.Helper()
	dir, tree := strings.CutSuffix(pattern, "/...")
	dir = filepath.Join(root(t), filepath.FromSlash(dir))
	if !tree {
		all, err := filepath.Glob(filepath.Join(dir, "*.go"))
		return err == nil && len(all) > 0
	}
	if _, err := os.Stat(dir); err != nil {
		return false
	}
	for _, f := range files(t) {
		if strings.HasSuffix(f, ".go") && strings.HasPrefix(filepath.Join(root(t), filepath.FromSlash(f)), dir+string(filepath.Separator)) {
			return true
		}
	}
	return false
}

// Every row of the tables says why, and no two rooms share a name.
func TestTables(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rooms {
		if r.why == "" || r.name == "" || seen[r.name] {
			t.Errorf("room %q: needs a name of its own and a why", r.name)
		}
		seen[r.name] = true
		if r.floor != beside && (r.may != nil || r.by != nil) {
			t.Errorf("room %q: may and by are for rooms beside the floors", r.name)
		}
		for _, name := range r.may {
			if _, ok := place(rooms, strings.TrimSuffix(name, "/...")); !ok && name != "..." {
				t.Errorf("room %q may import %q, which has no room", r.name, name)
			}
		}
	}
	for _, n := range nevers {
		if n.why == "" || len(n.what) == 0 {
			t.Errorf("never %q: needs what and why", n.id)
		}
	}
	for _, r := range reaches {
		if r.why == "" || len(r.banned) == 0 {
			t.Errorf("reach %q: needs banned and why", r.id)
		}
	}
}
