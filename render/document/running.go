package document

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/page"
)

// Running is a release while it runs: what its documents are made of.
type Running struct {
	Packet    packet.Packet       // as it is now
	Events    []release.Event     // so far, in any order
	Snapshots []Snapshot          // of telemetry, in the order of time; the last one until now is what is known
	Log       comms.Log           // what was said so far
	Now       time.Time           // the moment of the document
	Link      value.Link          // to where the documents of the release are kept; empty: nowhere
	Own       []comms.Placeholder // words of the host, with their values of now
}

// Snapshot is what was measured at one moment.
type Snapshot struct {
	At    time.Time // the clock that the facts are judged by
	Facts fact.Set  // answers to [gates.TriggerQueries], at the end to those of success metrics too
}

// BlockerError is a blocker that no event has opened.
type BlockerError struct {
	Blocker string // as it was asked for
}

// Error names the blocker.
func (e *BlockerError) Error() string {
	return fmt.Sprintf("document: no event opens blocker %q", e.Blocker)
}

// runDoc is a document of a running release being written.
type runDoc struct {
	*page.Doc
	*Running
}

// write writes a document: a title, the moment, and what follows.
func (r *Running) write(w io.Writer, title string, body func(*runDoc)) error {
	d := r.doc()
	d.Heading("#")
	d.Lit(title)
	d.Lit(": ")
	d.Text(r.Packet.Plan.Overview.Name)
	d.Lit(" ")
	d.Text(r.Packet.Plan.Overview.Version)
	d.End()
	d.End()
	d.Lit("As of ")
	d.Moment(r.Now)
	d.Lit(".\n")
	body(d)
	_, err := w.Write(d.B)
	return err
}

func (r *Running) doc() *runDoc { return &runDoc{page.New(&r.Packet, nil), r} }

func (d *runDoc) title(s string) {
	d.Heading("##")
	d.Lit(s)
	d.End()
	d.End()
}

// none writes that a list is empty.
func (d *runDoc) none(what string) { d.Lit("- None: " + what + ".\n") }

// began returns what events of a kind began, in the order of time, each with the
// event that ended it, or a zero one.
func (r *Running) began(kind release.EventKind) []lasting {
	var all []lasting
	for _, e := range r.past() {
		if e.Kind == kind {
			all = append(all, lasting{event: e, end: r.end(e)})
		}
	}
	return all
}

// lasting is what began and may have ended.
type lasting struct{ event, end release.Event }

func (l lasting) open() bool { return l.end.ID == "" }

// past returns the events until now, in the order of time. What cannot be placed
// is told first: it may have been at any time.
func (r *Running) past() []release.Event {
	var all []release.Event
	for _, e := range r.Events {
		if at, err := e.At.Instant(); err != nil || !at.After(r.Now) {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b release.Event) int { return instant(a.At).Compare(instant(b.At)) })
	return all
}

func (r *Running) end(e release.Event) release.Event {
	for _, next := range r.past() {
		if next.Kind == e.Kind.End() && next.About == e.About && !instant(next.At).Before(instant(e.At)) {
			return next
		}
	}
	return release.Event{}
}

func instant(w value.When) time.Time {
	t, _ := w.Instant()
	return t
}

// Daily writes the daily update: status, blockers and mitigations, as of now. It
// returns the error of w.
func Daily(w io.Writer, r Running) error {
	return r.write(w, "Daily update", func(d *runDoc) {
		d.title("Status")
		d.status()
		d.title("Blockers")
		blockers := d.blockers()
		for i := range blockers {
			blockers[i].what(d)
		}
		if len(blockers) == 0 {
			d.none("nothing is known to stand in the way")
		}
		d.title("Mitigations")
		for i := range blockers {
			blockers[i].mitigation(d)
		}
		if len(blockers) == 0 {
			d.none("nothing has to be mitigated")
		}
	})
}

// verdict is the verdict that the page of the packet shows, and Hold instead of Go
// as soon as that has run out for one gate.
func (r *Running) verdict() gates.Verdict {
	p := &r.Packet
	if v := page.New(p, nil).Overall(); v != gates.Go || len(p.Decisions.Next(p.Plan, p.Catalog, r.Now)) == 0 {
		return v
	}
	return gates.Hold
}

func (d *runDoc) status() {
	p := &d.Running.Packet
	steps := p.Decisions.Next(p.Plan, p.Catalog, d.Now)
	d.Bullet(0)
	d.Lit("Verdict: " + verdictName(d.verdict()) + ", decided at ")
	d.Moment(p.Decisions.DecidedAt)
	d.End()
	d.Bullet(0)
	d.Share("Gates that go", len(p.Catalog.Gates)-len(steps), len(p.Catalog.Gates))
	d.End()
	d.Bullet(0)
	d.Lit("Deployment window: ")
	d.Interval(p.Plan.Overview.Window.Start, p.Plan.Overview.Window.End)
	d.End()
	done, all := 0, 0
	for _, list := range [][]release.Task{p.Plan.Checklists.PreRelease, p.Plan.Checklists.Deployment, p.Plan.Checklists.PostRelease} {
		for i := range list {
			if all++; list[i].State.Done {
				done++
			}
		}
	}
	d.Bullet(0)
	d.Share("Tasks done", done, all)
	d.End()
	for i := range p.Plan.Timeline.Milestones {
		m := &p.Plan.Timeline.Milestones[i]
		if start, _, err := m.At.Interval(); err == nil && m.Completed.IsZero() && !start.Before(d.Now) {
			d.Bullet(0)
			d.Lit("Next milestone: ")
			d.Text(m.Title)
			d.Lit(", ")
			d.When(m.At)
			d.Lit(", ")
			d.Party(m.Owner)
			d.End()
			return
		}
	}
}

// when writes a moment in the operating zone, and anything else as it is written.
func (d *runDoc) when(w value.When) {
	if at, err := w.Instant(); err == nil {
		d.Moment(at)
		return
	}
	d.When(w)
}

// current is what is known now: the last snapshot until then, judged by the clock of
// now, so that what was measured long ago is stale.
func (r *Running) current() Snapshot {
	s := Snapshot{At: r.Now}
	for _, past := range r.Snapshots {
		if !past.At.After(r.Now) {
			s.Facts = past.Facts
		}
	}
	return s
}

// triggers returns what is known of every signal at a snapshot.
func (s Snapshot) triggers(plan release.Plan) []gates.Trigger {
	all := gates.Triggers(plan, s.Facts, s.At)
	slices.SortStableFunc(all, func(a, b gates.Trigger) int { return cmp.Compare(b.State, a.State) })
	return all
}
