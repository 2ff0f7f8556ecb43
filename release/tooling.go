package release

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Tooling is where things are: documents and artifacts, what runs by itself,
// and what to look at while it does.
type Tooling struct {
	Artifacts  []Tool `json:"artifacts,omitzero"`  // where documents and builds are
	Automation []Tool `json:"automation,omitzero"` // what runs by itself
	Dashboards []Tool `json:"dashboards,omitzero"` // what to look at
}

// Tool is one place in one system.
type Tool struct {
	Name    string     `json:"name"`             // what is there: "release packet"
	System  string     `json:"system,omitzero"`  // what it is in: "Confluence"
	Trigger string     `json:"trigger,omitzero"` // of automation: what starts it
	Link    value.Link `json:"link,omitzero"`    // to the place
}

func (t Tooling) clone() Tooling {
	t.Artifacts = slices.Clone(t.Artifacts)
	t.Automation = slices.Clone(t.Automation)
	t.Dashboards = slices.Clone(t.Dashboards)
	return t
}

// Term is one entry of the glossary.
type Term struct {
	Term    string `json:"term"`    // as the documents use it: "CAB"
	Meaning string `json:"meaning"` // spelled out or explained, in one line
}

// Negative says that there is none of something, on somebody's word. Without a
// name and a reason it says nothing.
type Negative struct {
	By     string `json:"by,omitzero"`     // id of a role or a person
	Reason string `json:"reason,omitzero"` // why there is none
}

// IsZero reports whether nothing is said.
func (n Negative) IsZero() bool { return n == Negative{} }

func toolingRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "TOOL-001", Doc: "It is said where artifacts are, each with a system or a link.",
			Bad:   func(p *Plan) { p.Tooling.Artifacts = nil },
			Check: toolCheck(0, "the place of an artifact")},
		{ID: "TOOL-002", Doc: "It is said what runs by itself, each with what starts it and with a system or a link.",
			Bad: func(p *Plan) { p.Tooling.Automation = nil },
			Check: func(p *check.Pass[Plan]) {
				toolCheck(1, "the automation hook")(p)
				for i, t := range p.Subject.Tooling.Automation {
					stated(p, toolingPath.Field("automation").Index(i), "trigger", "what starts it", t.Trigger, "")
				}
			}},
		{ID: "TOOL-003", Doc: "It is said which dashboards are watched, each with a system or a link.",
			Bad:   func(p *Plan) { p.Tooling.Dashboards = nil },
			Check: toolCheck(2, "the dashboard")},
		{ID: "TOOL-004", Doc: "Every link is an https address without user, of a host that the policy allows and that is no placeholder.",
			Bad:   func(p *Plan) { p.Overview.Links[0] = "http://wiki.example.com" },
			Check: checkLinks},
		{ID: "TOOL-005", Doc: "Every tool has a name of its own in its list, and only automation is started by something.",
			Bad:   func(p *Plan) { p.Tooling.Dashboards[0].Name = "" },
			Check: checkToolNames},
	}
}

// lists returns the lists of tools, as their fields are named in JSON.
func (t *Tooling) lists() []struct {
	field string
	tools []Tool
} {
	return []struct {
		field string
		tools []Tool
	}{{"artifacts", t.Artifacts}, {"automation", t.Automation}, {"dashboards", t.Dashboards}}
}

func toolCheck(list int, what string) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		l := p.Subject.Tooling.lists()[list]
		at := toolingPath.Field(l.field)
		if len(l.tools) == 0 {
			p.Report(check.Missing(at, what, ""))
		}
		for i, t := range l.tools {
			if t.Link.IsZero() {
				stated(p, at.Index(i), "system", "the system or the link", t.System, "say where it is")
			}
		}
	}
}

func checkToolNames(p *check.Pass[Plan]) {
	for _, l := range p.Subject.Tooling.lists() {
		at := toolingPath.Field(l.field)
		unique(p, at, "name", l.tools, func(t Tool) string { return t.Name })
		for i, t := range l.tools {
			if l.field != "automation" && t.Trigger != "" {
				p.Report(check.Invalid(at.Index(i).Field("trigger"), t.Trigger, "nothing starts what does not run by itself"))
			}
		}
	}
}

// links calls yield with every link of the plan that is given: what holds it,
// the field, and itself.
func (p *Plan) links(yield func(at check.Path, field string, link value.Link)) {
	given := func(at check.Path, field string, link value.Link) {
		if !link.IsZero() {
			yield(at, field, link)
		}
	}
	for i, c := range p.Overview.Components {
		given(overviewPath.Field("components").Index(i), "repository", c.Repository)
	}
	for i, f := range p.Overview.Flags {
		given(overviewPath.Field("flags").Index(i), "link", f.Link)
	}
	for i, m := range p.Overview.Success {
		given(overviewPath.Field("success").Index(i), "link", m.Link)
	}
	for i, link := range p.Overview.Links {
		yield(overviewPath, fmt.Sprintf("links[%d]", i), link)
	}
	for i, s := range p.Scope {
		given(scopePath.Index(i), "link", s.Link)
	}
	for i, d := range p.Dependencies.Items {
		given(dependenciesPath.Index(i), "link", d.Link)
	}
	for i, m := range p.Timeline.Milestones {
		given(milestonesPath.Index(i), "link", m.Link)
	}
	for l, list := range p.Checklists.lists() {
		for i, t := range *list {
			given(phases[l].path.Index(i), "link", t.Link)
		}
	}
	for i, q := range p.Questions.Items {
		given(questionsPath.Index(i), "link", q.Link)
	}
	for _, l := range p.Tooling.lists() {
		for i, t := range l.tools {
			given(toolingPath.Field(l.field).Index(i), "link", t.Link)
		}
	}
	given(policyPath, "link", p.Policy.Link)
}

func checkLinks(p *check.Pass[Plan]) {
	p.Subject.links(func(at check.Path, field string, link value.Link) {
		if fault := link.Fault(); fault != nil {
			p.Report(check.Unusable(at.Field(field), fault))
		} else if why := p.Subject.Policy.refuses(link); why != "" {
			p.Report(check.Invalid(at.Field(field), link.Redacted(), why))
		}
	})
}

// refuses returns why a link that has no fault in itself is none to follow, ""
// if it is one. A host of the policy is one to follow whatever it is called.
func (p Policy) refuses(link value.Link) string {
	u, err := url.Parse(string(link))
	if err != nil || u.Scheme != "https" {
		return "is not https"
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	below := func(parent string) bool {
		parent = strings.ToLower(strings.TrimSuffix(parent, "."))
		return parent != "" && (host == parent || strings.HasSuffix(host, "."+parent))
	}
	switch {
	case slices.ContainsFunc(p.LinkHosts, below):
		return ""
	case len(p.LinkHosts) > 0:
		return "host " + host + " is none that the policy allows"
	case slices.ContainsFunc(reservedHosts, below), slices.ContainsFunc(strings.Split(host, "."), isFiller):
		return "host " + host + " stands for one that is still to be filled in"
	}
	return ""
}

// reservedHosts are names that belong to nobody: RFC 2606 keeps them for
// examples and tests, RFC 6761 for the machine itself, RFC 6762 for one network.
var reservedHosts = []string{"example", "example.com", "example.net", "example.org", "invalid", "test", "localhost", "local"}

// isFiller reports whether a label of a host is what people write for one.
func isFiller(label string) bool {
	return slices.Contains([]string{"todo", "tbd", "xxx", "placeholder", "changeme", "hostname", "your-company", "yourcompany", "your-domain", "yourdomain"}, label)
}
