package release

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func dependencyRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "DEP-001", Doc: "Every dependency has an owner who is in the directory.",
			Bad:   func(p *Plan) { p.Dependencies.Items[0].Owner = "TBD" },
			Check: checkDependencyOwners},
		{ID: "DEP-002", Doc: "Every dependency is due at a time that can be told.",
			Bad: func(p *Plan) { p.Dependencies.Items[0].Due = value.When{} },
			Check: eachDependency(func(p *check.Pass[Plan], at check.Path, d Dependency) {
				readable(p, at, "due", "when it is due", d.Due)
			})},
		{ID: "DEP-003", Doc: "Of every dependency it is known how far it is.",
			Bad: func(p *Plan) { p.Dependencies.Items[0].Status = UnknownReadiness },
			Check: eachDependency(func(p *check.Pass[Plan], at check.Path, d Dependency) {
				chosen(p, at, "status", "how far it is", d.Status, "not-started, in-progress, blocked or ready")
			})},
		{ID: "DEP-004", Doc: "Every dependency, and every word that there is none, is of one of the six kinds.",
			Bad: func(p *Plan) { p.Dependencies.Items[0].Kind = NoDependencyKind },
			Check: func(p *check.Pass[Plan]) {
				for i, d := range p.Subject.Dependencies.Items {
					chosen(p, dependenciesPath.Index(i), "kind", "the kind", d.Kind, "such as upstream or migration")
				}
				for i, none := range p.Subject.Dependencies.None {
					chosen(p, noneOfPath.Index(i), "kind", "the kind", none.Kind, "such as upstream or migration")
				}
			}},
		{ID: "DEP-005", Severity: check.Warning, Doc: "The plan speaks of all six kinds of dependency: it has one, or says once that there is none.",
			Bad:   func(p *Plan) { p.Dependencies.None = nil },
			Check: checkKinds},
		{ID: "DEP-006", Doc: "What blocks the release, or is blocked, names a risk with probability, impact, mitigation, contingency and who mitigates it.",
			Bad: func(p *Plan) { p.Dependencies.Items[1].Status, p.Risks[1].Owner = Blocked, "" },
			Check: eachDependency(func(p *check.Pass[Plan], at check.Path, d Dependency) {
				if d.obstructs() {
					plannedFor(p, at, d, true)
				}
			})},
		{ID: "DEP-008", Doc: "What else is not ready names a risk with a mitigation.",
			Bad: func(p *Plan) { p.Dependencies.Items[2].Status = InProgress },
			Check: eachDependency(func(p *check.Pass[Plan], at check.Path, d Dependency) {
				if d.Status != Ready && !d.obstructs() {
					plannedFor(p, at, d, false)
				}
			})},
		{ID: "DEP-009", Doc: "A data migration says how it is reversed or what is restored.",
			Bad: func(p *Plan) { p.Dependencies.Items[1].Migration = Migration{} },
			Check: eachDependency(func(p *check.Pass[Plan], at check.Path, d Dependency) {
				if m := d.Migration; d.Kind == DataMigration && (check.Blank(m.RestorePoint) || undecided(m.RestorePoint)) {
					stated(p, at.Field("migration"), "reversal", "the reversal or the restore point", m.Reversal, "")
				}
			})},
		{ID: "DEP-013", Doc: "What a dependency says fits its kind: only a migration is reversed, only a flag names one, only an approval has a lead time.",
			Bad:   func(p *Plan) { p.Dependencies.Items[3].LeadDays = 2 },
			Check: eachDependency(checkFitsKind)},
		{ID: "DEP-014", Doc: "Every dependency has an id of its own and a title.",
			Bad: func(p *Plan) { p.Dependencies.Items[1].ID = p.Dependencies.Items[0].ID },
			Check: func(p *check.Pass[Plan]) {
				unique(p, dependenciesPath, "id", p.Subject.Dependencies.Items, dependencyID)
				for i, d := range p.Subject.Dependencies.Items {
					stated(p, dependenciesPath.Index(i), "title", "the title", d.Title, "")
				}
			}},
	}
}

// eachDependency is a check that looks at one dependency after the other.
func eachDependency(look func(p *check.Pass[Plan], at check.Path, d Dependency)) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		for i, d := range p.Subject.Dependencies.Items {
			look(p, dependenciesPath.Index(i), d)
		}
	}
}

func checkDependencyOwners(p *check.Pass[Plan]) {
	known := p.Subject.Directory.ids()
	for i, d := range p.Subject.Dependencies.Items {
		at := dependenciesPath.Index(i)
		if stated(p, at, "owner", "the owner", d.Owner, "name a role or a person of the directory") && known[d.Owner] == nobody {
			p.Report(check.Unresolved(at.Field("owner"), d.Owner, aParty.String()))
		}
	}
}

func checkKinds(p *check.Pass[Plan]) {
	for _, k := range DependencyKinds() {
		said := slices.ContainsFunc(p.Subject.Dependencies.Items, func(d Dependency) bool { return d.Kind == k })
		var first check.Path
		for i, none := range p.Subject.Dependencies.None {
			switch at := noneOfPath.Index(i).Field("kind"); {
			case none.Kind != k:
			case first != "":
				p.Report(check.Duplicate(at, k, first))
			default:
				first = at
			}
		}
		if !said && first == "" {
			p.Report(check.Missing("dependencies", "a dependency of the kind "+k.String(), "or say who says that there is none"))
		}
	}
}

// obstructs reports whether the release cannot go on as things are, or the
// dependency itself cannot.
func (d Dependency) obstructs() bool { return d.Status == Blocked || d.Blocking && d.Status != Ready }

// plannedFor reports a dependency without a risk that says what is done about
// it: the mitigation, and of what obstructs the rest as well.
func plannedFor(p *check.Pass[Plan], at check.Path, d Dependency, obstructs bool) {
	if !stated(p, at, "risk", "the risk of a dependency that is "+d.Status.String(), d.Risk, "name a risk of the plan, with its mitigation") {
		return
	}
	i := slices.IndexFunc(p.Subject.Risks, func(r Risk) bool { return r.ID == d.Risk })
	if i < 0 {
		p.NotEvaluated("risk " + d.Risk + " is not in the plan")
		return
	}
	r, lacks := p.Subject.Risks[i], []string(nil)
	for _, part := range []struct {
		what   string
		needed bool
		given  bool
	}{
		{"probability", obstructs, r.Probability != NoLevel},
		{"impact", obstructs, r.Impact != NoLevel},
		{"mitigation", true, !check.Blank(r.Mitigation) && !undecided(r.Mitigation)},
		{"contingency", obstructs, !check.Blank(r.Contingency) && !undecided(r.Contingency)},
		{"mitigation owner", obstructs, !check.Blank(r.Owner) && !undecided(r.Owner)},
	} {
		if part.needed && !part.given {
			lacks = append(lacks, part.what)
		}
	}
	if len(lacks) > 0 {
		p.Report(check.Invalid(at.Field("risk"), d.Risk, "the risk has no "+strings.Join(lacks, ", no ")).WithRelated(risksPath.Index(i)))
	}
}

func checkFitsKind(p *check.Pass[Plan], at check.Path, d Dependency) {
	if d.Kind != DataMigration && d.Migration != (Migration{}) {
		p.Report(check.Invalid(at.Field("migration"), d.Kind, "is not a data migration").WithRelated(at.Field("kind")))
	}
	if d.Kind != FeatureFlag && d.Flag != "" {
		p.Report(check.Invalid(at.Field("flag"), d.Kind, "is not a feature flag").WithRelated(at.Field("kind")))
	}
	if d.Kind != ThirdPartyApproval && d.LeadDays != 0 {
		p.Report(check.Invalid(at.Field("leadDays"), d.Kind, "is not an approval").WithRelated(at.Field("kind")))
	} else if d.LeadDays < 0 {
		p.Report(check.Invalid(at.Field("leadDays"), d.LeadDays, "is a negative number of days"))
	}
}

func sequenceRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "CHK-011", Doc: "The steps of the deployment name every component that is deployed; a library or repository is not by itself.",
			Bad: func(p *Plan) {
				p.Overview.Components = append(p.Overview.Components, Component{Name: "edge-gateway", Kind: Service})
			},
			Check: checkSequence},
		{ID: "CHK-012", Doc: "What a dependency needs is deployed first: the components of the one before those of the other.",
			Bad: func(p *Plan) {
				p.Dependencies.Items[1].Components, p.Dependencies.Items[3].Components = []string{"catalog"}, []string{"orders-api"}
			},
			Check: checkSequenceOrder},
	}
}

// step is a component at its place in the sequence of the deployment.
type step struct {
	place int
	path  check.Path
}

// sequence returns where each component is deployed first.
func (p *Plan) sequence() map[string]step {
	steps := map[string]step{}
	for i, t := range p.Checklists.Deployment {
		for j, name := range t.Components {
			if _, ok := steps[name]; !ok {
				steps[name] = step{len(steps), phases[deployment].path.Index(i).Field("components").Index(j)}
			}
		}
	}
	return steps
}

func checkSequence(p *check.Pass[Plan]) {
	steps, at := p.Subject.sequence(), phases[deployment].path
	if len(p.Subject.Checklists.Deployment) == 0 {
		p.NotEvaluated("there is no checklist " + phases[deployment].name)
		return
	}
	for i, t := range p.Subject.Checklists.Deployment {
		seen := map[string]check.Path{}
		for j, name := range t.Components {
			here := at.Index(i).Field("components").Index(j)
			if first, ok := seen[name]; ok {
				p.Report(check.Duplicate(here, name, first))
				continue
			}
			seen[name] = here
		}
	}
	if len(steps) == 0 {
		p.Report(check.Missing(at, "the sequence of the deployment", "name the components among those of a step"))
		return
	}
	for i, c := range p.Subject.Overview.Components {
		if _, ok := steps[c.Name]; !ok && c.Kind != Library && c.Kind != Repository {
			p.Report(check.Missing(at, "the step that deploys "+c.Name, "name it among the components of a step").
				WithRelated(overviewPath.Field("components").Index(i)))
		}
	}
}

// checkSequenceOrder looks at dependencies that say which components need them.
// A component that needs both has no order to keep.
func checkSequenceOrder(p *check.Pass[Plan]) {
	steps := p.Subject.sequence()
	for i, d := range p.Subject.Dependencies.Items {
		for _, id := range d.Needs {
			j := slices.IndexFunc(p.Subject.Dependencies.Items, func(d Dependency) bool { return d.ID == id })
			if j < 0 || j == i {
				continue
			}
			need := p.Subject.Dependencies.Items[j]
			last, provider := step{place: -1}, ""
			for _, name := range need.Components {
				if s, ok := steps[name]; ok && s.place > last.place && !slices.Contains(d.Components, name) {
					last, provider = s, name
				}
			}
			for _, name := range d.Components {
				if s, ok := steps[name]; ok && s.place < last.place && !slices.Contains(need.Components, name) {
					p.Report(check.OutOfOrder(s.path, name, "is deployed before "+provider+", although "+d.ID+" needs "+need.ID, last.path))
				}
			}
		}
	}
}
