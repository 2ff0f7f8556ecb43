package document

import (
	"io"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Summary writes the summary after the release: how it ended, every success metric
// as it was measured last, every incident, breach and rollback with
// how long it took, and the follow-ups with owner and date. After an incident or a
// rollback the commitments of the plan are follow-ups too. A metric that cannot be
// told is unknown, never met. It returns the error of w.
func Summary(w io.Writer, r Running) error {
	return r.write(w, "Summary", func(d *runDoc) {
		d.title("Outcome")
		d.outcome()
		d.title("Success metrics")
		d.success()
		d.title("Incidents")
		d.incidents()
		d.title("Follow-ups")
		d.followUps()
	})
}

func (d *runDoc) outcome() {
	d.Bullet(0)
	d.Lit("Deployment window: ")
	w := d.Running.Packet.Plan.Overview.Window
	d.Interval(w.Start, w.End)
	d.End()
	n := 0
	for _, e := range d.past() {
		switch e.Kind {
		case release.GoDecision, release.HoldDecision, release.RollbackDecision, release.RollbackDone, release.Deployed:
			n++
			d.Bullet(0)
			d.when(e.At)
			d.Lit(" ")
			d.Name(e.Kind.String())
			d.Labelled(": ", e.Text)
			d.End()
		}
	}
	if n == 0 {
		d.none("nobody decided, and nothing was deployed")
	}
}

// Measured is a success metric and what it came to.
type Measured struct {
	release.SuccessMetric
	Observed value.Quantity // zero: it was not measured
	Outcome  gates.Outcome  // Unknown: nobody can tell
	Why      string         // of Unknown: what is missing
}

// Success judges the success metrics of the plan by what is known now, as gates
// judge a criterion: what is missing, failed, incomplete, stale or in another unit
// is Unknown. A target that is reached exactly is met.
func (r *Running) Success() []Measured {
	all := r.Packet.Plan.Overview.Success
	g := gates.Exit("success")
	for _, m := range all {
		g.Criteria = append(g.Criteria, reached(m))
	}
	last := r.current()
	measured := make([]Measured, len(all))
	outcomes := gates.Evaluate(gates.NewCatalog(g), gates.Input{Facts: last.Facts, Now: last.At}).Gates[0].Outcomes
	for i, m := range all {
		a := &outcomes[i]
		measured[i] = Measured{SuccessMetric: m, Outcome: a.Raw, Observed: a.Observed}
		switch {
		case m.Query.IsZero():
			measured[i].Why = "a person has to look"
		case a.Raw == gates.Unknown:
			measured[i].Why = a.Code.Words()
		}
	}
	return measured
}

// SuccessQueries returns what has to be asked to tell whether a release was worth
// it.
func SuccessQueries(p release.Plan) []fact.Query {
	var all [][]fact.Query
	for _, m := range p.Overview.Success {
		all = append(all, reached(m).Queries())
	}
	return fact.MergeQueries(all...)
}

// reached is the criterion that a target is reached.
func reached(m release.SuccessMetric) gates.Criterion {
	at, ok := m.Target.In(m.Query.Yields.Unit)
	switch {
	case !ok:
		return gates.Criterion{ID: m.Name}
	case m.Wanted == release.Above:
		return gates.AtLeast(m.Name, m.Query, float64(at))
	case m.Wanted == release.Below:
		return gates.AtMost(m.Name, m.Query, float64(at))
	}
	return gates.Criterion{ID: m.Name}
}

func (d *runDoc) success() {
	all := d.Success()
	if len(all) == 0 {
		d.none("the plan has no success metric")
		return
	}
	d.Table("Metric", "Target", "Measured", "Met")
	for i := range all {
		m := &all[i]
		d.Cell()
		d.Linked(m.Name, m.Link)
		d.Cell()
		d.Name(m.Wanted.String())
		d.Lit(" ")
		d.Quantity(m.Target)
		d.Cell()
		if m.Observed.IsZero() && m.Outcome == gates.Unknown {
			d.Lit("nothing")
		} else {
			d.Quantity(m.Observed)
		}
		d.Cell()
		switch m.Outcome {
		case gates.Pass, gates.Warn:
			d.Lit("yes")
		case gates.Fail:
			d.Lit("no")
		default:
			d.Lit("unknown")
			d.Labelled(": ", m.Why)
		}
		d.Row()
	}
}

// troubles returns what went wrong, in the order of time.
func (r *Running) troubles() []lasting {
	var all []lasting
	for _, e := range r.past() {
		switch e.Kind {
		case release.IncidentOpened, release.Breach, release.BlockerOpened, release.RollbackDecision:
			l := lasting{event: e, end: r.end(e)}
			if e.Kind == release.RollbackDecision {
				l.end = r.next(e, release.RollbackDone)
			}
			all = append(all, l)
		}
	}
	return all
}

func (r *Running) next(e release.Event, kind release.EventKind) release.Event {
	for _, next := range r.past() {
		if next.Kind == kind && !instant(next.At).Before(instant(e.At)) {
			return next
		}
	}
	return release.Event{}
}

func (d *runDoc) incidents() {
	all := d.troubles()
	if len(all) == 0 {
		d.none("no incident, breach, blocker or rollback")
		return
	}
	d.Table("ID", "What", "From", "Until", "Lasted")
	for i := range all {
		l := &all[i]
		d.Cell()
		d.or(l.event.About, "the release")
		d.Cell()
		d.Name(l.event.Kind.String())
		d.Labelled(": ", l.event.Text)
		d.Cell()
		d.when(l.event.At)
		d.Cell()
		if l.open() {
			d.Lit("open")
			d.Cell()
			d.Duration(value.Duration(d.Now.Sub(instant(l.event.At)).Truncate(time.Minute)))
		} else {
			d.when(l.end.At)
			d.Cell()
			d.Duration(value.Duration(instant(l.end.At).Sub(instant(l.event.At)).Truncate(time.Minute)))
		}
		d.Row()
	}
}

// followUp is one thing that is owed.
type followUp struct {
	id, text, owner string
	due             value.When
}

func (r *Running) followUps() []followUp {
	var all []followUp
	for _, e := range r.past() {
		if e.Kind == release.FollowUp {
			all = append(all, followUp{e.ID, e.Text, e.Owner, e.Due})
		}
	}
	if len(r.troubles()) == 0 {
		return all
	}
	end, err := r.Packet.Plan.Overview.Window.End.Instant()
	for _, c := range r.Packet.Plan.Rollback.Commitments {
		f := followUp{id: c.ID, text: c.Text, owner: c.Owner}
		if err == nil && c.Within > 0 {
			f.due = value.At(end.Add(c.Within.Std()))
		}
		all = append(all, f)
	}
	return all
}

func (d *runDoc) followUps() {
	all := d.Running.followUps()
	if len(all) == 0 {
		d.none("nothing is owed")
		return
	}
	d.Table("ID", "Follow-up", "Owner", "Due")
	for i := range all {
		f := &all[i]
		d.Cell()
		d.Text(f.id)
		d.Cell()
		d.Text(f.text)
		d.Cell()
		d.Party(f.owner)
		d.Cell()
		d.when(f.due)
		d.Row()
	}
}
