package page

import (
	"slices"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release"
)

// messages writes who says what to whom, when and where. From level 2 on those
// that no duty demands are named in a line.
func (d *Doc) messages() {
	all := d.packet.Comms.Messages
	switch {
	case len(all) == 0:
		d.Absent("Messages")
		return
	case d.Level == 0:
		d.Table("ID", "Phase", "Channel", "Audience", "Sender / delegate", "Trigger", "Goal", "Topics", "Acknowledge")
	default:
		d.Table("Phase", "Channel", "Audience", "Sender", "Trigger", "Goal")
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
	d.Gap()
	d.Bullet(0)
	d.Share("Others", others, len(all))
	separator := " ("
	for i := range all {
		if !shown[i] {
			d.Lit(separator)
			d.Text(all[i].ID)
			separator = ", "
		}
	}
	d.Lit(")")
	d.End()
}

// owed tells which messages stand in the table: all of them, from level 2 on
// those that every release owes, and of a phase in which none is owed the first.
func (d *Doc) owed(all []comms.Message) []bool {
	shown := make([]bool, len(all))
	var covered [comms.Post + 2]bool // phases
	for i := range all {
		if d.Level < 2 || d.due(&all[i]) {
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
			if d.Level < 3 {
				return true
			}
		}
	}
	return false
}

func (d *Doc) message(m *comms.Message) {
	if d.Level == 0 {
		d.Cell()
		d.Text(m.ID)
		d.Labelled(": ", m.Title)
	}
	d.Cell()
	d.Name(m.Phase.String())
	d.Cell()
	d.channels(m.Channels)
	d.Cell()
	d.audiences(m.Audiences)
	d.Cell()
	if d.Level == 0 {
		d.Parties(m.Sender, m.Delegate)
	} else {
		d.Role(m.Sender)
	}
	d.Cell()
	d.trigger(&m.Trigger)
	d.cadence(&m.Cadence)
	d.Cell()
	d.Text(m.Goal)
	if d.Level > 0 {
		d.Row()
		return
	}
	d.Labelled("; template ", m.Template)
	d.Cell()
	if len(m.Topics) == 0 {
		d.NotGiven()
	}
	for i, t := range m.Topics {
		d.Separate(i)
		d.Name(t.String())
	}
	d.Cell()
	if m.Acknowledge == 0 {
		d.Lit("none")
	} else {
		d.Lit("within ")
		d.Duration(m.Acknowledge)
	}
	d.Row()
}

// urgent writes who is called when a blocker stays open, the templates, and the
// channels that are not used; on a short page a line for each.
func (d *Doc) urgent() {
	p := &d.packet.Comms
	if d.Level == 0 {
		d.levels(p.Escalation)
		d.templates(p.Templates)
		d.unused(p.NoChannels)
		return
	}
	calls := len(p.Escalation)
	if d.Level > 2 && d.sameCalls() {
		calls = 0 // the rollback's escalation says it
	}
	d.facet("Escalation: ", calls, func(i int) {
		l := &p.Escalation[i]
		d.after(l.After)
		d.Lit(" ")
		d.Role(l.Role)
		if d.Level < 2 {
			d.Lit(" / ")
			d.Role(l.Delegate)
			d.Lit(" by ")
			d.channels(l.Channels)
		}
	})
	if d.Level < 2 {
		d.facet("Templates: ", len(p.Templates), func(i int) {
			d.Text(p.Templates[i].ID)
			d.Labelled(": ", p.Templates[i].Body)
		})
	} else if d.Level == 2 || d.Level == 3 {
		d.facet("Templates: ", len(p.Templates), func(i int) { d.Text(p.Templates[i].ID) })
	}
	d.facet("Not used: ", len(p.NoChannels), func(i int) { d.channel(p.NoChannels[i].Kind) })
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
	d.Subsection("Escalation matrix")
	d.Table("After", "Audience", "Role / delegate", "Channels")
	for i := range all {
		l := &all[i]
		d.Cell()
		d.after(l.After)
		d.Cell()
		d.Name(l.Audience.String())
		d.Cell()
		d.Parties(l.Role, l.Delegate)
		d.Cell()
		d.channels(l.Channels)
		d.Row()
	}
}

func (d *Doc) templates(all []comms.Template) {
	if len(all) == 0 {
		return
	}
	d.Subsection("Templates")
	d.Table("ID", "Subject", "Body", "Placeholders")
	for i := range all {
		t := &all[i]
		d.Cell()
		d.Text(t.ID)
		d.Cell()
		d.Text(t.Subject)
		d.Cell()
		d.Text(t.Body)
		d.Cell()
		if len(t.Placeholders) == 0 {
			d.Lit("none")
		}
		for j := range t.Placeholders {
			d.Separate(j)
			d.Text(t.Placeholders[j].Name)
			d.Lit(" (")
			d.Name(t.Placeholders[j].Type.String())
			d.Labelled(", ", t.Placeholders[j].Value)
			d.Lit(")")
		}
		d.Row()
	}
}

// unused writes the channels that are deliberately not used.
func (d *Doc) unused(all []comms.NoChannel) {
	d.Gap()
	for i := range all {
		d.Bullet(0)
		d.Lit("Channel ")
		d.channel(all[i].Kind)
		d.Lit(": ")
		if all[i].IsZero() {
			d.NotGiven()
		}
		d.Negative(&all[i].Negative)
		d.End()
	}
}
