package page

import (
	"slices"
	"strconv"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// register writes the open issues, numbered as the register numbers them. Those
// that are answered follow as a table.
func (d *Doc) register() {
	q := &d.packet.Plan.Questions
	if len(q.Items) == 0 && q.None.IsZero() {
		d.absent("Issues")
		return
	}
	begun, answered := false, 0
	for i := range q.Items {
		if d.level > 0 && !q.Items[i].Open() {
			answered++
			continue
		}
		if !begun {
			begun = true
			if d.level == 0 {
				d.table("No.", "Issue", "Owner", "Due", "Addressee", "Follow-up", "State")
			} else if d.prompts() {
				d.table("No.", "Issue", "Owner", "Due", "Follow-up")
			} else {
				d.table("No.", "Issue", "Owner", "Due")
			}
		}
		d.question(&q.Items[i])
	}
	d.gap()
	if answered > 0 {
		d.answered(q.Items, answered)
	}
	if !q.None.IsZero() {
		d.gap()
		d.negative(&q.None)
		d.end()
	}
}

// answered counts the issues that are answered and names their numbers.
func (d *Doc) answered(all []release.Question, n int) {
	d.bullet(0)
	d.share("Answered", n, len(all))
	separator := " ("
	for i := range all {
		if !all[i].Open() {
			d.lit(separator)
			d.number(all[i].Number)
			separator = ", "
		}
	}
	d.lit(")")
	d.end()
}

func (d *Doc) question(q *release.Question) {
	d.cell()
	d.number(q.Number)
	d.cell()
	if q.Blocking && d.level > 0 {
		d.lit("**blocking** ")
	}
	d.linked(q.Text, q.Link)
	separator := "; about "
	for _, at := range q.About {
		if d.level == 0 {
			d.lit(separator)
			d.code(string(at))
			separator = ", "
		}
	}
	d.cell()
	d.party(q.Owner)
	d.cell()
	d.when(q.Due)
	if d.level == 0 {
		d.cell()
		d.name(q.Addressee.String())
	}
	if d.prompts() {
		d.cell()
		d.text(q.Prompt)
	}
	if d.level == 0 {
		d.cell()
		d.answer(q)
	}
	d.row()
}

// prompts reports whether the register has a column for what to ask: down to
// level 1, and further if an open issue blocks the release.
func (d *Doc) prompts() bool {
	return d.level < 2 || slices.ContainsFunc(d.packet.Plan.Questions.Items, func(q release.Question) bool { return q.Blocking && q.Open() })
}

func (d *Doc) answer(q *release.Question) {
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
func (d *Doc) tooling() {
	t := &d.packet.Plan.Tooling
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
			d.notGiven()
		}
		if d.level > 2 {
			d.systems(group.tools)
			d.end()
			continue
		}
		for i := range group.tools {
			d.separateBy("; ", i)
			x := &group.tools[i]
			d.linked(x.Name, x.Link)
			if d.level < 2 {
				d.labelled(" in ", x.System)
			}
			if d.level == 0 {
				d.labelled(", started by ", x.Trigger)
			}
		}
		d.end()
	}
}

// systems writes each system of some tools once, by the link to the first of
// them.
func (d *Doc) systems(tools []release.Tool) {
	n := 0
	for i := range tools {
		x := &tools[i]
		if slices.ContainsFunc(tools[:i], func(t release.Tool) bool { return t.System == x.System }) {
			continue
		}
		d.separate(n)
		d.linked(x.System, x.Link)
		n++
	}
}

// terms writes the glossary, where given, on a short page in one line.
func (d *Doc) terms() {
	all := d.packet.Plan.Terms
	if d.level > 0 && len(all) > 0 {
		for i := range all {
			if i == 0 {
				d.start(all[i].Term)
			} else {
				d.lit("; ")
				d.text(all[i].Term)
			}
			d.lit(": ")
			d.text(all[i].Meaning)
		}
		d.end()
		return
	}
	for i := range all {
		t := &all[i]
		d.bullet(0)
		d.start(t.Term)
		d.lit(": ")
		d.text(t.Meaning)
		d.end()
	}
}

// policy writes what the organisation demands of a release, where given; from
// level 2 on only the annex has it.
func (d *Doc) policy() {
	p := &d.packet.Plan.Policy
	if d.level > 1 {
		return
	}
	calendar := len(p.Calendar.Days)+len(p.Calendar.Holidays) > 0 || p.WorkFrom != "" || p.WorkUntil != ""
	if p.Name == "" && p.Link.IsZero() && p.CustomerNotice == 0 && p.CABLeadDays == 0 && p.MinRetention.IsZero() && p.ReviewWithin == 0 &&
		len(p.LinkHosts) == 0 && p.MaxRollback == 0 && !calendar {
		return
	}
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

func (d *Doc) demand(name, text string) {
	d.field(name)
	d.text(text)
	d.row()
}

func (d *Doc) limit(name string, v value.Duration) {
	if v != 0 {
		d.demand(name, v.Human())
	}
}

func (d *Doc) calendar(p *release.Policy) {
	if len(p.Calendar.Days) == 0 {
		d.lit("monday to friday")
	}
	for i, day := range p.Calendar.Days {
		if i > 0 {
			d.lit(", ")
		}
		d.name(day.String())
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
