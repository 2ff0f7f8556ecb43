package check_test

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// now is the moment at which the tests judge.
var now = time.Date(2026, time.December, 7, 12, 0, 0, 0, time.UTC)

// team is a subject small enough to see through.
type team struct {
	Lead    string
	Members []string
}

type house struct{ Team team }

// goodTeam is a team in which no rule finds anything.
func goodTeam() team { return team{Lead: "ada", Members: []string{"ada", "ken"}} }

// teamRules are three rules, one of each severity.
func teamRules() []check.Rule[team] {
	return []check.Rule[team]{
		{ID: "T-1", Doc: "A team has a lead.",
			Bad: func(t *team) { t.Lead = "" },
			Check: func(p *check.Pass[team]) {
				if p.Subject.Lead == "" {
					p.Report(check.Missing("lead", "the lead", "name one"))
				}
			}},
		{ID: "T-2", Severity: check.Warning, Doc: "Every member has a name.",
			Bad: func(t *team) { t.Members[1] = "" },
			Check: func(p *check.Pass[team]) {
				for i, m := range p.Subject.Members {
					if m == "" {
						p.Report(check.Missing(check.Path("members").Index(i), "the name", ""))
					}
				}
			}},
		{ID: "T-3", Severity: check.Info, Doc: "The lead is a member.",
			Bad: func(t *team) { t.Lead = "grace" },
			Check: func(p *check.Pass[team]) {
				if p.Subject.Lead == "" {
					p.NotEvaluated("there is no lead")
					return
				}
				if !slices.Contains(p.Subject.Members, p.Subject.Lead) {
					p.Report(check.Unresolved("lead", p.Subject.Lead, "a member").WithRelated("members"))
				}
			}},
	}
}

// badTeam breaks T-1 once and T-2 twice.
func badTeam() team { return team{Members: []string{"", "ken", ""}} }

// states lists what became of the rules.
func states(r check.Report) []string {
	var list []string
	for _, rule := range r.Rules {
		list = append(list, rule.Rule+" "+rule.State.String())
	}
	return list
}

// grant is one that holds at now.
func grant() check.Grant {
	return check.Grant{Reason: "known and harmless", Requester: "ken", Approver: "ada", Expires: value.Date(2026, time.December, 24)}
}
