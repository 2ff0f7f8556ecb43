package check

import "slices"

// Profile says which rules count and how much. The zero Profile runs every
// rule at its own severity.
type Profile struct {
	Name    string       `json:"name,omitzero"`    // printed in the report: "hotfix"
	Changes []Adjustment `json:"changes,omitzero"` // of several for one rule the last that has a reason holds
}

// Adjustment switches a rule off or grades it anew. Without a reason it has no
// effect and is reported.
type Adjustment struct {
	Rule     string   `json:"rule"`         // id of a rule
	Off      bool     `json:"off,omitzero"` // the rule is not run; Severity does not matter
	Severity Severity `json:"severity"`     // of the rule's findings, unless it is off; the zero value is Error
	Reason   string   `json:"reason"`       // printed in the report; blank: not applied
}

// ProfileRule is the id of the findings about a profile itself.
const ProfileRule = "PROFILE"

type grade struct {
	severity Severity
	off      bool
	reason   string
}

// grade gives the last adjustment of the rule that has a reason.
func (p Profile) grade(rule string, own Severity) grade {
	g := grade{severity: own}
	for _, a := range p.Changes {
		if a.Rule == rule && !Blank(a.Reason) {
			g = grade{a.Severity, a.Off, a.Reason}
		}
	}
	return g
}

// faults are the adjustments without effect: those without a reason, and those
// of rules that were not run, such as one whose id has a slip of the pen.
func (p Profile) faults(known map[string]bool) Findings {
	var fs Findings
	for _, a := range p.Changes {
		what := ""
		switch {
		case Blank(a.Reason):
			what = "has no reason and is not applied"
		case !known[a.Rule]:
			what = "adjusts nothing: there is no such rule"
		default:
			continue
		}
		fs = append(fs, Finding{Rule: ProfileRule, Severity: Warning, Message: OneLine("the adjustment of rule " + a.Rule + " " + what)})
	}
	return fs
}

// With returns the profile with changes added, under a name of its own. The
// last change of a rule counts.
func (p Profile) With(name string, changes ...Adjustment) Profile {
	return Profile{Name: name, Changes: slices.Concat(p.Changes, changes)}
}
