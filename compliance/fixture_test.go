package compliance_test

import (
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
