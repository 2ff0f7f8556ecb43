package main

import (
	"time"

	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutytest"
)

// pagerdutyStandIn is PagerDuty with the five booking services, who is on call
// for them, and the incidents until the snapshot: one that is resolved. It
// refuses one request because of its rate limit.
func pagerdutyStandIn() (*pagerdutytest.Server, error) {
	server, err := pagerdutytest.Start()
	if err != nil {
		return nil, err
	}
	var services []pagerdutytest.Service
	for _, name := range []string{"Booking API", "Edge Gateway", "Notifications", "Payments", "Search"} {
		services = append(services, pagerdutytest.Service{ID: "P" + name[:4], Name: name, Team: team.Team})
	}
	server.SetServices(services...)
	server.SetIncidents(pagerdutytest.Incident{ID: "Q1", Title: "Notifications are late", Service: "PNoti", Opened: seenAt.Add(-30 * time.Hour), Resolved: seenAt.Add(-29 * time.Hour)})
	server.SetOnCall([]pagerdutytest.Policy{{ID: "PEPBOOK", Name: "Booking", Levels: 2}},
		pagerdutytest.Shift{Policy: "PEPBOOK", Level: 1, User: "P-fatou", From: decidedAt.Add(-4 * time.Hour), Until: decidedAt.Add(20 * time.Hour)},
		pagerdutytest.Shift{Policy: "PEPBOOK", Level: 2, User: "P-emil"})
	server.Fail(1, pagerdutytest.Limited("0"))
	return server, nil
}
