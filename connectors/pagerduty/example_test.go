package pagerduty_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors/pagerduty"
)

var (
	booking = pagerduty.Scope{Services: []string{"Booking API", "Payments"}}
	since   = time.Date(2026, time.December, 9, 5, 0, 0, 0, time.UTC)
	until   = since.Add(4 * time.Hour)
)

// No open incidents, out of the services that would have some.
func ExampleOpenIncidents() {
	q := pagerduty.OpenIncidents(pagerduty.Scope{Team: "PQ9K7I8", Urgency: pagerduty.High})
	fmt.Println(q)
	fmt.Println(q.Counted())
	// Output:
	// pagerduty incidents {"status":"open","team":"PQ9K7I8","urgency":"high"}
	// pagerduty services {"of":"watched","team":"PQ9K7I8"} true
}

func ExampleIncidents() {
	fmt.Println(pagerduty.Incidents(booking, since, until))
	// Output: pagerduty incidents {"services":["Booking API","Payments"],"since":"2026-12-09T05:00:00Z","status":"any","until":"2026-12-09T09:00:00Z"}
}

func ExampleRecentIncidents() {
	fmt.Println(pagerduty.RecentIncidents(booking, time.Hour))
	// Output: pagerduty incidents {"services":["Booking API","Payments"],"status":"any"} over PT1H
}

func ExampleWatched() {
	fmt.Println(pagerduty.Watched(booking))
	// Output: pagerduty services {"of":"watched","services":["Booking API","Payments"]}
}

func ExampleUnwatched() {
	q := pagerduty.Unwatched(booking)
	fmt.Println(q)
	fmt.Println(q.Counted())
	// Output:
	// pagerduty services {"of":"unwatched","services":["Booking API","Payments"]}
	// pagerduty services {"of":"all","services":["Booking API","Payments"]} true
}

func ExampleServices() {
	fmt.Println(pagerduty.Services(booking).Yields.Shape)
	// Output: states
}

// Roles of the plan are held by who is on call.
func ExampleOnCall() {
	fmt.Println(pagerduty.OnCall("Booking"))
	// Output: pagerduty on-call {"policy":"Booking"}
}

func ExampleOnCallBetween() {
	fmt.Println(pagerduty.OnCallBetween("Booking", since, until))
	// Output: pagerduty on-call {"policy":"Booking","since":"2026-12-09T05:00:00Z","until":"2026-12-09T09:00:00Z"}
}

// A level at which nobody is on call while the release goes out.
func ExampleOnCallGaps() {
	q := pagerduty.OnCallGaps("Booking", 1, since, until)
	fmt.Println(q)
	fmt.Println(q.Counted())
	// Output:
	// pagerduty on-call {"level":"1","of":"gaps","policy":"Booking","since":"2026-12-09T05:00:00Z","until":"2026-12-09T09:00:00Z"}
	// pagerduty on-call {"level":"1","of":"levels","policy":"Booking","since":"2026-12-09T05:00:00Z","until":"2026-12-09T09:00:00Z"} true
}

func ExampleMaintenance() {
	fmt.Println(pagerduty.Maintenance(booking, since, until).Yields.Shape)
	// Output: states
}

func ExampleMaintenanceCount() {
	fmt.Println(pagerduty.MaintenanceCount(booking, since, until).Counted())
	// Output: pagerduty services {"of":"all","services":["Booking API","Payments"]} true
}

func ExampleChanges() {
	fmt.Println(pagerduty.Changes(booking, since, until).Yields.Shape)
	// Output: work-items
}
