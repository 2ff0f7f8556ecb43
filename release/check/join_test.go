package check_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/release/check"
)

// Of a rule that two suites judge, the result that proves less counts.
func TestWith(t *testing.T) {
	states := []check.State{check.Failed, check.NotEvaluated, check.Off, check.Passed}
	for i, a := range states {
		for j, b := range states {
			first := check.Report{Rules: []check.RuleResult{{Rule: "A-1", State: a, Reason: "a"}}}
			second := check.Report{Profile: "mine", Rules: []check.RuleResult{{Rule: "A-1", State: b, Reason: "b"}, {Rule: "B-1", State: b}}}
			got := first.With(second)
			want := check.RuleResult{Rule: "A-1", State: states[min(i, j)], Reason: "a"}
			if j < i {
				want.Reason = "b"
			}
			if diff := cmp.Diff([]check.RuleResult{want, {Rule: "B-1", State: b}}, got.Rules); diff != "" || got.Profile != "mine" {
				t.Errorf("%v with %v (-want +got):\n%s", a, b, diff)
			}
		}
	}
	unknown := check.Report{Rules: []check.RuleResult{{Rule: "A-1", State: check.State(9)}}}
	failed := check.Report{Rules: []check.RuleResult{{Rule: "A-1", State: check.Failed}}}
	if got := failed.With(unknown).Rules[0].State; got != check.State(9) {
		t.Errorf("a state that is not known counts as %v", got)
	}
}

func ExampleReport_With() {
	plan := check.Report{Findings: check.Findings{{Rule: "OVR-001", Message: "the version is missing"}}}
	page := check.Report{Findings: check.Findings{{Rule: "BUD-001", Message: "1531 words"}}, Waived: []check.Waived{{}}}
	fmt.Printf("%+v\n", plan.With(page).Counts())
	// Output: {Passed:0 Failed:0 NotEvaluated:0 Off:0 Errors:2 Warnings:0 Infos:0 Waived:1}
}
