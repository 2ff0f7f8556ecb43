package release

import (
	"slices"

	"github.com/tidegate-go/tidegate/release/value"
)

// Tooling is where things are: documents and artifacts, what runs by itself,
// and what to look at while it does.
type Tooling struct {
	Artifacts  []Tool `json:"artifacts,omitzero"`
	Automation []Tool `json:"automation,omitzero"`
	Dashboards []Tool `json:"dashboards,omitzero"`
}

// Tool is one place in one system.
type Tool struct {
	Name    string     `json:"name"`             // what is there: "release packet"
	System  string     `json:"system,omitzero"`  // what it is in: "Confluence"
	Trigger string     `json:"trigger,omitzero"` // of automation: what starts it
	Link    value.Link `json:"link,omitzero"`
}

func (t Tooling) clone() Tooling {
	t.Artifacts = slices.Clone(t.Artifacts)
	t.Automation = slices.Clone(t.Automation)
	t.Dashboards = slices.Clone(t.Dashboards)
	return t
}

// Term is one entry of the glossary.
type Term struct {
	Term    string `json:"term"` // as the documents use it: "CAB"
	Meaning string `json:"meaning"`
}

// Negative says that there is none of something, on somebody's word. Without a
// name and a reason it says nothing.
type Negative struct {
	By     string `json:"by,omitzero"` // id of a role or a person
	Reason string `json:"reason,omitzero"`
}

// IsZero reports whether nothing is said.
func (n Negative) IsZero() bool { return n == Negative{} }
