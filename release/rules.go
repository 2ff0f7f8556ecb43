package release

import (
	"encoding"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
)

// Rules returns the rules of a plan, part by part. Ids are those of the rule
// catalogue.
func Rules() []check.Rule[Plan] {
	return slices.Concat(
		overviewRules(), launchRules(), scopeRules(), componentRules(), managerRules(), dependencyRules(), dependencyOrderRules(),
		timelineRules(), windowRules(), leadRules(), checklistRules(), sequenceRules(), wayBackRules(), riskRules(), questionRules(),
		toolingRules(), timeRules(), directoryRules(), referenceRules(), policyRules(),
	)
}

// overviewPath and its neighbours are where the parts of a plan are in JSON.
const (
	overviewPath     check.Path = "overview"
	scopePath        check.Path = "scope"
	dependenciesPath check.Path = "dependencies.items"
	noneOfPath       check.Path = "dependencies.none"
	milestonesPath   check.Path = "timeline.milestones"
	windowsPath      check.Path = "timeline.windows"
	buffersPath      check.Path = "timeline.buffers"
	freezesPath      check.Path = "timeline.freezes"
	matrixPath       check.Path = "rollback.matrix"
	escalationPath   check.Path = "rollback.escalation"
	commitmentsPath  check.Path = "rollback.commitments"
	checklistsPath   check.Path = "checklists"
	risksPath        check.Path = "risks"
	questionsPath    check.Path = "questions.items"
	toolingPath      check.Path = "tooling"
	termsPath        check.Path = "terms"
	directoryPath    check.Path = "directory"
	policyPath       check.Path = "policy"
	trackingPath     check.Path = "tracking"
)

// stated reports a text that has to be there and is not. What is still to be
// decided is not there, even if a question says who decides it. It is true if
// the text says something.
func stated(p *check.Pass[Plan], at check.Path, field, what, text, hint string) bool {
	switch {
	case check.Blank(text):
		p.Report(check.Missing(at.Field(field), what, hint))
	case undecided(text):
		p.Report(check.Invalid(at.Field(field), text, what+" is still to be decided"))
	default:
		return true
	}
	return false
}

// openEnded is how a text begins that leaves a thing open.
var openEnded = regexp.MustCompile(`(?i)^(t\.?b\.?[acd]s?\b|to be (agreed|announced|assigned|chosen|confirmed|decided|defined|determined|named)\b)`)

// undecided reports whether a text, instead of saying something, says that it
// is not decided yet; see [TBD].
func undecided(text string) bool {
	text = strings.TrimLeft(text, " \t<[({*_?")
	return len(text) > 2 && text[0]|0x20 == 't' && openEnded.MatchString(text)
}

// choice is an enumeration.
type choice interface {
	comparable
	fmt.Stringer
	encoding.TextMarshaler
}

// chosen reports a choice that nobody has made, and one that does not exist.
func chosen[C choice](p *check.Pass[Plan], at check.Path, field, what string, c C, hint string) {
	var none C
	if c == none {
		p.Report(check.Missing(at.Field(field), what, hint))
		return
	}
	exists(p, at, field, c)
}

// exists reports a choice that does not exist. None is one here.
func exists[C choice](p *check.Pass[Plan], at check.Path, field string, c C) {
	if _, err := c.MarshalText(); err != nil {
		p.Report(check.Unusable(at.Field(field), err))
	}
}

// deputised reports a missing stand-in, and one who is who is stood in for.
func deputised(p *check.Pass[Plan], at check.Path, field, who, delegate string) {
	if stated(p, at, "delegate", "the delegate", delegate, "name the role that stands in") && delegate == who {
		p.Report(check.Invalid(at.Field("delegate"), delegate, "stands in for itself").WithRelated(at.Field(field)))
	}
}

// unique reports empty and repeated names of a list.
func unique[T any](p *check.Pass[Plan], list check.Path, field string, all []T, name func(T) string) {
	distinct(p, map[string]check.Path{}, list, field, all, name)
}

// distinct is unique over several lists: first holds the names of those before.
func distinct[T any](p *check.Pass[Plan], first map[string]check.Path, list check.Path, field string, all []T, name func(T) string) {
	for i, t := range all {
		at, n := list.Index(i).Field(field), name(t)
		if !stated(p, list.Index(i), field, "the "+field, n, "") {
			continue
		}
		if other, ok := first[n]; ok {
			p.Report(check.Duplicate(at, n, other))
			continue
		}
		first[n] = at
	}
}

// names returns the names of a list as a set.
func names[T any](all []T, name func(T) string) map[string]bool {
	set := make(map[string]bool, len(all))
	for _, t := range all {
		set[name(t)] = true
	}
	return set
}

// within reports names that are not in the set, which is of what want says.
func within(p *check.Pass[Plan], list check.Path, all []string, set map[string]bool, want string) {
	for i, name := range all {
		if !set[name] {
			p.Report(check.Unresolved(list.Index(i), name, want))
		}
	}
}

func componentName(c Component) string { return c.Name }
func dependencyID(d Dependency) string { return d.ID }
func milestoneID(m Milestone) string   { return m.ID }
func deploymentID(d Deployment) string { return d.ID }
func riskID(r Risk) string             { return r.ID }

func referenceRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "X-006", Doc: "Risks, dependencies, milestones, windows and components that the plan names by their ids are in it.",
			Bad:   func(p *Plan) { p.Dependencies.Items[0].Risk = "R99" },
			Check: checkReferences},
		{ID: "X-012", Doc: "The glossary explains every term once.",
			Bad: func(p *Plan) { p.Terms[1].Term = p.Terms[0].Term },
			Check: func(p *check.Pass[Plan]) {
				unique(p, termsPath, "term", p.Subject.Terms, func(t Term) string { return t.Term })
				for i, t := range p.Subject.Terms {
					stated(p, termsPath.Index(i), "meaning", "the meaning", t.Meaning, "say it in full")
				}
			}},
		{ID: "X-013", Doc: "Who says that there is none of something is named and says why, and nothing in the plan contradicts it.",
			Bad:   func(p *Plan) { p.Dependencies.None[0].Reason = "" },
			Check: checkNegatives},
	}
}

func checkReferences(p *check.Pass[Plan]) {
	plan := p.Subject
	risks, needed := names(plan.Risks, riskID), names(plan.Dependencies.Items, dependencyID)
	events := names(plan.Timeline.Milestones, milestoneID)
	for _, w := range plan.Timeline.Windows {
		events[w.ID] = true
	}
	components := names(plan.Overview.Components, componentName)
	for i, d := range plan.Dependencies.Items {
		at := dependenciesPath.Index(i)
		if d.Risk != "" && !risks[d.Risk] {
			p.Report(check.Unresolved(at.Field("risk"), d.Risk, "a risk of the plan"))
		}
		if d.NeededBy != "" && !events[d.NeededBy] {
			p.Report(check.Unresolved(at.Field("neededBy"), d.NeededBy, "a milestone or window of the timeline"))
		}
		within(p, at.Field("needs"), d.Needs, needed, "a dependency of the plan")
		within(p, at.Field("components"), d.Components, components, "a component of the overview")
	}
	for i, f := range plan.Overview.Flags {
		within(p, overviewPath.Field("flags").Index(i).Field("components"), f.Components, components, "a component of the overview")
	}
	for l, list := range plan.Checklists.lists() {
		for i, t := range *list {
			within(p, phases[l].path.Index(i).Field("components"), t.Components, components, "a component of the overview")
		}
	}
}

// negatives calls yield with every word that there is none of something, and
// where something of it is after all; "" is nowhere.
func (p *Plan) negatives(yield func(at check.Path, n Negative, contradicted check.Path)) {
	listed := func(n int, at check.Path) check.Path {
		if n == 0 {
			return ""
		}
		return at
	}
	o := &p.Overview
	yield(overviewPath.Field("noBoundary"), o.NoBoundary, listed(len(o.OutOfScope), overviewPath.Field("outOfScope")))
	yield(overviewPath.Field("noFlags"), o.NoFlags, listed(len(o.Flags), overviewPath.Field("flags")))
	yield("timeline.noFreezes", p.Timeline.NoFreezes, listed(len(p.Timeline.Freezes), freezesPath))
	asked := check.Path("")
	if i := slices.IndexFunc(p.Questions.Items, Question.Open); i >= 0 {
		asked = questionsPath.Index(i)
	}
	yield("questions.none", p.Questions.None, asked)
	for i, none := range p.Dependencies.None {
		there := check.Path("")
		if j := slices.IndexFunc(p.Dependencies.Items, func(d Dependency) bool { return d.Kind == none.Kind }); j >= 0 && none.Kind != NoDependencyKind {
			there = dependenciesPath.Index(j)
		} else if none.Kind == FeatureFlag {
			there = listed(len(o.Flags), overviewPath.Field("flags"))
		}
		yield(noneOfPath.Index(i), none.Negative, there)
	}
}

func checkNegatives(p *check.Pass[Plan]) {
	p.Subject.negatives(func(at check.Path, n Negative, contradicted check.Path) {
		if n.IsZero() && !at.Within(noneOfPath) {
			return
		}
		stated(p, at, "by", "who says that there is none", n.By, "name a role or a person of the directory")
		stated(p, at, "reason", "the reason why there is none", n.Reason, "")
		if contradicted != "" {
			p.Report(check.Invalid(at, n.Reason, "there is one all the same, at "+string(contradicted)).WithRelated(contradicted))
		}
	})
}

// parties calls yield with every field of the plan that is the id of somebody,
// but for those that DEP-001, CHK-010 and OVR-012 look at.
func (p *Plan) parties(yield func(at check.Path, field, id string, want party)) {
	for i, c := range p.Overview.Components {
		yield(overviewPath.Field("components").Index(i), "owner", c.Owner, aRole)
	}
	for i, f := range p.Overview.Flags {
		yield(overviewPath.Field("flags").Index(i), "owner", f.Owner, aParty)
	}
	for i, m := range p.Timeline.Milestones {
		yield(milestonesPath.Index(i), "owner", m.Owner, aParty)
	}
	for i, w := range p.Timeline.Windows {
		yield(windowsPath.Index(i), "owner", w.Owner, aParty)
	}
	for i, t := range p.Rollback.Matrix {
		yield(matrixPath.Index(i), "owner", t.Owner, aRole)
		yield(matrixPath.Index(i), "delegate", t.Delegate, aRole)
	}
	for i, e := range p.Rollback.Escalation {
		yield(escalationPath.Index(i), "role", e.Role, aRole)
		yield(escalationPath.Index(i), "delegate", e.Delegate, aRole)
	}
	for i, c := range p.Rollback.Commitments {
		yield(commitmentsPath.Index(i), "owner", c.Owner, aParty)
	}
	for l, list := range p.Checklists.lists() {
		for i, t := range *list {
			yield(phases[l].path.Index(i).Field("state"), "by", t.State.By, aPerson)
		}
	}
	for i, r := range p.Risks {
		yield(risksPath.Index(i), "owner", r.Owner, aParty)
	}
	for i, q := range p.Questions.Items {
		yield(questionsPath.Index(i), "owner", q.Owner, aParty)
		yield(questionsPath.Index(i).Field("answer"), "by", q.Answer.By, aPerson)
	}
	p.negatives(func(at check.Path, n Negative, _ check.Path) { yield(at, "by", n.By, aParty) })
}
