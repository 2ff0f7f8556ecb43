package page

import (
	"github.com/tidegate-go/tidegate/compliance"
)

// approvals writes who has to approve what, and whether they have. From level 2
// on those who have stand in a line.
func (d *Doc) approvals() {
	l := &d.packet.Compliance
	if len(l.Approvals) == 0 {
		d.absent("Approvals")
	}
	begun, approved := false, 0
	for i := range l.Approvals {
		a := &l.Approvals[i]
		if d.level > 1 && a.Status == compliance.Approved {
			approved++
			continue
		}
		if !begun {
			begun = true
			if d.level == 0 {
				d.table("ID", "Approval", "Gate", "Controls", "Responsible / delegate", "Status", "Evidence", "Retention")
			} else {
				d.table("ID", "Approval", "Controls", "Responsible / delegate", "Status")
			}
		}
		if d.level == 0 {
			d.approval(l, a)
		} else {
			d.approvalRow(a)
		}
	}
	if approved == 0 {
		return
	}
	d.gap()
	d.bullet(0)
	d.share("Approved", approved, len(l.Approvals))
	d.lit(" (")
	d.approved(l.Approvals)
	d.lit(")")
	d.end()
}

// approved writes the approvals that are given, those together that the same
// roles answer for.
func (d *Doc) approved(all []compliance.Approval) {
	at := make(map[approver]int, len(all))
	var pairs [][]int // positions of approvals
	for i := range all {
		if all[i].Status != compliance.Approved {
			continue
		}
		key := approver{role: all[i].Responsible, delegate: all[i].Delegate}
		if _, ok := at[key]; !ok {
			at[key] = len(pairs)
			pairs = append(pairs, nil)
		}
		pairs[at[key]] = append(pairs[at[key]], i)
	}
	for n, of := range pairs {
		d.separateBy("; ", n)
		for k, i := range of {
			d.separate(k)
			d.linked(all[i].ID, all[i].Evidence.Location)
		}
		d.lit(" ")
		d.parties(all[of[0]].Responsible, all[of[0]].Delegate)
	}
}

// approvalRow writes an approval whose id leads to its evidence.
func (d *Doc) approvalRow(a *compliance.Approval) {
	d.cell()
	d.linked(a.ID, a.Evidence.Location)
	d.cell()
	d.text(a.Title)
	d.cell()
	d.list(a.Controls, ", ")
	d.cell()
	d.parties(a.Responsible, a.Delegate)
	d.cell()
	d.name(a.Status.String())
	if a.Status != compliance.Approved {
		d.labelled(", ", a.Reason)
	}
	d.row()
}

// custody writes where evidence is kept and for how long, who asked for the
// change and who deploys it, and what is said about privacy, law and an
// emergency.
func (d *Doc) custody() {
	l := &d.packet.Compliance
	d.bullet(0)
	d.lit("Repository: ")
	if l.Repository.IsZero() {
		d.notGiven()
	} else {
		d.link(l.Repository)
	}
	d.lit("; retention: ")
	if l.Retention.IsZero() {
		d.notGiven()
	} else {
		d.name(l.Retention.String())
	}
	d.end()
	if d.level < 2 {
		d.duties(l)
	}
	d.assessment("Privacy impact assessment", &l.Privacy)
	d.assessment("Legal sign-off", &l.Legal)
	d.emergency(&l.Emergency)
}

func (d *Doc) approval(l *compliance.Log, a *compliance.Approval) {
	d.cell()
	d.text(a.ID)
	d.cell()
	d.text(a.Title)
	d.cell()
	if a.Gate == "" {
		d.lit("none")
	} else {
		d.text(a.Gate)
	}
	d.cell()
	d.list(a.Controls, ", ")
	if len(a.Clauses) > 0 {
		d.lit("; ")
		d.list(a.Clauses, ", ")
	}
	d.cell()
	d.parties(a.Responsible, a.Delegate)
	d.cell()
	d.status(a)
	d.cell()
	d.evidence(&a.Evidence)
	d.cell()
	switch {
	case !a.Evidence.Retention.IsZero():
		d.name(a.Evidence.Retention.String())
	case !l.Retention.IsZero():
		d.name(l.Retention.String())
	default:
		d.notGiven()
	}
	d.row()
}

// status writes what was answered, by whom, when and why.
func (d *Doc) status(a *compliance.Approval) {
	d.name(a.Status.String())
	if a.By != "" {
		d.lit(" by ")
		d.person(a.By)
	}
	if a.ByDelegate {
		d.lit(" (delegate)")
	}
	if !a.At.IsZero() {
		d.lit(" ")
		d.when(a.At)
	}
	if a.Retroactive {
		d.lit(", after the fact")
	}
	d.labelled(", ", a.Reason)
	d.digest(", subject ", a.Subject)
}

func (d *Doc) evidence(e *compliance.Evidence) {
	if e.Location.IsZero() {
		d.lit("repository")
	} else {
		d.link(e.Location)
	}
	d.labelled(", ", e.Format)
	d.digest(", ", e.Digest)
}

// duties writes who asked for the change and who deploys it.
func (d *Doc) duties(l *compliance.Log) {
	if l.Requester == "" && len(l.Deployers) == 0 {
		return
	}
	d.bullet(0)
	d.lit("Requester: ")
	d.person(l.Requester)
	d.lit("; deployers: ")
	d.personList(l.Deployers)
	d.end()
}

func (d *Doc) assessment(name string, a *compliance.Assessment) {
	d.bullet(0)
	d.lit(name)
	d.lit(": ")
	if a.Reference != "" || !a.Link.IsZero() {
		d.linked(a.Reference, a.Link)
	} else if a.None.IsZero() {
		d.notGiven()
	}
	if a.By != "" {
		d.lit(" by ")
		d.party(a.By)
	}
	if !a.At.IsZero() && d.level == 0 {
		d.lit(" ")
		d.when(a.At)
	}
	d.negative(&a.None)
	d.end()
}

func (d *Doc) emergency(e *compliance.Emergency) {
	if e.IsZero() {
		return
	}
	d.bullet(0)
	d.lit("Emergency declared by ")
	d.person(e.By)
	d.lit(", ")
	if e.At.IsZero() {
		d.lit("time ")
	}
	d.when(e.At)
	d.labelled(": ", e.Reason)
	d.lit("; review by ")
	d.party(e.ReviewBy)
	d.lit(" due ")
	d.when(e.ReviewDue)
	if e.Reviewed.IsZero() {
		d.lit(", not reviewed yet")
	} else {
		d.lit(", reviewed ")
		d.when(e.Reviewed)
	}
	d.end()
}
