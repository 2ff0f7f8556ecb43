// Package gates decides whether a release may go on: go, hold or no-go.
//
// A [Catalog] lists the environments in the order in which a release passes
// them, and each one's entry and exit [Gate]. A gate has criteria and
// sign-offs. A [Criterion] is one measurable condition over facts; its
// [Outcome] is Pass, Warn, Fail or, whenever the facts do not prove one of
// these, Unknown. The gate's [Decision] follows from the outcomes, the
// approvals and the freezes of the plan:
//
//   - NoGo if a criterion fails, somebody entitled rejects, or a freeze is in
//     force without an override;
//   - else Hold if anything is unknown, a quorum is missing, the exit of the
//     environment before or the entry of an exit's own is not Go, or, in
//     production, a warning is not waived or the deployment window is not open;
//   - else Go, until the first of the facts, approvals and waivers it rests on
//     runs out.
//
// Ignorance never becomes Go: a result that is missing, failed, incomplete,
// stale, from the future, not a number, in another unit, contradicted by a
// second one, or a zero that nothing shows to be out of something, is Unknown.
// The zero values are the strict ones: Unknown, Hold, an environment that
// counts as production.
//
// Kinds of tests beyond limits, groups and code of one's own are in package
// probe; the constructors are here.
//
// # Sequence
//
// A gate needs the exit of the environment before it, and an exit needs the
// entry of its own. All of them are judged on the facts of one moment: a Go of
// last week is no memory that a decision rests on, so what let a release into
// an environment has to hold until it leaves. Facts are collected anew each
// time; what was true once and cannot be asked again is declared, with a reason,
// by [Criterion.OfAnyAge]. The one thing that is over by design is the
// deployment window: an entry that holds for nothing but that does not hold the
// exit.
//
// # Evaluation
//
// [Prepare] checks and hashes a catalog once; [Prepared.Evaluate] is a pure
// function of its [Input]: no I/O, no clock, no randomness, no hashing, its
// input left as it was. The same input gives the same [Decisions], to the
// byte, so a decision can be replayed from its evidence and a policy tested on
// old facts. Package gatestest tests policies in table form.
//
// A deploy tool asks one question of a decision: [Decision.Authorizes].
//
// # Around a decision
//
// [Decisions.Next] says what stands between here and the end, who can turn it
// and how; [Decisions.HandOver] says it in one line for the next person on call;
// [History] tells how a verdict turned, and [Decision.ChangesAt] when time alone
// will. [Void] says which sign-offs a change takes the ground from, and [Without]
// what remains of a release without one component or region. [Triggers] evaluates
// the way back: the rollback matrix and the thresholds of customer impact.
// [Replay] derives a stored decision again from what is stored with it, and
// [Backtest] decides the past again with a changed catalog.
//
// A record that does not hold together is a [*ReplayError].
//
// # Compatibility
//
// The decision record names its format in [Decisions.Engine]. Codes are
// stable; sentences are not.
package gates

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Catalog is every gate of a release. Order matters: environments are passed
// in the order listed.
type Catalog struct {
	// Environments are in the order in which a release passes them. If none is
	// listed, the order is that in which the gates first name them, and each
	// counts as production.
	Environments []Environment `json:"environments,omitzero"`
	Gates        []Gate        `json:"gates,omitzero"` // at most one entry and one exit for each environment

	// Approvals are the queries whose answers are the approvals of sign-offs.
	// All of them have to be answered: a rejection may stand in any.
	Approvals []fact.Query `json:"approvals,omitzero"`

	MaxAge    value.Duration `json:"maxAge,omitzero"`    // zero means [DefaultMaxAge]; at most 31 days
	ClockSkew value.Duration `json:"clockSkew,omitzero"` // zero means [DefaultClockSkew]; at most an hour
}

// Defaults of a catalog that does not say.
const (
	DefaultMaxAge    = 15 * time.Minute
	DefaultClockSkew = 2 * time.Minute // how far ahead of ours a source's clock may be
)

// Limits that keep an age from being a way to have none. [Criterion.OfAnyAge]
// is the way, and says why.
const (
	maxMaxAge    = value.Duration(31 * 24 * time.Hour)
	maxClockSkew = value.Duration(time.Hour)
)

// sane reports whether the catalog's ages are within their limits.
func (c Catalog) sane() bool {
	return c.MaxAge >= 0 && c.MaxAge <= maxMaxAge && c.ClockSkew >= 0 && c.ClockSkew <= maxClockSkew
}

// SignOffs returns the sign-offs that a gate of the catalog needs: its own, or
// those of its environment where it declares none and does not say why.
func (c Catalog) SignOffs(g Gate) []SignOff {
	if len(g.SignOffs) > 0 || !check.Blank(g.NoSignOffs) {
		return g.SignOffs
	}
	for _, e := range c.Environments {
		if e.Name == g.Environment {
			return e.SignOffs
		}
	}
	return nil
}

// NewCatalog returns a catalog of gates.
func NewCatalog(gates ...Gate) Catalog { return Catalog{}.WithGates(gates...) }

// WithGates returns the catalog with gates added.
func (c Catalog) WithGates(gates ...Gate) Catalog {
	c = c.Clone()
	for _, g := range gates {
		c.Gates = append(c.Gates, g.Clone())
	}
	return c
}

// WithEnvironments returns the catalog with environments added, later ones last.
func (c Catalog) WithEnvironments(environments ...Environment) Catalog {
	c = c.Clone()
	for _, e := range environments {
		c.Environments = append(c.Environments, e.clone())
	}
	return c
}

// WithApprovals returns the catalog with queries for approvals added.
func (c Catalog) WithApprovals(queries ...fact.Query) Catalog {
	c = c.Clone()
	c.Approvals = append(c.Approvals, queries...)
	return c
}

// Clone returns a copy that shares no memory with c.
func (c Catalog) Clone() Catalog {
	c.Environments = lists.Clone(c.Environments, Environment.clone)
	c.Approvals = slices.Clone(c.Approvals)
	c.Gates = lists.Clone(c.Gates, Gate.Clone)
	return c
}

// Queries returns everything that has to be asked to decide the catalog,
// populations and approvals included, each once and sorted.
func (c Catalog) Queries() []fact.Query {
	lists := [][]fact.Query{c.Approvals}
	for _, g := range c.Gates {
		for _, criterion := range g.Criteria {
			lists = append(lists, criterion.Queries())
		}
	}
	return fact.MergeQueries(lists...)
}

func (c Catalog) maxAge() time.Duration {
	if c.MaxAge > 0 {
		return c.MaxAge.Std()
	}
	return DefaultMaxAge
}

func (c Catalog) clockSkew() time.Duration {
	if c.ClockSkew > 0 {
		return c.ClockSkew.Std()
	}
	return DefaultClockSkew
}

// Backtest decides the past again with a changed catalog and lists every verdict
// that would have been another one, release by release, in the order of the
// changed catalog, and because of which criteria. Both catalogs are judged by
// this engine, so what flips is the catalog's doing.
//
// Who signed a gate is taken to sign the changed one as well: a back-test asks
// what the criteria would have said. What the changed catalog asks and nobody
// asked then is missing, and holds.
func Backtest(c Catalog, history []Past) []Flip {
	var flips []Flip
	changed := Prepare(c)
	for _, past := range history {
		before := Evaluate(past.Catalog, past.Input)
		in := past.Input
		in.Subjects = SubjectsOf(in.Plan, c)
		for i, s := range in.Subjects {
			if j := slices.IndexFunc(past.Input.Subjects, func(old Subject) bool { return old.Gate == s.Gate }); j >= 0 {
				in.Subjects[i] = past.Input.Subjects[j]
			}
		}
		after := changed.Evaluate(in)
		for _, is := range after.Gates {
			was, there := before.Find(is.Gate)
			if !there {
				was.Verdict = Go
			}
			if was.Verdict != is.Verdict {
				flips = append(flips, Flip{Release: past.Release, Gate: is.Gate, Was: was.Verdict, Is: is.Verdict, Added: !there, Because: causes(&was, &is)})
			}
		}
		for _, was := range before.Gates {
			if _, there := after.Find(was.Gate); !there && was.Verdict != Go {
				flips = append(flips, Flip{Release: past.Release, Gate: was.Gate, Was: was.Verdict, Is: Go, Removed: true, Because: causes(&was, &Decision{})})
			}
		}
	}
	return flips
}

// causes are the criteria that decide otherwise, and the other reasons that only
// one of the decisions has.
func causes(was, is *Decision) []Cause {
	var all []Cause
	weight := func(a *Assessment) Outcome {
		if a.Optional || a.Criterion == "" {
			return Pass // it stands in nobody's way
		}
		return a.Effective
	}
	note := func(c Cause) {
		if weight(&c.Was) != weight(&c.Is) {
			all = append(all, c)
		}
	}
	for _, a := range is.Outcomes {
		note(Cause{About: a.Criterion, Was: was.outcome(a.Criterion), Is: a})
	}
	for _, a := range was.Outcomes {
		if is.outcome(a.Criterion).Criterion == "" {
			note(Cause{About: a.Criterion, Was: a})
		}
	}
	for i, side := range [][2]*Decision{{is, was}, {was, is}} {
		for _, r := range side[0].Reasons {
			told := slices.ContainsFunc(all, func(c Cause) bool { return c.About == r.About && c.Reason == Reason{} })
			if !told && !slices.ContainsFunc(side[1].Reasons, func(o Reason) bool { return o.Code == r.Code && o.About == r.About && o.Because == r.Because }) {
				all = append(all, Cause{About: r.About, Reason: r, Gone: i == 1})
			}
		}
	}
	return all
}

// outcome returns what a criterion came to; one that is not there has no id.
func (d *Decision) outcome(criterion string) Assessment {
	i := slices.IndexFunc(d.Outcomes, func(a Assessment) bool { return a.Criterion == criterion })
	if i < 0 {
		return Assessment{}
	}
	return d.Outcomes[i]
}
