package page

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
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
	d.subsection(phases[i].name)
	if len(tasks) == 0 {
		d.absent("Tasks")
	}
	if d.level < 2 {
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
		if d.level > 2 {
			if tasks[i].Topic != release.OtherTopic || shown == [topics]int{release.OtherTopic: i + 1} {
				d.topicItem(tasks, &tasks[i])
			}
			continue
		}
		d.taskItem(&tasks[i])
		d.order(&tasks[i], tasks)
		d.end()
		n++
	}
	switch {
	case n == len(tasks):
	case d.level == 2:
		d.gap()
		d.share("Shown", n, len(tasks))
		d.lit(" tasks; done: ")
		d.number(done)
		d.lit(".\n")
	default:
		d.gap()
		d.share("Done", done, len(tasks))
		d.lit(".\n")
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
	d.task(done)
	d.lit("**")
	for i, role := range roles {
		d.separate(i)
		if role == "" {
			d.lit("role ")
		}
		d.role(role)
	}
	d.lit(":** ")
	d.name(topicNames[min(int(first.Topic), topics-1)])
	d.order(&release.Task{Topic: first.Topic}, tasks)
	d.end()
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
			d.lit(separator)
			d.text(name)
			separator = ", "
		}
	}
}

// taskItem writes one task. What its text says already is not said twice.
func (d *Doc) taskItem(t *release.Task) {
	d.task(t.State.Done)
	d.lit("**")
	if t.Role == "" {
		d.lit("role ")
	}
	d.role(t.Role)
	d.lit(":** ")
	d.linked(t.Text, t.Link)
	if len(t.Components) > 0 && (d.level < 2 || len(t.Components) > 1) {
		d.lit(": ")
		d.list(t.Components, ", ")
	}
	said := strings.Contains(t.Text, t.Alert.Metric) && strings.Contains(t.Text, t.Alert.Limit.Human())
	if !t.Alert.IsZero() && !said {
		d.lit(", if ")
		d.signal(&t.Alert)
	}
	if t.Within != 0 && !strings.Contains(t.Text, t.Within.Human()) {
		d.lit(", within ")
		d.duration(t.Within)
	}
	if t.Gate != "" {
		d.lit(", after ")
		d.text(t.Gate)
	}
	if d.level == 0 {
		d.taskState(t)
	}
	if d.level < 2 {
		d.end()
	}
}

// taskState writes the id of a task, and by whom and when it was done.
func (d *Doc) taskState(t *release.Task) {
	d.lit(" (")
	d.text(t.ID)
	if t.State.By != "" || !t.State.At.IsZero() {
		d.lit(", ")
		if t.State.By == "" {
			d.lit("person ")
		}
		d.person(t.State.By)
		d.lit(" ")
		if t.State.At.IsZero() {
			d.lit("at a time ")
		}
		d.when(t.State.At)
	}
	d.lit(")")
}

// wayBack writes decision matrix, escalation and commitments, where given. On a
// short page the latter two are a line each.
func (d *Doc) wayBack() {
	r := &d.packet.Plan.Rollback
	d.matrix(r.Matrix)
	if d.level > 0 {
		if len(r.Matrix) == 0 && len(r.Escalation)+len(r.Commitments) > 0 {
			d.subsection("Escalation and commitments")
		}
		d.gap()
		d.escalationLine(r.Escalation)
		if d.level < 2 {
			d.commitmentLine(r.Commitments)
		}
		return
	}
	if len(r.Escalation) > 0 {
		d.subsection("Escalation path")
		d.table("After", "Role / delegate")
	}
	for i := range r.Escalation {
		e := &r.Escalation[i]
		d.cell()
		d.after(e.After)
		d.cell()
		d.parties(e.Role, e.Delegate)
		d.row()
	}
	if len(r.Commitments) > 0 {
		d.subsection("After-action commitments")
		d.table("ID", "Commitment", "Owner", "Within")
	}
	for i := range r.Commitments {
		c := &r.Commitments[i]
		d.cell()
		d.text(c.ID)
		d.cell()
		d.text(c.Text)
		d.cell()
		d.party(c.Owner)
		d.cell()
		d.within(c.Within)
		d.row()
	}
}

// matrix writes what is done when something goes wrong, and who decides it.
func (d *Doc) matrix(all []release.Trigger) {
	if len(all) == 0 {
		return
	}
	d.subsection("Decision matrix")
	common := d.level > 1 && !slices.ContainsFunc(all, func(t release.Trigger) bool { return t.Within != all[0].Within })
	switch {
	case d.level == 0:
		d.table("ID", "Trigger", "Action", "Decision owner / delegate", "Within")
	case !common:
		d.table("Trigger", "Action", "Decision owner / delegate", "Within")
	default:
		d.lit("Decided within ")
		d.within(all[0].Within)
		d.lit(".\n")
		d.gap()
		d.table("Trigger", "Action", "Decision owner / delegate")
	}
	for i := range all {
		t := &all[i]
		if d.level == 0 {
			d.cell()
			d.text(t.ID)
		}
		d.cell()
		d.signal(&t.When)
		d.cell()
		d.text(t.Action)
		d.cell()
		d.parties(t.Owner, t.Delegate)
		if !common {
			d.cell()
			d.within(t.Within)
		}
		d.row()
	}
}

// escalationLine writes who is called after how long, from level 2 on without
// those who stand in.
func (d *Doc) escalationLine(all []release.Escalation) {
	if len(all) == 0 {
		return
	}
	d.bullet(0)
	d.lit("Escalation: ")
	for i := range all {
		d.separateBy("; ", i)
		d.after(all[i].After)
		d.lit(" ")
		if d.level < 2 {
			d.parties(all[i].Role, all[i].Delegate)
		} else {
			d.role(all[i].Role)
		}
	}
	d.end()
}

func (d *Doc) commitmentLine(all []release.Commitment) {
	if len(all) == 0 {
		return
	}
	d.bullet(0)
	d.lit("Afterwards: ")
	for i := range all {
		d.separateBy("; ", i)
		d.text(all[i].Text)
		d.lit(", ")
		d.party(all[i].Owner)
		d.lit(", within ")
		d.within(all[i].Within)
	}
	d.end()
}

// signal appends what has gone wrong when it is seen: "Checkout errors > 1% for
// 5 minutes".
func (d *Doc) signal(c *release.Condition) {
	d.text(c.Metric)
	d.beyond(c.Beyond)
	d.quantity(c.Limit)
	if c.For != 0 {
		d.lit(" for ")
		d.duration(c.For)
	}
}

// beyond appends a side of a limit as a sign.
func (d *Doc) beyond(c release.Comparison) {
	switch c {
	case release.Above:
		d.lit(" > ")
	case release.Below:
		d.lit(" < ")
	default:
		d.lit(" compared with ")
	}
}

// after appends how long to wait.
func (d *Doc) after(v value.Duration) {
	if v == 0 {
		d.lit("at once")
		return
	}
	d.duration(v)
}

// within appends a deadline that is a length of time.
func (d *Doc) within(v value.Duration) {
	if v == 0 {
		d.notGiven()
		return
	}
	d.duration(v)
}
