package page

import (
	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release/value"
)

func (d *Doc) channels(all []comms.Channel) {
	if len(all) == 0 {
		d.NotGiven()
	}
	for i := range all {
		d.Separate(i)
		d.channel(all[i].Kind)
		if d.Level > 2 {
			continue
		}
		if l := value.Link(all[i].Address); l.Href() != "" {
			d.Lit(" ")
			d.Link(l)
		} else {
			d.Labelled(" ", all[i].Address)
		}
	}
}

// channel writes a kind of channel, products as their makers spell them.
func (d *Doc) channel(k comms.ChannelKind) {
	switch k {
	case comms.Slack:
		d.Name("Slack")
	case comms.CAB:
		d.Name("CAB")
	case comms.PagerDuty:
		d.Name("PagerDuty")
	case comms.Teams:
		d.Name("Teams")
	default:
		d.Spaced(k.String())
	}
}

func (d *Doc) audiences(all []comms.Audience) {
	if len(all) == 0 {
		d.NotGiven()
	}
	for i, a := range all {
		d.Separate(i)
		d.Name(a.String())
	}
}

// trigger appends what sends a message. More than one is a fault, which shows.
func (d *Doc) trigger(t *comms.Trigger) {
	before := len(d.B)
	part := func() {
		if len(d.B) > before {
			d.Lit(" and ")
		}
	}
	if !t.At.IsZero() {
		part()
		d.When(t.At)
	}
	if t.Event != comms.NoEvent || t.Offset != 0 {
		part()
		d.offset(t)
	}
	if t.Daily != "" {
		part()
		d.Lit("daily at ")
		d.Text(string(t.Daily))
	}
	if len(d.B) == before {
		d.NotGiven()
	}
}

func (d *Doc) offset(t *comms.Trigger) {
	switch {
	case t.Offset < 0:
		d.Duration(value.Duration(-t.Offset.Std()))
		d.Lit(" before ")
	case t.Offset > 0:
		d.Duration(t.Offset)
		d.Lit(" after ")
	}
	d.Name(t.Event.String())
}

func (d *Doc) cadence(c *comms.Cadence) {
	if c.Once && d.Level == 0 {
		d.Lit(", once")
	}
	if c.Every != 0 {
		d.Lit(", every ")
		d.Duration(c.Every)
	}
	if c.Until != comms.NoEvent {
		d.Lit(" until ")
		d.Name(c.Until.String())
	}
}
