package comms

import (
	"slices"

	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Plan is who tells whom what, when, through which channels and in which words.
type Plan struct {
	Messages   []Message   `json:"messages,omitzero"`   // the rows of the plan
	Escalation []Level     `json:"escalation,omitzero"` // of a critical blocker, in the order of time
	Templates  []Template  `json:"templates,omitzero"`  // those that messages name
	NoChannels []NoChannel `json:"noChannels,omitzero"` // kinds that are deliberately not used
}

// Level is one step of the escalation matrix: who is called when so much time
// has passed and nobody has acknowledged.
type Level struct {
	After    value.Duration `json:"after,omitzero"`    // since the blocker opened; zero: at once
	Audience Audience       `json:"audience"`          // whom it reaches
	Role     string         `json:"role"`              // id of the role that has to answer
	Delegate string         `json:"delegate,omitzero"` // id of the role that stands in
	Channels []Channel      `json:"channels,omitzero"` // all of them are used at once
}

func (l Level) clone() Level {
	l.Channels = slices.Clone(l.Channels)
	return l
}

// NoChannel is a kind of channel that the release does not use, on somebody's
// word.
type NoChannel struct {
	Kind ChannelKind `json:"kind"` // that is not used
	release.Negative
}

// NewPlan returns the plan of the given messages.
func NewPlan(messages ...Message) Plan {
	return Plan{Messages: lists.Clone(messages, Message.Clone)}
}

// WithMessages returns the plan with messages added.
func (p Plan) WithMessages(messages ...Message) Plan {
	p = p.Clone()
	p.Messages = append(p.Messages, lists.Clone(messages, Message.Clone)...)
	return p
}

// WithEscalation returns the plan with levels added to its escalation matrix.
func (p Plan) WithEscalation(levels ...Level) Plan {
	p = p.Clone()
	p.Escalation = append(p.Escalation, lists.Clone(levels, Level.clone)...)
	return p
}

// WithTemplates returns the plan with templates added.
func (p Plan) WithTemplates(templates ...Template) Plan {
	p = p.Clone()
	p.Templates = append(p.Templates, lists.Clone(templates, Template.Clone)...)
	return p
}

// WithoutChannels returns the plan with kinds added that it does not use, on
// the word of whoever is named.
func (p Plan) WithoutChannels(by, reason string, kinds ...ChannelKind) Plan {
	p = p.Clone()
	for _, k := range kinds {
		p.NoChannels = append(p.NoChannels, NoChannel{k, release.Negative{By: by, Reason: reason}})
	}
	return p
}

// Clone returns a copy that shares no memory with p.
func (p Plan) Clone() Plan {
	p.Messages = lists.Clone(p.Messages, Message.Clone)
	p.Escalation = lists.Clone(p.Escalation, Level.clone)
	p.Templates = lists.Clone(p.Templates, Template.Clone)
	p.NoChannels = slices.Clone(p.NoChannels)
	return p
}

// Template returns the template with the given id.
func (p Plan) Template(id string) (Template, bool) {
	i := slices.IndexFunc(p.Templates, func(t Template) bool { return t.ID == id })
	if i < 0 {
		return Template{}, false
	}
	return p.Templates[i], true
}

// Validate runs [Rules] without clock and facts and returns what they find.
func (p Plan) Validate() check.Findings { return check.Run(&p, Rules(), nil).Findings }
