package render

import (
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// checklists writes what is done in each phase, and below the last one how the
// way back is decided.
func (d *doc) checklists() {
	c := &d.packet.Plan.Checklists
	d.section("Checklist Suite")
	for i, phase := range []struct {
		name  string
		tasks []release.Task
	}{
		{"Pre-release readiness", c.PreRelease}, {"Deployment execution", c.Deployment},
		{"Post-release monitoring", c.PostRelease}, {"Rollback and incident response", c.Rollback},
	} {
		d.phase(i, phase.name, phase.tasks)
	}
	d.rollback()
}

func (d *doc) phase(i int, name string, tasks []release.Task) {
	if i > 0 {
		d.gap()
	}
	d.lit("### ")
	d.lit(name)
	d.end()
	d.gap()
	if len(tasks) == 0 {
		d.absent("Tasks")
	}
	for i := range tasks {
		d.taskItem(&tasks[i])
	}
}

// taskItem writes one task. What its text says already is not said twice.
func (d *doc) taskItem(t *release.Task) {
	d.task(t.State.Done)
	d.lit("**")
	if t.Role == "" {
		d.lit("role ")
	}
	d.role(t.Role)
	d.lit(":** ")
	d.linked(t.Text, t.Link)
	if len(t.Components) > 0 {
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
	d.end()
}

// rollback writes decision matrix, escalation and commitments, where given.
func (d *doc) rollback() {
	r := &d.packet.Plan.Rollback
	if len(r.Matrix) > 0 {
		d.subsection("Decision matrix")
		d.table("ID", "Trigger", "Action", "Decision owner / delegate", "Within")
	}
	for i := range r.Matrix {
		t := &r.Matrix[i]
		d.cell()
		d.text(t.ID)
		d.cell()
		d.signal(&t.When)
		d.cell()
		d.text(t.Action)
		d.cell()
		d.parties(t.Owner, t.Delegate)
		d.cell()
		d.within(t.Within)
		d.row()
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

// signal appends what has gone wrong when it is seen: "Checkout errors > 1% for
// 5 minutes".
func (d *doc) signal(c *release.Condition) {
	d.text(c.Metric)
	d.beyond(c.Beyond)
	d.quantity(c.Limit)
	if c.For != 0 {
		d.lit(" for ")
		d.duration(c.For)
	}
}

// beyond appends a side of a limit as a sign.
func (d *doc) beyond(c release.Comparison) {
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
func (d *doc) after(v value.Duration) {
	if v == 0 {
		d.lit("at once")
		return
	}
	d.duration(v)
}

// within appends a deadline that is a length of time.
func (d *doc) within(v value.Duration) {
	if v == 0 {
		d.lit(notGiven)
		return
	}
	d.duration(v)
}
