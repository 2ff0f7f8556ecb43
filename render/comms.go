package render

import (
	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release/value"
)

// comms writes who says what to whom, when and where, who is called when a
// blocker stays open, and the templates.
func (d *doc) comms() {
	p := &d.packet.Comms
	d.section("Communication Plan")
	if len(p.Messages) == 0 {
		d.absent("Messages")
	} else {
		d.table("ID", "Phase", "Channel", "Audience", "Sender / delegate", "Trigger", "Goal", "Topics", "Acknowledge")
	}
	for i := range p.Messages {
		d.message(&p.Messages[i])
	}
	d.levels(p.Escalation)
	d.templates(p.Templates)
	d.unused(p.NoChannels)
}

func (d *doc) message(m *comms.Message) {
	d.cell()
	d.text(m.ID)
	d.labelled(": ", m.Title)
	d.cell()
	d.lit(m.Phase.String())
	d.cell()
	d.channels(m.Channels)
	d.cell()
	d.audiences(m.Audiences)
	d.cell()
	d.parties(m.Sender, m.Delegate)
	d.cell()
	d.trigger(&m.Trigger)
	d.cadence(&m.Cadence)
	d.cell()
	d.text(m.Goal)
	d.labelled("; template ", m.Template)
	d.cell()
	if len(m.Topics) == 0 {
		d.lit(notGiven)
	}
	for i, t := range m.Topics {
		d.separate(i)
		d.lit(t.String())
	}
	d.cell()
	if m.Acknowledge == 0 {
		d.lit("none")
	} else {
		d.lit("within ")
		d.duration(m.Acknowledge)
	}
	d.row()
}

// separate appends a comma before all but the first of a list.
func (d *doc) separate(i int) {
	if i > 0 {
		d.lit(", ")
	}
}

func (d *doc) channels(all []comms.Channel) {
	if len(all) == 0 {
		d.lit(notGiven)
	}
	for i := range all {
		d.separate(i)
		d.lit(all[i].Kind.String())
		if l := value.Link(all[i].Address); l.Href() != "" {
			d.lit(" ")
			d.link(l)
		} else {
			d.labelled(" ", all[i].Address)
		}
	}
}

func (d *doc) audiences(all []comms.Audience) {
	if len(all) == 0 {
		d.lit(notGiven)
	}
	for i, a := range all {
		d.separate(i)
		d.lit(a.String())
	}
}

// trigger appends what sends a message. More than one is a fault, which shows.
func (d *doc) trigger(t *comms.Trigger) {
	before := len(d.b)
	part := func() {
		if len(d.b) > before {
			d.lit(" and ")
		}
	}
	if !t.At.IsZero() {
		part()
		d.when(t.At)
	}
	if t.Event != comms.NoEvent || t.Offset != 0 {
		part()
		d.offset(t)
	}
	if t.Daily != "" {
		part()
		d.lit("daily at ")
		d.text(string(t.Daily))
	}
	if len(d.b) == before {
		d.lit(notGiven)
	}
}

func (d *doc) offset(t *comms.Trigger) {
	switch {
	case t.Offset < 0:
		d.duration(value.Duration(-t.Offset.Std()))
		d.lit(" before ")
	case t.Offset > 0:
		d.duration(t.Offset)
		d.lit(" after ")
	}
	d.lit(t.Event.String())
}

func (d *doc) cadence(c *comms.Cadence) {
	if c.Once {
		d.lit(", once")
	}
	if c.Every != 0 {
		d.lit(", every ")
		d.duration(c.Every)
	}
	if c.Until != comms.NoEvent {
		d.lit(" until ")
		d.lit(c.Until.String())
	}
}

func (d *doc) levels(all []comms.Level) {
	if len(all) == 0 {
		return
	}
	d.subsection("Escalation matrix")
	d.table("After", "Audience", "Role / delegate", "Channels")
	for i := range all {
		l := &all[i]
		d.cell()
		d.after(l.After)
		d.cell()
		d.lit(l.Audience.String())
		d.cell()
		d.parties(l.Role, l.Delegate)
		d.cell()
		d.channels(l.Channels)
		d.row()
	}
}

func (d *doc) templates(all []comms.Template) {
	if len(all) == 0 {
		return
	}
	d.subsection("Templates")
	d.table("ID", "Subject", "Body", "Placeholders")
	for i := range all {
		t := &all[i]
		d.cell()
		d.text(t.ID)
		d.cell()
		d.text(t.Subject)
		d.cell()
		d.text(t.Body)
		d.cell()
		if len(t.Placeholders) == 0 {
			d.lit("none")
		}
		for j := range t.Placeholders {
			d.separate(j)
			d.text(t.Placeholders[j].Name)
			d.lit(" (")
			d.lit(t.Placeholders[j].Type.String())
			d.labelled(", ", t.Placeholders[j].Value)
			d.lit(")")
		}
		d.row()
	}
}

// unused writes the channels that are deliberately not used.
func (d *doc) unused(all []comms.NoChannel) {
	if len(all) > 0 {
		d.gap()
	}
	for i := range all {
		d.bullet(0)
		d.lit("Channel ")
		d.lit(all[i].Kind.String())
		d.lit(": ")
		if all[i].IsZero() {
			d.lit(notGiven)
		}
		d.negative(&all[i].Negative)
		d.end()
	}
}
