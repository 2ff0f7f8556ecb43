package page

import (
	"slices"

	"github.com/tidegate-go/tidegate/release"
)

// milestones writes who has reached what by when. From level 2 on those that
// are completed stand in one line, and as a last resort those that are open are
// counted in another.
func (d *Doc) milestones() {
	all := d.packet.Plan.Timeline.Milestones
	if len(all) == 0 {
		d.Absent("Milestones")
	}
	begun := false
	for i := range all {
		if !all[i].Completed.IsZero() {
			if d.Level > 1 {
				continue
			}
		} else if d.Level == lastResort {
			continue
		}
		if !begun {
			begun = true
			switch d.Level {
			case 0:
				d.Table("ID", "Milestone", "When", "Responsible", "Done when", "Completed")
			case 1:
				d.Table("Milestone", "When", "Responsible", "Done when", "State")
			default:
				d.Table("Milestone", "When", "Responsible", "Done when")
			}
		}
		d.milestone(&all[i])
	}
	if d.Level < 2 {
		return
	}
	d.Gap()
	d.grouped("Completed", len(all), func(i int) bool { return !all[i].Completed.IsZero() }, func(i int) {
		if d.Level == 2 {
			d.Text(all[i].Title)
		} else {
			d.Text(all[i].ID)
		}
	})
	if d.Level == lastResort {
		d.ahead(all)
	}
}

// ahead counts the milestones that are open, from the first of them to the last.
func (d *Doc) ahead(all []release.Milestone) {
	open := func(m release.Milestone) bool { return m.Completed.IsZero() }
	first, last, n := slices.IndexFunc(all, open), 0, 0
	for i := range all {
		if open(all[i]) {
			last, n = i, n+1
		}
	}
	if n == 0 {
		return
	}
	d.Bullet(0)
	d.Share("Open", n, len(all))
	d.Lit(", ")
	d.Interval(all[first].At, all[last].At)
	d.End()
}

func (d *Doc) milestone(m *release.Milestone) {
	if d.Level == 0 {
		d.Cell()
		d.Text(m.ID)
	}
	d.Cell()
	d.Linked(m.Title, m.Link)
	d.Cell()
	if m.Until.IsZero() {
		d.When(m.At)
	} else {
		d.Interval(m.At, m.Until)
	}
	d.Cell()
	if m.Owner == "" && m.Kind == release.Information {
		d.Lit("none, information")
	} else {
		d.Party(m.Owner)
	}
	d.Cell()
	d.Text(m.Done)
	if d.Level < 2 {
		d.Cell()
		d.reached(m)
	}
	d.Row()
}

// reached writes whether a milestone is completed, in full when.
func (d *Doc) reached(m *release.Milestone) {
	switch {
	case m.Completed.IsZero():
		d.Lit("open")
	case d.Level == 0:
		d.When(m.Completed)
	default:
		d.Lit("done")
	}
}

// spans writes deployment windows, buffers and freezes: a table for each, or a
// line for each on a short page.
func (d *Doc) spans() {
	t := &d.packet.Plan.Timeline
	if d.Level == 0 {
		d.windows(t.Windows)
		d.buffers(t.Buffers)
		d.freezes(t)
		return
	}
	d.windowLine(t.Windows)
	if len(t.Buffers) > 0 {
		d.Bullet(0)
		d.Lit("Contingency buffer: ")
		for i := range t.Buffers {
			d.SeparateBy("; ", i)
			d.Interval(t.Buffers[i].Window.Start, t.Buffers[i].Window.End)
			d.Labelled(", ", t.Buffers[i].Purpose)
		}
		d.End()
	}
	d.freezeLine(t)
}

// windowLine writes where is deployed when; from level 2 on in production alone.
func (d *Doc) windowLine(all []release.Deployment) {
	if len(all) == 0 {
		return
	}
	d.Bullet(0)
	d.Lit("Deployment: ")
	shown := 0
	for i := range all {
		w := &all[i]
		if d.Level > 1 && d.preProduction(w.Environment) {
			continue
		}
		d.SeparateBy("; ", shown)
		d.Text(w.Environment)
		d.Labelled(", ", w.Region)
		d.Lit(" ")
		d.Interval(w.Window.Start, w.Window.End)
		shown++
	}
	if shown < len(all) {
		d.SeparateBy("; ", shown)
		d.Plural("before: ", len(all)-shown, " window")
	}
	d.End()
}

// freezeLine writes when nothing moves, from level 2 on without the reason.
func (d *Doc) freezeLine(t *release.Timeline) {
	if len(t.Freezes) == 0 && t.NoFreezes.IsZero() {
		return
	}
	d.Bullet(0)
	d.Lit("Blackout: ")
	for i := range t.Freezes {
		f := &t.Freezes[i]
		d.SeparateBy("; ", i)
		d.Interval(f.Window.Start, f.Window.End)
		d.Lit(" in ")
		d.frozen(f)
		if d.Level < 2 {
			d.Labelled(", ", f.Reason)
		}
	}
	if len(t.Freezes) > 0 && !t.NoFreezes.IsZero() {
		d.Lit("; ")
	}
	d.Negative(&t.NoFreezes)
	d.End()
}

// frozen writes the environments of a freeze.
func (d *Doc) frozen(f *release.Freeze) {
	if len(f.Environments) == 0 {
		d.Lit("all")
		return
	}
	d.List(f.Environments, ", ")
}

// sources writes how rows read where somebody else wrote them.
func (d *Doc) sources() {
	all := d.packet.Plan.Timeline.Milestones
	if d.Level > 1 {
		return
	}
	first := true
	for i := range all {
		m := &all[i]
		if m.Source == (release.Source{}) {
			continue
		}
		if first {
			d.Subsection("Sources")
			first = false
		}
		d.Bullet(0)
		d.Start(m.ID)
		d.Lit(": ")
		d.Text(m.Source.Document)
		if m.Source.Line != 0 {
			d.Lit(", line ")
			d.Number(m.Source.Line)
		}
		d.Labelled(": ", m.Source.Text)
		d.End()
	}
}

func (d *Doc) windows(all []release.Deployment) {
	if len(all) == 0 {
		return
	}
	d.Subsection("Deployment windows")
	d.Table("ID", "Environment", "Window", "Responsible")
	for i := range all {
		w := &all[i]
		d.Cell()
		d.Text(w.ID)
		d.Cell()
		d.Text(w.Environment)
		d.Labelled(", ", w.Region)
		d.Cell()
		d.Interval(w.Window.Start, w.Window.End)
		d.Cell()
		d.Party(w.Owner)
		d.Row()
	}
}

func (d *Doc) buffers(all []release.Buffer) {
	if len(all) == 0 {
		return
	}
	d.Subsection("Contingency buffers")
	d.Table("ID", "Buffer", "Purpose")
	for i := range all {
		d.Cell()
		d.Text(all[i].ID)
		d.Cell()
		d.Interval(all[i].Window.Start, all[i].Window.End)
		d.Cell()
		d.Text(all[i].Purpose)
		d.Row()
	}
}

// freezes writes the spans in which nothing moves, or that there are none.
func (d *Doc) freezes(t *release.Timeline) {
	if len(t.Freezes) == 0 && t.NoFreezes.IsZero() {
		return
	}
	d.Subsection("Blackouts and freezes")
	if len(t.Freezes) > 0 {
		d.Table("Freeze", "Window", "Environments", "Reason")
	}
	for i := range t.Freezes {
		f := &t.Freezes[i]
		d.Cell()
		d.Text(f.ID)
		d.Cell()
		d.Interval(f.Window.Start, f.Window.End)
		d.Cell()
		d.frozen(f)
		d.Cell()
		d.Text(f.Reason)
		d.Row()
	}
	if t.NoFreezes.IsZero() {
		return
	}
	if len(t.Freezes) > 0 {
		d.Gap()
	}
	d.Negative(&t.NoFreezes)
	d.End()
}
