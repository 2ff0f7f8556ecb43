package page

import (
	"cmp"

	"github.com/tidegate-go/tidegate/compliance"
)

// approvals writes who has to approve what, and whether they have. From level 2
// on those who have stand in a line, and as a last resort those who have not
// answered in another.
func (d *Doc) approvals() {
	l := &d.packet.Compliance
	if len(l.Approvals) == 0 {
		d.Absent("Approvals")
	}
	begun := false
	for i := range l.Approvals {
		a := &l.Approvals[i]
		if d.Level > 1 && a.Status == compliance.Approved || d.Level == lastResort && a.Status == compliance.Pending {
			continue
		}
		if !begun {
			begun = true
			if d.Level == 0 {
				d.Table("ID", "Approval", "Gate", "Controls", "Responsible / delegate", "Status", "Evidence", "Retention")
			} else {
				d.Table("ID", "Approval", "Controls", "Responsible / delegate", "Status")
			}
		}
		if d.Level == 0 {
			d.approval(l, a)
		} else {
			d.approvalRow(a)
		}
	}
	if d.Level > 1 {
		d.Gap()
		d.inStatus("Approved", compliance.Approved, l.Approvals)
	}
	if d.Level == lastResort {
		d.inStatus("Pending", compliance.Pending, l.Approvals)
	}
}

// inStatus counts the approvals of one status and writes them, those together that
// the same roles answer for, with what they are about unless they are given. It
// writes nothing if there are none.
func (d *Doc) inStatus(label string, status compliance.Status, all []compliance.Approval) {
	at := make(map[approver]int, len(all))
	var pairs [][]int // positions of approvals
	n := 0
	for i := range all {
		if all[i].Status != status {
			continue
		}
		n++
		key := approver{role: all[i].Responsible, delegate: all[i].Delegate}
		if _, ok := at[key]; !ok {
			at[key] = len(pairs)
			pairs = append(pairs, nil)
		}
		pairs[at[key]] = append(pairs[at[key]], i)
	}
	if n == 0 {
		return
	}
	d.Bullet(0)
	d.Share(label, n, len(all))
	d.Lit(" (")
	for i, of := range pairs {
		d.SeparateBy("; ", i)
		for k, i := range of {
			d.Separate(k)
			d.Linked(all[i].ID, all[i].Evidence.Location)
			if status != compliance.Approved {
				d.Lit(" ")
				d.Text(cmp.Or(all[i].Gate, all[i].Title))
			}
		}
		if status != compliance.Approved {
			d.Lit(":")
		}
		d.Lit(" ")
		d.Parties(all[of[0]].Responsible, all[of[0]].Delegate)
	}
	d.Lit(")")
	d.End()
}

// approvalRow writes an approval whose id leads to its evidence.
func (d *Doc) approvalRow(a *compliance.Approval) {
	d.Cell()
	d.Linked(a.ID, a.Evidence.Location)
	d.Cell()
	d.Text(a.Title)
	d.Cell()
	d.List(a.Controls, ", ")
	d.Cell()
	d.Parties(a.Responsible, a.Delegate)
	d.Cell()
	d.Name(a.Status.String())
	if a.Status != compliance.Approved {
		d.Labelled(", ", a.Reason)
	}
	d.Row()
}

// custody writes where evidence is kept and for how long, who asked for the
// change and who deploys it, and what is said about privacy, law and an
// emergency.
func (d *Doc) custody() {
	l := &d.packet.Compliance
	d.Bullet(0)
	d.Lit("Repository: ")
	if l.Repository.IsZero() {
		d.NotGiven()
	} else {
		d.Link(l.Repository)
	}
	d.Lit("; retention: ")
	if l.Retention.IsZero() {
		d.NotGiven()
	} else {
		d.Name(l.Retention.Human())
	}
	d.End()
	if d.Level < 2 {
		d.duties(l)
	}
	d.assessment("Privacy impact assessment", &l.Privacy)
	d.assessment("Legal sign-off", &l.Legal)
	d.emergency(&l.Emergency)
	d.checkpoint(&l.Checkpoint)
}

// checkpoint writes what the evidence log held, in full: a copy of the page
// witnesses it.
func (d *Doc) checkpoint(c *compliance.Checkpoint) {
	if c.IsZero() {
		return
	}
	d.Bullet(0)
	d.Lit("Evidence log: ")
	if d.Level == 0 {
		d.Text(c.Log)
		d.Lit(", ")
	}
	d.Number(c.Size)
	d.Lit(" records, ")
	d.Text(c.Root.String())
	d.End()
}

func (d *Doc) approval(l *compliance.Log, a *compliance.Approval) {
	d.Cell()
	d.Text(a.ID)
	d.Cell()
	d.Text(a.Title)
	d.Cell()
	if a.Gate == "" {
		d.Lit("none")
	} else {
		d.Text(a.Gate)
	}
	d.Cell()
	d.List(a.Controls, ", ")
	if len(a.Clauses) > 0 {
		d.Lit("; ")
		d.List(a.Clauses, ", ")
	}
	d.Cell()
	d.Parties(a.Responsible, a.Delegate)
	d.Cell()
	d.status(a)
	d.Cell()
	d.evidence(&a.Evidence)
	d.Cell()
	switch {
	case !a.Evidence.Retention.IsZero():
		d.Name(a.Evidence.Retention.Human())
	case !l.Retention.IsZero():
		d.Name(l.Retention.Human())
	default:
		d.NotGiven()
	}
	d.Row()
}

// status writes what was answered, by whom, when and why.
func (d *Doc) status(a *compliance.Approval) {
	d.Name(a.Status.String())
	if a.By != "" {
		d.Lit(" by ")
		d.Person(a.By)
	}
	if a.ByDelegate {
		d.Lit(" (delegate)")
	}
	if !a.At.IsZero() {
		d.Lit(" ")
		d.When(a.At)
	}
	if a.Retroactive {
		d.Lit(", after the fact")
	}
	d.Labelled(", ", a.Reason)
	d.Digest(", subject ", a.Subject)
}

func (d *Doc) evidence(e *compliance.Evidence) {
	if e.Location.IsZero() {
		d.Lit("repository")
	} else {
		d.Link(e.Location)
	}
	d.Labelled(", ", e.Format)
	d.Digest(", ", e.Digest)
}

// duties writes who asked for the change and who deploys it.
func (d *Doc) duties(l *compliance.Log) {
	if l.Requester == "" && len(l.Deployers) == 0 {
		return
	}
	d.Bullet(0)
	d.Lit("Requester: ")
	d.Person(l.Requester)
	d.Lit("; deployers: ")
	d.PersonList(l.Deployers)
	d.End()
}

func (d *Doc) assessment(name string, a *compliance.Assessment) {
	d.Bullet(0)
	d.Lit(name)
	d.Lit(": ")
	if a.Reference != "" || !a.Link.IsZero() {
		d.Linked(a.Reference, a.Link)
	} else if a.None.IsZero() {
		d.NotGiven()
	}
	if a.By != "" {
		d.Lit(" by ")
		d.Party(a.By)
	}
	if !a.At.IsZero() && d.Level == 0 {
		d.Lit(" ")
		d.When(a.At)
	}
	d.Negative(&a.None)
	d.End()
}

func (d *Doc) emergency(e *compliance.Emergency) {
	if e.IsZero() {
		return
	}
	d.Bullet(0)
	d.Lit("Emergency declared by ")
	d.Person(e.By)
	d.Lit(", ")
	if e.At.IsZero() {
		d.Lit("time ")
	}
	d.When(e.At)
	d.Labelled(": ", e.Reason)
	d.Lit("; review by ")
	d.Party(e.ReviewBy)
	d.Lit(" due ")
	d.When(e.ReviewDue)
	if e.Reviewed.IsZero() {
		d.Lit(", not reviewed yet")
	} else {
		d.Lit(", reviewed ")
		d.When(e.Reviewed)
	}
	d.End()
}
