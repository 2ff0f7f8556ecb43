package comms_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/check"
)

// good is a plan in which no rule finds anything. Every call makes it anew.
func good() comms.Plan { return sample.Comms() }

// beside is the good plan beside the plan of its release.
func beside() comms.Context {
	plan, rel := good(), sample.Plan()
	return comms.Context{Plan: &plan, Release: &rel}
}

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
