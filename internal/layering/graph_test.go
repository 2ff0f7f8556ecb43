package layering_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A pkg is one package of an import graph, with import paths in full.
type pkg struct {
	ImportPath   string
	Name         string
	Dir          string
	Doc          string
	Imports      []string // of files that are no tests
	TestImports  []string
	XTestImports []string
	TestGoFiles  []string
	XTestGoFiles []string
}

// A graph maps import paths to packages.
type graph map[string]pkg

// rel is the name of one of our packages in the tables; ok is false for the packages of others.
func rel(importPath string) (name string, ok bool) {
	importPath, _, _ = strings.Cut(importPath, " ") // "p [p.test]"
	if importPath == module {
		return ".", true
	}
	return strings.CutPrefix(importPath, module+"/")
}

// match reports whether name is pattern, or below it if pattern ends in "/...", or ends in test if it is "*test".
func match(pattern, name string) bool {
	if pattern == "..." || pattern == name {
		return true
	}
	if suffix, ok := strings.CutPrefix(pattern, "*"); ok {
		return strings.HasSuffix(name, suffix)
	}
	tree, ok := strings.CutSuffix(pattern, "/...")
	return ok && (name == tree || strings.HasPrefix(name, tree+"/"))
}

func matchAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return match(p, name) })
}

// merge adds p to g; the imports of one package seen under several systems are united.
func (g graph) merge(p pkg) {
	was := g[p.ImportPath]
	p.Imports = union(was.Imports, p.Imports)
	p.TestImports = union(was.TestImports, p.TestImports)
	p.XTestImports = union(was.XTestImports, p.XTestImports)
	p.TestGoFiles = union(was.TestGoFiles, p.TestGoFiles)
	p.XTestGoFiles = union(was.XTestGoFiles, p.XTestGoFiles)
	g[p.ImportPath] = p
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// sorted are the packages of g by import path.
func (g graph) sorted() []pkg {
	var all []pkg
	for _, p := range g {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b pkg) int { return strings.Compare(a.ImportPath, b.ImportPath) })
	return all
}

// load is the import graph of the patterns on every system, with all dependencies if deps.
func load(t *testing.T, deps bool, patterns ...string) graph {
	t.Helper()
	g := graph{}
	for _, system := range systems {
		args := []string{"list", "-json=ImportPath,Name,Dir,Doc,Imports,TestImports,XTestImports,TestGoFiles,XTestGoFiles"}
		if deps {
			args = append(args, "-deps")
		}
		out := run(t, []string{"GOOS=" + system, "CGO_ENABLED=0"}, "go", append(args, patterns...)...)
		for dec := json.NewDecoder(bytes.NewReader(out)); ; {
			var p pkg
			err := dec.Decode(&p)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("go list: %v", err)
			}
			g.merge(p)
		}
	}
	return g
}

// root is the folder of the root module.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// run is the standard output of a command in the root folder; the test ends if it fails.
func run(t *testing.T, env []string, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = root(t)
	cmd.Env = append(os.Environ(), "GOWORK=off")
	cmd.Env = append(cmd.Env, env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, stderr.Bytes())
	}
	return out
}
