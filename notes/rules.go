package notes

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

// Validate runs [Rules] and returns what they find.
func (p Packet) Validate() check.Findings { return check.Run(&p, Rules(), nil).Findings }

// Rules returns the rules of a packet of notes. Ids are those of the rule
// catalogue. What needs the plan beside the notes is judged where both are
// known: that must-ship items are told, that deferred ones are not, and that
// callouts name risks of the plan.
func Rules() []check.Rule[Packet] {
	return slices.Concat(packetRules(), noteRules())
}

func packetRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "NOTE-001", Doc: "Customers, internal support and leadership have a note each.",
			Bad: func(p *Packet) { p.Leadership = Note{} },
			Check: perNote(func(p *check.Pass[Packet], at check.Path, n *Note) {
				if n.words() == 0 {
					p.Report(check.Missing(at, "the note to "+string(at), "write what the release means to them"))
				}
			})},
		{ID: "NOTE-002", Doc: "The notes tell changes, benefits, risks, known issues and remediation; customers are told changes, support remediation, leadership benefits.",
			Bad: func(p *Packet) {
				for _, a := range Audiences() {
					p.note(a).Remediation = nil
				}
			},
			Check: checkFacets},
		{ID: "NOTE-003", Doc: "The notes link a knowledge base article, a dashboard and a runbook.",
			Bad: func(p *Packet) {
				for _, a := range Audiences() {
					p.note(a).Links = nil
				}
			},
			Check: checkLinkKinds},
		{ID: "NOTE-009", Doc: "Leadership or support is told how the release meets its compliance obligations.",
			Bad: func(p *Packet) { p.Leadership.Compliance, p.Support.Compliance = "", "" },
			Check: func(p *check.Pass[Packet]) {
				if check.Blank(p.Subject.Leadership.Compliance) && check.Blank(p.Subject.Support.Compliance) {
					p.Report(check.Missing("leadership.compliance", "the compliance narrative", "say which controls the release met, and with which evidence"))
				}
			}},
		{ID: "NOTE-014", Doc: "That there is no risk or no known issue is said by somebody, for a reason, and no note contradicts it.",
			Bad: func(p *Packet) {
				p.NoKnownIssues = release.Negative{By: "support-lead", Reason: "the tracker has none"}
			},
			Check: checkNegatives},
		{ID: "NOTE-015", Doc: "Everything that the draft of the notes rests on was there.",
			Bad: func(p *Packet) {
				p.Gaps = []Gap{{About: "REL-101", Reason: "no source has it"}}
			},
			Check: func(p *check.Pass[Packet]) {
				for i, g := range p.Subject.Gaps {
					f := check.Invalid(check.Path("gaps").Index(i), g.About, g.Reason)
					f.Hint = "collect the facts again and draft anew"
					p.Report(f)
				}
			}},
		{ID: "NOTE-019", Doc: "What people changed in a draft rests on what the draft still says, or they have seen what it says now.",
			Bad: func(p *Packet) {
				p.Conflicts = []Conflict{{Audience: Customers, List: "changes", ID: p.Customers.Changes[0].ID, Field: "text", Was: "Gift cards.", Now: "Gift cards below 500 EUR."}}
			},
			Check: checkConflicts},
	}
}

// facet is one part of what notes tell, and the audience that cannot do without.
type facet struct {
	field, what string
	has         func(*Note) bool
	needs       Audience
	none        func(*Packet) release.Negative // that there is none, where that can be
}

func facets() []facet {
	return []facet{
		{field: "changes", what: "what changes", needs: Customers, has: func(n *Note) bool { return len(n.Changes) > 0 }},
		{field: "benefits", what: "what the release is good for", needs: Leadership, has: func(n *Note) bool { return len(n.Benefits) > 0 }},
		{field: "risks", what: "a risk", has: func(n *Note) bool { return len(n.Risks) > 0 },
			none: func(p *Packet) release.Negative { return p.NoRisks }},
		{field: "knownIssues", what: "a known issue", has: func(n *Note) bool { return len(n.KnownIssues) > 0 },
			none: func(p *Packet) release.Negative { return p.NoKnownIssues }},
		{field: "remediation", what: "what to do when it goes wrong", needs: Support, has: func(n *Note) bool { return len(n.Remediation) > 0 }},
	}
}

func checkFacets(p *check.Pass[Packet]) {
	for _, f := range facets() {
		switch {
		case f.needs != NoAudience:
			if !f.has(p.Subject.note(f.needs)) {
				p.Report(check.Missing(path(f.needs).Field(f.field), f.what+", for "+f.needs.String(), ""))
			}
		case !p.Subject.any(f.has) && f.none(p.Subject).IsZero():
			p.Report(check.Missing(check.Path("support").Field(f.field), f.what, "tell it, or let somebody say that there is none, and why"))
		}
	}
}

// any reports whether a note has something.
func (p *Packet) any(has func(*Note) bool) bool {
	return slices.ContainsFunc(Audiences(), func(a Audience) bool { return has(p.note(a)) })
}

func checkLinkKinds(p *check.Pass[Packet]) {
	for _, want := range []struct {
		kind LinkKind
		in   Audience // who would look for it
		what string
	}{
		{KnowledgeBase, Customers, "a knowledge base article"}, {Dashboard, Support, "a dashboard"}, {Runbook, Support, "a runbook"},
	} {
		linked := func(n *Note) bool {
			return slices.ContainsFunc(n.Links, func(l Link) bool { return l.Kind == want.kind })
		}
		if !p.Subject.any(linked) {
			p.Report(check.Missing(path(want.in).Field("links"), "the link to "+want.what, "link one in the note whose readers need it"))
		}
	}
}

func checkNegatives(p *check.Pass[Packet]) {
	for _, f := range facets() {
		if f.none == nil {
			continue
		}
		field := "no" + strings.ToUpper(f.field[:1]) + f.field[1:]
		negative(p, check.Path(field), "that there is not "+f.what, f.none(p.Subject), p.Subject.any(f.has))
	}
}

// negative reports a negative that is not complete, or that what is there
// contradicts.
func negative(p *check.Pass[Packet], at check.Path, what string, n release.Negative, there bool) {
	if n.IsZero() {
		return
	}
	if check.Blank(n.By) {
		p.Report(check.Missing(at.Field("by"), "who says "+what, "name a role or a person"))
	}
	if check.Blank(n.Reason) {
		p.Report(check.Missing(at.Field("reason"), "the reason for saying "+what, ""))
	}
	if there {
		p.Report(check.Invalid(at, n.Reason, "says "+what+", and there is one"))
	}
}

// path is where the note to an audience is.
func path(a Audience) check.Path { return check.Path(a.String()) }

func perNote(f func(*check.Pass[Packet], check.Path, *Note)) func(*check.Pass[Packet]) {
	return func(p *check.Pass[Packet]) {
		for _, a := range Audiences() {
			f(p, path(a), p.Subject.note(a))
		}
	}
}
