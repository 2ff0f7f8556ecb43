package release

import (
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Checklists is the checklist suite: what is done in each phase, in order, and
// by which role.
type Checklists struct {
	PreRelease  []Task `json:"preRelease,omitzero"`
	Deployment  []Task `json:"deployment,omitzero"`
	PostRelease []Task `json:"postRelease,omitzero"`
	Rollback    []Task `json:"rollback,omitzero"` // and incident response
}

// Task is one item of a checklist.
type Task struct {
	ID         string         `json:"id"`
	Text       string         `json:"text"` // begins with a verb: "Publish the runbook"
	Role       string         `json:"role,omitzero"`
	Topic      Topic          `json:"topic"`
	Components []string       `json:"components,omitzero"` // of a deployment step: what it deploys, in order
	Alert      Condition      `json:"alert,omitzero"`      // of an alert: what is watched
	Within     value.Duration `json:"within,omitzero"`     // from the trigger, or the end of the window, until it is done
	Gate       string         `json:"gate,omitzero"`       // id of the gate that has to be passed before
	Link       value.Link     `json:"link,omitzero"`
	State      TaskState      `json:"state,omitzero"` // not part of what is approved
}

// TaskState is whether a task is done. The zero value says that it is not.
type TaskState struct {
	Done bool       `json:"done,omitzero"`
	By   string     `json:"by,omitzero"` // id of a person
	At   value.When `json:"at,omitzero"`
}

// IsZero reports whether nothing is said.
func (s TaskState) IsZero() bool { return s == TaskState{} }

func (t Task) clone() Task {
	t.Components = slices.Clone(t.Components)
	return t
}

func (c Checklists) clone() Checklists {
	for _, list := range c.lists() {
		*list = copies(*list, Task.clone)
	}
	return c
}

// lists returns the phases in order.
func (c *Checklists) lists() []*[]Task {
	return []*[]Task{&c.PreRelease, &c.Deployment, &c.PostRelease, &c.Rollback}
}

// With returns the suite with the tasks of others added to each phase.
func (c Checklists) With(others ...Checklists) Checklists {
	c = c.clone()
	for _, other := range others {
		other = other.clone()
		for i, list := range other.lists() {
			*c.lists()[i] = append(*c.lists()[i], *list...)
		}
	}
	return c
}

// Topic is what a task is about: each phase has topics that it must not leave
// out.
type Topic uint8

// The topics, by phase.
const (
	OtherTopic Topic = iota

	Documentation // before the release
	SecurityReview
	DisasterRecovery
	CapacityPlanning

	RunbookTopic // deployment
	Sequencing
	ApprovalTopic
	CommunicationTopic

	AlertThreshold // after the release
	AnomalyResponse
	CustomerFeedback

	DecisionTopic // rollback and incident response
	EscalationTopic
	AfterAction
)

var topicNames = []string{"other", "documentation", "security", "disaster-recovery", "capacity", "runbook", "sequencing", "approval",
	"communication", "alert-threshold", "anomaly-response", "customer-feedback", "decision", "escalation", "after-action"}

// String returns the topic's name as it stands in JSON.
func (t Topic) String() string { return enum.String("topic", topicNames, t) }

// MarshalText implements [encoding.TextMarshaler].
func (t Topic) MarshalText() ([]byte, error) { return enum.Marshal("topic", topicNames, t) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown topic is an error.
func (t *Topic) UnmarshalText(text []byte) error {
	return enum.Unmarshal("topic", topicNames, t, text)
}
