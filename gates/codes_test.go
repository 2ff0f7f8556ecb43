package gates_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/internal/judge"
)

// Tests of package probe speak the words of this package: each of their codes
// is documented here, and their outcomes are these.
func TestCodesAndOutcomesAgree(t *testing.T) {
	documented := map[string]bool{}
	for _, code := range codes(t, "verdict.go") {
		documented[code] = true
	}
	said := codes(t, "internal/judge/judge.go")
	if len(said) < 20 || len(documented) < 60 {
		t.Fatalf("%d and %d codes were found", len(said), len(documented))
	}
	for _, code := range said {
		if !documented[code] {
			t.Errorf("%s is no code of package gates", code)
		}
	}
	for o, want := range map[judge.Outcome]gates.Outcome{judge.Unknown: gates.Unknown, judge.Fail: gates.Fail, judge.Warn: gates.Warn, judge.Pass: gates.Pass} {
		if gates.Outcome(o) != want {
			t.Errorf("%d is %s, want %s", o, gates.Outcome(o), want)
		}
	}
}

// codes are the constants of type Code of a file.
func codes(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		typed, isCode := spec.Type.(*ast.Ident)
		literal, isText := spec.Values[0].(*ast.BasicLit)
		if isCode && typed.Name == "Code" && isText {
			code, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, code)
		}
		return true
	})
	return all
}
