package sample

import (
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

func dependencies() []release.Dependency {
	return []release.Dependency{
		{ID: "D1", Title: "App store review of shop-ios 12.4.0", Kind: release.ThirdPartyApproval, Owner: "mobile-lead",
			Due: When("2026-12-07[America/New_York]"), Status: release.InProgress, Blocking: true, Risk: "R1", LeadDays: 1,
			Components: []string{"shop-ios"}, Tracker: "REL-120", Link: "https://jira.example.com/browse/REL-120"},
		{ID: "D2", Title: "Migration 0142 adds the card ledger", Kind: release.DataMigration, Owner: "ada", Due: When("2026-12-08[America/New_York]"),
			NeededBy: "W2", Status: release.Blocked, Risk: "R2", Needs: []string{"D4"}, Components: []string{"gift-cards"},
			Migration: release.Migration{Reversal: "drop table card_ledger", RestorePoint: "snapshot S-1207"}},
		{ID: "D3", Title: "Flag checkout.gift_cards", Kind: release.FeatureFlag, Owner: "dev-lead", Due: When("2026-12-04[America/New_York]"),
			Status: release.Ready, Flag: "checkout.gift_cards"},
		{ID: "D4", Title: "Node pool 1.35", Kind: release.InfrastructureChange, Owner: "sre-lead", Due: When("2026-12-02[America/New_York]"), Status: release.Ready},
		{ID: "D5", Title: "Warehouse export reads the new order field", Kind: release.Downstream, Owner: "dev-lead",
			Due: When("2026-12-04[America/New_York]"), Status: release.Ready},
	}
}

func timeline() release.Timeline {
	day := func(text string) value.When { return When(text + "[America/New_York]") }
	return release.Timeline{
		Milestones: []release.Milestone{
			{ID: "M1", Title: "Scope is locked", Kind: release.Planning, At: at("2026-11-23T17:00:00"), Owner: "release-manager",
				Done: "4 items approved", Completed: at("2026-11-23T16:30:00")},
			{ID: "M2", Title: "Submission to the CAB", Kind: release.CABSubmission, At: at("2026-12-01T12:00:00"), Owner: "release-manager",
				Done: "CHG-4471 filed", Completed: at("2026-12-01T11:00:00"), Link: "https://jira.example.com/browse/CHG-4471"},
			{ID: "M3", Title: "Dry run", Kind: release.DryRun, At: at("2026-12-03T14:00:00"), Until: at("2026-12-03T16:00:00"), Owner: "sre-lead",
				Done: "Rollback within 15 minutes", Completed: at("2026-12-03T15:40:00")},
			{ID: "M4", Title: "QA sign-off", Kind: release.QASignOff, At: at("2026-12-04T17:00:00"), Owner: "qa-lead",
				Done: "0 defects of severity 1 and 2", Completed: at("2026-12-04T17:00:00"),
				Source: release.Source{Document: "timeline.md", Line: 12, Text: "| QA sign-off | 4 December |"}},
			{ID: "M5", Title: "Decision of the CAB", Kind: release.CABDecision, At: at("2026-12-07T15:00:00"), Owner: "release-manager", Done: "CHG-4471 approved"},
			{ID: "M6", Title: "Packet is circulated", Kind: release.Circulation, At: at("2026-12-07T20:00:00"), Owner: "release-manager", Done: "8 sign-offs requested"},
			{ID: "M7", Title: "Summary", Kind: release.Summary, At: at("2026-12-09T12:00:00"), Owner: "release-manager", Done: "Summary of 2026.12.0 published"},
		},
		Windows: []release.Deployment{
			{ID: "W1", Environment: "staging", Window: release.Window{Start: at("2026-12-04T09:00:00"), End: at("2026-12-04T17:00:00")}, Owner: "sre-lead"},
			{ID: "W2", Environment: "production", Region: "us-east", Window: release.Window{Start: at("2026-12-08T22:00:00"), End: at("2026-12-09T02:00:00")}, Owner: "sre-lead"},
		},
		Buffers: []release.Buffer{{ID: "B1", Window: release.Window{Start: at("2026-12-09T02:00:00"), End: at("2026-12-09T06:00:00")}, Purpose: "rollback only"}},
		Freezes: []release.Freeze{
			{ID: "holidays", Reason: "the on-call rotation is reduced", Window: release.Window{Start: day("2026-12-18"), End: day("2027-01-04")},
				Environments: []string{"production"}},
			{ID: "year-end", Reason: "the books are closed", Window: release.Window{Start: at("2026-12-30T00:00:00"), End: at("2027-01-02T00:00:00")}},
		},
	}
}

func rollback() release.Rollback {
	return release.Rollback{
		Matrix: []release.Trigger{
			{ID: "T1", When: errorsFor(5 * time.Minute), Action: "Turn checkout.gift_cards off", Owner: "sre-on-call", Delegate: "sre-lead",
				Within: value.Duration(5 * time.Minute)},
			{ID: "T2", When: errorsFor(15 * time.Minute), Action: "Roll back every service", Owner: "release-manager", Delegate: "release-deputy",
				Within: value.Duration(10 * time.Minute)},
		},
		Escalation: []release.Escalation{
			{After: 0, Role: "sre-on-call", Delegate: "sre-lead"},
			{After: value.Duration(15 * time.Minute), Role: "sre-lead", Delegate: "release-deputy"},
			{After: value.Duration(30 * time.Minute), Role: "steering", Delegate: "release-deputy"},
		},
		Commitments: []release.Commitment{{ID: "C1", Text: "Hold the after-action review", Owner: "release-manager", Within: value.Duration(72 * time.Hour)}},
	}
}

func checklists() release.Checklists {
	task := func(id, text, role string, topic release.Topic) release.Task {
		return release.Task{ID: id, Text: text, Role: role, Topic: topic}
	}
	docs := task("P1", "Publish runbook RB-88", "release-manager", release.Documentation)
	docs.Link = "https://wiki.example.com/runbooks/RB-88"
	docs.State = release.TaskState{Done: true, By: "barbara", At: at("2026-12-04T12:00:00")}
	sync := task("E2", "Sync Argo CD in this order", "sre-lead", release.Sequencing)
	sync.Components = []string{"catalog", "notifications", "gift-cards", "payments-api", "orders-api", "shop-ios", "shop-android"}
	start := task("E3", "Record the go decision", "release-manager", release.ApprovalTopic)
	start.Gate = "production/entry"
	alert := task("O1", "Page on checkout errors", "sre-on-call", release.AlertThreshold)
	alert.Alert = errorsFor(5 * time.Minute)
	anomaly := task("O2", "Open an anomaly ticket", "sre-on-call", release.AnomalyResponse)
	anomaly.Within = value.Duration(10 * time.Minute)
	feedback := task("O3", "Review customer feedback", "support-lead", release.CustomerFeedback)
	feedback.Within = value.Duration(24 * time.Hour)
	review := task("B3", "Hold the after-action review", "release-manager", release.AfterAction)
	review.Within = value.Duration(72 * time.Hour)
	return release.Checklists{
		PreRelease: []release.Task{
			docs, task("P2", "Close security review SEC-310", "dev-lead", release.SecurityReview),
			task("P3", "Confirm the restore takes at most 30 minutes", "sre-lead", release.DisasterRecovery),
			task("P4", "Confirm capacity for 1.5 times the peak", "sre-lead", release.CapacityPlanning),
		},
		Deployment: []release.Task{
			task("E1", "Follow runbook RB-88", "sre-lead", release.RunbookTopic), start, sync,
			task("E4", "Post the start notice", "release-manager", release.CommunicationTopic),
		},
		PostRelease: []release.Task{alert, anomaly, feedback},
		Rollback: []release.Task{
			task("B1", "Decide by the decision matrix", "release-manager", release.DecisionTopic),
			task("B2", "Page the next level of the escalation", "sre-on-call", release.EscalationTopic), review,
		},
	}
}
