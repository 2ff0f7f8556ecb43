package contract_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/internal/contract"
)

// mocks are the connectors, each before Prism.
var mocks = []contract.Mock{jiraMock, azureMock, datadogMock, pagerdutyMock}

// maxGaps is how many gaps there may be over all connectors: operations, each
// with a cause, however many queries need them.
const maxGaps = 5

// Somebody else's mock server, made of the vendor's description, answers every
// kind of query validly, but for the gaps.
func TestPrism(t *testing.T) {
	gaps := map[[2]string]bool{}
	for _, m := range mocks {
		for _, g := range m.Gaps {
			gaps[[2]string{m.Vendor + " " + g.Operation, g.Cause}] = true
		}
	}
	if len(gaps) > maxGaps {
		t.Errorf("%d gaps, at most %d: %v", len(gaps), maxGaps, gaps)
	}
	contract.NeedPrism(t)
	probe := contract.Program(t, "./connectors/connectortest/cmd/tidegate-connector-probe")
	for _, m := range mocks {
		t.Run(m.Vendor, func(t *testing.T) { m.Drive(t, probe) })
	}
}
