package azureboardsconnector_test

import (
	"os"
	"testing"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardsconnector"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/release/fact"
)

// The test binary is the connector's program, and the one with the faults of the
// exam.
func TestMain(m *testing.M) {
	if connectortest.ServeBroken(azureboardsconnector.New()) || connectors.Main(azureboardsconnector.New()) {
		return
	}
	os.Exit(m.Run())
}

// The exam of all connectors: in this process, across gRPC, and of the program.
func TestExamAzureBoards(t *testing.T) {
	program := connectortest.Build(t, "./cmd/tidegate-connector-azureboards")
	connectortest.Run(t, func(t *testing.T) connectortest.Harness {
		h := harness(t)
		h.Program = []string{program}
		return h.Breaking(t, "panic", "cursor-loop")
	}, nil)
}

func harness(t *testing.T) connectortest.Harness {
	t.Helper()
	server, err := azureboardstest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	fill(server)
	for id := range int64(250) {
		server.AddItems(azureboardstest.Item{ID: 100 + id, Tags: []string{"many"}})
	}
	config := configOf(server)
	config.BatchSize = 50
	settings, err := connectors.SettingsOf(config)
	if err != nil {
		t.Fatal(err)
	}
	secrets := map[string]connectors.Secret{"token": config.Token}
	return connectortest.Harness{
		Connector: azureboardsconnector.New(),
		Settings:  settings,
		BadSettings: []connectors.Settings{
			{JSON: []byte(`{}`), Secrets: secrets},
			{JSON: []byte(`{"organization": "acme", "project": "a/b"}`), Secrets: secrets},
			{JSON: []byte(`{"organization": "acme", "project": "Shop", "baseURL": "http://azure.example.com"}`), Secrets: secrets},
			{JSON: []byte(`{"organization": "acme", "project": "Shop", "batchSize": 201}`), Secrets: secrets},
			{JSON: []byte(`{"organization": "acme", "project": "Shop", "teams": [""]}`), Secrets: secrets},
			{JSON: []byte(`{"organization": "acme", "project": "Shop", "states": {"done": ["Ready"], "toDo": ["ready"]}}`), Secrets: secrets},
			{JSON: []byte(`{"organization": "acme", "project": "Shop"}`)},
		},
		Measured: []fact.Query{azureboards.Count(azureboards.Tagged("many")), azureboards.Burndown("Checkout"), azureboards.RemainingWork("Checkout")},
		Listed:   []fact.Query{azureboards.Items(azureboards.Tagged("many")), azureboards.Iterations("Checkout")},
		Upstream: "baseURL",
		Panic:    connectortest.PanicQuery(azureboards.Connector),
		Loop:     connectortest.LoopQuery(azureboards.Connector),
	}
}
