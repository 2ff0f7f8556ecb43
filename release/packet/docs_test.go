package packet_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
)

// Every type that a packet, its facts and its report reach has a doc comment,
// and so has every exported field of it: what it refers to, in which unit, and
// what its absence means cannot be guessed from a name. The packages in which
// such a type stands are held to it as a whole, options and contexts included.
func TestEveryFieldHasAComment(t *testing.T) {
	reached := map[reflect.Type]bool{}
	for _, root := range []reflect.Type{
		reflect.TypeFor[packet.Packet](), reflect.TypeFor[fact.Set](), reflect.TypeFor[check.Report](),
		reflect.TypeFor[gates.Input](), reflect.TypeFor[gates.Record](), reflect.TypeFor[release.Retrospective](),
		reflect.TypeFor[notes.Mapping](), reflect.TypeFor[comms.Context](), reflect.TypeFor[compliance.Context](),
	} {
		reach(root, reached)
	}
	declared := map[string]bool{} // of the packages read: "import/path.Type"
	for _, path := range slices.Sorted(maps.Keys(packages(reached))) {
		types, bare := commented(t, path)
		for _, name := range types {
			declared[path+"."+name] = true
		}
		for _, name := range bare {
			t.Errorf("%s.%s has no comment", strings.TrimPrefix(path, module), name)
		}
	}
	for typ := range reached {
		if name, _, _ := strings.Cut(typ.Name(), "["); !declared[typ.PkgPath()+"."+name] {
			t.Errorf("%s is reached, and its declaration was not read", typ)
		}
	}
}

const module = "github.com/tidegate-go/tidegate/"

// reach adds every named type of ours below a type, through exported fields.
func reach(t reflect.Type, reached map[reflect.Type]bool) {
	if reached[t] {
		return
	}
	if t.Name() != "" && token.IsExported(t.Name()) && strings.HasPrefix(t.PkgPath(), module) {
		reached[t] = true
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Pointer, reflect.Map, reflect.Array:
		reach(t.Elem(), reached)
	case reflect.Struct:
		for f := range t.Fields() {
			if f.IsExported() {
				reach(f.Type, reached)
			}
		}
	}
}

func packages(types map[reflect.Type]bool) map[string]bool {
	paths := map[string]bool{}
	for t := range types {
		paths[t.PkgPath()] = true
	}
	return paths
}

// commented reads the sources of a package: its exported types, and which of
// them and of their exported fields have no comment.
func commented(t *testing.T, path string) (types, bare []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(strings.TrimPrefix(path, module)), "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources of %s: %v", path, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		all, without := read(file)
		types, bare = append(types, all...), append(bare, without...)
	}
	return types, bare
}

// read returns the exported types of a file, and what of them has no comment.
func read(file *ast.File) (types, bare []string) {
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.TYPE {
			continue
		}
		for _, s := range decl.Specs {
			spec := s.(*ast.TypeSpec)
			if !spec.Name.IsExported() {
				continue
			}
			types = append(types, spec.Name.Name)
			if !says(spec.Doc) && !says(spec.Comment) && (decl.Lparen.IsValid() || !says(decl.Doc)) {
				bare = append(bare, spec.Name.Name)
			}
			bare = append(bare, bareFields(spec.Name.Name, spec.Type)...)
		}
	}
	return types, bare
}

// bareFields returns the exported fields of a struct that have no comment, those
// of structs without a name in it too. An embedded one is spoken for by its type.
func bareFields(name string, t ast.Expr) (bare []string) {
	s, ok := t.(*ast.StructType)
	if !ok {
		return nil
	}
	for _, f := range s.Fields.List {
		for _, id := range f.Names {
			if !id.IsExported() {
				continue
			}
			if !says(f.Doc) && !says(f.Comment) {
				bare = append(bare, name+"."+id.Name)
			}
			bare = append(bare, bareFields(name+"."+id.Name, inner(f.Type))...)
		}
	}
	return bare
}

// inner is what a list or a pointer is made of.
func inner(t ast.Expr) ast.Expr {
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ArrayType:
			t = x.Elt
		default:
			return t
		}
	}
}

// says reports whether a comment has words in it.
func says(c *ast.CommentGroup) bool { return c != nil && strings.TrimSpace(c.Text()) != "" }

// What the test above looks for is found where it is.
func TestBareFieldsAreFound(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "made_up.go", `package p

// Said has a comment.
type Said struct {
	Embedded
	A int // in percent
	// B is the id of a role.
	B    string
	C, D string
	e    string
	F    []struct {
		G int
		H int // in seconds
	}
	I int //
}

type Unsaid int

// Nor does a comment on a group speak for its members.
type (
	First  int
	Second int // speaks for itself
)

type unexported struct{ A int }
`, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	types, bare := read(file)
	if diff := cmp.Diff([]string{"Said", "Unsaid", "First", "Second"}, types); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Said.C", "Said.D", "Said.F", "Said.F.G", "Said.I", "Unsaid", "First"}, bare); diff != "" {
		t.Error(diff)
	}
}
