package release_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// now lies between the code freeze and the deployment window of the good plan.
var now = sample.Now

// when reads a moment of a fixture, which is right.
func when(text string) value.When { return sample.When(text) }

// goodPlan is a plan in which no rule finds anything. Every call makes it anew.
func goodPlan() release.Plan {
	p := sample.Plan()
	p.Policy.Confidential = release.Confidential{Hosts: []string{"corp.example.com"}, Projects: []string{"OPS"}, Systems: []string{"pay-gw"},
		Embargoed: []string{"CVE-2026-10011"}, Lawful: []string{"GIFT-100"}}
	return p
}

// found runs the rules with a clock and lists what they find as rule@path.
func found(t *testing.T, p release.Plan) []string {
	t.Helper()
	return checktest.At(check.Run(&p, release.Rules(), &check.Options{Now: now}).Findings)
}

// state is what became of one rule.
func state(t *testing.T, p release.Plan, rule string) check.State {
	t.Helper()
	return checktest.State(t, check.Run(&p, release.Rules(), &check.Options{Now: now}), rule)
}
