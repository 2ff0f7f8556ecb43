// Tidegate-connector-datadog is the Datadog connector as a program of its own.
// A host starts it; by hand it only says what it is.
package main

import (
	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogconnector"
)

func main() { connectors.Serve(datadogconnector.New()) }
