package release

import (
	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Event is something that happened to a release while it ran. Events are no
// part of the plan: whoever runs the release keeps them, and adds to them only.
type Event struct {
	ID    string     `json:"id"`             // unique among the events of the release
	Kind  EventKind  `json:"kind"`           // what rules, schedules and pages know it by
	At    value.When `json:"at"`             // when it happened
	About string     `json:"about,omitzero"` // id of the blocker, incident, threshold, gate or flag that it is about
	Text  string     `json:"text,omitzero"`  // what happened, in one line
	By    string     `json:"by,omitzero"`    // id of the role or person that decided, did or saw it
	Link  value.Link `json:"link,omitzero"`  // to what shows it

	Critical   bool       `json:"critical,omitzero"`   // of a blocker: the steering committee is to know of it
	Mitigation string     `json:"mitigation,omitzero"` // of a blocker: what is done about it
	Owner      string     `json:"owner,omitzero"`      // of a blocker or a follow-up: id of the role or person that has it
	Due        value.When `json:"due,omitzero"`        // of a follow-up: when it is to be done
}

// EventKind is what sort of thing happens to a release. The zero value is none.
type EventKind uint8

// The kinds. Those of the plan have a moment that is known beforehand. Blockers,
// incidents and breaches last until the event of the same About that ends them.
const (
	NoEvent       EventKind = iota
	FeatureFreeze           // of the plan: the feature freeze begins
	CodeFreeze              // of the plan: the code freeze begins
	WindowOpens             // of the plan: the deployment window opens
	WindowCloses            // of the plan: the deployment window is over

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

	BlockerAcknowledged // somebody has the blocker
	Deployed            // a step of the deployment is live
	FollowUp            // something is owed after the release
	Note                // anything else that the log of the release tells
)

var eventKindNames = []string{"none", "feature-freeze", "code-freeze", "window-opens", "window-closes", "go-decision", "hold-decision",
	"blocker-opened", "blocker-closed", "breach", "recovery", "rollback-decision", "rollback-done", "incident-opened", "incident-closed",
	"blocker-acknowledged", "deployed", "follow-up", "note"}

// EventKinds returns every kind but none, in order.
func EventKinds() []EventKind {
	all := make([]EventKind, len(eventKindNames)-1)
	for i := range all {
		all[i] = EventKind(i + 1)
	}
	return all
}

// String returns the kind's name as it stands in JSON.
func (k EventKind) String() string { return enum.String("event", eventKindNames, k) }

// MarshalText implements [encoding.TextMarshaler].
func (k EventKind) MarshalText() ([]byte, error) { return enum.Marshal("event", eventKindNames, k) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown kind is an error.
func (k *EventKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("event", eventKindNames, k, text)
}

// End returns the kind of the event that ends what one of kind k begins, and
// none if nothing has to.
func (k EventKind) End() EventKind {
	switch k {
	case BlockerOpened:
		return BlockerClosed
	case Breach:
		return Recovery
	case IncidentOpened:
		return IncidentClosed
	}
	return NoEvent
}

// EventFaults returns what makes events unusable: no id or one that another has,
// no kind, a moment that cannot be told, a beginning or an end that is about
// nothing. Paths begin with events.
func EventFaults(events []Event) check.Findings {
	var fs check.Findings
	first := map[string]check.Path{}
	for i, e := range events {
		at := check.Path("events").Index(i)
		if check.Blank(e.ID) {
			fs = append(fs, check.Missing(at.Field("id"), "the id of the event", ""))
		} else if other, ok := first[e.ID]; ok {
			fs = append(fs, check.Duplicate(at.Field("id"), e.ID, other))
		} else {
			first[e.ID] = at.Field("id")
		}
		if _, err := e.Kind.MarshalText(); err != nil {
			fs = append(fs, check.Unusable(at.Field("kind"), err))
		} else if e.Kind == NoEvent {
			fs = append(fs, check.Missing(at.Field("kind"), "the kind of event "+e.ID, ""))
		}
		if _, err := e.At.Instant(); e.At.IsZero() {
			fs = append(fs, check.Missing(at.Field("at"), "when "+e.ID+" happened", ""))
		} else if err != nil {
			fs = append(fs, check.Unusable(at.Field("at"), err))
		}
		if e.Kind >= BlockerOpened && e.Kind <= BlockerAcknowledged && e.Kind != RollbackDecision && e.Kind != RollbackDone && check.Blank(e.About) {
			fs = append(fs, check.Missing(at.Field("about"), "what "+e.ID+" is about", "the id of the blocker, incident or threshold"))
		}
	}
	return fs
}
