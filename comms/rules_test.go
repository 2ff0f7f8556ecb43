package comms_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release/check"
)

// Every rule passes on the good plan and finds something in its own bad one.
func TestRulesAreExamined(t *testing.T) {
	for _, err := range check.Examine(good, comms.Rules(), nil) {
		t.Error(err)
	}
	for _, err := range check.Examine(beside, comms.PlanRules(), nil) {
		t.Error(err)
	}
}
