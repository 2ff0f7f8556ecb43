package compliance

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
)

// Rules returns the rules that look at the log alone. Ids are those of the
// rule catalogue.
func Rules() []check.Rule[Log] {
	return slices.Concat(controlRules(), answerRules(), evidenceRules(), assessmentRules())
}

const approvalsPath check.Path = "approvals"

// The sides of an environment, as ids of gates end.
const (
	entry = "entry"
	exit  = "exit"
)

func perApproval(f func(*check.Pass[Log], check.Path, *Approval)) func(*check.Pass[Log]) {
	return func(p *check.Pass[Log]) {
		for i := range p.Subject.Approvals {
			f(p, approvalsPath.Index(i), &p.Subject.Approvals[i])
		}
	}
}

func controlRules() []check.Rule[Log] {
	return []check.Rule[Log]{
		{ID: "CMP-001", Doc: "There are approvals, and every one names a SOC 2 criterion.",
			Bad: func(l *Log) { l.Approvals[0].Controls = nil },
			Check: func(p *check.Pass[Log]) {
				if len(p.Subject.Approvals) == 0 {
					p.Report(check.Missing(approvalsPath, "the list of approvals", ""))
				}
				perApproval(checkCriterion)(p)
			}},
		{ID: "CMP-002", Doc: "Ids of controls are in the catalogue of SOC 2 and NIST 800-53, each once.",
			Bad:   func(l *Log) { l.Approvals[0].Controls = []string{"CC8.4"} },
			Check: perApproval(checkControls)},
		{ID: "CMP-003", Doc: "Every approval names a clause of the change-management policy.",
			Bad: func(l *Log) { l.Approvals[0].Clauses = nil },
			Check: perApproval(func(p *check.Pass[Log], at check.Path, a *Approval) {
				at = at.Field("clauses")
				if len(a.Clauses) == 0 {
					p.Report(check.Missing(at, "the clause of the change-management policy for "+a.ID, ""))
				}
				for i, c := range a.Clauses {
					if check.Blank(c) {
						p.Report(check.Missing(at.Index(i), "the clause", ""))
					} else if first := slices.Index(a.Clauses, c); first < i {
						p.Report(check.Duplicate(at.Index(i), c, at.Index(first)))
					}
				}
			})},
		{ID: "CMP-018", Doc: "Every approval has an id of its own and a title, and the gate that it opens is the entry or exit of an environment.",
			Bad:   func(l *Log) { l.Approvals = append(l.Approvals, l.Approvals[0]) },
			Check: checkIDs},
	}
}

// checkCriterion wants one id that is not of another framework. Whether it
// exists is for another rule.
func checkCriterion(p *check.Pass[Log], at check.Path, a *Approval) {
	for _, id := range a.Controls {
		if c, ok := FindControl(id); !check.Blank(id) && (!ok || c.Framework == SOC2) {
			return
		}
	}
	p.Report(check.Missing(at.Field("controls"), "the SOC 2 criterion of "+a.ID, "such as CC8.1"))
}

func checkControls(p *check.Pass[Log], at check.Path, a *Approval) {
	at = at.Field("controls")
	for i, id := range a.Controls {
		if _, ok := FindControl(id); !ok {
			f := check.Unresolved(at.Index(i), id, "a control of SOC 2 or NIST 800-53")
			if ids := near(id); len(ids) > 0 {
				f.Hint = "did you mean " + strings.Join(ids, " or ") + "?"
			}
			p.Report(f)
		} else if first := slices.Index(a.Controls, id); first < i {
			p.Report(check.Duplicate(at.Index(i), id, at.Index(first)))
		}
	}
}

func checkIDs(p *check.Pass[Log]) {
	first := map[string]check.Path{}
	for i, a := range p.Subject.Approvals {
		at := approvalsPath.Index(i).Field("id")
		if other, ok := first[a.ID]; check.Blank(a.ID) {
			p.Report(check.Missing(at, "the id", ""))
		} else if ok {
			p.Report(check.Duplicate(at, a.ID, other))
		} else {
			first[a.ID] = at
		}
		if check.Blank(a.Title) {
			p.Report(check.Missing(approvalsPath.Index(i).Field("title"), "the title of approval "+a.ID, ""))
		}
		if environment, side, _ := strings.Cut(a.Gate, "/"); a.Gate != "" && (check.Blank(environment) || side != entry && side != exit) {
			p.Report(check.Invalid(approvalsPath.Index(i).Field("gate"), a.Gate, "is no gate, want the form production/entry or production/exit"))
		}
	}
}
