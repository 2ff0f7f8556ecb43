package page

import (
	"github.com/tidegate-go/tidegate/release"
)

// milestones writes who has reached what by when. From level 2 on those that
// are completed stand in one line.
func (d *Doc) milestones() {
	all := d.packet.Plan.Timeline.Milestones
	if len(all) == 0 {
		d.absent("Milestones")
	}
	begun, completed := false, 0
	for i := range all {
		if !all[i].Completed.IsZero() {
			completed++
			if d.level > 1 {
				continue
			}
		}
		if !begun {
			begun = true
			switch {
			case d.level == 0:
				d.table("ID", "Milestone", "When", "Responsible", "Done when", "Completed")
			case d.level == 1:
				d.table("Milestone", "When", "Responsible", "Done when", "State")
			default:
				d.table("Milestone", "When", "Responsible", "Done when")
			}
		}
		d.milestone(&all[i])
	}
	if d.level < 2 || completed == 0 {
		return
	}
	d.gap()
	d.bullet(0)
	d.share("Completed", completed, len(all))
	separator := " ("
	for i := range all {
		if all[i].Completed.IsZero() {
			continue
		}
		d.lit(separator)
		if d.level == 2 {
			d.text(all[i].Title)
		} else {
			d.text(all[i].ID)
		}
		separator = ", "
	}
	d.lit(")")
	d.end()
}

func (d *Doc) milestone(m *release.Milestone) {
	if d.level == 0 {
		d.cell()
		d.text(m.ID)
	}
	d.cell()
	d.linked(m.Title, m.Link)
	d.cell()
	if m.Until.IsZero() {
		d.when(m.At)
	} else {
		d.interval(m.At, m.Until)
	}
	d.cell()
	if m.Owner == "" && m.Kind == release.Information {
		d.lit("none, information")
	} else {
		d.party(m.Owner)
	}
	d.cell()
	d.text(m.Done)
	if d.level < 2 {
		d.cell()
		d.reached(m)
	}
	d.row()
}

// reached writes whether a milestone is completed, in full when.
func (d *Doc) reached(m *release.Milestone) {
	switch {
	case m.Completed.IsZero():
		d.lit("open")
	case d.level == 0:
		d.when(m.Completed)
	default:
		d.lit("done")
	}
}

// spans writes deployment windows, buffers and freezes: a table for each, or a
// line for each on a short page.
func (d *Doc) spans() {
	t := &d.packet.Plan.Timeline
	if d.level == 0 {
		d.windows(t.Windows)
		d.buffers(t.Buffers)
		d.freezes(t)
		return
	}
	d.windowLine(t.Windows)
	if len(t.Buffers) > 0 {
		d.bullet(0)
		d.lit("Contingency buffer: ")
		for i := range t.Buffers {
			d.separateBy("; ", i)
			d.interval(t.Buffers[i].Window.Start, t.Buffers[i].Window.End)
			d.labelled(", ", t.Buffers[i].Purpose)
		}
		d.end()
	}
	d.freezeLine(t)
}

// windowLine writes where is deployed when; from level 2 on in production alone.
func (d *Doc) windowLine(all []release.Deployment) {
	if len(all) == 0 {
		return
	}
	d.bullet(0)
	d.lit("Deployment: ")
	shown := 0
	for i := range all {
		w := &all[i]
		if d.level > 1 && d.preProduction(w.Environment) {
			continue
		}
		d.separateBy("; ", shown)
		d.text(w.Environment)
		d.labelled(", ", w.Region)
		d.lit(" ")
		d.interval(w.Window.Start, w.Window.End)
		shown++
	}
	if shown < len(all) {
		d.separateBy("; ", shown)
		d.plural("before: ", len(all)-shown, " window")
	}
	d.end()
}

// freezeLine writes when nothing moves, from level 2 on without the reason.
func (d *Doc) freezeLine(t *release.Timeline) {
	if len(t.Freezes) == 0 && t.NoFreezes.IsZero() {
		return
	}
	d.bullet(0)
	d.lit("Blackout: ")
	for i := range t.Freezes {
		f := &t.Freezes[i]
		d.separateBy("; ", i)
		d.interval(f.Window.Start, f.Window.End)
		d.lit(" in ")
		d.frozen(f)
		if d.level < 2 {
			d.labelled(", ", f.Reason)
		}
	}
	if len(t.Freezes) > 0 && !t.NoFreezes.IsZero() {
		d.lit("; ")
	}
	d.negative(&t.NoFreezes)
	d.end()
}

// frozen writes the environments of a freeze.
func (d *Doc) frozen(f *release.Freeze) {
	if len(f.Environments) == 0 {
		d.lit("all")
		return
	}
	d.list(f.Environments, ", ")
}

// sources writes how rows read where somebody else wrote them.
func (d *Doc) sources() {
	all := d.packet.Plan.Timeline.Milestones
	if d.level > 1 {
		return
	}
	first := true
	for i := range all {
		m := &all[i]
		if m.Source == (release.Source{}) {
			continue
		}
		if first {
			d.subsection("Sources")
			first = false
		}
		d.bullet(0)
		d.start(m.ID)
		d.lit(": ")
		d.text(m.Source.Document)
		if m.Source.Line != 0 {
			d.lit(", line ")
			d.number(m.Source.Line)
		}
		d.labelled(": ", m.Source.Text)
		d.end()
	}
}

func (d *Doc) windows(all []release.Deployment) {
	if len(all) == 0 {
		return
	}
	d.subsection("Deployment windows")
	d.table("ID", "Environment", "Window", "Responsible")
	for i := range all {
		w := &all[i]
		d.cell()
		d.text(w.ID)
		d.cell()
		d.text(w.Environment)
		d.labelled(", ", w.Region)
		d.cell()
		d.interval(w.Window.Start, w.Window.End)
		d.cell()
		d.party(w.Owner)
		d.row()
	}
}

func (d *Doc) buffers(all []release.Buffer) {
	if len(all) == 0 {
		return
	}
	d.subsection("Contingency buffers")
	d.table("ID", "Buffer", "Purpose")
	for i := range all {
		d.cell()
		d.text(all[i].ID)
		d.cell()
		d.interval(all[i].Window.Start, all[i].Window.End)
		d.cell()
		d.text(all[i].Purpose)
		d.row()
	}
}

// freezes writes the spans in which nothing moves, or that there are none.
func (d *Doc) freezes(t *release.Timeline) {
	if len(t.Freezes) == 0 && t.NoFreezes.IsZero() {
		return
	}
	d.subsection("Blackouts and freezes")
	if len(t.Freezes) > 0 {
		d.table("Freeze", "Window", "Environments", "Reason")
	}
	for i := range t.Freezes {
		f := &t.Freezes[i]
		d.cell()
		d.text(f.ID)
		d.cell()
		d.interval(f.Window.Start, f.Window.End)
		d.cell()
		d.frozen(f)
		d.cell()
		d.text(f.Reason)
		d.row()
	}
	if t.NoFreezes.IsZero() {
		return
	}
	if len(t.Freezes) > 0 {
		d.gap()
	}
	d.negative(&t.NoFreezes)
	d.end()
}
