package pagerdutyconnector_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutyconnector"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutytest"
)

// The connector in the program's own process, asking a stand-in. A host that
// isolates it hands the same Config to connectors.Open.
func ExampleNew() {
	server, err := pagerdutytest.Start()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = server.Close() }()
	server.SetServices(pagerdutytest.Service{ID: "P1", Name: "Booking API"})
	server.SetIncidents(pagerdutytest.Incident{ID: "I1", Title: "Slow", Service: "P1", Opened: time.Now().Add(-90 * 24 * time.Hour)})
	settings, err := connectors.SettingsOf(pagerdutyconnector.Config{
		BaseURL: server.URL, // a real one has none, or Region: "eu"
		Key:     connectors.NewSecret(pagerdutytest.Key),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	instance, err := pagerdutyconnector.New().Open(ctx, settings)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = instance.Close() }()
	fmt.Println(instance.Check(ctx))
	for _, name := range []string{"Booking API", "Booking"} {
		_, err = instance.List(ctx, pagerduty.OpenIncidents(pagerduty.Scope{Services: []string{name}}), "", func(p connectors.Page) error {
			for _, i := range p.Incidents {
				fmt.Println(i.ID, i.Title, i.Service, i.Status)
			}
			return nil
		})
		fmt.Println(err)
	}
	// Output:
	// <nil>
	// I1 Slow Booking API triggered
	// <nil>
	// not-found: no service is called "Booking"
}
