package notes

import (
	"fmt"

	"github.com/tidegate-go/tidegate/release/check"
)

func noteRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "NOTE-007", Doc: "Every known issue has a remedy, or somebody says that nothing helps, and why.",
			Bad:   func(p *Packet) { p.Support.KnownIssues[0].Remedy = "" },
			Check: perNote(checkRemedies)},
		{ID: "NOTE-008", Doc: "Every callout names the risk whose rating, mitigation and contingency the plan has.",
			Bad: func(p *Packet) { p.Support.Risks[0].Risk = "" },
			Check: perNote(func(p *check.Pass[Packet], at check.Path, n *Note) {
				for i, c := range n.Risks {
					if check.Blank(c.Risk) {
						p.Report(check.Missing(at.Field("risks").Index(i).Field("risk"), "the risk of the callout", "name a risk of the plan"))
					}
				}
			})},
		{ID: "NOTE-010", Doc: "Every note has at least 10 words.",
			Bad: func(p *Packet) { p.Customers = NewNote("Gift cards.") },
			Check: perNote(func(p *check.Pass[Packet], at check.Path, n *Note) {
				if words := n.words(); words > 0 && words < MinWords {
					p.Report(check.Invalid(at, words, fmt.Sprintf("a note has at least %d words", MinWords)))
				}
			})},
		{ID: "NOTE-011", Doc: "Changes and known issues have an id of their own within the note; a change names an item, and a note a risk, once.",
			Bad:   func(p *Packet) { p.Support.Changes[1].ID = p.Support.Changes[0].ID },
			Check: perNote(checkIDs)},
		{ID: "NOTE-012", Doc: "Every note has a summary, and whatever a note lists says something.",
			Bad:   func(p *Packet) { p.Customers.Summary = "" },
			Check: perNote(checkTexts)},
		{ID: "NOTE-013", Doc: "Links say what is behind them and are well formed.",
			Bad:   func(p *Packet) { p.Customers.Links[0].URL = "help.example.com/501" },
			Check: perNote(checkLinks)},
	}
}

func checkRemedies(p *check.Pass[Packet], at check.Path, n *Note) {
	for i, k := range n.KnownIssues {
		at, remedy := at.Field("knownIssues").Index(i), !check.Blank(k.Remedy)
		if !remedy && k.NoRemedy.IsZero() {
			p.Report(check.Missing(at.Field("remedy"), "the remedy of "+k.ID, "say what helps, or let somebody say in noRemedy that nothing does"))
		}
		negative(p, at.Field("noRemedy"), "that there is not a remedy of "+k.ID, k.NoRemedy, remedy)
	}
}

func checkIDs(p *check.Pass[Packet], at check.Path, n *Note) {
	ids := distinct{p, "the id", map[string]check.Path{}} // of changes and known issues alike: one list of what a note tells
	for i, c := range n.Changes {
		at := at.Field("changes").Index(i)
		ids.add(at.Field("id"), c.ID)
		items := distinct{p, "the id of the item", map[string]check.Path{}}
		for j, item := range c.Items {
			items.add(at.Field("items").Index(j), item)
		}
	}
	for i, k := range n.KnownIssues {
		ids.add(at.Field("knownIssues").Index(i).Field("id"), k.ID)
	}
	risks := distinct{p, "", map[string]check.Path{}}
	for i, c := range n.Risks {
		risks.add(at.Field("risks").Index(i).Field("risk"), c.Risk)
	}
}

// distinct reports ids that stand twice and, if what is not empty, blank ones.
type distinct struct {
	pass *check.Pass[Packet]
	what string
	seen map[string]check.Path
}

func (d distinct) add(at check.Path, id string) {
	first, again := d.seen[id]
	switch {
	case check.Blank(id) && d.what == "": // another rule's
	case check.Blank(id):
		d.pass.Report(check.Missing(at, d.what, ""))
	case again:
		d.pass.Report(check.Duplicate(at, id, first))
	default:
		d.seen[id] = at
	}
}

func checkTexts(p *check.Pass[Packet], at check.Path, n *Note) {
	if n.words() > 0 && check.Blank(n.Summary) { // without a word there is no note, which is another finding
		p.Report(check.Missing(at.Field("summary"), "the summary of the note to "+string(at), "one or two sentences"))
	}
	for i, c := range n.Changes {
		said(p, at.Field("changes").Index(i).Field("text"), "the text of change "+c.ID, c.Text)
		if c.ActionRequired != "" {
			said(p, at.Field("changes").Index(i).Field("actionRequired"), "what change "+c.ID+" requires", c.ActionRequired)
		}
	}
	for i, text := range n.Benefits {
		said(p, at.Field("benefits").Index(i), "the text of the benefit", text)
	}
	for i, c := range n.Risks {
		said(p, at.Field("risks").Index(i).Field("text"), "what risk "+c.Risk+" means to "+string(at), c.Text)
	}
	for i, k := range n.KnownIssues {
		said(p, at.Field("knownIssues").Index(i).Field("text"), "the text of known issue "+k.ID, k.Text)
	}
	for i, text := range n.Remediation {
		said(p, at.Field("remediation").Index(i), "the text of the guidance", text)
	}
}

func said(p *check.Pass[Packet], at check.Path, what, text string) {
	if check.Blank(text) {
		p.Report(check.Missing(at, what, ""))
	}
}

func checkLinks(p *check.Pass[Packet], at check.Path, n *Note) {
	for i, c := range n.Changes {
		if err := c.Link.Fault(); c.Link != "" && err != nil {
			p.Report(check.Unusable(at.Field("changes").Index(i).Field("link"), err))
		}
	}
	for i, l := range n.Links {
		at := at.Field("links").Index(i)
		switch l.Kind {
		case NoLinkKind:
			p.Report(check.Missing(at.Field("kind"), "what is behind the link", "such as runbook"))
		case KnowledgeBase, Dashboard, Runbook, OtherLink:
		default:
			p.Report(check.Invalid(at.Field("kind"), l.Kind, "is no kind of link"))
		}
		said(p, at.Field("name"), "the name of the link", l.Name)
		if err := l.URL.Fault(); err != nil {
			p.Report(check.Unusable(at.Field("url"), err))
		}
	}
}
