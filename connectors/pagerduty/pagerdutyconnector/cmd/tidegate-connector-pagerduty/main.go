// Tidegate-connector-pagerduty is the PagerDuty connector as a program of its
// own. A host starts it; by hand it only says what it is.
package main

import (
	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutyconnector"
)

func main() { connectors.Serve(pagerdutyconnector.New()) }
