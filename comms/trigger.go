package comms

import (
	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Trigger is what makes a message go out: a fixed moment, an event with an
// offset, or a time of day on working days. Exactly one of the three is set.
type Trigger struct {
	At     value.When     `json:"at,omitzero"`     // a fixed moment
	Event  Event          `json:"event,omitzero"`  // something happens
	Offset value.Duration `json:"offset,omitzero"` // from the event to the message; negative: before it
	Daily  value.Clock    `json:"daily,omitzero"`  // on the working days of the policy, in the operating zone
}

// At returns the trigger of a fixed moment.
func At(w value.When) Trigger { return Trigger{At: w} }

// On returns the trigger of an event: the message goes out as it happens.
func On(e Event) Trigger { return Trigger{Event: e} }

// After returns the trigger that follows an event by d. A message that has to
// be out within d of the event names the last moment.
func After(e Event, d value.Duration) Trigger { return Trigger{Event: e, Offset: d} }

// Before returns the trigger that precedes an event by d.
func Before(e Event, d value.Duration) Trigger { return Trigger{Event: e, Offset: -d} }

// Daily returns the trigger of a time of day, on the working days of the
// policy's calendar and in the operating time zone.
func Daily(c value.Clock) Trigger { return Trigger{Daily: c} }

// IsZero reports whether nothing triggers.
func (t Trigger) IsZero() bool { return t == Trigger{} }

// Cadence says how often a message goes out once it is triggered. The zero
// Cadence says nothing, which only a daily trigger may leave unsaid.
type Cadence struct {
	Once  bool           `json:"once,omitzero"`  // it is not repeated; excludes the others
	Every value.Duration `json:"every,omitzero"` // from one message to the next, the first at the trigger
	Until Event          `json:"until,omitzero"` // of Every: ends it
}

// Every returns the cadence of a message that is repeated until an event.
func Every(d value.Duration, until Event) Cadence { return Cadence{Every: d, Until: until} }

// IsZero reports whether nothing is said.
func (c Cadence) IsZero() bool { return c == Cadence{} }

// Event is what may happen to a release that somebody is told of.
type Event uint8

// The events. Those of the plan have a moment that is known beforehand.
const (
	NoEvent       Event = iota
	FeatureFreeze       // of the plan: the feature freeze begins
	CodeFreeze          // of the plan: the code freeze begins
	WindowOpens         // of the plan: the deployment window opens
	WindowCloses        // of the plan: the deployment window is over

	GoDecision   // the release goes
	HoldDecision // the release waits, or does not go
	BlockerOpened
	BlockerClosed
	Breach // of a threshold of customer impact
	Recovery
	RollbackDecision
	RollbackDone
	IncidentOpened
	IncidentClosed
)

var eventNames = []string{"none", "feature-freeze", "code-freeze", "window-opens", "window-closes", "go-decision", "hold-decision",
	"blocker-opened", "blocker-closed", "breach", "recovery", "rollback-decision", "rollback-done", "incident-opened", "incident-closed"}

// String returns the event's name as it stands in JSON.
func (e Event) String() string { return enum.String("event", eventNames, e) }

// MarshalText implements [encoding.TextMarshaler].
func (e Event) MarshalText() ([]byte, error) { return enum.Marshal("event", eventNames, e) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown event is an error.
func (e *Event) UnmarshalText(text []byte) error {
	return enum.Unmarshal("event", eventNames, e, text)
}
