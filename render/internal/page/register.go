package page

import (
	"slices"
	"strconv"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// register writes the open issues, numbered as the register numbers them. Those
// that are answered are counted below the table, and so are, as a last resort,
// those that block nothing.
func (d *Doc) register() {
	q := &d.packet.Plan.Questions
	if len(q.Items) == 0 && q.None.IsZero() {
		d.Absent("Issues")
		return
	}
	begun := false
	block := func(i int) bool { return d.Level < lastResort || q.Items[i].Blocking }
	for i := range q.Items {
		if d.Level > 0 && !q.Items[i].Open() || !block(i) {
			continue
		}
		if !begun {
			begun = true
			if d.Level == 0 {
				d.Table("No.", "Issue", "Owner", "Due", "Addressee", "Follow-up", "State")
			} else if d.prompts() {
				d.Table("No.", "Issue", "Owner", "Due", "Follow-up")
			} else {
				d.Table("No.", "Issue", "Owner", "Due")
			}
		}
		d.question(&q.Items[i])
	}
	d.Gap()
	if d.Level > 0 {
		number := func(i int) { d.Number(q.Items[i].Number) }
		d.grouped("Not blocking", len(q.Items), func(i int) bool { return q.Items[i].Open() && !block(i) }, number)
		d.grouped("Answered", len(q.Items), func(i int) bool { return !q.Items[i].Open() }, number)
	}
	if !q.None.IsZero() {
		d.Gap()
		d.Negative(&q.None)
		d.End()
	}
}

func (d *Doc) question(q *release.Question) {
	d.Cell()
	d.Number(q.Number)
	d.Cell()
	if q.Blocking && d.Level > 0 {
		d.Lit("**blocking** ")
	}
	d.Linked(q.Text, q.Link)
	separator := "; about "
	for _, at := range q.About {
		if d.Level == 0 {
			d.Lit(separator)
			d.Code(string(at))
			separator = ", "
		}
	}
	d.Cell()
	d.Party(q.Owner)
	d.Cell()
	d.When(q.Due)
	if d.Level == 0 {
		d.Cell()
		d.Name(q.Addressee.String())
	}
	if d.prompts() {
		d.Cell()
		d.Text(q.Prompt)
	}
	if d.Level == 0 {
		d.Cell()
		d.answer(q)
	}
	d.Row()
}

// prompts reports whether the register has a column for what to ask: down to
// level 1, and but for the last resort further if an open issue blocks the release.
func (d *Doc) prompts() bool {
	return d.Level < 2 || d.Level < lastResort && slices.ContainsFunc(d.packet.Plan.Questions.Items, func(q release.Question) bool { return q.Blocking && q.Open() })
}

func (d *Doc) answer(q *release.Question) {
	if q.Open() {
		d.Lit("open")
	} else {
		d.Lit("answered: ")
		d.Text(q.Answer.Text)
	}
	if q.Answer.By != "" {
		d.Lit(" (")
		d.Person(q.Answer.By)
		d.Lit(")")
	}
	if !q.Answer.At.IsZero() {
		d.Lit(" ")
		d.When(q.Answer.At)
	}
	if q.Blocking {
		d.Lit(", **blocking**")
	}
}

// tooling writes where things are.
func (d *Doc) tooling() {
	t := &d.packet.Plan.Tooling
	if len(t.Artifacts)+len(t.Automation)+len(t.Dashboards) == 0 {
		d.Absent("Tooling")
		return
	}
	for _, group := range []struct {
		name  string
		tools []release.Tool
	}{{"Artifacts", t.Artifacts}, {"Automation", t.Automation}, {"Dashboards", t.Dashboards}} {
		d.Bullet(0)
		d.Lit(group.name)
		d.Lit(": ")
		if len(group.tools) == 0 {
			d.NotGiven()
		}
		if d.Level > 2 {
			d.systems(group.tools)
			d.End()
			continue
		}
		for i := range group.tools {
			d.SeparateBy("; ", i)
			x := &group.tools[i]
			d.Linked(x.Name, x.Link)
			if d.Level < 2 {
				d.Labelled(" in ", x.System)
			}
			if d.Level == 0 {
				d.Labelled(", started by ", x.Trigger)
			}
		}
		d.End()
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
		d.Separate(n)
		d.Linked(x.System, x.Link)
		n++
	}
}

// terms writes the glossary, where given, on a short page in one line.
func (d *Doc) terms() {
	all := d.packet.Plan.Terms
	if d.Level > 0 && len(all) > 0 {
		for i := range all {
			if i == 0 {
				d.Start(all[i].Term)
			} else {
				d.Lit("; ")
				d.Text(all[i].Term)
			}
			d.Lit(": ")
			d.Text(all[i].Meaning)
		}
		d.End()
		return
	}
	for i := range all {
		t := &all[i]
		d.Bullet(0)
		d.Start(t.Term)
		d.Lit(": ")
		d.Text(t.Meaning)
		d.End()
	}
}

// policy writes what the organisation demands of a release, where given; from
// level 2 on only the annex has it.
func (d *Doc) policy() {
	p := &d.packet.Plan.Policy
	if d.Level > 1 {
		return
	}
	calendar := len(p.Calendar.Days)+len(p.Calendar.Holidays) > 0 || p.WorkFrom != "" || p.WorkUntil != ""
	if p.Name == "" && p.Link.IsZero() && p.CustomerNotice == 0 && p.CABLeadDays == 0 && p.MinRetention.IsZero() && p.ReviewWithin == 0 &&
		len(p.LinkHosts) == 0 && p.MaxRollback == 0 && !calendar {
		return
	}
	d.Table("Demand", "Value")
	d.Field("Policy")
	d.Linked(p.Name, p.Link)
	d.Row()
	d.limit("Longest rollback SLA", p.MaxRollback)
	d.limit("Notice to customers", p.CustomerNotice)
	d.limit("Review of an emergency", p.ReviewWithin)
	if p.CABLeadDays != 0 {
		d.demand("Lead time of the change advisory board", strconv.Itoa(p.CABLeadDays)+" working days")
	}
	if !p.MinRetention.IsZero() {
		d.demand("Least retention", p.MinRetention.Human())
	}
	if len(p.LinkHosts) > 0 {
		d.Field("Hosts of links")
		d.List(p.LinkHosts, ", ")
		d.Row()
	}
	if calendar {
		d.Field("Working time")
		d.calendar(p)
		d.Row()
	}
}

func (d *Doc) demand(name, text string) {
	d.Field(name)
	d.Text(text)
	d.Row()
}

func (d *Doc) limit(name string, v value.Duration) {
	if v != 0 {
		d.demand(name, v.Human())
	}
}

func (d *Doc) calendar(p *release.Policy) {
	if len(p.Calendar.Days) == 0 {
		d.Lit("monday to friday")
	}
	for i, day := range p.Calendar.Days {
		if i > 0 {
			d.Lit(", ")
		}
		d.Name(day.String())
	}
	d.Labelled(" from ", string(p.WorkFrom))
	d.Labelled(" until ", string(p.WorkUntil))
	separator := "; holidays: "
	for _, h := range p.Calendar.Holidays {
		d.Lit(separator)
		d.When(h)
		separator = ", "
	}
}
