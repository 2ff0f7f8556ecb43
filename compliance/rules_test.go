package compliance_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/release/check"
)

// Every rule passes on the good log and finds something in its own bad one.
func TestRulesAreExamined(t *testing.T) {
	for _, err := range check.Examine(good, compliance.Rules(), nil) {
		t.Error(err)
	}
	for _, err := range check.Examine(beside, compliance.PlanRules(), options) {
		t.Error(err)
	}
}
