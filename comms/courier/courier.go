// Package courier sends what a schedule of communications says, at least once.
//
// A [Courier] writes down that it begins to send a letter, sends it, and writes
// down that the channel has taken it, each in a [Journal] that keeps it before the
// next step. Whoever is started again with the log of that journal loses nothing,
// and repeats only the one letter whose sending was begun and did not end, with
// the same key; [comms.Sent] says how often it was tried. It keeps no other state:
// what to do next is [comms.Schedule.Due] of the log. One courier sends for one
// release at a time: two would both send.
//
// # Errors
//
// [*JournalError]: nothing more is sent, for nobody would know of it. Everything
// else is said letter by letter, and the other letters go out.
package courier

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// Entry is one line of a journal: an attempt that begins or, if it has a fault,
// failed; a message that was sent; or an answer to one.
type Entry struct {
	Attempt comms.Attempt `json:"attempt,omitzero"`
	Sent    comms.Sent    `json:"sent,omitzero"`
	Key     string        `json:"key,omitzero"` // of the message that is answered
	Answer  comms.Answer  `json:"answer,omitzero"`
}

// Journal keeps entries. Record returns when the entry survives the end of the
// process; after an error nobody knows.
type Journal interface {
	Record(e Entry) error
}

// JournalError is an entry that could not be kept.
type JournalError struct {
	Key string // of the message
	Err error
}

// Error names the message.
func (e *JournalError) Error() string { return fmt.Sprintf("courier: journal of %q: %v", e.Key, e.Err) }

// Unwrap returns the journal's error.
func (e *JournalError) Unwrap() error { return e.Err }

// Apply returns the log with an entry added: a log is the entries of a journal,
// one after the other. A failure ends the last attempt of its key, and an answer
// belongs to every message of its key.
func Apply(log comms.Log, e Entry) comms.Log {
	switch {
	case e.Sent.Key != "":
		return log.WithSent(e.Sent)
	case e.Attempt.Key != "" && e.Attempt.Fault == "":
		return log.WithAttempts(e.Attempt)
	}
	log = log.Clone()
	for i, a := range slices.Backward(log.Attempts) {
		if e.Attempt.Key != "" && a.Key == e.Attempt.Key {
			log.Attempts[i] = e.Attempt
			return log
		}
	}
	for i := range log.Sent {
		if e.Key != "" && log.Sent[i].Key == e.Key {
			log.Sent[i] = log.Sent[i].WithAnswers(e.Answer)
		}
	}
	return log
}

// Courier sends letters. Senders, Write, Journal and Clock are set.
type Courier struct {
	Senders   func(comms.Channel) (comms.Sender, bool)   // who delivers through a channel
	Write     func(comms.Standing) (comms.Letter, error) // the words; key and channel are set by the courier
	Journal   Journal
	Clock     func() time.Time
	Directory release.Directory // whose account it is that acknowledges
}

// New returns a courier.
func New(senders func(comms.Channel) (comms.Sender, bool), write func(comms.Standing) (comms.Letter, error), j Journal, clock func() time.Time) *Courier {
	return &Courier{Senders: senders, Write: write, Journal: j, Clock: clock}
}

// Round sends what the schedule and the log owe now, in the order of time, asks
// for the acknowledgements that are wanted, and returns the log with all that was
// done. It goes on after a letter that cannot be written or sent, which is owed in
// the next round, and stops at the end of ctx and at a [*JournalError].
func (c *Courier) Round(ctx context.Context, s comms.Schedule, log comms.Log) (comms.Log, error) {
	var faults []error
	now, asked := c.Clock(), false
	for _, standing := range s.Due(now, log) {
		if err := ctx.Err(); err != nil {
			return log, errors.Join(append(faults, err)...)
		}
		var err error
		switch {
		case standing.Owed(now):
			if !asked || owed(s, now, log, standing.Key) {
				log, err = c.send(ctx, standing, log)
			}
		case standing.State == comms.Unanswered:
			log, err = c.ask(ctx, standing, log)
			asked = true
		}
		if stop := (*JournalError)(nil); errors.As(err, &stop) {
			return log, errors.Join(append(faults, err)...)
		}
		if err != nil {
			faults = append(faults, err)
		}
	}
	return log, errors.Join(faults...)
}

// owed reports whether a letter is still owed after what was answered in its round:
// a level of the escalation is not, if the one before was acknowledged in time.
func owed(s comms.Schedule, now time.Time, log comms.Log, key string) bool {
	return slices.ContainsFunc(s.Due(now, log), func(st comms.Standing) bool { return st.Key == key && st.Owed(now) })
}

// Answer records what a person said to the message of a key, such as an approver
// to the request for sign-off. It fails for a message that was not sent.
func (c *Courier) Answer(log comms.Log, key string, a comms.Answer) (comms.Log, error) {
	if !slices.ContainsFunc(log.Sent, func(s comms.Sent) bool { return s.Key == key }) || key == "" {
		return log, fmt.Errorf("courier: no message %q was sent", key)
	}
	return c.record(log, key, Entry{Key: key, Answer: a})
}

func (c *Courier) record(log comms.Log, key string, e Entry) (comms.Log, error) {
	if err := c.Journal.Record(e); err != nil {
		return log, &JournalError{Key: key, Err: err}
	}
	return Apply(log, e), nil
}

// send makes one attempt: it is written down before and after.
func (c *Courier) send(ctx context.Context, s comms.Standing, log comms.Log) (comms.Log, error) {
	began := comms.Attempt{Key: s.Key, At: value.At(c.Clock())}
	log, err := c.record(log, s.Key, Entry{Attempt: began})
	if err != nil {
		return log, err
	}
	receipt, err := c.deliver(ctx, s)
	if err != nil {
		failed := began
		failed.At, failed.Fault = value.At(c.Clock()), err.Error()
		log, stop := c.record(log, s.Key, Entry{Attempt: failed})
		return log, errors.Join(fmt.Errorf("courier: %q: %w", s.Key, err), stop)
	}
	sent := comms.Sent{Key: s.Key, Message: s.Message, Level: s.Level, At: value.At(c.Clock()),
		Channels: []comms.ChannelKind{s.Channel.Kind}, Attempts: s.Attempts + 1, Receipt: receipt.ID}
	if s.Event.Kind == release.BlockerOpened {
		sent.Blocker = s.Event.About
	}
	return c.record(log, s.Key, Entry{Sent: sent})
}

func (c *Courier) deliver(ctx context.Context, s comms.Standing) (comms.Receipt, error) {
	letter, err := c.letter(s)
	if err != nil {
		return comms.Receipt{}, err
	}
	sender, ok := c.Senders(s.Channel)
	if !ok {
		return comms.Receipt{}, fmt.Errorf("nobody sends through %s %q", s.Channel.Kind, s.Channel.Address)
	}
	return sender.Send(ctx, letter)
}

func (c *Courier) letter(s comms.Standing) (comms.Letter, error) {
	letter, err := c.Write(s)
	if err != nil {
		return comms.Letter{}, err
	}
	letter.Key, letter.Channel = s.Key, s.Channel
	return letter.Fit()
}

// ask records the first acknowledgement by somebody of the directory. One by an
// account that is nobody's does not count, and is an error.
func (c *Courier) ask(ctx context.Context, s comms.Standing, log comms.Log) (comms.Log, error) {
	sender, ok := c.Senders(s.Channel)
	if !ok {
		return log, nil
	}
	asked, ok := sender.(comms.Acknowledger)
	if !ok {
		return log, nil
	}
	all, err := asked.Acknowledged(ctx, comms.Letter{Key: s.Key, Channel: s.Channel})
	if err != nil {
		return log, fmt.Errorf("courier: acknowledgement of %q: %w", s.Key, err)
	}
	for _, a := range all {
		for _, p := range c.Directory.People {
			if slices.Contains(p.Accounts, a.By) {
				return c.record(log, s.Key, Entry{Key: s.Key, Answer: comms.Answer{By: p.ID, At: value.At(a.At)}})
			}
		}
		err = errors.Join(err, fmt.Errorf("courier: %q is acknowledged by %q, who is nobody of the directory", s.Key, a.By.String()))
	}
	return log, err
}
