package comms

import (
	"slices"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release"
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
	Attempts []Attempt `json:"attempts,omitzero"` // in the order in which they were made
}

// Attempt is one try to send a message, written down before it is made. One
// without a fault whose key is not among the sent was under way when whoever
// sent it stopped: nobody knows whether it arrived.
type Attempt struct {
	Key   string     `json:"key"`            // of the instant
	At    value.When `json:"at"`             // when it began
	Fault string     `json:"fault,omitzero"` // why it failed; empty: it went well, or nobody knows
}

// Sent is one message that went out.
type Sent struct {
	Message  string        `json:"message"`           // id of a message of the plan; of a level none
	Level    int           `json:"level,omitzero"`    // of the escalation, counted from 1; 0: it is a message
	Key      string        `json:"key,omitzero"`      // of the instant, if a schedule had it
	Attempts int           `json:"attempts,omitzero"` // how often it was tried; more than once: it may have arrived as often
	Receipt  string        `json:"receipt,omitzero"`  // what the channel calls it
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

// WithAttempts returns the log with attempts added.
func (l Log) WithAttempts(attempts ...Attempt) Log {
	l = l.Clone()
	l.Attempts = append(l.Attempts, attempts...)
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
	l.Attempts = slices.Clone(l.Attempts)
	return l
}

// BlockersOf returns the blockers of the events, in the order in which they were
// opened. One that is opened again is one more.
func BlockersOf(events []release.Event) []Blocker {
	var all []Blocker
	for i, e := range events {
		if e.Kind != BlockerOpened {
			continue
		}
		b := Blocker{ID: e.About, Critical: e.Critical, Opened: e.At}
		if end, ok := ended(events, i); ok {
			b.Closed = end.At
		}
		all = append(all, b)
	}
	return all
}

// ended returns the first event that ends what the one at i began: of the kind
// that does, about the same, and not before it.
func ended(events []release.Event, i int) (release.Event, bool) {
	return following(events, events[i], events[i].Kind.End())
}

// following returns the first event of a kind that is not before e. If both say
// what they are about, it is the same.
func following(events []release.Event, e release.Event, kind Event) (first release.Event, ok bool) {
	from, _ := e.At.Instant()
	var found time.Time
	for _, next := range events {
		at, err := next.At.Instant()
		if kind == NoEvent || next.Kind != kind || err != nil || at.Before(from) {
			continue
		}
		if next.About != e.About && next.About != "" && e.About != "" {
			continue
		}
		if (kind == BlockerClosed || kind == release.BlockerAcknowledged) && e.Kind == BlockerOpened && (next.About == "" || e.About == "") {
			continue // nobody knows of which blocker it is
		}
		if !ok || at.Before(found) {
			first, found, ok = next, at, true
		}
	}
	return first, ok
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
		if s.Level < 0 || s.Level > len(p.Escalation) {
			fs = append(fs, check.Unresolved(at.Field("level"), strconv.Itoa(s.Level), "a level of the escalation"))
		} else if s.Level == 0 && !slices.ContainsFunc(p.Messages, func(m Message) bool { return m.ID == s.Message }) {
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
