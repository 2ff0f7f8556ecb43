package document

import (
	"fmt"
	"slices"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// obstacle is one thing that stands in the way.
type obstacle struct{ what, mitigation func(*runDoc) }

// blockers returns what stands in the way: open blockers, dependencies that are
// blocked, questions that block, and what keeps each gate first.
func (r *Running) blockers() []obstacle {
	var all []obstacle
	for _, b := range r.began(release.BlockerOpened) {
		if b.open() {
			all = append(all, obstacle{func(d *runDoc) { d.blocker(b.event) }, func(d *runDoc) {
				d.remedy(b.event.About, b.event.Mitigation, "", b.event.Owner)
			}})
		}
	}
	plan := &r.Packet.Plan
	for i := range plan.Dependencies.Items {
		if dep := &plan.Dependencies.Items[i]; dep.Status == release.Blocked {
			all = append(all, obstacle{func(d *runDoc) { d.stands(dep.ID, dep.Title, dep.Owner, dep.Due) }, func(d *runDoc) {
				var risk release.Risk
				if i := slices.IndexFunc(plan.Risks, func(r release.Risk) bool { return r.ID == dep.Risk }); i >= 0 {
					risk = plan.Risks[i]
				}
				d.remedy(dep.ID, risk.Mitigation, risk.Contingency, dep.Owner)
			}})
		}
	}
	for i := range plan.Questions.Items {
		if q := &plan.Questions.Items[i]; q.Blocking && q.Open() {
			id := fmt.Sprintf("Question %d", q.Number)
			all = append(all, obstacle{func(d *runDoc) { d.stands(id, q.Text, q.Owner, q.Due) }, func(d *runDoc) { d.remedy(id, q.Prompt, "", q.Owner) }})
		}
	}
	steps := r.Packet.Decisions.Next(r.Packet.Plan, r.Packet.Catalog, r.Now)
	for i := range steps {
		s := &steps[i]
		all = append(all, obstacle{func(d *runDoc) { d.Bullet(0); step(d.Doc, s); d.End() }, func(d *runDoc) {
			d.Bullet(0)
			d.Start(s.Gate)
			d.Lit(": turned when ")
			d.Text(s.Obstacles[0].Turn)
			d.Lit(" (")
			owners(d.Doc, s.Obstacles[0].Owners)
			d.Lit(")\n")
		}})
	}
	return all
}

func (d *runDoc) blocker(e release.Event) {
	d.Bullet(0)
	d.Start(e.About)
	if e.Critical {
		d.Lit(", critical")
	}
	d.Lit(": ")
	d.Text(e.Text)
	d.Lit(", open since ")
	d.when(e.At)
	d.Lit(", owner ")
	d.Party(e.Owner)
	d.End()
}

func (d *runDoc) stands(id, text, owner string, due value.When) {
	d.Bullet(0)
	d.Start(id)
	d.Lit(": ")
	d.Text(text)
	d.Lit(", owner ")
	d.Party(owner)
	d.Lit(", due ")
	d.When(due)
	d.End()
}

func (d *runDoc) remedy(id, mitigation, contingency, owner string) {
	d.Bullet(0)
	d.Start(id)
	d.Lit(": ")
	d.Text(mitigation)
	d.Labelled("; otherwise ", contingency)
	d.Lit(" (")
	d.Party(owner)
	d.Lit(")\n")
}
