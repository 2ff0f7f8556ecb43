package main

import (
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// berlin reads a local time of December, when Berlin is an hour ahead of UTC.
func berlin(local string) value.When { return at(local + "+01:00[Europe/Berlin]") }

func day(date string) value.When { return at(date + "[Europe/Berlin]") }

// dependencies is what the release needs from others.
func dependencies() []release.Dependency {
	return []release.Dependency{
		{ID: "D1", Title: "Rail API accepts seat requests", Kind: release.Upstream, Owner: "booking-lead", Due: day("2026-12-01"),
			Status: release.Ready, Components: []string{"booking-api"}},
		{ID: "D2", Title: "Invoice export reads the seat line", Kind: release.Downstream, Owner: "payments-lead", Due: day("2026-12-03"),
			Status: release.Ready, Components: []string{"payments-api"}},
		{ID: "D3", Title: "Migration 0142 adds table seat_hold", Kind: release.DataMigration, Owner: "data-lead", Due: day("2026-12-03"),
			NeededBy: "W3", Status: release.InProgress, Blocking: true, Risk: "R2", Needs: []string{"D5"}, Components: []string{"booking-api"},
			Tracker:   "MER-436",
			Migration: release.Migration{Reversal: "Drop table seat_hold, which nothing else reads", RestorePoint: "snapshot S-1208"}},
		{ID: "D4", Title: "Flag booking.seat_choice", Kind: release.FeatureFlag, Owner: "booking-lead", Due: day("2026-12-04"),
			Status: release.Ready, Flag: "booking.seat_choice"},
		{ID: "D5", Title: "Node pool 1.35 in both regions", Kind: release.InfrastructureChange, Owner: "sre-lead", Due: day("2026-12-02"),
			NeededBy: "W3", Status: release.Ready},
		{ID: "D6", Title: "App Store review of ios-app 14.2.0", Kind: release.ThirdPartyApproval, Owner: "mobile-lead", Due: day("2026-12-07"),
			Status: release.Blocked, Blocking: true, Risk: "R1", LeadDays: 2, Components: []string{"ios-app"},
			Link: "https://jira.example.com/browse/MER-IOS"},
	}
}

func timeline() release.Timeline {
	return release.Timeline{
		Milestones: []release.Milestone{
			{ID: "M1", Title: "Scope is locked", Kind: release.Planning, At: berlin("2026-11-24T17:00:00"), Owner: "release-manager",
				Done: "5 items approved", Completed: berlin("2026-11-24T16:10:00")},
			{ID: "M2", Title: "Submission to the CAB", Kind: release.CABSubmission, At: berlin("2026-12-02T12:00:00"), Owner: "release-manager",
				Done: "CHG-2071 filed", Completed: berlin("2026-12-02T11:20:00"), Link: "https://jira.example.com/browse/CHG-2071"},
			{ID: "M3", Title: "Dry run in staging", Kind: release.DryRun, At: berlin("2026-12-03T14:00:00"), Until: berlin("2026-12-03T16:00:00"),
				Owner: "sre-lead", Done: "Rollback within 15 minutes", Completed: berlin("2026-12-03T15:30:00")},
			{ID: "M4", Title: "QA sign-off", Kind: release.QASignOff, At: berlin("2026-12-04T17:00:00"), Owner: "qa-director",
				Done: "0 open defects of severity 1 and 2", Completed: berlin("2026-12-04T16:45:00")},
			{ID: "M5", Title: "Decision of the CAB", Kind: release.CABDecision, At: berlin("2026-12-07T15:00:00"), Owner: "cab-chair",
				Done: "CHG-2071 approved", Completed: berlin("2026-12-07T14:50:00")},
			{ID: "M6", Title: "Packet is circulated", Kind: release.Circulation, At: berlin("2026-12-08T06:00:00"), Owner: "release-manager",
				Done: "7 sign-offs requested", Completed: berlin("2026-12-08T06:00:00")},
			{ID: "M7", Title: "Summary is published", Kind: release.Summary, At: berlin("2026-12-09T20:00:00"), Owner: "release-manager",
				Done: "Summary of 2026.12.0 sent"},
		},
		Windows: []release.Deployment{
			{ID: "W1", Environment: "development", Window: release.Window{Start: berlin("2026-12-02T18:00:00"), End: berlin("2026-12-02T20:00:00")}, Owner: "booking-lead"},
			{ID: "W2", Environment: "qa", Window: release.Window{Start: berlin("2026-12-03T08:00:00"), End: berlin("2026-12-03T10:00:00")}, Owner: "qa-director"},
			{ID: "W3", Environment: "staging", Window: release.Window{Start: berlin("2026-12-07T09:00:00"), End: berlin("2026-12-08T18:00:00")}, Owner: "sre-lead"},
			{ID: "W4", Environment: "production", Region: "eu-central", Window: release.Window{Start: window.Start, End: berlin("2026-12-09T08:00:00")}, Owner: "sre-lead"},
			{ID: "W5", Environment: "production", Region: "eu-west", Window: release.Window{Start: berlin("2026-12-09T08:00:00"), End: window.End}, Owner: "sre-lead"},
		},
		Buffers: []release.Buffer{{ID: "B1", Window: release.Window{Start: window.End, End: berlin("2026-12-09T13:00:00")}, Purpose: "rollback only"}},
		Freezes: []release.Freeze{{
			ID: "winter-blackout", Reason: "holiday traffic", Environments: []string{"production"},
			Window: release.Window{Start: berlin("2026-12-18T00:00:00"), End: at("2027-01-04T08:00:00+01:00[Europe/Berlin]")},
		}},
	}
}

func risks() []release.Risk {
	return []release.Risk{
		{ID: "R1", Title: "The App Store reviews ios-app after the window", Probability: release.High, Impact: release.Medium,
			Mitigation: "Ask for an expedited review", Contingency: "Launch on the web first, ios-app follows within 48 hours",
			Owner: "mobile-lead", Theme: "store review"},
		{ID: "R2", Title: "Migration 0142 runs longer than 20 minutes", Probability: release.Low, Impact: release.High,
			Mitigation: "Backfill in batches of 10000 rows", Contingency: "Restore snapshot S-1208", Owner: "data-lead", Theme: "migration"},
		{ID: "R3", Title: "A card is authorized twice", Probability: release.Low, Impact: release.High,
			Mitigation: "Void duplicates within 15 minutes", Contingency: "Turn booking.seat_choice off", Owner: "payments-lead", Theme: "payments"},
	}
}

// questions is what is still open, and what was.
func questions() []release.Question {
	return []release.Question{
		{Number: 1, Text: "The App Store has not named the day of its review", Owner: "mobile-lead", Due: day("2026-12-08"),
			Addressee: release.Product, Prompt: "Does ios-app 14.2.0 leave 48 hours later if the review is late?",
			About: []check.Path{"plan.dependencies.items[5].status"}, Link: "https://jira.example.com/browse/MER-IOS"},
		{Number: 2, Text: "Support lacks 2 agents for the window", Owner: "support-lead", Due: day("2026-12-08"),
			Addressee: release.Product, Prompt: "Approve overtime for 2 agents from 06:00 to 10:00?", Link: "https://jira.example.com/browse/MER-512"},
		{Number: 3, Text: "The backfill was not measured at peak", Owner: "data-lead", Due: day("2026-12-04"), Blocking: true,
			Addressee: release.Engineering, Prompt: "Is a batch of 10000 rows acceptable at peak?",
			Answer: release.Answer{Text: "Yes, 13.5 minutes on a copy of production", By: "emil", At: berlin("2026-12-04T11:00:00")}},
	}
}

func tooling() release.Tooling {
	return release.Tooling{
		Artifacts: []release.Tool{
			{Name: "Release packet", System: "Confluence", Link: "https://wiki.example.com/meridian/2026.12.0/packet"},
			{Name: "Backlog", System: "Jira", Link: "https://jira.example.com/projects/MER"},
		},
		Automation: []release.Tool{
			{Name: "Build and test", System: "GitHub Actions", Trigger: "push to main", Link: "https://git.example.com/meridian/actions"},
			{Name: "Deployment", System: "Argo CD", Trigger: "tag 2026.12.0", Link: "https://argocd.example.com/applications/meridian"},
		},
		Dashboards: []release.Tool{
			{Name: "QA burn-down", System: "Grafana", Link: "https://grafana.example.com/d/qa-burndown"},
			{Name: "Staging", System: "Grafana", Link: "https://grafana.example.com/d/staging-release"},
			{Name: "Error budget", System: "Grafana", Link: "https://grafana.example.com/d/error-budget"},
			{Name: "Canary", System: "Grafana", Link: "https://grafana.example.com/d/canary"},
		},
	}
}
