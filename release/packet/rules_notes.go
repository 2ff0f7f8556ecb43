package packet

import (
	"maps"
	"slices"

	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

// noteRules look at the release notes beside the plan.
func noteRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "NOTE-004", Doc: "Customers are told nothing internal: no secret, no host or link that is not theirs, no id of a tracker, no person, no embargoed vulnerability, no internal system, no work that is kept back.",
			Bad:   func(p *Packet) { p.Notes.Customers.Changes[0].Text = "Gift cards pay for orders (REL-101)." },
			Check: checkLeaks},
		{ID: "NOTE-005", Doc: "A note tells of every item that must ship.",
			Bad: func(p *Packet) {
				p.Notes.Customers.Changes, p.Notes.Support.Changes, p.Notes.Leadership.Changes = p.Notes.Customers.Changes[:1], nil, nil
			},
			Check: func(p *check.Pass[Packet]) {
				told := p.Subject.Notes.Announced()
				for i, s := range p.Subject.Plan.Scope {
					if _, ok := slices.BinarySearch(told, s.ID); !ok && s.Class == release.MustShip {
						f := check.Missing(scopePath.Index(i).Field("id"), "the change that tells of "+s.ID, "it must ship: name it among the items of a change in the notes")
						p.Report(f.WithRelated(notesPath))
					}
				}
			}},
		{ID: "NOTE-006", Doc: "Customers are not told of an item that may be deferred and is not done.",
			Bad:   func(p *Packet) { p.Notes.Customers.Changes[1].Items[0] = "REL-103" },
			Check: checkDeferred},
	}
}

const scopePath check.Path = "plan.scope"

// checkCallouts wants the risks of callouts in the plan, rated and planned for.
func checkCallouts(p *check.Pass[Packet]) {
	risks := places(p.Subject.Plan.Risks, func(r release.Risk) string { return r.ID })
	for _, a := range notes.Audiences() {
		for i, c := range p.Subject.Notes.Note(a).Risks {
			at := notesPath.Field(a.String()).Field("risks").Index(i).Field("risk")
			j, ok := risks[c.Risk]
			switch {
			case check.Blank(c.Risk):
			case !ok:
				p.Report(check.Unresolved(at, c.Risk, "a risk of the plan"))
			default:
				r := p.Subject.Plan.Risks[j]
				if r.Probability == release.NoLevel || r.Impact == release.NoLevel || check.Blank(r.Mitigation) || check.Blank(r.Contingency) {
					p.Report(check.Invalid(at, c.Risk, "the risk lacks its probability, impact, mitigation or contingency").WithRelated(check.Path("plan.risks").Index(j)))
				}
			}
		}
	}
}

// places returns where in a list each id stands first.
func places[T any](list []T, id func(T) string) map[string]int {
	at := make(map[string]int, len(list))
	for i, t := range list {
		if _, ok := at[id(t)]; !ok {
			at[id(t)] = i
		}
	}
	return at
}

// checkDeferred believes the facts, and else the status that the plan has.
func checkDeferred(p *check.Pass[Packet]) {
	scope := places(p.Subject.Plan.Scope, func(s release.ScopeItem) string { return s.ID })
	known := notes.Reported(p.Facts)
	for i, c := range p.Subject.Notes.Customers.Changes {
		for j, id := range c.Items {
			k, ok := scope[id]
			if !ok || p.Subject.Plan.Scope[k].Class != release.Deferrable {
				continue
			}
			done, told := known(id)
			if status := p.Subject.Plan.Scope[k].Status; !told {
				done, told = notes.Finished(status), !check.Blank(status)
			}
			switch at := notesPath.Field("customers").Field("changes").Index(i).Field("items").Index(j); {
			case !told:
				p.NotEvaluated("nobody knows whether " + id + " is done")
			case !done:
				p.Report(check.Invalid(at, id, "may be deferred and is not done, and customers are told of it").WithRelated(scopePath.Index(k)))
			}
		}
	}
}

// checkLeaks reads everything that customers read.
func checkLeaks(p *check.Pass[Packet]) {
	guard := Guard(*p.Subject, p.Facts)
	for _, l := range guard.LeaksIn(p.Subject.Plan.Overview.Name) { // it is the title of the notes
		l.Path = "plan.overview.name"
		p.Report(l.Finding())
	}
	for _, l := range guard.Leaks(p.Subject.Notes.Customers) {
		l.Path = l.Path.Under(notesPath.Field("customers"))
		p.Report(l.Finding())
	}
	for _, l := range guard.Drafted(p.Subject.Notes) {
		l.Path = l.Path.Under(notesPath)
		f := l.Finding()
		f.Hint = "take it out of the source and draft anew, and revoke it: it has been read already"
		p.Report(f)
	}
}

// Guard returns what NOTE-004 looks for in the note to customers: what the plan
// and the facts give, see [notes.NewGuard], and the projects of the ids that the
// other deliverables name, with those of security and of incidents. Facts may be
// nil.
func Guard(p Packet, facts *fact.Set) notes.Guard {
	g := notes.NewGuard(&p.Plan, facts, notes.Mapping{})
	projects := slices.Sorted(maps.Keys(keys(&p)))
	return g.WithProjects(projects...).WithProjects("INC", "SEC")
}
