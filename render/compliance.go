package render

import (
	"github.com/tidegate-go/tidegate/compliance"
)

// compliance writes the approvals with their evidence, and what is said about
// privacy, law and an emergency.
func (d *doc) compliance() {
	l := &d.packet.Compliance
	d.section("Compliance Evidence Log")
	if len(l.Approvals) == 0 {
		d.absent("Approvals")
	} else {
		d.table("ID", "Approval", "Gate", "Controls", "Responsible / delegate", "Status", "Evidence", "Retention")
	}
	for i := range l.Approvals {
		d.approval(l, &l.Approvals[i])
	}
	d.gap()
	d.bullet(0)
	d.lit("Repository: ")
	if l.Repository.IsZero() {
		d.lit(notGiven)
	} else {
		d.link(l.Repository)
	}
	d.lit("; retention: ")
	if l.Retention.IsZero() {
		d.lit(notGiven)
	} else {
		d.lit(l.Retention.String())
	}
	d.end()
	d.duties(l)
	d.assessment("Privacy impact assessment", &l.Privacy)
	d.assessment("Legal sign-off", &l.Legal)
	d.emergency(&l.Emergency)
}

func (d *doc) approval(l *compliance.Log, a *compliance.Approval) {
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
		d.lit(a.Evidence.Retention.String())
	case !l.Retention.IsZero():
		d.lit(l.Retention.String())
	default:
		d.lit(notGiven)
	}
	d.row()
}

// status writes what was answered, by whom, when and why.
func (d *doc) status(a *compliance.Approval) {
	d.lit(a.Status.String())
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

func (d *doc) evidence(e *compliance.Evidence) {
	if e.Location.IsZero() {
		d.lit("repository")
	} else {
		d.link(e.Location)
	}
	d.labelled(", ", e.Format)
	d.digest(", ", e.Digest)
}

// duties writes who asked for the change and who deploys it.
func (d *doc) duties(l *compliance.Log) {
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

func (d *doc) assessment(name string, a *compliance.Assessment) {
	d.bullet(0)
	d.lit(name)
	d.lit(": ")
	if a.Reference != "" || !a.Link.IsZero() {
		d.linked(a.Reference, a.Link)
	} else if a.None.IsZero() {
		d.lit(notGiven)
	}
	if a.By != "" {
		d.lit(" by ")
		d.party(a.By)
	}
	if !a.At.IsZero() {
		d.lit(" ")
		d.when(a.At)
	}
	d.negative(&a.None)
	d.end()
}

func (d *doc) emergency(e *compliance.Emergency) {
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
