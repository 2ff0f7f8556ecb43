package azureboardsconnector

import (
	"encoding/json"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// NewWith is New with a clock, randomness and limits of the test's.
func NewWith(opts upstream.Options) connectors.Connector { return connector{upstream: opts} }

// ReadItem is how a work item is decoded.
func ReadItem(data []byte) (fact.WorkItem, error) {
	var w upstream.Strict[workItem]
	if err := json.Unmarshal(data, &w); err != nil || w.Is.Fields == nil {
		return fact.WorkItem{}, err
	}
	in := &instance{site: "https://dev.azure.com/acme/Shop", categories: States{}.categories()}
	return in.item(&w.Is, ""), nil
}

// Condition is how a condition is judged.
var Condition = condition
