package release

import (
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

func scopeRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "OVR-008", Doc: "Every scope item has an id of its own and is must-ship or deferrable.",
			Bad: func(p *Plan) { p.Scope[0].Class = Unclassified },
			Check: func(p *check.Pass[Plan]) {
				for i, s := range p.Subject.Scope {
					if s.Class == Unclassified {
						p.Report(check.Missing(scopePath.Index(i).Field("class"), "the class of "+s.ID, "must-ship or deferrable"))
					}
				}
				unique(p, scopePath, "id", p.Subject.Scope, func(s ScopeItem) string { return s.ID })
			}},
		{ID: "OVR-009", Severity: check.Warning, Doc: "Something in the scope is must-ship.",
			Bad: func(p *Plan) {
				for i := range p.Scope {
					p.Scope[i].Class = Deferrable
				}
			},
			Check: func(p *check.Pass[Plan]) {
				for _, s := range p.Subject.Scope {
					if s.Class == MustShip {
						return
					}
				}
				p.Report(check.Missing(scopePath, "an item that must ship", "a release that nothing needs can wait"))
			}},
		{ID: "OVR-010", Doc: "Scope items name components of the overview.",
			Bad: func(p *Plan) { p.Scope[0].Components = []string{"not-a-component"} },
			Check: func(p *check.Pass[Plan]) {
				known := map[string]bool{}
				for _, c := range p.Subject.Overview.Components {
					known[c.Name] = true
				}
				for i, s := range p.Subject.Scope {
					for j, name := range s.Components {
						if !known[name] {
							p.Report(check.Unresolved(scopePath.Index(i).Field("components").Index(j), name, "a component of the overview"))
						}
					}
				}
			}},
	}
}

func freezeRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "MS-016", Doc: "Every freeze has an id of its own and ends after it begins.",
			Bad: func(p *Plan) {
				w := &p.Timeline.Freezes[0].Window
				w.Start, w.End = w.End, w.Start
			},
			Check: func(p *check.Pass[Plan]) {
				unique(p, freezesPath, "id", p.Subject.Timeline.Freezes, func(f Freeze) string { return f.ID })
				for i, f := range p.Subject.Timeline.Freezes {
					at := freezesPath.Index(i).Field("window")
					readable(p, at.Field("start"), "the start of freeze "+f.ID, f.Window.Start)
					readable(p, at.Field("end"), "the end of freeze "+f.ID, f.Window.End)
					ordered(p, at, "start", "end", f.Window.Start, f.Window.End)
				}
			}},
		{ID: "MS-007", Doc: "The deployment window and the freezes that hold everywhere do not overlap.",
			Bad: func(p *Plan) {
				p.Timeline.Freezes[0].Window, p.Timeline.Freezes[0].Environments = p.Overview.Window, nil
			},
			Check: func(p *check.Pass[Plan]) {
				start, _, err1 := p.Subject.Overview.Window.Start.Interval()
				_, end, err2 := p.Subject.Overview.Window.End.Interval()
				if err1 != nil || err2 != nil {
					p.NotEvaluated("the deployment window cannot be told")
					return
				}
				for i, f := range p.Subject.Timeline.Freezes {
					from, _, err1 := f.Window.Start.Interval()
					_, until, err2 := f.Window.End.Interval()
					switch {
					case len(f.Environments) > 0: // which of them is production is not the plan's to know
					case err1 != nil || err2 != nil:
						p.NotEvaluated("the window of freeze " + f.ID + " cannot be told")
					case start.Before(until) && from.Before(end):
						p.Report(check.Invalid(freezesPath.Index(i).Field("window"), f.ID, "overlaps the deployment window").
							WithRelated(overviewPath.Field("window")))
					}
				}
			}},
	}
}

func directoryRules() []check.Rule[Plan] {
	people, roles := directoryPath.Field("people"), directoryPath.Field("roles")
	return []check.Rule[Plan]{
		{ID: "X-009", Doc: "Every person and role has an id of its own, and an account belongs to one person.",
			Bad: func(p *Plan) { p.Directory.People = append(p.Directory.People, p.Directory.People[0]) },
			Check: func(p *check.Pass[Plan]) {
				unique(p, people, "id", p.Subject.Directory.People, func(p Person) string { return p.ID })
				unique(p, roles, "id", p.Subject.Directory.Roles, func(r Role) string { return r.ID })
				checkAccounts(p, people)
				for i, person := range p.Subject.Directory.People {
					if strings.TrimSpace(person.ID) != person.ID {
						p.Report(check.Invalid(people.Index(i).Field("id"), person.ID, "has white space around it"))
					}
				}
			}},
		{ID: "X-004", Doc: "Holders, delegates and authors are people of the directory.",
			Bad:   func(p *Plan) { p.Scope[0].Authors = []string{"nobody"} },
			Check: func(p *check.Pass[Plan]) { checkPeople(p, roles) }},
		{ID: "X-010", Doc: "A delegation is dated: it ends after it begins.",
			Bad: func(p *Plan) {
				p.Directory.Roles[0].Delegations = []Delegation{{To: p.Directory.People[0].ID}}
			},
			Check: func(p *check.Pass[Plan]) {
				for i, r := range p.Subject.Directory.Roles {
					for j, d := range r.Delegations {
						at := roles.Index(i).Field("delegations").Index(j)
						readable(p, at.Field("from"), "the start of the delegation", d.From)
						readable(p, at.Field("until"), "the end of the delegation", d.Until)
						ordered(p, at, "from", "until", d.From, d.Until)
					}
				}
			}},
	}
}

func checkAccounts(p *check.Pass[Plan], people check.Path) {
	seen := map[fact.Account]check.Path{}
	for i, person := range p.Subject.Directory.People {
		for j, a := range person.Accounts {
			at := people.Index(i).Field("accounts").Index(j)
			if a.System == "" || a.ID == "" {
				p.Report(check.Missing(at, "the account's system or id", ""))
				continue
			}
			if first, ok := seen[a]; ok {
				p.Report(check.Duplicate(at, a, first))
				continue
			}
			seen[a] = at
		}
	}
}

func checkPeople(p *check.Pass[Plan], roles check.Path) {
	known := map[string]bool{}
	for _, person := range p.Subject.Directory.People {
		known[person.ID] = true
	}
	resolve := func(at check.Path, id string) {
		if !known[id] {
			p.Report(check.Unresolved(at, id, "a person of the directory"))
		}
	}
	for i, r := range p.Subject.Directory.Roles {
		for j, id := range r.Holders {
			resolve(roles.Index(i).Field("holders").Index(j), id)
		}
		for j, d := range r.Delegations {
			resolve(roles.Index(i).Field("delegations").Index(j).Field("to"), d.To)
		}
	}
	for i, s := range p.Subject.Scope {
		for j, id := range s.Authors {
			resolve(scopePath.Index(i).Field("authors").Index(j), id)
		}
	}
}

// unique reports empty and repeated names of a list.
func unique[T any](p *check.Pass[Plan], list check.Path, field string, all []T, name func(T) string) {
	first := map[string]check.Path{}
	for i, t := range all {
		at, n := list.Index(i).Field(field), name(t)
		if strings.TrimSpace(n) == "" {
			p.Report(check.Missing(at, "the "+field, ""))
			continue
		}
		if other, ok := first[n]; ok {
			p.Report(check.Duplicate(at, n, other))
			continue
		}
		first[n] = at
	}
}
