package release

import (
	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/check"
)

// Risk is one thing that may go wrong. It is described once, here; whatever
// speaks of it names its id, so that two ratings cannot contradict each other.
type Risk struct {
	ID          string `json:"id"`                   // what the rest of the packet names it by: "R1"
	Title       string `json:"title"`                // what may go wrong, in one line
	Probability Level  `json:"probability"`          // how likely it is
	Impact      Level  `json:"impact"`               // how bad it is if it happens
	Mitigation  string `json:"mitigation,omitzero"`  // what makes it less probable, or less bad
	Contingency string `json:"contingency,omitzero"` // what is done when it happens
	Owner       string `json:"owner,omitzero"`       // id of the role or person who mitigates it
	Theme       string `json:"theme,omitzero"`       // what it has in common with risks of other releases
}

// Level is a rating on the scale that every document prints: low, medium,
// high. The zero value is none.
type Level uint8

// The levels.
const (
	NoLevel Level = iota
	Low
	Medium
	High
)

var levelNames = []string{"none", "low", "medium", "high"}

// String returns the level's name as it stands in JSON.
func (l Level) String() string { return enum.String("level", levelNames, l) }

// MarshalText implements [encoding.TextMarshaler].
func (l Level) MarshalText() ([]byte, error) { return enum.Marshal("level", levelNames, l) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown level is an error.
func (l *Level) UnmarshalText(text []byte) error {
	return enum.Unmarshal("level", levelNames, l, text)
}

func riskRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "RSK-001", Doc: "Every risk has a probability, an impact, a mitigation and a contingency.",
			Bad: func(p *Plan) { p.Risks[0].Impact = NoLevel },
			Check: eachRisk(func(p *check.Pass[Plan], at check.Path, r Risk) {
				if r.Probability == NoLevel {
					p.Report(check.Missing(at.Field("probability"), "the probability", "low, medium or high"))
				}
				if r.Impact == NoLevel {
					p.Report(check.Missing(at.Field("impact"), "the impact", "low, medium or high"))
				}
				stated(p, at, "mitigation", "the mitigation", r.Mitigation, "say what makes it less probable, or less bad")
				stated(p, at, "contingency", "the contingency", r.Contingency, "say what is done when it happens")
			})},
		{ID: "RSK-002", Doc: "Probability and impact are on the scale low, medium, high.",
			Bad: func(p *Plan) { p.Risks[0].Probability = High + 1 },
			Check: eachRisk(func(p *check.Pass[Plan], at check.Path, r Risk) {
				exists(p, at, "probability", r.Probability)
				exists(p, at, "impact", r.Impact)
			})},
		{ID: "RSK-003", Doc: "Every risk has an owner who mitigates it.",
			Bad: func(p *Plan) { p.Risks[0].Owner = "" },
			Check: eachRisk(func(p *check.Pass[Plan], at check.Path, r Risk) {
				stated(p, at, "owner", "the owner of the mitigation", r.Owner, "name a role or a person of the directory")
			})},
		{ID: "RSK-004", Doc: "The rollback SLA is given and within the policy's limit.",
			Bad:   func(p *Plan) { p.Overview.RollbackSLA = 0 },
			Check: checkRollbackSLA},
		{ID: "RSK-005", Doc: "The flags that the release turns are listed, or it is said who says that there is none.",
			Bad: func(p *Plan) { p.Overview.Flags = nil },
			Check: func(p *check.Pass[Plan]) {
				if o := &p.Subject.Overview; len(o.Flags) == 0 && o.NoFlags.IsZero() {
					p.Report(check.Missing(overviewPath.Field("flags"), "the list of feature flags", "or say in noFlags who says that there is none"))
				}
			}},
		{ID: "DEP-010", Doc: "Every flag is listed once with its toggle, default state, kill step and owner, and dependencies name flags that are listed.",
			Bad:   func(p *Plan) { p.Overview.Flags[0].Kill = "" },
			Check: checkFlags},
		{ID: "RSK-006", Doc: "Customer impact has thresholds, each with an id of its own, a metric, a side, a number with its unit and a time.",
			Bad:   func(p *Plan) { p.Overview.Impact = nil },
			Check: checkImpact},
		{ID: "RSK-008", Doc: "Every risk has an id of its own and a title.",
			Bad: func(p *Plan) { p.Risks[1].ID = p.Risks[0].ID },
			Check: func(p *check.Pass[Plan]) {
				unique(p, risksPath, "id", p.Subject.Risks, riskID)
				eachRisk(func(p *check.Pass[Plan], at check.Path, r Risk) {
					stated(p, at, "title", "the title", r.Title, "")
				})(p)
			}},
	}
}

// eachRisk is a check that looks at one risk after the other.
func eachRisk(look func(p *check.Pass[Plan], at check.Path, r Risk)) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		for i, r := range p.Subject.Risks {
			look(p, risksPath.Index(i), r)
		}
	}
}

func checkRollbackSLA(p *check.Pass[Plan]) {
	at, sla, most := overviewPath.Field("rollbackSLA"), p.Subject.Overview.RollbackSLA, p.Subject.Policy.MaxRollback
	switch {
	case sla == 0:
		p.Report(check.Missing(at, "the rollback SLA", "say within what time users are served again after a decision to roll back"))
	case sla < 0:
		p.Report(check.Invalid(at, sla, "is not a positive duration"))
	case most > 0 && sla > most:
		p.Report(check.Invalid(at, sla, "is longer than the policy's "+most.String()).WithRelated(policyPath.Field("maxRollback")))
	}
}

func checkImpact(p *check.Pass[Plan]) {
	at, all := overviewPath.Field("impact"), p.Subject.Overview.Impact
	if len(all) == 0 {
		p.Report(check.Missing(at, "the threshold of customer impact", "say beyond which number customers are hurt"))
	}
	unique(p, at, "id", all, func(i Impact) string { return i.ID })
	for i, threshold := range all {
		signal(p, at.Index(i), threshold.Condition)
		if threshold.For == 0 {
			p.Report(check.Missing(at.Index(i).Field("for"), "the time over which it is measured", ""))
		}
	}
}

func checkFlags(p *check.Pass[Plan]) {
	list := overviewPath.Field("flags")
	unique(p, list, "name", p.Subject.Overview.Flags, func(f Flag) string { return f.Name })
	for i, f := range p.Subject.Overview.Flags {
		at := list.Index(i)
		stated(p, at, "toggle", "the toggle", f.Toggle, "say from what to what it is turned, in which steps")
		stated(p, at, "default", "the default state", f.Default, "")
		stated(p, at, "kill", "the kill step", f.Kill, "say how it is turned off at once")
		stated(p, at, "owner", "the owner", f.Owner, "name a role or a person of the directory")
	}
	known := names(p.Subject.Overview.Flags, func(f Flag) string { return f.Name })
	for i, d := range p.Subject.Dependencies.Items {
		if d.Kind != FeatureFlag || !stated(p, dependenciesPath.Index(i), "flag", "the name of the flag", d.Flag, "name a flag of the overview") {
			continue
		}
		if !known[d.Flag] {
			p.Report(check.Unresolved(dependenciesPath.Index(i).Field("flag"), d.Flag, "a flag of the overview"))
		}
	}
}
