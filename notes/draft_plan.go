package notes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

// planned writes what the plan has for each audience.
func (d *draft) planned(p *release.Plan) {
	for _, a := range d.mapping.Objectives {
		if n := d.note(a); n != nil {
			n.Benefits = append(n.Benefits, p.Overview.Objectives...)
		}
	}
	for _, a := range d.mapping.Risks {
		if n := d.note(a); n != nil {
			for _, r := range p.Risks {
				n.Risks = append(n.Risks, Callout{Risk: r.ID, Text: clean(r.Title)})
			}
		}
	}
	d.Support.Remediation = append(d.Support.Remediation, remediation(p)...)
	d.Support.Links = append(d.Support.Links, links(p)...)
	for _, link := range p.Overview.Links {
		d.Leadership.Links = append(d.Leadership.Links, Link{Kind: OtherLink, Name: name(p), URL: link})
	}
}

// remediation is how flags are turned off, and what is done when a risk comes
// true.
func remediation(p *release.Plan) []string {
	var steps []string
	for _, f := range p.Overview.Flags {
		if !check.Blank(f.Kill) {
			steps = append(steps, clean(f.Name+": "+f.Kill))
		}
	}
	for _, r := range p.Risks {
		if !check.Blank(r.Contingency) {
			steps = append(steps, clean(r.ID+": "+r.Contingency))
		}
	}
	return steps
}

// links are the runbooks of the checklists and the dashboards.
func links(p *release.Plan) []Link {
	var list []Link
	c := &p.Checklists
	for _, task := range slices.Concat(c.PreRelease, c.Deployment, c.PostRelease, c.Rollback) {
		if task.Topic == release.RunbookTopic && task.Link != "" {
			list = append(list, Link{Kind: Runbook, Name: clean(task.Text), URL: task.Link})
		}
	}
	for _, tool := range p.Tooling.Dashboards {
		if tool.Link != "" {
			list = append(list, Link{Kind: Dashboard, Name: clean(tool.Name), URL: tool.Link})
		}
	}
	return list
}

// summarise says in each note how much it tells.
func (d *draft) summarise(p *release.Plan) {
	for _, a := range Audiences() {
		n, actions := d.note(a), 0
		for _, c := range n.Changes {
			if c.ActionRequired != "" {
				actions++
			}
		}
		n.Summary = name(p) + " brings " + changesIn(len(n.Changes), actions) + "."
	}
}

func changesIn(changes, actions int) string {
	text := fmt.Sprintf("%d changes", changes)
	switch changes {
	case 0:
		return "no change"
	case 1:
		text = "1 change"
	}
	switch {
	case actions == 0:
		return text
	case changes == 1:
		return text + ", which requires action"
	case actions == 1:
		return text + ", 1 of which requires action"
	default:
		return text + fmt.Sprintf(", %d of which require action", actions)
	}
}

func name(p *release.Plan) string {
	return strings.TrimSpace(clean(p.Overview.Name) + " " + clean(p.Overview.Version))
}
