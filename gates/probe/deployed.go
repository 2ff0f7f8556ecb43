package probe

import (
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Deployed is that what runs is what was approved: for every component of the
// plan, the newest successful deployment in the environment has exactly the
// artifact digest that the plan approves.
//
// A deployment counts if its status is among Succeeded and does not if it is
// among Failed, as the source names them; any other one, such as one under way,
// makes its component unknown if nothing newer succeeded. A component without
// an approved digest, or of which no deployment is known, is unknown; one with
// another digest fails.
type Deployed struct {
	Query       fact.Query `json:"query"`                // deployments
	Environment string     `json:"environment,omitzero"` // zero: the gate's
	Components  []string   `json:"components,omitzero"`  // zero: every component of the plan
	Succeeded   []string   `json:"succeeded,omitzero"`   // status of a deployment that counts, as its source names it; at least one
	Failed      []string   `json:"failed,omitzero"`      // status of one that does not count, as its source names it
}

// NewDeployed returns the test with the status that its source gives what
// succeeded.
func NewDeployed(q fact.Query, succeeded ...string) Deployed {
	return Deployed{Query: q, Succeeded: slices.Clone(succeeded)}
}

func (d *Deployed) clone() *Deployed {
	if d == nil {
		return nil
	}
	c := *d
	c.Components = slices.Clone(d.Components)
	c.Succeeded = slices.Clone(d.Succeeded)
	c.Failed = slices.Clone(d.Failed)
	return &c
}

// Queries returns the query.
func (d *Deployed) Queries() []fact.Query { return []fact.Query{d.Query} }

// Fault says where and why the test can never be judged, if so.
func (d *Deployed) Fault() (check.Path, string) {
	if len(d.Succeeded) == 0 {
		return "succeeded", "does not say which status means success"
	}
	for i, status := range d.Succeeded {
		if status == "" {
			return check.Path("succeeded").Index(i), "takes no status for success"
		}
	}
	for i, status := range d.Failed {
		switch at := check.Path("failed").Index(i); {
		case status == "":
			return at, "takes no status for failure"
		case slices.Contains(d.Succeeded, status):
			return at, "takes one status for success and for failure"
		}
	}
	for i, name := range d.Components {
		if check.Blank(name) {
			return check.Path("components").Index(i), "looks at a component without a name"
		}
	}
	return wantShape("query", d.Query, fact.DeploymentShape)
}

// Condition says what the test demands.
func (d *Deployed) Condition() string {
	what, where := "every component", ""
	if len(d.Components) > 0 {
		what = list(d.Components)
	}
	if d.Environment != "" {
		where = " in " + d.Environment
	}
	condition := what + " deployed" + where + " to the approved digest, counting " + list(d.Succeeded)
	if len(d.Failed) > 0 {
		condition += " and ignoring " + list(d.Failed)
	}
	return condition
}

// Judge compares every component's digest.
func (d *Deployed) Judge(s judge.Scene) judge.Said {
	r, code := s.Look(0)
	if code != "" {
		return judge.Unclear(code)
	}
	environment := d.Environment
	if environment == "" {
		environment = s.Environment()
	}
	components, missing := d.components(s.Plan())
	if missing != "" {
		return judge.Unclear(judge.Missing).Because(missing + " is no component of the plan")
	}
	if len(components) == 0 {
		return judge.Unclear(judge.Vacuous)
	}
	said, right, turns := judge.Said{Outcome: judge.Pass, Code: judge.Met}, 0, time.Time{}
	for _, c := range components {
		one := d.judgeOne(s, c, environment, r.Deployments)
		turns = judge.Sooner(turns, one.Turns)
		switch {
		case one.Outcome == judge.Pass:
			right++
		case severity(one.Outcome) > severity(said.Outcome):
			said = one
		}
	}
	said.Turns = turns
	return said.With(judge.Count(right), judge.Count(len(components)))
}

// components returns what is looked at, or the name that is nobody's.
func (d *Deployed) components(plan *release.Plan) ([]*release.Component, string) {
	var all []*release.Component
	for i := range plan.Overview.Components {
		c := &plan.Overview.Components[i]
		if len(d.Components) == 0 || slices.Contains(d.Components, c.Name) {
			all = append(all, c)
		}
	}
	for _, name := range d.Components {
		if !slices.ContainsFunc(all, func(c *release.Component) bool { return c.Name == name }) {
			return nil, name
		}
	}
	return all, ""
}

func (d *Deployed) judgeOne(s judge.Scene, c *release.Component, environment string, all []fact.Deployment) judge.Said {
	if !c.Artifact.Valid() {
		return judge.Unclear(judge.NoLimit).Because(c.Name + " has no approved digest")
	}
	newest, at, code := d.newest(s, c.Name, environment, all)
	switch {
	case code == judge.Future:
		said := judge.Unclear(code).Because(c.Name)
		said.Turns = at.Add(-s.Skew())
		return said
	case code != "":
		return judge.Unclear(code).Because(c.Name)
	case newest.Artifact == "":
		return judge.Unclear(judge.Unclassified).Because(c.Name + " by " + newest.ID + " has no digest")
	case newest.Artifact != c.Artifact:
		return judge.Said{Outcome: judge.Fail, Code: judge.NotMet, Detail: fmt.Sprintf("%s is %s, approved is %s", c.Name, newest.Artifact, c.Artifact)}
	}
	return judge.Said{Outcome: judge.Pass, Code: judge.Met}
}

// newest returns the deployment of the component that is the newest one, failed
// ones apart, and when it was. Two at one moment with different digests contradict each other.
func (d *Deployed) newest(s judge.Scene, component, environment string, all []fact.Deployment) (*fact.Deployment, time.Time, judge.Code) {
	var newest *fact.Deployment
	var at time.Time
	contradicted := false
	for i := range all {
		one := &all[i]
		if one.Component != component || one.Environment != environment || slices.Contains(d.Failed, one.Status) {
			continue
		}
		when := one.Finished
		if when.IsZero() {
			when = one.Started
		}
		switch {
		case when.IsZero():
			return nil, at, judge.NoTime
		case future(s, when):
			return nil, when, judge.Future
		case newest == nil || when.After(at):
			newest, at, contradicted = one, when, false
		case when.Equal(at) && (one.Artifact != newest.Artifact || one.Status != newest.Status):
			contradicted = true
		}
	}
	switch {
	case newest == nil:
		return nil, at, judge.NotDeployed
	case contradicted:
		return nil, at, judge.Contradicted
	case !slices.Contains(d.Succeeded, newest.Status):
		return nil, at, judge.Unclassified
	}
	return newest, at, ""
}

// Attestation is that a step which no machine does was done: somebody who holds
// the role says so, in an answer that links its evidence, not longer ago than
// Within. An answer counts as one to a sign-off does: its account belongs to one
// person, who holds the role or to whom it was delegated for the time of the
// answer. Any rejection fails. Answers to a gate's own sign-offs do not count.
type Attestation struct {
	Query  fact.Query     `json:"query"`  // approvals: the records of this step and of no other
	Role   string         `json:"role"`   // id of the role whose holders do it
	Within value.Duration `json:"within"` // how long ago at most, above 0
}

// Queries returns the query.
func (t *Attestation) Queries() []fact.Query { return []fact.Query{t.Query} }

// Fault says where and why the test can never be judged, if so.
func (t *Attestation) Fault() (check.Path, string) {
	switch {
	case t.Role == "":
		return "role", "does not say whose step it is"
	case t.Within <= 0:
		return "within", "does not say how long ago the step may have been done"
	}
	return wantShape("query", t.Query, fact.ApprovalShape)
}

// Condition says what the test demands.
func (t *Attestation) Condition() string {
	return fmt.Sprintf("done by %s with evidence in the last %s", t.Role, t.Within.Human())
}

// Judge looks for an answer that counts.
func (t *Attestation) Judge(s judge.Scene) judge.Said {
	r, code := s.Look(0)
	if code != "" {
		return judge.Unclear(code)
	}
	said, turns := judge.Unclear(judge.Vacuous), time.Time{}
	for i := range r.Approvals {
		a := &r.Approvals[i]
		turns = judge.Next(s.Now(), turns, a.At.Add(-s.Skew()), a.At.Add(t.Within.Std()), a.Expires)
		if a.Answer == fact.Rejected {
			return judge.Said{Outcome: judge.Fail, Code: judge.Rejected, Detail: a.ID + " is rejected"}
		}
		person, code := t.counts(s, a)
		switch {
		case code == "":
			until := judge.Sooner(a.At.Add(t.Within.Std()), a.Expires)
			if said.Outcome != judge.Pass || until.After(said.Until) { // the one that holds longest
				said = judge.Said{Outcome: judge.Pass, Code: judge.Met, Detail: "by " + person, Until: until}
			}
		case said.Code == judge.Vacuous:
			said = judge.Unclear(code).Because(a.ID)
		}
	}
	said.Turns = turns
	return said
}

// counts returns who did it, or why the answer does not count.
func (t *Attestation) counts(s judge.Scene, a *fact.Approval) (string, judge.Code) {
	if code := inForce(s, a); code != "" {
		return "", code
	}
	person, code := s.Person(a.Account)
	switch {
	case code != "":
		return "", code
	case a.Gate != "" || a.Subject != "" || a.Role != "" && a.Role != t.Role || !s.Mandate(t.Role, person, a.At):
		return "", judge.NoRole
	case !s.Now().Before(a.At.Add(t.Within.Std())):
		return "", judge.Stale
	case a.Link == "" || a.Link.Fault() != nil:
		return "", judge.NoEvidence
	}
	return person, ""
}
