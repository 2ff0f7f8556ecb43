package main

import (
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// checklists is what is done in each phase, and by whom.
func checklists() release.Checklists {
	done := func(by, local string) release.TaskState {
		return release.TaskState{Done: true, By: by, At: berlin(local)}
	}
	return release.Checklists{
		PreRelease: []release.Task{
			{ID: "P1", Text: "Publish runbook RB-31", Role: "release-manager", Topic: release.Documentation,
				Link: "https://runbooks.example.com/31", State: done("anja", "2026-12-04T10:00:00")},
			{ID: "P2", Text: "Close security review SEC-77", Role: "security-lead", Topic: release.SecurityReview, State: done("iris", "2026-12-03T15:00:00")},
			{ID: "P3", Text: "Restore snapshot S-1208 within 30 minutes", Role: "sre-lead", Topic: release.DisasterRecovery, State: done("emil", "2026-12-03T17:00:00")},
			{ID: "P4", Text: "Confirm capacity for 1.5 times the peak", Role: "sre-lead", Topic: release.CapacityPlanning},
		},
		Deployment: []release.Task{
			{ID: "E1", Text: "Open runbook RB-31", Role: "sre-lead", Topic: release.RunbookTopic, Link: "https://runbooks.example.com/31"},
			{ID: "E2", Text: "Record the go decision", Role: "release-manager", Topic: release.ApprovalTopic, Gate: "production/entry"},
			{ID: "E3", Text: "Sync Argo CD in this order", Role: "sre-lead", Topic: release.Sequencing, Gate: "production/entry",
				Components: []string{"edge-gateway", "notify-worker", "search-api", "payments-api", "booking-api", "android-app", "ios-app"}},
			{ID: "E4", Text: "Post the start notice", Role: "release-manager", Topic: release.CommunicationTopic},
		},
		PostRelease: []release.Task{
			{ID: "O1", Text: "Page on booking errors", Role: "sre-on-call", Topic: release.AlertThreshold, Alert: errorsAbove(1, 5*time.Minute)},
			{ID: "O2", Text: "Open an anomaly ticket", Role: "sre-on-call", Topic: release.AnomalyResponse, Within: value.Duration(10 * time.Minute)},
			{ID: "O3", Text: "Review customer feedback", Role: "support-lead", Topic: release.CustomerFeedback, Within: value.Duration(24 * time.Hour)},
		},
		Rollback: []release.Task{
			{ID: "B1", Text: "Decide by the decision matrix", Role: "release-manager", Topic: release.DecisionTopic, Within: value.Duration(5 * time.Minute)},
			{ID: "B2", Text: "Page the next level of the escalation", Role: "sre-on-call", Topic: release.EscalationTopic, Within: value.Duration(15 * time.Minute)},
			{ID: "B3", Text: "Hold the after-action review", Role: "release-manager", Topic: release.AfterAction, Within: value.Duration(72 * time.Hour)},
		},
	}
}
