package comms

import (
	"slices"

	"github.com/tidegate-go/tidegate/release/value"
)

// Message is one row of the plan: something that one role tells others.
type Message struct {
	ID          string         `json:"id"`                   // unique in the plan
	Title       string         `json:"title,omitzero"`       // what it is, in a few words
	Phase       Phase          `json:"phase"`                // before, in or after the deployment window
	Channels    []Channel      `json:"channels,omitzero"`    // all of them are used
	Audiences   []Audience     `json:"audiences,omitzero"`   // who has to hear of it
	Sender      string         `json:"sender,omitzero"`      // id of a role
	Delegate    string         `json:"delegate,omitzero"`    // id of the role that stands in
	Trigger     Trigger        `json:"trigger,omitzero"`     // what makes it go out
	Cadence     Cadence        `json:"cadence,omitzero"`     // how often it goes out from then on
	Goal        string         `json:"goal,omitzero"`        // what the audience knows or does afterwards
	Topics      []Topic        `json:"topics,omitzero"`      // what it covers, so that rules need not guess from words
	Template    string         `json:"template,omitzero"`    // id of a template of the plan
	Acknowledge value.Duration `json:"acknowledge,omitzero"` // within which an acknowledgement is wanted; zero: none is
}

// NewMessage returns the message of a phase that goes out at a trigger. Its
// cadence is once, unless it goes out daily.
func NewMessage(id string, phase Phase, trigger Trigger) Message {
	m := Message{ID: id, Phase: phase, Trigger: trigger}
	if trigger.Daily.IsZero() {
		m.Cadence = Cadence{Once: true}
	}
	return m
}

// Titled returns the message with the title replaced.
func (m Message) Titled(title string) Message {
	m = m.Clone()
	m.Title = title
	return m
}

// WithChannels returns the message with channels added.
func (m Message) WithChannels(channels ...Channel) Message {
	m = m.Clone()
	m.Channels = append(m.Channels, channels...)
	return m
}

// WithAudiences returns the message with audiences added.
func (m Message) WithAudiences(audiences ...Audience) Message {
	m = m.Clone()
	m.Audiences = append(m.Audiences, audiences...)
	return m
}

// WithSender returns the message with the roles replaced that send it: the
// first, and the delegate who stands in.
func (m Message) WithSender(role, delegate string) Message {
	m = m.Clone()
	m.Sender, m.Delegate = role, delegate
	return m
}

// WithCadence returns the message with the cadence replaced.
func (m Message) WithCadence(c Cadence) Message {
	m = m.Clone()
	m.Cadence = c
	return m
}

// WithGoal returns the message with the goal replaced and topics added.
func (m Message) WithGoal(goal string, topics ...Topic) Message {
	m = m.Clone()
	m.Goal = goal
	m.Topics = append(m.Topics, topics...)
	return m
}

// WithTemplate returns the message with the template replaced.
func (m Message) WithTemplate(id string) Message {
	m = m.Clone()
	m.Template = id
	return m
}

// WithAcknowledge returns the message with the time replaced within which an
// acknowledgement is wanted.
func (m Message) WithAcknowledge(within value.Duration) Message {
	m = m.Clone()
	m.Acknowledge = within
	return m
}

// Clone returns a copy that shares no memory with m.
func (m Message) Clone() Message {
	m.Channels = slices.Clone(m.Channels)
	m.Audiences = slices.Clone(m.Audiences)
	m.Topics = slices.Clone(m.Topics)
	return m
}

// Covers reports whether the message covers every one of the topics.
func (m Message) Covers(topics ...Topic) bool {
	return !slices.ContainsFunc(topics, func(t Topic) bool { return !slices.Contains(m.Topics, t) })
}

// Reaches reports whether the audience is among those of the message.
func (m Message) Reaches(a Audience) bool { return slices.Contains(m.Audiences, a) }

// Uses reports whether a channel of the kind is among those of the message.
func (m Message) Uses(k ChannelKind) bool { return uses(m.Channels, k) }

func uses(channels []Channel, k ChannelKind) bool {
	return slices.ContainsFunc(channels, func(c Channel) bool { return c.Kind == k })
}
