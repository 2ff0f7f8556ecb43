package render

import (
	"strconv"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// register writes the open issues, numbered as the register numbers them. Those
// that are answered follow as a table.
func (d *doc) register() {
	q := &d.packet.Plan.Questions
	d.section("Open Issues Register")
	if len(q.Items) == 0 && q.None.IsZero() {
		d.absent("Issues")
		return
	}
	if len(q.Items) > 0 {
		d.table("No.", "Issue", "Owner", "Due", "Addressee", "Follow-up", "State")
	}
	for i := range q.Items {
		d.question(&q.Items[i])
	}
	if q.None.IsZero() {
		return
	}
	if len(q.Items) > 0 {
		d.gap()
	}
	d.negative(&q.None)
	d.end()
}

func (d *doc) question(q *release.Question) {
	d.cell()
	d.number(q.Number)
	d.cell()
	d.linked(q.Text, q.Link)
	separator := "; about "
	for _, at := range q.About {
		d.lit(separator)
		d.code(string(at))
		separator = ", "
	}
	d.cell()
	d.party(q.Owner)
	d.cell()
	d.when(q.Due)
	d.cell()
	d.lit(q.Addressee.String())
	d.cell()
	d.text(q.Prompt)
	d.cell()
	d.answer(q)
	d.row()
}

func (d *doc) answer(q *release.Question) {
	if q.Open() {
		d.lit("open")
	} else {
		d.lit("answered: ")
		d.text(q.Answer.Text)
	}
	if q.Answer.By != "" {
		d.lit(" (")
		d.person(q.Answer.By)
		d.lit(")")
	}
	if !q.Answer.At.IsZero() {
		d.lit(" ")
		d.when(q.Answer.At)
	}
	if q.Blocking {
		d.lit(", **blocking**")
	}
}

// tooling writes where things are.
func (d *doc) tooling() {
	t := &d.packet.Plan.Tooling
	d.section("Tooling")
	if len(t.Artifacts)+len(t.Automation)+len(t.Dashboards) == 0 {
		d.absent("Tooling")
		return
	}
	for _, group := range []struct {
		name  string
		tools []release.Tool
	}{{"Artifacts", t.Artifacts}, {"Automation", t.Automation}, {"Dashboards", t.Dashboards}} {
		d.bullet(0)
		d.lit(group.name)
		d.lit(": ")
		if len(group.tools) == 0 {
			d.lit(notGiven)
		}
		for i := range group.tools {
			if i > 0 {
				d.lit("; ")
			}
			x := &group.tools[i]
			d.linked(x.Name, x.Link)
			d.labelled(" in ", x.System)
			d.labelled(", started by ", x.Trigger)
		}
		d.end()
	}
}

// reference writes the policy and the glossary, where given.
func (d *doc) reference() {
	if len(d.packet.Plan.Terms) > 0 {
		d.section("Terms")
	}
	for i := range d.packet.Plan.Terms {
		t := &d.packet.Plan.Terms[i]
		d.bullet(0)
		d.b = appendStart(d.b, t.Term)
		d.lit(": ")
		d.text(t.Meaning)
		d.end()
	}
	d.policy(&d.packet.Plan.Policy)
}

func (d *doc) policy(p *release.Policy) {
	calendar := len(p.Calendar.Days)+len(p.Calendar.Holidays) > 0 || p.WorkFrom != "" || p.WorkUntil != ""
	if p.Name == "" && p.Link.IsZero() && p.CustomerNotice == 0 && p.CABLeadDays == 0 && p.MinRetention.IsZero() && p.ReviewWithin == 0 &&
		len(p.LinkHosts) == 0 && p.MaxRollback == 0 && !calendar {
		return
	}
	d.section("Policy")
	d.table("Demand", "Value")
	d.field("Policy")
	d.linked(p.Name, p.Link)
	d.row()
	d.limit("Longest rollback SLA", p.MaxRollback)
	d.limit("Notice to customers", p.CustomerNotice)
	d.limit("Review of an emergency", p.ReviewWithin)
	if p.CABLeadDays != 0 {
		d.demand("Lead time of the change advisory board", strconv.Itoa(p.CABLeadDays)+" working days")
	}
	if !p.MinRetention.IsZero() {
		d.demand("Least retention", p.MinRetention.String())
	}
	if len(p.LinkHosts) > 0 {
		d.field("Hosts of links")
		d.list(p.LinkHosts, ", ")
		d.row()
	}
	if calendar {
		d.field("Working time")
		d.calendar(p)
		d.row()
	}
}

func (d *doc) demand(name, text string) {
	d.field(name)
	d.text(text)
	d.row()
}

func (d *doc) limit(name string, v value.Duration) {
	if v != 0 {
		d.demand(name, v.Human())
	}
}

func (d *doc) calendar(p *release.Policy) {
	if len(p.Calendar.Days) == 0 {
		d.lit("monday to friday")
	}
	for i, day := range p.Calendar.Days {
		if i > 0 {
			d.lit(", ")
		}
		d.lit(day.String())
	}
	d.labelled(" from ", string(p.WorkFrom))
	d.labelled(" until ", string(p.WorkUntil))
	separator := "; holidays: "
	for _, h := range p.Calendar.Holidays {
		d.lit(separator)
		d.when(h)
		separator = ", "
	}
}
