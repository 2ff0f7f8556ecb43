// Package checktest is what the tests of rules share: what was found and where, what became of a rule, whether the path
// of a finding leads anywhere, and every place of a value that a rule may look at.
package checktest

import "github.com/tidegate-go/tidegate/release/check"

// At lists findings as rule@path, and is nil for none.
func At(fs check.Findings) []string {
	var list []string
	for _, f := range fs {
		list = append(list, f.Rule+"@"+string(f.Path))
	}
	return list
}

// TB is what the package needs of a test, one of rapid's too.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
}

// State is what became of one rule.
func State(t TB, r check.Report, rule string) check.State {
	t.Helper()
	for _, result := range r.Rules {
		if result.Rule == rule {
			return result.State
		}
	}
	t.Fatalf("there is no rule %s", rule)
	return check.NotEvaluated
}
