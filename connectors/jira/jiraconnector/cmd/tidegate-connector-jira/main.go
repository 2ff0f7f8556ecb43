// Tidegate-connector-jira is the Jira connector as a program of its own. A host
// starts it; by hand it only says what it is.
package main

import (
	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
)

func main() { connectors.Serve(jiraconnector.New()) }
