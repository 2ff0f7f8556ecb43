package document

import (
	"io"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// Escalation writes what those have to know who are called because of a blocker:
// what it is and since when, what is done about it, which signals are beyond their
// limits, and who was called and has answered. It returns a [*BlockerError] for a
// blocker that no event has opened, with nothing written, or the error of w.
func Escalation(w io.Writer, r Running, blocker string) error {
	b, ok := r.find(blocker)
	if !ok {
		return &BlockerError{blocker}
	}
	return r.write(w, "Blocker", func(d *runDoc) {
		d.title("What it is")
		d.blocker(b.event)
		d.Bullet(0)
		if b.open() {
			d.Lit("Open for ")
			d.Duration(value.Duration(r.Now.Sub(instant(b.event.At)).Truncate(time.Minute)))
		} else {
			d.Lit("Closed ")
			d.when(b.end.At)
			d.Labelled(": ", b.end.Text)
		}
		d.End()
		d.title("What is done")
		d.remedy(b.event.About, b.event.Mitigation, "", b.event.Owner)
		d.title("What is beyond its limit")
		d.alarms()
		d.title("Who is called")
		d.called(b.event)
	})
}

// find returns the last time that a blocker was opened.
func (r *Running) find(blocker string) (lasting, bool) {
	all := r.began(release.BlockerOpened)
	for _, b := range slices.Backward(all) {
		if b.event.About == blocker {
			return b, true
		}
	}
	return lasting{}, false
}

// alarms writes the signals that fire and those that nobody can see.
func (d *runDoc) alarms() {
	n := 0
	all := d.current().triggers(d.Running.Packet.Plan)
	for _, t := range all {
		if t.State == gates.TriggerQuiet {
			continue
		}
		n++
		d.Bullet(0)
		d.Start(t.ID)
		d.Lit(" ")
		d.Name(t.State.String())
		d.Lit(": ")
		d.Text(t.Metric)
		d.Lit(" ")
		d.seen(&t)
		d.Labelled("; ", t.Action)
		d.End()
	}
	switch {
	case len(all) == 0:
		d.none("the plan has no signal")
	case n == 0:
		d.none("every signal is within its limit")
	}
}

// seen writes what was measured against the limit.
func (d *runDoc) seen(t *gates.Trigger) {
	if t.State == gates.TriggerBlind {
		d.Lit("cannot be seen, ")
		d.Text(t.Code.Words())
		return
	}
	d.Quantity(t.Observed)
	d.Lit(" against ")
	d.Quantity(t.Limit)
}

// called writes the levels of the escalation, with when each was sent and who has
// acknowledged it.
func (d *runDoc) called(e release.Event) {
	levels := d.Running.Packet.Comms.Escalation
	if len(levels) == 0 {
		d.Lit("- Escalation: not given.\n")
	}
	for i := range levels {
		l := &levels[i]
		d.Bullet(0)
		if l.After == 0 {
			d.Lit("At once")
		} else {
			d.Lit("After ")
			d.Duration(l.After)
		}
		d.Lit(": ")
		d.Parties(l.Role, l.Delegate)
		d.Lit(", by ")
		for j, c := range l.Channels {
			d.Separate(j)
			d.Name(c.Kind.String())
		}
		d.sent(i+1, e)
		d.End()
	}
}

// sent writes when a level was called and who answered.
func (d *runDoc) sent(level int, e release.Event) {
	told := false
	for _, s := range d.Log.Sent {
		if s.Level != level || s.Blocker != e.About || instant(s.At).Before(instant(e.At)) {
			continue
		}
		if !told {
			d.Lit(", sent ")
			d.when(s.At)
		}
		told = true
		for _, a := range s.Answers {
			d.answer(a)
		}
	}
	if !told {
		d.Lit(", not sent")
	}
}

func (d *runDoc) answer(a comms.Answer) {
	d.Lit(", acknowledged ")
	d.when(a.At)
	d.Lit(" by ")
	d.Person(a.By)
}
