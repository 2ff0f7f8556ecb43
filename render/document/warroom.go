package document

import (
	"io"
	"time"

	"github.com/tidegate-go/tidegate/release"
)

// WarRoom writes the log of the war room since a moment, or all of it for the zero
// one: the timeline, the decisions with who took them, and every snapshot of
// telemetry, with what cannot be seen said as such. It returns the error of w.
func WarRoom(w io.Writer, r Running, since time.Time) error {
	return r.write(w, "War room", func(d *runDoc) {
		if !since.IsZero() {
			d.Lit("\nSince ")
			d.Moment(since)
			d.Lit(".\n")
		}
		var timeline, decisions []release.Event
		for _, e := range r.past() {
			switch {
			case !since.IsZero() && instant(e.At).Before(since):
			case e.Kind == release.GoDecision || e.Kind == release.HoldDecision || e.Kind == release.RollbackDecision:
				decisions = append(decisions, e)
				fallthrough
			default:
				timeline = append(timeline, e)
			}
		}
		d.title("Timeline")
		d.events(timeline)
		d.title("Decisions")
		d.events(decisions)
		d.title("Telemetry")
		d.telemetry(since)
	})
}

func (d *runDoc) events(all []release.Event) {
	if len(all) == 0 {
		d.none("nothing happened")
		return
	}
	d.Table("At", "Event", "About", "What", "By")
	for i := range all {
		e := &all[i]
		d.Cell()
		d.when(e.At)
		d.Cell()
		d.Name(e.Kind.String())
		d.Cell()
		d.or(e.About, "the release")
		d.Cell()
		d.or(e.Text, e.Kind.String())
		d.Cell()
		d.Party(e.By)
		d.Row()
	}
}

// or writes a text, or what it means that there is none.
func (d *runDoc) or(s, otherwise string) {
	if s == "" {
		d.Lit(otherwise)
		return
	}
	d.Text(s)
}

// telemetry writes the snapshots, each signal in a row.
func (d *runDoc) telemetry(since time.Time) {
	n := 0
	for _, s := range d.Snapshots {
		if !since.IsZero() && s.At.Before(since) || s.At.After(d.Now) {
			continue
		}
		for _, t := range s.triggers(d.Running.Packet.Plan) {
			if n++; n == 1 {
				d.Table("At", "Signal", "State", "Measured")
			}
			d.Cell()
			d.Moment(s.At)
			d.Cell()
			d.Text(t.ID)
			d.Lit(" ")
			d.Text(t.Metric)
			d.Cell()
			d.Name(t.State.String())
			d.Cell()
			d.seen(&t)
			d.Row()
		}
	}
	if n == 0 {
		d.none("nothing was measured")
	}
}
