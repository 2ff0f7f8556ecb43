// Tidegate-connector-azureboards is the Azure Boards connector as a program of
// its own. A host starts it; by hand it only says what it is.
package main

import (
	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardsconnector"
)

func main() { connectors.Serve(azureboardsconnector.New()) }
