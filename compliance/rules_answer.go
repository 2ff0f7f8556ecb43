package compliance

import (
	"fmt"

	"github.com/tidegate-go/tidegate/release/check"
)

func answerRules() []check.Rule[Log] {
	return []check.Rule[Log]{
		{ID: "CMP-004", Doc: "What is answered says by whom and when, what is rejected or not required says why, and what is pending says nothing.",
			Bad:   func(l *Log) { l.Approvals[0].Status, l.Approvals[0].By = Approved, "" },
			Check: perApproval(checkAnswer)},
		{ID: "CMP-005", Doc: "Every approval has a responsible role and a delegate other than that.",
			Bad: func(l *Log) { l.Approvals[0].Delegate = "" },
			Check: perApproval(func(p *check.Pass[Log], at check.Path, a *Approval) {
				if check.Blank(a.Responsible) {
					p.Report(check.Missing(at.Field("responsible"), "the role responsible for "+a.ID, ""))
				}
				if check.Blank(a.Delegate) {
					p.Report(check.Missing(at.Field("delegate"), "the delegate of "+a.Responsible, "name the role that stands in"))
				} else if a.Delegate == a.Responsible {
					p.Report(check.Invalid(at.Field("delegate"), a.Delegate, "is the responsible role").WithRelated(at.Field("responsible")))
				}
			})},
		{ID: "CMP-015", Severity: check.Warning, Doc: "An answer of a delegate says why the delegate gave it.",
			Bad: func(l *Log) { l.Approvals[0].ByDelegate, l.Approvals[0].Reason = true, " " },
			Check: perApproval(func(p *check.Pass[Log], at check.Path, a *Approval) {
				if a.ByDelegate && check.Blank(a.Reason) {
					p.Report(check.Missing(at.Field("reason"), "the reason why a delegate answered "+a.ID, ""))
				}
			})},
		{ID: "CMP-016", Severity: check.Info, Doc: "Nobody gives more than half of the approvals, if there are several.",
			Bad: func(l *Log) {
				for i := range l.Approvals {
					l.Approvals[i].Status, l.Approvals[i].By = Approved, "one"
				}
			},
			Check: checkConcentration},
		{ID: "CMP-019", Doc: "Every approval that is given says by a digest what it approves.",
			Bad: func(l *Log) { l.Approvals[0].Status, l.Approvals[0].Subject = Approved, "" },
			Check: perApproval(func(p *check.Pass[Log], at check.Path, a *Approval) {
				if at = at.Field("subject"); a.Status == Approved && a.Subject.IsZero() {
					p.Report(check.Missing(at, "the digest of what "+a.ID+" approves", ""))
				} else if !a.Subject.IsZero() && !a.Subject.Valid() {
					p.Report(check.Invalid(at, a.Subject, "is no SHA-256 digest"))
				}
			})},
	}
}

func checkAnswer(p *check.Pass[Log], at check.Path, a *Approval) {
	if int(a.Status) >= len(statusNames) {
		p.Report(check.Invalid(at.Field("status"), a.Status, "is no status"))
		return
	}
	if a.Status == Pending {
		checkPending(p, at, a)
		return
	}
	if check.Blank(a.By) {
		p.Report(check.Missing(at.Field("by"), "who answered "+a.ID, ""))
	}
	if a.Status != Approved && check.Blank(a.Reason) {
		p.Report(check.Missing(at.Field("reason"), "the reason why "+a.ID+" is "+a.Status.String(), ""))
	}
	told(p, at.Field("at"), "when "+a.ID+" was answered", a.At)
}

// checkPending reports what only an answer has.
func checkPending(p *check.Pass[Log], at check.Path, a *Approval) {
	contradicts := func(given bool, field string, got any) {
		if given {
			p.Report(check.Invalid(at.Field(field), got, "contradicts that "+a.ID+" is pending").WithRelated(at.Field("status")))
		}
	}
	contradicts(a.By != "", "by", a.By)
	contradicts(!a.At.IsZero(), "at", a.At)
	contradicts(a.ByDelegate, "byDelegate", a.ByDelegate)
	contradicts(!a.Subject.IsZero(), "subject", a.Subject.Short())
}

// fewApprovals is how many of one person are no concentration yet.
const fewApprovals = 2

func checkConcentration(p *check.Pass[Log]) {
	given, of, first := 0, map[string]int{}, []string{}
	for _, a := range p.Subject.Approvals {
		if a.Status != Approved || check.Blank(a.By) {
			continue
		}
		if of[a.By] == 0 {
			first = append(first, a.By)
		}
		of[a.By]++
		given++
	}
	for _, by := range first {
		if n := of[by]; n > fewApprovals && 2*n > given {
			p.Report(check.Invalid(approvalsPath, by, fmt.Sprintf("gives %d of %d approvals", n, given)))
		}
	}
}
