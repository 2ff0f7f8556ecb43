package release_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// exampleOptions is what the three templates have in common in one release.
func exampleOptions() release.TemplateOptions {
	return release.TemplateOptions{
		Roles:   release.TemplateRoles{Manager: "release-manager", Operator: "sre-lead", OnCall: "sre-on-call", Security: "security-lead", Support: "support-lead"},
		Runbook: "https://wiki.example.com/runbooks/RB-88", Channel: "#war-room", Gate: "production/entry",
		Alerts: []release.Condition{{Metric: "checkout errors", Beyond: release.Above,
			Limit: value.Quantity{Value: 1, Unit: value.Percent}, For: value.Duration(5 * time.Minute)}},
		Respond: value.Duration(10 * time.Minute), Feedback: value.Duration(24 * time.Hour), Decide: value.Duration(10 * time.Minute),
		Escalate: value.Duration(15 * time.Minute), Review: value.Duration(72 * time.Hour),
	}
}

func printTasks(c release.Checklists) {
	for _, phase := range [][]release.Task{c.PreRelease, c.Deployment, c.PostRelease, c.Rollback} {
		for _, task := range phase {
			fmt.Printf("%s %s: %s\n", task.ID, task.Role, task.Text)
		}
	}
}

func ExampleKubernetesRollout() {
	printTasks(release.KubernetesRollout(release.RolloutOptions{
		TemplateOptions: exampleOptions(), Environment: "production", Rehearsed: "staging",
		Components: []string{"catalog", "orders-api"}, Progress: value.Duration(10 * time.Minute),
		Surge: value.Quantity{Value: 25, Unit: value.Percent},
		Steps: []value.Quantity{{Value: 5, Unit: value.Percent}, {Value: 50, Unit: value.Percent}, {Value: 100, Unit: value.Percent}},
		Hold:  value.Duration(30 * time.Minute), RollbackWithin: value.Duration(15 * time.Minute),
	}))
	// Output:
	// K8S-P1 release-manager: Publish the runbook of the rollout to production
	// K8S-P2 security-lead: Confirm 0 critical findings in the images of catalog and orders-api
	// K8S-P3 sre-lead: Rehearse the rollback of catalog and orders-api in staging within 15 minutes
	// K8S-P4 sre-lead: Confirm 25% free capacity in the cluster of production for new pods
	// K8S-P5 sre-lead: Confirm an image digest and a readiness probe for every workload of catalog and orders-api
	// K8S-D1 release-manager: Record the go decision for the rollout to production
	// K8S-D2 release-manager: Post the start of the rollout to production in #war-room
	// K8S-D3 sre-lead: Follow the runbook of the rollout to production and log each step in #war-room
	// K8S-D4 sre-lead: Roll out catalog and stop after 10 minutes without all replicas ready
	// K8S-D5 sre-lead: Roll out orders-api and stop after 10 minutes without all replicas ready
	// K8S-D6 sre-lead: Shift traffic to 5%, 50% and 100% and hold each step for 30 minutes
	// K8S-M1 sre-on-call: Page on checkout errors above 1% for 5 minutes
	// K8S-M2 sre-on-call: Open an anomaly ticket about the rollout to production within 10 minutes of an alert
	// K8S-M3 support-lead: Report customer feedback on the rollout to production within 24 hours
	// K8S-R1 release-manager: Decide on the rollout to production by the decision matrix within 10 minutes of an alert
	// K8S-R2 sre-lead: Undo the rollout of orders-api and catalog within 15 minutes
	// K8S-R3 sre-on-call: Page the next level about the rollout to production after 15 minutes without an answer
	// K8S-R4 release-manager: Hold the after-action review of the rollout to production within 72 hours
}

func ExampleDatabaseMigration() {
	printTasks(release.DatabaseMigration(release.MigrationOptions{
		TemplateOptions: exampleOptions(), Migration: "0142", Database: "orders-db", Reversal: "drop table card_ledger",
		RestorePoint: "snapshot S-1207", RestoreWithin: value.Duration(30 * time.Minute),
		Storage: value.Quantity{Value: 30, Unit: value.Percent}, Batch: 10000, Limit: value.Duration(20 * time.Minute),
	}))
	// Output:
	// DB-P1 release-manager: Publish the runbook of migration 0142
	// DB-P2 security-lead: Confirm that migration 0142 runs on orders-db with a database role of its own
	// DB-P3 sre-lead: Create snapshot S-1207 and confirm that its restore takes at most 30 minutes
	// DB-P4 sre-lead: Confirm 30% free storage in orders-db
	// DB-P5 sre-lead: Run migration 0142 on a copy of orders-db and confirm that it takes at most 20 minutes
	// DB-D1 release-manager: Record the go decision for migration 0142
	// DB-D2 release-manager: Post the start of migration 0142 in #war-room
	// DB-D3 sre-lead: Follow the runbook of migration 0142 and log each step in #war-room
	// DB-D4 sre-lead: Run migration 0142 on orders-db in batches of 10000 rows and stop after 20 minutes
	// DB-D5 sre-lead: Run the checks of migration 0142 and confirm 0 failed rows
	// DB-M1 sre-on-call: Page on checkout errors above 1% for 5 minutes
	// DB-M2 sre-on-call: Open an anomaly ticket about migration 0142 within 10 minutes of an alert
	// DB-M3 support-lead: Report customer feedback on migration 0142 within 24 hours
	// DB-R1 release-manager: Decide on migration 0142 by the decision matrix within 10 minutes of an alert
	// DB-R2 sre-lead: Reverse migration 0142: drop table card_ledger
	// DB-R3 sre-lead: Restore snapshot S-1207 within 30 minutes when the reversal fails
	// DB-R4 sre-on-call: Page the next level about migration 0142 after 15 minutes without an answer
	// DB-R5 release-manager: Hold the after-action review of migration 0142 within 72 hours
}

func ExampleFeatureFlagToggle() {
	printTasks(release.FeatureFlagToggle(release.ToggleOptions{
		TemplateOptions: exampleOptions(), Rehearsed: "staging",
		Flag:  release.Flag{Name: "checkout.gift_cards", System: "LaunchDarkly", Default: "off", Kill: "turn checkout.gift_cards off for all segments"},
		Steps: []value.Quantity{{Value: 5, Unit: value.Percent}, {Value: 100, Unit: value.Percent}},
		Hold:  value.Duration(30 * time.Minute), KillWithin: value.Duration(time.Minute), Cleanup: value.Period{Days: 30},
	}))
	// Output:
	// FLAG-P1 release-manager: Publish the runbook of checkout.gift_cards
	// FLAG-P2 security-lead: Confirm that nobody but the roles of the runbook turns checkout.gift_cards in LaunchDarkly
	// FLAG-P3 sre-lead: Rehearse the kill step of checkout.gift_cards in staging within 1 minute
	// FLAG-P4 sre-lead: Confirm capacity for 100% of the traffic behind checkout.gift_cards
	// FLAG-P5 sre-lead: Confirm the state of checkout.gift_cards before the first step: off
	// FLAG-D1 release-manager: Record the go decision for checkout.gift_cards
	// FLAG-D2 release-manager: Post the start of checkout.gift_cards in #war-room
	// FLAG-D3 sre-lead: Follow the runbook of checkout.gift_cards and log each step in #war-room
	// FLAG-D4 sre-lead: Turn checkout.gift_cards to 5% and hold for 30 minutes
	// FLAG-D5 sre-lead: Turn checkout.gift_cards to 100% and hold for 30 minutes
	// FLAG-M1 sre-on-call: Page on checkout errors above 1% for 5 minutes
	// FLAG-M2 sre-on-call: Open an anomaly ticket about checkout.gift_cards within 10 minutes of an alert
	// FLAG-M3 support-lead: Report customer feedback on checkout.gift_cards within 24 hours
	// FLAG-M4 sre-lead: Remove checkout.gift_cards from the code within 30 days
	// FLAG-R1 release-manager: Decide on checkout.gift_cards by the decision matrix within 10 minutes of an alert
	// FLAG-R2 sre-lead: Turn checkout.gift_cards off for all segments within 1 minute
	// FLAG-R3 sre-on-call: Page the next level about checkout.gift_cards after 15 minutes without an answer
	// FLAG-R4 release-manager: Hold the after-action review of checkout.gift_cards within 72 hours
}

// What happened in two of three releases is a risk of the next one.
func ExampleSuggestRisks() {
	past := []release.Retrospective{
		{Release: "2026.9.0", Lessons: []release.Lesson{{Theme: "store review", Impact: release.Medium,
			Mitigation: "Submit 5 days ahead", Efficacy: release.Ineffective, Contingency: "Launch on the web first"}}},
		{Release: "2026.10.0", Lessons: []release.Lesson{{Theme: "store review", Averted: true,
			Mitigation: "Ask for an expedited review", Efficacy: release.Effective}}},
		{Release: "2026.11.0", Lessons: []release.Lesson{{Theme: "store review", Impact: release.High}}},
	}
	for _, s := range release.SuggestRisks(past, []release.Risk{{ID: "R1", Theme: "migration"}}) {
		fmt.Println(s.Risk.ID, s.Risk.Title, s.Risk.Probability, s.Risk.Impact)
		fmt.Println(s.Risk.Mitigation, "/", s.Risk.Contingency)
		fmt.Println("never worked:", s.Useless)
	}
	// Output:
	// R2 store review: happened in 2 of 3 earlier releases high high
	// Ask for an expedited review / Launch on the web first
	// never worked: [Submit 5 days ahead]
}

func ExampleRetrospective_WithLessons() {
	r := release.Retrospective{Release: "2026.11.0", At: value.Date(2026, 11, 17)}.
		WithLessons(release.Lesson{Theme: "migration", Averted: true, Mitigation: "Rehearse on a copy", Efficacy: release.Effective})
	fmt.Println(r.Lessons[0].Theme, r.Lessons[0].Efficacy)
	// Output: migration effective
}

func ExampleRetrospective_Validate() {
	r := release.Retrospective{At: value.Date(2026, 11, 17), Lessons: []release.Lesson{{Theme: "migration"}}}
	for _, f := range r.Validate() {
		fmt.Println(f)
	}
	// Output:
	// error RET-001 release: the release is missing
	// error RET-003 lessons[0].impact: the impact of migration is missing
}

func ExampleRetrospectiveRules() {
	for _, r := range release.RetrospectiveRules() {
		fmt.Println(r.ID, r.Doc)
	}
	// Output:
	// RET-001 A retrospective names its release and when it was held.
	// RET-002 A theme is named, and once.
	// RET-003 What happened is rated, and what is said of a mitigation is said of one that is named.
}
