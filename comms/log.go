package comms

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Log is what was in fact said about a release, and which blockers there were:
// what a plan is held against while the release runs and after it. It is no
// part of the plan, and whoever keeps it keeps it: an export of a channel, of a
// paging system, of a mailbox.
type Log struct {
	Sent     []Sent    `json:"sent,omitzero"`     // in any order
	Blockers []Blocker `json:"blockers,omitzero"` // each once, whatever became of it
}

// Sent is one message that went out.
type Sent struct {
	Message  string        `json:"message"`           // id of a message of the plan
	At       value.When    `json:"at"`                // when it went out
	By       string        `json:"by,omitzero"`       // id of a person
	Channels []ChannelKind `json:"channels,omitzero"` // through which it went
	Blocker  string        `json:"blocker,omitzero"`  // id of the blocker that it is about
	Answers  []Answer      `json:"answers,omitzero"`  // who acknowledged it, or answered
}

// Answer is what one person said to a message. Who says nothing has no answer,
// and silence is no consent.
type Answer struct {
	By       string     `json:"by"`                // id of a person
	At       value.When `json:"at"`                // when
	Approves bool       `json:"approves,omitzero"` // to a request for sign-off: yes. Otherwise it acknowledges
}

// Blocker is something that kept the release from going on.
type Blocker struct {
	ID       string     `json:"id"`                // unique in the log
	Critical bool       `json:"critical,omitzero"` // the steering committee is to know of it
	Opened   value.When `json:"opened"`            // when it was noticed
	Closed   value.When `json:"closed,omitzero"`   // zero: it is open
}

// NewLog returns the log of what was sent.
func NewLog(sent ...Sent) Log { return Log{}.WithSent(sent...) }

// WithSent returns the log with messages added.
func (l Log) WithSent(sent ...Sent) Log {
	l = l.Clone()
	l.Sent = append(l.Sent, lists.Clone(sent, Sent.clone)...)
	return l
}

// WithBlockers returns the log with blockers added.
func (l Log) WithBlockers(blockers ...Blocker) Log {
	l = l.Clone()
	l.Blockers = append(l.Blockers, blockers...)
	return l
}

// WithAnswers returns the message with answers added.
func (s Sent) WithAnswers(answers ...Answer) Sent {
	s = s.clone()
	s.Answers = append(s.Answers, answers...)
	return s
}

func (s Sent) clone() Sent {
	s.Channels = slices.Clone(s.Channels)
	s.Answers = slices.Clone(s.Answers)
	return s
}

// Clone returns a copy that shares no memory with l.
func (l Log) Clone() Log {
	l.Sent = lists.Clone(l.Sent, Sent.clone)
	l.Blockers = slices.Clone(l.Blockers)
	return l
}

// Of returns when the message with the given id went out, in the order of time.
// What cannot be placed in time is left out: it proves nothing.
func (l Log) Of(message string) []time.Time {
	var moments []time.Time
	for _, s := range l.Sent {
		if at, err := s.At.Instant(); err == nil && s.Message == message {
			moments = append(moments, at)
		}
	}
	slices.SortFunc(moments, time.Time.Compare)
	return moments
}

// Faults returns what makes entries of the log unusable: a message that the
// plan does not have, a moment that cannot be told, a blocker without an id.
// Paths are relative to the log.
func (l Log) Faults(p Plan) check.Findings {
	var fs check.Findings
	moment := func(at check.Path, what string, w value.When) {
		if _, err := w.Instant(); w.IsZero() {
			fs = append(fs, check.Missing(at, what, ""))
		} else if err != nil {
			fs = append(fs, check.Unusable(at, err))
		}
	}
	blockers := map[string]bool{"": true}
	for i, b := range l.Blockers {
		at := check.Path("blockers").Index(i)
		if check.Blank(b.ID) {
			fs = append(fs, check.Missing(at.Field("id"), "the id of the blocker", ""))
		}
		blockers[b.ID] = true
		moment(at.Field("opened"), "when it was opened", b.Opened)
		if !b.Closed.IsZero() {
			moment(at.Field("closed"), "when it was closed", b.Closed)
		}
	}
	for i, s := range l.Sent {
		at := check.Path("sent").Index(i)
		if !slices.ContainsFunc(p.Messages, func(m Message) bool { return m.ID == s.Message }) {
			fs = append(fs, check.Unresolved(at.Field("message"), s.Message, "a message of the plan"))
		}
		moment(at.Field("at"), "when it was sent", s.At)
		if !blockers[s.Blocker] {
			fs = append(fs, check.Unresolved(at.Field("blocker"), s.Blocker, "a blocker of the log"))
		}
		for j, a := range s.Answers {
			moment(at.Field("answers").Index(j).Field("at"), "when it was answered", a.At)
		}
	}
	return fs
}
