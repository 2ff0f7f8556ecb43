package compliance_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func when(text string) value.When { return sample.When(text) }

// good is a log in which no rule finds anything. Every call makes it anew.
func good() compliance.Log { return sample.Compliance() }

// beside is the good log beside the plan of its release.
func beside() compliance.Context {
	log, plan := good(), sample.Plan()
	return compliance.Context{Log: &log, Release: &plan}
}

var options = &check.Options{Now: sample.Now}

// list writes findings as rule@path.
func list(fs check.Findings) []string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Rule+"@"+string(f.Path))
	}
	return out
}

// state is what became of one rule.
func state(t *testing.T, r check.Report, rule string) check.State {
	t.Helper()
	for _, result := range r.Rules {
		if result.Rule == rule {
			return result.State
		}
	}
	t.Fatalf("there is no rule %s", rule)
	return check.NotEvaluated
}
