package release_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func minutes(n int) value.Duration { return value.Duration(time.Duration(n) * time.Minute) }

func percent(shares ...float64) []value.Quantity {
	var list []value.Quantity
	for _, s := range shares {
		list = append(list, value.Quantity{Value: value.Number(s), Unit: value.Percent})
	}
	return list
}

func templateOptions() release.TemplateOptions {
	return release.TemplateOptions{
		Roles:   release.TemplateRoles{Manager: "release-manager", Operator: "sre-lead", OnCall: "sre-on-call", Security: "dev-lead", Support: "support-lead"},
		Runbook: "https://wiki.example.com/runbooks/RB-88", Channel: "#war-room", Gate: "production/entry",
		Alerts: []release.Condition{{Metric: "checkout errors", Query: fact.NewQuery("datadog", "metric", fact.Number(value.Percent)),
			Beyond: release.Above, Limit: percent(1)[0], For: minutes(5)}},
		Respond: minutes(10), Feedback: minutes(24 * 60), Decide: minutes(10), Escalate: minutes(15), Review: minutes(72 * 60),
	}
}

func rollout() release.RolloutOptions {
	return release.RolloutOptions{TemplateOptions: templateOptions(), Environment: "production", Rehearsed: "staging",
		Components: []string{"catalog", "notifications", "gift-cards", "payments-api", "orders-api"},
		Progress:   minutes(10), Surge: percent(25)[0], Steps: percent(5, 25, 100), Hold: minutes(30), RollbackWithin: minutes(15)}
}

func migration() release.MigrationOptions {
	return release.MigrationOptions{TemplateOptions: templateOptions(), Migration: "0142", Database: "orders-db", Reversal: "drop table card_ledger",
		RestorePoint: "snapshot S-1207", RestoreWithin: minutes(30), Storage: percent(30)[0], Batch: 10000, Limit: minutes(20)}
}

func toggle() release.ToggleOptions {
	return release.ToggleOptions{TemplateOptions: templateOptions(), Flag: goodPlan().Overview.Flags[0], Rehearsed: "staging",
		Steps: percent(5, 50, 100), Hold: minutes(30), KillWithin: minutes(1), Cleanup: value.Period{Days: 30}}
}

// templates is each template with everything given, and with nothing.
func templates() map[string][2]release.Checklists {
	return map[string][2]release.Checklists{
		"K8S":  {release.KubernetesRollout(rollout()), release.KubernetesRollout(release.RolloutOptions{})},
		"DB":   {release.DatabaseMigration(migration()), release.DatabaseMigration(release.MigrationOptions{})},
		"FLAG": {release.FeatureFlagToggle(toggle()), release.FeatureFlagToggle(release.ToggleOptions{})},
	}
}

// phases is the lists of a suite, with the topics that each must not leave out.
func phases(c release.Checklists) map[string]struct {
	tasks  []release.Task
	topics []release.Topic
} {
	return map[string]struct {
		tasks  []release.Task
		topics []release.Topic
	}{
		"pre-release":  {c.PreRelease, []release.Topic{release.Documentation, release.SecurityReview, release.DisasterRecovery, release.CapacityPlanning}},
		"deployment":   {c.Deployment, []release.Topic{release.RunbookTopic, release.Sequencing, release.ApprovalTopic, release.CommunicationTopic}},
		"post-release": {c.PostRelease, []release.Topic{release.AlertThreshold, release.AnomalyResponse, release.CustomerFeedback}},
		"rollback":     {c.Rollback, []release.Topic{release.DecisionTopic, release.EscalationTopic, release.AfterAction}},
	}
}

func tasks(c release.Checklists) []release.Task {
	return slices.Concat(c.PreRelease, c.Deployment, c.PostRelease, c.Rollback)
}

var (
	imperative = regexp.MustCompile(`^(Publish|Confirm|Rehearse|Create|Run|Record|Post|Follow|Roll|Shift|Turn|Page|Open|Report|Remove|Decide|Undo|Reverse|Restore|Hold) `)
	vagueWords = regexp.MustCompile(`(?i)\b(should|may|might|could|try|soon|asap|properly|appropriate\w*|several|some|many|few|various|etc|if (needed|necessary|possible)|as needed|sufficient|about \d)\b`)
)

// Each template alone has every topic of every phase, tagged, imperative and with its numbers.
func TestTemplates(t *testing.T) {
	plan := goodPlan()
	for name, template := range templates() {
		for phase, p := range phases(template[0]) {
			for _, topic := range p.topics {
				if !slices.ContainsFunc(p.tasks, func(task release.Task) bool { return task.Topic == topic }) {
					t.Errorf("%s: %s has nothing about %s", name, phase, topic)
				}
			}
		}
		for _, task := range tasks(template[0]) {
			if !strings.HasPrefix(task.ID, name+"-") || !imperative.MatchString(task.Text) || vagueWords.MatchString(task.Text) ||
				strings.Contains(task.Text, "TBD") || strings.Contains(task.Text, "  ") {
				t.Errorf("%s: %q", task.ID, task.Text)
			}
			if _, ok := plan.Directory.Role(task.Role); !ok {
				t.Errorf("%s is tagged %q", task.ID, task.Role)
			}
			if task.Topic == release.AlertThreshold && (task.Alert.Limit.IsZero() || task.Alert.Beyond == release.NoComparison) {
				t.Errorf("%s has no threshold", task.ID)
			}
			if timed := strings.Contains(task.Text, "within") || task.Topic == release.EscalationTopic; timed && task.Within == 0 &&
				!slices.Contains([]string{"K8S-P3", "FLAG-P3", "FLAG-M4"}, task.ID) {
				t.Errorf("%s names a limit and has none: %q", task.ID, task.Text)
			}
			if task.State != (release.TaskState{}) {
				t.Errorf("%s is done already", task.ID)
			}
		}
	}
}

// The three together are a suite in which no id stands twice and the rollout
// deploys the components in their order.
func TestTemplatesTogether(t *testing.T) {
	all := templates()
	apps := release.Task{ID: "APP-D1", Text: "Release shop-ios and shop-android to 5% of users", Role: "mobile-lead", Topic: release.Sequencing,
		Components: []string{"shop-ios", "shop-android"}}
	plan := goodPlan()
	plan.Checklists = all["DB"][0].With(all["K8S"][0], release.Checklists{Deployment: []release.Task{apps}}, all["FLAG"][0])
	seen := map[string]bool{}
	var deployed []string
	for _, task := range tasks(plan.Checklists) {
		if seen[task.ID] {
			t.Errorf("%s stands twice", task.ID)
		}
		seen[task.ID] = true
		deployed = append(deployed, task.Components...)
	}
	if want := append(rollout().Components, apps.Components...); !cmp.Equal(want, deployed) {
		t.Errorf("deployed in the order %v", deployed)
	}
	if got := found(t, plan); len(got) != 0 {
		t.Errorf("the rules find %v", got)
	}
	// Two migrations in one release have a prefix each.
	second := migration()
	second.Prefix = "DB2"
	for _, task := range tasks(release.DatabaseMigration(second)) {
		if seen[task.ID] || !strings.HasPrefix(task.ID, "DB2-") {
			t.Errorf("%s is not of the second migration", task.ID)
		}
	}
}

// What the options leave out shows: as TBD in a text, as a gap in the task.
func TestTemplatesWithoutOptions(t *testing.T) {
	for name, template := range templates() {
		full, empty := tasks(template[0]), tasks(template[1])
		if len(empty) < 14 || len(empty) > len(full) {
			t.Errorf("%s: %d tasks of %d", name, len(empty), len(full))
		}
		for _, task := range empty {
			if !strings.Contains(task.Text, "TBD") || task.Role != "" || task.Within != 0 || task.Alert != (release.Condition{}) || len(task.Components) != 0 {
				if task.Text != "Confirm an image digest and a readiness probe for every workload of TBD" {
					t.Errorf("%s: nothing is missing in %q", task.ID, task.Text)
				}
			}
		}
		for phase, p := range phases(template[1]) {
			if len(p.tasks) == 0 {
				t.Errorf("%s: %s is empty", name, phase)
			}
		}
	}
}

// Each option reaches a text or a field: none is forgotten.
func TestTemplateOptionsAreUsed(t *testing.T) {
	joined := func(c release.Checklists) string {
		var text strings.Builder
		for _, task := range tasks(c) {
			text.WriteString(task.Text + "\n" + string(task.Link) + "\n" + task.Gate + "\n")
		}
		return text.String()
	}
	tests := map[string][]string{
		joined(release.KubernetesRollout(rollout())): {"RB-88", "#war-room", "production/entry", "checkout errors above 1% for 5 minutes", "10 minutes of an alert",
			"24 hours", "15 minutes without an answer", "72 hours", "in staging within 15 minutes", "catalog, notifications, gift-cards, payments-api and orders-api",
			"stop after 10 minutes", "25% free capacity in the cluster of production", "5%, 25% and 100% and hold each step for 30 minutes",
			"orders-api, payments-api, gift-cards, notifications and catalog within"},
		joined(release.DatabaseMigration(migration())): {"migration 0142 on orders-db in batches of 10000 rows and stop after 20 minutes", "Reverse migration 0142: drop table card_ledger",
			"Restore snapshot S-1207 within 30 minutes when the reversal fails", "30% free storage in orders-db"},
		joined(release.FeatureFlagToggle(toggle())): {"turns checkout.gift_cards in LaunchDarkly", "in staging within 1 minute", "to 5% and hold for 30 minutes", "capacity for 100%",
			"before the first step: off", "Turn checkout.gift_cards off for all segments within 1 minute", "within 30 days"},
	}
	for text, wants := range tests {
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("nothing says %q in\n%s", want, text)
			}
		}
	}
	// Without a reversal it is restored, without steps all traffic moves at once, without batches all rows.
	m, r := migration(), rollout()
	m.Reversal, m.Batch, r.Steps = "", 0, nil
	text := joined(release.DatabaseMigration(m)) + joined(release.KubernetesRollout(r))
	for _, no := range []string{"Reverse", "batches", "Shift", "TBD"} {
		if strings.Contains(text, no) {
			t.Errorf("%q is said in\n%s", no, text)
		}
	}
}

// A time that cannot be is none.
func TestTemplatesNegative(t *testing.T) {
	o := toggle()
	o.KillWithin = -o.KillWithin
	if got := release.FeatureFlagToggle(o).Rollback[1].Text; got != "Turn checkout.gift_cards off for all segments within TBD" {
		t.Errorf("%q", got)
	}
}

// A template shares no memory with its options.
func TestTemplatesShareNothing(t *testing.T) {
	o := rollout()
	lists := release.KubernetesRollout(o)
	if diff := cmp.Diff(rollout(), o); diff != "" {
		t.Errorf("the options changed (-want +got):\n%s", diff)
	}
	before := lists.With()
	for i := range o.Components {
		o.Components[i] = "x"
	}
	o.Alerts[0].Metric, o.Steps[0] = "x", value.Quantity{}
	if diff := cmp.Diff(before, lists); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
