package comms_test

import (
	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/internal/sample"
)

// good is a plan in which no rule finds anything. Every call makes it anew.
func good() comms.Plan { return sample.Comms() }

// beside is the good plan beside the plan of its release.
func beside() comms.Context {
	plan, rel := good(), sample.Plan()
	return comms.Context{Plan: &plan, Release: &rel}
}
