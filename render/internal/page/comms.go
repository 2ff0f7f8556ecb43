package page

import (
	"slices"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// messages writes who says what to whom, when and where. From level 2 on those
// that no duty demands are named in a line.
func (d *Doc) messages() {
	all := d.packet.Comms.Messages
	switch {
	case len(all) == 0:
		d.absent("Messages")
		return
	case d.level == 0:
		d.table("ID", "Phase", "Channel", "Audience", "Sender / delegate", "Trigger", "Goal", "Topics", "Acknowledge")
	default:
		d.table("Phase", "Channel", "Audience", "Sender", "Trigger", "Goal")
	}
	shown := d.owed(all)
	others := 0
	for i := range all {
		if shown[i] {
			d.message(&all[i])
		} else {
			others++
		}
	}
	if others == 0 {
		return
	}
	d.gap()
	d.bullet(0)
	d.share("Others", others, len(all))
	separator := " ("
	for i := range all {
		if !shown[i] {
			d.lit(separator)
			d.text(all[i].ID)
			separator = ", "
		}
	}
	d.lit(")")
	d.end()
}

// owed tells which messages stand in the table: all of them, from level 2 on
// those that every release owes, and of a phase in which none is owed the first.
func (d *Doc) owed(all []comms.Message) []bool {
	shown := make([]bool, len(all))
	var covered [comms.Post + 2]bool // phases
	for i := range all {
		if d.level < 2 || d.due(&all[i]) {
			shown[i], covered[min(all[i].Phase, comms.Post+1)] = true, true
		}
	}
	for i := range all {
		if phase := min(all[i].Phase, comms.Post+1); !covered[phase] {
			shown[i], covered[phase] = true, true
		}
	}
	return shown
}

// due reports whether a message is one that every release owes: the daily
// status, blockers, the request to sign, the summary, and down to level 2 what
// customers are told.
func (d *Doc) due(m *comms.Message) bool {
	for _, t := range m.Topics {
		switch t {
		case comms.Status, comms.Blockers, comms.SignOffRequest, comms.SuccessMetrics:
			return true
		case comms.CustomerNotice, comms.CustomerImpact:
			if d.level < 3 {
				return true
			}
		}
	}
	return false
}

func (d *Doc) message(m *comms.Message) {
	if d.level == 0 {
		d.cell()
		d.text(m.ID)
		d.labelled(": ", m.Title)
	}
	d.cell()
	d.name(m.Phase.String())
	d.cell()
	d.channels(m.Channels)
	d.cell()
	d.audiences(m.Audiences)
	d.cell()
	if d.level == 0 {
		d.parties(m.Sender, m.Delegate)
	} else {
		d.role(m.Sender)
	}
	d.cell()
	d.trigger(&m.Trigger)
	d.cadence(&m.Cadence)
	d.cell()
	d.text(m.Goal)
	if d.level > 0 {
		d.row()
		return
	}
	d.labelled("; template ", m.Template)
	d.cell()
	if len(m.Topics) == 0 {
		d.notGiven()
	}
	for i, t := range m.Topics {
		d.separate(i)
		d.name(t.String())
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
func (d *Doc) separate(i int) { d.separateBy(", ", i) }

// separateBy appends a separator before all but the first of a list.
func (d *Doc) separateBy(separator string, i int) {
	if i > 0 {
		d.lit(separator)
	}
}

func (d *Doc) channels(all []comms.Channel) {
	if len(all) == 0 {
		d.notGiven()
	}
	for i := range all {
		d.separate(i)
		d.name(all[i].Kind.String())
		if d.level > 2 {
			continue
		}
		if l := value.Link(all[i].Address); l.Href() != "" {
			d.lit(" ")
			d.link(l)
		} else {
			d.labelled(" ", all[i].Address)
		}
	}
}

func (d *Doc) audiences(all []comms.Audience) {
	if len(all) == 0 {
		d.notGiven()
	}
	for i, a := range all {
		d.separate(i)
		d.name(a.String())
	}
}

// trigger appends what sends a message. More than one is a fault, which shows.
func (d *Doc) trigger(t *comms.Trigger) {
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
		d.notGiven()
	}
}

func (d *Doc) offset(t *comms.Trigger) {
	switch {
	case t.Offset < 0:
		d.duration(value.Duration(-t.Offset.Std()))
		d.lit(" before ")
	case t.Offset > 0:
		d.duration(t.Offset)
		d.lit(" after ")
	}
	d.name(t.Event.String())
}

func (d *Doc) cadence(c *comms.Cadence) {
	if c.Once && d.level == 0 {
		d.lit(", once")
	}
	if c.Every != 0 {
		d.lit(", every ")
		d.duration(c.Every)
	}
	if c.Until != comms.NoEvent {
		d.lit(" until ")
		d.name(c.Until.String())
	}
}

// urgent writes who is called when a blocker stays open, the templates, and the
// channels that are not used; on a short page a line for each.
func (d *Doc) urgent() {
	p := &d.packet.Comms
	if d.level == 0 {
		d.levels(p.Escalation)
		d.templates(p.Templates)
		d.unused(p.NoChannels)
		return
	}
	calls := len(p.Escalation)
	if d.level > 2 && d.sameCalls() {
		calls = 0 // the rollback's escalation says it
	}
	d.facet("Escalation: ", calls, func(i int) {
		l := &p.Escalation[i]
		d.after(l.After)
		d.lit(" ")
		d.role(l.Role)
		if d.level < 2 {
			d.lit(" / ")
			d.role(l.Delegate)
			d.lit(" by ")
			d.channels(l.Channels)
		}
	})
	if d.level < 2 {
		d.facet("Templates: ", len(p.Templates), func(i int) {
			d.text(p.Templates[i].ID)
			d.labelled(": ", p.Templates[i].Body)
		})
	} else {
		d.facet("Templates: ", len(p.Templates), func(i int) { d.text(p.Templates[i].ID) })
	}
	d.facet("Not used: ", len(p.NoChannels), func(i int) { d.name(p.NoChannels[i].Kind.String()) })
}

// sameCalls reports whether blockers and incidents call the same roles at the
// same times.
func (d *Doc) sameCalls() bool {
	return slices.EqualFunc(d.packet.Comms.Escalation, d.packet.Plan.Rollback.Escalation, func(l comms.Level, e release.Escalation) bool {
		return l.After == e.After && l.Role == e.Role
	})
}

func (d *Doc) levels(all []comms.Level) {
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
		d.name(l.Audience.String())
		d.cell()
		d.parties(l.Role, l.Delegate)
		d.cell()
		d.channels(l.Channels)
		d.row()
	}
}

func (d *Doc) templates(all []comms.Template) {
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
			d.name(t.Placeholders[j].Type.String())
			d.labelled(", ", t.Placeholders[j].Value)
			d.lit(")")
		}
		d.row()
	}
}

// unused writes the channels that are deliberately not used.
func (d *Doc) unused(all []comms.NoChannel) {
	d.gap()
	for i := range all {
		d.bullet(0)
		d.lit("Channel ")
		d.name(all[i].Kind.String())
		d.lit(": ")
		if all[i].IsZero() {
			d.notGiven()
		}
		d.negative(&all[i].Negative)
		d.end()
	}
}
