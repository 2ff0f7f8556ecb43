package comms

import "github.com/tidegate-go/tidegate/internal/enum"

// Channel is one way to reach an audience. What the address is depends on the
// kind: a mail address, a Slack channel such as "#eng-leadership", the link of a
// status page, the number of a change request before the CAB, a PagerDuty
// service. It is never a secret: webhooks with a token in their path belong in
// the configuration of whoever sends.
type Channel struct {
	Kind    ChannelKind `json:"kind"`             // what decides how Address is read
	Address string      `json:"address,omitzero"` // in the form that the kind asks for
}

// ChannelKind is what sort of way a channel is.
type ChannelKind uint8

// The kinds. The war room is the live channel of the deployment, wherever it
// is kept.
const (
	UnknownChannel ChannelKind = iota
	Email
	Slack
	StatusPage
	CAB // the change advisory board
	PagerDuty
	WarRoom
	Teams
	Phone
	OtherChannel
)

var channelKindNames = []string{"unknown", "email", "slack", "status-page", "cab", "pagerduty", "war-room", "teams", "phone", "other"}

// String returns the kind's name as it stands in JSON.
func (k ChannelKind) String() string { return enum.String("channel kind", channelKindNames, k) }

// MarshalText implements [encoding.TextMarshaler].
func (k ChannelKind) MarshalText() ([]byte, error) {
	return enum.Marshal("channel kind", channelKindNames, k)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown kind is an error.
func (k *ChannelKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("channel kind", channelKindNames, k, text)
}

// Audience is who a message is for.
type Audience uint8

// The audiences. Customers, support and leadership are also those of the
// release notes.
const (
	NoAudience Audience = iota
	EngineeringLeadership
	Approvers
	Customers
	Support
	Leadership // executives
	ChangeBoard
	SteeringCommittee
	Responders
	Stakeholders // everybody inside who is affected
)

var audienceNames = []string{"none", "engineering-leadership", "approvers", "customers", "support", "leadership", "change-board",
	"steering-committee", "responders", "stakeholders"}

// String returns the audience's name as it stands in JSON.
func (a Audience) String() string { return enum.String("audience", audienceNames, a) }

// MarshalText implements [encoding.TextMarshaler].
func (a Audience) MarshalText() ([]byte, error) { return enum.Marshal("audience", audienceNames, a) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown audience is an error.
func (a *Audience) UnmarshalText(text []byte) error {
	return enum.Unmarshal("audience", audienceNames, a, text)
}

// Phase is when, seen from the deployment window, a message goes out.
type Phase uint8

// The phases.
const (
	NoPhase Phase = iota
	Pre           // before the window opens
	During
	Post // after it has closed
)

var phaseNames = []string{"none", "pre", "during", "post"}

// String returns the phase's name as it stands in JSON.
func (p Phase) String() string { return enum.String("phase", phaseNames, p) }

// MarshalText implements [encoding.TextMarshaler].
func (p Phase) MarshalText() ([]byte, error) { return enum.Marshal("phase", phaseNames, p) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown phase is an error.
func (p *Phase) UnmarshalText(text []byte) error {
	return enum.Unmarshal("phase", phaseNames, p, text)
}

// Topic is what a message covers.
type Topic uint8

// The topics.
const (
	NoTopic Topic = iota
	Status
	Blockers
	Mitigations
	TimelineEvents // what happened when
	Decisions
	Telemetry // snapshots of it
	SuccessMetrics
	Incidents
	FollowUps
	CustomerNotice // of the coming window and what customers will see
	CustomerImpact // what customers see now
	ReleaseNotes
	ChangeRequest
	SignOffRequest // asks for explicit sign-off
)

var topicNames = []string{"none", "status", "blockers", "mitigations", "timeline-events", "decisions", "telemetry", "success-metrics",
	"incidents", "follow-ups", "customer-notice", "customer-impact", "release-notes", "change-request", "sign-off-request"}

// String returns the topic's name as it stands in JSON.
func (t Topic) String() string { return enum.String("topic", topicNames, t) }

// MarshalText implements [encoding.TextMarshaler].
func (t Topic) MarshalText() ([]byte, error) { return enum.Marshal("topic", topicNames, t) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown topic is an error.
func (t *Topic) UnmarshalText(text []byte) error {
	return enum.Unmarshal("topic", topicNames, t, text)
}
