package comms

import (
	"time"

	"github.com/tidegate-go/tidegate/internal/zones"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func checkTrigger(p *check.Pass[Plan], at check.Path, m *Message) {
	t, at := m.Trigger, at.Field("trigger")
	set := 0
	for _, given := range []bool{!t.At.IsZero(), t.Event != NoEvent, !t.Daily.IsZero()} {
		if given {
			set++
		}
	}
	if set > 1 {
		p.Report(check.Invalid(at, m.ID, "has triggers of several kinds, want a moment, an event or a time of day"))
	}
	if !t.At.IsZero() {
		if _, err := t.At.Instant(); err != nil {
			zones.Unplaced(p, at.Field("at"), err)
		}
	}
	named(p, at.Field("event"), t.Event, eventNames)
	if t.Event == NoEvent && t.Offset != 0 {
		p.Report(check.Invalid(at.Field("offset"), t.Offset, "is counted from no event"))
	}
	if t.Event != NoEvent && !t.Event.planned() && t.Offset < 0 {
		p.Report(check.Invalid(at.Field("offset"), t.Offset, "nobody knows "+t.Event.String()+" before it happens"))
	}
	if !t.Daily.IsZero() {
		if err := t.Daily.Fault(); err != nil {
			p.Report(check.Unusable(at.Field("daily"), err))
		}
	}
}

// minCadence is the shortest interval that people can follow: what comes more
// often is a stream, which belongs on a dashboard.
const minCadence = value.Duration(time.Minute)

func checkCadence(p *check.Pass[Plan], message check.Path, m *Message) {
	c, at, trigger := m.Cadence, message.Field("cadence"), message.Field("trigger")
	switch {
	case !m.Trigger.Daily.IsZero():
		if !c.IsZero() {
			p.Report(check.Invalid(at, m.ID, "goes out daily already").WithRelated(trigger.Field("daily")))
		}
	case c.IsZero():
		p.Report(check.Missing(at, "the cadence of message "+m.ID, "once, or an interval and the event that ends it"))
	case c.Once:
		if c != (Cadence{Once: true}) {
			p.Report(check.Invalid(at, m.ID, "goes out once and is repeated"))
		}
	default:
		if c.Every < minCadence {
			p.Report(check.Invalid(at.Field("every"), c.Every, "is shorter than "+minCadence.String()))
		}
		if c.Until == NoEvent {
			p.Report(check.Missing(at.Field("until"), "the event that ends message "+m.ID, ""))
		}
		named(p, at.Field("until"), c.Until, eventNames)
		if c.Until != NoEvent && c.Until == m.Trigger.Event && m.Trigger.Offset >= 0 {
			p.Report(check.Invalid(at.Field("until"), c.Until, "has happened when the message begins").WithRelated(trigger.Field("event")))
		}
	}
}
