package comms

import (
	"github.com/tidegate-go/tidegate/release"
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
type Event = release.EventKind

// The events that messages wait for. Those of the plan have a moment that is
// known beforehand.
const (
	NoEvent       = release.NoEvent
	FeatureFreeze = release.FeatureFreeze // of the plan: the feature freeze begins
	CodeFreeze    = release.CodeFreeze    // of the plan: the code freeze begins
	WindowOpens   = release.WindowOpens   // of the plan: the deployment window opens
	WindowCloses  = release.WindowCloses  // of the plan: the deployment window is over

	GoDecision       = release.GoDecision   // the release goes
	HoldDecision     = release.HoldDecision // the release waits, or does not go
	BlockerOpened    = release.BlockerOpened
	BlockerClosed    = release.BlockerClosed
	Breach           = release.Breach // of a threshold of customer impact
	Recovery         = release.Recovery
	RollbackDecision = release.RollbackDecision
	RollbackDone     = release.RollbackDone
	IncidentOpened   = release.IncidentOpened
	IncidentClosed   = release.IncidentClosed
)

// eventNames are the names of all events, those that nothing here names too.
var eventNames = func() []string {
	names := []string{NoEvent.String()}
	for _, k := range release.EventKinds() {
		names = append(names, k.String())
	}
	return names
}()
