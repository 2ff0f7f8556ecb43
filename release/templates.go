package release

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// TemplateOptions is what the tasks of every template speak of. Everything is
// needed: what is left out stands in the texts as "TBD", which rule ISS-007
// reports until a question is named for it, and a role, a limit or a threshold
// that is left out is missing in its task too, where the rules of the
// checklists ask for it.
type TemplateOptions struct {
	Prefix   string         // of the ids of the tasks; empty: the template's own
	Roles    TemplateRoles  // who does what
	Runbook  value.Link     // what the deployment follows
	Channel  string         // where it is followed live: "#war-room"
	Gate     string         // id of the gate that has to be passed before
	Alerts   []Condition    // what is watched afterwards
	Respond  value.Duration // from an alert to the anomaly ticket
	Feedback value.Duration // from the end of the window to the report of what customers say
	Decide   value.Duration // from an alert to the decision
	Escalate value.Duration // from a page without an answer to the page of the next level
	Review   value.Duration // from the end of the window to the after-action review
}

// TemplateRoles is the ids of the roles that a template tags its tasks with.
type TemplateRoles struct {
	Manager  string // decides, informs and reviews
	Operator string // carries out
	OnCall   string // watches, is paged
	Security string // reviews what is released
	Support  string // hears customers
}

// RolloutOptions is what a rollout on Kubernetes speaks of beside that.
type RolloutOptions struct {
	TemplateOptions
	Environment    string           // "production"
	Rehearsed      string           // the environment in which the way back is rehearsed: "staging"
	Components     []string         // in the order in which they are deployed
	Progress       value.Duration   // until all replicas of one component are ready (progressDeadlineSeconds)
	Surge          value.Quantity   // the capacity that has to be free for new pods beside old ones (maxSurge)
	Steps          []value.Quantity // the shares of traffic of a canary, rising; none: all traffic at once
	Hold           value.Duration   // how long each share is held
	RollbackWithin value.Duration   // the limit of the rollback, as rehearsed
}

// KubernetesRollout returns the checklists of a rollout of components one after
// the other. Ids begin with "K8S-" unless the options say otherwise.
func KubernetesRollout(o RolloutOptions) Checklists {
	names, target := listed(o.Components), given(o.Environment)
	t := newTemplate(o.TemplateOptions, "K8S", "the rollout to "+target)
	t.before(
		"Confirm 0 critical findings in the images of "+names,
		fmt.Sprintf("Rehearse the rollback of %s in %s within %s", names, given(o.Rehearsed), length(o.RollbackWithin)),
		fmt.Sprintf("Confirm %s free capacity in the cluster of %s for new pods", amount(o.Surge), target),
		"Confirm an image digest and a readiness probe for every workload of "+names)
	t.open()
	for _, c := range orOne(o.Components) {
		t.step(Task{Text: fmt.Sprintf("Roll out %s and stop after %s without all replicas ready", given(c), length(o.Progress)),
			Within: o.Progress, Components: slices.DeleteFunc([]string{c}, check.Blank)})
	}
	if len(o.Steps) > 0 {
		t.step(Task{Text: fmt.Sprintf("Shift traffic to %s and hold each step for %s", amounts(o.Steps), length(o.Hold))})
	}
	t.after()
	undone := slices.Clone(o.Components)
	slices.Reverse(undone)
	t.back(Task{Text: fmt.Sprintf("Undo the rollout of %s within %s", listed(undone), length(o.RollbackWithin)), Within: o.RollbackWithin})
	return t.lists
}

// MigrationOptions is what a database migration speaks of beside that.
type MigrationOptions struct {
	TemplateOptions
	Migration     string         // its name or number: "0142"
	Database      string         // "orders-db"
	Reversal      string         // the step that reverses it in place, from its verb; empty: it is restored only
	RestorePoint  string         // what is restored: "snapshot S-1207"
	RestoreWithin value.Duration // how long a restore takes at most
	Storage       value.Quantity // what has to be free in the database
	Batch         int            // rows changed at a time; 0: all at once
	Limit         value.Duration // how long the migration runs at most
}

// DatabaseMigration returns the checklists of a migration with a restore point.
// Ids begin with "DB-" unless the options say otherwise.
func DatabaseMigration(o MigrationOptions) Checklists {
	migration, database, point := "migration "+given(o.Migration), given(o.Database), given(o.RestorePoint)
	t := newTemplate(o.TemplateOptions, "DB", migration)
	t.before(
		fmt.Sprintf("Confirm that %s runs on %s with a database role of its own", migration, database),
		fmt.Sprintf("Create %s and confirm that its restore takes at most %s", point, length(o.RestoreWithin)),
		fmt.Sprintf("Confirm %s free storage in %s", amount(o.Storage), database),
		fmt.Sprintf("Run %s on a copy of %s and confirm that it takes at most %s", migration, database, length(o.Limit)))
	t.open()
	batches := ""
	if o.Batch > 0 {
		batches = fmt.Sprintf(" in batches of %d rows", o.Batch)
	}
	t.step(Task{Text: fmt.Sprintf("Run %s on %s%s and stop after %s", migration, database, batches, length(o.Limit)), Within: o.Limit})
	t.step(Task{Text: fmt.Sprintf("Run the checks of %s and confirm 0 failed rows", migration)})
	t.after()
	restore := Task{Text: fmt.Sprintf("Restore %s within %s", point, length(o.RestoreWithin)), Within: o.RestoreWithin}
	if check.Blank(o.Reversal) {
		t.back(restore)
	} else {
		restore.Text += " when the reversal fails"
		t.back(Task{Text: fmt.Sprintf("Reverse %s: %s", migration, o.Reversal)}, restore)
	}
	return t.lists
}

// ToggleOptions is what turning a feature flag speaks of beside that.
type ToggleOptions struct {
	TemplateOptions
	Flag       Flag             // name, system, default state and kill step, from its verb
	Rehearsed  string           // the environment in which the kill step is rehearsed: "staging"
	Steps      []value.Quantity // the shares of users that it is turned on for, rising
	Hold       value.Duration   // how long each share is held
	KillWithin value.Duration   // how long the kill step takes at most
	Cleanup    value.Period     // from the last step until the flag is out of the code
}

// FeatureFlagToggle returns the checklists of turning a flag on in steps. Ids
// begin with "FLAG-" unless the options say otherwise.
func FeatureFlagToggle(o ToggleOptions) Checklists {
	flag, kill, steps := given(o.Flag.Name), given(o.Flag.Kill), orOne(o.Steps)
	t := newTemplate(o.TemplateOptions, "FLAG", flag)
	first, size := utf8.DecodeRuneInString(kill)
	kill = string(unicode.ToUpper(first)) + kill[size:]
	cleanup := unknown
	if !o.Cleanup.IsZero() {
		cleanup = o.Cleanup.Human()
	}
	t.before(
		fmt.Sprintf("Confirm that nobody but the roles of the runbook turns %s in %s", flag, given(o.Flag.System)),
		fmt.Sprintf("Rehearse the kill step of %s in %s within %s", flag, given(o.Rehearsed), length(o.KillWithin)),
		fmt.Sprintf("Confirm capacity for %s of the traffic behind %s", amount(steps[len(steps)-1]), flag),
		fmt.Sprintf("Confirm the state of %s before the first step: %s", flag, given(o.Flag.Default)))
	t.open()
	for _, share := range steps {
		t.step(Task{Text: fmt.Sprintf("Turn %s to %s and hold for %s", flag, amount(share), length(o.Hold))})
	}
	t.after(Task{Role: o.Roles.Operator, Text: fmt.Sprintf("Remove %s from the code within %s", flag, cleanup)})
	t.back(Task{Text: fmt.Sprintf("%s within %s", kill, length(o.KillWithin)), Within: o.KillWithin})
	return t.lists
}

// template is checklists in the making.
type template struct {
	TemplateOptions
	subject string // what they are about, as it reads in a sentence
	lists   Checklists
}

func newTemplate(o TemplateOptions, prefix, subject string) template {
	if o.Prefix == "" {
		o.Prefix = prefix
	}
	return template{TemplateOptions: o, subject: subject}
}

// add adds tasks to the list whose ids have the letter.
func (t *template) add(list *[]Task, letter string, tasks ...Task) {
	for _, task := range tasks {
		task.ID = fmt.Sprintf("%s-%s%d", t.Prefix, letter, len(*list)+1)
		*list = append(*list, task)
	}
}

// before adds what has to be ready.
func (t *template) before(security, recovery, capacity, other string) {
	r := t.Roles
	t.add(&t.lists.PreRelease, "P",
		Task{Role: r.Manager, Topic: Documentation, Text: "Publish the runbook of " + t.subject, Link: t.Runbook},
		Task{Role: r.Security, Topic: SecurityReview, Text: security},
		Task{Role: r.Operator, Topic: DisasterRecovery, Text: recovery},
		Task{Role: r.Operator, Topic: CapacityPlanning, Text: capacity},
		Task{Role: r.Operator, Topic: OtherTopic, Text: other})
}

// open adds what comes before the first step of the deployment.
func (t *template) open() {
	channel := given(t.Channel)
	t.add(&t.lists.Deployment, "D",
		Task{Role: t.Roles.Manager, Topic: ApprovalTopic, Text: "Record the go decision for " + t.subject, Gate: t.Gate},
		Task{Role: t.Roles.Manager, Topic: CommunicationTopic, Text: fmt.Sprintf("Post the start of %s in %s", t.subject, channel)},
		Task{Role: t.Roles.Operator, Topic: RunbookTopic, Text: fmt.Sprintf("Follow the runbook of %s and log each step in %s", t.subject, channel), Link: t.Runbook})
}

// step adds one step of the deployment.
func (t *template) step(task Task) {
	task.Role, task.Topic = t.Roles.Operator, Sequencing
	t.add(&t.lists.Deployment, "D", task)
}

// after adds what is watched and heard afterwards, and more.
func (t *template) after(more ...Task) {
	list := &t.lists.PostRelease
	for _, alert := range orOne(t.Alerts) {
		t.add(list, "M", Task{Role: t.Roles.OnCall, Topic: AlertThreshold, Text: "Page on " + alert.text(), Alert: alert})
	}
	t.add(list, "M",
		Task{Role: t.Roles.OnCall, Topic: AnomalyResponse, Within: t.Respond,
			Text: fmt.Sprintf("Open an anomaly ticket about %s within %s of an alert", t.subject, length(t.Respond))},
		Task{Role: t.Roles.Support, Topic: CustomerFeedback, Within: t.Feedback,
			Text: fmt.Sprintf("Report customer feedback on %s within %s", t.subject, length(t.Feedback))})
	t.add(list, "M", more...)
}

// back adds the way back with its steps.
func (t *template) back(steps ...Task) {
	list := &t.lists.Rollback
	t.add(list, "R", Task{Role: t.Roles.Manager, Topic: DecisionTopic, Within: t.Decide,
		Text: fmt.Sprintf("Decide on %s by the decision matrix within %s of an alert", t.subject, length(t.Decide))})
	for _, step := range steps {
		step.Role = t.Roles.Operator
		t.add(list, "R", step)
	}
	t.add(list, "R",
		Task{Role: t.Roles.OnCall, Topic: EscalationTopic, Within: t.Escalate,
			Text: fmt.Sprintf("Page the next level about %s after %s without an answer", t.subject, length(t.Escalate))},
		Task{Role: t.Roles.Manager, Topic: AfterAction, Within: t.Review,
			Text: fmt.Sprintf("Hold the after-action review of %s within %s", t.subject, length(t.Review))})
}

// unknown stands for what the options leave out.
const unknown = "TBD"

func given(text string) string {
	if check.Blank(text) {
		return unknown
	}
	return text
}

func length(d value.Duration) string {
	if d <= 0 {
		return unknown
	}
	return d.Human()
}

func amount(q value.Quantity) string {
	if q.IsZero() {
		return unknown
	}
	return q.Human()
}

// listed writes a list as a sentence has it: "a, b and c".
func listed(names []string) string {
	var text strings.Builder
	for i, name := range orOne(names) {
		switch {
		case i > 0 && i == len(names)-1:
			text.WriteString(" and ")
		case i > 0:
			text.WriteString(", ")
		}
		text.WriteString(given(name))
	}
	return text.String()
}

func amounts(list []value.Quantity) string {
	texts := make([]string, len(list))
	for i, q := range list {
		texts[i] = amount(q)
	}
	return listed(texts)
}

// orOne returns the list, or one zero element: what is left out shows.
func orOne[T any](list []T) []T {
	if len(list) == 0 {
		return make([]T, 1)
	}
	return list
}
