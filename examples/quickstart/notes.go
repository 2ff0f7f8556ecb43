package main

import (
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// mapping drafts the notes from the stories of the release.
func mapping() notes.Mapping { return notes.NewMapping(stories) }

// drafted is the notes as the mapping drafts them, with what only people can
// say.
func drafted(plan release.Plan, facts fact.Set) notes.Packet {
	p := notes.Draft(plan, facts, mapping())
	late := notes.KnownIssue{ID: "K1", Text: "ios-app 14.2.0 arrives 48 hours after the web", Remedy: "Book on the web"}
	help := notes.Link{Kind: notes.KnowledgeBase, Name: "Choose a seat", URL: "https://help.example.com/seats"}
	runbook := notes.Link{Kind: notes.Runbook, Name: "RB-31", URL: "https://runbooks.example.com/31"}
	canary := notes.Link{Kind: notes.Dashboard, Name: "Canary", URL: "https://grafana.example.com/d/canary"}
	return p.
		WithCustomers(p.Customers.
			WithSummary("Choose your seat while booking; pay for ticket and seat at once.").
			WithBenefits("One payment for ticket and seat").
			WithRisks(notes.Callout{Risk: "R3", Text: "A card shows a second hold for 15 minutes"}).
			WithKnownIssues(late).
			WithRemediation("Add the seat later under Trips").
			WithLinks(help)).
		WithSupport(p.Support.
			WithSummary("Customers book seats from 2026-12-09T06:00:00+01:00 in steps of 5/25/50/100%.").
			WithKnownIssues(late).
			WithRemediation("Void a double hold by runbook RB-31", "Hand a failed payment to the payments lead").
			WithLinks(help, runbook, canary)).
		WithLeadership(p.Leadership.
			WithSummary("Seats earn a second fee per booking; target: 12% of bookings.").
			WithCompliance("7 of 8 approvals given; PIA-41 covers seat data; CHG-2071 approved.").
			WithLinks(canary))
}
