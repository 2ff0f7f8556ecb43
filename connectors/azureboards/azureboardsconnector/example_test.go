package azureboardsconnector_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardsconnector"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
)

// A host counts the open bugs of an iteration. The server stands in for Azure
// DevOps; a host of its own leaves BaseURL out.
func ExampleNew() {
	server, err := azureboardstest.Start()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = server.Close() }()
	server.SetNow(func() time.Time { return time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC) })
	server.AddItems(azureboardstest.Item{ID: 1, Type: "Bug", State: "Active", Iteration: `Shop\Sprint 1`}, azureboardstest.Item{ID: 2, Type: "Bug", State: "Closed", Iteration: `Shop\Sprint 1`})

	settings, err := connectors.SettingsOf(azureboardsconnector.Config{Organization: azureboardstest.Organization, Project: azureboardstest.Project,
		BaseURL: server.URL, Token: connectors.NewSecret(azureboardstest.Token)})
	if err != nil {
		fmt.Println(err)
		return
	}
	in, err := azureboardsconnector.New().Open(context.Background(), settings)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = in.Close() }()
	open := azureboards.Count(azureboards.InIteration(`Shop\Sprint 1`) + " AND [System.State] <> 'Closed'")
	r, err := in.Measure(context.Background(), open)
	fmt.Println(r.Value, r.Complete, r.ObservedAt, err)
	// Output: 1 true 2026-12-01 09:00:00 +0000 UTC <nil>
}
