package main

import (
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// checklists is what is done in each phase, and by whom: three templates, and
// what was done already.
func checklists() release.Checklists {
	percent := func(n float64) value.Quantity { return value.Quantity{Value: value.Number(n), Unit: value.Percent} }
	common := release.TemplateOptions{
		Roles: release.TemplateRoles{Manager: "release-manager", Operator: "sre-lead", OnCall: "sre-on-call",
			Security: "security-lead", Support: "support-lead"},
		Runbook: "https://runbooks.example.com/31", Channel: "#war-room-2026-12-0", Gate: "production/entry",
		Alerts:  []release.Condition{errorsFor(5 * time.Minute)},
		Respond: value.Duration(10 * time.Minute), Feedback: value.Duration(24 * time.Hour), Decide: value.Duration(5 * time.Minute),
		Escalate: value.Duration(15 * time.Minute), Review: value.Duration(72 * time.Hour),
	}
	suite := release.KubernetesRollout(release.RolloutOptions{
		TemplateOptions: common, Environment: "production", Rehearsed: "staging",
		Components: []string{"edge-gateway", "notify-worker", "search-api", "payments-api", "booking-api", "android-app", "ios-app"},
		Progress:   value.Duration(10 * time.Minute), Surge: percent(25),
		Steps: []value.Quantity{percent(5), percent(25), percent(50), percent(100)}, Hold: value.Duration(30 * time.Minute),
		RollbackWithin: value.Duration(15 * time.Minute),
	}).With(
		release.DatabaseMigration(release.MigrationOptions{
			TemplateOptions: common, Migration: "0142", Database: "booking-db", Reversal: "Drop table seat_hold", RestorePoint: "snapshot S-1208",
			RestoreWithin: value.Duration(30 * time.Minute), Storage: value.Quantity{Value: 40, Unit: value.Gigabytes}, Batch: 10_000,
			Limit: value.Duration(20 * time.Minute),
		}),
		release.FeatureFlagToggle(release.ToggleOptions{
			TemplateOptions: common, Flag: flags()[0], Rehearsed: "staging",
			Steps: []value.Quantity{percent(5), percent(25), percent(50), percent(100)}, Hold: value.Duration(30 * time.Minute),
			KillWithin: value.Duration(time.Minute), Cleanup: value.Period{Days: 30},
		}),
	)
	for i := range suite.PreRelease {
		if t := &suite.PreRelease[i]; t.Topic == release.Documentation || t.Topic == release.SecurityReview {
			t.State = release.TaskState{Done: true, By: "anja", At: berlin("2026-12-04T10:00:00")}
		}
	}
	return suite
}
