package render

import "github.com/tidegate-go/tidegate/release"

// timeline writes milestones, deployment windows, buffers and freezes.
func (d *doc) timeline() {
	t := &d.packet.Plan.Timeline
	d.section("Milestone Timeline")
	if len(t.Milestones) == 0 {
		d.absent("Milestones")
	} else {
		d.table("ID", "Milestone", "When", "Responsible", "Done when", "Completed")
	}
	for i := range t.Milestones {
		d.milestone(&t.Milestones[i])
	}
	d.windows(t.Windows)
	d.buffers(t.Buffers)
	d.freezes(t)
	d.sources(t.Milestones)
}

func (d *doc) milestone(m *release.Milestone) {
	d.cell()
	d.text(m.ID)
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
	d.cell()
	if m.Completed.IsZero() {
		d.lit("open")
	} else {
		d.when(m.Completed)
	}
	d.row()
}

// sources writes how rows read where somebody else wrote them.
func (d *doc) sources(all []release.Milestone) {
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
		d.b = appendStart(d.b, m.ID)
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

func (d *doc) windows(all []release.Deployment) {
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

func (d *doc) buffers(all []release.Buffer) {
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
func (d *doc) freezes(t *release.Timeline) {
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
		if len(f.Environments) == 0 {
			d.lit("all")
		} else {
			d.list(f.Environments, ", ")
		}
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
