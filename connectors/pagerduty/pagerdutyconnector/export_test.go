package pagerdutyconnector

import (
	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// NewWith is New with a clock, randomness and limits of the test's.
func NewWith(opts upstream.Options) connectors.Connector { return newWith(opts) }

var (
	Explain    = explain
	ParsePlace = parsePlace
)
