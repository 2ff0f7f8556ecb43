package page

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
)

// phases are the checklists in the order of the page.
var phases = [...]struct {
	name  string
	tasks func(*release.Checklists) []release.Task
}{
	{"Pre-release readiness", func(c *release.Checklists) []release.Task { return c.PreRelease }},
	{"Deployment execution", func(c *release.Checklists) []release.Task { return c.Deployment }},
	{"Post-release monitoring", func(c *release.Checklists) []release.Task { return c.PostRelease }},
	{"Rollback and incident response", func(c *release.Checklists) []release.Task { return c.Rollback }},
}

// phase writes what is done in one phase, from level 2 on one task for each of
// its topics.
func (d *Doc) phase(i int) {
	tasks := phases[i].tasks(&d.packet.Plan.Checklists)
	d.Subsection(phases[i].name)
	if len(tasks) == 0 {
		d.Absent("Tasks")
	}
	if d.Level < 2 {
		for i := range tasks {
			d.taskItem(&tasks[i])
		}
		return
	}
	var shown [topics]int // positions, counted from 1
	done := 0
	for i := range tasks {
		t := &tasks[i]
		if t.State.Done {
			done++
		}
		if at := &shown[min(int(t.Topic), topics-1)]; *at == 0 || better(t, &tasks[*at-1]) {
			*at = i + 1
		}
	}
	n := 0
	for i := range tasks {
		if shown[min(int(tasks[i].Topic), topics-1)] != i+1 {
			continue
		}
		if d.Level > 2 {
			if tasks[i].Topic != release.OtherTopic || shown == [topics]int{release.OtherTopic: i + 1} {
				d.topicItem(tasks, &tasks[i])
			}
			continue
		}
		d.taskItem(&tasks[i])
		d.order(&tasks[i], tasks)
		d.End()
		n++
	}
	switch {
	case n == len(tasks):
	case d.Level == 2:
		d.Gap()
		d.Share("Shown", n, len(tasks))
		d.Lit(" tasks; done: ")
		d.Number(done)
		d.Lit(".\n")
	default:
		d.Gap()
		d.Share("Tasks done", done, len(tasks))
		d.Lit(".\n")
	}
}

// topicItem writes all tasks of one topic as one: the roles that have them and
// the topic, of steps also what they deploy. It is done when all of them are.
func (d *Doc) topicItem(tasks []release.Task, first *release.Task) {
	done := true
	roles := make([]string, 0, 4)
	for i := range tasks {
		if t := &tasks[i]; t.Topic == first.Topic {
			done = done && t.State.Done
			if !slices.Contains(roles, t.Role) {
				roles = append(roles, t.Role)
			}
		}
	}
	d.Task(done)
	d.Lit("**")
	for i, role := range roles {
		d.Separate(i)
		if role == "" {
			d.Lit("role ")
		}
		d.Role(role)
	}
	d.Lit(":** ")
	d.Name(topicNames[min(int(first.Topic), topics-1)])
	d.order(&release.Task{Topic: first.Topic}, tasks)
	d.End()
}

// topicNames are the names of topics, on which a task may stand for all others.
var topicNames = [topics]string{"Other", "Documentation", "Security", "Disaster recovery", "Capacity", "Runbook", "Sequencing",
	"Approval", "Communication", "Alert thresholds", "Anomaly response", "Customer feedback", "Decision", "Escalation",
	"After-action review", "Unknown topic"}

// topics is how many topics tasks are told apart by, one for all unknown ones
// included.
const topics = int(release.AfterAction) + 2

// better reports whether a task stands for its topic rather than another one
// before it: what is open rather than what is done, and the shorter one.
func better(t, than *release.Task) bool {
	if t.State.Done != than.State.Done {
		return than.State.Done
	}
	return len(t.Text) < len(than.Text)
}

// order writes, after the step that stands for all steps, what they deploy in
// their order.
func (d *Doc) order(t *release.Task, all []release.Task) {
	if t.Topic != release.Sequencing {
		return
	}
	separator := ", in order: "
	for i := range all {
		if all[i].Topic != release.Sequencing || &all[i] == t && len(t.Components) > 1 {
			continue
		}
		for _, name := range all[i].Components {
			d.Lit(separator)
			d.Text(name)
			separator = ", "
		}
	}
}

// taskItem writes one task. What its text says already is not said twice.
func (d *Doc) taskItem(t *release.Task) {
	d.Task(t.State.Done)
	d.Lit("**")
	if t.Role == "" {
		d.Lit("role ")
	}
	d.Role(t.Role)
	d.Lit(":** ")
	d.Linked(t.Text, t.Link)
	if len(t.Components) > 0 && (d.Level < 2 || len(t.Components) > 1) {
		d.Lit(": ")
		d.List(t.Components, ", ")
	}
	said := strings.Contains(t.Text, t.Alert.Metric) && strings.Contains(t.Text, t.Alert.Limit.Human())
	if !t.Alert.IsZero() && !said {
		d.Lit(", if ")
		d.signal(&t.Alert)
	}
	if t.Within != 0 && !strings.Contains(t.Text, t.Within.Human()) {
		d.Lit(", within ")
		d.Duration(t.Within)
	}
	if t.Gate != "" {
		d.Lit(", after ")
		d.Text(t.Gate)
	}
	if d.Level == 0 {
		d.taskState(t)
	}
	if d.Level < 2 {
		d.End()
	}
}

// taskState writes the id of a task, and by whom and when it was done.
func (d *Doc) taskState(t *release.Task) {
	d.Lit(" (")
	d.Text(t.ID)
	if t.State.By != "" || !t.State.At.IsZero() {
		d.Lit(", ")
		if t.State.By == "" {
			d.Lit("person ")
		}
		d.Person(t.State.By)
		d.Lit(" ")
		if t.State.At.IsZero() {
			d.Lit("at a time ")
		}
		d.When(t.State.At)
	}
	d.Lit(")")
}
