package release

import (
	"fmt"
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Rollback is the way back: what fires it and who decides, who is called next,
// and what is owed afterwards.
type Rollback struct {
	Matrix      []Trigger    `json:"matrix,omitzero"`      // in the order in which they are tried
	Escalation  []Escalation `json:"escalation,omitzero"`  // in the order of time
	Commitments []Commitment `json:"commitments,omitzero"` // after the action
}

// Trigger is one row of the decision matrix: when this is seen, that is done.
type Trigger struct {
	ID       string         `json:"id"`                // unique in the matrix
	When     Condition      `json:"when"`              // what is seen
	Action   string         `json:"action"`            // what is done, beginning with a verb
	Owner    string         `json:"owner,omitzero"`    // id of the role that decides
	Delegate string         `json:"delegate,omitzero"` // id of the role that stands in
	Within   value.Duration `json:"within,omitzero"`   // from the breach to the decision
}

// Condition is a signal that has gone wrong: what is read, the limit that it
// is beyond, and for how long.
type Condition struct {
	Metric string         `json:"metric"`         // as people call it: "checkout errors"
	Query  fact.Query     `json:"query,omitzero"` // what is asked; zero: a person has to look
	Beyond Comparison     `json:"beyond"`         // the side of the limit that is wrong
	Limit  value.Quantity `json:"limit,omitzero"` // itself still right
	For    value.Duration `json:"for,omitzero"`   // zero: a single observation is enough
}

// IsZero reports whether the condition says nothing.
func (c Condition) IsZero() bool { return c == Condition{} }

// text is the condition in words: "checkout errors above 1% for 5 minutes".
func (c Condition) text() string {
	side := unknown
	if c.Beyond != NoComparison {
		side = c.Beyond.String()
	}
	text := fmt.Sprintf("%s %s %s", given(c.Metric), side, amount(c.Limit))
	if c.For > 0 {
		text += " for " + c.For.Human()
	}
	return text
}

// Escalation is one level: who is called when so much time has passed.
type Escalation struct {
	After    value.Duration `json:"after,omitzero"`    // since the incident opened
	Role     string         `json:"role"`              // id of the role that is called
	Delegate string         `json:"delegate,omitzero"` // id of the role that stands in
}

// Commitment is what is owed after a rollback or an incident.
type Commitment struct {
	ID     string         `json:"id"`              // unique among the commitments
	Text   string         `json:"text"`            // what is owed, beginning with a verb
	Owner  string         `json:"owner,omitzero"`  // id of a role or a person
	Within value.Duration `json:"within,omitzero"` // since the end of the deployment window
}

func (r Rollback) clone() Rollback {
	r.Matrix = slices.Clone(r.Matrix)
	r.Escalation = slices.Clone(r.Escalation)
	r.Commitments = slices.Clone(r.Commitments)
	return r
}

// Comparison is a side of a limit. The zero value is none.
type Comparison uint8

// The sides.
const (
	NoComparison Comparison = iota
	Above
	Below
)

var comparisonNames = []string{"none", "above", "below"}

// String returns the side's name as it stands in JSON.
func (c Comparison) String() string { return enum.String("comparison", comparisonNames, c) }

// MarshalText implements [encoding.TextMarshaler].
func (c Comparison) MarshalText() ([]byte, error) {
	return enum.Marshal("comparison", comparisonNames, c)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown side is an error.
func (c *Comparison) UnmarshalText(text []byte) error {
	return enum.Unmarshal("comparison", comparisonNames, c, text)
}

// signal reports what keeps a condition from being seen.
func signal(p *check.Pass[Plan], at check.Path, c Condition) {
	stated(p, at, "metric", "the metric", c.Metric, "name what is read")
	chosen(p, at, "beyond", "the side of the limit that is wrong", c.Beyond, "above or below")
	quantified(p, at, "limit", "the limit", c.Limit, c.Query)
	if c.For < 0 {
		p.Report(check.Invalid(at.Field("for"), c.For, "is a negative duration"))
	}
}

// quantified reports a number that is not given, is none, has no unit, or is
// not of what the query beside it yields.
func quantified(p *check.Pass[Plan], at check.Path, field, what string, q value.Quantity, query fact.Query) {
	here, yields := at.Field(field), query.Yields.Unit
	switch {
	case q.IsZero():
		p.Report(check.Missing(here, what, "write a number with its unit"))
	case !q.Value.IsFinite():
		p.Report(check.Invalid(here.Field("value"), q.Value, "is not a number to compare with"))
	case q.Unit.IsZero():
		p.Report(check.Missing(here.Field("unit"), "the unit", "such as %, ms or {count}"))
	case !q.Unit.Known():
		p.Report(check.Invalid(here.Field("unit"), q.Unit, "is not a known unit"))
	case yields.Known() && yields.Dimension() != q.Unit.Dimension():
		p.Report(check.Invalid(here.Field("unit"), q.Unit, "does not compare with what the query yields, which is in "+yields.String()).WithRelated(at.Field("query")))
	}
}

func wayBackRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "OVR-015", Severity: check.Warning, Doc: "Something measures whether the release was worth it.",
			Bad: func(p *Plan) { p.Overview.Success = nil },
			Check: func(p *check.Pass[Plan]) {
				if len(p.Subject.Overview.Success) == 0 {
					p.Report(check.Missing(overviewPath.Field("success"), "the success metric", "the summary after the release tells it"))
				}
			}},
		{ID: "OVR-016", Doc: "Every success metric has a name of its own, a target with its side and unit, and a source.",
			Bad:   func(p *Plan) { p.Overview.Success[0].Target = value.Quantity{} },
			Check: checkSuccess},
		{ID: "CHK-009", Doc: "The decision matrix has a row; every row has an id of its own, a signal with a number, an action, who decides and who stands in.",
			Bad:   func(p *Plan) { p.Rollback.Matrix = nil },
			Check: checkMatrix},
		{ID: "CHK-016", Doc: "The escalation path rises in time, and every level has a role and a delegate.",
			Bad:   func(p *Plan) { p.Rollback.Escalation = nil },
			Check: checkEscalation},
		{ID: "CHK-017", Doc: "Something is owed after the action; every commitment has an id of its own, a text and an owner.",
			Bad: func(p *Plan) { p.Rollback.Commitments = nil },
			Check: func(p *check.Pass[Plan]) {
				all := p.Subject.Rollback.Commitments
				if len(all) == 0 {
					p.Report(check.Missing(commitmentsPath, "the after-action commitment", "such as a review"))
				}
				unique(p, commitmentsPath, "id", all, func(c Commitment) string { return c.ID })
				for i, c := range all {
					stated(p, commitmentsPath.Index(i), "text", "what is owed", c.Text, "")
					stated(p, commitmentsPath.Index(i), "owner", "the owner", c.Owner, "name a role or a person of the directory")
				}
			}},
	}
}

func checkSuccess(p *check.Pass[Plan]) {
	list := overviewPath.Field("success")
	unique(p, list, "name", p.Subject.Overview.Success, func(m SuccessMetric) string { return m.Name })
	for i, m := range p.Subject.Overview.Success {
		at := list.Index(i)
		chosen(p, at, "wanted", "the side of the target that is success", m.Wanted, "above or below")
		quantified(p, at, "target", "the target", m.Target, m.Query)
		if m.Query.IsZero() {
			stated(p, at, "source", "the source", m.Source, "say where it is measured")
		}
	}
}

func checkMatrix(p *check.Pass[Plan]) {
	all := p.Subject.Rollback.Matrix
	if len(all) == 0 {
		p.Report(check.Missing(matrixPath, "the row of the decision matrix", "say what is done when which number is seen"))
	}
	unique(p, matrixPath, "id", all, func(t Trigger) string { return t.ID })
	for i, t := range all {
		at := matrixPath.Index(i)
		signal(p, at.Field("when"), t.When)
		stated(p, at, "action", "the action", t.Action, "")
		stated(p, at, "owner", "who decides", t.Owner, "name a role of the directory")
		deputised(p, at, "owner", t.Owner, t.Delegate)
		if t.Within < 0 {
			p.Report(check.Invalid(at.Field("within"), t.Within, "is a negative duration"))
		}
	}
}

func checkEscalation(p *check.Pass[Plan]) {
	all := p.Subject.Rollback.Escalation
	if len(all) == 0 {
		p.Report(check.Missing(escalationPath, "the escalation path", "say who is called when"))
	}
	for i, e := range all {
		at := escalationPath.Index(i)
		stated(p, at, "role", "who is called", e.Role, "name a role of the directory")
		deputised(p, at, "role", e.Role, e.Delegate)
		switch {
		case e.After < 0:
			p.Report(check.Invalid(at.Field("after"), e.After, "is a negative duration"))
		case i > 0 && e.After <= all[i-1].After:
			p.Report(check.OutOfOrder(at.Field("after"), e.After, "is not later than the level before", escalationPath.Index(i-1).Field("after")))
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
